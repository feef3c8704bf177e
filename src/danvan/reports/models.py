from datetime import date

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from danvan import clock
from danvan.definitions.models import Definition
from danvan.duties.models import Assignment, Theme
from danvan.figures.models import Figure
from danvan.org.models import Unit
from danvan.periods import Period, parse

from .choices import FROZEN, IN_FORCE, ReportState


class ReportQuerySet(models.QuerySet["Report"]):
    def of_units(self) -> "ReportQuerySet":
        """What units send up; not what is consolidated of it."""
        return self.filter(is_consolidated=False)

    def consolidated(self) -> "ReportQuerySet":
        return self.filter(is_consolidated=True)

    def in_force(self) -> "ReportQuerySet":
        """What stands: sent, not returned, not superseded. At most one a unit and period."""
        return self.filter(state__in=IN_FORCE)

    def frozen(self) -> "ReportQuerySet":
        """Everything that was ever sent."""
        return self.filter(state__in=FROZEN)

    def newest_first(self) -> "ReportQuerySet":
        return self.order_by("-period", "-version")


class Report(models.Model):
    """What a unit says of a period, in one version. What was submitted never changes again."""

    PERSONAL = {"submitted_by", "decided_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    regime = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    addressee = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports_received")
    period = models.CharField(max_length=10)  # "2024-Q1"
    version = models.PositiveIntegerField(default=1)
    is_consolidated = models.BooleanField(default=False)  # of the reports in `sources`
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.DRAFT)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="successor", null=True
    )
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="reports", null=True
    )  # the duty that it is handed in for
    sources = models.ManyToManyField("self", symmetrical=False, related_name="consolidated_in")
    number = models.CharField(max_length=10, blank=True)  # as the clerk gave it when it was issued
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    again_by = models.DateField(null=True)  # of a returned one: when it is to be sent again
    themes = models.ManyToManyField(Theme, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="report_version_of_unit_and_period_is_one",
                fields=["regime", "unit", "period", "version", "is_consolidated"],
            ),
            models.UniqueConstraint(
                name="report_in_force_is_one",
                fields=["regime", "unit", "period", "is_consolidated"],
                condition=Q(state__in=["submitted", "accepted"]),
            ),
            models.UniqueConstraint(
                name="report_has_one_draft_at_a_time",
                fields=["regime", "unit", "period", "is_consolidated"],
                condition=Q(state="draft"),
            ),
            models.CheckConstraint(
                name="report_submitted_says_when_and_by_whom",
                condition=Q(state="draft", submitted_at=None, submitted_by="")
                | (~Q(state="draft") & Q(submitted_at__isnull=False) & ~Q(submitted_by="")),
            ),
            models.CheckConstraint(
                name="report_decided_says_when_and_by_whom",
                condition=~Q(state__in=["accepted", "returned"])
                | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
            ),
            models.CheckConstraint(
                name="report_after_the_first_version_supersedes_one",
                condition=Q(version=1, supersedes=None)
                | Q(version__gt=1, supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="report_does_not_supersede_itself", condition=~Q(supersedes=F("id"))
            ),
        ]
        indexes = [models.Index(fields=["period", "unit"], name="report_of_a_period")]

    def __str__(self) -> str:
        return f"{self.regime['label']}, {self.as_period.label}"

    @property
    def as_period(self) -> Period:
        return parse(self.period)

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT

    @property
    def submitted_on(self) -> date | None:
        return self.submitted_at.astimezone(clock.ZONE).date() if self.submitted_at else None


class Section(models.Model):
    """What people wrote under one heading of the outline. The figures above it are never typed."""

    PERSONAL = {"edited_by_name", "aside_by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField(max_length=60)
    narrative = models.TextField(blank=True)
    is_finished = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)  # counts the savings
    edited_at = models.DateTimeField(null=True)
    edited_by_name = models.CharField(max_length=120, blank=True)
    edited_from = models.UUIDField(null=True)  # the opened page that it was written on
    # What another wrote meanwhile, until somebody chooses between the two.
    aside = models.TextField(blank=True)
    aside_at = models.DateTimeField(null=True)
    aside_by_name = models.CharField(max_length=120, blank=True)
    aside_from = models.UUIDField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="section_of_a_report_is_one", fields=["report", "code"]),
            models.CheckConstraint(
                name="section_edited_says_when_and_by_whom",
                condition=Q(revision=0, narrative="")
                | (Q(edited_at__isnull=False) & ~Q(edited_by_name="")),
            ),
            models.CheckConstraint(
                name="section_set_aside_says_when_and_by_whom",
                condition=Q(aside="", aside_at=None)
                | (~Q(aside="") & Q(aside_at__isnull=False) & ~Q(aside_by_name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.narrative.splitlines() if line.strip()]


class Passage(models.Model):
    """A paragraph of a unit's report, taken into the consolidated one; it keeps where it is from."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="passages")
    from_report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    taken = models.TextField()  # as the unit wrote it
    text = models.TextField()  # as it stands now
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                name="passage_holds_words", condition=~Q(taken="") & ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_rewritten(self) -> bool:
        return self.text != self.taken


class Remark(models.Model):
    """What the addressee asks for, at a section of the version that it returned."""

    PERSONAL = {"by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="remarks")
    section = models.CharField(max_length=60)  # its code
    text = models.TextField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="remark_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ReportFigure(models.Model):
    """A frozen figure, in the section where it stands. A draft of a unit has none yet."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="figures")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=60)  # its code

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="figure_stands_in_a_report_once", fields=["report", "figure", "section"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.figure)
