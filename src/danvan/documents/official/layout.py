"""What an official document holds: its parts, as Nghị định 30/2020/NĐ-CP names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Note:
    """A footnote, at the place where it stands in a text."""

    text: str


Text = str | Sequence[str | Note]


@dataclass(frozen=True)
class Heading:
    """A numbered heading with its number: level 1 “I. …”, 2 “1. …”, 3 “a) …”."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Bullet:
    text: Text


@dataclass(frozen=True)
class Table:
    """Columns and rows; the columns named in `numeric` (from 0) are set to the right."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


Block = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True)
class OfficialDocument:
    issuer: Sequence[str]  # its name in one or two lines
    sign: str  # “BC-SNV”
    kind: str  # “Báo cáo”
    title: str
    place: str
    body: Sequence[Block]
    superior: str = ""
    number: str = ""  # “05”; empty: the clerk writes it in
    issued_on: date | None = None  # none: written in when it is signed
    addressees: Sequence[str] = ()
    bases: Sequence[str] = ()  # “Căn cứ …”, “Thực hiện …”: one a line, set in italics
    preamble: Sequence[Text] = ()
    recipients: Sequence[str] = ()
    authority: Sequence[str] = ()  # “TM. ỦY BAN NHÂN DÂN”, “KT. CHỦ TỊCH”
    signer_role: str = ""
    signer: str = ""


def number_of(place: int) -> str:
    """With a zero before numbers under 10."""
    return f"{place:02d}"


def date_in_words(day: date | None) -> str:
    """ngày 05 tháng 3 năm 2024: a zero before days under 10 and months 1 and 2 only."""
    if day is None:
        return "ngày       tháng       năm        "
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
