"""Marks that stand alone: footnote signs and notes, quotation marks and brackets that never close."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from vanban.model import Finding
from vanban.text import Page


def read(page: Page) -> Iterator[Finding]:
    yield from _notes(page)
    yield from _unclosed(page, "“", "”", "Dấu ngoặc kép “ mở")
    yield from _unclosed(page, "(", ")", "Dấu ngoặc đơn ( mở")


# ¹ without its note, a note without its ¹

_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SIGN = re.compile(rf"[⁽(\[]?([{_SIGNS}]+)[⁾)\]]?")
_POWER = re.compile(r"(?:(?<!\w)[kcdm]?m|\d[kcdm]?m|\d)$")  # m², 12km², 10⁶
_VALUES = str.maketrans(_SIGNS, "0123456789")
_FEW = 3  # more signs than these without a note are one finding: the text is an excerpt then
_NO_NOTE = "Dấu chú thích {} không có chú thích ở cuối trang hoặc cuối văn bản. Bổ sung chú thích hoặc bỏ dấu."
_NO_SIGN = "Chú thích {} không có dấu trong văn bản. Đặt dấu chú thích hoặc bỏ chú thích."


def _notes(page: Page) -> Iterator[Finding]:
    if not any(sign in page.text for sign in _SIGNS):
        return
    heads = {paragraph.mark for paragraph in page.paragraphs if paragraph.kind == "note"}
    signs: dict[int, tuple[int, int]] = {}
    notes: dict[int, tuple[int, int]] = {}
    for found in _SIGN.finditer(page.text):
        number = int(found[1].translate(_VALUES))
        if found.start() in heads:
            notes.setdefault(number, found.span())
        elif not _is_power(page.text, found.start()):
            signs.setdefault(number, found.span())
    yield from _alone(page, signs, notes, _NO_NOTE, "Không có đoạn nào mở đầu bằng dấu này")
    yield from _alone(page, notes, signs, _NO_SIGN, "Không nơi nào khác có dấu này")


def _is_power(text: str, at: int) -> bool:
    return text[at] in _SIGNS and bool(_POWER.search(text, max(0, at - 4), at))


def _alone(
    page: Page,
    these: dict[int, tuple[int, int]],
    others: dict[int, tuple[int, int]],
    message: str,
    because: str,
) -> Iterator[Finding]:
    alone = [number for number in sorted(these) if number not in others]
    for number in alone if len(alone) <= _FEW else alone[:1]:
        named = f"“{number}”"
        if len(alone) > _FEW:
            named += f" (và {len(alone) - 1} số khác)"
        yield Finding(page.span(*these[number]), "note", message.format(named), 0.8, because)


# “ or ( that never closes

_NEAR = 3  # paragraphs further on in which a torn quotation may still close
_ENDS_ALL = re.compile(r" *(?:[.;…]|$)")
_LABEL = re.compile(r"(?:^|[ (;,.])(?:[a-zđ]|\d{1,2}|[ivxIVX]{1,4})$")
_SHOWN = 40  # characters of the place that are quoted


def _unclosed(page: Page, opening: str, closing: str, named: str) -> Iterator[Finding]:
    """By paragraph; a row of a table and the end of the text may be torn and say nothing."""
    if opening not in page.flat:
        return
    waiting: list[tuple[int, int]] = []  # paragraph and place of what is still open
    starts = [paragraph.mark for paragraph in page.paragraphs]
    depth: list[tuple[int, int]] = []
    for at in _marks(page.flat, opening, closing):
        here = bisect_right(starts, at) - 1
        if depth and depth[-1][0] != here:
            waiting += [one for one in depth if one[0] != here]
            depth = []
        if page.flat[at] == opening:
            depth.append((here, at))
        elif depth:
            whole = opening == "“" and len(depth) > 1 and _ends_all(page, at, here)
            depth = [] if whole else depth[:-1]
        elif waiting and here - waiting[-1][0] <= _NEAR and not _is_label(page.flat, at):
            waiting.pop()
    for here, at in [*waiting, *depth]:
        if here < 0 or here >= len(starts) - 1 or not _is_sure(page, here):
            continue
        words = page.words(at, min(at + _SHOWN, page.paragraphs[here].end))
        yield Finding(
            page.span(at, min(at + _SHOWN, page.paragraphs[here].end)),
            "quote",
            f"{named} trước “{words[1:].strip()}…” không có dấu đóng. Đóng ngoặc đúng chỗ.",
            0.8 if opening == "“" else 0.7,
            "Trong đoạn này và các đoạn ngay sau không có dấu đóng tương ứng",
        )


def _marks(flat: str, opening: str, closing: str) -> list[int]:
    return sorted([*_places(flat, opening), *_places(flat, closing)])


def _places(flat: str, mark: str) -> Iterator[int]:
    at = flat.find(mark)
    while at >= 0:
        yield at
        at = flat.find(mark, at + 1)


def _ends_all(page: Page, at: int, here: int) -> bool:
    """One mark may close an inner and an outer quotation where the sentence ends."""
    return bool(_ENDS_ALL.match(page.flat, at + 1, max(at + 1, page.paragraphs[here].end)))


def _is_label(flat: str, at: int) -> bool:
    """“a)”, “1)”: no bracket that closes."""
    return flat[at] == ")" and bool(_LABEL.search(flat[max(0, at - 6) : at]))


def _is_sure(page: Page, here: int) -> bool:
    paragraph = page.paragraphs[here]
    if page.flat.count("|", paragraph.mark, paragraph.end):
        return False
    return '"' not in page.flat[paragraph.mark : paragraph.end]
