import pytest

from danvan.notices import actions
from danvan.notices.actions import Message
from danvan.notices.choices import Way
from danvan.notices.models import Notice, Preference
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


def test_tell_says_to_each_what_it_is_about(unit):
    one, other = UserFactory(), UserFactory()

    actions.tell([one.pk, other.pk], event="e:1", text="Có việc mới", about=unit, needs_action=True)

    assert {notice.recipient for notice in Notice.objects.all()} == {one.pk, other.pk}
    notice = Notice.objects.of(one.pk).get()
    assert (notice.text, notice.needs_action, notice.read_at) == ("Có việc mới", True, None)
    assert (notice.subject_kind, notice.subject) == ("org.unit", unit.pk)


def test_an_event_is_told_to_a_person_once(unit):
    user = UserFactory()

    actions.tell([user.pk], event="e:1", text="Lần đầu", about=unit)
    actions.tell([user.pk, user.pk], event="e:1", text="Lần nữa", about=unit)

    assert Notice.objects.of(user.pk).get().text == "Lần đầu"


def test_who_comes_later_is_told_of_an_event_that_others_know(unit):
    first, later = UserFactory(), UserFactory()
    actions.tell([first.pk], event="e:1", text="Có việc mới", about=unit)

    actions.tell([first.pk, later.pk], event="e:1", text="Có việc mới", about=unit)

    assert Notice.objects.of(first.pk).count() == Notice.objects.of(later.pk).count() == 1


def test_an_event_that_was_read_is_not_told_again(unit):
    user = UserFactory()
    actions.tell([user.pk], event="e:1", text="Có việc mới", about=unit)
    actions.mark_read(user.pk)

    actions.tell([user.pk], event="e:1", text="Có việc mới", about=unit)

    assert not Notice.objects.of(user.pk).unread().exists()


def test_many_messages_are_one_question_and_one_write(unit, django_assert_num_queries):
    users = [UserFactory().pk for _ in range(3)]
    messages = [Message(users, f"e:{number}", "Có việc mới", unit) for number in range(4)]

    with django_assert_num_queries(2):
        actions.tell_all(messages)

    assert Notice.objects.count() == 12


def test_a_long_text_is_cut_to_what_a_notice_holds(unit):
    user = UserFactory()

    actions.tell([user.pk], event="e:1", text="dài " * 200, about=unit)

    assert len(Notice.objects.of(user.pk).get().text) == 500


def test_mark_read_is_for_ones_own_notices_only(unit):
    user, other = UserFactory(), UserFactory()
    actions.tell([user.pk, other.pk], event="e:1", text="Có việc mới", about=unit)

    actions.mark_read(user.pk)

    assert not Notice.objects.of(user.pk).unread().exists()
    assert Notice.objects.of(other.pk).unread().count() == 1


def test_mark_read_again_keeps_when_it_was_read_first(unit):
    user = UserFactory()
    actions.tell([user.pk], event="e:1", text="Có việc mới", about=unit)
    actions.mark_read(user.pk)
    first = Notice.objects.of(user.pk).get().read_at

    actions.mark_read(user.pk)

    assert Notice.objects.of(user.pk).get().read_at == first


@pytest.mark.parametrize(
    ("way", "is_urgent", "to_mail"),
    [
        (None, False, False),  # a digest a day
        (Way.DAILY, False, False),
        (Way.AT_ONCE, False, True),
        (Way.NONE, False, False),
        (None, True, True),  # what is late or returned goes out at once whatever one prefers
        (Way.NONE, True, True),
    ],
)
def test_whether_a_letter_is_to_be_written(unit, way, is_urgent, to_mail):
    user = UserFactory()
    if way:
        actions.prefer(user.pk, way=way, hour=7)

    actions.tell([user.pk], event="e:1", text="Có việc mới", about=unit, is_urgent=is_urgent)

    assert Notice.objects.of(user.pk).get().to_mail == to_mail


def test_what_one_prefers_last_holds(unit):
    user = UserFactory()

    actions.prefer(user.pk, way=Way.NONE, hour=7)
    actions.prefer(user.pk, way=Way.DAILY, hour=9)

    kept = Preference.objects.get(recipient=user.pk)
    assert (kept.way, kept.hour) == ("daily", 9)
