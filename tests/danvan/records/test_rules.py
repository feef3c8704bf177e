from datetime import date

import pytest

from danvan.definitions.models import Definition
from danvan.records import rules
from danvan.records.definitions import register_of

TODAY = date(2024, 3, 18)
REGISTER = register_of(
    Definition(
        kind="registers",
        code="visits",
        body={
            "label": "Sổ thử",
            "group": "reception_and_dialogue",
            "kept_by": [{"kind": "department"}, {"kind": "peoples_committee", "level": "commune"}],
            "day": "held_on",
            "summary": "{form}: {visits} lượt",
            "empty": "",
            "fields": [
                {
                    "code": "held_on",
                    "label": "Ngày",
                    "type": "date",
                    "required": True,
                    "disclosure": "public",
                },
                {
                    "code": "form",
                    "label": "Hình thức",
                    "type": "choice",
                    "required": True,
                    "disclosure": "public",
                    "choices": [
                        {"code": "scheduled", "label": "Định kỳ"},
                        {"code": "ad_hoc", "label": "Đột xuất"},
                    ],
                },
                {
                    "code": "visits",
                    "label": "Lượt",
                    "type": "number",
                    "required": True,
                    "min": 0,
                    "disclosure": "public",
                },
                {
                    "code": "persons",
                    "label": "Người",
                    "type": "number",
                    "required": False,
                    "disclosure": "public",
                },
                {
                    "code": "groups",
                    "label": "Đoàn",
                    "type": "number",
                    "required": False,
                    "disclosure": "public",
                },
                {
                    "code": "note",
                    "label": "Ghi chú",
                    "type": "text",
                    "required": False,
                    "disclosure": "none",
                },
            ],
            "checks": [
                {
                    "field": "persons",
                    "is": "at_least",
                    "with": "visits",
                    "message": "Người ({persons}) ít hơn lượt ({visits}).",
                },
                {
                    "field": "groups",
                    "is": "at_most",
                    "with": "visits",
                    "message": "Không thể có {groups} đoàn.",
                    "refuses": True,
                },
            ],
        },
    )
)
RIGHT = {"held_on": "5/3", "form": "scheduled", "visits": "6", "persons": "7"}


def checked(**typed):
    return rules.validate(REGISTER, RIGHT | typed, today=TODAY)


def test_what_is_right_is_read_without_errors_and_doubts():
    found = checked()

    assert found.values == {
        "held_on": "2024-03-05",
        "form": "scheduled",
        "visits": 6,
        "persons": 7,
        "groups": None,
        "note": None,
    }
    assert (found.errors, found.doubts) == ({}, {})


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("held_on", "5/3", "2024-03-05"),  # the year of today
        ("held_on", " 05/03/2024 ", "2024-03-05"),
        ("held_on", "5-3-24", "2024-03-05"),
        ("held_on", "5.3.2023", "2023-03-05"),
        ("held_on", "2024-03-05", "2024-03-05"),  # from a date picker
        ("held_on", "18/3", "2024-03-18"),  # today itself
        ("visits", "1.204", 1204),
        ("visits", "0", 0),
        ("visits", "1204", 1204),
        ("form", "ĐỊNH KỲ", "scheduled"),  # by its label, as a spreadsheet has it
        ("form", "dinh ky", "scheduled"),
        ("note", "a\x00b", "ab"),
    ],
)
def test_what_is_typed_is_read(field, typed, value):
    persons = "9999" if field == "visits" else "7"

    found = checked(**{"persons": persons, field: typed})

    assert (found.values[field], found.errors) == (value, {})


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("held_on", "", "Chưa ghi ngày"),
        ("held_on", "30/2/2024", "Ghi ngày dạng ngày/tháng/năm"),
        ("held_on", "hôm qua", "Ghi ngày dạng ngày/tháng/năm"),
        ("held_on", "19/3", "chưa đến"),  # tomorrow has not happened
        ("form", "", "Chưa chọn"),
        ("form", "weekly", "Chọn một mục"),
        ("visits", "", "ghi 0"),
        ("visits", "1,5", "Ghi số nguyên"),
        ("visits", "1.2", "Ghi số nguyên"),
        ("visits", "sáu", "Ghi số nguyên"),
        ("visits", "-1", "không nhỏ hơn 0"),
        ("visits", "9.999.999.999", "quá lớn"),
        ("note", "a" * 501, "tối đa 500"),
        ("groups", "7", "Không thể có 7 đoàn"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field, typed, says):
    found = checked(**{field: typed})

    assert list(found.errors) == [field]
    assert says in found.errors[field]


@pytest.mark.parametrize(
    ("persons", "doubts"),
    [
        ("7", {}),
        ("6", {}),
        ("5", {"persons": "Người (5) ít hơn lượt (6)."}),
        ("", {}),  # what is not there cannot be wrong
    ],
)
def test_what_is_unlikely_is_doubted(persons, doubts):
    found = checked(persons=persons)

    assert (found.doubts, found.errors) == (doubts, {})


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("held_on", "2024-03-05", "05/03/2024"),
        ("form", "ad_hoc", "Đột xuất"),
        ("visits", 1204, "1.204"),
        ("visits", 0, "0"),
        ("visits", None, "—"),
        ("note", "", "—"),
    ],
)
def test_printed(code, value, words):
    assert rules.printed(REGISTER.field(code), value) == words


def test_words_are_filled_with_values():
    words = rules.fill(
        "{form} {held_on}: {visits}",
        REGISTER,
        {"form": "ad_hoc", "held_on": "2024-03-05", "visits": 3},
    )

    assert words == "Đột xuất 05/3/2024: 3"


@pytest.mark.parametrize(
    ("kind", "level", "kept"),
    [
        ("department", "province", True),
        ("peoples_committee", "commune", True),
        ("peoples_committee", "district", False),
        ("party_body", "province", False),
    ],
)
def test_a_register_says_which_units_keep_it(kind, level, kept):
    assert REGISTER.is_kept_by(kind=kind, level=level) is kept
