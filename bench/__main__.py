"""Run all benchmarks, or the ones named."""

import json
import os
import platform
import sys
from importlib import import_module
from pathlib import Path

NAMES = (
    "reader",
    "growth",
    "many",
    "start",
    "pages",
    "tree",
    "imports",
    "audit",
    "coverage",
    "nation",
)
KEPT = Path("var/bench.json")


def main(chosen: list[str]) -> int:
    unknown = set(chosen) - set(NAMES)
    if unknown:
        sys.stderr.write(f"no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}\n")
        return 2
    sys.stdout.write(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    figures = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for name in chosen or NAMES:
        found = import_module(f"bench.{name}").figures()
        for key, figure in found.items():
            sys.stdout.write(
                f"{key:46} {figure['value']:>12} {figure['unit']:8} {figure['size']}\n"
            )
        figures |= found
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(figures, indent=1, ensure_ascii=False, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
