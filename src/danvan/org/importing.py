"""A province's units and people from a workbook, looked at before anything changes, and back.

`preview` judges the rows of an import by what is known now; `confirm` judges them again and takes
in the good ones: new units and people in bulk, what changes an existing unit as an event.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from uuid_utils.compat import uuid7

from danvan import clock
from danvan.audit.actions import NOTHING, record, record_all, seen
from danvan.text import fold, in_vietnamese

from . import access, events, notices, tree
from .access import require
from .actors import Actor
from .alike import alike
from .choices import CodeSystem, EventKind, ImportState, Level, Outcome, Role, UnitKind
from .comparing import (
    DAY,
    Coded,
    Held,
    KnownPerson,
    KnownUnit,
    Named,
    People,
    Placed,
    Plan,
    PostPlan,
    Reason,
    Ref,
    UnitPlan,
    Units,
)
from .models import (
    OrgImport,
    Person,
    Post,
    Unit,
    UnitCode,
    UnitEvent,
    UnitName,
    UnitPlace,
    User,
    person_sort_key,
    searchable,
)
from .people import NotAccepted
from .sheets.apart import read_apart
from .sheets.shape import PEOPLE, SHEETS, UNITS, YES, NotRead, Row, labels
from .sheets.writing import write
from .sheets.writing import write_empty as empty_workbook
from .sheets.writing import write_wrong as wrong_workbook

__all__ = [
    "Changed",
    "NotRead",
    "Preview",
    "cancel",
    "confirm",
    "draft",
    "drafts_of",
    "export_units",
    "export_with_people",
    "left_out",
    "preview",
    "template",
]


class Changed(Exception):
    """What would happen is no longer what was looked at: to be looked at again."""


# Looking


def drafts_of(by: Actor) -> QuerySet[OrgImport]:
    """Each sees the imports that he began."""
    require(access.can_change_units(by))
    return OrgImport.objects.filter(made_by=by.own_id)


@transaction.atomic
def draft(data: bytes, name: str, *, default_on: date, by: Actor) -> OrgImport:
    """Keep the rows of a file to be looked at. Raises NotRead. The file itself is not kept."""
    require(access.can_change_units(by))
    book = read_apart(data)
    made = OrgImport.objects.create(
        file_name=name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        default_on=default_on,
        rows=[asdict(row) for row in book.rows],
        passed_over=book.passed_over[:100],
        made_by_id=by.own_id,
        made_at=clock.now(),
    )
    record(made, "import_begun", by=by, rows=len(book.rows))
    return made


_NOT_YOURS = gettext_noop("Người và chức vụ do quản trị hệ thống nhập.")


class Preview:
    """What the rows of an import would do now."""

    def __init__(self, subject: OrgImport, by: Actor) -> None:
        self.subject = subject
        self.passed_over: list[str] = subject.passed_over
        rows = [
            Row(one["sheet"], one["number"], one["cells"], one["wrong"]) for one in subject.rows
        ]
        self.units = Units(
            [row for row in rows if row.sheet == UNITS.key],
            known_units(),
            default=subject.default_on,
            may_lead=by.role == Role.ADMINISTRATOR,
            forms=events.CODE_FORMS,
        )
        of_people = [row for row in rows if row.sheet == PEOPLE.key]
        self.people = People(
            of_people,
            known_people() if of_people else [],
            self.units,
            default=subject.default_on,
            may_appoint=_appoints(by),
        )
        if not access.can_manage_people(by):
            for plan in self.people.plans:
                plan.skipped = Reason("", _NOT_YOURS, {})

    @cached_property
    def plans(self) -> list[Plan]:
        return [*self.units.plans, *self.people.plans]

    @cached_property
    def counts(self) -> Counter[Outcome]:
        return Counter(plan.outcome for plan in self.plans)

    @property
    def good(self) -> int:
        """Rows that would change something."""
        return sum(plan.is_good for plan in self.plans)

    @property
    def bad(self) -> list[Plan]:
        return [plan for plan in self.plans if plan.outcome == Outcome.BAD]

    @cached_property
    def digest(self) -> str:
        """The same as long as the same would happen."""
        told = [
            (plan.row.sheet, plan.row.number, plan.outcome, sorted(plan.changes), plan.reasons)
            for plan in self.plans
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def preview(subject: OrgImport, *, by: Actor) -> Preview:
    require(access.can_change_units(by))
    return Preview(subject, by)


def _appoints(by: Actor) -> Any:
    accounts = dict(Person.objects.exclude(user=None).values_list("pk", "user"))

    def may(unit: Ref, role: str, person: KnownPerson | None) -> bool:
        whose = Person(user_id=accounts.get(UUID(person.id))) if person else Person()
        where = Unit(pk=UUID(unit.known)) if unit.known else Unit()
        return access.can_appoint(by, where, Role(role), whose)

    return may


def known_units() -> list[KnownUnit]:
    """All units with all their names, places and codes: four queries."""
    fields = ("pk", "code", "kind", "level", "place_in_lists", "coordinates")
    found = {row[0]: KnownUnit(str(row[0]), *row[1:]) for row in Unit.objects.values_list(*fields)}
    names = UnitName.objects.order_by("validity").values_list(
        "unit", "name", "short_name", "aliases", "validity"
    )
    for unit, name, short_name, aliases, days in names:
        found[unit].names.append(Named(name, short_name, tuple(aliases), days.lower, days.upper))
    for unit, parent, days in UnitPlace.objects.order_by("validity").values_list(
        "unit", "parent", "validity"
    ):
        found[unit].places.append(Placed(str(parent), days.lower, days.upper))
    for unit, system, code, days in UnitCode.objects.order_by("validity").values_list(
        "unit", "system", "code", "validity"
    ):
        found[unit].codes.append(Coded(system, code, days.lower, days.upper))
    return list(found.values())


def known_people() -> list[KnownPerson]:
    fields = ("pk", "name", "form_of_address", "email", "phone", "user__email")
    found = {
        pk: KnownPerson(str(pk), name, address, email, phone, account or "")
        for pk, name, address, email, phone, account in Person.objects.order_by("pk").values_list(
            *fields
        )
    }
    for pk, person, unit, role, title, days in Post.objects.order_by("validity").values_list(
        "pk", "person", "unit", "role", "title", "validity"
    ):
        found[person].posts.append(Held(str(pk), str(unit), role, title, days.lower, days.upper))
    return list(found.values())


# Taking in


def confirm(subject: OrgImport, *, seen_as: str, by: Actor) -> OrgImport:
    """Take in the good rows, if they are still what was seen. Twice changes nothing twice.

    Raises Changed where something else would happen than what was looked at.
    """
    try:
        return _confirm(subject, seen_as, by)
    except IntegrityError as collision:  # somebody wrote the same in this very moment
        raise Changed from collision


@transaction.atomic
def _confirm(subject: OrgImport, seen_as: str, by: Actor) -> OrgImport:
    events.begin_change(by)
    found = drafts_of(by).select_for_update(of=("self",)).get(pk=subject.pk)
    if found.state != ImportState.PREVIEWED:
        return found
    looked = Preview(found, by)
    if looked.digest != seen_as:
        raise Changed
    was = seen(found)
    made = _take_in_units(looked, found, by)
    _take_in_people(looked, made, by)
    found.state, found.done_at = ImportState.DONE, clock.now()
    found.counts = {str(outcome): count for outcome, count in looked.counts.items()}
    found.rows = [{**asdict(plan.row), "why": _told(plan)} for plan in looked.bad]
    found.save()
    was["rows"] = found.rows  # what people are called is not kept in the audit as well
    record(found, "imported", by=by, before=was, rows=looked.good, bad=len(looked.bad))
    return found


@transaction.atomic
def cancel(subject: OrgImport, *, by: Actor) -> OrgImport:
    """Leave an import that was not taken in; its rows go."""
    found = drafts_of(by).select_for_update(of=("self",)).get(pk=subject.pk)
    if found.state != ImportState.PREVIEWED:
        return found
    found.state, found.rows = ImportState.CANCELLED, []
    found.save()
    record(found, "import_cancelled", by=by)
    return found


def _told(plan: Plan) -> list[list[Any]]:
    return [[one.column, one.msgid, one.values] for one in plan.reasons]


def _take_in_units(looked: Preview, subject: OrgImport, by: Actor) -> dict[Ref, Unit]:
    """The units that the plans mean, made and changed."""
    plans = looked.units.plans
    known = Unit.objects.in_bulk(
        {UUID(one.known.id) for one in plans if one.known}
        | {UUID(one.parent.known) for one in plans if one.parent and one.parent.known}
        | {UUID(one.unit.known) for one in looked.people.plans if one.unit and one.unit.known}
    )
    units = {Ref(known=str(pk)): unit for pk, unit in known.items()}
    for ref, unit in units.items():
        unit.name = looked.units.name(ref)
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
            under = DateRange(max(plan.since, among.life(plan.parent)[0]), plan.until)
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
        decision = events.Decision(plan.since, plan.row["basis"])
        if "name" in plan.changes:
            events.rename(
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
            events.give_code(unit, CodeSystem(system), code, on=on, by=by)
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
            decision = events.Decision(plan.since, plan.row["basis"])
            try:
                with transaction.atomic():
                    events.move(unit, under, decision=decision, by=by)
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


def _take_in_people(looked: Preview, units: dict[Ref, Unit], by: Actor) -> None:
    plans = [one for one in looked.people.plans if one.is_good]
    if not plans:
        return
    require(access.can_manage_people(by))
    known = Person.objects.select_for_update(of=("self",)).in_bulk(
        {UUID(one.person.id) for one in plans if one.person}
    )
    people = _new_people(looked.people.plans, plans, by)
    posts = []
    for plan in plans:
        assert plan.unit is not None
        person = known[UUID(plan.person.id)] if plan.person else people[plan.first]
        if plan.person:
            _amend_person(person, plan, by)
        unit, role = units[plan.unit], Role(plan.role)
        require(not plan.appoints or access.can_appoint(by, unit, role, person))
        if plan.is_new or "post" in plan.changes:
            days = DateRange(plan.since, plan.until)
            title = plan.row["title"]
            posts.append(Post(person=person, unit=unit, role=role, title=title, validity=days))
        elif "title" in plan.changes and plan.post:
            post = Post.objects.select_for_update(of=("self",)).get(pk=plan.post.id)
            was = seen(post)
            post.title = plan.row["title"]
            post.save(update_fields=["title"])
            record(post, "post_changed", by=by, before=was)
    Post.objects.bulk_create(posts)
    for post in posts:
        role_label, where = Role(post.role).label, post.unit.name
        record(post, "appointed", by=by, person=post.person.name, unit=where, role=role_label)
    notices.posts_given(posts, by=by)


def _new_people(rows: Sequence[PostPlan], plans: list[PostPlan], by: Actor) -> dict[int, Person]:
    """New people by the row that makes them, each with what any of his rows says of him."""
    mine: dict[int, list[PostPlan]] = defaultdict(list)
    for plan in plans:
        if plan.is_new:
            mine[plan.first].append(plan)
    people = {}
    for first, own in mine.items():
        name = rows[first].row["name"]
        people[first] = Person.of(
            name,
            form_of_address=next((one.address for one in own if one.address), ""),
            email=next((one.email for one in own if one.email), ""),
            phone=next((one.row["phone"] for one in own if one.row["phone"]), ""),
        )
    made = list(people.values())
    Person.objects.bulk_create(made)
    record_all(made, "person_added", by=by, before=[NOTHING] * len(made))
    return people


def _amend_person(person: Person, plan: PostPlan, by: Actor) -> None:
    was = seen(person)
    person.form_of_address = plan.address or person.form_of_address
    person.email = plan.email or person.email
    person.phone = plan.row["phone"] or person.phone
    person.folded, person.sort_key = fold(person.name), person_sort_key(person.name)
    if seen(person) != was:
        person.save()
        record(person, "person_changed", by=by, before=was)
        if person.email != was["email"]:
            if person.user_id:  # as where one is changed by hand
                User.objects.filter(pk=person.user_id).update(email=person.email)
            notices.address_changed(person, was["email"], by=by)


# Giving out


def left_out(subject: OrgImport, *, by: Actor) -> bytes:
    """The bad rows as they were written, each with its reasons, to be corrected and brought again."""
    if subject.state == ImportState.PREVIEWED:
        told = [(plan.row, _told(plan)) for plan in preview(subject, by=by).bad]
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


@in_vietnamese
def template() -> bytes:
    """A workbook to be filled in, with examples; names are invented."""
    kinds, levels, roles = labels("kind"), labels("level"), labels("role")
    since, basis = "2025-07-01", "Nghị quyết số 12/NQ-HĐND ngày 30/6/2025"
    cells: list[tuple[str, dict[str, str]]] = [
        (
            "units",
            {
                "name": "UBND tỉnh Tân Giang",
                "short_name": "UBND tỉnh",
                "kind": kinds[0],
                "level": levels[1],
                "since": since,
                "statistics": "01",
                "basis": basis,
            },
        ),
        (
            "units",
            {
                "name": "Sở Nội vụ",
                "aliases": "Sở Nội vụ tỉnh; SNV",
                "kind": kinds[2],
                "level": levels[1],
                "parent": "UBND tỉnh Tân Giang",
                "since": since,
                "basis": basis,
                "leads": YES,
            },
        ),
        (
            "units",
            {
                "name": "UBND xã Bến Đá",
                "short_name": "Xã Bến Đá",
                "kind": kinds[0],
                "level": levels[3],
                "parent": "UBND tỉnh Tân Giang",
                "since": since,
                "statistics": "00070",
                "basis": basis,
            },
        ),
        (
            "people",
            {
                "name": "Trần Thị Mai Phương",
                "address": "bà",
                "email": "mai.phuong@tangiang.example",
                "phone": "0912 000 000",
                "unit": "Sở Nội vụ",
                "role": roles[0],
                "title": "Chuyên viên",
                "since": since,
            },
        ),
    ]
    advice = [
        "Điền trang “Đơn vị” và trang “Con người”; trang này chỉ để xem, không được nhập.",
        "Cấp trên ghi trước hay sau cấp dưới đều được. Ngày ghi dạng 01/07/2025.",
        "Đơn vị mới: để trống Mã đơn vị. Đổi tên, chuyển cấp trên: ghi Mã đơn vị, Từ ngày là ngày đổi, và Quyết định.",
        "Trước khi nhập, danvan cho xem từng dòng sẽ làm gì; dòng lỗi được nêu số dòng, cột và lý do.",
    ]
    rows = [Row(sheet, at, given) for at, (sheet, given) in enumerate(cells, start=1)]
    return empty_workbook(rows, advice)
