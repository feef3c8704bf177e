"""Bytes of any kind raise nothing but Unreadable, and every span points into the text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vanban
from tests.vanban import hostile
from tests.vanban.samples import DECISION, PARTY_GUIDANCE, PLAN, REPORT, WRAPPED
from tests.vanban.test_formats import docx

SLOW = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
WORDS = st.sampled_from(
    "\n\n|I. 1. a) -+ Sở Nội vụ|chủ trì|phối hợp với|Điều 1.|QUYẾT ĐỊNH|Số: 12/KH-UBND|ngày 15/4/2021|12|,|;|.|(|)|“|”|"
    "Căn cứ Luật|100%|15/20 xã|giảm|Nơi nhận:|TM. UBND|hằng quý|của|và|\t|**|\u0301|\u200b|¹|Nghị quyết số|- |năm 2020".split(
        "|"
    )
)


def check(document):
    reading = document.as_json()
    for kind in ("outline", "citations", "duties", "indicators", "figures"):
        for item in reading[kind]:
            assert 0 <= item["start"] < item["end"] <= len(reading["text"])
            assert reading["text"][item["start"] : item["end"]] == item["text"]
    for at in reading["header_spans"].values():
        assert 0 <= at["start"] < at["end"] <= len(reading["text"])
    for entry in reading["map"]:
        assert 0 <= entry["offset"] <= len(reading["text"])


def read(data):
    try:
        check(vanban.read_bytes(data, "x"))
    except vanban.Unreadable as error:
        assert error.code in {
            "empty",
            "not_document",
            "damaged",
            "unsafe",
            "too_large",
            "no_text",
            "locked",
        }


@SLOW
@given(st.binary(max_size=300))
def test_any_bytes(data):
    read(data)


@SLOW
@given(
    st.sampled_from([b"PK\x03\x04", b"%PDF-", b"\xff\xfe", b"\xd0\xcf\x11\xe0", b"\x89PNG"]),
    st.binary(max_size=200),
)
def test_bytes_behind_a_known_beginning(start, data):
    read(start + data)


@SLOW
@given(st.text(max_size=400))
def test_any_text(text):
    check(vanban.read(text))


@SLOW
@given(st.lists(WORDS, max_size=60))
def test_words_of_the_trade_in_any_order(words):
    check(vanban.read(" ".join(words)))


@SLOW
@given(st.sampled_from([PLAN, PARTY_GUIDANCE, DECISION, REPORT, WRAPPED]), st.data())
def test_torn_documents(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    check(vanban.read(text[start:end]))


@SLOW
@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_docx_with_one_wrong_byte(place, value):
    whole = bytearray(docx("<w:p><w:r><w:t>Sở Nội vụ chủ trì</w:t></w:r></w:p>"))
    whole[place % len(whole)] = value

    read(bytes(whole))


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_what_repeats_without_end_is_read_to_its_end(name):
    check(vanban.read(hostile.TEXTS[name](3_000)))
