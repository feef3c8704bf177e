"""A unit writes its plan: begins from its duties, decides, words, reads the whole, takes the DOCX."""

import re

import pytest
from playwright.sync_api import expect

import vanban

pytestmark = pytest.mark.browser


def test_a_department_writes_its_plan(seat, tmp_path):
    officer = seat("so.tu.phap")
    page = officer.page
    page.goto("/nhiem-vu/ke-hoach/")
    page.get_by_role("button", name="Soạn kế hoạch của đơn vị").or_(
        page.get_by_role("link", name="Soạn tiếp kế hoạch của đơn vị")
    ).first.click()
    expect(page.get_by_role("heading", name="Kế hoạch năm 2024 của Sở Tư pháp")).to_be_visible()

    if page.get_by_role("button", name=re.compile("^Đưa cả")).count():
        page.get_by_role("button", name=re.compile("^Đưa cả")).click()
    officer.press("Thêm việc riêng của đơn vị")
    own = page.locator("article:target")
    own.get_by_label("Việc phải làm").fill("Tổ chức đối thoại với luật sư, luật gia")
    own.get_by_label("Chủ trì").fill("Văn phòng Sở")
    own.get_by_role("textbox", name="Thời hạn").fill("31/5/2024")
    expect(own.get_by_text(re.compile("^Đã lưu lúc"))).to_be_visible()  # by itself

    page.get_by_role("link", name="Xem cả bài").click()
    sentence = "Tổ chức đối thoại với luật sư, luật gia, hoàn thành chậm nhất ngày 31/5/2024."
    expect(page.get_by_text(sentence)).to_be_visible()
    officer.picture("soan-ke-hoach")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải DOCX").click()
    file = tmp_path / "ke-hoach.docx"
    taken.value.save_as(file)

    written = [one for one in vanban.read_file(file).duties if "luật gia" in one.action]
    assert [(one.lead, one.due.date) for one in written] == [(("Văn phòng Sở",), "2024-05-31")]
