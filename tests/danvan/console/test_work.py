import pytest
from django.urls import reverse

from danvan.definitions.models import Definition
from danvan.org.choices import Role
from danvan.periods import parse
from danvan.reports import actions as reports
from danvan.reports.models import Report
from tests.factories import (
    AssignmentFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(on_day):
    return on_day(2024, 3, 18)


def work(client, by, **asked):
    return signed_in(client, by).get(reverse("console:work"), asked)


def regimes(every):
    """The regime of the quarter, and one like it that reports as often as is said."""
    known = Definition.objects.get(kind="report_regimes", code="quarterly", version=1)
    if every != "quarter":
        body = known.body | {"every": every}
        said = {"validity": known.validity, "source": known.source, "body": body}
        Definition.objects.create(kind=known.kind, code=every, version=1, **said)


def groups(response) -> dict[str, int]:
    return {one.name: one.total for one in [*response.context["now"], *response.context["rest"]]}


@pytest.mark.parametrize(
    ("due_on", "group"),
    [
        ("2024-03-17", "overdue"),
        ("2024-03-18", "today"),
        ("2024-03-19", "week"),
        ("2024-03-24", "week"),  # the Sunday
        ("2024-03-25", "later"),
        (None, "later"),
    ],
)
def test_what_is_open_stands_in_the_group_of_its_day(client, due_on, group):
    officer = actor()
    AssignmentFactory(unit=officer.unit, due_on=due_on)

    response = work(client, officer)

    assert groups(response) == {group: 1}


def test_what_comes_later_and_what_is_past_is_folded_until_it_is_opened(client):
    officer = actor()
    AssignmentFactory(unit=officer.unit, due_on="2024-03-18")
    AssignmentFactory(unit=officer.unit, due_on="2024-05-01", duty__action="Việc tháng Năm")
    AssignmentFactory(unit=officer.unit, done=True, duty__action="Việc đã xong")

    folded = work(client, officer).content.decode()
    opened = work(client, officer, open=["later", "done"]).content.decode()

    assert "Sau đó (1)" in folded
    assert "Việc tháng Năm" not in folded
    assert "Việc tháng Năm" in opened
    assert "Việc đã xong" in opened


def test_what_a_colleague_does_is_only_in_the_whole_units(client):
    officer = actor()
    colleague = PostFactory(unit=officer.unit).person
    AssignmentFactory(unit=officer.unit, person=colleague, due_on="2024-03-18")
    AssignmentFactory(unit=officer.unit, person=officer.posts[0].person, due_on="2024-03-18")
    AssignmentFactory(unit=officer.unit, due_on="2024-03-18")  # nobody's yet

    assert groups(work(client, officer)) == {"today": 2}
    assert groups(work(client, officer, scope="unit")) == {"today": 3}


@pytest.mark.parametrize(
    ("duty", "state", "step"),
    [
        ({}, "assigned", "Tiếp nhận"),
        ({}, "in_progress", "Nộp kết quả"),
        ({}, "returned", "Nộp kết quả"),
        ({"deliverable": "kế hoạch", "deliver_to": "Sở Nội vụ"}, "assigned", "Soạn kế hoạch"),
        ({"deliverable": "báo cáo"}, "assigned", "Soạn báo cáo"),
    ],
)
def test_a_row_has_one_button_named_by_the_next_step(client, duty, state, step):
    officer = actor()
    AssignmentFactory(
        unit=officer.unit,
        duty=DutyFactory(**duty),
        occurrence="2024-Q1" if "báo cáo" in duty.values() else "",
        state=state,
        remark="Thiếu" if state == "returned" else "",
        due_on="2024-03-18",
    )

    response = work(client, officer)

    assert [row.step for one in response.context["now"] for row in one.rows] == [step]


@pytest.mark.parametrize(
    ("occurrence", "every", "step"),
    [
        ("2024-M03", "month", "Soạn báo cáo"),
        ("2024-H1", "half-year", "Soạn báo cáo"),
        ("2024-N9", "nine-month", "Soạn báo cáo"),
        ("2024-Y", "year", "Soạn báo cáo"),
        ("2024-Q1", "quarter", "Soạn báo cáo"),
        ("2024-M03", "year", "Nộp kết quả"),  # nothing says what stands in a month's
        ("2024-W12", "month", "Nộp kết quả"),
    ],
)
def test_a_report_is_written_here_where_a_regime_knows_its_period(client, occurrence, every, step):
    officer = actor()
    regimes(every)
    AssignmentFactory(
        unit=officer.unit,
        duty=DutyFactory(deliverable="báo cáo"),
        occurrence=occurrence,
        state="in_progress",
        due_on="2024-03-18",
    )

    response = work(client, officer)

    [row] = [row for one in response.context["now"] for row in one.rows]
    assert row.step == step
    assert row.period == (occurrence if step == "Soạn báo cáo" else "")
    assert (f'name="period" value="{occurrence}"' in response.content.decode()) == bool(row.period)


def test_the_button_of_a_plan_opens_its_draft(client):
    officer = actor()
    plan = AssignmentFactory(
        unit=officer.unit,
        duty=DutyFactory(deliverable="kế hoạch", deliver_to="Sở Nội vụ"),
        due_on="2024-03-18",
    )

    page = work(client, officer)
    (row,) = [row for one in page.context["now"] for row in one.rows]
    answer = client.post(row.url)

    assert row.posts
    assert 'name="csrfmiddlewaretoken"' in page.content.decode().split(row.url)[1][:200]
    assert answer.url == reverse("console:plan_draft", args=[plan.plan_drafts.get().pk])


@pytest.mark.parametrize("page", ["work", "assignment"])
def test_the_button_of_a_report_opens_its_draft(client, page):
    coordinator()
    officer = actor()
    one = AssignmentFactory(
        unit=officer.unit,
        duty=DutyFactory(deliverable="báo cáo"),
        occurrence="2024-Q1",
        state="in_progress",
        due_on="2024-03-18",
    )

    shown = signed_in(client, officer).get(
        reverse(f"console:{page}", args=[one.pk] if page == "assignment" else [])
    )
    form = shown.content.decode().split(f'action="{reverse("console:open_report")}"')[1]
    answer = client.post(reverse("console:open_report"), {"period": "2024-Q1"})

    assert '<input type="hidden" name="period" value="2024-Q1">' in form.split("</form>")[0]
    assert answer.url == reverse("console:report", args=[Report.objects.get().pk])


def test_work_is_taken_on_from_the_list_itself(client):
    officer = actor()
    one = AssignmentFactory(unit=officer.unit, due_on="2024-03-18")

    page = work(client, officer)
    (row,) = [row for one in page.context["now"] for row in one.rows]
    client.post(row.url)

    one.refresh_from_db()
    assert one.state == "in_progress"


def test_what_is_contested_waits_for_others_and_has_no_button(client):
    officer = actor()
    AssignmentFactory(
        unit=officer.unit, state="contested", remark="Không thuộc", due_on="2024-03-18"
    )

    response = work(client, officer)

    assert [row.step for one in response.context["now"] for row in one.rows] == [""]


def test_what_units_contest_and_ask_for_waits_for_who_asked(client):
    asking = coordinator()
    AssignmentFactory(
        state="contested", remark="Không thuộc", duty__asked_by=asking.unit, duty__action="Việc lạ"
    )

    response = work(client, asking)

    assert [kind.label for kind in response.context["kinds"]] == ["Đề nghị xem lại"]
    assert "Việc lạ" in response.content.decode()


def test_another_officer_sees_nothing_of_what_waits_for_the_coordinator(client):
    asking = coordinator()
    AssignmentFactory(handed_in=True, duty__confirmed_by=asking.unit)

    response = work(client, actor())

    assert response.context["kinds"] == []


def test_more_results_than_a_page_holds_are_counted_and_lead_to_the_list(client):
    asking = coordinator()
    duty = DutyFactory(confirmed_by=asking.unit)
    for _place in range(12):
        AssignmentFactory(duty=duty, handed_in=True)

    page = work(client, asking).content.decode()

    assert "Chờ xác nhận (12)" in page
    assert "Còn 2 mục nữa" in page


def test_a_draft_of_ones_report_waits_to_be_written(client):
    coordinator()
    officer = actor()
    reports.open_report("quarterly", officer.unit, parse("2024-Q1"), by=officer)

    response = work(client, officer)

    assert "Báo cáo quý I/2024" in response.content.decode()
    assert "Soạn báo cáo" in response.content.decode()


def test_the_number_in_the_navigation_counts_work_and_words_that_wait(client):
    asking = coordinator()
    AssignmentFactory(unit=asking.unit)
    AssignmentFactory(unit=asking.unit, state="requested")
    AssignmentFactory(handed_in=True, duty__confirmed_by=asking.unit)
    AssignmentFactory(unit=asking.unit, person=PersonFactory())  # a colleague's

    response = work(client, asking)

    assert response.context["navigation"][0].count == "3"


def test_nothing_to_do_is_said_with_the_way_to_the_list(client):
    page = work(client, actor()).content.decode()

    assert "Không có việc nào đang chờ. Việc mới sẽ hiện ở đây" in page
    assert reverse("console:assignments") in page


def test_who_only_follows_lands_on_the_leaders_page(client):
    response = work(client, actor(Role.READER_ONLY))

    assert response["Location"] == reverse("console:leader")


def test_the_page_asks_the_database_little_however_much_there_is(
    client, django_assert_max_num_queries
):
    asking = coordinator()
    for _place in range(5):
        AssignmentFactory(unit=asking.unit, due_on="2024-03-01")
        AssignmentFactory(handed_in=True, duty__confirmed_by=asking.unit, unit=UnitFactory())
    signed_in(client, asking).get(reverse("console:work"))

    with django_assert_max_num_queries(12):
        client.get(reverse("console:work"))


def test_a_day_on_which_nobody_waits_asks_for_no_kind(client, django_assert_max_num_queries):
    """Session, account, posts, their units, second factors, taken over, both counts, rows."""
    officer = actor()
    AssignmentFactory(unit=officer.unit, due_on="2024-03-01")
    signed_in(client, officer).get(reverse("console:work"))

    with django_assert_max_num_queries(9):
        client.get(reverse("console:work"))
