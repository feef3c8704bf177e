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


def test_summary(plan, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    assert cli.main([str(plan)]) == 0

    answer = capsys.readouterr().out
    assert "  Số, ký hiệu       45/KH-UBND\n" in answer
    assert "  Nơi, ngày         An Phúc, 07/3/2023\n" in answer
    assert (
        "  6. Báo cáo kết quả về Ủy ban nhân dân tỉnh\n"
        "     Chủ trì    Sở Nội vụ\n"
        "     Thời hạn   trước ngày 15/11/2023\n"
        "     Gửi        Ủy ban nhân dân tỉnh\n"
    ) in answer
    assert "     Đề nghị    Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh\n" in answer


@pytest.mark.parametrize(("columns", "width"), [("20", 50), ("80", 80), ("120", 120), ("300", 120)])
def test_no_line_is_wider_than_the_terminal(plan, capsys, monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)

    cli.main(["--all", str(plan)])

    assert max(map(len, capsys.readouterr().out.splitlines())) == width


def test_a_long_list_is_shortened_and_says_how_to_see_all(plan, capsys):
    cli.main([str(plan)])
    short = capsys.readouterr().out
    cli.main(["--all", str(plan)])
    whole = capsys.readouterr().out

    assert "BỐ CỤC (12)" in short and "BỐ CỤC (12)" in whole
    assert "còn 2 mục nữa; xem đủ: vanban --all" in short
    assert "còn " not in whole


def test_a_day_without_year_says_which(tmp_path, capsys):
    path = tmp_path / "kế hoạch.txt"
    path.write_text(PLAN.replace("trước ngày 15/11/2023", "trước ngày 15/11"), encoding="utf-8")

    cli.main([str(path)])

    assert "trước ngày 15/11 (15/11/2023)" in capsys.readouterr().out


@pytest.mark.parametrize("module", ["argparse", "json", "zipfile", "pyexpat", "importlib.metadata"])
def test_a_summary_loads_only_what_it_needs(plan, module):
    code = f"import sys; from vanban import cli; cli.main([{str(plan)!r}]); sys.exit({module!r} in sys.modules)"

    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-X",
            "utf8",
            "-c",
            f"import sys; sys.path[:0] = {sys.path!r}; {code}",
        ],
        capture_output=True,
        timeout=20,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()


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
    assert "không có tệp này." in said.err
    assert "45/KH-UBND" in said.out


def test_what_cannot_be_opened_is_told_in_vietnamese(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hồ-sơ").mkdir()

    assert cli.main(["nope.txt", "hồ-sơ"]) == 1

    assert capsys.readouterr().err.splitlines() == [
        "Không mở được tệp “nope.txt”: không có tệp này.",
        "Không mở được tệp “hồ-sơ”: là thư mục không có văn bản nào.",
    ]


def test_a_folder_that_cannot_be_written_is_told_in_vietnamese(plan, capsys):
    assert cli.main(["--out", str(plan), str(plan)]) == 1

    assert capsys.readouterr().err == f"Không ghi được vào thư mục “{plan}”: đã có tệp cùng tên.\n"


@pytest.mark.parametrize(
    ("words", "at"),
    [(["--khong-co", "x"], " ở “--khong-co”"), (["--json"], ""), (["--out"], " ở “--out”")],
)
def test_a_wrong_call_is_told_in_vietnamese(words, at, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(words)

    assert left.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(f"Câu lệnh chưa đúng{at}. Cách dùng: vanban")


def test_help_is_in_vietnamese(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])

    told = capsys.readouterr().out
    assert left.value.code == 0
    assert "in hướng dẫn này" in told
    assert "show this help" not in told and "positional" not in told


def test_vietnamese_goes_out_whole_where_the_system_speaks_something_else(plan):
    told = subprocess.run(
        [sys.executable, "-m", "vanban", str(plan)],
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )

    assert told.returncode == 0
    assert "KẾ HOẠCH" in told.stdout.decode()


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
