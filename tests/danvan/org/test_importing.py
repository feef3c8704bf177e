"""Units and people from a workbook: what would happen, what then happens, and the way back."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from openpyxl import load_workbook

from danvan.audit.models import AuditEntry
from danvan.config.demo.org import load_province
from danvan.org.choices import ImportState, Outcome, Role
from danvan.org.importing import blank, drafts, giving_out, previewing, taking_in
from danvan.org.models import (
    OrgImport,
    Person,
    Unit,
    UnitEvent,
    UnitName,
    UnitPath,
)
from danvan.org.sheets.reading import read
from danvan.org.sheets.shape import NotRead, Row
from danvan.org.sheets.writing import write
from tests.factories import PersonFactory, PostFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
TOP = {
    "name": "UBND tỉnh Tân Giang",
    "kind": "Ủy ban nhân dân",
    "level": "Cấp tỉnh",
    "since": "2025-07-01",
}
COMMUNE = {**TOP, "level": "Cấp xã", "parent": "UBND tỉnh Tân Giang"}


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Without a process for each file; the tests of sheets and of the console's page start those."""
    monkeypatch.setattr(drafts, "read_apart", read)


@pytest.fixture
def administrator():
    return actor(Role.ADMINISTRATOR, UnitFactory(called="Trung tâm Thông tin", code="trung-tam"))


def brought(by, *, units=(), people=()):
    """An import of these rows, looked at."""
    rows = [Row("units", at, cells) for at, cells in enumerate(units, start=2)]
    rows += [Row("people", at, cells) for at, cells in enumerate(people, start=2)]
    made = drafts.draft(write(rows), "don-vi.xlsx", default_on=DAY, by=by)
    return made, previewing.preview(made, by=by)


def taken_in(by, **rows):
    made, looked = brought(by, **rows)
    return taking_in.confirm(made, seen_as=looked.digest, by=by)


def said(looked):
    """Sheet and row → what is wrong, as columns and words."""
    return {
        (plan.row.sheet, plan.row.number): [
            (one.column, one.msgid % one.values) for one in plan.reasons
        ]
        for plan in looked.plans
        if plan.reasons
    }


def outcomes(looked):
    return [plan.outcome for plan in looked.plans]


def test_nothing_changes_until_it_is_confirmed(administrator):
    before = Unit.objects.count()

    made, looked = brought(administrator, units=[TOP, {**COMMUNE, "name": "UBND xã Bến Đá"}])

    assert outcomes(looked) == [Outcome.NEW, Outcome.NEW]
    assert Unit.objects.count() == before
    assert made.state == ImportState.PREVIEWED


def test_good_rows_become_units_in_their_place_with_one_event_for_one_document(administrator):
    basis = "Nghị quyết số 12/NQ-HĐND ngày 30/6/2025"
    below_first = [
        {**COMMUNE, "name": "UBND xã Bến Đá", "statistics": "70", "basis": basis},
        {**TOP, "basis": basis, "aliases": "UBND tỉnh; Ủy ban tỉnh"},
    ]

    done = taken_in(administrator, units=below_first)

    commune = Unit.objects.named(DAY).get(code="ubnd-xa-ben-da")
    top = Unit.objects.named(DAY).get(code="ubnd-tinh-tan-giang")
    event = UnitEvent.objects.get()
    assert done.state == ImportState.DONE and done.rows == []
    assert commune.codes.get().code == "00070"
    assert top.names.get().aliases == ["UBND tỉnh", "Ủy ban tỉnh"]
    assert {one.unit_id for one in event.names.all()} == {commune.pk, top.pk}
    assert UnitPath.objects.above(commune, DAY).filter(ancestor=top, depth=1).exists()
    entries = AuditEntry.objects.filter(verb="unit_established")
    assert {one.subject for one in entries} == {commune.pk, top.pk}


def test_confirming_twice_does_nothing_twice(administrator):
    made, looked = brought(administrator, units=[TOP])
    taking_in.confirm(made, seen_as=looked.digest, by=administrator)
    entries = AuditEntry.objects.count()

    taking_in.confirm(made, seen_as=looked.digest, by=administrator)

    assert UnitName.objects.filter(name=TOP["name"]).count() == 1
    assert AuditEntry.objects.count() == entries


def test_what_changed_since_it_was_looked_at_is_looked_at_again(administrator):
    made, looked = brought(administrator, units=[TOP])
    UnitFactory(called=TOP["name"], kind="peoples_committee")

    with pytest.raises(taking_in.Changed):
        taking_in.confirm(made, seen_as=looked.digest, by=administrator)

    assert OrgImport.objects.get(pk=made.pk).state == ImportState.PREVIEWED
    assert outcomes(previewing.preview(made, by=administrator)) == [Outcome.SAME]


def test_rows_already_in_are_not_doubled_when_the_file_comes_again(administrator):
    bad = {**COMMUNE, "name": "UBND xã Sai", "parent": "UBND huyện Không Có"}
    people = [{"name": "Lê Thử", "unit": TOP["name"], "role": "Cán bộ phụ trách"}]
    first = taken_in(administrator, units=[TOP, bad], people=people)
    corrected = {**bad, "parent": TOP["name"]}

    made, looked = brought(administrator, units=[TOP, corrected], people=people)

    assert first.counts == {"new": 2, "bad": 1}
    assert [one["cells"]["name"] for one in first.rows] == ["UBND xã Sai"]
    assert outcomes(looked) == [Outcome.SAME, Outcome.NEW, Outcome.SAME]


BAD_UNITS = [
    ({**COMMUNE, "name": "A", "parent": "Không Có"}, "parent", "Không có đơn vị “Không Có”"),
    ({**COMMUNE, "name": "A", "parent": "A"}, "parent", "không thể trực thuộc chính nó"),
    ({**COMMUNE, "name": "A", "kind": "Câu lạc bộ"}, "kind", "Không có loại đơn vị “Câu lạc bộ”"),
    ({**COMMUNE, "name": "A", "kind": ""}, "kind", "Đơn vị mới phải ghi Loại"),
    ({**COMMUNE, "name": "A", "level": "Cấp trời"}, "level", "Không có cấp “Cấp trời”"),
    ({**COMMUNE, "name": "A", "since": "31/02/2025"}, "since", "“31/02/2025” không phải ngày"),
    ({**COMMUNE, "name": "A", "until": "2025-06-01"}, "until", "Đến ngày trước Từ ngày"),
    ({**COMMUNE, "name": "", "short_name": "A"}, "name", "Chưa ghi tên"),
    ({**COMMUNE, "name": "A" * 201}, "name", "Dài quá 200 ký tự"),
    ({**COMMUNE, "name": "A", "statistics": "12A"}, "statistics", "không đúng dạng mã"),
    ({**COMMUNE, "name": "A", "code": "Mã Lạ!"}, "code", "Mã chỉ gồm chữ thường"),
    ({**COMMUNE, "name": "A", "parent": "UBND xã Đã Hết"}, "parent", "kết thúc từ ngày 01/01/2025"),
    ({**COMMUNE, "name": "UBND xã Bến Thử"}, "name", "Trùng tên và cấp trên với dòng 3"),
    ({**TOP, "name": "Lớn", "parent": "UBND xã Bến Thử"}, "parent", "ở cấp thấp hơn đơn vị này"),
]


@pytest.mark.parametrize(("cells", "column", "words"), BAD_UNITS)
def test_a_bad_row_of_units_is_named_with_its_column_and_why(administrator, cells, column, words):
    ended = UnitFactory(called="", level="commune")
    ended.names.all().delete()
    days = DateRange(date(2010, 1, 1), date(2025, 1, 1))
    UnitName.of(ended, "UBND xã Đã Hết", validity=days).save()

    _, looked = brought(administrator, units=[TOP, {**COMMUNE, "name": "UBND xã Bến Thử"}, cells])

    assert list(said(looked)) == [("units", 4)]
    [(named, why)] = said(looked)["units", 4]
    assert named == column and words in why


def test_circles_of_any_length_and_all_that_hangs_on_them_are_named(administrator):
    chain = [{**COMMUNE, "name": name, "parent": above} for name, above in ("AB", "BC", "CA", "DA")]

    _, looked = brought(administrator, units=chain)

    wrong = said(looked)
    assert "vòng quanh" in wrong["units", 2][0][1] and "A → B → C → A" in wrong["units", 2][0][1]
    assert "Cấp trên ở dòng 2 chưa nhập được" in wrong["units", 5][0][1]
    assert set(outcomes(looked)) == {Outcome.BAD}


def existing(**values):
    top = UnitFactory(called="UBND tỉnh", kind="peoples_committee", code="ubnd-tinh")
    one = UnitFactory(called="Sở Cũ", code="so-cu", under=top)
    other = UnitFactory(called="Sở Trên", code="so-tren", under=top)
    return top, one, other


CHANGE = {"code": "so-cu", "name": "Sở Mới", "since": "2025-03-01", "basis": "QĐ 5/QĐ-UBND"}


def test_a_row_with_a_code_and_a_day_renames_and_moves_by_events(administrator):
    top, one, other = existing()

    made, looked = brought(administrator, units=[{**CHANGE, "parent": "Sở Trên"}])
    taking_in.confirm(made, seen_as=looked.digest, by=administrator)

    assert outcomes(looked) == [Outcome.RENAMED]
    assert set(looked.plans[0].changes) == {"name", "parent"}
    assert Unit.objects.named(date(2025, 2, 28)).get(pk=one.pk).name == "Sở Cũ"
    assert Unit.objects.named(date(2025, 3, 1)).get(pk=one.pk).name == "Sở Mới"
    assert UnitPath.objects.above(one, DAY).filter(ancestor=other, depth=1).exists()
    assert {event.basis for event in UnitEvent.objects.all()} == {"QĐ 5/QĐ-UBND"}


@pytest.mark.parametrize(
    ("left_out", "column", "words"),
    [
        ("since", "name", "ghi ngày đổi vào Từ ngày"),
        ("basis", "basis", "phải ghi văn bản"),
    ],
)
def test_a_renaming_needs_its_day_and_its_document(administrator, left_out, column, words):
    existing()

    _, looked = brought(administrator, units=[{**CHANGE, left_out: ""}])

    [(named, why)] = said(looked)["units", 2]
    assert named == column and words in why


def test_units_trade_places_in_whatever_order_the_rows_stand(administrator):
    top, one, other = existing()
    below = UnitFactory(called="Phòng", code="phong", under=one)
    shared = {"since": "2025-03-01", "basis": "QĐ 5/QĐ-UBND"}

    taken_in(
        administrator,
        units=[
            {"code": "so-cu", "name": "Sở Cũ", "parent": "Phòng", **shared},
            {"code": "phong", "name": "Phòng", "parent": "Sở Trên", **shared},
        ],
    )

    way = UnitPath.objects.above(one, DAY).order_by("depth").values_list("ancestor", flat=True)
    assert list(way) == [one.pk, below.pk, other.pk, top.pk]


BAD_PEOPLE = [
    ({"email": "khong@"}, "email", "không phải địa chỉ thư điện tử"),
    ({"role": "Nhà thơ"}, "role", "Không có vai trò “Nhà thơ”"),
    ({"role": ""}, "role", "Chưa ghi vai trò"),
    ({"unit": "Sở Không Có"}, "unit", "Không có đơn vị “Sở Không Có”"),
    ({"address": "cô"}, "address", "không phải Ông hay Bà"),
    ({"phone": "hỏi văn thư"}, "phone", "không phải số điện thoại"),
    ({"since": "2000-01-01"}, "since", "đến ngày 01/01/2010 mới có"),
    ({"name": "Lê Khác", "email": "co@tangiang.example"}, "email", "đã là của Trần Có"),
    ({"name": "Trần Có", "since": "2009-12-31"}, "since", "mới có"),
    ({"name": "Lê Thử"}, "since", "giữ vai trò này ở dòng 2"),
]


@pytest.mark.parametrize(("cells", "column", "words"), BAD_PEOPLE)
def test_a_bad_row_of_people_is_named_with_its_column_and_why(administrator, cells, column, words):
    unit = UnitFactory(called="Sở Tư pháp", code="so-tu-phap")
    known = PersonFactory(name="Trần Có", email="co@tangiang.example")
    PostFactory(person=known, unit=unit)
    good = {"name": "Lê Thử", "unit": "Sở Tư pháp", "role": "Cán bộ phụ trách"}

    _, looked = brought(administrator, people=[good, {**good, "name": "Lê Hai", **cells}])

    assert list(said(looked)) == [("people", 3)]
    [(named, why)] = said(looked)["people", 3]
    assert named == column and words in why


def test_people_come_with_their_posts_and_two_rows_of_one_are_one_person(administrator):
    UnitFactory(called="Sở Tư pháp", code="so-tu-phap")
    row = {
        "name": "Lê Thử",
        "email": "Thu@TanGiang.example",
        "unit": "so-tu-phap",
        "role": "Cán bộ phụ trách",
        "title": "Chuyên viên",
        "until": "2026-06-30",
    }

    taken_in(
        administrator, people=[row, {**row, "role": "Người xử lý đơn", "phone": "0912 000 000"}]
    )

    person = Person.objects.get(email="thu@tangiang.example")
    assert person.phone == "0912 000 000"
    assert {post.role for post in person.posts.all()} == {Role.OFFICER, Role.PETITION_HANDLER}
    assert {post.validity for post in person.posts.all()} == {DateRange(DAY, date(2026, 7, 1))}
    assert AuditEntry.objects.filter(verb="appointed").count() == 2


def test_nobody_gives_himself_a_post_by_import(administrator):
    own = Person.objects.get(user=administrator.user_id)
    row = {"name": own.name, "unit": "trung-tam", "role": "Chuyên viên đầu mối"}

    _, looked = brought(administrator, people=[row])

    [(column, why)] = said(looked)["people", 2]
    assert column == "role" and "Không tự giao vai trò" in why


def test_who_does_not_manage_people_brings_units_alone():
    by = coordinator()
    person = {"name": "Lê Thử", "unit": TOP["name"], "role": "Cán bộ phụ trách"}

    made, looked = brought(by, units=[TOP], people=[person])
    taking_in.confirm(made, seen_as=looked.digest, by=by)

    assert outcomes(looked) == [Outcome.NEW, Outcome.SKIPPED]
    assert not Person.objects.filter(name="Lê Thử").exists()


def test_the_coordinating_department_is_set_by_the_administrator_once(administrator):
    department = {**TOP, "name": "Sở Nội vụ", "kind": "Sở, ban, ngành", "leads": "x"}

    _, of_administrator = brought(administrator, units=[department])
    by = coordinator()
    _, of_coordinator = brought(by, units=[{**department, "name": "Sở Khác"}])

    assert outcomes(of_administrator) == [Outcome.NEW]
    assert said(of_coordinator)["units", 2][0][0] == "leads"


def test_others_are_refused(administrator):
    officer = actor()

    with pytest.raises(PermissionDenied):
        drafts.draft(write([Row("units", 2, TOP)]), "a.xlsx", default_on=DAY, by=officer)
    with pytest.raises(PermissionDenied):
        giving_out.export_with_people(DAY, by=officer)


def test_each_sees_only_his_own_imports(administrator):
    made, _ = brought(administrator, units=[TOP])

    assert not drafts.drafts_of(coordinator()).filter(pk=made.pk).exists()


def test_a_cancelled_import_keeps_no_rows_and_is_not_taken_in(administrator):
    made, looked = brought(administrator, units=[TOP])

    drafts.cancel(made, by=administrator)
    taking_in.confirm(made, seen_as=looked.digest, by=administrator)

    found = OrgImport.objects.get(pk=made.pk)
    assert found.state == ImportState.CANCELLED and found.rows == []
    assert not UnitName.objects.filter(name=TOP["name"]).exists()


def test_bad_rows_go_back_with_their_reasons_and_come_again(administrator):
    bad = {**COMMUNE, "name": "UBND xã Sai", "parent": "Không Có"}
    made, looked = brought(administrator, units=[TOP, bad])
    done = taking_in.confirm(made, seen_as=looked.digest, by=administrator)

    book = giving_out.left_out(done, by=administrator)

    page = load_workbook(io.BytesIO(book))["Đơn vị"]
    assert page["A2"].value == "Không có đơn vị “Không Có” trong tệp hay trong danh sách."
    assert page["B2"].value == "3"
    [row] = read(book).rows
    assert row.cells == {**bad, "since": "2025-07-01"}


def test_the_demo_province_brought_again_changes_nothing(administrator):
    load_province()

    for on in (date(2024, 3, 18), date(2025, 9, 1)):
        out = giving_out.export_with_people(on, by=administrator)
        again = drafts.draft(out, "tinh.xlsx", default_on=on, by=administrator)
        looked = previewing.preview(again, by=administrator)

        assert said(looked) == {}
        assert set(outcomes(looked)) == {Outcome.SAME}


@pytest.mark.parametrize("on", [date(2024, 3, 18), date(2025, 9, 1)])
def test_the_demo_province_comes_back_the_same_where_there_was_none(administrator, on):
    with transaction.atomic():
        load_province()
        out = giving_out.export_with_people(on, by=administrator)
        transaction.set_rollback(True)
    assert Unit.objects.count() == 1

    made = drafts.draft(out, "tinh.xlsx", default_on=on, by=administrator)
    looked = previewing.preview(made, by=administrator)
    wrong = said(looked)
    taking_in.confirm(made, seen_as=looked.digest, by=administrator)

    assert wrong == {}
    assert read(giving_out.export_with_people(on, by=administrator)).rows == read(out).rows


def test_exporting_people_is_in_the_audit(administrator):
    giving_out.export_with_people(DAY, by=administrator)

    entry = AuditEntry.objects.get(verb="people_exported")
    assert entry.details["on"] == "01/07/2025"


def test_the_template_is_read_as_having_no_rows():
    with pytest.raises(NotRead, match="chưa có dòng nào"):
        read(blank.template())
