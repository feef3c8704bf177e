"""The rows below the heads of a table, wherever in it the heads stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from danvan.org.alike import tidy
from danvan.text import fold

from .cells import row_of
from .shape import ROWS, SHEETS, Book, NotRead, Row, Sheet

FARTHEST_ROW = 100_000  # rows that may stand empty between them
HEAD_WITHIN = 20  # titles of a letter may stand above the heads
_OURS = {"ly do", "dong trong tep"}  # what we wrote ourselves, and read past


def _head(words: Any) -> str:
    """“Từ ngày (*)” → “tu ngay”."""
    bare = re.sub(r"\(.*?\)", " ", fold(tidy(str(words or ""))))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def _columns(sheet: Sheet, heads: Sequence[Any]) -> tuple[dict[int, str], list[str]]:
    """Place → key of column, and the heads that mean nothing."""
    known = {head: one.key for one in sheet.columns for head in (_head(one.head), *one.also)}
    found: dict[int, str] = {}
    strange: list[str] = []
    for at, words in enumerate(heads):
        head = _head(words)
        key = known.get(head)
        if key and key not in found.values():
            found[at] = key
        elif head and head not in _OURS:
            strange.append(tidy(str(words))[:60])
    return found, strange


@dataclass(frozen=True)
class _Found:
    """A sheet of ours in a file."""

    sheet: Sheet
    heads_at: int  # row, from 1
    columns: dict[int, str]
    strange: list[str]


def find_heads(lines: Iterable[Sequence[Any]], among: Sequence[Sheet]) -> _Found | None:
    """Which sheet it is, by the row of heads that knows most of its columns."""
    best: _Found | None = None
    for at, line in enumerate(lines, start=1):
        for sheet in among:
            columns, strange = _columns(sheet, line)
            if sheet.needs not in columns.values() or len(columns) < 2:
                continue
            if best is None or len(columns) > len(best.columns):
                best = _Found(sheet, at, columns, strange)
        if at >= HEAD_WITHIN:
            break
    return best


def rows_below(
    found: _Found, lines: Iterable[tuple[int, Sequence[Any]]], title: str
) -> Iterator[Row]:
    count = 0
    for number, line in lines:
        if number > FARTHEST_ROW:
            raise NotRead(
                gettext_noop(
                    "Trang “%(title)s” có ô ở dòng %(row)s, quá xa phần đầu. Xóa các dòng trống rồi lưu lại."
                ),
                title=title,
                row=number,
            )
        row = row_of(
            found.sheet,
            number,
            {key: line[at] for at, key in found.columns.items() if at < len(line)},
        )
        if row is None:
            continue
        count += 1
        if count > ROWS:
            raise NotRead(
                gettext_noop("Trang “%(title)s” có hơn %(count)s dòng. Tách thành nhiều tệp."),
                title=title,
                count=shown_count(ROWS),
            )
        yield row


def shown_count(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def book_of(rows: list[Row], over: list[str], left: list[Sheet]) -> Book:
    if len(left) == len(SHEETS):
        raise NotRead(
            gettext_noop(
                "Không thấy trang “Đơn vị” hay “Con người”. Tải mẫu trống, chép dữ liệu vào rồi tải lên lại."
            )
        )
    if not rows:
        raise NotRead(gettext_noop("Tệp chỉ có đầu cột, chưa có dòng nào."))
    return Book(rows, over)
