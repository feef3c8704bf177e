"""One letter a day to each person, in the words of the pages' message 27."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from danvan import clock
from danvan.duties.models import Difficulty, Extension
from danvan.duties.reminding import digests
from danvan.duties.reminding.mailing import LINES
from danvan.notices import actions as notices
from danvan.notices.choices import Way
from danvan.notices.models import Digest, Letter
from danvan.org.choices import Role
from tests.danvan.committed import apart, committed
from tests.factories import (
    AssignmentFactory,
    DelegationFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
LAID = datetime(2026, 1, 5, 8, tzinfo=clock.ZONE)
MONDAY = date(2026, 3, 16)


def officer(unit, *, name="Trần Thị Mai", **values):
    person = PersonFactory(
        name=name, form_of_address="bà", email=f"m{UnitFactory().code}@tan-giang.example"
    )
    return PostFactory(person=person, unit=unit, **values).person


def laid(unit, due_on, *, action="gửi kế hoạch", state="in_progress", **values):
    duty = DutyFactory(action=action)
    return AssignmentFactory(
        unit=unit, duty=duty, due_on=due_on, state=state, assigned_at=LAID, **values
    )


@pytest.fixture
def at(on_day):
    """The digests of a moment: at(day, hour)."""

    def at(day, hour=7):
        on_day(day.year, day.month, day.day)
        return digests.run(datetime(day.year, day.month, day.day, hour, 15, tzinfo=clock.ZONE))

    return at


def test_in_words(at):
    unit = UnitFactory()
    officer(unit)
    late = laid(unit, date(2026, 3, 13), action="gửi kế hoạch")
    today = laid(unit, MONDAY, action="báo cáo quý I")
    soon = laid(unit, date(2026, 3, 20), action="đối thoại")
    laid(unit, date(2026, 4, 30), action="việc còn xa")

    at(MONDAY)

    letter = Letter.objects.get()
    assert letter.subject == "Việc ngày 16/3/2026: 1 quá hạn, 1 hạn hôm nay, 1 trong tuần."
    assert letter.body == (
        "Kính gửi bà Trần Thị Mai, dưới đây là việc đang chờ, xếp theo hạn.\n\n"
        "- Quá hạn 3 ngày, hạn 13/3/2026: gửi kế hoạch\n"
        f"  https://localhost/nhiem-vu/{late.pk}/\n"
        f"- Hạn hôm nay: báo cáo quý I\n  https://localhost/nhiem-vu/{today.pk}/\n"
        f"- Hạn 20/3/2026: đối thoại\n  https://localhost/nhiem-vu/{soon.pk}/\n\n"
        "Đổi giờ nhận hoặc ngừng nhận: https://localhost/thong-bao/cai-dat/."
    )


def test_one_a_day_and_none_on_days_off(at):
    unit = UnitFactory()
    officer(unit)
    laid(unit, date(2026, 2, 13))
    days = [date(2026, 2, 9) + timedelta(days=step) for step in range(16)]

    sent = {day: sum(at(day, hour) for hour in range(24)) for day in days}

    assert [day.day for day, n in sent.items() if n] == [9, 10, 11, 12, 13, 23, 24]
    assert set(sent.values()) == {0, 1}
    assert Digest.objects.count() == Letter.objects.count() == 7


@pytest.mark.parametrize(
    ("way", "hour", "sent"),
    [
        (None, None, {7: 1}),
        (Way.DAILY, 9, {9: 1}),
        (Way.AT_ONCE, 7, {}),
        (Way.NONE, 7, {}),
    ],
)
def test_at_ones_own_hour(at, way, hour, sent):
    unit = UnitFactory()
    person = officer(unit)
    laid(unit, MONDAY)
    if way:
        notices.prefer(person.user_id, way=way, hour=hour)

    found = {one: at(MONDAY, one) for one in range(5, 18)}

    assert {one: n for one, n in found.items() if n} == sent


def test_an_hour_that_the_worker_missed_is_caught_up(at):
    unit = UnitFactory()
    officer(unit)
    laid(unit, MONDAY)

    assert at(MONDAY, 14) == 1


@pytest.mark.parametrize(
    ("values", "is_sent"),
    [
        ({"due_on": MONDAY + timedelta(days=7)}, True),
        ({"due_on": MONDAY + timedelta(days=8)}, False),
        ({"due_on": MONDAY + timedelta(days=90), "state": "assigned"}, True),  # not taken on
        ({"due_on": None, "state": "returned", "remark": "thiếu"}, True),
        ({"due_on": MONDAY, "state": "suspended", "remark": "vì"}, False),
        ({"due_on": MONDAY, "handed_in": True, "state": "submitted"}, False),
        ({"due_on": MONDAY, "state": "requested"}, False),
    ],
)
def test_what_waits(at, values, is_sent):
    unit = UnitFactory()
    officer(unit)
    laid(unit, **values)

    assert at(MONDAY) == is_sent


def test_before_tet_it_tells_of_what_falls_due_after_it(at):
    unit = UnitFactory()
    officer(unit)
    laid(unit, date(2026, 2, 24))

    at(date(2026, 2, 13))

    assert "1 trong tuần" in Letter.objects.get().subject


def test_who_gets_one(at):
    """Officers, who acts for them, and to whom work is entrusted; not who left or has no address."""
    unit = UnitFactory()
    own = officer(unit)
    deputy = officer(UnitFactory(), role=Role.PETITION_HANDLER)
    DelegationFactory(post=own.posts.get(), to=deputy)
    entrusted = officer(unit, role=Role.PETITION_HANDLER)
    officer(unit, validity=DateRange(date(2010, 1, 1), date(2026, 3, 1)))
    officer(unit, role=Role.READER_ONLY)
    silent = officer(unit)
    silent.email = ""
    silent.save()
    laid(unit, MONDAY, person=entrusted)

    at(MONDAY)

    told = set(Letter.objects.values_list("to", flat=True))
    assert told == {own.email, deputy.email, entrusted.email}


def asked_of(unit, doing, state, **values):
    duty = DutyFactory(asked_by=unit, confirmed_by=unit)
    return AssignmentFactory(
        unit=doing, duty=duty, due_on=MONDAY, state=state, assigned_at=LAID, **values
    )


def test_what_waits_for_the_units_word_is_counted(at):
    unit, doing = UnitFactory(), UnitFactory()
    officer(unit)
    for _ in range(2):
        asked_of(unit, doing, "submitted", handed_in=True)
    asked_of(unit, unit, "submitted", handed_in=True)  # its own
    asked_of(unit, doing, "contested", remark="Không phải việc.")
    top = laid(unit, None, state="in_progress")
    below = AssignmentFactory(unit=doing, duty=top.duty, parent=top, due_on=MONDAY)
    Extension.objects.create(
        assignment=below,
        state="asked",
        before=MONDAY,
        wanted_on=date(2026, 3, 20),
        reason="Chờ số liệu.",
        asked_at=LAID,
    )

    at(MONDAY)

    letter = Letter.objects.get()
    assert letter.subject == "Việc ngày 16/3/2026: 4 việc chờ ý kiến của đơn vị."
    assert letter.body.splitlines()[2:-2] == [
        "- Chờ xác nhận: 2",
        "  https://localhost/nhiem-vu/danh-sach/?state=submitted",
        "- Đề nghị xem lại: 1",
        "  https://localhost/nhiem-vu/danh-sach/?state=contested",
        "- Đề nghị gia hạn: 1",
        "  https://localhost/",
    ]


def test_what_those_directly_below_laid_on_themselves_and_their_difficulties_are_counted(at):
    unit = UnitFactory()
    below = UnitFactory(under=unit)
    officer(unit)
    asked_of(below, below, "contested", remark="Không còn cần.")
    asked_of(below, UnitFactory(), "contested", remark="Không phải việc.")  # its own to answer
    elsewhere, handled, seen = (
        Difficulty.objects.create(
            unit=below,
            title="Thiếu kinh phí",
            text="Chưa bố trí.",
            handled_by=handler,
            raised_at=LAID,
            changed_at=LAID,
            submission_key=str(n),
        )
        for n, handler in enumerate([UnitFactory(), unit, UnitFactory()])
    )
    for one, by in [(elsewhere, below), (handled, below), (seen, below), (seen, unit)]:
        one.steps.create(state="raised", unit=by, by_name="Bà Mai", at=LAID)
    UnitFactory(under=below)

    at(MONDAY)

    letter = Letter.objects.get()
    assert letter.subject == "Việc ngày 16/3/2026: 2 việc chờ ý kiến của đơn vị."
    assert letter.body.splitlines()[2:-2] == [
        "- Đề nghị xem lại: 1",
        "  https://localhost/nhiem-vu/danh-sach/?state=contested",
        "- Khó khăn, vướng mắc của cấp dưới: 1",
        "  https://localhost/nhiem-vu/kho-khan/",
    ]


def test_beside_ones_own_work(at):
    unit = UnitFactory()
    officer(unit)
    laid(unit, MONDAY)
    asked_of(unit, UnitFactory(), "submitted", handed_in=True)

    at(MONDAY)

    letter = Letter.objects.get()
    assert letter.subject == "Việc ngày 16/3/2026: 0 quá hạn, 1 hạn hôm nay, 0 trong tuần."
    assert "\n\nChờ ý kiến của đơn vị:\n- Chờ xác nhận: 1\n" in letter.body


def test_every_objection_waits_for_the_coordinator(at):
    department = UnitFactory(coordinates=True)
    by = officer(department, role=Role.COORDINATOR)
    officer(department)  # no coordinator: he has no say
    asked_of(UnitFactory(), UnitFactory(), "contested", remark="Không phải việc.")
    asked_of(department, department, "contested", remark="Không phải việc.")

    at(MONDAY)

    told = Letter.objects.get(body__contains="Đề nghị xem lại")
    assert told.to == by.email
    assert "- Đề nghị xem lại: 1\n" in told.body


def test_as_many_queries_for_many_people(at, django_assert_num_queries):
    def people(n):
        for _ in range(n):
            unit = UnitFactory()
            officer(unit)
            asked_of(unit, UnitFactory(), "submitted", handed_in=True)

    people(1)
    with CaptureQueriesContext(connection) as few:
        assert at(MONDAY) == 1
    Digest.objects.all().delete()
    people(20)
    with django_assert_num_queries(len(few)):
        assert at(MONDAY) == 21


def test_a_person_with_nothing_waiting_gets_none(at):
    officer(UnitFactory())

    assert at(MONDAY) == 0


def test_a_long_list_is_cut_and_counted(at):
    unit = UnitFactory()
    officer(unit)
    for _ in range(LINES + 3):
        laid(unit, MONDAY)

    at(MONDAY)

    assert "- và 3 việc khác." in Letter.objects.get().body


def test_two_runs_at_once_write_one(on_day):
    on_day(2026, 3, 16)

    def lay():
        units = [UnitFactory() for _ in range(20)]
        for unit in units:
            officer(unit)
            laid(unit, MONDAY)

    with committed(lay):
        moment = datetime(2026, 3, 16, 7, 15, tzinfo=clock.ZONE)
        wrote = apart(lambda: digests.run(moment), times=4)
        letters = Letter.objects.count()

    assert sum(wrote) == letters == 20
