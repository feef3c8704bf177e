"""Writing a plan on its pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from danvan.duties.choices import Decision
from danvan.duties.drafts import start as plan_start
from danvan.duties.drafts import writing as drafting
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
            unit=officer.unit,
            duty__document=upper,
            duty__action=action,
            duty__sentence=f"{action}.",
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


def typed(line, **values):
    words = {"action": line.action, "lead": line.lead, "cooperating": "", "due": line.due}
    return {**words, "revision": line.revision, "page": uuid4(), **values}


def test_what_is_typed_is_saved_and_says_when(desk):
    client, draft = drafted(desk)
    line = drafting.take_up(draft.lines.exclude(duty=None).first(), by=desk[1])

    saved = client.post(
        url("autosave_plan_line", draft.pk, line.pk), typed(line, due="quý III/2024")
    )

    assert "saved_at" in saved.json()
    line.refresh_from_db()
    assert line.due == "trong quý III năm 2024"  # as plans print it


def test_who_saves_over_a_colleague_is_told_and_chooses(desk):
    client, draft = drafted(desk)
    line = drafting.take_up(draft.lines.exclude(duty=None).first(), by=desk[1])
    one, other = typed(line, action="Bản thứ nhất"), typed(line, action="Bản thứ hai")
    client.post(url("autosave_plan_line", draft.pk, line.pk), one)

    answer = client.post(url("autosave_plan_line", draft.pk, line.pk), other).json()

    assert "Cả hai bản đều được giữ." in answer["message"]
    assert "Bản thứ hai" in text(client.get(url("plan_draft", draft.pk)))
    client.post(url("settle_plan_line", draft.pk, line.pk), {"keep": "other"})
    line.refresh_from_db()
    assert line.action == "Bản thứ hai"


def test_a_duty_is_left_out_only_with_a_reason(desk):
    client, draft = drafted(desk)
    line = draft.lines.exclude(duty=None).first()
    decide = url("decide_plan_line", draft.pk, line.pk)

    page = client.post(decide, {"decision": "left_out", "reason": ""}, follow=True)
    assert "Ghi lý do không đưa nhiệm vụ này vào kế hoạch." in text(page)

    client.post(decide, {"decision": "left_out", "reason": "Không thuộc chức năng."})
    line.refresh_from_db()
    assert line.decision == Decision.LEFT_OUT


def test_an_expired_basis_stands_over_the_draft_with_its_successor(desk):
    client, draft = drafted(desk)
    upper = desk[2].duty.document
    upper.ended_on = date(2024, 3, 1)
    upper.ended_by = DocumentFactory(number="20/KH-UBND", issued_on=date(2024, 3, 1))
    upper.save()

    page = text(client.get(url("plan_draft", draft.pk)))

    assert "Căn cứ Kế hoạch 15/KH-UBND đã hết hiệu lực từ 01/3/2024." in page
    assert "Kế hoạch 20/KH-UBND" in page


def test_what_is_wrong_is_listed_before_it_is_handed_in(desk):
    client, draft = drafted(desk)

    page = text(client.get(url("hand_in_draft", draft.pk)))

    assert "Còn 2 chỗ phải sửa, chưa nộp được." in page


def test_it_is_handed_in_as_the_document_that_was_written(desk):
    client, draft = drafted(desk)
    client.post(url("add_to_plan", draft.pk), {"do": "rest"})

    asked = text(client.get(url("hand_in_draft", draft.pk)))
    assert "Máy đọc lại đúng cả 3 việc" in asked
    page = client.post(url("hand_in_draft", draft.pk), follow=True)

    assert "Đã nộp kế hoạch." in text(page)
    draft.refresh_from_db()
    frozen = text(client.get(url("plan_draft", draft.pk)))
    assert "bản soạn giữ nguyên" in frozen
    assert "data-autosave" not in frozen


def test_the_docx_is_taken(desk):
    client, draft = drafted(desk)

    taken = client.get(url("plan_docx", draft.pk))

    assert taken.headers["Content-Disposition"].endswith('ke-hoach-2024-STP-ban-1.docx"')
    assert taken.content[:2] == b"PK"


def test_a_colleague_of_another_unit_does_not_find_it(desk, client):
    _client, draft = drafted(desk)

    assert signed_in(client, actor()).get(url("plan_draft", draft.pk)).status_code == 404


def test_the_plans_of_all_units_lead_to_ones_own(desk):
    client, _officer, asks = desk

    assert url("begin_plan", asks.pk) in text(client.get(url("plans")))
    client.post(url("begin_plan", asks.pk))
    draft = PlanDraft.objects.get()
    assert url("plan_draft", draft.pk) in text(client.get(url("plans")))
