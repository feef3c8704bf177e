import json

import pytest

import vanban
import vanban.reader
from tests.vanban.samples import DECISION, PARTY_GUIDANCE, PLAN, REPORT, WRAPPED
from vanban import Source

SAMPLES = [PLAN, PARTY_GUIDANCE, DECISION, REPORT, WRAPPED]


def test_public_names():
    assert set(vanban.__all__) == {
        "READER_VERSION", "Citation", "Criterion", "Document", "Due", "Duty", "FieldSpan", "Finding", "Header",
        "Heading", "Known", "Place", "Source", "Span", "Statistic", "Table", "Target", "Unreadable", "Validity",
        "check", "extract", "load_validity", "picture", "read", "read_bytes", "read_file",
    }  # fmt: skip


def test_json_has_the_published_keys():
    reading = vanban.read(PLAN, "ke-hoach.txt").as_json()

    assert set(reading) == {
        "doc", "header", "header_spans", "outline", "citations", "duties", "indicators", "figures",
        "criteria", "findings", "format", "encoding", "text", "map", "pages",
        "tables",
    }  # fmt: skip
    assert reading["doc"] == "ke-hoach.txt"
    assert reading["header"]["period"] == {"from": "2023", "to": "2023"}
    assert set(reading["duties"][0]) == {
        "start", "end", "text", "action", "lead", "cooperating", "due", "deliver_to", "deliverable",
        "manner", "heading", "confidence", "because",
    }  # fmt: skip
    assert json.loads(json.dumps(reading)) == reading


def test_json_has_the_cells_of_the_files_tables():
    page = "<table><tr><td>Sở Y tế</td><td>12 cuộc</td></tr></table>".encode()

    reading = vanban.read_bytes(page, "bang.html").as_json()

    cells = [[reading["text"][slice(*cell)] for cell in row] for row in reading["tables"][0]]
    assert cells == [["Sở Y tế", "12 cuộc"]]


@pytest.mark.parametrize("text", SAMPLES)
def test_every_span_points_into_the_text(text):
    reading = vanban.read(text).as_json()

    for kind in ("outline", "citations", "duties", "indicators", "figures"):
        for item in reading[kind]:
            assert reading["text"][item["start"] : item["end"]] == item["text"]
            assert 0 < item["confidence"] <= 1
            assert item["because"]


def test_due_says_the_printed_words_and_where():
    reading = vanban.read(PLAN).as_json()

    due = next(d["due"] for d in reading["duties"] if d["due"] and d["due"]["date"] == "2023-11-15")

    assert due["inclusive"] is False
    assert reading["text"][due["start"] : due["end"]] == due["text"] == "trước ngày 15/11/2023"


def test_items_are_frozen():
    with pytest.raises(AttributeError):
        vanban.read(PLAN).header.number = "1"


def test_a_file(tmp_path):
    path = tmp_path / "van-ban.txt"
    path.write_text(PLAN, encoding="utf-8")

    assert vanban.read_file(path).source.name == "van-ban.txt"
    assert vanban.read_file(str(path)).duties == vanban.read(PLAN).duties


DOUBTED = (
    "KẾ HOẠCH\n1. Sở Nội vụ rà soát thủ tục, hoàn thành trong quý II/2024.\n"
    "2. Sở Tài chính thẩm định dự toán trước ngày 30/4/2024.\n"
)


def test_items_with_words_that_a_scan_did_not_give_for_sure_are_weak():
    at = DOUBTED.index("II/2024")
    source = Source(DOUBTED, (), "pdf-scan", doubts=((at, at + 7),))

    first, second = vanban.reader.read_source(source).duties

    assert first.confidence < 0.6
    assert first.because.endswith("bản quét: chữ “II/2024” đọc chưa chắc")
    assert second == vanban.read(DOUBTED).duties[1]
    assert second.confidence >= 0.6


def test_a_doubtful_word_beside_an_item_does_not_weaken_it():
    end = vanban.read(DOUBTED).duties[0].span.end
    source = Source(DOUBTED, (), "pdf-scan", doubts=((0, 3), (end, end + 1)))

    assert vanban.reader.read_source(source).duties == vanban.read(DOUBTED).duties
