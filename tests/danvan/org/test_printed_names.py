"""How many of the bodies that real documents name are found in a province with the usual units.

The documents and what people noted in them are not part of the repository.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from danvan.config.demo import org
from danvan.org.resolving import NameBook

NOTED = Path(__file__).resolve().parents[4] / "shared" / "gold"
DAY = date(2024, 3, 18)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not NOTED.is_dir(), reason="no annotated documents beside the repository"),
]


def printed() -> Counter:
    """The bodies that must do something, as printed → how often."""
    notes = [json.loads(path.read_text("utf-8")) for path in sorted(NOTED.glob("*.json"))]
    duties = [duty for note in notes for duty in note["duties"]]
    return Counter(name for duty in duties for name in duty["lead"] or [])


def test_three_in_four_are_found_whole_and_none_is_dropped_unasked():
    org.load_province()
    book = NameBook(DAY)

    found = {name: book.resolve(name) for name in printed()}

    whole = sum(times for name, times in printed().items() if found[name].is_whole)
    assert whole / printed().total() > 0.72
    assert all(one.units or one.left_over for one in found.values())
