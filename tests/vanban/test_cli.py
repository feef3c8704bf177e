import json
import os
import subprocess
import sys

import pytest

from tests.vanban.samples import PLAN, REPORT
from vanban import cli


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_summary(plan, capsys):
    assert cli.main([str(plan)]) == 0

    answer = capsys.readouterr().out
    for words in (
        "45/KH-UBND",
        "BỐ CỤC: 12",
        "Chủ trì: Sở Nội vụ",
        "trước ngày 15/11/2023 (2023-11-15)",
        "Đề nghị:",
    ):
        assert words in answer


def test_json_is_one_line_for_each_file(plan, tmp_path, capsys):
    other = tmp_path / "bao-cao.txt"
    other.write_text(REPORT, encoding="utf-8")

    assert cli.main(["--json", str(plan), str(other)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["doc"] for line in lines] == ["ke-hoach.txt", "bao-cao.txt"]


def test_json_into_a_folder(plan, tmp_path):
    assert cli.main(["--out", str(tmp_path / "doc"), str(plan)]) == 0

    assert (
        json.loads((tmp_path / "doc" / "ke-hoach.json").read_text("utf-8"))["doc"] == "ke-hoach.txt"
    )


def test_an_unreadable_file_fails_and_the_others_are_read(plan, tmp_path, capsys):
    empty = tmp_path / "trống.txt"
    empty.touch()

    assert cli.main([str(empty), str(plan), str(tmp_path / "không-có.txt")]) == 1

    said = capsys.readouterr()
    assert "“trống.txt” không có nội dung" in said.err
    assert "Không mở được tệp" in said.err
    assert "45/KH-UBND" in said.out


def test_as_a_module(plan):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "vanban", str(plan)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=20,
        check=False,
    )

    assert done.returncode == 0
    assert "45/KH-UBND" in done.stdout.decode()
