from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from uuid_utils.compat import uuid7

from danvan.definitions.models import Definition
from danvan.org.models import Unit
from danvan.periods import Period, parse

from . import rules
from .definitions import Indicator, indicator_of


class Figure(models.Model):
    """An indicator's value for a unit and period as it was at one moment. Never changed.

    It rests on what the unit recorded, or those that went wholly into it (`counted`), or on the figures summed up (`parts`).
    """

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=80)  # the definition's code
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figures")
    period = models.CharField(max_length=10)  # "2024-Q1"
    window_from = models.DateField()
    window_to = models.DateField()  # the day after the last
    numerator = models.DecimalField(max_digits=20, decimal_places=2)
    denominator = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    rows = models.PositiveIntegerField()  # records or assignments below; none: no data, not 0
    taken_at = models.DateTimeField()
    counted = ArrayField(models.UUIDField(), default=list)  # records or assignments of the unit
    parts = models.ManyToManyField("self", symmetrical=False, related_name="wholes")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="figure_counts_some_days", condition=Q(window_from__lt=F("window_to"))
            ),
            models.CheckConstraint(
                name="figure_share_is_not_below_zero",
                condition=Q(denominator=None) | Q(denominator__gte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "period", "indicator"], name="figure_of_a_unit"),
            GinIndex(fields=["counted"], name="figure_counting_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.shown.label}, {self.stands_for.label}"

    @cached_property
    def shown(self) -> Indicator:
        """The indicator as it was defined when the figure was taken."""
        return indicator_of(self.definition)

    @property
    def stands_for(self) -> Period:
        return parse(self.period)

    @property
    def result(self) -> rules.Counted:
        return rules.Counted(self.numerator, self.denominator, self.rows)

    @property
    def value(self) -> Decimal | None:
        return self.result.value

    @property
    def has_data(self) -> bool:
        return self.result.has_data
