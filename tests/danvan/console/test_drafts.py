"""Writing a plan on its pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from danvan.duties import plan_start
from danvan.duties.choices import Decision
from danvan.duties.models import PlanDraft
from tests.factories import AssignmentFactory, DocumentFactory, UnitFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def desk(client):
    """An officer whose unit must hand in a plan, with two more duties of the same document."""
    officer = actor(unit=UnitFactory(called="Sở Tư pháp"))
    upper = DocumentFactory(number="15/KH-UBND")
    asks = AssignmentFactory(
        unit=officer.unit,
        duty__document=upper,
        duty__deliverable="kế hoạch",
        duty__deliver_to="Sở Nội vụ",
    )
    for action in ("Tổ chức đối thoại với người dân", "Công khai thủ tục hành chính"):
        AssignmentFactory(
            unit=officer.unit, duty__document=upper, duty__action=action, duty__sentence=f"{action}."
        )
    return signed_in(client, officer), officer, asks


def drafted(desk):
    client, officer, asks = desk
    return client, plan_start.begin(asks, by=officer)


def url(name, *args):
    return reverse(f"console:{name}", args=args)


def text(response):
    return response.content.decode()


def test_a_plan_begins_from_the_duty_that_asks_for_it(desk):
    client, officer, asks = desk

    page = client.post(url("begin_plan", asks.pk), follow=True)

    assert "Còn 2 nhiệm vụ chưa quyết định." in text(page)
    assert "Tổ chức đối thoại với người dân" in text(page)
    assert "Xây dựng kế hoạch, gửi về" not in text(page)  # the plan itself is no task of the plan


@pytest.mark.parametrize("view", ["", "?phan=dau", "?phan=ca-bai"])
def test_the_page_of_a_draft_asks_the_database_little(desk, view, django_assert_max_num_queries):
    client, draft = drafted(desk)

    with django_assert_max_num_queries(20):
        page = client.get(url("plan_draft", draft.pk) + view)

    assert page.status_code == 200
