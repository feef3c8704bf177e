import json

import pytest

import vanban
from vanban import validity

OWN = [
    {
        "kind": "Quyết định",
        "number": "44/2021/QĐ-UBND",
        "date": "2021-06-10",
        "valid_to": "2024-01-31",
        "replaced_by": "Quyết định số 3/2024/QĐ-UBND",
        "verified": True,
        "remark": "kept by the office",
    }
]
TEXT = "Số: 8/KH-UBND\nAn Phúc, ngày 12 tháng 4 năm 2024\n\nKẾ HOẠCH\nDân vận\n\nI. NHIỆM VỤ\nTheo {}.\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "hieu-luc.json"
    path.write_text(json.dumps(OWN), "utf-8")
    return path


def _codes(cited, **more):
    return [one.code for one in vanban.read(TEXT.format(cited), **more).findings]


def test_rows_of_a_file_stand_beside_the_librarys_own(table):
    known = vanban.load_validity(table)

    assert _codes("Quyết định số 44/2021/QĐ-UBND ngày 10/6/2021", known=known) == ["expired"]
    assert _codes("Pháp lệnh số 34/2007/PL-UBTVQH11", known=known) == ["expired"]
    assert _codes("Quyết định số 44/2021/QĐ-UBND ngày 10/6/2021") == []


def test_rows_of_a_file_alone(table):
    known = vanban.load_validity(table, alone=True)

    assert len(known.rows) == 1
    assert _codes("Pháp lệnh số 34/2007/PL-UBTVQH11", known=known) == []


def test_a_row_of_a_file_takes_the_place_of_one_with_its_number_and_date(tmp_path):
    row = {"kind": "Chỉ thị", "number": "16/CT-TTg", "date": "2016-05-16", "valid_to": "2021-11-25"}
    path = tmp_path / "own.json"
    path.write_text(json.dumps([row]), "utf-8")

    known = vanban.load_validity(path)

    assert [one.valid_to for one in known.numbered("16/CT-TTg")] == ["2021-11-25"]
    assert len(known.rows) == len(validity.standard().rows)


@pytest.mark.parametrize(
    "text", ['{"kind": "Luật"}', '["Luật"]', "[{}", '[{"number": "1/2020/QH14"}]']
)
def test_a_table_of_another_form_is_refused(tmp_path, text):
    path = tmp_path / "own.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ValueError, match=r"."):
        vanban.load_validity(path)


def test_a_table_works_from_a_file_and_from_bytes(tmp_path, table):
    known = vanban.load_validity(table)
    path = tmp_path / "ke-hoach.txt"
    path.write_text(TEXT.format("Quyết định số 44/2021/QĐ-UBND"), "utf-8")

    assert vanban.read_file(path, known=known).findings[0].code == "expired"
    assert (
        vanban.read_bytes(path.read_bytes(), path.name, known=known).findings[0].code == "expired"
    )


def test_the_librarys_rows_are_whole():
    rows = validity.standard().rows

    assert len({(row.number, row.date) for row in rows if row.number}) == len(rows)
    for row in rows:
        assert row.source, row
        days = [day for day in (row.valid_from, row.valid_to) if day]
        assert days == sorted(days), row
        assert bool(row.valid_to) == bool(row.replaced_by), row
        if row.number and row.date and "/20" in row.number:
            assert row.date[:4] in row.number, row


@pytest.mark.parametrize(
    ("day", "term"),
    [("2001-04-21", "VIII"), ("2001-04-22", "IX"), ("2013-06-03", "XI"), ("1975-01-01", None)],
)
def test_terms(day, term):
    assert validity.term_on(day) == term


def test_leading_zeros_and_blanks_make_no_other_number():
    assert validity.key("08-CV/BCĐ") == validity.key("8 -CV/BCĐ") != validity.key("80-CV/BCĐ")
