"""“sơ kết 05 năm, tổng kết 10 năm thực hiện Nghị quyết này” → when a text wants itself reviewed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from danvan.text import fold

_COUNT = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7, "muoi": 10}
_WHAT = r"(?P<what>so ket|tong ket)"
_YEARS = rf"(?P<years>\d{{1,2}}|{'|'.join(_COUNT)}) nam\b"
_PATTERNS = (
    re.compile(rf"{_WHAT} (?:sau )?{_YEARS}"),  # sơ kết 05 năm · tổng kết sau 10 năm
    re.compile(rf"(?:sau|ky) {_YEARS},? (?:to chuc )?{_WHAT}"),  # sau 5 năm tổ chức sơ kết
    re.compile(  # tổng kết (việc thực hiện Kế hoạch này) vào cuối năm 2025
        rf"{_WHAT}(?P<between>[^.;,]{{0,80}}?) (?:vao|trong)(?: cuoi)? nam (?P<year>20\d\d)\b"
    ),
)
_AGAIN = re.compile(r"^ (?:mot|1) lan")  # “03 năm một lần”: a recurring duty, read as one
_OTHER = re.compile(r"\b(?:so )?(\d+)\s?[-/]\s?[a-z0-9]")  # another document's number


@dataclass(frozen=True)
class Term:
    """One review that a text asks of itself."""

    word: str  # “sơ kết” or “tổng kết”
    years: int | None = None  # after the text's own day
    year: int | None = None  # in which

    @property
    def label(self) -> str:
        what = "Sơ kết" if self.word == "sơ kết" else "Tổng kết"
        return f"{what} {self.years:02d} năm" if self.years else f"{what} năm {self.year}"


def terms(sentence: str, own_number: str = "") -> list[Term]:
    """Each once. Not of another document's (“sơ kết 5 năm thực hiện Chỉ thị số 49-CT/TW”)."""
    return list(dict.fromkeys(_terms(" ".join(fold(sentence).split()), fold(own_number))))


def _terms(said: str, own: str) -> Iterator[Term]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(said):
            after = re.split(r"[.;]", said[found.end() :], maxsplit=1)[0]
            if _AGAIN.match(after) or _is_of_another(f"{found[0]}{after}", own):
                continue
            word = "sơ kết" if found["what"] == "so ket" else "tổng kết"
            parts = found.groupdict()
            if year := parts.get("year"):
                yield Term(word, year=int(year))
            elif years := int(_COUNT.get(parts["years"], 0) or parts["years"]):
                yield Term(word, years=years)


def _is_of_another(clause: str, own: str) -> bool:
    numbers = {found[1] for found in _OTHER.finditer(clause)}
    own_number = re.match(r"\d+", own)
    return bool(numbers - ({own_number[0]} if own_number else set()))
