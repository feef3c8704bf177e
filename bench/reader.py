"""How well and how fast vanban reads, on the annotated documents where they are at hand.

`figures()` answers `{name: {value, unit, size}}`; `python -m bench.reader` prints it as JSON.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.vanban.scoring import Count, together

import vanban
from bench import docx

SHARED = Path(__file__).resolve().parents[2] / "shared"
OWN = Path(__file__).resolve().parents[1] / "tests" / "vanban"
KINDS = ("header", "outline", "citations", "duties", "indicators", "figures")
FIELDS = ("citations.issuer", "citations.basis", "duties.lead", "duties.cooperating", "duties.due")
ROUNDS = 7

Figure = dict[str, Any]


def figures() -> dict[str, Figure]:
    return dict([*accuracy(), *own_accuracy(), *speed()]) | docx.figures()


def accuracy() -> Iterator[tuple[str, Figure]]:
    """F1 for each kind of item, and for the fields that matter most."""
    gold = SHARED / "gold"
    if not gold.is_dir():
        return
    scores = _scores(gold)
    size = f"{len(list(gold.glob('*.json')))} documents"
    for name in KINDS + FIELDS:
        value = round(scores[name], 3)
        yield f"reader.f1.{name}", {"value": value, "unit": "F1", "size": size}


def own_accuracy() -> Iterator[tuple[str, Figure]]:
    """F1 on the documents of our own, for each kind of item and each field of it."""
    golds = [json.loads(path.read_text("utf-8")) for path in sorted((OWN / "gold").glob("*.json"))]
    counts: dict[str, Count] = together(
        (gold, vanban.read_file(OWN / "documents" / gold["doc"]).as_json()) for gold in golds
    )
    for name, count in counts.items():
        value = round(count.f1, 3)
        yield (
            f"reader.own.f1.{name}",
            {"value": value, "unit": "F1", "size": f"{len(golds)} documents"},
        )


def _scores(gold: Path) -> dict[str, float]:
    spec = importlib.util.spec_from_file_location("scoring", SHARED / "tools" / "score_reading.py")
    if spec is None or spec.loader is None:
        return {}
    scoring = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scoring)
    with tempfile.TemporaryDirectory() as folder:
        for path in _documents("*.txt"):
            reading = json.dumps(vanban.read_file(path).as_json(), ensure_ascii=False)
            (Path(folder) / f"{path.stem}.json").write_text(reading, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            scores: dict[str, float] = scoring.main(gold, folder)
    return scores


def _documents(pattern: str) -> list[Path]:
    return sorted((SHARED / "documents").glob(pattern))


def speed() -> Iterator[tuple[str, Figure]]:
    """Reading the five source documents together, a long text in a row, and as a process."""
    paths = _documents("00[0-4]*.txt")
    if not paths:
        return
    texts = [path.read_text("utf-8") for path in paths]
    size = sum(map(len, texts))
    five = _best(lambda: [vanban.read(text) for text in texts])
    yield "reader.five", {"value": round(five, 4), "unit": "s", "size": f"{size} characters"}
    yield (
        "reader.rate",
        {"value": round(size / five), "unit": "characters/s", "size": "5 documents"},
    )
    row = "\n".join(texts * 20)
    long = _best(lambda: vanban.read(row), rounds=1)
    yield (
        "reader.rate.long",
        {"value": round(len(row) / long), "unit": "characters/s", "size": f"{len(row)} characters"},
    )
    command = [sys.executable, "-m", "vanban", str(paths[-1])]
    process = _best(
        lambda: subprocess.run(command, capture_output=True, check=True), clock=time.perf_counter
    )
    yield "reader.process", {"value": round(process, 3), "unit": "s", "size": paths[-1].name}


def _best(
    work: Callable[[], object],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """The least of several times, in seconds of this process: others do not disturb the figure."""
    times = []
    for _ in range(rounds):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(), ensure_ascii=False, indent=1) + "\n")
