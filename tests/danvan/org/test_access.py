import pytest
from django.core.exceptions import PermissionDenied

from danvan.org import access
from danvan.org.actors import SYSTEM
from danvan.org.choices import Role
from tests.factories import UnitFactory, actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "province", "works", "audit"),
    [
        (Role.COORDINATOR, True, True, False),
        (Role.OFFICER, False, True, False),
        (Role.APPRAISER, True, True, False),
        (Role.READER_ONLY, True, True, True),  # reads the journal, too
        (Role.ADMINISTRATOR, False, False, True),  # runs the system, takes no part in the work
    ],
)
def test_what_a_role_sees(role, province, works, audit):
    by = actor(role)

    assert access.sees_whole_province(by) is province
    assert access.works(by) is works
    assert access.can_see_audit(by) is audit
    assert access.can_see_units(by)


@pytest.mark.parametrize("role", Role)
def test_who_works_for_a_unit(role):
    by = actor(role)

    assert access.works_for(by, by.unit) is (role in {Role.OFFICER, Role.COORDINATOR})
    assert not access.works_for(by, UnitFactory())  # never for another's
    assert not access.works_for(by, None)


def test_a_coordinator_of_another_unit_does_not_see_the_province():
    by = actor(Role.COORDINATOR, UnitFactory(coordinates=False))

    assert not access.sees_whole_province(by)
    assert access.works_for(by, by.unit)


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
