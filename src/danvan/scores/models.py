from decimal import Decimal
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from danvan.definitions.models import Definition
from danvan.files.models import Attachment
from danvan.org.models import Unit

from . import rules
from .choices import CampaignState, ScoreState
from .definitions import Criterion, ScoringTable, table_of


class Campaign(models.Model):
    """One year's scoring on one version of a table."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    table = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    opens_on = models.DateField()
    self_score_by = models.DateField()  # the last day of self-scoring
    state = models.CharField(
        max_length=10, choices=CampaignState.choices, default=CampaignState.OPEN
    )

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(name="campaign_of_a_year_is_one", fields=["year"]),
        ]

    def __str__(self) -> str:
        return f"Chấm điểm năm {self.year}"

    @cached_property
    def scoring_table(self) -> ScoringTable:
        return table_of(self.table)


class ScoreQuerySet(models.QuerySet["Score"]):
    def of(self, unit: Unit) -> "ScoreQuerySet":
        return self.filter(unit=unit)

    def final(self) -> "ScoreQuerySet":
        return self.filter(state=ScoreState.FINAL)

    def whole(self) -> "ScoreQuerySet":
        """With campaign, table and lines, units in their official order."""
        return (
            self.select_related("campaign__table")
            .prefetch_related("lines__attachments")
            .order_by("unit__place_in_lists", "id")
        )


class Score(models.Model):
    """A unit's sheet in a campaign."""

    PERSONAL = {"submitted_by", "finished_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="scores")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=ScoreState.choices, default=ScoreState.OPEN)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=120, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="unit_has_one_sheet_of_a_version_in_a_campaign",
                fields=["campaign", "unit", "version"],
            ),
            models.CheckConstraint(
                name="score_submitted_says_when_and_by_whom",
                condition=Q(state__in=["open", "self_scoring"])
                | (Q(submitted_at__isnull=False) & ~Q(submitted_by="")),
            ),
            models.CheckConstraint(
                name="score_final_says_when_and_by_whom",
                condition=~Q(state="final") | (Q(finished_at__isnull=False) & ~Q(finished_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Phiếu chấm điểm năm {self.campaign.year} của {self.unit}"

    @property
    def self_total(self) -> Decimal | None:
        return rules.total(line.self_points for line in self.lines.all())

    @property
    def appraised_total(self) -> Decimal | None:
        return rules.total(line.appraised_points for line in self.lines.all())

    @property
    def difference(self) -> Decimal | None:
        """Over the lines that are appraised, so that half a sheet does not look like a loss."""
        return rules.total(line.difference for line in self.lines.all())

    @property
    def is_final(self) -> bool:
        return self.state == ScoreState.FINAL


class ScoreLine(models.Model):
    """One criterion of a sheet: self-given, proven, appraised; and why they differ."""

    PERSONAL = {"appraised_by_name", "note"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="lines")
    code = models.SlugField(max_length=40)  # the criterion's
    place = models.PositiveSmallIntegerField()  # in the table
    max_points = models.DecimalField(max_digits=6, decimal_places=2)
    self_points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    proven_points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    proof_words = models.TextField(blank=True)
    proof_assignments = ArrayField(models.UUIDField(), default=list, blank=True)
    note = models.TextField(blank=True)
    attachments = models.ManyToManyField(Attachment, related_name="+")
    appraised_points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    reason = models.TextField(blank=True)  # why the appraised points differ
    appraised_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                name="criterion_stands_on_a_sheet_once", fields=["score", "code"]
            ),
            models.CheckConstraint(
                name="points_lie_between_zero_and_their_maximum",
                condition=Q(self_points__isnull=True)
                | Q(self_points__gte=0, self_points__lte=F("max_points")),
            ),
            models.CheckConstraint(
                name="points_that_are_proven_are_the_self_given_ones",
                condition=Q(proven_points__isnull=True)
                | Q(self_points__isnull=False, self_points=F("proven_points")),
            ),
            models.CheckConstraint(
                name="appraised_points_lie_between_zero_and_their_maximum",
                condition=Q(appraised_points__isnull=True)
                | Q(appraised_points__gte=0, appraised_points__lte=F("max_points")),
            ),
            models.CheckConstraint(
                name="appraised_points_that_differ_say_why",
                condition=Q(appraised_points__isnull=True)
                | Q(self_points__isnull=False, appraised_points=F("self_points"))
                | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="appraised_points_say_by_whom",
                condition=Q(appraised_points__isnull=True) | ~Q(appraised_by_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def criterion(self) -> Criterion:
        return self.score.campaign.scoring_table.criterion(self.code)

    @property
    def difference(self) -> Decimal | None:
        return rules.difference(self.appraised_points, self.self_points)

    @property
    def is_appraised(self) -> bool:
        return self.appraised_points is not None
