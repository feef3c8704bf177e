"""Workbooks given out: the rows left out with why, the units and people of a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from danvan.audit.actions import record
from danvan.org import access, tree
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.alike import alike
from danvan.org.choices import EventKind, ImportState, Level, Role, UnitKind
from danvan.org.comparing.known import DAY, Coded, KnownUnit, Named, Placed
from danvan.org.models import OrgImport, Post, UnitName
from danvan.org.sheets.shape import PEOPLE, SHEETS, UNITS, YES, Row
from danvan.org.sheets.writing import write
from danvan.org.sheets.writing import write_wrong as wrong_workbook
from danvan.text import in_vietnamese

from .known import known_units
from .previewing import preview
from .taking_in import reasons_of


def left_out(subject: OrgImport, *, by: Actor) -> bytes:
    """The bad rows as they were written, each with its reasons, to be corrected and brought again."""
    if subject.state == ImportState.PREVIEWED:
        told = [(plan.row, reasons_of(plan)) for plan in preview(subject, by=by).bad]
    else:
        require(access.can_change_units(by))
        told = [
            (Row(one["sheet"], one["number"], one["cells"], one["wrong"]), one["why"])
            for one in subject.rows
        ]
    return in_vietnamese(wrong_workbook)([(row, in_vietnamese(_why)(why)) for row, why in told])


def _why(reasons: Iterable[Sequence[Any]]) -> str:
    return " ".join(str(_(msgid) % values) for column, msgid, values in reasons)


@dataclass(frozen=True)
class _Snapshot:
    """The units of a day, from the top down, and how each is called so that all know which."""

    order: list[KnownUnit]
    as_of: date
    unique: set[str]

    def parent(self, unit: KnownUnit) -> str | None:
        places = (one for one in unit.places if _on(one, self.as_of))
        return next((one.parent for one in places), None)

    def named(self, unit: KnownUnit) -> Named:
        return next(one for one in unit.names if _on(one, self.as_of))

    def called(self, unit: KnownUnit) -> str:
        """By its name, where no other was ever called so; else by its code."""
        name = self.named(unit).name
        return name if alike(name) in self.unique else unit.code


def _on(row: Named | Placed | Coded, day: date) -> bool:
    return row.since <= day and (row.until is None or day < row.until)


def _snapshot(as_of: date) -> _Snapshot:
    known = known_units()
    bearers: dict[str, set[str]] = defaultdict(set)
    for unit in known:
        for name in unit.names:
            for words in (name.name, name.short_name, *name.aliases):
                bearers[alike(words)].add(unit.id)
    unique = {words for words, units in bearers.items() if len(units) == 1}
    by_id = {one.id: one for one in known}
    order = [by_id[str(node.id)] for _depth, node in tree.read(as_of).walk()]
    return _Snapshot(order, as_of, unique)


def _unit_rows(shot: _Snapshot) -> list[Row]:
    bases = dict(
        UnitName.objects.filter(event__kind=EventKind.ESTABLISHED).values_list(
            "unit", "event__basis"
        )
    )
    by_id = {one.id: one for one in shot.order}
    rows = []
    for number, one in enumerate(shot.order, start=2):
        name, parent = shot.named(one), shot.parent(one)
        cells = {
            "code": one.code,
            "name": name.name,
            "short_name": name.short_name,
            "aliases": "; ".join(name.aliases),
            "kind": str(UnitKind(one.kind).label),
            "level": str(Level(one.level).label),
            "parent": shot.called(by_id[parent]) if parent in by_id else "",
            "since": one.since.isoformat(),
            "basis": bases.get(UUID(one.id), ""),
            "place": str(one.place or ""),
            "leads": YES if one.leads else "",
            **{row.system: row.code for row in one.codes if _on(row, shot.as_of)},
        }
        rows.append(Row(UNITS.key, number, {key: words for key, words in cells.items() if words}))
    return rows


def _people_rows(shot: _Snapshot) -> list[Row]:
    order = {UUID(one.id): (at, one) for at, one in enumerate(shot.order)}
    held = Post.objects.held(shot.as_of).filter(unit__in=order).select_related("person")
    posts = sorted(held, key=lambda one: (order[one.unit_id][0], one.person.sort_key, one.role))
    rows = []
    for number, post in enumerate(posts, start=2):
        person, days = post.person, post.validity
        cells = {
            "name": person.name,
            "address": person.form_of_address,
            "email": person.email,
            "phone": person.phone,
            "unit": shot.called(order[post.unit_id][1]),
            "role": str(Role(post.role).label),
            "title": post.title,
            "since": days.lower.isoformat(),
            "until": (days.upper - DAY).isoformat() if days.upper else "",
        }
        rows.append(Row(PEOPLE.key, number, {key: words for key, words in cells.items() if words}))
    return rows


@in_vietnamese
def export_units(as_of: date, *, by: Actor) -> bytes:
    """The units of a day as a workbook that can be brought in again."""
    require(access.can_see_units(by))
    return write(_unit_rows(_snapshot(as_of)), sheets=[UNITS])


@transaction.atomic
def export_with_people(as_of: date, *, by: Actor) -> bytes:
    """The units and people of a day; that names left the house is kept in the audit."""
    require(access.can_manage_people(by))
    made, count = _with_people(as_of)
    assert by.unit is not None  # who manages people holds a post
    record(by.unit, "people_exported", by=by, on=f"{as_of:%d/%m/%Y}", count=count)
    return made


@in_vietnamese
def _with_people(as_of: date) -> tuple[bytes, int]:
    shot = _snapshot(as_of)
    people = _people_rows(shot)
    return write([*_unit_rows(shot), *people], sheets=SHEETS), len(people)
