"""Units taken in: new ones in bulk, each change of what exists as an event."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from uuid_utils.compat import uuid7

from danvan.audit.actions import NOTHING, record, record_all, seen
from danvan.org import tree
from danvan.org.actors import Actor
from danvan.org.choices import CodeSystem, EventKind
from danvan.org.comparing.plans import Ref, UnitPlan
from danvan.org.comparing.units import Units
from danvan.org.events.codes import give_code
from danvan.org.events.decisions import Decision
from danvan.org.events.moving import move
from danvan.org.events.renaming import rename
from danvan.org.models import OrgImport, Unit, UnitCode, UnitEvent, UnitName, UnitPlace, searchable
from danvan.refusals import NotAccepted
from danvan.text import fold

from .previewing import Preview


def take_in_units(looked: Preview, subject: OrgImport, by: Actor) -> dict[Ref, Unit]:
    """The units that the plans mean, made and changed."""
    plans = looked.units.plans
    known = Unit.objects.in_bulk(
        {UUID(one.known.id) for one in plans if one.known}
        | {UUID(one.parent.known) for one in plans if one.parent and one.parent.known}
        | {UUID(one.unit.known) for one in looked.people.plans if one.unit and one.unit.known}
    )
    units = {Ref(known=str(pk)): unit for pk, unit in known.items()}
    for ref, unit in units.items():
        unit.name = looked.units.directory.name(ref)
    new = {at: one for at, one in enumerate(plans) if one.is_new and one.is_good}
    units |= _made(new, looked.units)
    _write_new(new, units, looked.units, subject, by)
    _change_known([one for one in plans if one.known and one.is_good], units, by)
    return units


def _made(new: dict[int, UnitPlan], among: Units) -> dict[Ref, Unit]:
    codes = _free_codes(new, {one.code for one in among.known.values()})
    last = max((one.place for one in among.known.values()), default=0)
    made = {
        Ref(row=at): Unit(
            id=uuid7(),
            code=codes[at],
            kind=plan.kind,
            level=plan.level,
            place_in_lists=plan.place or last + step,
            coordinates=plan.leads,
        )
        for step, (at, plan) in enumerate(new.items(), start=1)
    }
    for ref, unit in made.items():
        unit.name = new[ref.row].row["name"]
    Unit.objects.bulk_create(made.values(), batch_size=2000)
    return made


def _free_codes(new: dict[int, UnitPlan], taken: set[str]) -> dict[int, str]:
    """so-noi-vu; where that is taken, with the year: so-noi-vu-2025; then so-noi-vu-2025-2."""
    codes = {at: plan.code for at, plan in new.items() if plan.code}
    taken = taken | set(codes.values())
    numbers: Counter[str] = Counter()
    for at, plan in new.items():
        if at in codes:
            continue
        base = slugify(fold(plan.row["name"]))[:66].strip("-") or "don-vi"
        code = base
        if code in taken:
            base = code = f"{base}-{plan.since.year}"
        while code in taken:
            numbers[base] += 1
            code = f"{base}-{numbers[base] + 1}"
        taken.add(code)
        codes[at] = code
    return codes


def _write_new(
    new: dict[int, UnitPlan], units: dict[Ref, Unit], among: Units, subject: OrgImport, by: Actor
) -> None:
    """Names, places and codes of new units; one event for all that one document sets up on a day."""
    decided: dict[tuple[date, str], list[int]] = defaultdict(list)
    for at, plan in new.items():
        decided[plan.since, plan.row["basis"]].append(at)
    event_of: dict[int, UnitEvent | None] = {}
    for (on, basis), rows in decided.items():
        event = None
        if basis:
            event = UnitEvent.objects.create(kind=EventKind.ESTABLISHED, on=on, basis=basis)
        event_of |= dict.fromkeys(rows, event)
    names, places, codes = [], [], []
    for at, plan in new.items():
        unit, event = units[Ref(row=at)], event_of[at]
        days = DateRange(plan.since, plan.until)
        names.append(
            UnitName.of(
                unit,
                plan.row["name"],
                short_name=plan.row["short_name"],
                aliases=plan.aliases,
                validity=days,
                event=event,
            )
        )
        if plan.parent:
            under = DateRange(max(plan.since, among.directory.life(plan.parent)[0]), plan.until)
            places.append(
                UnitPlace(unit=unit, parent=units[plan.parent], validity=under, event=event)
            )
        codes += [
            UnitCode(unit=unit, system=system, code=code, validity=days, event=event)
            for system, code in plan.codes.items()
        ]
    UnitName.objects.bulk_create(names, batch_size=2000)
    UnitPlace.objects.bulk_create(places, batch_size=2000)
    UnitCode.objects.bulk_create(codes, batch_size=2000)
    tree.rebuild([units[Ref(row=at)].pk for at in new])
    for (on, basis), rows in decided.items():
        begun = [units[Ref(row=at)] for at in rows]
        nothing = [NOTHING] * len(begun)
        if event := event_of[rows[0]]:
            told: dict[str, Any] = {"event": event.pk, "kind": event.get_kind_display()}
            record_all(
                begun,
                "unit_established",
                by=by,
                before=nothing,
                on=f"{on:%d/%m/%Y}",
                basis=basis,
                **told,
            )
        else:
            record_all(begun, "unit_imported", by=by, before=nothing, file=subject.file_name)


def _change_known(plans: list[UnitPlan], units: dict[Ref, Unit], by: Actor) -> None:
    """Each change of what exists is an event of its own, as if it were entered by hand."""
    for plan in plans:
        assert plan.known is not None
        unit = units[Ref(known=plan.known.id)]
        decision = Decision(plan.since, plan.row["basis"])
        if "name" in plan.changes:
            rename(
                unit,
                plan.row["name"],
                short_name=plan.row["short_name"],
                aliases=plan.aliases,
                decision=decision,
                by=by,
            )
        elif plan.changes & {"short_name", "aliases"}:
            _amend_name(unit, plan, by)
        for system, code in plan.codes.items():
            on = plan.since if plan.row["since"] else max(plan.since, plan.known.since)
            give_code(unit, CodeSystem(system), code, on=on, by=by)
        if "place" in plan.changes:
            was = seen(unit)
            unit.place_in_lists = plan.place
            unit.save(update_fields=["place_in_lists"])
            record(unit, "unit_amended", by=by, before=was)
    _move([plan for plan in plans if "parent" in plan.changes], units, by)


def _move(plans: list[UnitPlan], units: dict[Ref, Unit], by: Actor) -> None:
    """One after the other in the order that works: who comes to stand below may have to go first."""
    waiting = list(plans)
    while waiting:
        again: list[UnitPlan] = []
        for plan in waiting:
            assert plan.known is not None and plan.parent is not None
            unit, under = units[Ref(known=plan.known.id)], units[plan.parent]
            decision = Decision(plan.since, plan.row["basis"])
            try:
                with transaction.atomic():
                    move(unit, under, decision=decision, by=by)
            except NotAccepted:
                if len(waiting) == 1 or len(again) + 1 == len(waiting):
                    raise
                again.append(plan)
        waiting = again


def _amend_name(unit: Unit, plan: UnitPlan, by: Actor) -> None:
    row = unit.names.select_for_update().order_by("validity").last()
    assert row is not None  # it is known by it
    was = {"short_name": row.short_name, "aliases": row.aliases}
    row.short_name = plan.row["short_name"] or row.short_name
    row.aliases = list(plan.aliases) or row.aliases
    row.searched = searchable(row.name, row.short_name, *row.aliases)
    row.save(update_fields=["short_name", "aliases", "searched"])
    now = {"short_name": row.short_name, "aliases": row.aliases}
    record(unit, "unit_amended", by=by, before=was, after=now)
