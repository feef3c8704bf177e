"""How well the reader does on the documents of our own, annotated before it read them."""

import importlib.util
import json
from pathlib import Path

import pytest

import vanban
from tests.vanban.scoring import measure, together

HERE = Path(__file__).parent
GOLD = sorted((HERE / "gold").glob("*.json"))
SHARED = Path(__file__).resolve().parents[3] / "shared"

# A little below what is reached; raise them with the reader.
FLOORS = {
    "header": 0.97,
    "outline": 0.98,
    "outline.level": 0.92,
    "citations": 0.95,
    "citations.date": 0.97,
    "citations.issuer": 0.93,
    "citations.basis": 0.93,
    "duties": 0.91,
    "duties.lead": 0.85,
    "duties.cooperating": 0.90,
    "duties.due": 0.90,
    "duties.deliver_to": 0.88,
    "duties.deliverable": 0.72,
    "indicators": 0.95,
    "figures": 0.97,
    "figures.ratio": 0.97,
    "figures.change": 0.97,
}


def pair(path):
    gold = json.loads(path.read_text("utf-8"))
    return gold, vanban.read_file(HERE / "documents" / gold["doc"]).as_json()


@pytest.fixture(scope="module")
def counts():
    return together(map(pair, GOLD))


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_accuracy_on_our_own_documents(counts, name, floor):
    assert counts[name].f1 >= floor


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_an_annotation_points_at_its_words(path):
    gold = json.loads(path.read_text("utf-8"))
    text = vanban.read_file(HERE / "documents" / gold["doc"]).text

    items = [
        item for kind in ("citations", "duties", "indicators", "figures") for item in gold[kind]
    ]

    assert [text[item["start"] : item["end"]] for item in items] == [item["text"] for item in items]


def test_the_documents_are_long_enough_to_mean_something():
    texts = [path.read_text("utf-8") for path in (HERE / "documents").glob("*.txt")]

    assert len(texts) >= 12
    assert sum(map(len, texts)) >= 90_000
    assert max(map(len, texts)) >= 25_000


def test_a_reading_that_says_what_the_annotation_says_is_perfect():
    gold = json.loads(GOLD[0].read_text("utf-8"))

    assert all(count.f1 == 1 for count in measure(gold, gold).values())


def test_our_measure_is_the_one_of_the_shared_tool(tmp_path):
    if not (SHARED / "gold").is_dir():
        pytest.skip("annotated documents are not at hand")
    pairs = []
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        reading = vanban.read_file(SHARED / "documents" / f"{path.stem}.txt").as_json()
        (tmp_path / path.name).write_text(json.dumps(reading), "utf-8")
        pairs.append((gold, reading))
    spec = importlib.util.spec_from_file_location("scoring", SHARED / "tools" / "score_reading.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    theirs = tool.main(SHARED / "gold", tmp_path)

    ours = {name: count.f1 for name, count in together(pairs).items()}
    assert ours == pytest.approx(theirs)
