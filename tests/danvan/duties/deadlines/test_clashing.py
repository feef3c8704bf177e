from datetime import date

import pytest

from danvan.duties.deadlines import clashing
from danvan.workdays.rules import Calendar, LastDay
from tests.factories import AssignmentFactory, DocumentFactory, DutyFactory, UnitFactory

OFFICE = Calendar(frozenset({2024}), {}, frozenset())


def on(day, nominal=None):
    return LastDay(day, (), nominal or day)


@pytest.mark.parametrize(
    ("found", "known", "words"),
    [
        (on(date(2024, 3, 15)), {"cut_off": date(2024, 3, 14)}, []),  # one working day between
        (on(date(2024, 3, 14)), {"cut_off": date(2024, 3, 14)}, ["quá sát ngày chốt"]),
        (on(date(2024, 3, 16)), {"cut_off": date(2024, 3, 15)}, ["quá sát", "là ngày nghỉ"]),
        (on(date(2024, 3, 18)), {"upper": date(2024, 3, 15)}, ["muộn hơn hạn của cấp trên"]),
        (on(date(2024, 3, 15)), {"upper": date(2024, 3, 15)}, []),
        (on(date(2024, 3, 11), date(2024, 3, 10)), {}, ["hạn là hết 11/3/2024"]),
    ],
)
def test_what_does_not_go_together(found, known, words):
    said = clashing.clashes(found, calendar=OFFICE, **known)

    assert len(said) == len(words)
    assert all(part in sentence for part, sentence in zip(words, said, strict=True))


@pytest.fixture
def unit(db):
    return UnitFactory()


def laid(unit, number, due_on, *, action="Báo cáo kết quả", occurrence="2024-Q1", **values):
    duty = DutyFactory(
        document=DocumentFactory(number=number), action=action, deliverable="báo cáo"
    )
    AssignmentFactory(duty=duty, unit=unit, due_on=due_on, occurrence=occurrence, **values)
    return duty


def test_two_documents_ask_the_same_for_different_days(unit):
    duty = laid(unit, "15/KH-UBND", date(2024, 3, 11))
    laid(unit, "22/CT-UBND", date(2024, 3, 15), action="Gửi báo cáo quý")

    (said,) = clashing.of_duty(duty)

    assert "22/CT-UBND" in said
    assert "kỳ quý I/2024 hết 15/3/2024, văn bản này hết 11/3/2024" in said


@pytest.mark.parametrize(
    "other",
    [
        {"due_on": date(2024, 3, 11)},  # the same day
        {"due_on": date(2024, 3, 15), "occurrence": "2024-Q2"},
        {"due_on": date(2024, 3, 15), "occurrence": "", "action": "Việc khác"},
        {"due_on": date(2024, 3, 15), "done": True},
    ],
)
def test_what_is_no_clash_is_not_told(unit, other):
    duty = laid(unit, "15/KH-UBND", date(2024, 3, 11))
    laid(unit, "22/CT-UBND", **other)

    assert clashing.of_duty(duty) == []


def test_another_unit_is_no_clash(unit):
    duty = laid(unit, "15/KH-UBND", date(2024, 3, 11))
    laid(UnitFactory(), "22/CT-UBND", date(2024, 3, 15))

    assert clashing.of_duty(duty) == []


def test_a_lower_level_later_than_the_upper_one(unit):
    duty = laid(unit, "15/KH-UBND", date(2024, 3, 11))
    AssignmentFactory(
        duty=duty,
        unit=UnitFactory(),
        parent=duty.assignments.get(),
        due_on=date(2024, 3, 20),
        occurrence="2024-Q1",
    )

    assert clashing.of_duty(duty) == [
        "Hạn của cấp dưới 20/3/2024 muộn hơn hạn của cấp trên 11/3/2024."
    ]
