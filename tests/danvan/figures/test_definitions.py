from datetime import date

import pytest

from danvan.definitions.models import Definition
from danvan.figures.definitions import FromRecords, indicator, indicators
from danvan.figures.rules import Counted, sentence
from danvan.records.definitions import register

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)


def test_every_indicator_counts_fields_that_its_register_has():
    parts = [part for one in indicators(TODAY) for part in one.parts]
    for part in parts:
        if isinstance(part, FromRecords):
            kept_in = register(part.register, TODAY)
            assert part.sum is None or kept_in.field(part.sum).is_number
            assert all(kept_in.field(code) for code in part.where)


def test_every_sentence_names_numbers_that_there_are():
    for one in indicators(TODAY):
        assert "—" in sentence(one.sentence, Counted(0, None, 0))


def test_an_unknown_indicator_is_not_found():
    with pytest.raises(Definition.DoesNotExist):
        indicator("gold_reserves", TODAY)
