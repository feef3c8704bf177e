"""The demo province and its documents: complete, plausible, and understood by the product itself."""

from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from docx import Document

from danvan.config.demo import make_docx, org
from danvan.documents import programmes
from danvan.documents.models import Citation, Delivery
from danvan.documents.models import Document as Source
from danvan.duties.models import Assignment, Difficulty, Extension, Theme
from danvan.org.actors import actor_of
from danvan.org.choices import Role, UnitKind
from danvan.org.models import CommitteeTerm, Person, Post, Succession, Unit, UnitName, User
from danvan.org.resolving import NameBook
from danvan.text import fold

FOLDER = Path(org.__file__).parent
SIGNED_ON = date(2024, 2, 20)
TWO_LEVELS = date(2025, 7, 1)


@pytest.fixture
def province(db):
    org.load_province()


def test_the_province_is_complete(province):
    assert _existing(SIGNED_ON) == {
        ("peoples_committee", "province"): 1,
        ("peoples_council", "province"): 1,
        ("department", "province"): 22,
        ("peoples_committee", "district"): 15,
        ("peoples_committee", "commune"): 145,
        ("public_service_unit", "province"): 3,
        ("central_agency", "province"): 4,
        ("armed_force", "province"): 3,
        ("party_body", "province"): 5,
        ("fatherland_front", "province"): 1,
        ("mass_organisation", "province"): 5,
        ("committee", "province"): 1,
    }


def test_every_district_has_eight_to_eleven_communes(province):
    districts = Unit.objects.existing(SIGNED_ON).filter(level="district")

    sizes = [Unit.objects.under(district, SIGNED_ON).count() for district in districts]

    assert sum(sizes) == 145
    assert min(sizes) == 8
    assert max(sizes) == 11


def test_no_two_names_are_alike_without_diacritics():
    names = [fold(row.name) for row in org.read_province(org.read_file())]

    assert len(set(names)) == len(names)


def test_every_department_and_district_has_one_who_does_its_work(province):
    root = Unit.objects.get(code="ubnd-tinh-tan-giang")
    state_bodies = Unit.objects.under(root, SIGNED_ON).filter(
        kind__in=[UnitKind.DEPARTMENT, UnitKind.PEOPLES_COMMITTEE]
    )

    working = Post.objects.held(SIGNED_ON).filter(role__in=[Role.OFFICER, Role.COORDINATOR])

    assert sorted(working.values_list("unit_id", flat=True)) == sorted(
        state_bodies.values_list("pk", flat=True)
    )
    officers = Person.objects.filter(user=None, posts__role=Role.OFFICER)
    assert officers.distinct().count() == 34


def test_only_the_coordinating_department_coordinates(province):
    assert [one.code for one in Unit.objects.filter(coordinates=True)] == ["so-noi-vu"]


def test_the_province_goes_on_with_two_levels(province):
    departments = ("department", "province")
    districts = ("peoples_committee", "district")

    assert _existing(date(2025, 2, 28))[departments] == 22
    assert _existing(date(2025, 3, 1))[departments] == 16
    assert _existing(date(2025, 2, 10))["party_body", "province"] == 4  # two boards are one
    assert _existing(date(2025, 6, 30))[districts] == 15
    assert _existing(TWO_LEVELS)[districts] == 0
    assert _existing(TWO_LEVELS)["peoples_committee", "commune"] == 51


def test_every_unit_that_the_reform_ended_has_a_successor(province):
    ended = Unit.objects.existing(SIGNED_ON).exclude(pk__in=Unit.objects.existing(TWO_LEVELS))
    inherited = Succession.objects.values_list("predecessor", flat=True)

    assert ended.count() == 9 + 3 + 15 + 141  # departments, Party, districts, communes
    assert set(ended.values_list("pk", flat=True)) <= set(inherited)


def test_what_is_divided_goes_to_each_in_part(province):
    shared = Unit.objects.get(code="ubnd-xa-tan-hoi")

    into = Succession.objects.filter(predecessor=shared)

    assert {one.is_whole for one in into} == {False}
    assert set(into.values_list("successor__code", flat=True)) == {
        "ubnd-phuong-tan-hiep-2025",
        "ubnd-phuong-giang-dien",
    }


def test_who_worked_for_what_ended_works_for_what_took_it_over(province):
    later = {one.username: one for one in User.objects.all()}

    for username, unit in [
        ("huyen.an.phu.dong", "ubnd-xa-an-phu-dong"),
        ("quan.tri", "so-khoa-hoc-va-cong-nghe"),
        ("dau.moi", "so-noi-vu"),
    ]:
        posts = Post.objects.held(TWO_LEVELS).filter(person__user=later[username])
        assert [post.unit.code for post in posts] == [unit]
    on = Unit.objects.existing(TWO_LEVELS)
    assert not Post.objects.held(TWO_LEVELS).exclude(unit__in=on).exists()


def test_the_steering_committee_has_its_seats(province):
    term = CommitteeTerm.objects.get()

    seats = list(term.members.all())

    assert [seat.position for seat in seats][:3] == ["head", "deputy", "deputy"]
    assert all((seat.person is None) != (seat.unit is None) for seat in seats)


def test_loading_again_changes_nothing(province):
    before = [model.objects.count() for model in (Unit, UnitName, Person, Post, User)]

    org.load_province()

    assert [model.objects.count() for model in (Unit, UnitName, Person, Post, User)] == before


def test_accounts_sign_in_and_act_in_their_post(province, on_day):
    on_day(2024, 3, 18)

    for username, password, post in org.ACCOUNTS:
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert actor_of(user).post_label == post


def test_names_of_the_plan_are_understood(province):
    book = NameBook(SIGNED_ON)

    for printed, count in {
        "Thủ trưởng các sở, ban, ngành tỉnh": 22,
        "Chủ tịch UBND các huyện, thị xã, thành phố": 15,
        "Sở Nội vụ": 1,
        "Văn phòng UBND tỉnh": 1,
        "Chủ tịch UBND tỉnh": 1,
        "Thanh tra tỉnh": 1,
        "Sở Thông tin và Truyền thông": 1,
        "Đài Phát thanh và Truyền hình tỉnh": 1,
        "Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh, Bộ Chỉ huy Bộ đội Biên phòng tỉnh": 3,
        "Các sở, ban, ngành tỉnh": 22,
        "UBND các huyện, thị xã, thành phố": 15,
        "UBND các xã, phường, thị trấn": 145,
        "UBND các cấp": 160,
        "các cơ quan, đơn vị, địa phương": 37,
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh": 6,
        "UBMTTQVN tỉnh, các tổ chức CT-XH tỉnh": 6,
        "Công an tỉnh, Bộ CHQS tỉnh, BCH BĐBP tỉnh": 3,
        "UBND TP. Tân Giang và TX. Phước Lâm": 2,
    }.items():
        resolved = book.resolve(printed)
        assert (resolved.left_over, len(resolved.units)) == ("", count), printed


def test_the_name_that_means_nobody_is_asked_about(province):
    assert "Các cơ quan hữu quan" in (FOLDER / "plan.txt").read_text("utf-8")

    resolved = NameBook(SIGNED_ON).resolve("Các cơ quan hữu quan")

    assert not resolved.is_whole


def test_every_unit_is_found_by_its_own_name_and_short_name(province):
    book = NameBook(SIGNED_ON)

    for row in UnitName.objects.filter(validity__contains=SIGNED_ON):
        for printed in {row.name, row.short_name or row.name}:
            assert book.resolve(printed).units == {str(row.unit_id)}, printed


@pytest.mark.parametrize("name", make_docx.PLANS)
def test_docx_says_what_the_text_says(name):
    document = Document(FOLDER / f"{name}.docx")
    text = (FOLDER / f"{name}.txt").read_text("utf-8")

    assert _printed(document) == [line for line in text.splitlines() if line]


@pytest.mark.parametrize("name", make_docx.PLANS)
def test_docx_is_the_one_that_the_script_makes(name):
    plan = make_docx.Plan.read((FOLDER / f"{name}.txt").read_text("utf-8"))

    made = make_docx.docx_of(plan)

    assert made == make_docx.docx_of(plan)
    assert made == (FOLDER / f"{name}.docx").read_bytes()


def test_demo_says_as_whom_to_sign_in_and_shows_something_on_every_page(db):
    out = StringIO()

    call_command("demo", port=8123, stdout=out)

    assert "http://127.0.0.1:8123/" in out.getvalue()
    assert all(username in out.getvalue() for username, _, _ in org.ACCOUNTS)
    no_page_is_empty()


def no_page_is_empty():
    assert Theme.objects.count() == 2
    assert programmes.programmes().count() == 1
    assert {one.state for one in Difficulty.objects.all()} == {"raised", "answered"}
    assert {one.state for one in Extension.objects.all()} == {"asked", "granted"}
    assert Assignment.objects.filter(state="contested").count() == 1
    assert Assignment.objects.exclude(parent=None).filter(state="done").count() == 3
    assert Delivery.objects.exists()
    replaced = Source.objects.get(number="06/KH-UBND")
    assert replaced.ended_by.number == "04/KH-UBND"
    assert Citation.objects.filter(target=replaced, document__number="21/KH-SNV").exists()


def _existing(on: date) -> Counter[tuple[str, str]]:
    """How many units of each kind and level there are on a day."""
    return Counter(Unit.objects.existing(on).values_list("kind", "level"))


def _printed(document) -> list[str]:
    """The paragraphs with text, in reading order, those in tables row by row and cell by cell."""
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            cells = [cell for row in block.rows for cell in row.cells]
            lines += [one.text for cell in cells for one in cell.paragraphs]
        else:
            lines.append(block.text)
    return [line for line in lines if line]
