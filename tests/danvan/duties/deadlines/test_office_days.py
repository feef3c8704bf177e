from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan.audit.models import AuditEntry
from danvan.duties.deadlines import office_days
from danvan.duties.models import Assignment
from danvan.org.choices import Role
from danvan.refusals import NotAccepted
from danvan.workdays.calendars import calendar, proposed, years_entered
from danvan.workdays.choices import DayKind
from tests.factories import AssignmentFactory, DutyFactory, actor, coordinator

pytestmark = pytest.mark.django_db
HOLIDAY = date(2026, 7, 1)  # a Wednesday


@pytest.fixture
def administrator(on_day):
    on_day(2026, 6, 1)
    return actor(Role.ADMINISTRATOR)


def enter(by, on=HOLIDAY, kind=DayKind.HOLIDAY):
    return office_days.enter_day(on, kind, name="Ngày hội", source="Quyết định số 1/QĐ", by=by)


def laid(nominal_on=HOLIDAY, due_on=HOLIDAY, **values):
    return AssignmentFactory(nominal_on=nominal_on, due_on=due_on, **values)


def test_a_year_is_there_once_it_is_entered(administrator):
    before = 2027 in years_entered()

    office_days.enter_year(2027, proposed(2027), source="Thông báo số 9/TB", by=administrator)

    assert (before, 2027 in years_entered()) == (False, True)
    assert calendar(2027).why_off(date(2027, 2, 8)) == "Mùng ba Tết Nguyên Đán"
    assert AuditEntry.objects.filter(verb="calendar_entered").count() == 1


def test_a_year_is_entered_once(administrator):
    with pytest.raises(NotAccepted):
        office_days.enter_year(2026, [], source="Thông báo", by=administrator)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.READER_ONLY])
def test_the_calendar_is_the_administrators(on_day, role):
    on_day(2026, 6, 1)
    by = actor(role)

    for deed in (
        lambda: enter(by),
        lambda: office_days.withdraw_day(HOLIDAY, source="Nhầm", by=by),
        lambda: office_days.enter_year(2027, [], source="Thông báo", by=by),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_day_is_corrected_and_taken_back_and_every_version_is_kept(administrator):
    enter(administrator)
    entered = calendar(2026).why_off(HOLIDAY)
    enter(administrator)  # said twice

    office_days.withdraw_day(HOLIDAY, source="Quyết định số 2/QĐ", by=administrator)

    assert (entered, calendar(2026).why_off(HOLIDAY)) == ("Ngày hội", None)
    assert [one.source for one in office_days.versions(HOLIDAY)] == [
        "Quyết định số 2/QĐ",
        "Quyết định số 1/QĐ",
    ]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 7, 1), DayKind.SWAPPED_WORK),  # is worked
        (date(2026, 7, 4), DayKind.SWAPPED_OFF),  # a Saturday
        (date(2027, 7, 1), DayKind.HOLIDAY),  # a year that nobody entered
    ],
)
def test_what_makes_no_sense_is_refused(administrator, on, kind):
    with pytest.raises(NotAccepted):
        enter(administrator, on, kind)


def test_a_new_day_off_moves_the_open_deadlines_on_it(administrator):
    one = laid()
    laid(handed_in=True)
    laid(duty=DutyFactory(due={"kind": "date", "date": "2026-07-02", "inclusive": False}))
    laid(date(2026, 7, 2), date(2026, 7, 2))
    enter(administrator)

    found = office_days.moved([HOLIDAY])
    office_days.recompute(found, by=administrator)

    assert [each.assignment for each in found] == [one]
    one.refresh_from_db()
    assert (one.nominal_on, one.due_on) == (HOLIDAY, date(2026, 7, 2))
    assert one.due_steps[-1].startswith(
        "Ngày 01/6/2026 tính lại theo lịch làm việc đã sửa: từ 01/7/2026 thành 02/7/2026."
    )
    assert office_days.moved() == []


def test_a_day_that_was_set_back_from_the_one_above_moves_earlier(administrator):
    above = laid(date(2026, 7, 3), date(2026, 7, 3))
    below = laid(parent=above, duty=above.duty)
    enter(administrator)

    office_days.recompute(office_days.moved([HOLIDAY]), by=administrator)

    below.refresh_from_db()
    assert (below.nominal_on, below.due_on) == (HOLIDAY, date(2026, 6, 30))
    assert "chuyển lên trước, hết Thứ Ba, 30/6/2026" in below.due_steps[-1]
    office_days.withdraw_day(HOLIDAY, source="Quyết định số 2/QĐ", by=administrator)
    office_days.recompute(office_days.moved([HOLIDAY]), by=administrator)
    below.refresh_from_db()
    assert below.due_on == HOLIDAY


def test_nothing_is_moved_to_a_day_that_is_past(on_day, administrator):
    one = laid(date(2026, 7, 1), date(2026, 7, 2))  # as if 01/7 had been a day off
    on_day(2026, 7, 2)

    assert office_days.moved() == []
    on_day(2026, 7, 1)
    assert [each.assignment for each in office_days.moved()] == [one]


def test_the_coordinator_may_recompute_and_an_officer_may_not(on_day):
    on_day(2026, 6, 1)
    one = laid(date(2026, 7, 1), date(2026, 7, 3))
    found = office_days.moved()

    with pytest.raises(PermissionDenied):
        office_days.recompute(found, by=actor())
    done = office_days.recompute(found, by=coordinator())
    again = office_days.recompute(found, by=coordinator())

    assert (done, again) == (1, 0)
    assert Assignment.objects.get(pk=one.pk).due_on == date(2026, 7, 1)
