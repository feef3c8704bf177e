from datetime import date, datetime
from decimal import Decimal as D

import pytest

from danvan import clock
from danvan.figures import counting
from danvan.figures.definitions import indicator, indicators
from danvan.periods import parse, window
from tests.factories import AssignmentFactory, UnitFactory
from tests.factories_records import DialogueFactory, RecordFactory

pytestmark = pytest.mark.django_db
FIRST_QUARTER = window(parse("2024-Q1"))
TODAY = date(2024, 3, 18)


def value_of(code, unit, days=FIRST_QUARTER):
    return counting.count(indicator(code, TODAY), [unit.pk], days)[unit.pk].value


def test_rows_and_fields_of_a_register_are_counted_by_unit():
    one, other = UnitFactory(), UnitFactory()
    RecordFactory(unit=one, visits=6, persons=7)
    RecordFactory(unit=one, visits=4, persons=9)
    RecordFactory(unit=other, visits=1, persons=1)

    visits = counting.count(indicator("reception_visits", TODAY), [one.pk, other.pk], FIRST_QUARTER)

    assert {unit: counted.value for unit, counted in visits.items()} == {one.pk: 10, other.pk: 1}
    assert value_of("reception_sessions", one) == 2
    assert value_of("reception_persons", one) == 16


def test_a_unit_without_records_has_no_data_and_one_with_zeros_has_zero():
    silent, quiet = UnitFactory(), UnitFactory()
    RecordFactory(unit=quiet, visits=0, persons=0, cases=0)

    assert value_of("reception_visits", silent) is None
    assert value_of("reception_visits", quiet) == 0


def test_void_records_do_not_count_and_questioned_ones_do():
    unit = UnitFactory()
    RecordFactory(unit=unit, visits=5, state="void", void_reason="Ghi nhầm sổ")
    RecordFactory(unit=unit, visits=3, persons=2, state="questioned")

    assert value_of("reception_visits", unit) == 3


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 3, 31), True),
        (date(2024, 4, 1), False),  # the window ends before it
    ],
)
def test_the_window_is_half_open(day, counts):
    unit = UnitFactory()
    RecordFactory(unit=unit, occurred_on=day)

    assert (value_of("reception_sessions", unit) == 1) is counts


def test_a_share_keeps_numerator_and_denominator():
    unit = UnitFactory()
    DialogueFactory(unit=unit, opinions=26, opinions_answered=23)
    DialogueFactory(unit=unit, opinions=4, opinions_answered=4)

    share = counting.count(
        indicator("dialogue_opinions_answered", TODAY), [unit.pk], FIRST_QUARTER
    )[unit.pk]

    assert (share.numerator, share.denominator, share.value) == (D(27), D(30), D("90.00"))


def at(month, day, hour=9):
    return {
        "handed_in_at": datetime(2024, month, day, hour, tzinfo=clock.ZONE),
        "handed_in_by": "A",
    }


@pytest.mark.parametrize(
    ("values", "in_time", "due"),
    [
        ({"due_on": date(2024, 3, 10), "state": "done", **at(3, 10, 23)}, 1, 1),  # to 24:00
        ({"due_on": date(2024, 3, 10), "state": "done", **at(3, 11, 0)}, 0, 1),
        ({"due_on": date(2024, 3, 10), "state": "submitted", **at(3, 9)}, 1, 1),
        ({"due_on": date(2024, 3, 10), "state": "in_progress"}, 0, 1),
        ({"due_on": date(2024, 3, 10), "state": "returned", "remark": "Thiếu", **at(3, 9)}, 0, 1),
        ({"due_on": date(2024, 3, 29), "state": "in_progress"}, 0, 0),  # its day has not come
        ({"due_on": date(2024, 3, 29), "state": "done", **at(3, 9)}, 1, 1),
        ({"due_on": date(2024, 3, 10), "state": "requested"}, 0, 0),  # asked, never late
        ({"due_on": date(2024, 3, 10), "part": "cooperating"}, 0, 0),
        ({"due_on": date(2024, 4, 1), "state": "done", **at(3, 9)}, 0, 0),  # next quarter's
        ({"due_on": None}, 0, 0),
    ],
)
def test_assignments_handed_in_in_time(on_day, values, in_time, due):
    on_day(2024, 3, 18)
    unit = UnitFactory()
    AssignmentFactory(unit=unit, **values)

    share = counting.count(indicator("assignments_in_time", TODAY), [unit.pk], FIRST_QUARTER)

    assert (share[unit.pk].numerator, share[unit.pk].denominator) == (in_time, due)


def test_work_that_was_handed_down_counts_for_each_unit_that_led_it(on_day):
    on_day(2024, 3, 18)
    top = AssignmentFactory(due_on=date(2024, 3, 10), state="done", **at(3, 9))
    below = AssignmentFactory(
        unit=UnitFactory(), duty=top.duty, parent=top, due_on=date(2024, 3, 8), state="in_progress"
    )
    units = [top.unit_id, below.unit_id]

    share = counting.count(indicator("assignments_in_time", TODAY), units, FIRST_QUARTER)

    assert [(share[one].numerator, share[one].denominator) for one in units] == [(1, 1), (0, 1)]


def test_counting_takes_one_query_a_source_for_any_number_of_units(django_assert_num_queries):
    units = UnitFactory.create_batch(12)
    for unit in units:
        RecordFactory(unit=unit)
        DialogueFactory(unit=unit)
    known = indicators(TODAY)

    with django_assert_num_queries(2):  # all registers, the assignments
        found = counting.count_all(known, [unit.pk for unit in units], FIRST_QUARTER)

    assert all(len(values) == 12 for values in found.values())


def test_the_ground_of_a_figure_is_the_records_that_it_counts():
    unit = UnitFactory()
    counted = RecordFactory(unit=unit)
    RecordFactory(unit=unit, occurred_on=date(2024, 4, 1))
    RecordFactory()
    visits = indicator("reception_visits", TODAY)

    assert list(counting.records_of(visits, [unit.pk], FIRST_QUARTER)) == [counted]
    assert not counting.assignments_of(visits, [unit.pk], FIRST_QUARTER).exists()


def test_the_ground_of_a_share_of_assignments_is_the_assignments(on_day):
    on_day(2024, 3, 18)
    due = AssignmentFactory(due_on=date(2024, 3, 1))
    in_time = indicator("assignments_in_time", TODAY)

    assert list(counting.assignments_of(in_time, [due.unit_id], FIRST_QUARTER)) == [due]
    assert not counting.records_of(in_time, [due.unit_id], FIRST_QUARTER).exists()


def test_a_course_is_what_each_window_comes_to_alone(on_day, django_assert_num_queries):
    on_day(2024, 3, 18)
    one, other = UnitFactory(), UnitFactory()
    for month, visits in ((10, 1), (12, 2), (3, 4)):
        year = 2023 if month > 3 else 2024
        RecordFactory(unit=one, occurred_on=date(year, month, 5), visits=visits)
    RecordFactory(unit=other, occurred_on=date(2023, 12, 31), visits=8)
    AssignmentFactory(unit=one, due_on=date(2024, 3, 1))
    windows = [window(parse(code)) for code in ("2023-Q3", "2023-Q4", "2024-Q1")]

    known = [indicator(code, TODAY) for code in ("reception_visits", "assignments_in_time")]
    with django_assert_num_queries(2):  # a register, the assignments
        course = counting.count_course(known, [one.pk, other.pk], windows)

    assert course == [counting.count_all(known, [one.pk, other.pk], days) for days in windows]
