import pytest

from danvan.org.choices import Role
from danvan.scores import access
from tests.danvan.scores.factories import opened
from tests.factories import actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.COORDINATOR, 3),
        (Role.APPRAISER, 3),
        (Role.READER_ONLY, 3),
        (Role.OFFICER, 0),  # of a unit that has no sheet
        (Role.ADMINISTRATOR, 0),  # accounts, not work
    ],
)
def test_who_sees_how_many_sheets(role, sees):
    opened()
    stranger = actor(role)

    assert access.visible_to(stranger).count() == sees


def test_an_officer_sees_the_own_units_sheet():
    stage = opened()

    assert access.visible_to(stage.officer).get() == stage.score
