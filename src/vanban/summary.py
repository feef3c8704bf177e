"""A reading as lines for the terminal: the frame, then who must do what by when, then the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from vanban.model import (
    Citation,
    Criterion,
    Document,
    Due,
    Duty,
    Finding,
    Header,
    Heading,
    Number,
    Statistic,
    Target,
)

Lines = Iterator[str]
Item = TypeVar("Item")

FEW = 10  # items of a section that are shown without `--all`
_LABEL = 18  # columns of the names of header fields
_PART = 11  # columns of the names of a duty's parts


def lines(document: Document, *, width: int = 80, whole: bool = False) -> Lines:
    """`whole` shows every item, else the first ten of each section and how many more there are."""
    few = None if whole else FEW
    yield from _head(document, width, few)
    yield from _section("NHIỆM VỤ", document.duties, _duty, width, few)
    yield from _section("ĐIỂM BẤT THƯỜNG", document.findings, _finding, width, few)
    yield from _section("CHỈ TIÊU", document.targets, _target, width, few)
    yield from _section("TIÊU CHÍ CHẤM ĐIỂM", document.criteria, _criterion, width, few)
    yield from _section("SỐ LIỆU", document.statistics, _statistic, width, few)
    yield from _section("VĂN BẢN VIỆN DẪN", _distinct(document.citations), _citation, width, few)
    yield from _section("BỐ CỤC", document.outline, _heading, width, few, numbered=False)


def _wrapped(words: str, width: int, first: str, later: str) -> list[str]:
    return textwrap.wrap(
        words, width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False
    ) or [first.rstrip()]


def _section(
    title: str,
    items: Sequence[Item],
    of: Callable[[Item, int, str], Lines],
    width: int,
    few: int | None,
    *,
    numbered: bool = True,
) -> Lines:
    """A heading with the count, the items, and how to see those left out."""
    if not items:
        return
    yield ""
    yield f"{title} ({len(items)})"
    digits = len(str(len(items)))
    for number, item in enumerate(items[:few], start=1):
        yield from of(item, width, f"  {number:>{digits}}. " if numbered else "  ")
    if few is not None and len(items) > few:
        yield f"  … còn {len(items) - few} mục nữa; xem đủ: vanban --all TỆP (hoặc --json)"


# The frame


def _head(document: Document, width: int, few: int | None) -> Lines:
    header = document.header
    name = f"{(header.kind or '').upper()} {header.title or ''}".strip()
    yield from _wrapped(name or document.source.name or "VĂN BẢN", width, "", "")
    yield "─" * width
    for label, value in _fields(header, document.source.name, few):
        if value:
            yield from _wrapped(value, width, f"  {label:<{_LABEL}}", " " * (_LABEL + 2))


def _fields(header: Header, name: str, few: int | None) -> Iterator[tuple[str, str | None]]:
    yield "Tệp", name
    yield "Cơ quan ban hành", header.issuer
    yield "Số, ký hiệu", header.number
    yield "Nơi, ngày", ", ".join(filter(None, (header.place, header.date and _day(header.date))))
    yield "Thẩm quyền ký", header.authority
    yield "Người ký", ", ".join(filter(None, (header.signer, header.signer_role)))
    shown = "; ".join(header.recipients[: few and few // 2])
    more = len(header.recipients) - few // 2 if few else 0
    yield "Nơi nhận", f"{shown} … và {more} nơi khác" if more > 0 else shown


def _day(iso: str) -> str:
    """2024-06-08 as offices print it, 08/6/2024. Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4."""
    year, month, day = iso.split("-")
    return f"{day}/{month if int(month) < 3 else int(month)}/{year}"


# Items


def _duty(duty: Duty, width: int, first: str) -> Lines:
    later = " " * len(first)
    yield from _wrapped(duty.action, width, first, later)
    for label, value in _parts(duty):
        if value:
            yield from _wrapped(value, width, f"{later}{label:<{_PART}}", later + " " * _PART)


def _parts(duty: Duty) -> Iterator[tuple[str, str | None]]:
    yield ("Đề nghị" if duty.manner == "request" else "Chủ trì"), "; ".join(duty.lead)
    yield "Phối hợp", "; ".join(duty.cooperating)
    yield "Thời hạn", _due(duty.due) if duty.due else None
    yield "Gửi", duty.deliver_to


def _due(due: Due) -> str:
    """The printed words, with the date where they do not hold its year."""
    printed = " ".join(due.span.text.split())
    if due.date and due.date[:4] not in printed:
        return f"{printed} ({_day(due.date)})"
    return printed


_SIGNS = {">=": "ít nhất ", ">": "trên ", "<=": "không quá ", "<": "dưới ", "=": ""}


def _target(target: Target, width: int, first: str) -> Lines:
    level = f"{_SIGNS[target.comparator]}{_amount(target.target, target.unit)}"
    yield from _wrapped(f"{_short(target.name)}: {level}", width, first, " " * len(first))


def _statistic(statistic: Statistic, width: int, first: str) -> Lines:
    printed = " ".join(statistic.span.text.split())
    period = f" ({statistic.period})" if statistic.period else ""
    yield from _wrapped(
        f"{_short(statistic.name)}: {printed}{period}", width, first, " " * len(first)
    )


def _finding(finding: Finding, width: int, first: str) -> Lines:
    """What is wrong, then where and how the reader knows."""
    later = " " * len(first)
    where = _short(" ".join(finding.span.text.split()), 70)
    yield from _wrapped(finding.message, width, first, later)
    yield from _wrapped(f"“{where}”: {finding.because}", width, f"{later}→ ", f"{later}  ")


def _criterion(criterion: Criterion, width: int, first: str) -> Lines:
    label = f"{criterion.label}. " if criterion.label else ""
    most = "" if criterion.most is None else f": {_amount(criterion.most, 'điểm')}"
    first += "  " * (criterion.level - 1)
    yield from _wrapped(f"{label}{_short(criterion.name)}{most}", width, first, " " * len(first))


def _distinct(citations: Sequence[Citation]) -> list[Citation]:
    """The documents, each at its first mention."""
    first: dict[tuple[str, str | None], Citation] = {}
    for one in citations:
        first.setdefault((one.number or one.span.text, one.number and one.kind), one)
    return list(first.values())


def _citation(citation: Citation, width: int, first: str) -> Lines:
    issuer = f" — {citation.issuer}" if citation.issuer else ""
    basis = " [căn cứ]" if citation.basis else ""
    words = " ".join(citation.span.text.split())
    yield from _wrapped(f"{words}{issuer}{basis}", width, first, " " * len(first))


def _heading(heading: Heading, width: int, first: str) -> Lines:
    first += "  " * (heading.level - 1)
    label = f"{first}{heading.label}. "
    room = max(width - len(label), 20)
    yield f"{label}{_short(heading.title, room)}".rstrip()


def _amount(value: Number, unit: str) -> str:
    printed = f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{printed}{'' if unit == '%' else ' '}{unit}"


def _short(words: str, limit: int = 110) -> str:
    words = words[:1].upper() + words[1:]
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"
