from datetime import date

import pytest
from django.db import IntegrityError, transaction

from danvan.config import setup
from danvan.definitions import actions
from danvan.definitions.models import Definition

pytestmark = pytest.mark.django_db

FIRST = """
- code: kpi
  valid_from: 2023-01-01
  source: Quyết định 1
  label: Cũ
"""
SECOND = """
- code: kpi
  version: 2
  valid_from: 2024-07-01
  source: Quyết định 2
  label: Mới
"""
ENDED = """
- code: kpi
  valid_from: 2023-01-01
  valid_to: 2024-07-01
  source: Quyết định 1
  label: Cũ
"""


@pytest.fixture
def load(tmp_path):
    """Load a data folder with one file of the kind `measures`."""

    def write_and_load(rows: str) -> int:
        (tmp_path / "measures.yaml").write_text(rows, "utf-8")
        return actions.load(tmp_path)

    return write_and_load


def in_force(day):
    return [row["label"] for row in Definition.objects.in_force("measures", day)]


def test_a_row_is_kept_under_the_name_of_its_file_with_source_and_body(load):
    load(FIRST)

    row = Definition.objects.get(kind="measures")
    assert (row.code, row.version, row.source) == ("kpi", 1, "Quyết định 1")
    assert row.body == {"label": "Cũ"}


def test_load_twice_adds_nothing(load):
    counts = [load(FIRST), load(FIRST)]

    assert counts == [1, 0]


def test_what_the_stages_ship_is_loaded_once():
    assert setup.load_definitions() == 0


def test_a_loaded_row_stays_as_it_is(load):
    load(FIRST)

    load(FIRST.replace("Cũ", "Đã sửa"))

    assert in_force(date(2024, 1, 1)) == ["Cũ"]


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (date(2022, 12, 31), []),  # before it is valid
        (date(2023, 1, 1), ["Cũ"]),  # from its first day
        (date(2024, 6, 30), ["Cũ"]),  # the day before the new version
        (date(2024, 7, 1), ["Mới"]),  # the new version wins from its own day
        (date(2030, 1, 1), ["Mới"]),
    ],
)
def test_a_new_version_wins_from_its_day_and_the_old_one_stays(load, day, labels):
    load(FIRST)
    load(SECOND)

    assert in_force(day) == labels


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (date(2024, 6, 30), ["Cũ"]),
        (date(2024, 7, 1), []),  # `valid_to` is the first day without it
    ],
)
def test_a_row_ends_on_the_day_that_it_says(load, day, labels):
    load(ENDED)

    assert in_force(day) == labels


def test_one_is_asked_by_kind_and_code(load):
    load(FIRST)

    assert Definition.objects.one("measures", "kpi", date(2024, 1, 1))["label"] == "Cũ"
    with pytest.raises(Definition.DoesNotExist):
        Definition.objects.one("registers", "kpi", date(2024, 1, 1))


def test_a_version_given_twice_in_one_file_loads_nothing(load):
    with pytest.raises(IntegrityError), transaction.atomic():
        load(FIRST + FIRST)

    assert not Definition.objects.filter(kind="measures").exists()
