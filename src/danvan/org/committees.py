"""Steering committees: set up by a decision for a term, strengthened, reviewed, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from danvan.audit.actions import record, seen
from danvan.refusals import NotAccepted
from danvan.text import in_digits

from . import access
from .access import require
from .actors import Actor
from .choices import Position, ReviewOutcome, UnitKind
from .events import ending, founding
from .events.decisions import Decision, NewUnit
from .models import CommitteeTerm, Membership, Person, Unit, UnitName
from .people import days


@dataclass(frozen=True)
class Seat:
    """A member: a person, or the head of a unit whoever that is. Neither needs an account."""

    position: Position
    person: Person | None = None
    unit: Unit | None = None
    title: str = ""


@transaction.atomic
def set_up(
    committee: NewUnit,
    *,
    under: Unit,
    decision: str,
    standing_body: Unit | None,
    from_: date,
    to: date | None = None,
    members: Sequence[Seat],
    by: Actor,
) -> CommitteeTerm:
    """A committee begins with its first term, from a day to a last day or for good."""
    if committee.kind != UnitKind.COMMITTEE:
        raise NotAccepted(_("Chọn loại Ban Chỉ đạo, Ban Vận động."))
    unit = founding.establish(
        committee, under=under, decision=Decision(on=from_, basis=decision), by=by
    )
    return _begin_term(unit, decision, standing_body, days(from_, to), members, by)


@transaction.atomic
def renew(
    committee: Unit,
    *,
    decision: str,
    standing_body: Unit | None,
    from_: date,
    to: date | None = None,
    members: Sequence[Seat],
    by: Actor,
) -> CommitteeTerm:
    """Strengthen it (kiện toàn): a new term begins, and the one before ends on that day."""
    require(access.can_change_units(by))
    Unit.objects.select_for_update().get(pk=committee.pk)
    validity = days(from_, to)
    again = committee.terms.filter(decision=decision.strip(), validity__startswith=from_).first()
    if again:
        return again
    _refuse_outside_the_life(committee, from_)
    if later := committee.terms.filter(validity__startswith__gte=from_).first():
        raise NotAccepted(
            _("Đã có nhiệm kỳ bắt đầu ngày %(day)s, theo %(decision)s: chọn một ngày sau đó.")
            % {"day": in_digits(later.validity.lower), "decision": later.decision}
        )
    for before in committee.terms.filter(validity__contains=from_):
        _end_term(before, from_, decision, by)
    return _begin_term(committee, decision, standing_body, validity, members, by)


@transaction.atomic
def review(
    term: CommitteeTerm,
    *,
    outcome: ReviewOutcome,
    on: date,
    conclusion: str,
    decision: str = "",
    by: Actor,
) -> CommitteeTerm:
    """What a review of the committee came to. One that is to end ends on that day, by a decision.

    To strengthen it is a decision of its own: `renew`.
    """
    require(access.can_change_units(by))
    rows = CommitteeTerm.objects.select_for_update(of=("self",)).select_related("committee")
    term = rows.get(pk=term.pk)
    outcome, conclusion = ReviewOutcome(outcome), conclusion.strip()
    said = (outcome, on, conclusion)
    if (term.outcome, term.reviewed_on, term.conclusion) == said:
        return term
    if not conclusion:
        raise NotAccepted(_("Ghi kết luận rà soát: vì sao giữ, kiện toàn hay kết thúc."))
    if on < term.validity.lower:
        raise NotAccepted(
            _("Nhiệm kỳ này bắt đầu ngày %(day)s: ngày rà soát phải sau đó.")
            % {"day": in_digits(term.validity.lower)}
        )
    if term.outcome == ReviewOutcome.ENDED:
        raise NotAccepted(_("Ban này đã kết thúc: hoàn tác việc kết thúc trước."))
    was = seen(term)
    term.outcome, term.reviewed_on, term.conclusion = said
    term.save(update_fields=["outcome", "reviewed_on", "conclusion"])
    record(term, "committee_reviewed", by=by, before=was, outcome=outcome.label)
    if outcome == ReviewOutcome.ENDED:
        if not decision.strip():
            raise NotAccepted(_("Ghi quyết định kết thúc hoạt động của ban."))
        ending.end(term.committee, decision=Decision(on=on, basis=decision), by=by)
        term.refresh_from_db()
    return term


def review_due_on(term: CommitteeTerm) -> date:
    """A year after the last review, or after the term began; at the latest when it ends."""
    last = term.reviewed_on or term.validity.lower
    a_year_on: date = last + (date(last.year + 1, last.month, 1) - last.replace(day=1))
    return min(a_year_on, term.validity.upper or a_year_on)


def _begin_term(
    committee: Unit,
    decision: str,
    standing_body: Unit | None,
    validity: DateRange,
    members: Sequence[Seat],
    by: Actor,
) -> CommitteeTerm:
    decision = decision.strip()
    again = committee.terms.filter(decision=decision, validity=validity).first()
    if again:
        return again
    if not decision:
        raise NotAccepted(_("Ghi quyết định thành lập hoặc kiện toàn."))
    _refuse_seats(members)
    term = CommitteeTerm.objects.create(
        committee=committee, decision=decision, standing_body=standing_body, validity=validity
    )
    Membership.objects.bulk_create(
        Membership(
            term=term,
            person=seat.person,
            unit=seat.unit,
            title=seat.title.strip(),
            position=Position(seat.position),
            place=place,
        )
        for place, seat in enumerate(members, start=1)
    )
    record(term, "term_begun", by=by, committee=str(committee), members=len(members))
    return term


def _refuse_seats(members: Sequence[Seat]) -> None:
    heads = [one for one in members if one.position == Position.HEAD]
    if len(heads) != 1:
        raise NotAccepted(_("Ban có một Trưởng ban: chọn đúng một người."))
    if any(one.person is None and one.unit is None for one in members):
        raise NotAccepted(_("Mỗi thành viên là một người hoặc người đứng đầu một đơn vị."))
    people = [one.person.pk for one in members if one.person]
    twice = next((one for one in members if one.person and people.count(one.person.pk) > 1), None)
    if twice:
        raise NotAccepted(_("%(name)s có tên hai lần.") % {"name": twice.person})


def _refuse_outside_the_life(committee: Unit, on: date) -> None:
    lives = UnitName.objects.filter(unit=committee)
    if not lives.filter(validity__contains=on).exists():
        raise NotAccepted(_("Ngày %(day)s không có ban này.") % {"day": in_digits(on)})


def _end_term(term: CommitteeTerm, on: date, reason: str, by: Actor) -> None:
    was = seen(term)
    term.validity = DateRange(term.validity.lower, on)
    term.save(update_fields=["validity"])
    record(term, "term_ended", by=by, before=was, reason=reason)
