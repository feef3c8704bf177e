import pytest
from django.urls import reverse

from danvan.org.choices import Role
from tests.factories import AssignmentFactory, UnitFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db
PAGE = "console:leader"


@pytest.fixture(autouse=True)
def wednesday(on_day):
    return on_day(2024, 3, 20)


def page(client, by):
    return signed_in(client, by).get(reverse(PAGE))


def test_the_province_sees_whose_work_is_late_and_since_when(client):
    late = UnitFactory(called="Sở Y tế")
    AssignmentFactory(unit=late, due_on="2024-03-01")
    AssignmentFactory(unit=late, due_on="2024-03-10")
    AssignmentFactory(due_on="2024-03-25")

    response = page(client, actor(Role.READER_ONLY))

    (row,) = response.context["by_unit"]
    assert (row.unit.name, row.late, row.days) == ("Sở Y tế", 2, 19)
    assert [one.days_late for one in response.context["board"].longest] == [19, 10]
    assert response.context["board"].near == 1


def test_a_units_leader_sees_his_own_and_those_below(client):
    leader = actor(Role.LEADER_IN_CHARGE)
    AssignmentFactory(unit=UnitFactory(under=leader.unit), due_on="2024-03-01")
    AssignmentFactory(unit=leader.unit, due_on="2024-03-01")
    AssignmentFactory(due_on="2024-03-01")

    assert page(client, leader).context["board"].late == 2


def test_what_is_asked_or_only_cooperating_is_not_late(client):
    AssignmentFactory(state="requested", due_on="2024-03-01")
    AssignmentFactory(part="cooperating", due_on="2024-03-01")

    assert page(client, coordinator()).context["board"].late == 0


def test_changes_are_those_since_monday(client):
    this_week = "2024-03-18T08:00+07:00"
    for changed_at in (this_week, "2024-03-17T08:00+07:00"):
        AssignmentFactory(done=True, changed_at=changed_at)
        AssignmentFactory(state="returned", remark="Thiếu", changed_at=changed_at)
    AssignmentFactory(due_on="2024-03-18")  # late since Tuesday
    AssignmentFactory(due_on="2024-03-01")

    changes = page(client, coordinator()).context["board"].changes

    assert (changes.done, changes.returned, changes.newly_late) == (1, 1, 1)


def test_the_newest_changes_of_the_week_are_named(client):
    unit = UnitFactory(called="Sở Y tế")
    AssignmentFactory(state="assigned", changed_at="2024-03-20T08:00+07:00")  # no news
    AssignmentFactory(done=True, changed_at="2024-03-15T08:00+07:00")  # last week
    older = AssignmentFactory(done=True, changed_at="2024-03-18T08:00+07:00")
    newer = AssignmentFactory(
        unit=unit,
        duty__action="Tổ chức đối thoại",
        state="contested",
        remark="Không thuộc",
        changed_at="2024-03-19T08:00+07:00",
    )

    response = page(client, coordinator())

    assert [one.pk for one, _tone in response.context["newest"]] == [newer.pk, older.pk]
    assert "Tổ chức đối thoại" in response.content.decode()
    assert "Sở Y tế" in response.content.decode()


def test_every_number_leads_to_the_list_that_it_counts(client):
    AssignmentFactory(done=True, changed_at="2024-03-18T08:00+07:00")
    AssignmentFactory(
        state="returned", remark="Thiếu", changed_at="2024-03-18T08:00+07:00", due_on="2024-06-01"
    )
    AssignmentFactory(due_on="2024-03-18")
    AssignmentFactory(due_on="2024-03-22")

    response = page(client, coordinator())

    lines = {one.url: one.count for one in response.context["changes"]} | {
        response.context["late_url"]: response.context["board"].late,
        response.context["near_url"]: response.context["board"].near,
        response.context["by_unit"][0].url: response.context["by_unit"][0].late,
    }
    listed = {url: client.get(url).context["page"].total for url in lines}
    assert listed == lines


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPRAISER, Role.ADMINISTRATOR])
def test_who_leads_nobody_is_refused(client, role):
    assert page(client, actor(role)).status_code == 403


def test_the_page_asks_the_database_little(client, django_assert_max_num_queries):
    for _place in range(12):
        AssignmentFactory(due_on="2024-03-01")
    signed_in(client, coordinator()).get(reverse(PAGE))

    with django_assert_max_num_queries(16):
        client.get(reverse(PAGE))
