from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from uuid_utils.compat import uuid7

from danvan import clock
from danvan.documents.models import Document
from danvan.files.models import Attachment
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import parse

from . import rules
from .choices import HANDED_IN, OPEN, AssignmentState, Manner, Part


class Duty(models.Model):
    """What a text says must be done. It holds no state: its assignments do."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="duties", null=True
    )
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

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="duty_of_an_item_is_one",
                fields=["document", "item"],
                condition=~Q(item=""),
            ),
        ]

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

    def overdue(self, today: date) -> "AssignmentQuerySet":
        return self.open().filter(due_on__lt=today)

    def handed_in(self) -> "AssignmentQuerySet":
        return self.filter(state__in=HANDED_IN)

    def by_due(self) -> "AssignmentQuerySet":
        return self.order_by(models.F("due_on").asc(nulls_last=True), "id")

    def progress(self) -> dict[str, int]:
        """How many there are and how many are done."""
        return self.aggregate(
            given=Count("pk"), done=Count("pk", filter=Q(state=AssignmentState.DONE))
        )


class Assignment(models.Model):
    """One occurrence of a duty, laid on one unit: it alone has state, deadline and evidence."""

    PERSONAL = {"handed_in_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.LEAD)
    occurrence = models.CharField(max_length=10, blank=True)  # period: "2024-Q1"
    due_on = models.DateField(null=True)
    due_steps = ArrayField(models.TextField(), default=list)  # how that day was found
    state = models.CharField(
        max_length=12, choices=AssignmentState.choices, default=AssignmentState.ASSIGNED
    )
    assigned_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.CharField(max_length=120, blank=True)
    remark = models.TextField(blank=True)  # why it was returned

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="duty_is_laid_on_a_unit_once_an_occurrence",
                fields=["duty", "unit", "part", "occurrence"],
            ),
            models.CheckConstraint(
                name="assignment_handed_in_says_when_and_by_whom",
                condition=~Q(state__in=["submitted", "done"])
                | (Q(handed_in_at__isnull=False) & ~Q(handed_in_by="")),
            ),
            models.CheckConstraint(
                name="assignment_returned_says_why", condition=~Q(state="returned") | ~Q(remark="")
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="assignment_of_a_unit"),
            models.Index(fields=["duty", "unit"], name="assignment_of_a_duty"),
        ]

    def __str__(self) -> str:
        return self.duty.action

    @property
    def period_label(self) -> str:
        """“quý I/2024” of one occurrence of a recurring duty."""
        return parse(self.occurrence).label if self.occurrence else ""

    @property
    def handed_in_on(self) -> date | None:
        return self.handed_in_at.astimezone(clock.ZONE).date() if self.handed_in_at else None

    @property
    def is_confirmed_by_another(self) -> bool:
        """Its result waits for another unit's word."""
        return self.duty.confirmed_by_id not in {None, self.unit_id}

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


class Reminder(models.Model):
    """A unit was reminded of an assignment; once a day is enough."""

    PERSONAL = {"by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reminders")
    on = models.DateField()
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(
                name="unit_is_reminded_once_a_day", fields=["assignment", "on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.on}"
