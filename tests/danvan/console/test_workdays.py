from datetime import date

import pytest
from django.urls import reverse

from danvan.org.choices import Role
from danvan.workdays.calendars import calendar, years_entered
from tests.factories import AssignmentFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db
YEAR = reverse("console:office_calendar")
DAY = reverse("console:calendar_day")
RECOMPUTE = reverse("console:recompute_deadlines")


@pytest.fixture
def administrator(client, on_day):
    on_day(2026, 11, 22)
    return signed_in(client, actor(Role.ADMINISTRATOR))


def text(response):
    return " ".join(response.content.decode().split())


def test_a_year_of_twelve_months_with_its_days_named(administrator):
    page = text(administrator.get(YEAR))

    assert page.count('<table class="month">') == 12
    assert "Giao thừa Tết Nguyên Đán" in page
    assert "Làm bù cho ngày 02/01/2026" in page
    assert "Chưa có lịch làm việc năm 2027" in page
    assert "Thêm năm 2027" in page


def test_who_may_not_change_it_sees_no_button(client, on_day):
    on_day(2026, 11, 22)

    page = text(signed_in(client, actor()).get(YEAR))

    assert "Thêm năm 2027" not in page
    assert DAY not in page


@pytest.mark.parametrize("typed", ["20²6", "1", "x", "99999"])
def test_what_is_no_year_is_not_found(administrator, typed):
    assert administrator.get(YEAR, {"nam": typed}).status_code == 404


def test_a_year_is_added_from_what_is_proposed(administrator):
    address = reverse("console:enter_calendar_year", args=[2027])
    proposal = administrator.get(address)
    days = [code for code, _row, _kept in proposal.context["rows"] if code != "2027-11-24"]

    refused = administrator.post(address, {"day": days})
    taken = administrator.post(address, {"day": days, "source": "Thông báo số 9/TB"}, follow=True)

    assert "Tết Nguyên Đán" in text(proposal)
    assert refused.status_code == 400
    assert 2027 in years_entered()
    assert calendar(2027).why_off(date(2027, 2, 8))
    assert calendar(2027).why_off(date(2027, 11, 24)) is None  # was left out
    assert "Đã nhập lịch làm việc năm 2027" in text(taken)


def test_a_day_leads_to_the_deadlines_that_it_moves(administrator):
    one = AssignmentFactory(nominal_on=date(2026, 12, 1), due_on=date(2026, 12, 1))
    typed = {"on": "1/12/2026", "kind": "holiday", "name": "", "source": "Quyết định 1/QĐ"}

    entered = administrator.post(DAY, typed, follow=True)
    done = administrator.post(RECOMPUTE, {"assignment": [one.pk]}, follow=True)

    assert entered.redirect_chain[-1][0] == RECOMPUTE
    assert "1 việc còn mở sẽ đổi hạn" in text(entered)
    assert one.duty.action in text(entered)
    one.refresh_from_db()
    assert one.due_on == date(2026, 12, 2)
    assert "Hạn của mọi việc còn mở đều đúng" in text(done)


def test_a_day_that_moves_nothing_leads_back_to_its_year(administrator):
    typed = {"on": "1/12/2026", "kind": "holiday", "source": "Quyết định 1/QĐ"}

    entered = administrator.post(DAY, typed, follow=True)
    shown = text(administrator.get(DAY, {"ngay": "2026-12-01"}))

    assert entered.redirect_chain[-1][0] == f"{YEAR}?nam=2026"
    assert "Quyết định 1/QĐ" in shown


def test_what_makes_no_sense_is_said_on_the_form(administrator):
    typed = {"on": "1/12/2027", "kind": "holiday", "source": "Quyết định 1/QĐ"}

    response = administrator.post(DAY, typed)

    assert response.status_code == 400
    assert "Chưa có lịch làm việc năm 2027 nên chưa tính được hạn." in text(response)
    assert "Quản trị nhập tại Tổ chức, Lịch làm việc." in text(response)


def test_a_day_is_taken_back(administrator):
    address = f"{reverse('console:withdraw_calendar_day')}?ngay=2026-08-31"
    asked = text(administrator.get(address))

    administrator.post(address, {"source": "Thôi hoán đổi"})

    assert "Bỏ ngày đã ghi: Thứ Hai, 31/8/2026?" in asked
    assert calendar(2026).why_off(date(2026, 8, 31)) is None


def test_a_page_that_needs_a_missing_year_says_so(client, on_day):
    on_day(2028, 2, 1)

    response = signed_in(client, coordinator()).get(reverse("console:reports"))

    assert response.status_code == 409
    assert "Chưa có lịch làm việc năm 2028 nên chưa tính được hạn." in text(response)


@pytest.mark.parametrize("address", [YEAR, DAY, RECOMPUTE])
def test_pages_ask_little_of_the_database(administrator, address, django_assert_max_num_queries):
    AssignmentFactory(nominal_on=date(2026, 12, 1), due_on=date(2026, 12, 2))

    with django_assert_max_num_queries(20):
        assert administrator.get(address).status_code == 200
