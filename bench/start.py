"""How long `vanban FILE.txt` takes as a process, from the shell's point of view."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PLAN = Path("src/danvan/config/demo/plan.txt")
RUNS = 9


def figures() -> dict[str, dict[str, Any]]:
    times = sorted(_once() for _run in range(RUNS))
    return {
        "vanban FILE.txt as a process": {
            "value": round(statistics.median(times), 3),
            "unit": "s",
            "size": f"{PLAN.stat().st_size} bytes, median of {RUNS}",
        }
    }


def _once() -> float:
    start = time.perf_counter()
    subprocess.run(
        [str(Path(sys.executable).with_name("vanban")), PLAN], check=True, capture_output=True
    )
    return time.perf_counter() - start
