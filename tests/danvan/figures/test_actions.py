from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from danvan.audit.models import AuditEntry
from danvan.figures import access, actions
from danvan.org.choices import Role
from danvan.periods import parse, window
from tests.factories import AssignmentFactory, UnitFactory, actor, coordinator
from tests.factories_records import DialogueFactory, RecordFactory

pytestmark = pytest.mark.django_db
PERIOD = parse("2024-Q1")
WINDOW = window(PERIOD)


def take(by, *codes, unit=None):
    return actions.take(codes, unit or by.unit, PERIOD, WINDOW, by=by)


def test_take_keeps_the_value_and_what_was_counted():
    by = actor()
    record = RecordFactory(unit=by.unit, visits=6)
    RecordFactory(visits=100)

    (figure,) = take(by, "reception_visits")

    figure.refresh_from_db()
    assert (figure.value, figure.rows, figure.counted) == (6, 1, [record.pk])
    assert (figure.period, figure.window_from, figure.window_to) == ("2024-Q1", *WINDOW)
    assert AuditEntry.objects.filter(subject=figure.pk, verb="taken").exists()


def test_a_figure_taken_stays_when_its_records_change():
    by = actor()
    record = RecordFactory(unit=by.unit, visits=6)
    (figure,) = take(by, "reception_visits")

    record.data["visits"] = 60
    record.save()

    figure.refresh_from_db()
    assert figure.value == 6


def test_take_without_records_keeps_that_there_is_no_data():
    (figure,) = take(actor(), "reception_visits")

    assert (figure.has_data, figure.value, figure.counted) == (False, None, [])


def test_take_keeps_the_order_of_the_codes(on_day):
    on_day(2024, 3, 18)
    by = actor()
    due = AssignmentFactory(unit=by.unit, due_on=date(2024, 3, 1))

    figures = take(by, "assignments_in_time", "dialogues")

    assert [one.indicator for one in figures] == ["assignments_in_time", "dialogues"]
    assert figures[0].counted == [due.pk]


def test_take_for_another_unit_is_refused():
    with pytest.raises(PermissionDenied):
        take(actor(), "dialogues", unit=UnitFactory())


@pytest.mark.parametrize("role", [Role.READER_ONLY, Role.APPRAISER, Role.ADMINISTRATOR])
def test_take_by_who_only_looks_is_refused(role):
    by = actor(role)

    with pytest.raises(PermissionDenied):
        take(by, "dialogues")


def test_sum_up_adds_numerators_and_denominators():
    by = coordinator()
    one, other, silent = UnitFactory(), UnitFactory(), UnitFactory()
    DialogueFactory(unit=one, opinions=1, opinions_answered=1)
    DialogueFactory(unit=other, opinions=40, opinions_answered=10)
    parts = [take(by, "dialogue_opinions_answered", unit=unit)[0] for unit in (one, other, silent)]

    (whole,) = actions.sum_up(by.unit, PERIOD, WINDOW, parts, by=by)

    whole.refresh_from_db()
    assert (whole.numerator, whole.denominator, whole.rows) == (11, 41, 2)
    assert whole.value == D("26.83")
    assert set(whole.parts.all()) == set(parts)
    assert parts[0].wholes.get() == whole


def test_sum_up_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    by = coordinator()
    codes = ["reception_visits", "dialogues", "assignments_in_time"]
    parts = [one for _ in range(6) for one in take(by, *codes, unit=UnitFactory())]

    with django_assert_max_num_queries(8):
        actions.sum_up(by.unit, PERIOD, WINDOW, parts, by=by)


def test_sum_up_of_two_figures_of_one_unit_is_refused():
    by = coordinator()
    parts = [*take(by, "dialogues"), *take(by, "dialogues")]

    with pytest.raises(ValueError, match="two figures of one unit"):
        actions.sum_up(by.unit, PERIOD, WINDOW, parts, by=by)


def test_sum_up_into_another_unit_is_refused():
    with pytest.raises(PermissionDenied):
        actions.sum_up(UnitFactory(), PERIOD, WINDOW, [], by=actor())


@pytest.mark.parametrize(
    ("role", "own", "others"),
    [
        (Role.OFFICER, True, False),
        (Role.COORDINATOR, True, True),
        (Role.APPRAISER, True, True),
        (Role.READER_ONLY, True, True),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_who_sees_figures(role, own, others):
    by, other = actor(role), actor()
    (mine,) = take(coordinator(), "dialogues", unit=by.unit)
    (theirs,) = take(other, "dialogues")

    seen = access.visible_to(by)

    assert (mine in seen, theirs in seen) == (own, others)
