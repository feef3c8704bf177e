from datetime import date

import pytest

from danvan.records.definitions import registers

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)


def test_registers_hold_together():
    known = registers(TODAY)

    assert {one.code for one in known} == {"reception", "dialogue", "study"}
    for one in known:
        codes = [field.code for field in one.fields]
        assert len(codes) == len(set(codes))
        assert one.field(one.day).type == "date"
        assert all({check.field, check.other} <= set(codes) for check in one.checks)
        assert one.concludes is None or one.concludes.field in codes


def test_free_words_warn_against_names_of_citizens():
    for one in registers(TODAY):
        for field in one.fields:
            assert field.type != "long_text" or "Không ghi tên" in field.help


def test_reception_counts_and_names_nobody():
    reception = next(one for one in registers(TODAY) if one.code == "reception")

    assert not any("text" in field.type for field in reception.fields)
