"""The other documents that a text mentions, and which of them are its legal bases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vanban import named, numbered
from vanban.mentions import Mention, apart
from vanban.model import Citation
from vanban.outline import Section
from vanban.text import Page


def read(page: Page, sections: Sequence[Section]) -> tuple[Citation, ...]:
    signed = numbered.read(page)
    mentions = sorted([*signed, *apart(named.read(page.flat), signed)], key=lambda m: m.start)
    bases = _bases(page, sections, mentions)
    return tuple(_citation(page, *pair) for pair in zip(mentions, bases, strict=True))


def _citation(page: Page, mention: Mention, basis: bool) -> Citation:
    return Citation(
        page.span(mention.start, mention.end),
        mention.kind,
        mention.number,
        mention.date,
        mention.issuer,
        basis,
        mention.confidence,
        mention.because,
    )


_GROUND = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Xét|Triển khai|Thi hành)(?: thực hiện)? ")
_NO_GROUND = ("Theo đề nghị", "Theo báo cáo", "Xét ")  # proposals are no legal bases
_LISTED = re.compile(r" *(?:,|;|và|, và|&)? *(?:số +)?(?:Căn cứ +)?")
_AMENDED_BY = re.compile(r"[^;]{0,20}(?:được )?sửa đổi[^;]{0,40}(?:bởi|theo|tại) *")


def _bases(page: Page, sections: Sequence[Section], mentions: Sequence[Mention]) -> list[bool]:
    """The leading mentions of the preamble are bases, those inside their titles are not."""
    grounds = _grounds(page, sections)
    starts = [start for start, _ in grounds]
    answers: list[bool] = []
    for place, mention in enumerate(mentions):
        at = bisect_right(starts, mention.start) - 1
        inside = at >= 0 and mention.start < grounds[at][1]
        last = mentions[place - 1] if place else None
        after_basis = bool(answers and answers[-1])
        answers.append(inside and _leads(page.flat, grounds[at][0], mention, last, after_basis))
    return answers


def _grounds(page: Page, sections: Sequence[Section]) -> list[tuple[int, int]]:
    """The paragraphs of the preamble, above the first heading."""
    first = sections[0].paragraph if sections else len(page.paragraphs)
    return [
        (paragraph.start, paragraph.end)
        for paragraph in page.paragraphs[:first]
        if paragraph.kind == "body"
        and _GROUND.match(page.flat, paragraph.start)
        and not page.flat.startswith(_NO_GROUND, paragraph.start)
    ]


def _leads(
    flat: str, start: int, mention: Mention, last: Mention | None, after_basis: bool
) -> bool:
    """First after “Căn cứ” or a semicolon, or joined to one that is."""
    opening = _GROUND.match(flat, start)
    low = opening.end() if opening else start
    segment = max(
        flat.rfind(";", start, mention.start), flat.rfind("Căn cứ", start, mention.start), low - 1
    )
    if last is None or last.start <= segment or last.end <= start:
        return True
    between = flat[last.end : mention.start]
    return after_basis and bool(_LISTED.fullmatch(between) or _AMENDED_BY.fullmatch(between))
