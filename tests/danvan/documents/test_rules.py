import time
from datetime import date

import pytest

from danvan.documents import rules
from danvan.documents.choices import ItemState, Verdict
from danvan.documents.rules import Said

READ = {
    "header": {"number": "15/KH-UBND", "date": "2024-02-20", "signer": None},
    "header_spans": {
        "number": {"start": 0, "end": 10, "confidence": 0.95, "because": "Dòng “Số:”"},
        "date": {"start": 12, "end": 30, "confidence": 0.4, "because": "Dòng địa danh"},
    },
    "duties": [
        {"start": 90, "end": 120, "text": "sau", "action": "Báo cáo", "confidence": 0.85},
        {"start": 40, "end": 80, "text": "trước", "action": "Kiểm tra", "confidence": 0.4},
    ],
}


def test_items_stand_in_the_order_of_the_text_and_keep_their_place_in_the_reading():
    found = rules.items(READ, [])

    assert [item.key for item in found["duties"]] == ["duties:1", "duties:0"]


@pytest.mark.parametrize(
    ("kind", "place", "state"),
    [
        ("duties", 0, ItemState.WEAK),  # the reader is not sure
        ("duties", 1, ItemState.UNSEEN),
        ("header", 1, ItemState.WEAK),
        ("header", 2, ItemState.UNSEEN),  # not stated: nothing to look at twice
    ],
)
def test_what_the_reader_doubts_is_weak(kind, place, state):
    assert rules.items(READ, [])[kind][place].state == state


@pytest.mark.parametrize(
    ("said", "state", "action"),
    [
        ([Said("duties:1", Verdict.CONFIRM, {})], ItemState.CONFIRMED, "Kiểm tra"),
        ([Said("duties:1", Verdict.DROP, {})], ItemState.DROPPED, "Kiểm tra"),
        (
            [Said("duties:1", Verdict.CORRECT, {"action": "Rà soát"})],
            ItemState.CORRECTED,
            "Rà soát",
        ),
        # confirmed after it was corrected: the correction still holds
        (
            [
                Said("duties:1", Verdict.CORRECT, {"action": "Rà soát"}),
                Said("duties:1", Verdict.CONFIRM, {"action": "Rà soát"}),
            ],
            ItemState.CORRECTED,
            "Rà soát",
        ),
        # the newest word holds
        (
            [Said("duties:1", Verdict.DROP, {}), Said("duties:1", Verdict.CONFIRM, {})],
            ItemState.CONFIRMED,
            "Kiểm tra",
        ),
    ],
)
def test_what_people_said_lies_on_top(said, state, action):
    item = rules.items(READ, said)["duties"][0]

    assert (item.state, item.values["action"]) == (state, action)
    assert item.printed["action"] == "Kiểm tra"


def test_an_added_item_stands_at_its_words_and_can_be_dropped_again():
    values = {"start": 85, "end": 88, "action": "Thêm"}
    added = Said("duties:+1", Verdict.ADD, values)

    kept = rules.items(READ, [added])["duties"]
    dropped = rules.items(READ, [added, Said("duties:+1", Verdict.DROP, values)])["duties"]

    assert [item.key for item in kept] == ["duties:1", "duties:+1", "duties:0"]
    assert kept[1].state == ItemState.ADDED
    assert [item.key for item in rules.kept(dropped)] == ["duties:1", "duties:0"]


def test_header_of_takes_corrections_and_leaves_out_what_was_dropped():
    said = [
        Said("header:number", Verdict.CORRECT, {"value": "16/KH-UBND"}),
        Said("header:date", Verdict.DROP, {}),
    ]

    header = rules.header_of(rules.items(READ, said))

    assert header == {"number": "16/KH-UBND", "date": None, "signer": None}


@pytest.mark.parametrize(
    ("read", "period"),
    [
        ("2024-07", "2024-M07"),  # the platform's way of writing a month
        ("2024-Q2", "2024-Q2"),
        ("2024", "2024"),
    ],
)
def test_a_month_is_written_as_the_platform_writes_periods(read, period):
    row = {"start": 0, "end": 1, "due": {"kind": "period_end", "period": read}}

    item = rules.items({"duties": [row]}, [])["duties"][0]

    assert item.values["due"]["period"] == period


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024-02-20", date(2024, 2, 20)),
        ("2024-02-30", None),  # no calendar has it
        (None, None),
        ("20/02/2024", None),
    ],
)
def test_as_date(printed, day):
    assert rules.as_date(printed) == day


@pytest.mark.parametrize(
    ("words", "days", "working"),
    [
        ("trong vòng 10 ngày kể từ ngày ban hành kế hoạch này", 10, False),
        ("Trong thời hạn 07 ngày làm việc, kể từ ngày ký, các sở báo cáo", 7, True),
        ("báo cáo chậm nhất sau 05 ngày làm việc kể từ\nngày ký ban hành", 5, True),
        ("trong thời hạn 10 ngày kể từ ngày nhận đơn", None, False),  # no day of this document
        ("có hiệu lực sau 10 ngày kể từ ngày ký", None, False),
        ("trong thời hạn 10 ngày kể từ ngày ban hành quyết định thụ lý", None, False),
    ],
)
def test_a_term_that_runs_from_the_documents_day_is_a_deadline(words, days, working):
    row = {"text": words, "start": 100, "end": 100 + len(words), "due": None, "confidence": 0.9}

    (found,) = rules.items({"duties": [row]}, [])["duties"]

    due = found.values["due"]
    assert (due and due["days"]) == days
    if due:
        assert due["working"] is working
        assert words[due["start"] - 100 : due["end"] - 100].split() == due["text"].split()
        assert found.is_weak


@pytest.mark.parametrize("blanks", [" " * 400, "\n" * 400, " \n" * 200, "\u00a0" * 400])
def test_rows_of_blanks_before_a_citation_cost_nothing(blanks):
    text = f"Quyết định này thay thế{blanks[:300]} Quyết định số 1"
    began = time.process_time()

    for _turn in range(20):
        rules.relation_of(blanks, 400, is_basis=False)

    assert time.process_time() - began < 0.5
    assert rules.relation_of(text, text.index("Quyết định số"), is_basis=False) == "replaces"
