"""The product itself: `danvan demo --serve` in a folder of its own, and a real browser before it."""

import json
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
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
PASSWORD = "tan-giang-2024"
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


PEOPLE = [  # of the province's single sign-on
    {"sub": "khai", "email": "le.hoang.khai@tangiang.example", "email_verified": True},
    {"sub": "nguoi-la", "email": "nguoi.la@tangiang.example", "email_verified": True},
    {"sub": "gia-mao", "email": "phan.van.tan@tangiang.example", "email_verified": False},
]


@pytest.fixture(scope="session")
def province_sign_on(tmp_path_factory, socket_enabled_for_session):
    """The address of a running OpenID Connect provider, in a process of its own."""
    port, log = _free_port(), tmp_path_factory.mktemp("sign-on") / "log"
    people = [word for one in PEOPLE for word in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    with log.open("wb") as written:
        server = subprocess.Popen(command, stdout=written, stderr=written)
    try:
        _wait(f"http://127.0.0.1:{port}/.well-known/openid-configuration", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def product(tmp_path_factory, province_sign_on):
    """The address of a running demo, with data and files of its own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    folder, port = tmp_path_factory.mktemp("product"), _free_port()
    own = {"DATABASE_URL", "DATABASE_OWNER_URL", "DANVAN_AS_OWNER"}
    environment = {key: value for key, value in os.environ.items() if key not in own} | {
        "DANVAN_VAR": str(folder),
        "DANVAN_DEMO": "1",
        "DANVAN_TODAY": "2024-03-18",
        "DANVAN_OIDC_URL": province_sign_on,
        "DANVAN_OIDC_CLIENT_ID": "danvan",
        "DANVAN_OIDC_CLIENT_SECRET": "of-this-test",
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
        except (urllib.error.URLError, ConnectionError, TimeoutError):
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


# What Chromium and htmx write of forms that are refused, and of a request that a later one replaced.
NO_FAULT = ("400 (Bad Request)", "htmx:sendAbort", "htmx:afterRequest")


class Seat:
    """One person before a browser of their own."""

    def __init__(self, browser, product, pictures, username=None, width=1366):
        self.context = browser.new_context(
            base_url=product, viewport={"width": width, "height": 768}, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.pictures = pictures
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hear)
        if username:
            self._sign_in(username)

    def _hear(self, message):
        if message.type == "error" and not any(one in message.text for one in NO_FAULT):
            self.faults.append(message.text)

    def _sign_in(self, username):
        self.page.goto("/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(username)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        pages = self.page.get_by_role("navigation", name="Các trang").get_by_role("link")
        expect(pages.first).to_be_visible()

    def go(self, word):
        """To one of the ten pages, by the navigation."""
        self.page.get_by_role("navigation").get_by_role("link", name=word).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def press(self, word):
        self.page.get_by_role("button", name=word, exact=True).first.click()

    def follow(self, word):
        self.page.get_by_role("link", name=word, exact=True).first.click()

    def answer(self):
        """The sentence under the title."""
        return " ".join(self.page.locator("p.answer").inner_text().split())

    def says(self, words):
        expect(self.page.get_by_role("status").filter(has_text=words).first).to_be_visible()

    def picture(self, name):
        self.page.screenshot(path=self.pictures / f"{name}.png")
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], f"{name} scrolls sideways"

    def leave(self):
        assert self.faults == []
        self.context.close()


@pytest.fixture
def seat(browser, product, pictures):
    """Gives seats, and sees that nothing went wrong at any of them."""
    taken = []

    def give(username=None, width=1366):
        taken.append(Seat(browser, product, pictures, username, width))
        return taken[-1]

    yield give
    for one in taken:
        one.leave()


def drop(page, path):
    """A file dropped anywhere on the page, as a person drags it."""
    transfer = page.evaluate_handle(
        """([name, bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], name));
            return transfer;
        }""",
        [path.name, list(path.read_bytes())],
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event("main", event, {"dataTransfer": transfer})
