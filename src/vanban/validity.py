"""Which documents are known, from when to when they hold, and what replaced them.

The rows are data: lexicon/validity.py, and JSON files that the user adds with `load`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

from vanban.lexicon.terms import TERMS
from vanban.lexicon.validity import CENTRAL, PROVINCIAL


@dataclass(frozen=True, slots=True)
class Known:
    """A document as it is known: a number alone does not name it, number and date do.

    `name` is how a law is cited without its number; `subject` a few words of its title; `area` the
    province whose document it is. `valid_to` is the last day in force, None while nothing replaced it.
    `verified` is False where no source was read: findings that rest on such a row say so.
    """

    kind: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    name: str | None = None
    subject: str | None = None
    area: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    replaced_by: str | None = None
    source: str | None = None
    verified: bool = False


class Validity:
    """Rows, found by number or by name."""

    def __init__(self, rows: Iterable[Known]) -> None:
        self.rows = tuple(rows)
        self.areas = {row.area for row in self.rows if row.area}
        self._numbered: dict[str, list[Known]] = {}
        self._named: dict[str, list[Known]] = {}
        for row in self.rows:
            if row.number:
                self._numbered.setdefault(key(row.number), []).append(row)
            if row.name:
                self._named.setdefault(row.name.casefold(), []).append(row)

    def numbered(self, number: str) -> list[Known]:
        return self._numbered.get(key(number), [])

    def named(self, name: str) -> list[Known]:
        return self._named.get(name.casefold(), [])


_FIELDS = frozenset(field.name for field in fields(Known))


def load(path: str | os.PathLike[str], *, alone: bool = False) -> Validity:
    """The rows of a JSON file on top of those that come with the library, or `alone`.

    The file is a list of objects with the fields of `Known`; a row with the number and date of one
    that comes with the library takes its place.
    """
    with open(path, encoding="utf-8") as file:
        own = _rows(file.read())
    taken = {(row.number, row.name, row.date) for row in own}
    kept = [] if alone else standard().rows
    return Validity([*(row for row in kept if (row.number, row.name, row.date) not in taken), *own])


@cache
def standard() -> Validity:
    """The rows that come with the library."""
    head, *lines = (line.split(" | ") for line in CENTRAL.splitlines())
    rows = [_row(dict(zip(head, cells, strict=True))) for cells in lines]
    for area, table in PROVINCIAL.items():
        for line in table.strip().splitlines():
            kind, number, date = line.split(" | ")
            rows.append(
                Known(kind, number, date, area=area, source="thấy ghi trong văn bản của tỉnh")
            )
    return Validity(rows)


def _row(cells: dict[str, Any]) -> Known:
    """A line of the library's own table: “-” is nothing, “yes” is true."""
    verified = cells.pop("verified") == "yes"
    return Known(**{name: cell for name, cell in cells.items() if cell != "-"}, verified=verified)


def _rows(text: str) -> list[Known]:
    import json  # only here: reading needs none

    rows = json.loads(text)
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and "kind" in row for row in rows
    ):
        raise ValueError("A table of validity is a list of objects, each with its kind.")
    return [Known(**{name: row[name] for name in row if name in _FIELDS}) for row in rows]


_LEADING = re.compile(r"(?<!\d)0+(?=\d)")


@lru_cache(maxsize=2_000)
def key(number: str) -> str:
    """One key for the ways to write a number: 8-CV/BCĐ and 08-CV/BCĐ."""
    return _LEADING.sub("", "".join(number.split())).upper()


def term_on(date: str) -> str | None:
    """The term of the Central Committee on a day."""
    for term, start, end in TERMS:
        if start <= date < end:
            return term
    return None
