"""The first two steps on a real plan, read in place: what danvan is for must work on what it is for."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import drop

pytestmark = pytest.mark.browser


def test_a_real_plan_is_read_proofread_and_laid_on_units(seat, shared):
    coordinator = seat("dau.moi")
    page = coordinator.page
    coordinator.go("Văn bản")
    (plan,) = shared.glob("documents/002_*.txt")

    drop(page, plan)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1026/KH-UBND")
    coordinator.picture("30-ke-hoach-that")
    answer_every_unclear_name(page)
    coordinator.press("Xác nhận và giao nhiệm vụ")
    coordinator.press("Giao nhiệm vụ")

    said = page.get_by_text(re.compile(r"Đã xác nhận\. \d+ nhiệm vụ được giao cho \d+ đơn vị"))
    expect(said.first).to_be_visible()
    duties, units = map(int, re.findall(r"\d+", said.first.inner_text())[:2])
    assert duties >= 25
    assert units >= 40
    coordinator.picture("31-ke-hoach-that-da-giao")


def answer_every_unclear_name(page):
    """Nobody is laid on the vague names (“các cơ quan liên quan”); each is asked about once."""
    unclear = page.locator(".question")
    for _name in range(40):
        if unclear.count() == 0:
            return
        before = page.locator(".question").first.inner_text()
        unclear.first.get_by_role("button", name="Không giao").click()
        expect(page.get_by_text(before, exact=True)).to_have_count(0)
    pytest.fail("names are still unclear")
