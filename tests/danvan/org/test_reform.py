"""Steps of the reform on a small province: who goes on, who begins, who takes over from whom."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.org.choices import EventKind, Role
from danvan.org.country.reform import Act, Step, apply, read_steps
from danvan.org.models import Post, Succession, Unit, UnitEvent, UnitPath
from tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 1)
EVE = date(2025, 2, 28)
ACT = Act(DAY, EventKind.MERGED, "Nghị quyết số 05/NQ-HĐND ngày 19/02/2025")
DEPARTMENTS = [
    "Sở Nội vụ",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Y tế",
    "Sở Tài nguyên và Môi trường",
    "Sở Nông nghiệp và Phát triển nông thôn",
]


@pytest.fixture
def province():
    """Name → unit; the departments stand under the People's Committee."""
    top = UnitFactory(called="UBND tỉnh Lộc Giang", kind="peoples_committee", level="province")
    made = {
        name: UnitFactory(called=name, kind="department", level="province", under=top)
        for name in DEPARTMENTS
    }
    return {"top": top, **made}


def names(as_of: date) -> set[str]:
    return {unit.name for unit in Unit.objects.existing(as_of).named(as_of)}


def test_a_department_that_takes_over_goes_on(province):
    apply([Step(ACT, "Sở Nội vụ", takes=(DEPARTMENTS[1],))], province.values())

    one = Succession.objects.get()
    assert (one.predecessor, one.successor) == (province[DEPARTMENTS[1]], province["Sở Nội vụ"])
    assert one.is_whole
    assert names(EVE) - names(DAY) == {DEPARTMENTS[1]}


def test_a_new_department_begins_where_the_old_ones_stood(province):
    apply(
        [Step(ACT, "Sở Nông nghiệp và Môi trường", takes=tuple(DEPARTMENTS[3:]))],
        province.values(),
    )

    new = Unit.objects.get(code="so-nong-nghiep-va-moi-truong")
    assert (new.kind, new.level) == ("department", "province")
    assert UnitPath.objects.above(new, DAY).filter(ancestor=province["top"], depth=1).exists()
    left = UnitPath.objects.below(new, DAY).filter(inherited=True)
    assert set(left.values_list("unit", flat=True)) == {province[one].pk for one in DEPARTMENTS[3:]}
    assert not UnitPath.objects.above(province[DEPARTMENTS[3]], DAY).filter(depth=0).exists()


def test_what_is_taken_by_several_is_taken_in_part(province):
    apply(
        [
            Step(ACT, "Sở Nội vụ", takes=(DEPARTMENTS[1],)),
            Step(ACT, "Sở Y tế", parts=(DEPARTMENTS[1],)),
        ],
        province.values(),
    )

    assert {one.is_whole for one in Succession.objects.all()} == {False}


def test_a_new_unit_of_an_old_name_is_another_unit(province):
    apply([Step(ACT, "Sở Y tế", takes=("Sở Y tế", "Sở Nội vụ"))], province.values())

    bearers = {on: Unit.objects.existing(on).named(on).get(name="Sở Y tế").pk for on in (EVE, DAY)}
    assert bearers[EVE] == province["Sở Y tế"].pk != bearers[DAY]


def test_names_that_a_province_does_not_have_are_passed_over(province):
    apply([Step(ACT, "Sở Du lịch", takes=("Sở Biển đảo",))], province.values())

    assert not UnitEvent.objects.exists()
    assert names(DAY) == names(EVE)


def test_who_holds_a_post_in_what_ends_holds_it_until_then(province):
    post = Post.objects.create(
        person=PersonFactory(),
        unit=province[DEPARTMENTS[1]],
        role=Role.OFFICER,
        validity=DateRange(date(2021, 7, 1), None),
    )

    apply([Step(ACT, "Sở Nội vụ", takes=(DEPARTMENTS[1],))], province.values())

    post.refresh_from_db()
    assert post.validity.upper == DAY
    assert post.ended_by == UnitEvent.objects.get()


def test_the_pattern_fits_a_province_that_has_some_of_its_units(province):
    apply(read_steps(acts={"departments": ACT.basis}), province.values())

    assert names(date(2025, 7, 1)) == {
        "UBND tỉnh Lộc Giang",
        "Sở Nội vụ",
        "Sở Y tế",
        "Sở Nông nghiệp và Môi trường",
    }
    assert set(UnitEvent.objects.values_list("basis", flat=True)) == {ACT.basis}
    assert all(UnitEvent.objects.values_list("is_verified", flat=True))


def test_every_step_of_the_pattern_has_its_act():
    steps = read_steps()

    assert all(step.act.basis and step.to for step in steps)
    assert {step.act.kind for step in steps if step.moves} == {EventKind.MOVED}
