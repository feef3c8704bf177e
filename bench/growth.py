"""How time grows with inputs that multiply or repeat: four times as long should take four times as much."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.vanban import hostile

import vanban
from vanban.formats import archive

FILES, TEXTS = 2_000, 2_000  # repeats in the smaller of the two


def figures() -> dict[str, dict[str, Any]]:
    """The worst ones, and all of them by name: time of four times the size, by time of the size."""
    archive.RATIO = 100_000  # what a test may pack, an archive of somebody else may not
    found = {
        **{name: _growth(_read_file, make, FILES) for name, make in hostile.FILES.items()},
        **{name: _growth(vanban.read, make, TEXTS) for name, make in hostile.TEXTS.items()},
    }
    return {
        f"growth.{name}": {"value": round(times, 1), "unit": "times", "size": "4 times the size"}
        for name, times in found.items()
    }


def _growth(read: Callable[[Any], object], make: Callable[[int], Any], size: int) -> float:
    took = []
    for data in (make(size), make(4 * size)):
        best = 9e9
        for _ in range(2):
            start = time.process_time()
            read(data)
            best = min(best, time.process_time() - start)
        took.append(best)
    return took[1] / max(took[0], 1e-4)


def _read_file(data: bytes) -> object:
    try:
        return vanban.read_bytes(data, "x")
    except vanban.Unreadable as refused:
        return refused
