"""The product itself: `danvan demo --serve` in a folder of its own, and a real browser before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def product(tmp_path_factory, socket_enabled_for_session):
    """The address of a running demo, with data and files of its own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    folder, port = tmp_path_factory.mktemp("product"), _free_port()
    own = {"DATABASE_URL", "DATABASE_OWNER_URL", "DANVAN_AS_OWNER"}
    environment = {key: value for key, value in os.environ.items() if key not in own} | {
        "DANVAN_VAR": str(folder),
        "DANVAN_DEMO": "1",
        "DANVAN_TODAY": "2024-03-18",
    }
    danvan = [sys.executable, "-m", "danvan.config.cli"]
    collect = [*danvan, "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*danvan, "demo", "--serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/dang-nhap/", server, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def socket_enabled_for_session():
    """The browser and the server are real, so sockets to this machine are open here."""
    import pytest_socket

    pytest_socket.enable_socket()


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    for _try in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    pytest.fail(f"the product did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser(product):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the pictures of the pages are kept, to be looked at."""
    folder = ROOT / "var" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
