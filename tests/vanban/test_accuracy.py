"""How well the reader does on documents annotated by hand, where they are at hand."""

import importlib.util
import json
from pathlib import Path

import pytest

import vanban

SHARED = Path(__file__).resolve().parents[3] / "shared"

# Just below what is reached; raise them with the reader.
FLOORS = {
    "header": 0.98,
    "outline": 0.98,
    "citations": 0.98,
    "citations.issuer": 0.97,
    "citations.basis": 0.97,
    "duties": 0.96,
    "duties.lead": 0.95,
    "duties.cooperating": 0.90,
    "duties.due": 0.90,
    "duties.deliver_to": 0.90,
    "indicators": 0.95,
    "figures": 0.96,
}


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    if not (SHARED / "gold").is_dir():
        pytest.skip("annotated documents are not at hand")
    readings = tmp_path_factory.mktemp("readings")
    for path in sorted((SHARED / "documents").glob("*.txt")):
        reading = vanban.read_file(path).as_json()
        (readings / f"{path.stem}.json").write_text(json.dumps(reading), "utf-8")
    spec = importlib.util.spec_from_file_location("scoring", SHARED / "tools" / "score_reading.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.main(SHARED / "gold", readings)


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_accuracy(scores, kind, floor):
    assert scores[kind] >= floor
