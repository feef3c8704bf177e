"""Thousands of documents in a row: how many a second, and whether memory stays flat."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PLAN = Path("src/danvan/config/demo/plan.txt")
FILES = 10_000
EARLY = 500  # files after which memory is first looked at: every module is loaded by then

# A process of its own, so that what the benchmark holds is not counted.
READ = """
import resource, sys
from vanban import batch
def mebibytes():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20
paths = [path for path, _ in batch.files([sys.argv[1]])]
for count, answer in enumerate(batch.one_by_one(paths, batch.How(json=True).file), 1):
    assert answer.text, answer.error
    if count == int(sys.argv[2]):
        print(mebibytes())
print(mebibytes())
"""


def figures() -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "documents"
        size = _make(folder)
        said = f"{FILES} documents, {size} characters"
        start = time.perf_counter()
        early, late = _memory(folder)
        alone = time.perf_counter() - start
        start = time.perf_counter()
        command = [sys.executable, "-m", "vanban", "--jobs", "2", "--out", str(Path(name) / "kept")]
        subprocess.run([*command, str(folder)], check=True, capture_output=True)
        two = time.perf_counter() - start
    return {
        "many.memory.early": _figure(round(early), "MiB", f"after {EARLY} of {said}"),
        "many.memory.late": _figure(round(late), "MiB", f"after {said}"),
        "many.rate": _figure(round(FILES / alone), "documents/s", f"{said}, one process"),
        "many.rate.two": _figure(round(FILES / two), "documents/s", f"{said}, --jobs 2 --out"),
    }


def _figure(value: float, unit: str, size: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "size": size}


def _make(folder: Path) -> int:
    """Our own plan again and again, each under a number of its own and of another length."""
    folder.mkdir()
    text = PLAN.read_text("utf-8")
    size = 0
    for number in range(FILES):
        piece = text[: len(text) // (1 + number % 7)]
        words = piece.replace("KH-UBND", f"KH{number}-UBND")
        (folder / f"{number:05}.txt").write_text(words, "utf-8")
        size += len(words)
    return size


def _memory(folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-c", READ, str(folder), str(EARLY)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return float(said[0]), float(said[1])
