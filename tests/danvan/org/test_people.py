"""People, their posts, and who acts for whom."""

from datetime import date, datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan import clock
from danvan.audit.models import AuditEntry
from danvan.notices.models import Letter, Notice
from danvan.org import people
from danvan.org.actors import actor_of
from danvan.org.choices import Role
from danvan.org.models import Delegation, Post
from danvan.refusals import NotAccepted
from tests.factories import PersonFactory, PostFactory, UnitFactory, UserFactory, actor

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)
MORNING = datetime(2024, 3, 18, 8, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(MORNING):
        yield


@pytest.fixture
def by():
    return actor(Role.ADMINISTRATOR)


def verbs(subject):
    return list(AuditEntry.objects.filter(subject=subject.pk).values_list("verb", flat=True))


# People


def test_a_person_is_added(by):
    person = people.add_person(
        " Trần  Thị Mai ", form_of_address="bà", email="Mai@Tan-Giang.gov.vn", by=by
    )

    assert (person.name, person.email) == ("Trần Thị Mai", "mai@tan-giang.gov.vn")
    assert person.folded == "tran thi mai"
    assert verbs(person) == ["person_added"]


def test_a_person_added_twice_is_one(by):
    first = people.add_person("Trần Thị Mai", phone="0900", by=by)
    second = people.add_person("Trần Thị Mai", phone="0900", by=by)

    assert first == second


def test_two_of_one_name_are_two_once_one_holds_a_post(by):
    first = people.add_person("Trần Thị Mai", by=by)
    PostFactory(person=first)

    assert people.add_person("Trần Thị Mai", by=by) != first


def test_a_person_is_changed(by):
    person = PersonFactory(name="Trần Thị Mai")

    people.change_person(person, name="Trần Thị Mơ", phone="0900", by=by)
    people.change_person(person, name="Trần Thị Mơ", phone="0900", by=by)

    person.refresh_from_db()
    assert (person.name, person.folded, person.phone) == ("Trần Thị Mơ", "tran thi mo", "0900")
    assert verbs(person) == ["person_changed"]
    entry = AuditEntry.objects.get(subject=person.pk)
    assert entry.before["name"] == "Trần Thị Mai"


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"name": "  "}, "họ và tên"),
        ({"name": "Mai", "email": "mai@"}, "không phải địa chỉ"),
        ({"name": "Mai", "email": "KHAI@tan-giang.gov.vn"}, "đã là của Lê Hoàng Khải"),
    ],
)
def test_a_person_needs_a_name_and_an_address_of_his_own(by, values, match):
    PersonFactory(name="Lê Hoàng Khải", email="khai@tan-giang.gov.vn")

    with pytest.raises(NotAccepted, match=match):
        people.add_person(**values, by=by)
    with pytest.raises(NotAccepted, match=match):
        people.change_person(PersonFactory(), **values, by=by)


def test_people_are_the_administrators():
    officer = actor(Role.OFFICER)

    with pytest.raises(PermissionDenied):
        people.add_person("Mai", by=officer)
    with pytest.raises(PermissionDenied):
        people.change_person(PersonFactory(), name="Mai", by=officer)


# Posts


def test_a_post_is_given_to_its_last_day(by):
    person, unit = PersonFactory(), UnitFactory()

    post = people.appoint(
        person,
        unit,
        Role.OFFICER,
        title="Phó Giám đốc",
        from_=date(2024, 1, 1),
        to=date(2024, 6, 30),
        by=by,
    )

    assert post.validity == DateRange(date(2024, 1, 1), date(2024, 7, 1))
    assert verbs(post) == ["appointed"]


def test_an_appointment_said_twice_is_one(by):
    person, unit = PersonFactory(), UnitFactory()
    first = people.appoint(person, unit, Role.OFFICER, from_=TODAY, by=by)

    assert people.appoint(person, unit, Role.OFFICER, from_=TODAY, by=by) == first
    assert verbs(first) == ["appointed"]


@pytest.mark.parametrize(
    ("days", "match"),
    [
        ((date(2024, 5, 1), date(2024, 4, 30)), "trước ngày bắt đầu"),
        ((date(2009, 1, 1), None), "chưa có đơn vị"),
        ((date(2024, 3, 1), None), "đã giữ vai trò này trong thời gian đó, từ ngày 01/01/2010"),
    ],
)
def test_a_post_is_held_once_and_in_a_unit_that_exists(by, days, match):
    post = PostFactory()

    with pytest.raises(NotAccepted, match=match):
        people.appoint(post.person, post.unit, post.role, from_=days[0], to=days[1], by=by)


def test_no_post_outlives_its_unit(by):
    unit = UnitFactory()
    unit.names.update(validity=DateRange(date(2010, 1, 1), date(2025, 7, 1)))
    person = PersonFactory()

    with pytest.raises(NotAccepted, match="kết thúc từ ngày 01/07/2025"):
        people.appoint(person, unit, Role.OFFICER, from_=TODAY, by=by)

    post = people.appoint(person, unit, Role.OFFICER, from_=TODAY, to=date(2025, 6, 30), by=by)
    with pytest.raises(NotAccepted, match="kết thúc từ ngày 01/07/2025"):
        people.change_post(post, title="", from_=TODAY, to=date(2025, 7, 1), by=by)


def test_nobody_gives_a_post_to_himself(by):
    own = by.posts[0].person

    with pytest.raises(PermissionDenied):
        people.appoint(own, UnitFactory(), Role.APPRAISER, from_=TODAY, by=by)


def test_a_posts_title_and_days_are_corrected(by):
    post = PostFactory()

    people.change_post(post, title="Giám đốc", from_=date(2024, 1, 1), by=by)
    people.change_post(post, title="Giám đốc", from_=date(2024, 1, 1), by=by)

    post.refresh_from_db()
    assert (post.title, post.validity) == ("Giám đốc", DateRange(date(2024, 1, 1), None))
    assert verbs(post) == ["post_changed"]


def test_a_post_is_not_stretched_over_another(by):
    first = PostFactory(validity=DateRange(date(2020, 1, 1), date(2022, 1, 1)))
    PostFactory(person=first.person, unit=first.unit, validity=DateRange(date(2023, 1, 1), None))

    with pytest.raises(NotAccepted, match="từ ngày 01/01/2023"):
        people.change_post(first, title="", from_=date(2020, 1, 1), by=by)


def test_a_post_ends_once(by):
    post = PostFactory()

    people.end_post(post, on=TODAY, reason="Nghỉ hưu", by=by)
    people.end_post(post, on=TODAY, reason="Nghỉ hưu", by=by)

    post.refresh_from_db()
    assert post.validity.upper == TODAY
    assert verbs(post) == ["post_ended"]
    with pytest.raises(NotAccepted, match="đã thôi giữ vai trò từ ngày 18/03/2024"):
        people.end_post(post, on=date(2024, 5, 1), reason="", by=by)


def test_a_post_is_held_for_a_day_at_least(by):
    post = PostFactory(validity=DateRange(TODAY, None))

    with pytest.raises(NotAccepted, match="bắt đầu ngày 18/03/2024"):
        people.end_post(post, on=TODAY, reason="", by=by)
    with pytest.raises(IntegrityError, match="post_has_a_first_day"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(validity=DateRange(TODAY, TODAY))


# Delegations


@pytest.fixture
def post():
    return PostFactory(unit=UnitFactory(called="Sở Tư pháp"))


def holder(post):
    found = actor_of(post.person.user)
    assert found is not None
    return found


def lend(post, to=None, *, by=None, from_=TODAY, to_day=date(2024, 3, 22), reason="Đi công tác"):
    return people.delegate(
        post,
        to or PersonFactory(),
        from_=from_,
        to_day=to_day,
        reason=reason,
        by=by or holder(post),
    )


def test_a_colleague_acts_for_the_holder_on_these_days(post):
    colleague = PersonFactory(user=UserFactory())

    lent = lend(post, colleague)

    assert lent.validity == DateRange(TODAY, date(2024, 3, 23))  # the last day counts
    acting = actor_of(colleague.user)
    assert acting is not None
    assert (acting.role, acting.unit, acting.acting_for) == (Role.OFFICER, post.unit, lent)
    told = Notice.objects.get(recipient=colleague.user_id)
    assert told.text == (
        f"Được giao làm thay {post.person.name} (Cán bộ phụ trách, Sở Tư pháp), "
        "18/03/2024 – 22/03/2024."
    )
    assert verbs(lent) == ["delegated"]


def test_a_delegation_said_twice_is_one(post):
    colleague = PersonFactory()

    assert lend(post, colleague) == lend(post, colleague)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"reason": " "}, "lý do"),
        ({"from_": date(2024, 3, 17)}, "đã qua"),
        ({"to_day": date(2024, 3, 17)}, "trước ngày bắt đầu"),
        ({"to_day": date(2024, 7, 1)}, "01/01/2020 – 30/06/2024"),  # of the post
    ],
)
def test_a_delegation_stays_within_its_post(post, values, match):
    post.validity = DateRange(date(2020, 1, 1), date(2024, 7, 1))
    post.save()

    with pytest.raises(NotAccepted, match=match):
        lend(post, **values)
    assert not Delegation.objects.exists()


def test_a_post_is_lent_to_another_and_to_one_only(post, by):
    with pytest.raises(NotAccepted, match="chính người giữ"):
        lend(post, post.person)
    with pytest.raises(NotAccepted, match="Không tự nhận"):
        lend(post, by.posts[0].person, by=by)

    lend(post, PersonFactory(name="Lê Hoàng Khải"))
    with pytest.raises(NotAccepted, match="Lê Hoàng Khải làm thay từ 18/03/2024 đến 22/03/2024"):
        lend(post, from_=date(2024, 3, 22), to_day=date(2024, 4, 1))


def test_what_is_lent_is_not_lent_on(post):
    colleague = PersonFactory()
    lend(post, colleague)
    acting = actor_of(colleague.user)
    assert acting is not None

    with pytest.raises(PermissionDenied):
        lend(post, from_=date(2024, 4, 1), to_day=date(2024, 4, 2), by=acting)


def test_a_delegation_ends_today(post):
    with clock.at(datetime(2024, 3, 11, 8, tzinfo=clock.ZONE)):
        lent = lend(post, from_=date(2024, 3, 11))

    people.end_delegation(lent, by=holder(post))
    people.end_delegation(lent, by=holder(post))

    lent.refresh_from_db()
    assert lent.validity.upper == TODAY
    assert verbs(lent).count("delegation_ended") == 1


def test_a_delegation_without_a_day_behind_it_is_taken_back(post):
    lent = lend(post)

    people.end_delegation(lent, by=holder(post))
    people.end_delegation(lent, by=holder(post))

    assert not Delegation.objects.exists()
    assert AuditEntry.objects.filter(verb="delegation_ended", subject=lent.pk).count() == 1


def test_a_delegation_ends_with_its_post(post, by):
    lent = lend(post)

    people.end_post(post, on=date(2024, 3, 20), reason="Chuyển công tác", by=by)

    lent.refresh_from_db()
    assert lent.validity.upper == date(2024, 3, 20)


def test_a_delegation_of_days_that_the_post_lost_is_taken_back(post, by):
    lend(post, from_=date(2024, 3, 20))

    people.end_post(post, on=date(2024, 3, 20), reason="Chuyển công tác", by=by)

    assert not Delegation.objects.exists()


# What is told of it


def told(who):
    return [one.text for one in Notice.objects.filter(recipient=who.person.user_id)]


def test_a_changed_address_is_told_at_the_old_one_and_ends_sessions(by):
    person = PersonFactory(email="cu@tinh.example", user__email="cu@tinh.example")
    store = SessionStore(session_key="a" * 32)
    store.save(must_create=True)
    UserSession.objects.create(
        user=person.user, ip="192.0.2.7", session_key="a" * 32, user_agent="x"
    )

    people.change_person(person, name=person.name, email="moi@tinh.example", by=by)

    letter = Letter.objects.get()
    assert letter.to == "cu@tinh.example"
    assert "từ cu@tinh.example thành moi@tinh.example" in letter.body
    assert Notice.objects.get(recipient=person.user_id).text in letter.body
    assert not UserSession.objects.filter(user=person.user).exists()
    assert not SessionStore().exists("a" * 32)


def test_who_changes_his_own_address_or_something_else_is_not_told(by):
    own = by.posts[0].person
    people.change_person(own, name=own.name, email="moi@tinh.example", by=by)
    other = PersonFactory(email="hai@tinh.example")
    people.change_person(other, name="Tên Khác", email=other.email, by=by)

    assert not Letter.objects.exists()
    assert not Notice.objects.exists()


def test_a_units_leaders_hear_of_a_post_that_the_administrator_gives(by):
    unit = UnitFactory(called="Sở Tư pháp")
    leader = PostFactory(unit=unit, role=Role.LEADER_IN_CHARGE)
    person = PersonFactory(name="Người Mới")
    given = people.appoint(person, unit, Role.OFFICER, from_=TODAY, by=by)

    said = "cho Người Mới vai trò Cán bộ phụ trách, Sở Tư pháp."
    assert [one.endswith(said) for one in told(leader)] == [True]
    people.change_post(given, title="Chuyên viên", from_=TODAY, by=by)
    assert len(told(leader)) == 1
    people.change_post(given, title="", from_=TODAY, to=date(2030, 1, 1), by=by)
    assert len(told(leader)) == 2


def test_where_a_unit_has_no_leader_the_coordinating_department_hears_of_it(by):
    coordinator = PostFactory(role=Role.COORDINATOR, unit=UnitFactory(coordinates=True))
    people.appoint(PersonFactory(), UnitFactory(), Role.APPRAISER, from_=TODAY, by=by)
    new = PersonFactory()
    people.appoint(new, coordinator.unit, Role.COORDINATOR, from_=TODAY, by=by)

    assert len(told(coordinator)) == 2
    assert not Notice.objects.filter(recipient=new.user_id).exists()


def test_posts_of_administrators_and_what_others_give_are_told_to_nobody(by):
    leader = PostFactory(role=Role.LEADER_IN_CHARGE)
    people.appoint(PersonFactory(), leader.unit, Role.ADMINISTRATOR, from_=TODAY, by=by)
    own = actor_of(leader.person.user)
    people.appoint(PersonFactory(), leader.unit, Role.OFFICER, from_=TODAY, by=own)

    assert told(leader) == []


def test_the_holder_hears_that_another_lent_his_post(by):
    post, to = PostFactory(), PersonFactory(name="Người Thay")
    days = {"from_": TODAY, "to_day": date(2024, 4, 1), "reason": "Đi học"}
    people.delegate(post, to, **days, by=by)

    assert ["giao Người Thay làm thay (" in one for one in told(post)] == [True]


def test_the_database_keeps_an_address_to_one_person_in_any_writing():
    PersonFactory(email="mai.phuong@tangiang.example")
    PersonFactory(email="")
    PersonFactory(email="")

    with pytest.raises(IntegrityError, match="address_is_one_persons"), transaction.atomic():
        PersonFactory(email="Mai.Phuong@tangiang.example")
