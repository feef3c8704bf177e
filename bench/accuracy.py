"""How well vanban reads: F1 against annotations made by hand, for each kind of item and its fields.

Three sets: real documents (where they are at hand), documents of our own, and those of our own that
are looked at only as totals. The table goes into the library's README between its two marks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.vanban.scoring import Count, together

import vanban

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OWN = ROOT / "tests" / "vanban"
APART = ("02_", "06_", "08_", "13_")  # tests/vanban/documents/README.md
README = ROOT / "src" / "vanban" / "README.md"
BEGIN, END = "<!-- accuracy: written by `make bench` -->\n", "<!-- end of accuracy -->"

ROWS = (
    ("header", "header fields"),
    ("outline", "headings"),
    ("citations", "citations"),
    ("citations.date", "· date"),
    ("citations.issuer", "· issuer"),
    ("citations.basis", "· legal basis"),
    ("duties", "duties"),
    ("duties.lead", "· who leads"),
    ("duties.cooperating", "· who cooperates"),
    ("duties.due", "· deadline"),
    ("duties.deliver_to", "· handed to"),
    ("duties.deliverable", "· what is handed in"),
    ("indicators", "targets"),
    ("figures", "statistics"),
    ("figures.ratio", "· parts of a ratio"),
    ("figures.change", "· change"),
)

Figure = dict[str, Any]
Scores = Mapping[str, Count]


def figures() -> dict[str, Figure]:
    """Measures, and writes the README's table where every set is at hand."""
    own = sorted((OWN / "gold").glob("*.json"))
    sets = {
        "real": (sorted((SHARED / "gold").glob("*.json")), SHARED / "documents"),
        "own": ([path for path in own if not path.name.startswith(APART)], OWN / "documents"),
        "apart": ([path for path in own if path.name.startswith(APART)], OWN / "documents"),
    }
    scores = {name: _scores(*found) for name, found in sets.items() if found[0]}
    if len(scores) == len(sets):
        _write(scores, {name: len(found[0]) for name, found in sets.items()})
    return {
        f"reader.f1.{name}.{row}": {
            "value": round(found[row].f1, 3),
            "unit": "F1",
            "size": f"{len(sets[name][0])} documents",
        }
        for name, found in scores.items()
        for row, _ in ROWS
    }


def _scores(golds: list[Path], documents: Path) -> Scores:
    def pair(path: Path) -> tuple[Any, Any]:
        gold = json.loads(path.read_text("utf-8"))
        return gold, vanban.read_file(documents / f"{path.stem}.txt").as_json()

    found: Scores = together(map(pair, golds))
    return found


def _write(scores: Mapping[str, Scores], counts: Mapping[str, int]) -> None:
    lines = [
        f"| F1 | real ({counts['real']}) | our own ({counts['own']}) | kept apart ({counts['apart']}) |",
        "|---|---|---|---|",
    ]
    for row, label in ROWS:
        cells = " | ".join(f"{scores[name][row].f1:.3f}" for name in ("real", "own", "apart"))
        lines.append(f"| {label} | {cells} |")
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, "utf-8")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(), ensure_ascii=False, indent=1) + "\n")
