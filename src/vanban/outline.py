"""Numbered and lettered headings and clauses, their levels, and what each part is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban.lexicon import sections
from vanban.model import Heading
from vanban.text import Page, Paragraph, fold_spaces, sentences, trim_end

# From the outermost to the innermost; Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6.
RANKS = (
    "part",
    "chapter",
    "item",
    "capital",
    "roman",
    "article",
    "arabic",
    "decimal",
    "letter",
    "ordinal",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the paragraphs it covers, and the zone that its titles put them in."""

    heading: Heading
    paragraph: int
    last: int
    parent: int | None
    zone: str


def read(page: Page) -> tuple[Heading, ...]:
    return tuple(section.heading for section in read_sections(page))


def read_sections(page: Page) -> tuple[Section, ...]:
    """Headings in order, each with the paragraphs from its own up to the next on its level or above."""
    labelled = _with_outer_ordinals(list(_labelled(page)))
    ends = _ends(page, labelled)
    built: list[Section] = []
    stack: list[int] = []
    for place, (index, rank) in enumerate(labelled):
        while stack and labelled[stack[-1]][1] >= rank:
            stack.pop()
        parent = stack[-1] if stack else None
        built.append(_section(page, index, ends[place], len(stack) + 1, parent, built))
        stack.append(place)
    return tuple(built)


_ORDINAL, _ARABIC, _ARTICLE = (RANKS.index(kind) for kind in ("ordinal", "arabic", "article"))


def _with_outer_ordinals(labelled: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """“Thứ hai, …” that stands above “1.” and below none is a part, not the innermost clause."""
    ranks = [rank for _, rank in labelled]
    if _ORDINAL not in ranks or _ARABIC not in ranks:
        return labelled
    if ranks.index(_ORDINAL) > ranks.index(_ARABIC):
        return labelled
    return [(index, _ARTICLE if rank == _ORDINAL else rank) for index, rank in labelled]


def _ends(page: Page, labelled: Sequence[tuple[int, int]]) -> list[int]:
    """The last paragraph of each: the one before the next label of its rank or above."""
    ends = [len(page.paragraphs) - 1] * len(labelled)
    open_: list[int] = []
    for place, (index, rank) in enumerate(labelled):
        while open_ and labelled[open_[-1]][1] >= rank:
            ends[open_.pop()] = index - 1
        open_.append(place)
    return ends


def of_report(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The parts of a report: its “NỘI DUNG” tells what was done, not what there is to do."""
    if not any(_is_content(section) for section in sections):
        return sections
    found: list[Section] = []
    for section in sections:
        above = found[section.parent] if section.parent is not None else None
        inherits = above is not None and above.zone == "results" != sections[section.parent].zone  # type: ignore[index]
        tells = _is_content(section) or (inherits and section.zone == "duties")
        found.append(replace(section, zone="results") if tells else section)
    return tuple(found)


def _is_content(section: Section) -> bool:
    title = section.heading.title.casefold().strip(" .:")
    return section.zone == "duties" and title in ("nội dung", "nội dung báo cáo")


def zones(page: Page, sections: Sequence[Section]) -> list[str]:
    """For each paragraph the zone of the innermost section that it stands in, "" above the first."""
    answer = [""] * len(page.paragraphs)
    bounds = [section.paragraph for section in sections] + [len(page.paragraphs)]
    for section, stop in zip(sections, bounds[1:], strict=True):
        answer[section.paragraph : stop] = [section.zone] * (stop - section.paragraph)
    return answer


def _labelled(page: Page) -> Iterator[tuple[int, int]]:
    for index, paragraph in enumerate(page.paragraphs):
        if (
            paragraph.kind in RANKS
            and not _is_row(page, paragraph)
            and not _is_day(page, paragraph)
        ):
            yield index, RANKS.index(paragraph.kind)


_DAY = re.compile(r"(?:ngày )?\d{1,2}[/.-]\d")


def _is_day(page: Page, paragraph: Paragraph) -> bool:
    """“Thứ tư, ngày 30/3/2011” is a day of the week."""
    return paragraph.kind == "ordinal" and bool(_DAY.match(page.flat, paragraph.start))


def _is_row(page: Page, paragraph: Paragraph) -> bool:
    """“1 | Tên | 12” is a row of a table."""
    return "|" in page.flat[paragraph.mark : paragraph.start + 3] or (
        page.flat.count("|", paragraph.start, paragraph.end) > 1
    )


def _section(
    page: Page, index: int, last: int, level: int, parent: int | None, built: Sequence[Section]
) -> Section:
    paragraph = page.paragraphs[index]
    start, end = _title(page, index)
    title = fold_spaces(page.flat[start:end])
    above = built[parent] if parent is not None else None
    path = f"{above.heading.path}.{paragraph.label}" if above else paragraph.label
    because = f"Dòng bắt đầu bằng “{page.text[paragraph.mark : paragraph.start].strip(' *#')}”"
    heading = Heading(
        page.span(paragraph.mark, max(end, paragraph.mark + 1)),
        paragraph.label,
        level,
        title,
        path,
        0.95 if title else 0.7,
        because,
    )
    own = _own_zone(page, paragraph, title)
    zone = zone_of(own, above.zone if above else "")
    if own == "results" and zone == "duties" and _TELLS_RESULTS.match(title):
        zone = own
    return Section(heading, index, last, parent, zone)


def _title(page: Page, index: int) -> tuple[int, int]:
    """The words of the heading: its line, its first sentence, or the line below a bare label."""
    paragraph = page.paragraphs[index]
    start, end = paragraph.start, paragraph.end
    if not page.flat[start:end].strip(" .:") and index + 1 < len(page.paragraphs):
        below = page.paragraphs[index + 1]
        if below.kind == "body" and page.text[below.start : below.end].isupper():
            return below.start, trim_end(page.text, below.start, below.end)
    first = next(iter(sentences(page.flat, start, end)), (start, end))
    whole = end if _has_no_end(page, paragraph) else first[1]
    stop = trim_end(page.text, start, whole)
    return start, max(stop, start)


def _has_no_end(page: Page, paragraph: Paragraph) -> bool:
    return page.text[paragraph.end - 1 : paragraph.end] not in (".", ";", "…")


# Of an article only the opening words of its title say what it holds.
_ZONE_OF_ARTICLE = re.compile(r"(?:Nhiệm vụ|Trách nhiệm|Tổ chức thực hiện|Phân công|Giao )")
_FIRST = (
    ("results", sections.RESULTS),
    ("targets", sections.TARGETS),
    ("duties", sections.DUTIES),
    ("aims", sections.AIMS),
)
_WORDS = {word: zone for zone, words in reversed(_FIRST) for word in words}
_ZONE = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))


def zone_of(own: str, above: str) -> str:
    """The zone of a part, by its own title and the part that it stands in."""
    if above in ("results", "duties") and own != "targets":
        return above
    if above == "aims" and own != "duties":
        return above
    return own or above


# Of what a report asks at its end only what it asks of somebody is a duty.
_REQUESTS = ("kiến nghị", "đề xuất", "một số kiến nghị", "những kiến nghị")
_TELLS_RESULTS = re.compile(
    r"(?:Về )?(?:[Kk]ết quả|[Tt]ình hình|[Ưư]u điểm|[Hh]ạn chế)(?! thực hiện.{3,60} gửi)"
)
_CLAUSES = ("arabic", "decimal", "letter", "ordinal")
_AT_ONCE = 8  # characters before which a clause must say what it holds


def _own_zone(page: Page, paragraph: Paragraph, title: str) -> str:
    """What a title announces: "results", "aims", "targets", "duties", or "".

    A clause that only mentions results (“Báo cáo kết quả …”) does not announce them.
    """
    if paragraph.kind == "article" and not _ZONE_OF_ARTICLE.match(title):
        return ""
    if paragraph.kind in ("roman", "arabic", "capital") and title.casefold().startswith(_REQUESTS):
        return "aims"
    found = _ZONE.search(title[:120].casefold())
    zone = _WORDS[found[0]] if found else ""
    if found and paragraph.kind in _CLAUSES:
        is_clause = page.text[paragraph.end - 1 : paragraph.end] in (".", ";")
        return "" if is_clause or found.start() >= _AT_ONCE else zone
    return zone
