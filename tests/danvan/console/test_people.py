"""People and posts, who is in charge where, and who acts for whom."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.org.choices import Role
from danvan.org.models import Delegation, Person, Post
from tests.factories import (
    DelegationFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
    actor,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def administrator():
    return actor(Role.ADMINISTRATOR, UnitFactory(called="Sở Thông tin"))


@pytest.fixture
def justice():
    return UnitFactory(called="Sở Tư pháp")


def someone(name, **values):
    made = Person.of(name, **values)
    made.save()
    return made


def page(client, by, name, *args, **asked):
    response = signed_in(client, by).get(reverse(f"console:{name}", args=args), asked)
    return response.content.decode()


def send(client, by, address, *args, **said):
    return signed_in(client, by).post(reverse(f"console:{address}", args=args), said)


# The list, and where nobody is in charge


def test_the_list_is_of_a_day_and_can_be_narrowed(client, administrator, justice):
    below = UnitFactory(called="Phòng Công chứng", under=justice)
    PostFactory(person=someone("Lê Hoàng Khải"), unit=below)
    PostFactory(person=someone("Phan Văn Tấn"), unit=UnitFactory(called="Sở Y tế"))

    by_unit = page(client, administrator, "people", unit="Sở Tư pháp")
    by_name = page(client, administrator, "people", q="phan van tan")
    before = page(client, administrator, "people", date="2009-01-01")

    assert "Lê Hoàng Khải" in by_unit
    assert "Phan Văn Tấn" not in by_unit
    assert "Phan Văn Tấn" in by_name
    assert "Lê Hoàng Khải" not in by_name
    assert "Phan Văn Tấn" not in before


def test_a_unit_that_is_none_is_said_beside_its_field(client, administrator):
    assert "Không có đơn vị tên “Sở Mây”" in page(client, administrator, "people", unit="Sở Mây")


def test_units_without_an_officer_are_listed_with_the_way_to_appoint(
    client, administrator, justice
):
    PostFactory(unit=UnitFactory(called="Sở Y tế"))

    shown = page(client, administrator, "without_officer")

    assert "Sở Tư pháp" in shown
    assert "Sở Y tế" not in shown
    assert f"?unit={justice.pk}&amp;role=officer_in_charge" in shown


def test_who_may_appoint_nobody_there_sees_no_button(client, justice):
    shown = page(client, actor(), "without_officer")

    assert "Sở Tư pháp" in shown
    assert "?unit=" not in shown


# A person


def test_a_person_shows_posts_over_time_and_who_acts(client, administrator, justice):
    post = PostFactory(person=someone("Lê Hoàng Khải"), unit=justice, title="Phó Giám đốc")
    DelegationFactory(post=post, to=someone("Phan Văn Tấn"))

    shown = page(client, administrator, "person", post.person_id)

    assert "Phó Giám đốc" in shown
    assert "Giao Phan Văn Tấn làm thay" in shown


def test_addresses_are_for_colleagues_and_those_who_follow_all(client, administrator, justice):
    post = PostFactory(person=someone("Lê Hoàng Khải", phone="0270 3 111"), unit=justice)

    assert "0270 3 111" in page(client, administrator, "person", post.person_id)
    assert "0270 3 111" in page(client, actor(unit=justice), "person", post.person_id)
    assert "0270 3 111" not in page(client, actor(), "person", post.person_id)


def test_the_browsers_title_names_no_person(client, administrator):
    one = someone("Lê Hoàng Khải")

    title = page(client, administrator, "person", one.pk).split("</title>")[0]

    assert "Khải" not in title


def test_adding_a_person_leads_to_a_post_in_the_unit_one_came_from(client, administrator, justice):
    response = send(client, administrator, "add_person", name="Lê Văn Mới", unit=justice.pk)

    made = Person.objects.get(name="Lê Văn Mới")
    assert response.url == f"{reverse('console:appoint')}?person={made.pk}&unit={justice.pk}"


def test_an_address_that_is_anothers_is_refused_and_the_rest_stays(client, administrator):
    someone("Lê Hoàng Khải", email="khai@tangiang.example")

    response = send(
        client, administrator, "add_person", name="Lê Văn Mới", email="khai@tangiang.example"
    )

    assert response.status_code == 400
    assert "đã là của Lê Hoàng Khải" in response.content.decode()
    assert "Lê Văn Mới" in response.content.decode()


# Posts


def appointed(**values):
    return {
        "person": "Lê Hoàng Khải",
        "unit": "Sở Tư pháp",
        "role": "officer_in_charge",
        "from_": "1/4/2024",
        **values,
    }


def test_appointing_from_a_units_page_returns_to_it(client, administrator, justice):
    someone("Lê Hoàng Khải")
    address = f"{reverse('console:appoint')}?unit={justice.pk}"

    response = signed_in(client, administrator).post(address, appointed())

    assert response.url == reverse("console:unit", args=[justice.pk])
    post = Post.objects.get(unit=justice)
    assert (post.role, post.validity.lower) == (Role.OFFICER, date(2024, 4, 1))


def test_namesakes_are_told_apart_by_their_unit(client, administrator, justice):
    PostFactory(person=someone("Lê Hoàng Khải"), unit=UnitFactory(called="Sở Y tế"))
    someone("Lê Hoàng Khải")

    unclear = send(client, administrator, "appoint", **appointed())
    clear = send(client, administrator, "appoint", **appointed(person="Lê Hoàng Khải · Sở Y tế"))

    assert "Lê Hoàng Khải · Sở Y tế" in unclear.content.decode()
    assert clear.status_code == 302


def test_somebody_unknown_is_to_be_added_first(client, administrator, justice):
    response = send(client, administrator, "appoint", **appointed(person="Không Ai"))

    assert "Thêm người này trước" in response.content.decode()


def test_a_leader_appoints_the_officer_of_his_unit_and_of_no_other(client, justice):
    leader = actor(Role.LEADER_IN_CHARGE, justice)
    someone("Lê Hoàng Khải")
    UnitFactory(called="Sở Y tế")

    own = send(client, leader, "appoint", **appointed())
    other = send(client, leader, "appoint", **appointed(unit="Sở Y tế"))

    assert own.status_code == 302
    assert other.status_code == 403


def test_a_post_ends_with_its_reason(client, administrator, justice):
    post = PostFactory(unit=justice)

    send(client, administrator, "end_post", post.pk, on="1/4/2024", reason="Nghỉ hưu")

    post.refresh_from_db()
    assert post.validity.upper == date(2024, 4, 1)


def test_a_posts_title_and_days_are_corrected(client, administrator, justice):
    post = PostFactory(unit=justice)

    send(client, administrator, "change_post", post.pk, title="Giám đốc", from_="1/1/2021")

    post.refresh_from_db()
    assert (post.title, post.validity.lower) == ("Giám đốc", date(2021, 1, 1))


# Acting for a colleague


def lent(**values):
    return {"from_": "20/3/2024", "to_day": "25/3/2024", "reason": "Nghỉ phép", **values}


def test_a_post_of_ones_own_is_lent_until_a_day(client, justice):
    by = actor(unit=justice)
    someone("Phan Văn Tấn")

    response = send(client, by, "delegate", **lent(post=by.posts[0].pk, to="Phan Văn Tấn"))

    made = Delegation.objects.get()
    assert response.url == reverse("console:delegations")
    assert made.validity.upper == date(2024, 3, 26)


def test_a_refused_delegation_says_why_at_the_form(client, justice):
    by = actor(unit=justice)
    someone("Phan Văn Tấn")

    response = send(
        client,
        by,
        "delegate",
        **lent(post=by.posts[0].pk, to="Phan Văn Tấn", from_="1/3/2024"),
    )

    assert response.status_code == 400
    assert "đã qua" in response.content.decode()


def test_anothers_post_cannot_be_lent(client, justice):
    by, other = actor(unit=justice), PostFactory()
    someone("Phan Văn Tấn")

    response = send(client, by, "delegate", **lent(post=other.pk, to="Phan Văn Tấn"))

    assert response.status_code == 403


def test_ones_delegations_stand_on_one_page_and_end_early(client, justice):
    by = actor(unit=justice)
    made = DelegationFactory(post=by.posts[0], to=someone("Phan Văn Tấn"))

    shown = page(client, by, "delegations")
    send(client, by, "end_delegation", made.pk)

    made.refresh_from_db()
    assert "Phan Văn Tấn" in shown
    assert made.validity.upper == date(2024, 3, 18)


def test_acting_for_a_colleague_is_said_on_every_page_and_can_be_left(client, justice):
    by = actor(unit=UnitFactory(called="Sở Y tế"))
    holder = PostFactory(unit=justice, person=someone("Lê Hoàng Khải", form_of_address="ông"))
    made = DelegationFactory(post=holder, to=Person.objects.get(user_id=by.user_id))
    send(client, by, "switch_post", post=made.pk)

    acting = client.get(reverse("console:org")).content.decode()
    client.post(reverse("console:switch_post"), {"post": by.posts[0].pk})
    after = client.get(reverse("console:org")).content.decode()

    assert "Đang làm thay ông Lê Hoàng Khải" in acting
    assert "Thôi làm thay" in acting
    assert "Đang làm thay" not in after
    assert "Làm thay ông Lê Hoàng Khải" in after  # still in the menu


def test_people_are_offered_as_one_types(client, administrator, justice):
    PostFactory(person=someone("Lê Hoàng Khải"), unit=justice)

    shown = page(client, administrator, "person_options", q="khai")

    assert 'value="Lê Hoàng Khải · Sở Tư pháp"' in shown


def test_a_persons_page_asks_few_questions(
    client, administrator, justice, django_assert_max_num_queries
):
    one = PersonFactory()
    for _time in range(5):
        DelegationFactory(post=PostFactory(person=one))
    signed_in(client, administrator)

    with django_assert_max_num_queries(20):
        client.get(reverse("console:person", args=[one.pk]))
