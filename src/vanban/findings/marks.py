"""Marks that stand alone: footnote signs and notes, quotation marks and brackets that never close."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.model import Finding
from vanban.text import Page


def read(page: Page) -> Iterator[Finding]:
    yield from _notes(page)
    yield from _unclosed(page, "“", "”", "Dấu ngoặc kép “ mở")
    yield from _unclosed(page, "(", ")", "Dấu ngoặc đơn ( mở")


# ¹ without its note, a note without its ¹

_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SIGN = re.compile(rf"[{_SIGNS}]+")
_OPENERS, _CLOSERS = "⁽([", "⁾)]"
_POWER = re.compile(r"(?:(?<!\w)[kcdm]?m|\d[kcdm]?m|\d)$")  # m², 12km², 10⁶
_VALUES = str.maketrans(_SIGNS, "0123456789")
_FEW = 3  # more signs than these without a note are one finding: the text is an excerpt then
_NO_NOTE = "Dấu chú thích {} không có chú thích ở cuối trang hoặc cuối văn bản. Bổ sung chú thích hoặc bỏ dấu."
_NO_SIGN = "Chú thích {} không có dấu trong văn bản. Đặt dấu chú thích hoặc bỏ chú thích."


def _notes(page: Page) -> Iterator[Finding]:
    if not any(sign in page.text for sign in "¹²³"):
        return
    heads = {paragraph.mark for paragraph in page.paragraphs if paragraph.kind == "note"}
    signs: dict[int, tuple[int, int]] = {}
    notes: dict[int, tuple[int, int]] = {}
    powers: set[int] = set()
    for found in _SIGN.finditer(page.text):
        start, end = _with_brackets(page.text, *found.span())
        number = int(found[0].translate(_VALUES)[:6])
        if start in heads:
            notes.setdefault(number, (start, end))
        elif start == found.start() and _POWER.search(page.text, max(0, start - 4), start):
            powers.add(number)  # or a sign behind a figure
        else:
            signs.setdefault(number, (start, end))
    notes = {number: at for number, at in notes.items() if number not in powers}
    yield from _alone(page, signs, notes, _NO_NOTE, "Không có đoạn nào mở đầu bằng dấu này")
    yield from _alone(page, notes, signs, _NO_SIGN, "Không nơi nào khác có dấu này")


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """“⁽¹⁾” is one sign."""
    before = start > 0 and text[start - 1] in _OPENERS
    after = before and text[end : end + 1] in _CLOSERS and end < len(text)
    return start - before, end + after


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

_NEAR = 6  # paragraphs further on in which a torn quotation may still close
_ENDS_ALL = re.compile(r" *(?:[.;…]|$)")
_LABEL = re.compile(r"(?:^|[ (;,.])(?:[a-zđ]|\d{1,2}|[ivxIVX]{1,4})$")
_SHOWN = 40  # characters of the place that are quoted


def _unclosed(page: Page, opening: str, closing: str, named: str) -> Iterator[Finding]:
    """By paragraph; a row of a table and the end of the text may be torn and say nothing."""
    flat = page.flat
    if opening not in flat:
        return
    waiting: list[tuple[int, int]] = []  # paragraph and place of what is still open
    for here, paragraph in enumerate(page.paragraphs):
        start, end = paragraph.mark, paragraph.end
        if flat.count(opening, start, end) == flat.count(closing, start, end):
            continue
        still, closed = _left_open(page, opening, closing, here)
        for _ in range(closed):
            if waiting and here - waiting[-1][0] <= _NEAR:
                waiting.pop()
        waiting += [(here, at) for at in still[:1]]
    for here, at in waiting:
        if here == len(page.paragraphs) - 1 or not _is_sure(page, here):
            continue
        end = min(at + _SHOWN, page.paragraphs[here].end)
        yield Finding(
            page.span(at, end),
            "quote",
            f"{named} trước “{page.words(at + 1, end)}…” không có dấu đóng. Đóng ngoặc đúng chỗ.",
            0.8 if opening == "“" else 0.7,
            "Trong đoạn này và các đoạn ngay sau không có dấu đóng tương ứng",
        )


def _left_open(page: Page, opening: str, closing: str, here: int) -> tuple[list[int], int]:
    """Where marks stay open in a paragraph, and how many close that were open before it."""
    flat, paragraph = page.flat, page.paragraphs[here]
    still: list[int] = []
    closed = 0
    for found in re.finditer(f"[{opening}{closing}]", flat[paragraph.mark : paragraph.end]):
        at = paragraph.mark + found.start()
        if _opens(flat, at, opening):
            still.append(at)
        elif not still:
            closed += not _is_label(flat, at)
        else:
            whole = opening == "“" and len(still) > 1 and _ends_all(page, at, here)
            still = [] if whole else still[:-1]
    return still, closed


def _opens(flat: str, at: int, opening: str) -> bool:
    """By the letters beside it, where a quotation mark was typed the wrong way round (“Dân vận khéo“)."""
    before, after = flat[at - 1 : at].isalnum(), flat[at + 1 : at + 2].isalnum()
    if opening == "“" and before != after:
        return after
    return flat[at] == opening


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
