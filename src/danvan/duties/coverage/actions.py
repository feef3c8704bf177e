"""Coverage of content: found by the machine, corrected by the coordinator."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record, seen
from danvan.documents.models import Document
from danvan.duties import access
from danvan.duties import actions as duties
from danvan.duties.choices import Coverage
from danvan.duties.models import Assignment, CoverageMatch, Duty
from danvan.org.access import require
from danvan.org.actors import SYSTEM, Actor
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese

from . import asking
from .matching import Match, Sentence, match
from .verdicts import reasons

LONGEST = 4000  # letters of a remark that a person writes
_FOUND = ("found", "item", "sentence", "nearest", "reasons", "score", "at")


@transaction.atomic
def compare(plan: Document, *, by: Actor = SYSTEM) -> list[CoverageMatch]:
    """What a unit's plan makes of the duties laid on the unit. Compared again it is the same.

    What a person said stays; a duty that is no longer laid on the unit is no longer counted.
    """
    plan = Document.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    reading = asking.read(plan)
    if reading is None:
        return []
    counted = asking.counted(plan)
    known = {one.duty_id: one for one in plan.covers.all()}
    gone = known.keys() - {duty.pk for duty in counted}
    plan.covers.filter(duty__in=gone, said_by="").delete()
    sentences = asking.said(reading)
    year = counted[0].document.year if counted and counted[0].document else None
    matches = match([asking.asked(duty) for duty in counted], sentences, year=year)
    rows = [
        _row(known.get(duty.pk), duty, plan, one)
        for duty, one in zip(counted, matches, strict=True)
    ]
    fresh = [row for row in rows if row.pk not in {one.pk for one in known.values()}]
    CoverageMatch.objects.bulk_create(fresh)
    CoverageMatch.objects.bulk_update(
        [row for row in rows if row not in fresh and not row.said_by], _FOUND
    )
    if fresh:
        counts: dict[str, Any] = {
            one.value: sum(1 for row in rows if row.found == one) for one in Coverage
        }
        record(plan, "covered", by=by, **counts)
    return rows


def _row(known: CoverageMatch | None, duty: Duty, plan: Document, one: Match) -> CoverageMatch:
    row = known or CoverageMatch(duty=duty, plan=plan)
    if not row.said_by:
        _put(row, one)
    return row


@in_vietnamese
def _put(row: CoverageMatch, one: Match) -> None:
    row.found, row.score, row.at = one.found, one.score, clock.now()
    row.item = one.lower.key if one.lower else ""
    row.sentence = asking.as_words(one.lower) if one.lower else ""
    row.nearest = asking.as_words(one.nearest) if one.nearest else ""
    row.reasons = [
        *one.reasons,
        *(
            _("Cùng thực hiện nhiệm vụ này: “%(sentence)s”.")
            % {"sentence": asking.as_words(other).rstrip(".;")}
            for other in one.others
        ),
    ]


@transaction.atomic
def say(
    row: CoverageMatch, *, found: Coverage, item: str, by: Actor, why: str = ""
) -> CoverageMatch:
    """Correct what was found: another sentence of the plan, another verdict. Said twice is said once."""
    row = _locked(row)
    require(access.can_judge_coverage(by, row.plan))
    _refuse_if_long(why)
    item = "" if found == Coverage.LEFT_OUT else item
    sentence = _sentence(row, item)
    if found != Coverage.LEFT_OUT and sentence is None:
        raise NotAccepted(_("Chọn câu của kế hoạch thực hiện nhiệm vụ này."))
    remarks = [why.strip()] if why.strip() else []
    if row.said_by and (row.found, row.item, row.reasons) == (found, item, remarks):
        return row
    was = seen(row)
    row.found, row.item, row.reasons = found, item, remarks
    row.sentence = asking.as_words(sentence) if sentence else ""
    row.said_by, row.at = by.name, clock.now()
    row.save()
    record(row, "coverage_said", by=by, before=was, duty=row.duty.action)
    return row


def answer(row: CoverageMatch, *, is_right: bool, by: Actor) -> CoverageMatch:
    """Say in one word whether the sentence shown takes the duty up: the one found, or the nearest."""
    if not is_right:
        return say(row, found=Coverage.LEFT_OUT, item="", by=by)
    if row.found != Coverage.LEFT_OUT:
        return say(row, found=Coverage(row.found), item=row.item, by=by, why=" ".join(row.reasons))
    reading = asking.read(row.plan)
    said = asking.said(reading) if reading else []
    sentence = next((one for one in said if asking.as_words(one) == row.nearest), None)
    if sentence is None:
        raise NotAccepted(_("Chọn câu của kế hoạch thực hiện nhiệm vụ này."))
    less = reasons(asking.asked(row.duty), [sentence])
    found = Coverage.WEAKENED if less else Coverage.TAKEN_UP
    return say(row, found=found, item=sentence.key, by=by, why=" ".join(less))


def _refuse_if_long(words: str) -> None:
    if len(words) > LONGEST:
        raise NotAccepted(_("Nhận xét dài quá %(most)s chữ. Ghi ngắn lại.") % {"most": LONGEST})


def _sentence(row: CoverageMatch, item: str) -> Sentence | None:
    reading = asking.read(row.plan)
    if reading is None or not item:
        return None
    return next((one for one in asking.said(reading) if one.key == item), None)


@transaction.atomic
def undo(row: CoverageMatch, *, by: Actor) -> CoverageMatch:
    """Take back what a person said; what the machine finds holds again."""
    row = _locked(row)
    require(access.can_judge_coverage(by, row.plan))
    if row.said_by:
        was = seen(row)
        row.said_by = ""
        row.save(update_fields=["said_by"])
        compare(row.plan)
        row.refresh_from_db()
        record(row, "coverage_undone", by=by, before=was, duty=row.duty.action)
    return row


def _locked(row: CoverageMatch) -> CoverageMatch:
    rows = CoverageMatch.objects.select_for_update(of=("self",)).select_related("plan", "duty")
    return rows.get(pk=row.pk)


@transaction.atomic
def send_back(
    plan: Document, rows: Iterable[CoverageMatch], *, by: Actor, remark: str = ""
) -> Assignment:
    """Return a plan to its unit with what is to be put in: the remark is made of these duties."""
    require(access.can_judge_coverage(by, plan))
    assignment = asking.assignment_of(plan)
    if assignment is None:
        raise NotAccepted(_("Văn bản này không được nộp cho việc nào nên không trả lại được."))
    _refuse_if_long(remark)
    lines = [remark.strip(), *(_line(row) for row in rows)]
    reason = "\n".join(filter(None, lines))
    if not reason:
        raise NotAccepted(_("Chọn ít nhất một nhiệm vụ, hoặc ghi góp ý, rồi trả lại."))
    return duties.send_back(assignment, by=by, reason=reason)


@in_vietnamese
def _line(row: CoverageMatch) -> str:
    action = (row.duty.sentence or row.duty.action).strip().rstrip(".;")
    if row.found == Coverage.LEFT_OUT:
        return _("- Bổ sung: %(action)s.") % {"action": action}
    return _("- Xem lại: %(action)s. %(reasons)s") % {
        "action": action,
        "reasons": " ".join(row.reasons),
    }
