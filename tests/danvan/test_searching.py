"""Words as people type them, and what is found by them."""

import pytest

from danvan import searching
from danvan.documents.models import Document, numbers_like
from danvan.duties.models import Duty
from tests.factories import DocumentFactory, DutyFactory

TITLE = "Tổ chức tiếp công dân định kỳ; đối thoại với Nhân dân theo Quyết định số 218-QĐ/TW"


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("tiep cong dan", True),
        ("TIẾP CÔNG DÂN", True),
        ("tiếp công dân".encode().decode("utf-8"), True),
        ("dan tiep", True),  # in any order
        ("dinh ky doi thoai", True),
        ("tie", True),  # how a word begins
        ("cong da", True),
        ("con dan", False),  # the last one alone
        ("iep", False),
        ("“tiếp công dân”", True),
        ('"công dân tiếp"', False),  # quoted: side by side
        ("218-QĐ/TW", True),
        ("218 qd tw", True),
        ("218qd", False),
        ("tw/218-qd", False),  # in one piece it stands so
        ("18", False),  # a number is whole
        ("số 218-qđ", True),
        ("tiếp dân", True),
        ("tiếp khách", False),
        ("!!!", False),
        ("' & | ) <->", False),
        ("a" * 3000, False),
    ],
)
def test_what_a_duty_says_is_found_however_it_is_typed(db, typed, is_found):
    DutyFactory(action=TITLE, source="15/KH-UBND, mục IV.1")

    assert Duty.objects.sought(typed).exists() == is_found


def test_nothing_typed_asks_for_nothing(db):
    DutyFactory()

    assert Duty.objects.sought("  ").exists()


def test_words_in_letters_of_two_parts_are_found(db):
    import unicodedata

    DutyFactory(action=unicodedata.normalize("NFD", "Tiếp công dân"))

    assert Duty.objects.sought("tiếp công dân").exists()


def test_a_text_without_end_is_kept_and_found(db):
    DutyFactory(action="x" * 500, source="dân vận")
    document = DocumentFactory(folded=searching.words_of("Tiếp dân", "y" * 100_000))

    assert Duty.objects.sought("dân vận").exists()
    assert Document.objects.sought("tiếp dân").get() == document


@pytest.mark.parametrize(
    "typed", ["25-nq/tw", "25 nq tw", "25/NQ-TW", "Số 25-NQ/TW", "nq tw 25", "25 - NQ / TW"]
)
def test_a_number_is_found_however_its_signs_are_typed(db, typed):
    meant = DocumentFactory(
        number="25-NQ/TW", folded=searching.words_of("25-NQ/TW Nghị quyết dân vận")
    )
    DocumentFactory(number="26-NQ/TW", folded=searching.words_of("26-NQ/TW nghị quyết"))

    assert Document.objects.sought(typed).get() == meant


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("41 qd tu", "41-QĐ/TU"),
        ("41-QĐ/TU", "41-QĐ/TU"),
        ("8-cv/bcd", "08-CV/BCĐ"),
        ("59 2023 nd cp", "59/2023/NĐ-CP"),
    ],
)
def test_a_documents_own_number_is_known(db, typed, number):
    document = DocumentFactory(number=number)

    assert Document.objects.numbered(typed).get() == document


def test_many_letters_make_no_endless_list():
    assert len(numbers_like("d-dd-dd-dd")) < 2_000
    assert numbers_like("d-" * 60)
    assert numbers_like("") == {""}


def _shown(text, typed, **more):
    return "".join(
        f"[{one.text}]" if one.is_found else one.text
        for one in searching.pieces(text, typed, **more)
    )


def test_what_was_found_is_shown_in_the_texts_own_letters():
    assert _shown("Tiếp công dân định kỳ", "cong dan") == "Tiếp [công] [dân] định kỳ"
    assert _shown("Tiếp công dân", "“công dân”") == "Tiếp [công dân]"
    assert _shown("Số 08-CV/BCĐ", "8-cv") == "Số [08-CV]/BCĐ"
    assert _shown("Kế hoạch", "") == "Kế hoạch"
    assert _shown("Đường <b>", "duong") == "[Đường] <b>"


def test_a_long_text_begins_near_what_was_found():
    text = "Về việc triển khai " * 20 + "đối thoại với Nhân dân"

    shown = _shown(text, "doi thoai", is_cut=True)

    assert shown.startswith("… ")
    assert "[đối] [thoại] với Nhân dân" in shown
    assert len(shown) < 150


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("typed", ["8-cv/bcd", "08 cv", "“cong van”", "bcd tiep", "số 8"])
def test_common_words_and_rare_ones_are_found_alike(db, monkeypatch, few, typed):
    monkeypatch.setattr("danvan.documents.models.FEW", few)
    meant = DocumentFactory(folded=searching.words_of("08-CV/BCĐ", "Công văn", "Tiếp công dân"))
    DocumentFactory(folded=searching.words_of("88-CV/BCĐ", "Công tác vận động", "Dân chủ"))

    assert Document.objects.sought(typed).get() == meant


def test_the_database_keeps_the_words_that_python_says(db):
    printed = "Số 08-CV/BCĐ: “Tiếp công dân” – 2.024 người, Đắk Lắk; Ủy ban 007 0"

    duty = DutyFactory(action=printed, source="")

    assert Duty.objects.values_list("folded", flat=True).get() == searching.words_of(printed)
    duty.action = "Đối thoại"
    duty.save()
    assert Duty.objects.sought("doi thoai").get() == duty


@pytest.mark.parametrize("typed", ["1-" * 100_000, '"' + "1 " * 100_000 + '"', "a-b " * 50_000])
def test_a_question_without_end_breaks_nothing(db, typed):
    DutyFactory(action="1 2 " * 100)

    assert Duty.objects.sought(typed).exists() in {True, False}
