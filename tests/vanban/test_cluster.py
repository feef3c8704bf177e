"""The same work on a real Dask cluster: a scheduler and two worker processes."""

import json
import os
import subprocess
import sys

import pytest

from tests.vanban.samples import DECISION, PLAN, REPORT
from vanban import cli

START = """
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1", scheduler_port=0,
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        input()
"""


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler with two workers, for as long as the tests of this file run."""
    pytest.importorskip("distributed")
    process = subprocess.Popen(
        [sys.executable, "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process.stdout.readline().strip()
    process.communicate("\n", timeout=20)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "nguồn"
    folder.mkdir()
    for number, text in enumerate([PLAN, DECISION, REPORT] * 6):
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 cut")
    return folder


def test_a_cluster_answers_as_one_machine_does(scheduler, folder, tmp_path, capsys):
    on_cluster = run("--scheduler", scheduler, "--out", tmp_path / "cụm", folder)
    here = cli.main(["--out", str(tmp_path / "đây"), str(folder)])

    assert on_cluster.returncode == here == 1
    assert "Đã đọc 18 tệp; 1 tệp không đọc được" in on_cluster.stderr
    assert "hỏng.docx" in on_cluster.stderr
    for path in (tmp_path / "đây").glob("*.json"):
        other = tmp_path / "cụm" / path.name
        assert json.loads(other.read_text("utf-8")) == json.loads(path.read_text("utf-8"))


def test_both_workers_work(scheduler):
    script = (
        "import os, sys, distributed\n"
        "client = distributed.Client(sys.argv[1], set_as_default=False)\n"
        "print(len(set(client.run(os.getpid).values())))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, scheduler], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "2"


def test_no_scheduler_at_the_address_is_told(folder, monkeypatch):
    found = run("--scheduler", "tcp://127.0.0.1:1", folder, wait="1s")

    assert found.returncode == 1
    assert "Không kết nối được bộ điều phối “tcp://127.0.0.1:1”" in found.stderr
    assert "Traceback" not in found.stderr


def test_what_is_no_address_is_told(folder):
    found = run("--scheduler", "lung-tung", folder)

    assert found.returncode == 1
    assert found.stderr.startswith("Địa chỉ bộ điều phối phải có dạng tcp://máy:cổng")
    assert "Traceback" not in found.stderr


def run(*arguments, wait="30s"):
    return subprocess.run(
        [sys.executable, "-m", "vanban", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": wait},
    )
