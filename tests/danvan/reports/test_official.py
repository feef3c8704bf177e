from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.documents.official.layout import Bullet, Heading, Note
from danvan.org.choices import Role
from danvan.reports import consolidating, official
from tests.danvan.reports.making import QUARTER, TODAY, province, reception, sent
from tests.factories import PostFactory, UnitFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*TODAY)


def test_a_department_s_report():
    province()
    officer = actor(unit=UnitFactory(called="Sở Tư pháp"))
    reception(officer, visits=12)

    document = official.document(sent(officer))

    assert document.superior == "UBND tỉnh Tân Giang"
    assert (document.issuer, document.sign) == (("Sở Tư pháp",), "BC-STP")
    assert document.title == "Kết quả thực hiện công tác dân vận chính quyền quý I năm 2024"
    assert document.addressees == ["Sở Nội vụ"]
    assert (document.place, document.signer_role) == ("Tân Giang", "Giám đốc")
    headings = [one.text for one in document.body if isinstance(one, Heading)]
    assert headings == [  # without those that have nothing under them
        "I. Công tác chỉ đạo, quán triệt",
        "II. Kết quả thực hiện",
        "1. Tiếp công dân",
        "III. Tồn tại, hạn chế và nguyên nhân",
        "IV. Phương hướng kỳ tới",
    ]
    assert Bullet("Ban hành kế hoạch.") in document.body


def test_a_committee_signs_for_the_collective():
    province()
    unit = UnitFactory(called="UBND huyện An Phú Đông", kind="peoples_committee", level="district")

    document = official.document(sent(actor(unit=unit)))

    assert document.superior == ""
    assert document.issuer == ("Ủy ban nhân dân", "huyện An Phú Đông")
    assert (document.authority, document.signer_role) == (("TM. Ủy ban nhân dân",), "Chủ tịch")
    assert document.place == "An Phú Đông"


def leads(unit, name, title, since=date(2010, 1, 1), until=None):
    PostFactory(
        unit=unit,
        person__name=name,
        role=Role.LEADER_IN_CHARGE,
        title=title,
        validity=DateRange(since, until),
    )


def signature(document):
    return document.authority, document.signer_role, document.signer


def test_the_leader_of_the_report_s_day_signs():
    province()
    officer = actor(unit=UnitFactory(called="Sở Tư pháp"))
    leads(officer.unit, "Lê Văn Trước", "Giám đốc", until=date(2024, 3, 1))
    leads(officer.unit, "Trần Thị Phó", "Phó Giám đốc")
    leads(officer.unit, "Phạm Văn Sau", "Giám đốc", since=date(2024, 3, 1))

    report = sent(officer)

    assert signature(official.document(report)) == ((), "Giám đốc", "Phạm Văn Sau")


def test_a_deputy_signs_for_the_head():
    province()
    officer = actor(unit=UnitFactory(called="Sở Tư pháp"))
    leads(officer.unit, "Trần Thị Phó", "Phó Giám đốc")

    document = official.document(sent(officer))

    assert signature(document) == (("KT. Giám đốc",), "Phó Giám đốc", "Trần Thị Phó")


def test_whose_title_is_not_known_is_not_printed():
    province()
    officer = actor(unit=UnitFactory(called="Sở Tư pháp"))
    leads(officer.unit, "Trần Thị Ai", "")

    assert signature(official.document(sent(officer))) == ((), "Giám đốc", "")


def test_sums_say_in_footnotes_what_they_are_made_of():
    asking = province()
    for name, visits in (("Sở Công Thương", 30), ("Sở Tư pháp", 12)):
        officer = actor(unit=UnitFactory(called=name))
        reception(officer, visits=visits)
        sent(officer)
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)

    body = official.document(report).body

    sums = [one for one in body if isinstance(one, Bullet)]
    assert Bullet(["Tiếp 42 lượt công dân.", Note("Sở Công Thương 30; Sở Tư pháp 12.")]) in sums
