from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.org import access, tree
from danvan.org.actors import SYSTEM, actor_of
from danvan.org.choices import Role
from danvan.org.models import Succession, UnitEvent
from tests.factories import (
    DelegationFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
    actor,
    coordinator,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "province", "works", "audit"),
    [
        (Role.COORDINATOR, True, True, False),
        (Role.OFFICER, False, True, False),
        (Role.APPRAISER, True, True, False),
        (Role.READER_ONLY, True, True, True),  # reads the journal, too
        (Role.LEADER_IN_CHARGE, False, True, True),  # of a department: its own unit's journal
        (Role.PETITION_HANDLER, False, True, False),
        (Role.ADMINISTRATOR, False, False, True),  # runs the system, takes no part in the work
    ],
)
def test_what_a_role_sees(role, province, works, audit):
    by = actor(role)

    assert access.sees_whole_province(by) is province
    assert access.works(by) is works
    assert access.can_see_audit(by) is audit
    assert access.can_see_whole_audit(by) is (audit and role != Role.LEADER_IN_CHARGE)
    assert access.can_see_units(by)


@pytest.mark.parametrize("role", Role)
def test_who_works_for_a_unit(role):
    by = actor(role)

    assert access.works_for(by, by.unit) is (
        role in {Role.OFFICER, Role.LEADER_IN_CHARGE, Role.COORDINATOR}
    )
    assert not access.works_for(by, UnitFactory())  # never for another's
    assert not access.works_for(by, None)


def test_a_coordinator_of_another_unit_does_not_see_the_province():
    by = actor(Role.COORDINATOR, UnitFactory(coordinates=False))

    assert not access.sees_whole_province(by)
    assert access.works_for(by, by.unit)


@pytest.mark.parametrize("role", [Role.READER_ONLY, Role.LEADER_IN_CHARGE])
@pytest.mark.parametrize(
    ("kind", "level", "province"),
    [
        ("peoples_committee", "province", True),
        ("peoples_council", "province", True),
        ("party_body", "province", True),
        ("peoples_committee", "commune", False),
        ("department", "province", False),
    ],
)
def test_leaders_at_the_top_of_the_province_follow_it(role, kind, level, province):
    by = actor(role, UnitFactory(kind=kind, level=level))

    assert access.sees_whole_province(by) is province


def test_a_board_of_the_party_committee_stands_below_it():
    committee = UnitFactory(kind="party_body")
    board = UnitFactory(kind="party_body", under=committee)

    assert access.sees_whole_province(actor(Role.READER_ONLY, committee))
    assert not access.sees_whole_province(actor(Role.READER_ONLY, board))


def test_one_reads_what_is_below_and_what_was_taken_over():
    top = UnitFactory()
    middle = UnitFactory(under=top)
    low, beside = UnitFactory(under=middle), UnitFactory(under=top)
    gone = UnitFactory()
    on = date(2020, 1, 1)
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Quyết định 1")
    Succession.objects.create(event=event, predecessor=gone, successor=low)
    gone.names.update(validity=DateRange(date(2010, 1, 1), on))
    tree.rebuild([gone.pk])

    own = set(access.own_units(actor(unit=middle)))

    assert own == {middle.pk, low.pk, gone.pk}
    assert beside.pk in set(access.own_units(actor(unit=top)))
    assert set(access.own_units(actor(Role.ADMINISTRATOR, top))) == set()


def _goes_into(gone, into, *, is_whole=True, on=date(2020, 1, 1)):
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Quyết định 1")
    Succession.objects.create(event=event, predecessor=gone, successor=into, is_whole=is_whole)
    gone.names.update(validity=DateRange(date(2010, 1, 1), on))


def test_what_went_wholly_into_a_unit_is_its_work_over_all_generations():
    first, second, last = UnitFactory(), UnitFactory(), UnitFactory()
    _goes_into(first, second, on=date(2015, 1, 1))
    _goes_into(second, last)
    by = actor(unit=last)

    assert access.works_for(by, first)
    assert access.works_for(by, second)
    assert not access.works_for(actor(Role.READER_ONLY, last), first)


def test_of_a_part_or_of_what_goes_on_nobody_else_does_the_work(on_day):
    last, parted, going_on, later = UnitFactory(), UnitFactory(), UnitFactory(), UnitFactory()
    _goes_into(parted, last, is_whole=False)
    _goes_into(going_on, last)
    going_on.names.update(validity=DateRange(date(2010, 1, 1), None))
    _goes_into(later, last, on=date(2030, 1, 1))
    on_day(2024, 3, 18)
    by = actor(unit=last)

    assert not any(access.works_for(by, one) for one in (parted, going_on, later))


def test_who_stands_in_may_what_the_absent_may():
    absent = actor()
    lent = DelegationFactory(post=absent.posts[0])

    by = actor_of(lent.to.user, post=str(lent.pk))

    assert (by.role, by.unit, by.on_behalf_of) == (absent.role, absent.unit, absent.name)
    assert by.name == lent.to.name
    assert access.works_for(by, absent.unit)
    assert set(access.own_units(by)) == {absent.unit_id}


def test_who_stands_in_chooses_between_own_posts_and_lent_ones():
    lent, own = DelegationFactory(), PostFactory()
    lent.to = own.person
    lent.save()

    first, chosen = actor_of(own.person.user), actor_of(own.person.user, post=str(lent.pk))

    assert (first.acting_for, first.unit) == (None, own.unit)
    assert (chosen.acting_for, chosen.unit) == (lent, lent.post.unit)
    assert access.can_switch_to(chosen, str(own.pk))


@pytest.mark.parametrize(
    "over", [DateRange(date(2010, 1, 1), date(2010, 2, 1)), DateRange(date(2100, 1, 1), None)]
)
def test_nobody_stands_in_but_in_the_time_of_the_delegation(over):
    lent = DelegationFactory(validity=over)

    assert actor_of(lent.to.user) is None


def test_a_post_that_ended_is_lent_to_nobody():
    lent = DelegationFactory(post__validity=DateRange(date(2010, 1, 1), date(2010, 2, 1)))

    assert actor_of(lent.to.user) is None


@pytest.mark.parametrize("role", Role)
def test_who_stands_in_neither_lends_on_nor_appoints_nor_runs_accounts(role):
    absent = actor(role)
    by = actor_of(DelegationFactory(post=absent.posts[0]).to.user)

    assert not access.can_delegate(by, absent.posts[0])
    assert not access.can_appoint(by, absent.unit, Role.OFFICER, PersonFactory())
    assert not access.can_manage_people(by)


def test_a_post_is_lent_by_its_holder_his_leader_or_the_administrator():
    by = actor()
    post = by.posts[0]

    assert access.can_delegate(by, post)
    assert access.can_delegate(actor(Role.LEADER_IN_CHARGE, by.unit), post)
    assert access.can_delegate(actor(Role.ADMINISTRATOR), post)
    assert not access.can_delegate(actor(Role.LEADER_IN_CHARGE), post)
    assert not access.can_delegate(actor(unit=by.unit), post)
    assert not access.can_delegate(coordinator(), post)


def test_who_appoints_whom():
    unit, person = UnitFactory(), PersonFactory()
    administrator, coordinating = actor(Role.ADMINISTRATOR), coordinator()
    leader = actor(Role.LEADER_IN_CHARGE, unit)

    def roles(by):
        return {role for role in Role if access.can_appoint(by, unit, role, person)}

    assert roles(administrator) == set(Role)
    assert roles(coordinating) == {Role.OFFICER, Role.LEADER_IN_CHARGE}
    assert roles(leader) == {Role.OFFICER}
    assert roles(actor(Role.LEADER_IN_CHARGE)) == set()
    assert roles(actor(unit=unit)) == set()
    for by in (administrator, coordinating, leader):
        assert not access.can_appoint(by, unit, Role.OFFICER, by.posts[0].person)


def test_the_system_itself_is_in_no_post():
    assert not access.works(SYSTEM)
    assert not access.sees_whole_province(SYSTEM)
    assert not access.can_see_units(SYSTEM)
    assert not access.can_see_audit(SYSTEM)


def test_one_switches_to_a_post_of_ones_own_only():
    by, other = actor(), actor()

    assert access.can_switch_to(by, str(by.posts[0].pk))
    assert not access.can_switch_to(by, str(other.posts[0].pk))
    assert not access.can_switch_to(by, "")


def test_require_refuses_a_no():
    access.require(True)

    with pytest.raises(PermissionDenied):
        access.require(False)
