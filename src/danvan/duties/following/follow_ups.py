"""Duties that follow from a document's dates: study, reviews, joint plans, checks of regulations.

The rules are data (data/follow_ups.yaml). What they come to is only proposed: a person lays it on
units, or passes it over.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record_all
from danvan.definitions.models import Definition
from danvan.documents.models import Delivery, Document, Party
from danvan.documents.validity import resting_on_ended
from danvan.duties import access
from danvan.duties.choices import AssignmentState, Origin, Part
from danvan.duties.models import Assignment, Duty
from danvan.org import committees
from danvan.org.access import require
from danvan.org.actors import SYSTEM, Actor
from danvan.org.models import CommitteeTerm, Unit
from danvan.org.resolving import NameBook
from danvan.text import in_vietnamese
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import Calendar, MissingYear, last_day, printed

KIND = "follow_ups"
MADE_BY_RULE = "follow_up:"
AHEAD = 60  # days before its end in which a duty is proposed


@dataclass(frozen=True)
class Rule:
    """One row of follow_ups.yaml."""

    code: str
    source: str
    origin: Origin
    label: str
    action: str
    of: Mapping[str, Any]
    to: tuple[str, ...]
    answered_by: tuple[str, ...] = ()
    start: str = ""  # the field that the term runs from, or whose day it is
    days: int | None = None
    years: int | None = None
    each_year: Mapping[str, int] | None = None
    fresh_for: int | None = None
    groups: tuple[str, ...] = ()
    deliverable: str = ""


def rules(on: date) -> list[Rule]:
    """The rules in force on a day."""
    return [_rule(one) for one in Definition.objects.in_force(KIND, on)]


def _rule(row: Definition) -> Rule:
    body = row.body
    return Rule(
        code=row.code,
        source=row.source,
        origin=Origin(body["origin"]),
        label=body["label"],
        action=body["action"],
        of=body["of"],
        to=tuple(body["to"]),
        answered_by=tuple(body.get("answered_by", ())),
        start=body.get("from") or body.get("at") or "",
        days=body.get("days"),
        years=body.get("years"),
        each_year=body.get("each_year"),
        fresh_for=body.get("fresh_for"),
        groups=tuple(body.get("groups", ())),
        deliverable=body.get("deliverable", ""),
    )


@dataclass(frozen=True)
class FollowUp:
    """What a rule comes to: a duty that is yet to be proposed."""

    rule: Rule
    key: str  # with its document it is made once
    document: Document | None
    nominal: date
    because: str  # the sentence by which the day was reckoned
    words: Mapping[str, str] = field(default_factory=dict)
    units: tuple[UUID, ...] = ()  # known from what it follows from

    @property
    def action(self) -> str:
        return self.rule.action.format(**{"document": str(self.document), **self.words})


# Which there are


def coming(first: date, last: date, *, origins: Container[Origin] = Origin) -> list[FollowUp]:
    """All that the rules of today find due from one day to another, made or not; set by set."""
    found = []
    for rule in rules(clock.today()):
        if rule.origin in origins:
            found += _found(rule, first, last)
    return sorted(found, key=lambda one: one.nominal)


def of_document(document: Document, first: date, last: date) -> list[FollowUp]:
    """The same of one document."""
    only = Document.objects.filter(pk=document.pk)
    return [
        one
        for rule in rules(clock.today())
        if "committees" not in rule.of and "rests_on_ended" not in rule.of
        for one in _of_documents(rule, first, last, only)
    ]


def _found(rule: Rule, first: date, last: date) -> list[FollowUp]:
    if "committees" in rule.of:
        return _of_committees(rule, first, last)
    if "rests_on_ended" in rule.of:
        return _of_regulations(rule, first, last)
    return _of_documents(rule, first, last, Document.objects.all())


def _of_documents(rule: Rule, first: date, last: date, among: QuerySet[Document]) -> list[FollowUp]:
    rows = among.filter(registered_on__isnull=False).filter(_holds_for(rule))
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=clock.today()))
    rows = rows.exclude(_answered(rule)) if rule.answered_by else rows
    if rule.each_year:
        return _yearly(rule, first, last, rows)
    found = [
        FollowUp(rule, f"{MADE_BY_RULE}{rule.code}", one, *due)
        for one in rows.filter(_in_window(rule, first, last)).order_by("id")
        if (due := _day(rule, one))
    ]
    return [one for one in found if first <= one.nominal <= last]


def _holds_for(rule: Rule) -> Q:
    """The documents that the rule speaks of."""
    holds = Q()
    if kinds := rule.of.get("kinds"):
        holds &= Q(kind__iregex=f"^({'|'.join(kinds)})$")
    if number := rule.of.get("number"):
        holds &= Q(number_squeezed__regex=number)
    if rule.of.get("several_years"):
        holds &= ~Q(planned_from="") & Q(planned_to__gt=F("planned_from"))
    if rule.of.get("programmes"):
        holds &= Q(term_from__isnull=False)
    if rule.fresh_for is not None:
        holds &= Q(issued_on__gte=F("registered_on") - timedelta(days=rule.fresh_for))
    return holds


def _answered(rule: Rule) -> Exists:
    """The text itself sets a day for it."""
    says = Q()
    for word in rule.answered_by:
        says |= Q(sentence__icontains=word) | Q(action__icontains=word)
    own = Duty.objects.filter(document=OuterRef("pk"), origin=Origin.TEXT, due__isnull=False)
    return Exists(own.filter(says))


def _in_window(rule: Rule, first: date, last: date) -> Q:
    """A first sieve, so that few documents are looked at one by one."""
    if rule.start == "planned_to":
        return Q(planned_to__gte=str(first.year), planned_to__lte=str(last.year))
    back = timedelta(days=(rule.days or 0) + (rule.years or 0) * 366)
    ahead = timedelta(days=(rule.days or 0) + (rule.years or 0) * 365)
    return Q(**{f"{rule.start}__gte": first - back, f"{rule.start}__lte": last - ahead})


@in_vietnamese
def _day(rule: Rule, document: Document) -> tuple[date, str] | None:
    """When it is due by the rule, and by which sentence."""
    if rule.start == "planned_to":
        end = document.planned_to
        if not end.isdigit():
            return None
        nominal = date(int(end), 12, 31)
        return (
            nominal,
            _("Quy tắc “%(rule)s”: văn bản lập cho các năm %(first)s-%(last)s, hết ngày %(day)s.")
            % {
                "rule": rule.label,
                "first": document.planned_from,
                "last": end,
                "day": printed(nominal),
            },
        )
    start: date | None = getattr(document, rule.start)
    if start is None:
        return None
    words = {"rule": rule.label, "start": printed(start), "n": rule.days or rule.years or 0}
    if rule.years:
        nominal = _years_on(start, rule.years)
        said = _("Quy tắc “%(rule)s”: %(n)d năm kể từ ngày ban hành %(start)s, là ngày %(day)s.")
    elif rule.days:
        nominal = start + timedelta(days=rule.days)
        said = _("Quy tắc “%(rule)s”: %(n)d ngày kể từ ngày nhận %(start)s, là ngày %(day)s.")
    else:
        nominal = start
        said = _("Quy tắc “%(rule)s”: thời hạn của chương trình hết ngày %(day)s.")
    return nominal, said % {**words, "day": printed(nominal)}


def _years_on(start: date, years: int) -> date:
    """The same day years later; 29 February is then the last of the month."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 2, 28)


@in_vietnamese
def _yearly(rule: Rule, first: date, last: date, rows: QuerySet[Document]) -> list[FollowUp]:
    """Of every year that a programme runs on the day."""
    wanted = rule.each_year or {}
    days = [date(year, wanted["month"], wanted["day"]) for year in range(first.year, last.year + 1)]
    found = []
    for day in (one for one in days if first <= one <= last):
        running = rows.filter(Q(term_to=None) | Q(term_to__gte=day), term_from__lte=day)
        because = _("Quy tắc “%(rule)s”: mỗi năm một kế hoạch, chậm nhất ngày %(day)s.") % {
            "rule": rule.label,
            "day": printed(day),
        }
        key = f"{MADE_BY_RULE}{rule.code}:{day.year}"
        words = {"year": str(day.year)}
        found += [FollowUp(rule, key, one, day, because, words) for one in running.order_by("id")]
    return found


@in_vietnamese
def _of_committees(rule: Rule, first: date, last: date) -> list[FollowUp]:
    """A committee is reviewed a year after it was last, at the latest on the last day of its term."""
    terms = CommitteeTerm.objects.filter(validity__contains=clock.today())
    found = []
    names = Unit.objects.named(clock.today()).in_bulk(
        list(terms.values_list("committee", flat=True))
    )
    for term in terms.order_by("id"):
        upper = term.validity.upper
        day = committees.review_due_on(term)
        ends = upper is not None and day >= upper
        day = upper - timedelta(days=1) if ends else day
        if not first <= day <= last or term.committee_id not in names:
            continue
        said = (
            _("Quy tắc “%(rule)s”: nhiệm kỳ theo %(decision)s hết ngày %(day)s.")
            if ends
            else _(
                "Quy tắc “%(rule)s”: mỗi năm rà soát một lần, theo %(decision)s; lần này ngày %(day)s."
            )
        )
        because = said % {"rule": rule.label, "decision": term.decision, "day": printed(day)}
        key = f"{MADE_BY_RULE}committee:{term.pk.hex[:20]}:{day.year}"
        words = {"committee": names[term.committee_id].name}
        body = (term.standing_body_id,) if term.standing_body_id else ()
        found.append(FollowUp(rule, key, None, day, because, words, body))
    return found


@in_vietnamese
def _of_regulations(rule: Rule, first: date, last: date) -> list[FollowUp]:
    """A unit's own document that rests on one that ended is looked at again."""
    term = timedelta(days=rule.days or 0)
    own = Document.objects.registered()
    rows = resting_on_ended(own, clock.today()).filter(
        target__ended_on__gte=first - term, target__ended_on__lte=last - term
    )
    found: dict[tuple[UUID, UUID], FollowUp] = {}
    for one in rows.order_by("id"):
        document, ended = one.document, one.target
        issuer = document.issued_by_id or document.filed_by_id
        if ended is None or ended.ended_on is None or issuer is None:
            continue
        day = ended.ended_on + term
        because = _(
            "Quy tắc “%(rule)s”: %(ended)s hết hiệu lực từ ngày %(start)s, thêm %(n)d ngày là %(day)s."
        ) % {
            "rule": rule.label,
            "ended": ended,
            "start": printed(ended.ended_on),
            "n": rule.days or 0,
            "day": printed(day),
        }
        key = f"{MADE_BY_RULE}regulation:{ended.pk.hex}"
        found[document.pk, ended.pk] = FollowUp(
            rule, key, document, day, because, {"ended": str(ended)}, (issuer,)
        )
    return list(found.values())


# Proposing


@transaction.atomic
def propose_for(document: Document, *, by: Actor) -> list[Assignment]:
    """What follows from a document that was just registered, as far as it is due within AHEAD days."""
    require(access.can_assign(by))
    today = clock.today()
    found = of_document(document, today, today + timedelta(days=AHEAD))
    return _propose(found, asked_by=by.own_unit, by=by)


@transaction.atomic
def propose_coming(*, by: Actor = SYSTEM) -> list[Assignment]:
    """Propose all that comes due within AHEAD days and was not proposed. Done again is done once."""
    asking = Unit.objects.filter(coordinates=True).order_by("id").first()
    if asking is None:
        return []
    Unit.objects.select_for_update().get(pk=asking.pk)  # one at a time
    today = clock.today()
    found = coming(today, today + timedelta(days=AHEAD))
    return _propose(found, asked_by=asking, by=by)


def _propose(found: Sequence[FollowUp], *, asked_by: Unit, by: Actor | Any) -> list[Assignment]:
    known = set(
        Duty.objects.filter(item__in={one.key for one in found}).values_list("document", "item")
    )
    fresh = [
        one for one in found if ((one.document.pk if one.document else None), one.key) not in known
    ]
    if not fresh:
        return []
    units = _units(fresh, asked_by)
    made: list[Assignment] = []
    duties = {id(one): _duty(one, asked_by) for one in fresh}
    days = calendar(*{one.nominal.year for one in fresh})
    for one in fresh:
        made += _assignments(duties[id(one)], one, units[id(one)], days)
    Duty.objects.bulk_create(duties.values())
    Assignment.objects.bulk_create(made)
    record_all(list(duties.values()), "follow_up_proposed", by=by, before=[NOTHING] * len(duties))
    return made


def _duty(one: FollowUp, asked_by: Unit) -> Duty:
    nominal = one.nominal
    return Duty(
        document=one.document,
        origin=one.rule.origin,
        source=(one.document.number or str(one.document))[:300] if one.document else one.rule.label,
        item=one.key,
        action=one.action[:500],
        sentence="",
        due={"kind": "date", "date": nominal.isoformat(), "text": one.rule.label},
        deliverable=one.rule.deliverable,
        confirmed_by=asked_by,
        asked_by=asked_by,
        proposed_at=clock.now(),
    )


def _assignments(
    duty: Duty, one: FollowUp, units: Iterable[UUID], days: Calendar
) -> list[Assignment]:
    due_on, nominal, steps = _reckoned(one, days)
    return [
        Assignment(
            duty=duty,
            unit_id=unit,
            part=Part.LEAD,
            due_on=due_on,
            nominal_on=nominal,
            due_steps=steps,
            state=AssignmentState.PROPOSED,
            assigned_at=clock.now(),
        )
        for unit in units
    ]


@in_vietnamese
def _reckoned(one: FollowUp, days: Calendar) -> tuple[date, date, list[str]]:
    """The lawful last day, the day before it moved, and the steps in words."""
    try:
        found = last_day(one.nominal, days, inclusive=True, moves=True, words=printed(one.nominal))
    except MissingYear as missing:
        late = _("Chưa có lịch làm việc năm %(year)d: ngày này chưa lùi qua ngày nghỉ.")
        return one.nominal, one.nominal, [one.because, late % {"year": missing.year}]
    return found.day, found.nominal, [one.because, *found.steps[1:]]


def _units(found: Sequence[FollowUp], coordinating: Unit) -> dict[int, list[UUID]]:
    """For each, the units of the first of its sources that names any; few questions for many."""
    documents = {one.document.pk for one in found if one.document}
    sources: dict[str, Mapping[UUID, list[UUID]]] = {
        "delivered": _grouped(
            Delivery.objects.filter(document__in=documents, unit__isnull=False).values_list(
                "document", "unit"
            )
        ),
        "doers": _grouped(
            Assignment.objects.laid()
            .led()
            .filter(duty__document__in=documents, duty__origin=Origin.TEXT)
            .values_list("duty__document", "unit")
        ),
        "parties": _grouped(
            Party.objects.filter(document__in=documents, unit__isnull=False).values_list(
                "document", "unit"
            )
        ),
    }
    book = NameBook(clock.today())
    groups = {code for code, _label, _count in book.groups()} if _wants_groups(found) else set()

    def named(one: FollowUp) -> list[UUID]:
        for source in one.rule.to:
            units = list(one.units)
            if source == "coordinating":
                units = [coordinating.pk]
            elif source == "groups":
                codes = [code for code in one.rule.groups if code in groups]
                units = [UUID(key) for code in codes for key in sorted(book.group(code))]
            elif one.document and source in sources:
                units = sources[source].get(one.document.pk, [])
            if units:
                return list(dict.fromkeys(units))
        return [coordinating.pk]

    return {id(one): named(one) for one in found}


def _wants_groups(found: Sequence[FollowUp]) -> bool:
    return any("groups" in one.rule.to for one in found)


def _grouped(rows: Iterable[tuple[Any, Any]]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for document, unit in rows:
        found.setdefault(document, []).append(unit)
    return found
