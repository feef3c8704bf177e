"""What hinders a unit (khó khăn, vướng mắc): raised, answered or passed up, followed to an end.

Who must answer has an assignment for it, so that he is reminded and escalated as of all work.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, seen
from danvan.definitions.models import Definition
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.heirs import now_at
from danvan.org.models import Unit, UnitPlace
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import printed, weekday, working_days_after

from . import access, notices
from .actions import Doers, Proof, hand_in, lay
from .choices import AssignmentState, DifficultyState, Manner, Origin
from .holding import change, locked
from .models import Assignment, Difficulty, DifficultyStep, Duty
from .rules import Occurrence
from .states import Deed, may

ASKED = {DifficultyState.RAISED, DifficultyState.PASSED_UP}  # an answer is waited for


def handlers(unit: Unit) -> list[Unit]:
    """To whom a unit can turn: the coordinating department, and the unit above."""
    today = clock.today()
    coordinating = Unit.objects.named(today).existing(today).filter(coordinates=True)
    found = [one for one in coordinating if one.pk != unit.pk]
    above = above_of(unit)
    if above is not None and above.pk not in {one.pk for one in found}:
        found.append(above)
    return found


def above_of(unit: Unit) -> Unit | None:
    """The unit directly above, today; of one that ended, above the unit that has its work."""
    today = clock.today()
    places = UnitPlace.objects.filter(unit__in=now_at([unit.pk], today))
    parents = places.filter(validity__contains=today, parent__isnull=False).values("parent")
    return Unit.objects.named(today).existing(today).filter(pk__in=parents).first()


@transaction.atomic
def bring_up(
    *,
    title: str,
    text: str,
    to: Unit,
    key: str,
    by: Actor,
    assignment: Assignment | None = None,
) -> Difficulty:
    """Raise what hinders the actor's unit. Sent twice under one key it is raised once."""
    unit = by.own_unit
    require(access.can_raise(by, unit))
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # a double click waits its turn
    if known := Difficulty.objects.filter(unit=unit, submission_key=key).first():
        return known
    if to.pk not in {one.pk for one in handlers(unit)}:
        raise NotAccepted(_("Chọn nơi trả lời: cơ quan đầu mối hoặc đơn vị cấp trên."))
    now = clock.now()
    difficulty = Difficulty.objects.create(
        unit=unit,
        assignment=assignment,
        title=title,
        text=text,
        handled_by=to,
        raised_at=now,
        changed_at=now,
        submission_key=key,
    )
    record(difficulty, "difficulty_raised", by=by, before=NOTHING)
    asked = _ask(difficulty, by)
    _step(difficulty, DifficultyState.RAISED, text, by, asked)
    above = above_of(unit)
    if above is not None and above.pk != to.pk:
        notices.difficulty_below(difficulty, above)
    return difficulty


def waits_to_be_seen(by: Actor, difficulty: Difficulty) -> bool:
    """Whether this person's unit stands above it and has not seen it."""
    return (
        difficulty.state in ASKED
        and access.can_take_note(by, difficulty)
        and not difficulty.steps.filter(unit=by.unit_id).exists()
    )


@transaction.atomic
def see(difficulty: Difficulty, *, by: Actor) -> Difficulty:
    """The unit above has seen what one below raised to another. Seen once stays seen."""
    difficulty = _locked(difficulty)
    require(access.can_take_note(by, difficulty))
    if waits_to_be_seen(by, difficulty):
        record(difficulty, "difficulty_seen", by=by)
        _step(difficulty, DifficultyState(difficulty.state), _seen(), by, None)
    return difficulty


@transaction.atomic
def answer(difficulty: Difficulty, *, text: str, by: Actor) -> Difficulty:
    """Answer it; its assignment is done with that. Answered once stays answered until it is reopened."""
    difficulty = _locked(difficulty)
    require(access.can_answer_difficulty(by, difficulty))
    if difficulty.state == DifficultyState.ANSWERED:
        return difficulty
    _refuse_unless_asked(difficulty)
    _finish(difficulty, text, by)
    _move(difficulty, DifficultyState.ANSWERED, "difficulty_answered", text, by)
    notices.difficulty_answered(difficulty, text=text)
    return difficulty


@transaction.atomic
def pass_up(difficulty: Difficulty, *, reason: str, by: Actor) -> Difficulty:
    """To the unit above, which answers in a term of its own; one's own assignment is transferred."""
    difficulty = _locked(difficulty)
    require(access.can_answer_difficulty(by, difficulty))
    _refuse_unless_asked(difficulty)
    above = above_of(difficulty.handled_by)
    if above is None:
        raise NotAccepted(
            _("Không còn cấp trên trong tỉnh để chuyển. Ghi trả lời cho đơn vị rồi bấm Trả lời.")
        )
    own = asked_of(difficulty)
    difficulty.handled_by = above
    new = _ask(difficulty, by)
    if own is not None and may(Deed.TRANSFER, own.state):
        state = AssignmentState.TRANSFERRED
        fields = {"state": state, "remark": reason}
        change(locked(own), "transferred", fields, by=by, reason=reason, to=str(above))
    _move(difficulty, DifficultyState.PASSED_UP, "difficulty_passed_up", reason, by, new)
    notices.difficulty_passed_up(difficulty, reason=reason)
    return difficulty


@transaction.atomic
def reopen(difficulty: Difficulty, *, reason: str, by: Actor) -> Difficulty:
    """The answer does not help: it is asked for again, of the same unit, in a new term."""
    difficulty = _locked(difficulty)
    require(access.can_follow_difficulty(by, difficulty))
    if difficulty.state in ASKED:
        return difficulty
    new = _ask(difficulty, by)
    _move(difficulty, DifficultyState.RAISED, "difficulty_reopened", reason, by, new)
    return difficulty


@transaction.atomic
def end(difficulty: Difficulty, *, text: str, by: Actor) -> Difficulty:
    """The unit is helped, or asks no longer. What still waited for an answer is followed no more."""
    difficulty = _locked(difficulty)
    require(access.can_follow_difficulty(by, difficulty))
    if difficulty.state == DifficultyState.CLOSED:
        return difficulty
    waiting = asked_of(difficulty)
    if waiting is not None and may(Deed.CLOSE, waiting.state):
        words = text or _stands_for_itself()
        fields = {"state": AssignmentState.CLOSED, "remark": words}
        change(locked(waiting), "closed", fields, by=by, reason=words)
    _move(difficulty, DifficultyState.CLOSED, "difficulty_closed", text, by)
    return difficulty


def asked_of(difficulty: Difficulty) -> Assignment | None:
    """The assignment by which its answer is followed now: that of the last step which asked."""
    steps = difficulty.steps.filter(assignment__isnull=False).select_related("assignment")
    last = steps.order_by("-id").first()
    return last.assignment if last else None


def asked_of_all(rows: Iterable[Difficulty]) -> dict[UUID, Assignment]:
    """The same of many, where an answer is waited for: one query."""
    waiting = [one.pk for one in rows if one.state in ASKED]
    steps = DifficultyStep.objects.filter(difficulty__in=waiting, assignment__isnull=False)
    newest = steps.order_by("id").select_related("assignment__unit")
    return {step.difficulty_id: step.assignment for step in newest if step.assignment}


def _locked(difficulty: Difficulty) -> Difficulty:
    rows = Difficulty.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "handled_by", "assignment__duty").get(pk=difficulty.pk)


def _refuse_unless_asked(difficulty: Difficulty) -> None:
    if difficulty.state not in ASKED:
        raise NotAccepted(
            _("Khó khăn này ở trạng thái “%(state)s”, không chờ trả lời.")
            % {"state": difficulty.get_state_display()}
        )


@in_vietnamese
def _ask(difficulty: Difficulty, by: Actor) -> Assignment:
    """An assignment of whoever has it now, due in working days from today."""
    today = clock.today()
    days = Definition.objects.one("difficulties", "answer", today)["working_days"]
    day = working_days_after(today, days, calendar(today.year))
    said = (
        f"Trả lời trong {days} ngày làm việc kể từ {printed(today)}, không tính ngày ấy: "
        f"{weekday(day)}, {printed(day)}."
    )
    duty = Duty.objects.create(
        origin=Origin.DIFFICULTY,
        manner=Manner.ORDER,
        source=(_("Khó khăn, vướng mắc của %(unit)s") % {"unit": difficulty.unit})[:300],
        action=(_("Trả lời khó khăn, vướng mắc: %(title)s") % {"title": difficulty.title})[:500],
        sentence=difficulty.text,
        due={"kind": "date", "date": day.isoformat(), "text": printed(day)},
        asked_by=difficulty.unit,
        proposed_at=clock.now(),
    )
    record(duty, "proposed", by=by, before=NOTHING)
    time = Occurrence("", day, (said,), day)
    return lay(duty, Doers(lead=[difficulty.handled_by]), [time], by=by)[0]


def _finish(difficulty: Difficulty, text: str, by: Actor) -> None:
    waiting = asked_of(difficulty)
    if waiting is None:
        return
    waiting = locked(waiting)
    if may(Deed.SUBMIT, waiting.state):
        hand_in(waiting, Proof(note=text), by=by)
    elif may(Deed.ANSWER, waiting.state):
        fields = {
            "state": AssignmentState.ANSWERED,
            "handed_in_at": clock.now(),
            "handed_in_by": by.name,
        }
        change(waiting, "answered", fields, by=by)


def _move(
    difficulty: Difficulty,
    state: DifficultyState,
    verb: str,
    text: str,
    by: Actor,
    asked: Assignment | None = None,
) -> None:
    was = seen(Difficulty.objects.get(pk=difficulty.pk))
    difficulty.state, difficulty.changed_at = state, clock.now()
    difficulty.save(update_fields=["state", "handled_by", "changed_at"])
    record(difficulty, verb, by=by, before=was, reason=text)
    _step(difficulty, state, text, by, asked)


def _step(
    difficulty: Difficulty,
    state: DifficultyState,
    text: str,
    by: Actor,
    asked: Assignment | None,
) -> None:
    DifficultyStep.objects.create(
        difficulty=difficulty,
        state=state,
        text=text,
        assignment=asked,
        unit=by.own_unit,
        by_name=by.name,
        at=clock.now(),
    )


@in_vietnamese
def _seen() -> str:
    return _("Cấp trên trực tiếp đã xem.")


@in_vietnamese
def _stands_for_itself() -> str:
    return _("Đơn vị không còn cần trả lời.")
