from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Q
from uuid_utils.compat import uuid7

from danvan import clock, searching
from danvan.documents.models import Document
from danvan.files.models import Attachment
from danvan.org.actors import Actor
from danvan.org.models import Person, Succession, Unit
from danvan.periods import Period, parse

from . import rules
from .choices import (
    ENDED,
    HANDED_IN,
    OPEN,
    AssignmentState,
    Coverage,
    Decision,
    DifficultyState,
    ExtensionState,
    Manner,
    Origin,
    Part,
    ReminderKind,
    ThemeKind,
)

FEW = 300  # duties that are named one by one


class Theme(models.Model):
    """A theme of the year, a key task or a priority programme: a label over duties, records, reports."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=ThemeKind.choices)
    title = models.CharField(max_length=300)
    year_from = models.PositiveSmallIntegerField()
    year_to = models.PositiveSmallIntegerField()  # the last one
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="themes", null=True
    )  # that sets it
    ended_at = models.DateTimeField(null=True)  # labels stay, new ones are not given

    class Meta:
        ordering = ["-year_from", "kind", "title"]
        constraints = [
            models.UniqueConstraint(
                name="theme_of_a_year_is_one", fields=["kind", "title", "year_from"]
            ),
            models.CheckConstraint(
                name="theme_does_not_end_before_it_begins",
                condition=Q(year_to__gte=models.F("year_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DutyQuerySet(models.QuerySet["Duty"]):
    def sought(self, typed: str) -> "DutyQuerySet":
        """By words of what is to be done and of where it is said."""
        return searching.sought(self, typed, few=FEW)


class Duty(models.Model):
    """What a text says must be done. It holds no state: its assignments do."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="duties", null=True
    )
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.TEXT)
    source = models.CharField(max_length=300)  # “15/KH-UBND, mục IV.1”; of a dialogue, which one
    item = models.CharField(max_length=60, blank=True)  # its item in the reading
    action = models.CharField(max_length=500)
    sentence = models.TextField(blank=True)  # as printed
    start = models.PositiveIntegerField(null=True)  # in the reading's text
    end = models.PositiveIntegerField(null=True)
    heading = models.CharField(max_length=300, blank=True)
    manner = models.CharField(max_length=8, choices=Manner.choices, default=Manner.ORDER)
    lead = ArrayField(models.CharField(max_length=500), default=list, blank=True)  # as printed
    cooperating = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    due = models.JSONField(null=True)  # the reader's `due`, or {"kind": "date", "date": …}
    deliverable = models.CharField(max_length=120, blank=True)
    deliver_to = models.CharField(max_length=300, blank=True)  # as printed
    confirmed_by = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True
    )  # the unit that confirms results; none, or the unit itself: its own word is enough
    asked_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties_asked")
    proposed_at = models.DateTimeField()
    themes = models.ManyToManyField(Theme, related_name="duties")

    folded = models.GeneratedField(
        expression=searching.Words("action", "source"),
        output_field=models.TextField(),
        db_persist=True,
    )  # for search

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="duty_of_an_item_is_one",
                fields=["document", "item"],
                condition=~Q(item=""),
            ),
        ]
        indexes = [GinIndex(searching.KeptWords("folded"), name="duty_by_its_words")]

    def __str__(self) -> str:
        return self.action

    @property
    def asks_for_a_plan(self) -> bool:
        """A plan that is sent to somebody, so that it is handed in as a file."""
        return self.deliverable == "kế hoạch" and bool(self.deliver_to)

    @property
    def asks_for_a_report(self) -> bool:
        return self.deliverable == "báo cáo"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, unit: Unit) -> "AssignmentQuerySet":
        return self.filter(unit=unit)

    def for_the_hands_of(self, by: Actor) -> "AssignmentQuerySet":
        """Of the actor's unit, and what those that went into it left."""
        return self.filter(unit__in=by.work_units)

    def led(self) -> "AssignmentQuerySet":
        return self.filter(part=Part.LEAD)

    def open(self) -> "AssignmentQuerySet":
        return self.filter(state__in=OPEN)

    def laid(self) -> "AssignmentQuerySet":
        """All but those that are only proposed: nobody but who proposes them sees these."""
        return self.exclude(state=AssignmentState.PROPOSED)

    def at_the_top(self) -> "AssignmentQuerySet":
        """Laid on by who asked for the duty; what is handed on below them counts through these."""
        return self.filter(parent=None)

    def asked_by(self, units: Any) -> "AssignmentQuerySet":
        """Laid on others by these units: as the duty's, or handed down by them."""
        return self.filter(Q(parent=None, duty__asked_by__in=units) | Q(parent__unit__in=units))

    def confirmed_by(self, units: Any) -> "AssignmentQuerySet":
        """Whose results wait for the word of these units."""
        return self.filter(Q(parent=None, duty__confirmed_by__in=units) | Q(parent__unit__in=units))

    def overdue(self, today: date) -> "AssignmentQuerySet":
        return self.open().filter(due_on__lt=today)

    def handed_in(self) -> "AssignmentQuerySet":
        return self.filter(state__in=HANDED_IN)

    def proved_by(self, document: Document) -> "AssignmentQuerySet":
        """Those of its own unit that it was handed in for, the newest first."""
        proofs = Evidence.objects.of_ones_own().filter(document=document)
        return self.filter(evidence__in=proofs).order_by("-evidence__id")

    def by_due(self) -> "AssignmentQuerySet":
        return self.order_by(models.F("due_on").asc(nulls_last=True), "id")

    def progress(self) -> dict[str, int]:
        """How many there are and how many are done; what ended or is only proposed is none."""
        is_done = Q(state__in=[AssignmentState.DONE, AssignmentState.ANSWERED])
        asked = self.exclude(state__in=[*ENDED, AssignmentState.PROPOSED])
        return asked.aggregate(given=Count("pk"), done=Count("pk", filter=is_done))


class Assignment(models.Model):
    """One occurrence of a duty, laid on one unit: it alone has state, deadline and evidence."""

    PERSONAL = {"handed_in_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.LEAD)
    occurrence = models.CharField(max_length=10, blank=True)  # period: "2024-Q1"
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True
    )  # the same duty one level up, that was cascaded
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="assignments", null=True
    )  # who does it in the unit
    due_on = models.DateField(null=True)
    nominal_on = models.DateField(null=True)  # before it moved off days off (khoản 5 Điều 148)
    first_due_on = models.DateField(null=True)  # before it was extended or stood still
    due_steps = ArrayField(models.TextField(), default=list)  # how that day was found
    state = models.CharField(
        max_length=12, choices=AssignmentState.choices, default=AssignmentState.ASSIGNED
    )
    assigned_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.CharField(max_length=120, blank=True)
    remark = models.TextField(blank=True)  # why it was returned, contested, suspended or ended
    percent = models.PositiveSmallIntegerField(default=0)  # as the unit says while it works
    transferred_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="transferred_to", null=True
    )
    changed_at = models.DateTimeField(default=clock.now)  # its state or its day

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="duty_is_laid_on_a_unit_once_an_occurrence",
                fields=["duty", "unit", "part", "occurrence"],
                condition=~Q(state__in=["transferred", "rescinded"]),
            ),
            models.CheckConstraint(
                name="assignment_handed_in_says_when_and_by_whom",
                condition=~Q(state__in=["submitted", "done"])
                | (Q(handed_in_at__isnull=False) & ~Q(handed_in_by="")),
            ),
            models.CheckConstraint(
                name="assignment_stopped_says_why",
                condition=~Q(
                    state__in=[
                        "returned",
                        "contested",
                        "suspended",
                        "transferred",
                        "rescinded",
                        "closed",
                    ]
                )
                | ~Q(remark=""),
            ),
            models.CheckConstraint(
                name="assignment_is_at_most_whole", condition=Q(percent__lte=100)
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="assignment_of_a_unit"),
            models.Index(fields=["duty", "unit"], name="assignment_of_a_duty"),
            models.Index(fields=["due_on", "state"], include=["part"], name="assignment_by_due"),
            models.Index(fields=["changed_at"], name="assignment_by_change"),
            models.Index(
                fields=["due_on", "id"],  # the order of lists; with it what a leader counts
                include=["unit", "part"],
                name="assignment_open_by_due",
                condition=Q(state__in=["assigned", "contested", "in_progress", "returned"]),
            ),
            models.Index(
                fields=["state", "duty"],
                name="assignment_waiting_for_a_word",
                condition=Q(state__in=["submitted", "contested"]),
            ),
        ]

    def __str__(self) -> str:
        return self.duty.action

    @property
    def period_label(self) -> str:
        """“quý I/2024” of one occurrence of a recurring duty."""
        return parse(self.occurrence).label if self.occurrence else ""

    @property
    def asks_for_a_report_of(self) -> Period | None:
        """The period whose report this one is handed in with."""
        is_report = self.occurrence and self.duty.asks_for_a_report
        return parse(self.occurrence) if is_report else None

    @property
    def handed_in_on(self) -> date | None:
        return self.handed_in_at.astimezone(clock.ZONE).date() if self.handed_in_at else None

    @property
    def asking(self) -> Unit:
        """The unit that laid it on: the one above that handed it down, or who asked for the duty."""
        return self.parent.unit if self.parent else self.duty.asked_by

    @property
    def confirming(self) -> Unit | None:
        """The unit whose word a result waits for: who handed it down, or the duty's."""
        return self.parent.unit if self.parent else self.duty.confirmed_by

    @property
    def is_confirmed_by_another(self) -> bool:
        """Its result waits for another unit's word. Who works along says of himself that he is done."""
        if self.part == Part.COOPERATING and self.parent is None:
            return False
        confirming = self.parent.unit_id if self.parent else self.duty.confirmed_by_id
        return confirming not in {None, self.unit_id}

    @property
    def days_late(self) -> int:
        return rules.days_late(
            self.due_on,
            state=AssignmentState(self.state),
            handed_in_on=self.handed_in_on,
            today=clock.today(),
        )

    @property
    def days_left(self) -> int | None:
        return rules.days_left(self.due_on, today=clock.today())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.days_late > 0


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of_ones_own(self) -> "EvidenceQuerySet":
        """A document that the assignment's unit, or the one that has its work, filed or issued.

        Any unit may name another's document as proof, and becomes no master of it by that.
        """
        heirs = Succession.objects.filter(
            is_whole=True,
            predecessor=models.OuterRef("assignment__unit"),
            successor=models.OuterRef("document__filed_by"),
        )
        return self.filter(
            Q(document__filed_by=models.F("assignment__unit"))
            | Q(document__issued_by=models.F("assignment__unit"))
            | models.Exists(heirs)
        )


class Evidence(models.Model):
    """What proves a result: a file, a document, or words."""

    PERSONAL = {"by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="evidence")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="evidence_of", null=True
    )
    note = models.TextField(blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="evidence_holds_something",
                condition=Q(attachment__isnull=False) | Q(document__isnull=False) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.note or str(self.document or self.attachment)


class Extension(models.Model):
    """A later day, asked for or given, with its reason: the history of a deadline."""

    PERSONAL = {"asked_by", "decided_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=8, choices=ExtensionState.choices)
    before = models.DateField(null=True)  # the day that held
    wanted_on = models.DateField()
    reason = models.TextField()
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True)  # the day that was given
    answer = models.TextField(blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="extension_is_asked_for_once",
                fields=["assignment"],
                condition=Q(state="asked"),
            ),
            models.CheckConstraint(
                name="extension_granted_says_to_when",
                condition=~Q(state="granted") | Q(due_on__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(name="extension_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.wanted_on}"


class Suspension(models.Model):
    """A time in which an assignment stood still; its days do not count."""

    PERSONAL = {"by_name", "ended_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="suspensions")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)  # the day on which work went on
    state_before = models.CharField(max_length=12, choices=AssignmentState.choices)
    reason = models.TextField()
    by_name = models.CharField(max_length=120)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="assignment_is_suspended_once_at_a_time",
                fields=["assignment"],
                condition=Q(ends_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.begins_on}"


class Exchange(models.Model):
    """A word about an assignment between those who do it and those who asked for it (trao đổi)."""

    PERSONAL = {"by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="exchanges")
    text = models.TextField()
    percent = models.PositiveSmallIntegerField(null=True)  # where it tells how far the work is
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    submission_key = models.CharField(max_length=64)  # a double click writes once

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="exchange_is_written_once", fields=["assignment", "submission_key"]
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Reminder(models.Model):
    """Somebody was reminded of an assignment: never twice of one event."""

    PERSONAL = {"by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(
        max_length=10, choices=ReminderKind.choices, default=ReminderKind.BY_HAND
    )
    step = models.SmallIntegerField(default=0)  # days before (below 0) or after the due day
    due_on = models.DateField(null=True)  # the day of which it reminds; an extended one is another
    on = models.DateField()  # the day on which it went out
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="unit_is_reminded_by_hand_once_a_day",
                fields=["assignment", "on"],
                condition=Q(kind="by_hand"),
            ),
            models.UniqueConstraint(
                name="reminder_of_an_event_goes_out_once",
                fields=["assignment", "kind", "step", "due_on"],
                condition=~Q(kind="by_hand"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.on}"


class Difficulty(models.Model):
    """What hinders a unit: raised, answered or passed up, followed to an end.

    Who must answer has an assignment for it, so that it is followed as all duties are.
    """

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="difficulties")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="difficulties", null=True
    )  # that it hinders
    title = models.CharField(max_length=300)
    text = models.TextField()
    state = models.CharField(
        max_length=10, choices=DifficultyState.choices, default=DifficultyState.RAISED
    )
    handled_by = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="difficulties_to_answer"
    )
    raised_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submission_key = models.CharField(max_length=64)  # a double click raises once

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="difficulty_is_raised_once", fields=["unit", "submission_key"]
            ),
        ]
        indexes = [models.Index(fields=["handled_by", "state"], name="difficulty_of_a_handler")]

    def __str__(self) -> str:
        return self.title


class DifficultyStep(models.Model):
    """One step of a difficulty: raised, answered, passed up, closed."""

    PERSONAL = {"by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=DifficultyState.choices)  # that it led to
    text = models.TextField(blank=True)
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="difficulty_step", null=True
    )  # by which its answer is followed
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}"


class CoverageMatch(models.Model):
    """How a unit's plan takes up one duty of the upper plan: found by the machine or said by a person."""

    PERSONAL = {"said_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="coverage")
    plan = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="covers")
    found = models.CharField(max_length=10, choices=Coverage.choices)
    item = models.CharField(max_length=60, blank=True)  # of the plan's reading; none: left out
    sentence = models.TextField(blank=True)  # of the plan, as printed
    nearest = models.TextField(blank=True)  # left out: the likeliest sentence all the same
    reasons = ArrayField(models.TextField(), default=list)  # in words: “hạn muộn hơn 30 ngày”
    score = models.FloatField(default=0)  # how sure the machine is, 0 to 1
    said_by = models.CharField(max_length=120, blank=True)  # empty: the machine
    at = models.DateTimeField()

    class Meta:
        ordering = ["duty", "plan"]
        constraints = [
            models.UniqueConstraint(
                name="duty_is_matched_with_a_plan_once", fields=["duty", "plan"]
            ),
            models.CheckConstraint(
                name="coverage_left_out_holds_no_sentence",
                condition=Q(found="left_out", item="") | ~Q(found="left_out") & ~Q(item=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_found_display()


class Typed(models.Model):
    """What people type, saved every moment: where two write at once both texts are kept."""

    revision = models.PositiveIntegerField(default=1)  # told apart when two people edit at once
    changed_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    typed_on = models.UUIDField(null=True)  # the opened page that it was written on
    aside = models.JSONField(null=True)  # what another wrote meanwhile, until one is chosen
    aside_by = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


class PlanDraft(Typed):
    """A unit's plan while it is written, from the duties that are laid on it."""

    PERSONAL = {"changed_by", "aside", "aside_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_drafts")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="plan_drafts", null=True
    )  # that asks for the plan
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    bases = models.TextField(blank=True)  # what it rests on: a document a line
    purpose = models.TextField(blank=True)  # mục đích, yêu cầu: a paragraph a line
    recipients = models.TextField(blank=True)  # nơi nhận: one a line
    version = models.PositiveSmallIntegerField(default=1)  # one more after each return
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="drafted_as", null=True
    )  # once it is handed in

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="unit_writes_one_plan_a_year",
                fields=["unit", "year", "assignment"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanDraftLine(Typed):
    """What a plan says of one duty laid on the unit, or of a task of its own."""

    PERSONAL = {"changed_by", "aside", "aside_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.ForeignKey(PlanDraft, on_delete=models.PROTECT, related_name="lines")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="drafted", null=True)
    place = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(
        max_length=10, choices=Decision.choices, blank=True
    )  # empty: not yet decided
    action = models.TextField(blank=True)  # the sentence of the plan
    lead = models.CharField(max_length=500, blank=True)  # as it will be printed
    cooperating = models.CharField(max_length=500, blank=True)
    due = models.CharField(max_length=200, blank=True)  # as it will be printed
    reason = models.TextField(blank=True)  # why it is left out

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                name="duty_left_out_of_a_plan_says_why",
                condition=~Q(decision="left_out") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.action
