"""Many files: which ones, where their answers go, and what a run that was stopped leaves."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vanban.samples import DECISION, PLAN, REPORT
from vanban import batch, cli
from vanban.batch import Answer


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "văn bản"
    for place, text in (("a.txt", PLAN), ("xã/b.txt", DECISION), ("xã/c.txt", REPORT)):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, "utf-8")
    return folder


def read(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_a_folder_is_walked_and_keeps_its_shape(folder, tmp_path):
    (folder / "~$a.docx").write_bytes(b"Word's lock")
    (folder / ".ẩn").mkdir()
    (folder / ".ẩn" / "d.txt").write_text("Không đọc", "utf-8")
    (folder / "ghi-chu.xlsx").write_bytes(b"PK")

    assert read("--out", tmp_path / "kq", folder) == 0

    kept = sorted(str(path.relative_to(tmp_path / "kq")) for path in tmp_path.glob("kq/**/*.json"))
    assert kept == ["a.json", "xã/b.json", "xã/c.json"]
    assert json.loads((tmp_path / "kq/xã/b.json").read_text("utf-8"))["header"]["number"] == (
        "812/QĐ-UBND"
    )


def test_files_of_one_name_have_answers_of_their_own(tmp_path):
    found = [("x/a.txt", "a.txt"), ("x/a.docx", "a.docx"), ("y/a.docx", "a.docx")]

    assert list(batch.targets(found, "kq").values()) == [
        "kq/a.json",
        "kq/a.docx.json",
        "kq/a-2.docx.json",
    ]


def test_names_that_some_systems_take_for_one_have_answers_of_their_own():
    found = [(name, name) for name in ("A.docx", "a.txt", "e\u0301.txt", "\u00e9.odt")]

    kept = list(batch.targets(found, "kq").values())

    assert kept == ["kq/A.json", "kq/a.txt.json", "kq/e\u0301.json", "kq/\u00e9.odt.json"]


@pytest.mark.parametrize(
    "name", ["x\ny.txt", 'q"uo`t$e\t.txt', "-x.txt", f"{'d' * 245}.txt", os.fsdecode(b"x\xff.txt")]
)
def test_names_of_any_letters(tmp_path, capsys, name):
    (tmp_path / "nguồn").mkdir()
    (tmp_path / "nguồn" / name).write_text(PLAN, "utf-8")

    for _time in range(2):
        assert read("--out", tmp_path / "kq", tmp_path / "nguồn") == 0

    assert len(list(tmp_path.glob("kq/*.json"))) == 1
    log = (tmp_path / "kq" / batch.Log.NAME).read_text("utf-8", errors="surrogateescape")
    assert len(log.splitlines()) == 1  # done at the first time


def test_answers_beside_their_files_a_pipe_and_a_loop_are_no_documents(folder):
    (folder / "vòng").symlink_to(folder)
    os.mkfifo(folder / "ống.txt")

    for _time in range(2):
        assert read("--out", folder / "kq", folder) == 0

    assert len(list(folder.glob("**/*.json"))) == 3


def full(*_args, **_options):
    raise OSError(errno.ENOSPC, "full")


def test_an_answer_that_cannot_be_written_leaves_no_half(tmp_path, monkeypatch):
    monkeypatch.setattr(batch.os, "replace", full)

    with pytest.raises(OSError, match="full"):
        batch.write(str(tmp_path / "a.json"), "{}")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("where", "what"), [(batch.Log, "add"), (batch, "write")])
def test_a_full_disk_stops_the_run_and_is_told(folder, tmp_path, capsys, monkeypatch, where, what):
    monkeypatch.setattr(where, what, full)

    assert read("--out", tmp_path / "kq", folder) == 1

    told = capsys.readouterr().err
    assert told.count("ổ đĩa đã đầy") == 1
    assert "Đã dừng." in told


def test_who_reads_only_the_beginning_ends_the_run_without_a_word(folder):
    (folder / "lớn.txt").write_text(PLAN * 60, "utf-8")
    command = [sys.executable, "-m", "vanban", "--json", str(folder), str(folder)]

    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run.stdout.read(10)
    run.stdout.close()

    assert run.stderr.read() == b""
    assert run.wait() == 1
    run.stderr.close()


def test_one_bad_file_stops_nothing(folder, tmp_path, capsys):
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 cut")

    assert read("--out", tmp_path / "kq", "--jobs", 2, folder) == 1

    told = capsys.readouterr().err
    assert "hỏng.docx" in told
    assert "Đã đọc 3 tệp; 1 tệp không đọc được" in told


def test_what_was_read_is_not_read_again(folder, tmp_path, capsys):
    kept = tmp_path / "kq" / "a.json"
    read("--out", tmp_path / "kq", folder)
    first = kept.stat().st_mtime_ns

    read("--out", tmp_path / "kq", folder)

    assert "Đã đọc 0 tệp; 3 tệp đã đọc từ lần trước." in capsys.readouterr().err
    assert kept.stat().st_mtime_ns == first


def test_a_changed_file_a_lost_answer_and_a_failure_are_read_again(folder, tmp_path, capsys):
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 cut")
    read("--out", tmp_path / "kq", folder)
    (folder / "a.txt").write_text(PLAN.replace("45/KH-UBND", "46/KH-UBND"), "utf-8")
    (tmp_path / "kq/xã/b.json").unlink()
    capsys.readouterr()

    read("--out", tmp_path / "kq", folder)

    assert "Đã đọc 2 tệp; 1 tệp đã đọc từ lần trước; 1 tệp không" in capsys.readouterr().err
    assert json.loads((tmp_path / "kq/a.json").read_text("utf-8"))["header"]["number"] == (
        "46/KH-UBND"
    )


def test_another_reader_reads_again(folder, tmp_path, capsys, monkeypatch):
    read("--out", tmp_path / "kq", folder)
    monkeypatch.setattr(cli, "READER_VERSION", "next")

    read("--out", tmp_path / "kq", folder)

    assert capsys.readouterr().err.splitlines()[-1] == "Đã đọc 3 tệp."


def test_a_log_torn_by_a_crash_is_read_as_far_as_it_goes(folder, tmp_path, capsys):
    read("--out", tmp_path / "kq", folder)
    log = tmp_path / "kq" / batch.Log.NAME
    log.write_text(log.read_text("utf-8")[:-20], "utf-8")

    read("--out", tmp_path / "kq", folder)
    read("--out", tmp_path / "kq", folder)

    assert capsys.readouterr().err.splitlines()[1:] == [
        "Đã đọc 1 tệp; 2 tệp đã đọc từ lần trước.",
        "Đã đọc 0 tệp; 3 tệp đã đọc từ lần trước.",
    ]


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path):
    source, kept = tmp_path / "nguồn", tmp_path / "kq"
    source.mkdir()
    for number in range(120):
        (source / f"{number:03}.txt").write_text(PLAN * 4, "utf-8")
    command = [sys.executable, "-m", "vanban", "--jobs", "2", "--out", str(kept), str(source)]
    run = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    while len(list(kept.glob("*.json"))) < 5:
        assert run.poll() is None
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    before = {path: path.stat().st_mtime_ns for path in kept.glob("*.json")}

    again = subprocess.run(command, capture_output=True, text=True, check=True)

    assert 5 <= len(before) < 120
    assert "tệp đã đọc từ lần trước" in again.stderr
    assert len(list(kept.glob("*.json"))) == 120
    assert not list(kept.glob("*.tmp")) or len(before) < 120
    for path in kept.glob("*.json"):
        assert json.loads(path.read_text("utf-8"))["header"]["number"] == "45/KH-UBND"
    unchanged = sum(path.stat().st_mtime_ns == time for path, time in before.items())
    assert unchanged >= len(before) - 1  # the one whose line in the log was not yet written


def end_suddenly(path):
    if path == "b":
        os._exit(9)
    return Answer(path, "read")


def never_end(path):
    if path == "b":
        time.sleep(60)
    return Answer(path, "read")


@pytest.mark.parametrize(
    ("work", "told"), [(end_suddenly, "dừng đột ngột"), (never_end, "quá lâu")]
)
def test_a_file_that_ends_its_process_or_never_ends_is_passed_over(work, told):
    answers = list(batch.side_by_side("abcd", work, jobs=2, seconds=1))

    assert [answer.path for answer in answers] == list("abcd")
    assert [answer.text for answer in answers] == ["read", "", "read", "read"]
    assert told in answers[1].error


def test_files_in_work_are_few_however_many_there_are():
    asked = 0

    def paths():
        nonlocal asked
        for number in range(1000):
            asked += 1
            yield str(number)

    answers = batch.side_by_side(paths(), Answer, jobs=2)
    next(answers)
    answers.close()

    assert asked <= 2 * batch.AHEAD


def test_answers_are_the_same_one_by_one_and_side_by_side(folder, capsys):
    read("--json", folder)
    alone = capsys.readouterr().out

    read("--json", "--jobs", 3, folder)

    assert capsys.readouterr().out == alone
    assert len(alone.strip().splitlines()) == 3


def test_a_number_of_jobs_below_one_is_refused(folder, capsys):
    with pytest.raises(SystemExit) as stopped:
        read("--jobs", 0, folder)

    assert stopped.value.code == 2
    assert "Cách dùng: vanban" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(folder, tmp_path, capsys):
    (tmp_path / "tệp").write_text("x", "utf-8")

    assert read("--out", tmp_path / "tệp", folder) == 1

    assert "Không ghi được vào thư mục" in capsys.readouterr().err


def test_nothing_else_is_left_in_the_folder(folder, tmp_path):
    read("--out", tmp_path / "kq", folder)

    assert {path.suffix for path in Path(tmp_path / "kq").rglob("*") if path.is_file()} == {
        ".json",
        ".jsonl",
    }
