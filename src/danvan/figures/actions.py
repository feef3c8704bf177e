from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from danvan import clock
from danvan.audit.actions import NOTHING, record_all
from danvan.definitions.models import Definition
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import Period

from . import access, rules
from .counting import Window
from .definitions import KIND, indicator_of
from .models import Figure
from .own import count_own, ground_of


@transaction.atomic
def take(
    indicator_codes: Iterable[str], unit: Unit, period: Period | str, window: Window, *, by: Actor
) -> list[Figure]:
    """Count a unit's indicators now and keep what they come to, in the order of the codes.

    What those recorded that went wholly into it within the window is counted with its own.
    """
    require(access.can_take(by, unit))
    codes = list(indicator_codes)
    last_day = window[1] - timedelta(days=1)
    known = {one.code: one for one in Definition.objects.in_force(KIND, last_day)}
    indicators = [indicator_of(known[code]) for code in codes]
    found = count_own(indicators, ground_of(unit, window), window)
    figures = [
        Figure(
            definition=one.definition,
            indicator=one.code,
            unit=unit,
            period=str(period),
            window_from=window[0],
            window_to=window[1],
            taken_at=clock.now(),
            **_result(found[one.code]),
            counted=list(found[one.code].ids),
        )
        for one in indicators
    ]
    return _keep(figures, by)


@transaction.atomic
def sum_up(
    whole_unit: Unit,
    period: Period | str,
    window: Window,
    figures: Iterable[Figure],
    *,
    by: Actor,
) -> list[Figure]:
    """Add up figures of units into the whole's: sums of numerators and denominators, one each.

    A unit counts once for an indicator; giving two of its figures is refused by ValueError. Rows
    that stand in two figures, a unit's and its successor's, are counted in the larger alone.
    """
    require(access.can_take(by, whole_unit))
    parts = _by_indicator(figures)
    definitions = Definition.objects.in_bulk({known[0].definition_id for known in parts.values()})
    wholes = [
        Figure(
            definition=definitions[known[0].definition_id],
            indicator=code,
            unit=whole_unit,
            period=str(period),
            window_from=window[0],
            window_to=window[1],
            taken_at=clock.now(),
            **_result(
                rules.total(
                    (one.result for one in known), is_ratio=known[0].denominator is not None
                )
            ),
        )
        for code, known in parts.items()
    ]
    kept = _keep(wholes, by)
    Figure.parts.through.objects.bulk_create(
        Figure.parts.through(from_figure=whole, to_figure=part)
        for whole in kept
        for part in parts[whole.indicator]
    )
    return kept


def _by_indicator(figures: Iterable[Figure]) -> dict[str, Sequence[Figure]]:
    parts: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        if any(one.unit_id == other.unit_id for other in parts[one.indicator]):
            raise ValueError(f"two figures of one unit for {one.indicator}")
        parts[one.indicator].append(one)
    return {code: _without_doubles(known) for code, known in parts.items()}


def _without_doubles(figures: Iterable[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    counted: set[UUID] = set()
    for one in sorted(figures, key=lambda one: -len(one.counted)):
        if counted.isdisjoint(one.counted):
            kept.append(one)
            counted.update(one.counted)
    return kept


def _result(counted: rules.Counted) -> dict[str, object]:
    return {
        "numerator": counted.numerator,
        "denominator": counted.denominator,
        "rows": counted.rows,
    }


def _keep(figures: list[Figure], by: Actor) -> list[Figure]:
    Figure.objects.bulk_create(figures)
    record_all(
        figures,
        "taken",
        by=by,
        before=[NOTHING] * len(figures),
        after=[  # which rows were counted, the figure itself keeps
            {"numerator": one.numerator, "denominator": one.denominator, "rows": one.rows}
            for one in figures
        ],
    )
    return figures
