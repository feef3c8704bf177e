"""How well and how fast vanban reads, on the documents that are at hand.

`figures()` answers `{name: {value, unit, size}}`; `python -m bench.reader` prints it as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import vanban
from bench import accuracy, office, printed

SHARED = Path(__file__).resolve().parents[2] / "shared"
ROUNDS = 40

Figure = dict[str, Any]


def figures() -> dict[str, Figure]:
    return dict(speed()) | office.figures() | printed.figures() | accuracy.figures()


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
