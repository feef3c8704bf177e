from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from uuid_utils.compat import uuid7

from danvan.definitions.models import Definition
from danvan.duties.models import Duty, Evidence, Theme
from danvan.org.models import Unit
from danvan.workdays.rules import printed as in_words

from . import rules
from .choices import RecordState
from .definitions import Register, register_of


class RecordQuerySet(models.QuerySet["Record"]):
    def of(self, register: str) -> "RecordQuerySet":
        return self.filter(register=register)

    def within(self, window: tuple[date, date]) -> "RecordQuerySet":
        """What happened in the half-open days [from, to)."""
        start, end = window
        return self.filter(occurred_on__gte=start, occurred_on__lt=end)

    def counting(self) -> "RecordQuerySet":
        """All that are not void; a questioned one counts as it stands."""
        return self.exclude(state=RecordState.VOID)

    def questioned(self) -> "RecordQuerySet":
        return self.filter(state=RecordState.QUESTIONED)


class Record(models.Model):
    """A row of a register: what happened in a unit on a day. Its values lie under field codes."""

    PERSONAL = {"data", "created_by", "created_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=80)  # the definition's code
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="records")
    occurred_on = models.DateField()
    data = models.JSONField()
    state = models.CharField(max_length=12, choices=RecordState.choices, default=RecordState.SAVED)
    kept_reason = models.TextField(blank=True)  # why doubtful numbers stay as they are
    void_reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)  # told apart when two people edit at once
    created_by = models.UUIDField(null=True)  # none: the system itself
    created_name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    submission_key = models.CharField(max_length=64)  # a double click writes once
    themes = models.ManyToManyField(Theme, related_name="records")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["occurred_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="record_of_a_submission_is_one", fields=["unit", "submission_key"]
            ),
            models.CheckConstraint(
                name="record_void_says_why",
                condition=Q(state="void") & ~Q(void_reason="")
                | ~Q(state="void") & Q(void_reason=""),
            ),
            models.CheckConstraint(
                name="record_questioned_has_no_reason_yet",
                condition=~Q(state="questioned") | Q(kept_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["register", "unit", "occurred_on"], name="record_of_a_unit"),
            models.Index(fields=["register", "occurred_on"], name="record_of_a_register"),
        ]

    def __str__(self) -> str:
        return f"{self.kept_in.label}, {in_words(self.occurred_on)}"

    @cached_property
    def kept_in(self) -> Register:
        """The register as it was defined when the record was written."""
        return register_of(self.definition)

    @property
    def summary(self) -> str:
        return rules.fill(self.kept_in.summary, self.kept_in, self.data)

    @property
    def doubts(self) -> dict[str, str]:
        """What is still to be looked at: field → what to do."""
        if self.state != RecordState.QUESTIONED:
            return {}
        return rules.doubts(self.kept_in, self.data)

    @property
    def concluded_as(self) -> str:
        """How a duty made of it names its source: “Đối thoại ngày 12/3/2024, kết luận”."""
        concludes = self.kept_in.concludes
        return rules.fill(concludes.source, self.kept_in, self.data) if concludes else ""

    @property
    def conclusion(self) -> str:
        """The words from which duties are made; none where the register draws no conclusions."""
        concludes = self.kept_in.concludes
        return (self.data.get(concludes.field) or "") if concludes else ""


class RecordConclusion(models.Model):
    """A duty that was made from what a record concluded."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="conclusions")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="concluded_by")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.duty_id}"


class RecordProof(models.Model):
    """A record that was handed in as proof of a result; the evidence keeps what it said then."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="proofs")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="of_record")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.evidence_id}"
