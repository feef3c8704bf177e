"""Encodings from before Unicode: the tables, and when a text is one of them."""

import unicodedata

import pytest

import vanban
from tests.vanban.samples import DECISION, PARTY_GUIDANCE, PLAN, REPORT, WRAPPED
from vanban.formats import legacy
from vanban.lexicon.encodings import LETTERS, TCVN3, VISCII, VNI

MARKED = [letter for letter in LETTERS if letter not in "aeiouy"]
ALL = MARKED + [letter.upper() for letter in MARKED]
TONES = "\u0300\u0301\u0303\u0309\u0323"
SAMPLES = [PLAN, PARTY_GUIDANCE, DECISION, REPORT, WRAPPED]

FRENCH = (
    "Le préfet a décidé, à la majorité, une réunion à Genève où l'été est né là-bas : thé, dû, lá, ça. "
    "Être ou ne pas être, voilà l'idée générale des élèves français."
)
SPANISH = "El niño está aquí mañana; el señor Núñez llegó después, ¿cómo así? Ñandú, año, acción."
GERMAN = "Größe der Städte: Öl, Übermaß, schön, früh, für die Bürger."


def backwards(table):
    return {letter: shown for shown, letter in table.items()}


def to_tcvn3(text):
    """As typed with .VnTime: no capitals with a tone."""
    codes = backwards(TCVN3)
    return "".join(codes.get(letter) or codes.get(letter.lower(), letter) for letter in text)


def to_vni(text):
    codes = backwards(VNI)
    return "".join(codes.get(letter, letter) for letter in text)


def to_viscii(text):
    codes = backwards(VISCII)
    return bytes(codes.get(letter, ord(letter)) for letter in text)


def to_cp1258(text):
    """Vowel, then tone, as the Windows of the time wrote it."""
    pieces = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES))
        pieces += [bare, *(c for c in apart if c in TONES)]
    return "".join(pieces).encode("cp1258")


def test_the_alphabet_has_134_letters_with_marks():
    assert len(set(ALL)) == 134


def test_tcvn3_has_every_small_letter_and_the_capitals_without_a_tone():
    assert set(TCVN3.values()) == {*MARKED, *"ĂÂÊÔƠƯĐ"}
    assert all(legacy.convert(to_tcvn3(letter), ".VnTime") == letter for letter in MARKED)


def test_the_capital_typeface_of_tcvn3_has_every_capital():
    for letter in MARKED:
        assert legacy.convert(to_tcvn3(letter), ".VnTimeH") == letter.upper()


def test_vni_and_viscii_have_every_letter():
    assert all(legacy.convert(to_vni(letter), "VNI-Times") == letter for letter in ALL)
    assert sorted(VISCII.values()) == sorted(ALL)


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize(
    ("encode", "encoding"),
    [
        (lambda text: to_vni(text).encode("latin-1"), "vni"),
        (to_viscii, "viscii"),
        (to_cp1258, "cp1258"),
    ],
)
def test_files_in_old_encodings(text, encode, encoding):
    source = vanban.extract(encode(text), "cu.txt")

    assert (source.text, source.encoding) == (text, encoding)


@pytest.mark.parametrize("text", SAMPLES)
def test_files_in_tcvn3(text):
    source = vanban.extract(to_tcvn3(text).encode("latin-1"), "cu.txt")

    wrong = [
        (read, meant)
        for read, meant in zip(source.text.split(), text.split(), strict=True)
        if read != meant
    ]
    assert source.encoding == "tcvn3"
    assert len(wrong) * 50 < len(text.split())  # a lone capital has no code and cannot come back
    assert all(read.lower() == meant.lower() for read, meant in wrong)


@pytest.mark.parametrize("to", [to_tcvn3, to_vni])
def test_old_text_that_was_saved_as_unicode(to):
    source = vanban.extract(to(REPORT).encode(), "cu.txt")

    assert source.text == REPORT
    assert source.encoding == {to_tcvn3: "tcvn3", to_vni: "vni"}[to]


@pytest.mark.parametrize(
    "text", [*SAMPLES, FRENCH, SPANISH, GERMAN, "Ke hoach © 2020 ® §1", "· một ý"]
)
def test_unicode_stays_as_it_is(text):
    source = vanban.extract(text.encode(), "moi.txt")

    assert (source.text, source.encoding) == (text, "utf-8")


@pytest.mark.parametrize("text", [FRENCH, SPANISH, GERMAN])
def test_western_bytes_are_no_vietnamese(text):
    assert legacy.decode(text.encode("cp1252")) is None


def test_a_letterhead_in_tcvn3_over_a_body_in_unicode():
    head = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\n"

    as_text = vanban.extract((head + REPORT).encode(), "lan.txt")
    as_bytes = vanban.extract(head.encode("latin-1") + REPORT.encode(), "lan.txt")

    assert as_text.text == as_bytes.text
    assert as_text.text == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc\n" + REPORT
    )


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("nghiêng", True), ("khuỷu", True), ("quyền", True), ("giải", True), ("été", False), ("für", False),
     ("ộtộ", False), ("ươ", True), ("đ", False), ("nghiêngg", False), ("ngoằn", True)],
)  # fmt: skip
def test_syllables(word, is_one):
    assert legacy.is_syllable(word) is is_one


@pytest.mark.parametrize(
    "form",
    [
        "e\u0302\u0301",  # decomposed
        "\u00ea\u0301",  # the tone behind the vowel with its hat
        "\u00e9\u0302",  # the hat behind the vowel with its tone
    ],
)
def test_decomposed_letters_are_composed_and_places_count_in_the_result(form):
    source = vanban.extract(f"K{form} hoạch\nHai".encode(), "roi.txt")

    assert source.text == "Kế hoạch\nHai"
    assert [(at.offset, at.paragraph) for at in source.map] == [(0, 0), (9, 1)]


def test_a_long_line_in_no_encoding_takes_no_longer_than_it_is_long():
    line = "AB " + "ö" * 300_000

    assert legacy.repair(line) == (line, "")
    assert legacy.decode(line.encode("latin-1")) is None
