"""Who must do what by when: the sentences of a text that lay a duty on somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vanban import bodies, deadlines
from vanban.lexicon.kinds import KINDS
from vanban.lexicon.letters import LETTER
from vanban.lexicon.verbs import CONNECTIVES, OPENERS
from vanban.model import Due, Duty, Header, Target
from vanban.outline import Section
from vanban.text import Page, Paragraph, flatten, fold_spaces, sentences, trim_end

Range = tuple[int, int]


@dataclass(slots=True)
class _Scene:
    """What is known on the way down the text: the section, and who was named above."""

    page: Page
    sections: Sequence[Section]
    year: str | None
    is_report: bool
    is_decision: bool
    has_zones: bool
    section: int | None = None
    stem: tuple[str, ...] = ()
    stem_manner: str = "order"
    duties: list[Duty] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence or a part of one, with what it says of the doer."""

    start: int
    end: int
    lead: tuple[str, ...]
    verb: int
    manner: str
    because: str


def read(
    page: Page, sections: Sequence[Section], header: Header, targets: Sequence[Target]
) -> tuple[Duty, ...]:
    scene = _scene(page, sections, header)
    starts = {section.paragraph: place for place, section in enumerate(sections)}
    taken = [(target.span.start, target.span.end) for target in targets]
    closed = False
    for index, paragraph in enumerate(page.paragraphs):
        if index in starts:
            _enter(scene, starts[index])
            closed = False
        if _ends_the_text(page, paragraph):
            break
        if not closed and _is_in_scope(scene, paragraph):
            _read_paragraph(scene, index, paragraph, taken)
        closed = closed or page.flat[paragraph.start : paragraph.end].rstrip().endswith("./.")
    return tuple(scene.duties)


def _scene(page: Page, sections: Sequence[Section], header: Header) -> _Scene:
    period = header.period
    return _Scene(
        page,
        sections,
        period[0] if period and period[0] == period[1] else None,
        is_report=header.kind == "Báo cáo",
        is_decision=any(s.heading.label.startswith("Điều ") for s in sections),
        has_zones=any(s.zone in ("duties", "results") for s in sections),
    )


_RECIPIENTS = re.compile(r"N[ơƠ][iI] [nN][hH][ậẬ][nN] *:|N[ơƠ][iI] [gG][ửỬ][iI] *:")


def _ends_the_text(page: Page, paragraph: Paragraph) -> bool:
    return bool(_RECIPIENTS.match(page.flat, paragraph.start))


def _enter(scene: _Scene, place: int) -> None:
    """A new heading: whom it names leads what stands below it."""
    scene.section = place
    section = scene.sections[place]
    lead, manner = _lead_of_heading(section.heading.title)
    if lead or section.parent is None:
        scene.stem, scene.stem_manner = lead, manner
    elif section.heading.level <= 2 or _sibling_named(scene, place):
        scene.stem, scene.stem_manner = (), "order"


def _sibling_named(scene: _Scene, place: int) -> bool:
    """Whether an earlier heading of the same rank named the doer: then this one does not inherit."""
    here = scene.sections[place]
    return any(
        s.parent == here.parent and _lead_of_heading(s.heading.title)[0] for s in scene.sections[:place]
    )


def _named(text: str, flat: str, start: int, end: int) -> tuple[str, ...]:
    """The bodies named in `start..end`, as printed."""
    return tuple(fold_spaces(text[s:e].replace("*", " ")) for s, e in bodies.split(flat, start, end))


_OF_WHOM = re.compile(
    r"(?:Trách nhiệm|Nhiệm vụ|Hoạt động|Nhiệm vụ, trách nhiệm|Phân công nhiệm vụ)(?: của| đối với)? +|"
    r"Đối với +|Giao +(?:cho +)?|Đề nghị +|Yêu cầu +"
)


def _lead_of_heading(title: str) -> tuple[tuple[str, ...], str]:
    """“Sở Nội vụ”, “Trách nhiệm của …”, “Đề nghị Ban Dân vận Tỉnh ủy:” name the doer of what follows."""
    flat = flatten(title)
    opening = _OF_WHOM.match(flat)
    start = opening.end() if opening else 0
    manner = "request" if flat.startswith("Đề nghị") else "order"
    if flat.isupper():
        return (), "order"
    if opening and opening[0].startswith(("Nhiệm vụ", "Trách nhiệm", "Hoạt động")):
        return _named(title, flat, start, _whole_title_end(flat, start)), manner
    if not bodies.begins(flat, start):
        return (), manner
    end = bodies.phrase_end(flat, start, len(flat))
    if end < len(flat) and opening and flat[end : end + 3] != "có ":
        end = _title_end(flat, start)
    return _named(title, flat, start, end), manner


_TITLE_TAIL = re.compile(r" trong (?:việc|công tác|thực hiện)|:")


def _whole_title_end(flat: str, start: int) -> int:
    tail = _TITLE_TAIL.search(flat, start)
    return tail.start() if tail else len(flat)


def _title_end(flat: str, start: int) -> int:
    verb = bodies.predicate_after(flat, start, len(flat))
    return verb if verb is not None else len(flat)


def _is_in_scope(scene: _Scene, paragraph: Paragraph) -> bool:
    zone = _zone(scene)
    if zone == "results":
        return False
    if zone == "" and scene.is_report:
        return False
    if scene.section is None:
        return not scene.has_zones and not scene.is_decision
    return True


def _zone(scene: _Scene) -> str:
    return scene.sections[scene.section].zone if scene.section is not None else ""


def _read_paragraph(
    scene: _Scene, index: int, paragraph: Paragraph, taken: Sequence[Range]
) -> None:
    page = scene.page
    is_stem = _is_stem(page, index, paragraph)
    if paragraph.kind not in ("body", "bullet", "note") and _is_heading(scene, index, paragraph):
        if is_stem:
            _set_stem(scene, paragraph.start, paragraph.end)
        return
    subject: tuple[str, ...] = ()
    pieces = list(_sentences(page, paragraph))
    for number, (start, end) in enumerate(pieces):
        if is_stem and number == len(pieces) - 1:
            _set_stem(scene, start, end)
            return
        if _is_formula(page.flat, start) or _inside(start, end, taken):
            continue
        for clause in _clauses(scene, start, end, paragraph, subject):
            subject = clause.lead or subject
            _add(scene, clause)


def _inside(start: int, end: int, taken: Sequence[Range]) -> bool:
    return any(s <= start + 5 and end - 5 <= e for s, e in taken)


def _is_stem(page: Page, index: int, paragraph: Paragraph) -> bool:
    """A paragraph that ends in a colon, or names a doer, above the bullets that say what to do."""
    tail = page.flat[paragraph.start : paragraph.end].rstrip(" ”\"'")[-1:]
    return tail == ":" and index + 1 < len(page.paragraphs)


def _is_heading(scene: _Scene, index: int, paragraph: Paragraph) -> bool:
    """A label with things below it, or without a verb of its own."""
    section = scene.sections[scene.section] if scene.section is not None else None
    flat = scene.page.flat
    text_end = flat[paragraph.start : paragraph.end].rstrip()
    has_more = section is not None and section.paragraph == index < section.last
    if text_end.endswith(("./.", ".", ";")) and len(text_end) > 60:
        return False
    if len(text_end) > 80 and _ENFORCES.search(text_end):
        return False
    if text_end.endswith(":"):
        return True
    if has_more and _below_is_part(scene, index):
        return True
    return len(text_end) < 60 and not text_end.endswith(".") and has_more


def _below_is_part(scene: _Scene, index: int) -> bool:
    below = scene.page.paragraphs[index + 1]
    return below.kind != "note" and not _ends_the_text(scene.page, below)


_ENFORCES = re.compile(r"chịu trách nhiệm (?:thi hành|thực hiện|triển khai)")
_STEM_RESPONSIBLE = re.compile(r",? (?:và )?có (?:trách nhiệm|nhiệm vụ)")


def _set_stem(scene: _Scene, start: int, end: int) -> None:
    """Who is named in “X có trách nhiệm:”, “Giao X:” leads the bullets below."""
    flat = scene.page.flat
    lead, _, manner = _doer(scene.page, start, end)
    if not lead:
        lead = _named_inside(scene.page, start, end)
    if lead:
        scene.stem, scene.stem_manner = lead, manner
    duty_end = _STEM_RESPONSIBLE.search(flat, start, end)
    verb = bodies.predicate_after(flat, start, end) if lead else None
    if duty_end and verb is not None and verb + 20 < duty_end.start():
        if bodies.begins(flat, start) and _zone(scene) == "duties":
            _add(scene, _Clause(start, duty_end.start(), lead, verb, manner, _BECAUSE_SUBJECT))


def _named_inside(page: Page, start: int, end: int) -> tuple[str, ...]:
    flat = page.flat
    for head in bodies.HEAD.finditer(flat, start, end):
        if head[0][0].isupper() or flat[head.start() - 2 : head.start()] == ", ":
            verb = bodies.predicate_after(flat, head.start(), end)
            if verb is not None and bodies.begins(flat, head.start()):
                return _named(page.text, flat, head.start(), verb)
    return ()


_FORMULA = re.compile(
    r"Trên đây|Với nội dung trên|Với những nội dung|(?:Kế hoạch|Quyết định|Hướng dẫn|Chỉ thị|Quy chế|Quy định|Chương trình) "
    r"này |Quyết định có hiệu lực|Địa điểm|Địa chỉ|Kinh phí|Rất mong|Trân trọng|Kính đề nghị Quý|Điều \d"
    r"|Lưu ý|Ban hành kèm theo|Bài, ảnh|\(Trích|Kèm theo|Ghi chú|Cập nhật|Đồng chí .{5,60} phát biểu"
)


def _is_formula(flat: str, start: int) -> bool:
    return bool(_FORMULA.match(flat, start))


_KIND_NEXT = re.compile(rf"[“\"(]?(?:{'|'.join(map(re.escape, KINDS))}|Bộ luật|Hiến pháp)(?![{LETTER}])")
_BELONGS = re.compile(r"(?:Trong đó|trong đó|Cụ thể|Như vậy|Ví dụ|Đặc biệt, |Đặc biệt |Nhất là)")


def _sentences(page: Page, paragraph: Paragraph) -> Iterator[Range]:
    """Sentences; what follows a semicolon is one only where an order begins there."""
    flat = page.flat
    held: Range | None = None
    for start, end in sentences(flat, paragraph.start, paragraph.end):
        if held is not None and _goes_on(flat, held, start):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _goes_on(flat: str, held: Range, start: int) -> bool:
    if _BELONGS.match(flat, start) or flat[start].isdigit():
        return True
    if flat[held[1] - 1] != ";":
        return False
    return not (_is_order(flat, start) and not bodies.begins(flat, start)) or bool(
        _KIND_NEXT.match(flat, start)
    )


_WORDS = re.compile(rf"[{LETTER}]+,?")


def _is_order(flat: str, start: int) -> bool:
    """Whether an imperative begins here: by its first or its first two syllables."""
    first = _WORDS.match(flat, start)
    if not first:
        return False
    one = first[0].casefold()
    if one.rstrip(",") in OPENERS:
        return True
    second = _WORDS.match(flat, first.end() + 1)
    return bool(second) and f"{one} {second[0].casefold().rstrip(',')}" in OPENERS  # type: ignore[index]


_CONNECTIVE = re.compile(rf"(?:{'|'.join(CONNECTIVES)})[,:]? +")
_REQUEST = re.compile(r"(?P<ask>[Kk]ính đề nghị|Đề nghị|đề nghị) +")
_COMMAND = re.compile(r"(?:Giao|giao|Yêu cầu|yêu cầu) +(?:cho +)?|[Gg]iao trách nhiệm cho +")
_ASKS = re.compile(r"(?:kính )?(?:đề nghị|yêu cầu) +")
_CIRCUMSTANCE = re.compile(
    r"(?:Trên cơ sở|Căn cứ|Theo |Trong |Trường hợp|Định kỳ|Hàng |Hằng |Khi |Sau khi|Trước |Tùy |Ngoài |Để |"
    r"Đối với|Nếu |Chậm nhất|Đến |Từ |Thông qua|Với |Nhân |Cùng với|Vào |Tại |Hằng|Riêng |Ngay |Bên cạnh|Qua )"
)
# Below these a doer is named further on; below the others an order may follow at once.
_EVENT = re.compile(r"(?:Trong |Nếu |Trường hợp|Khi |Định kỳ|Hàng |Hằng |Chậm nhất|Trước |Sau khi)")
_AFTER_COMMA = re.compile(r"(?:[,:)]| thì|yêu cầu|đề nghị) +")
_OBLIGED = re.compile(r" (?:có trách nhiệm|chịu trách nhiệm|phải|cần|thi hành) |thi hành[./]*$")
_DIRECTING = re.compile(r"(?:Tiếp tục |Tập trung )?(?:Chỉ đạo|chỉ đạo|Hướng dẫn|Giao) +")
_BETWEEN = re.compile(r"(?<!sự )phối hợp(?: [^ ,;.\d]+){0,6}? giữa +")
_BECAUSE_SUBJECT = "Chủ thể đứng đầu câu"
_BECAUSE_ORDER = "Câu mệnh lệnh"


def _doer(page: Page, start: int, end: int) -> tuple[tuple[str, ...], int, str]:
    """Who does it, where the verb begins, and whether it is asked for or ordered."""
    flat, at = page.flat, start
    if connective := _CONNECTIVE.match(flat, at, end):
        at = connective.end()
    manner = "order"
    if ask := _REQUEST.match(flat, at, end):
        manner, at = "request", ask.end()
    elif command := _COMMAND.match(flat, at, end):
        at = command.end()
    if bodies.begins(flat, at):
        verb = bodies.predicate_after(flat, at, end)
        if verb is not None and (asked := _ASKS.match(flat, verb, end)):
            lead, verb, _ = _doer(page, asked.end(), end)
            return lead, verb, "request" if "đề nghị" in asked[0] else "order"
        if verb is not None:
            return _with_partner(page, at, verb, end), verb, manner
    if _CIRCUMSTANCE.match(flat, at, end):
        return _doer_after_circumstance(page, at, end, manner)
    return (), at, manner


def _with_partner(page: Page, start: int, verb: int, end: int) -> tuple[str, ...]:
    """“A cùng với B phối hợp …”: both lead."""
    lead = _named(page.text, page.flat, start, verb)
    if page.flat.startswith("cùng với ", verb):
        after = bodies.predicate_after(page.flat, verb + 9, end)
        if after is not None and bodies.begins(page.flat, verb + 9):
            lead += _named(page.text, page.flat, verb + 9, after)
    return lead


def _doer_after_circumstance(
    page: Page, start: int, end: int, manner: str
) -> tuple[tuple[str, ...], int, str]:
    """“Trên cơ sở …, Thủ trưởng … có trách nhiệm”, “Trường hợp … thì …”."""
    flat = page.flat
    for mark in _AFTER_COMMA.finditer(flat, start, min(end, start + 500)):
        at = mark.end()
        if flat.startswith(("đề nghị", "yêu cầu"), mark.start()):
            manner = "request" if flat.startswith("đề nghị", mark.start()) else "order"
        if bodies.begins(flat, at):
            verb = bodies.predicate_after(flat, at, end)
            if verb is not None:
                return _named(page.text, flat, at, verb), verb, manner
        elif _is_order(flat, at) and not _EVENT.match(flat, start):
            return (), at, manner
    if _TIMES.match(flat, start):
        return _doer_after_time(page, start, end, manner)
    return (), start, manner


_TIMES = re.compile(r"Hàng |Hằng |Định kỳ|hàng |hằng ")


def _doer_after_time(
    page: Page, start: int, end: int, manner: str
) -> tuple[tuple[str, ...], int, str]:
    """“Hàng tháng, quý và cuối mỗi năm các cơ quan …”: no comma stands before the doer."""
    flat = page.flat
    for head in bodies.HEAD.finditer(flat, start, min(end, start + 120)):
        verb = bodies.predicate_after(flat, head.start(), end)
        if verb is not None and bodies.begins(flat, head.start()):
            return _named(page.text, flat, head.start(), verb), verb, manner
    return (), start, manner


def _clauses(
    scene: _Scene, start: int, end: int, paragraph: Paragraph, subject: tuple[str, ...]
) -> Iterator[_Clause]:
    """The sentence, or its parts where one has a doer or a deadline of its own."""
    flat = scene.page.flat
    cuts = _cuts(scene, start, end, paragraph)
    for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
        clause = _clause(scene, begin, stop, subject, part=bool(cuts) and begin != start)
        if clause is None:
            continue
        subject = clause.lead or subject
        yield replace(clause, end=trim_end(flat, clause.start, clause.end))


_PARTS = re.compile(r"; +(?:và +)?(?:đồng thời,? +)?")


def _cuts(scene: _Scene, start: int, end: int, paragraph: Paragraph) -> list[int]:
    flat = scene.page.flat
    marks = [m.end() for m in _PARTS.finditer(flat, start, end)]
    marks = [at for at in marks if at < end and not _within_brackets(flat, start, at)]
    if not marks or _zone(scene) == "aims" or _is_list_of_doers(flat, start, marks[0]):
        return []
    edges = [start, *marks, end]
    parts = list(zip(edges, edges[1:], strict=False))
    begins_order = [_is_order(flat, s) or _has_own_doer(flat, s, e) for s, e in parts]
    special = [_has_own_doer(flat, s, e) or _has_own_partner(flat, s) for s, e in parts]
    dues = [bool(deadlines.read(scene.page, s, _before_bracket(flat, s, e))) for s, e in parts]
    if paragraph.kind == "note":
        return [at for at, order in zip(marks, begins_order[1:], strict=True) if order]
    if not any(special[1:]) and not (any(dues) and not all(dues)):
        return []
    if any(special[1:]) and not _own_partners(flat, parts) and not (any(dues) and not all(dues)):
        return [at for at, own in zip(marks, special[1:], strict=True) if own]
    return [at for at, order in zip(marks, begins_order[1:], strict=True) if order]


def _is_list_of_doers(flat: str, start: int, mark: int) -> bool:
    """“Giám đốc các sở; Chủ tịch UBND các huyện … xây dựng”: the semicolon divides names."""
    asked = _REQUEST.match(flat, start) or _COMMAND.match(flat, start)
    start = asked.end() if asked else start
    return bodies.begins(flat, start) and bodies.predicate_after(flat, start, mark) is None


def _within_brackets(flat: str, start: int, at: int) -> bool:
    return (
        flat.count("(", start, at) > flat.count(")", start, at)
        or flat.count("“", start, at) > flat.count("”", start, at)
    )


_CLOSING_BRACKET = re.compile(r" *\([^()]*\)[ .;]*$")


def _before_bracket(flat: str, start: int, end: int) -> int:
    """A deadline in brackets at the end binds the whole sentence, not its last part."""
    found = _CLOSING_BRACKET.search(flat, start, end)
    return found.start() if found else end


def _has_own_partner(flat: str, start: int) -> bool:
    found = _TOGETHER.match(flat, start)
    return bool(found and found["with"] and bodies.begins(flat, found.end()))


def _own_partners(flat: str, parts: Sequence[Range]) -> bool:
    return any(_has_own_partner(flat, start) for start, _ in parts[1:])


def _has_own_doer(flat: str, start: int, end: int) -> bool:
    if not bodies.begins(flat, start):
        return False
    return bodies.predicate_after(flat, start, end) is not None


def _clause(
    scene: _Scene, start: int, end: int, subject: tuple[str, ...], *, part: bool
) -> _Clause | None:
    flat = scene.page.flat
    lead, verb, manner = _doer(scene.page, start, end)
    zone = _zone(scene)
    is_bare = not lead and not _is_order(flat, verb) and zone != ""
    if is_bare and (colon := _after_colon(flat, start, end)):
        lead, verb, manner = _doer(scene.page, colon, end)
    hands_over = zone == "duties" and _is_handing_over(scene, start, end)
    order = hands_over or _is_order(flat, verb) or manner == "request" or bool(_CONNECTIVE.match(flat, start))
    if not lead and not order:
        return None
    if zone == "aims" and not (bodies.begins(flat, start) or _BETWEEN.search(flat, start, end)):
        return None
    if lead and _PAST.search(flat, start, verb):
        return None
    if zone in ("aims", "") and not (lead or _BETWEEN.search(flat, start, end)):
        if zone == "aims" or not _is_free_order(scene, start):
            return None
    if scene.is_decision and zone != "duties" and not _OBLIGED.search(flat, start, end):
        return None
    if not lead and end - start < 25:
        return None
    because = _BECAUSE_SUBJECT if lead else _BECAUSE_ORDER
    if not lead:
        lead, because = _inherited(scene, start, end, subject)
    if manner == "order" and because.startswith("Tiêu đề"):
        manner = scene.stem_manner
    return _Clause(start, end, lead, verb, manner, because)


_PAST = re.compile(r" đã ")


def _is_free_order(scene: _Scene, start: int) -> bool:
    """In a text without parts, an order counts under a labelled clause only."""
    if scene.section is None:
        return False
    label = scene.sections[scene.section].heading.label
    return label.startswith("Thứ ") or label[:1].isdigit() or label.endswith(" là")


def _is_handing_over(scene: _Scene, start: int, end: int) -> bool:
    """“Thời gian gửi kế hoạch về … chậm nhất ngày …”: sending by a day, however it begins."""
    return bool(_deliver_to(scene.page, start, end) and deadlines.read(scene.page, start, end))


_COLON = re.compile(r"[^:;.]{3,100}: +")


def _after_colon(flat: str, start: int, end: int) -> int | None:
    found = _COLON.match(flat, start, end)
    return found.end() if found and found.end() < end - 10 else None


def _inherited(
    scene: _Scene, start: int, end: int, subject: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    """Without a subject: that of the sentence before, the heading's, or whom it directs."""
    page, flat = scene.page, scene.page.flat
    if subject:
        return subject, "Chủ thể của câu trước trong cùng đoạn"
    if scene.stem:
        return scene.stem, "Tiêu đề hoặc câu dẫn phía trên"
    if between := _BETWEEN.search(flat, start, end):
        stop = re.compile(r" (?:với|và) ").search(flat, between.end(), end)
        if stop:
            return (page.words(between.end(), stop.start()),), "“phối hợp giữa … với …”"
    if directing := _DIRECTING.match(flat, start, end):
        if bodies.begins(flat, directing.end()):
            verb = bodies.predicate_after(flat, directing.end(), end)
            if verb is not None:
                lead = _named(page.text, flat, directing.end(), verb)
                return lead, "“Chỉ đạo …” nêu người làm"
    return (), _BECAUSE_ORDER


_TOGETHER = re.compile(
    r"[Pp]hối (?:kết )?hợp(?: +(?:chặt chẽ|tốt|thường xuyên|đồng bộ))*(?P<with> +(?:cùng )?với| +cùng)? +"
)


def _cooperating(page: Page, start: int, end: int) -> tuple[str, ...]:
    return _together(page, start, end) or _between(page, start, end)


def _between(page: Page, start: int, end: int) -> tuple[str, ...]:
    """“phối hợp giữa A với B”: B."""
    flat = page.flat
    if between := _BETWEEN.search(flat, start, end):
        found = re.compile(r" (?:với|và) ").search(flat, between.end(), end)
        if found:
            stop = re.compile(r" nhằm | để |[.;]|, (?=[a-zđ]+ [a-zđ])").search(flat, found.end(), end)
            limit = min(stop.start() if stop else end, bodies.phrase_end(flat, found.end(), end))
            return _named(page.text, flat, found.end(), limit)
    return ()


def _together(page: Page, start: int, end: int) -> tuple[str, ...]:
    """Whom “phối hợp với …” names."""
    flat = page.flat
    for found in _TOGETHER.finditer(flat, start, end):
        at = found.end()
        if found["with"] or bodies.begins(flat, at):
            stop = bodies.phrase_end(flat, at, end)
            names = tuple(n for n in _named(page.text, flat, at, stop) if len(n) < 160)
            if names and (bodies.begins(flat, at) or found["with"] and flat[at] not in "“"):
                return names
    return ()


_HAND_OVER = re.compile(
    r"[Gg]ửi|[Gg]ởi|[Nn]ộp|[Bb]áo cáo|[Cc]huyển(?= ngay| đến| đơn| hồ sơ| về| cho)|[Pp]hản ánh(?= kịp| ngay| về| đến| tới| với)"
)
_TO = re.compile(r" +(?:ngay +)?(?:về|đến|tới|cho|với|lên) +(?:[Cc]ho +)?")
_STOP_TO = re.compile(
    r" (?:trước|chậm nhất|muộn nhất|để|định kỳ|khi|theo|xem xét|tổng hợp|giải quyết|trong|nếu|đối với|vào|về|cho|"
    r"hàng|hằng|đúng|kết quả|tình hình|đồng thời|các vụ|biết|chỉ đạo|kịp thời|xử lý|những|qua|và|để)(?= )|[,.;:“(]"
)


def _deliver_to(page: Page, start: int, end: int) -> str | None:
    flat = page.flat
    for verb in _HAND_OVER.finditer(flat, start, end):
        at = verb.end()
        if flat[at : at + 1] == " " and bodies.begins(flat, at + 1) and flat[at + 1].isupper():
            return _recipient(page, at + 1, end)
        limit = min(end, at + (40 if verb[0][0] in "CcPp" else 260))
        for to in _TO.finditer(flat, at, limit):
            if bodies.begins(flat, to.end()) and flat[to.end()].isupper():
                return _recipient(page, to.end(), end)
    return None


def _recipient(page: Page, start: int, end: int) -> str | None:
    flat = page.flat
    stop = _STOP_TO.search(flat, start, end)
    limit = stop.start() if stop else end
    verb = bodies.predicate_after(flat, start, limit)
    limit = limit if verb is None else verb
    through = _THROUGH.match(flat, limit, end)
    return page.words(start, through.end() if through else limit).rstrip(" (") or None


_THROUGH = re.compile(r" *\(?qua [^()\d]{3,80}\)")  # “(qua Sở Nội vụ)”


_THINGS = (
    "kế hoạch|báo cáo|quy chế|quy định|chương trình|đề án|hồ sơ chấm điểm|hồ sơ|văn bản|tờ trình|quyết định|"
    "hướng dẫn|danh sách|phương án|dự toán|tin, bài|sổ theo dõi|tài liệu|công văn|nghị quyết|báo cáo kết quả"
)
_MAKES = re.compile(
    rf"(?:[Xx]ây dựng|[Bb]an hành|[Gg]ửi|[Gg]ởi|[Ll]ập|[Tt]rình|[Nn]ộp|[Bb]ổ sung|[Hh]oàn thiện|[Tt]hiết lập|đăng|[Tt]ổng hợp|có)"
    rf"(?:, (?:hoàn thiện|xây dựng|ban hành|bổ sung|báo cáo))*(?: các| và ban hành| và hoàn thiện)? +(?P<thing>{_THINGS})"
)
_REPORTS = re.compile(r"[Bb]áo cáo")


def _deliverable(flat: str, start: int, end: int, deliver_to: str | None) -> str | None:
    made = _MAKES.search(flat, start, min(end, start + 90))
    if made:
        return made["thing"].removesuffix(" kết quả")
    if deliver_to and _REPORTS.search(flat, start, end):
        return "báo cáo"
    return None


def _add(scene: _Scene, clause: _Clause) -> None:
    page, flat = scene.page, scene.page.flat
    dues: list[Due | None] = list(deadlines.read(page, clause.start, clause.end, scene.year))
    deliver_to = _deliver_to(page, clause.verb, clause.end)
    cooperating = _cooperating(page, clause.start, clause.end)
    section = scene.sections[scene.section].heading if scene.section is not None else None
    for due in dues or [None]:
        scene.duties.append(
            Duty(
                span=page.span(clause.start, clause.end),
                action=_action(flat, clause),
                lead=clause.lead,
                cooperating=tuple(name for name in cooperating if name not in clause.lead),
                due=due,
                deliver_to=deliver_to,
                deliverable=_deliverable(flat, clause.verb, clause.end, deliver_to),
                manner=clause.manner,
                heading=(section.path, section.title) if section else None,
                confidence=0.85 if clause.lead else 0.7,
                because=clause.because,
            )
        )


def _action(flat: str, clause: _Clause) -> str:
    words = flat[clause.verb : clause.end].split()
    return " ".join(words[:20]).rstrip(" ,;.:")
