"""Whatever a file does to its reader, the one who asked gets an answer."""

import subprocess
import sys

import pytest

import vanban
from tests.vanban.samples import PLAN
from vanban import apart


def test_the_same_reading_as_in_ones_own_process():
    assert (
        apart.read(PLAN.encode(), "kế hoạch.txt")
        == vanban.read_bytes(PLAN.encode(), "kế hoạch.txt").as_json()
    )


def test_what_cannot_be_read_is_said_in_the_same_words():
    with pytest.raises(vanban.Unreadable) as here:
        vanban.read_bytes(b"PK\x03\x04 cut", "a.docx")

    with pytest.raises(vanban.Unreadable) as apart_from_here:
        apart.read(b"PK\x03\x04 cut", "a.docx")

    assert str(apart_from_here.value) == str(here.value)
    assert apart_from_here.value.code == here.value.code


def test_a_file_that_takes_too_long_is_given_up():
    with pytest.raises(vanban.Unreadable) as refused:
        apart.read((PLAN * 3_000).encode(), "dài.txt", seconds=0.3)

    assert refused.value.code == "too_hard"
    assert "“dài.txt”" in str(refused.value)


def test_a_file_that_needs_too_much_memory_is_given_up():
    with pytest.raises(vanban.Unreadable) as refused:
        apart.read((PLAN * 3_000).encode(), "lớn.txt", megabytes=64)

    assert refused.value.code == "too_hard"


@pytest.mark.parametrize("data", [b"%PDF-1.7 cut", b"\x89PNG\r\n\x1a\n\x90 cut", b"PK\x03\x04 cut"])
def test_what_cannot_be_opened_is_refused_at_the_door(data):
    with pytest.raises(vanban.Unreadable) as refused:
        apart.check(data, "a")

    assert refused.value.code == "damaged"


def test_what_takes_long_to_open_is_let_in():
    apart.check(PLAN.encode(), "a.txt")
    apart.check((PLAN * 3_000).encode(), "dài.txt", seconds=0.05)


def test_a_reader_that_crashes_takes_nobody_with_it(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("import os; os.abort()")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(vanban.Unreadable) as refused:
        apart.read(PLAN.encode(), "a.txt")

    assert refused.value.code == "crashed"


@pytest.mark.parametrize("name", ["-m", "a\0b.txt", "dài " * 50_000 + ".txt", "\ud800.txt"])
def test_a_file_of_any_name_is_read(name):
    assert apart.read(PLAN.encode(), name)["header"]["number"] == "45/KH-UBND"


def test_an_answer_that_nobody_could_hold_is_refused(monkeypatch):
    monkeypatch.setattr(apart, "LONGEST", 1_000)

    with pytest.raises(vanban.Unreadable) as refused:
        apart._answer(PLAN.encode(), "read", "dài.txt")

    assert refused.value.code == "too_large"


def test_a_reader_that_nobody_waits_for_ends_by_itself():
    endless = b'["read", "x"]\n' + b"12 x, " * 5_000_000

    ended = subprocess.run(
        [sys.executable, "-m", "vanban.apart", "2048", "1"],
        input=endless,
        capture_output=True,
        timeout=60,
    )

    assert ended.returncode < 0
