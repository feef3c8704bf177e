"""The dated rows that an event opens and closes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from django.utils.translation import gettext as _

from danvan.audit.actions import record, seen
from danvan.org.actors import Actor
from danvan.org.choices import EventKind, Level, UnitKind
from danvan.org.models import Unit, UnitCode, UnitEvent, UnitName, UnitPlace
from danvan.org.people import end_posts_with
from danvan.refusals import NotAccepted
from danvan.text import fold, in_digits

from .decisions import Decision, NewUnit
from .lives import Life
from .refusals import refuse_namesake


def make_event(kind: EventKind, decision: Decision) -> UnitEvent:
    basis = decision.basis.strip()
    if not basis:
        raise NotAccepted(_("Ghi văn bản làm căn cứ: số, ngày, cơ quan ban hành."))
    return UnitEvent.objects.create(
        kind=kind,
        on=decision.on,
        basis=basis,
        note=decision.note.strip(),
        is_verified=decision.is_verified,
    )


def create_unit(
    new: NewUnit, under: Unit | None, event: UnitEvent, *, like: Sequence[Life] = ()
) -> Unit:
    """A unit from the event's day on, in lists where those stood that it takes over from."""
    called = tidy_names(new.name, new.short_name, new.aliases)
    refuse_namesake(called["name"], under, event.on, but=[one.unit for one in like])
    kind, level = UnitKind(new.kind), Level(new.level)
    unit = Unit.objects.create(
        code=_free_code(called["name"], event.on),
        kind=kind,
        level=level,
        place_in_lists=min((one.unit.place_in_lists for one in like), default=0)
        or _last_in_lists(under, kind, event.on),
        coordinates=new.coordinates,
    )
    unit.name = open_name(unit, called, event).name
    if under:
        place_under(unit, under, event)
    return unit


def _last_in_lists(under: Unit | None, kind: UnitKind, on: date) -> int:
    if under is None:
        return 0
    places = Unit.objects.under(under, on).filter(kind=kind)
    return max(places.values_list("place_in_lists", flat=True), default=0)


def _free_code(name: str, on: date) -> str:
    """so-noi-vu; where that is taken, with the year: so-noi-vu-2025; then so-noi-vu-2025-2."""
    base = slugify(fold(name))[:70].strip("-") or "don-vi"
    taken = set(Unit.objects.filter(code__startswith=base).values_list("code", flat=True))
    wanted = [base, f"{base}-{on.year}"]
    wanted += [f"{base}-{on.year}-{number}" for number in range(2, len(taken) + 3)]
    return next(one for one in wanted if one not in taken)


def tidy_names(name: str, short_name: str, aliases: Sequence[str]) -> dict[str, Any]:
    name = " ".join(name.split())
    if not name:
        raise NotAccepted(_("Chưa ghi tên đơn vị."))
    if len(name) > 200:
        raise NotAccepted(_("Tên đơn vị dài quá 200 ký tự."))
    others = [" ".join(one.split()) for one in aliases]
    return {
        "name": name,
        "short_name": " ".join(short_name.split()),
        "aliases": [one for one in others if one],
    }


def open_name(unit: Unit, called: dict[str, Any], event: UnitEvent) -> UnitName:
    row = UnitName.of(unit, **called, validity=DateRange(event.on, None), event=event)
    row.save()
    return row


def place_under(unit: Unit, under: Unit, event: UnitEvent) -> None:
    UnitPlace.objects.create(
        unit=unit, parent=under, validity=DateRange(event.on, None), event=event
    )


def close_row(row: UnitName | UnitPlace | UnitCode, event: UnitEvent) -> None:
    row.validity, row.ended_by = DateRange(row.validity.lower, event.on), event
    row.save(update_fields=["validity", "ended_by"])


def end_rows(life: Life, event: UnitEvent, by: Actor) -> None:
    """Name, place and codes of a unit end, and with them its posts and its term as a committee."""
    close_row(life.name, event)
    if life.place:
        close_row(life.place, event)
    life.unit.name = life.name.name
    for code in life.unit.codes.filter(validity__endswith__isnull=True):
        if code.validity.lower >= event.on:
            raise NotAccepted(
                _("%(unit)s có mã %(code)s từ ngày %(day)s: chọn một ngày sau đó.")
                % {"unit": life, "code": code.code, "day": in_digits(code.validity.lower)}
            )
        close_row(code, event)
    end_posts_with(life.unit, event, by=by)
    for term in life.unit.terms.filter(validity__contains=event.on):
        was = seen(term)
        if term.validity.lower >= event.on:
            raise NotAccepted(
                _("Nhiệm kỳ của %(unit)s bắt đầu ngày %(day)s: chọn một ngày sau đó.")
                % {"unit": life, "day": in_digits(term.validity.lower)}
            )
        term.validity, term.ended_by = DateRange(term.validity.lower, event.on), event
        term.save(update_fields=["validity", "ended_by"])
        record(term, "term_ended", by=by, before=was, reason=event.basis)


def name_seen(row: UnitName) -> dict[str, Any]:
    return {"name": row.name, "short_name": row.short_name, "aliases": row.aliases}
