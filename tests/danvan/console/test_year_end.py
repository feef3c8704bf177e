"""In December, before the next year's office calendar is entered: pages stand, and say what is missing."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.duties.models import Assignment
from danvan.workdays.rules import printed
from tests.factories import (
    AssignmentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db
PAGES = [
    "work",
    "leader",
    "matrix",
    "assignments",
    "calendar",
    "plans",
    "themes",
    "difficulties",
    "raise_difficulty",
    "proposals",
    "reports",
    "own_reports",
    "registers",
    "documents",
    "unassigned",
    "notices",
    "scores",
    "figures",
]
OF_ONE = [
    "assignment",
    "entrust",
    "progress",
    "ask_extension",
    "contest",
    "cascade",
    "extend",
    "suspend",
    "transfer",
    "rescind",
    "close",
    "submit",
    "tell",
]


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2026, 12, 20)


@pytest.fixture
def people():
    UnitFactory(called="UBND tỉnh", kind="peoples_committee", level="province")
    asking = coordinator()
    doing = actor()
    UnitFactory(under=doing.unit)
    return asking, doing


@pytest.fixture
def one(people) -> Assignment:
    """Due on a day of a year that nobody has entered."""
    asking, doing = people
    duty = DutyFactory(asked_by=asking.unit, confirmed_by=asking.unit, deliverable="báo cáo")
    return AssignmentFactory(
        duty=duty, unit=doing.unit, state="in_progress", due_on=date(2027, 1, 15)
    )


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks(client, people, one, name):
    for by in people:
        assert signed_in(client, by).get(reverse(f"console:{name}")).status_code in {200, 302, 403}


@pytest.mark.parametrize("name", OF_ONE)
def test_no_page_of_an_assignment_breaks(client, people, one, name):
    for by in people:
        address = reverse(f"console:{name}", args=[one.pk])

        assert signed_in(client, by).get(address).status_code in {200, 403}


def test_a_year_later_of_each_list_stands_too(client, people, one):
    for name in ("matrix", "calendar", "plans", "reports"):
        for asked in ({"year": "2027"}, {"month": "2027-01"}):
            assert (
                signed_in(client, people[0]).get(reverse(f"console:{name}"), asked).status_code
                == 200
            )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("extend", {"due_on": "20/1/2027", "reason": "Chờ số liệu."}),
        ("transfer", {"due_on": "20/1/2027", "reason": "Không đúng việc."}),
    ],
)
def test_a_day_of_that_year_is_refused_in_words_that_say_what_to_do(
    client, people, one, name, said
):
    other = UnitFactory(called="Sở Y tế")
    address = reverse(f"console:{name}", args=[one.pk])

    response = signed_in(client, people[0]).post(address, {**said, "unit": other.names.get().name})

    one.refresh_from_db()
    assert response.status_code == 400
    assert "2027" in response.content.decode()
    assert one.due_on == date(2027, 1, 15)


def test_a_difficulty_whose_answer_is_due_next_year_says_what_to_do(client, people):
    asking, doing = people
    said = {"title": "Kinh phí", "text": "Chưa có.", "to": asking.unit_id, "key": "k"}

    response = signed_in(client, doing).post(reverse("console:raise_difficulty"), said)

    assert "2027" in response.content.decode()
    assert "Kinh phí" in response.content.decode()  # what was typed is not lost
    assert printed(date(2027, 1, 4)) not in response.content.decode()
