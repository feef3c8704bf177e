from datetime import date
from uuid import uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from icalendar import Calendar

from danvan.org.models import User
from tests.factories import AssignmentFactory, UnitFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def days(response):
    return {day.on: day for week in response.context["weeks"] for day in week}


def test_a_month_shows_what_is_due_and_how_much_more(client):
    officer = actor()
    for _place in range(10):
        AssignmentFactory(unit=officer.unit, due_on="2024-03-20")
    AssignmentFactory(due_on="2024-03-20")  # another unit's

    response = signed_in(client, officer).get(reverse("console:calendar"))

    found = days(response)[date(2024, 3, 20)]
    assert (len(found.entries), found.rest) == (4, 6)
    assert "+6 việc" in response.content.decode()


def test_what_is_open_stands_before_what_is_done(client):
    officer = actor()
    for _place in range(3):
        AssignmentFactory(unit=officer.unit, due_on="2024-03-20", done=True)
    for _place in range(2):
        AssignmentFactory(unit=officer.unit, due_on="2024-03-20")

    response = signed_in(client, officer).get(reverse("console:calendar"))

    found = days(response)[date(2024, 3, 20)]
    assert [one.one.is_open for one in found.entries] == [True, True, False, False]
    assert found.rest == 1


def test_many_days_ask_the_database_no_more_than_one(client, django_assert_max_num_queries):
    officer = actor()
    for day in range(4, 29):
        AssignmentFactory(unit=officer.unit, due_on=f"2024-03-{day:02}")
        AssignmentFactory(unit=officer.unit, due_on=f"2024-03-{day:02}", done=True)
    signed_in(client, officer).get(reverse("console:calendar"))

    with django_assert_max_num_queries(13):
        client.get(reverse("console:calendar"))


def test_a_week_shows_all_of_its_days(client):
    officer = actor()
    for _place in range(6):
        AssignmentFactory(unit=officer.unit, due_on="2024-03-20")

    response = signed_in(client, officer).get(reverse("console:calendar"), {"view": "week"})

    assert list(days(response)) == [date(2024, 3, day) for day in range(18, 25)]
    assert len(days(response)[date(2024, 3, 20)].entries) == 6


def test_days_off_are_named(client):
    response = signed_in(client, actor()).get(reverse("console:calendar"), {"day": "2024-04-01"})

    assert "Hùng" in days(response)[date(2024, 4, 18)].off


def test_a_year_without_a_calendar_is_said_in_words(client):
    response = signed_in(client, actor()).get(reverse("console:calendar"), {"day": "2099-06-01"})

    assert "Chưa có lịch làm việc năm 2099" in response.content.decode()


def test_only_who_follows_all_units_sees_theirs(client):
    AssignmentFactory(due_on="2024-03-20", duty__action="Việc của đơn vị khác")
    address = reverse("console:calendar")

    followed = signed_in(client, coordinator()).get(address, {"scope": "all"}).content.decode()
    refused = signed_in(client, actor()).get(address, {"scope": "all"}).content.decode()

    assert "Việc của đơn vị khác" in followed
    assert "Việc của đơn vị khác" not in refused


def feed(client, by):
    signed_in(client, by).post(reverse("console:feed_address"))
    key = User.objects.get(pk=by.user_id).feed_key
    client.logout()
    return client.get(reverse("feed", args=[key]))


def events(response) -> dict[str, object]:
    return {str(one["uid"]): one for one in Calendar.from_ical(response.content).walk("VEVENT")}


def test_the_feed_holds_ones_open_work_as_whole_days(client):
    officer = actor()
    one = AssignmentFactory(unit=officer.unit, due_on="2024-03-20", duty__action="Gửi kế hoạch")
    AssignmentFactory(unit=officer.unit, done=True)
    AssignmentFactory()

    found = events(feed(client, officer))

    assert list(found) == [f"{one.pk}@danvan"]
    event = found[f"{one.pk}@danvan"]
    assert event.decoded("dtstart") == date(2024, 3, 20)
    assert event.decoded("dtend") == date(2024, 3, 21)
    assert str(event["summary"]) == "Hạn: Gửi kế hoạch"
    assert str(event["url"]).endswith(reverse("console:assignment", args=[one.pk]))


def test_an_event_that_changes_keeps_its_name_and_counts_up(client):
    officer = actor()
    one = AssignmentFactory(unit=officer.unit, assigned_at="2024-03-01T08:00+07:00")
    one.changed_at = "2024-03-02T08:00+07:00"
    one.save()
    before = events(feed(client, officer))
    one.changed_at, one.due_on = "2024-03-03T08:00+07:00", "2024-05-02"
    one.save()

    after = events(feed(client, officer))

    assert list(before) == list(after)
    uid = f"{one.pk}@danvan"
    assert int(after[uid]["sequence"]) > int(before[uid]["sequence"])


def test_nothing_in_the_feed_names_a_person(client):
    officer = actor()
    AssignmentFactory(unit=officer.unit, person=officer.posts[0].person)

    assert officer.name not in feed(client, officer).content.decode()


def test_a_renewed_address_leaves_the_old_one_dead(client):
    officer = actor()
    feed(client, officer)
    old = User.objects.get(pk=officer.user_id).feed_key

    signed_in(client, officer).post(reverse("console:feed_address"), {"renew": "1"})

    assert client.get(reverse("feed", args=[old])).status_code == 404
    assert User.objects.get(pk=officer.user_id).feed_key != old


def test_asking_again_gives_the_same_address(client):
    officer = actor()
    signed_in(client, officer)

    client.post(reverse("console:feed_address"))
    first = User.objects.get(pk=officer.user_id).feed_key
    client.post(reverse("console:feed_address"))

    assert User.objects.get(pk=officer.user_id).feed_key == first
    assert first.version == 4


def test_who_holds_no_post_any_more_has_an_empty_calendar(client):
    officer = actor()
    AssignmentFactory(unit=officer.unit)
    post = officer.posts[0]
    answer = feed(client, officer)
    post.validity = DateRange(date(2010, 1, 1), date(2024, 3, 1))
    post.save()
    key = User.objects.get(pk=officer.user_id).feed_key

    ended = client.get(reverse("feed", args=[key]))

    assert len(events(answer)) == 1
    assert (ended.status_code, len(events(ended))) == (200, 0)


def test_a_locked_account_and_a_guessed_address_are_not_found(client):
    officer = actor()
    feed(client, officer)
    user = User.objects.get(pk=officer.user_id)
    user.is_active = False
    user.save()

    assert client.get(reverse("feed", args=[user.feed_key])).status_code == 404
    assert client.get(reverse("feed", args=[uuid4()])).status_code == 404


def test_the_calendar_asks_the_database_little(client, django_assert_max_num_queries):
    by = coordinator()
    for day in range(1, 29):
        AssignmentFactory(due_on=date(2024, 3, day), unit=UnitFactory())
    signed_in(client, by)

    with django_assert_max_num_queries(20):
        client.get(reverse("console:calendar"))
