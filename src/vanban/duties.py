"""Who must do what by when: the sentences of a text that lay a duty on somebody."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vanban import bodies, clauses, deadlines, doers, titles
from vanban.doers import Doer, Names
from vanban.lexicon import any_of, in_both_cases
from vanban.lexicon.letters import LOWER, UPPER
from vanban.model import Due, Duty, Header, Target
from vanban.outline import Section
from vanban.text import Page, Paragraph, has_any, trim_end

_SUBJECT = "Chủ thể đứng đầu câu"
_ORDER = "Câu mệnh lệnh"


@dataclass(slots=True)
class _Scene:
    """What is known on the way down the text: the section, and who was named above."""

    page: Page
    sections: Sequence[Section]
    year: str | None
    is_report: bool
    is_decision: bool
    has_zones: bool
    is_loose: bool  # neither parts that assign nor a number: an article, an excerpt
    targets: Sequence[tuple[int, int]]
    section: int | None = None
    zone: str = ""
    is_bullet: bool = False
    task_lists: set[int | None] = field(default_factory=set)  # parts named NHIỆM VỤ, and theirs
    forms: int | None = None  # the last part on forms whose opening words direct
    is_ordering: bool = False  # above the first heading: somebody was told to do something
    # Who leads below each heading, and below none: whom the opening words ask or tell.
    stems: dict[int | None, tuple[Names, str]] = field(
        default_factory=lambda: {None: ((), "order")}
    )
    dues: dict[int | None, Due | None] = field(default_factory=dict)  # what stems say, likewise
    duties: list[Duty] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence or a part of one that is a duty."""

    start: int
    end: int
    doer: Doer
    because: str
    partners: Names | None = None  # None: not looked for yet


def read(
    page: Page, sections: Sequence[Section], header: Header, targets: Sequence[Target]
) -> tuple[Duty, ...]:
    scene = _scene(page, sections, header, targets)
    starts = {section.paragraph: place for place, section in enumerate(sections)}
    closed = False
    for index, paragraph in enumerate(page.paragraphs):
        if index in starts:
            _enter(scene, starts[index])
            closed = False
        if scene.section is None and _tail(page, paragraph).endswith(":"):
            _read_address(scene, paragraph)
            scene.is_ordering = bool(_ORDERING.search(page.flat, paragraph.start, paragraph.end))
        closed = closed or bool(_RECIPIENTS.match(page.flat, paragraph.start))
        if not closed and _is_in_scope(scene):
            _read_paragraph(scene, index, paragraph)
        closed = closed or _tail(page, paragraph).endswith("./.")
    return _weighed(scene.duties)


def _weighed(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """An order of which nobody is told is doubtful where the text else names who is told."""
    named = sum(bool(duty.lead) for duty in duties)
    if named * 4 < len(duties):
        return tuple(duties)
    return tuple(
        replace(duty, confidence=_DOUBTFUL) if duty.confidence == _UNNAMED else duty
        for duty in duties
    )


def _scene(
    page: Page, sections: Sequence[Section], header: Header, targets: Sequence[Target]
) -> _Scene:
    has_zones = any(s.zone in ("duties", "results") for s in sections)
    return _Scene(
        page,
        sections,
        _year(header),
        is_report=header.kind == "Báo cáo",
        is_decision=any(s.heading.label.startswith("Điều ") for s in sections),
        has_zones=has_zones,
        is_loose=not has_zones and header.number is None,
        targets=[(target.span.start, target.span.end) for target in targets],
    )


def _year(header: Header) -> str | None:
    """The year of a day without one: that of the plan, else the document's own; none of several."""
    if header.period:
        return header.period[0] if header.period[0] == header.period[1] else None
    return header.date[:4] if header.date else None


_RECIPIENTS = re.compile(r"(?:Nơi|NƠI) (?:nhận|NHẬN|gửi|GỬI) *:")


def _tail(page: Page, paragraph: Paragraph) -> str:
    return page.flat[max(paragraph.start, paragraph.end - 12) : paragraph.end].rstrip(" ”\"'")


def _enter(scene: _Scene, place: int) -> None:
    """A new heading: whom it names leads what stands below it; else the heading above it does."""
    section = scene.sections[place]
    lead, manner = doers.of_heading(section.heading.title)
    scene.stems[place] = (lead, manner) if lead else scene.stems[section.parent]
    scene.dues[place] = scene.dues.get(section.parent)
    scene.section = place
    scene.zone = section.zone
    if section.zone == "duties":
        if section.parent in scene.task_lists or _TASKS.search(section.heading.title[:120]):
            scene.task_lists.add(place)
    if scene.forms is not None and section.paragraph <= scene.sections[scene.forms].last:
        scene.zone = "duties"


_TASKS = re.compile(r"[Nn]hiệm vụ|NHIỆM VỤ|[Pp]hương hướng|PHƯƠNG HƯỚNG")
_ORDERING = re.compile(
    r"yêu cầu|đề nghị|giao |chỉ đạo|[Cc]hỉ thị|[Cc]ông điện|nhiệm vụ|giải pháp|(?:nội dung|công việc|biện pháp) sau"
)


def _read_address(scene: _Scene, paragraph: Paragraph) -> None:
    """Above the first heading: “Sở Nội vụ đề nghị các sở … thực hiện một số nội dung sau:”."""
    asked = doers.addressed(scene.page, paragraph.start, paragraph.end)
    if asked.lead:
        scene.stems[None] = (asked.lead, asked.manner)
    elif lead := doers.announced(scene.page, paragraph.start, paragraph.end):
        scene.stems[None] = (lead, "order")


def _is_in_scope(scene: _Scene) -> bool:
    if scene.zone == "results" or (scene.zone == "" and scene.is_report):
        return False
    if scene.section is None:
        return not scene.has_zones and not scene.is_decision
    return True


# Paragraphs


def _read_paragraph(scene: _Scene, index: int, paragraph: Paragraph) -> None:
    page = scene.page
    is_stem = _tail(page, paragraph).endswith(":") and index + 1 < len(page.paragraphs)
    is_labelled = paragraph.kind not in ("body", "bullet", "note")
    if is_labelled and _is_heading(scene, index, paragraph):
        if is_stem:
            _set_stem(scene, paragraph.start, paragraph.end)
        return
    pieces = list(clauses.whole(page, paragraph))
    if is_stem:
        _set_stem(scene, *pieces.pop())
    scene.is_bullet = paragraph.kind == "bullet"
    subject = Doer((), paragraph.start, "order")
    for start, end in pieces:
        if _is_formula(page.flat, start, end) or _is_last_word(scene, index, start, end):
            continue
        if not _is_target(scene, start, end):
            subject = _read_sentence(scene, start, end, subject, is_note=paragraph.kind == "note")


# How a bullet begins that only names something.
_NAMES = re.compile(
    r"(?:Công tác|Về|Lĩnh vực|Các|Một|Những|Mỗi|Từng|Số|Tỷ lệ|Thời gian|Địa điểm|Kinh phí|Thành phần|Nội dung"
    r"|Đối tượng|Phạm vi|Việc|Hội|Ngày|Năm|Kế hoạch|Chương trình|Đề án|Dự án|Mô hình|Mục|Chỉ|Tổng|Người|Nguồn"
    r"|Nhóm|Lớp|Hồ sơ|Bộ|Danh|Khu|Vùng|Tuyến|Loại|Diện|Sản|Giá|Thu|Chi|Hệ thống|Nghị quyết|Luật|Nhà|Hộ|Tình hình"
    r"|Kết quả|Đến|Trong|Từ|Sau|Do|Với|Theo|Tại|Trên|Khi|Nếu|Tuy|Như|Còn|Vì|Đây|Là|Có|Được|Đã|Nhân dân|Tập thể)(?!\w)"
)


def _is_in_task_list(scene: _Scene) -> bool:
    return scene.is_bullet and scene.zone == "duties" and scene.section in scene.task_lists


def _may_be_a_task(scene: _Scene, start: int, end: int) -> bool:
    """A bullet among tasks that does not begin like a name, though its verb is not known."""
    flat = scene.page.flat
    if not _is_in_task_list(scene) or not flat[start].isupper() or not flat[start + 1].islower():
        return False
    return not _NAMES.match(flat, start) and not bodies.begins(flat, start)


def _is_heading(scene: _Scene, index: int, paragraph: Paragraph) -> bool:
    """A label with things below it, or without a verb of its own."""
    page, tail = scene.page, _tail(scene.page, paragraph)
    length = paragraph.end - paragraph.start
    name = doers.address(page.flat, paragraph.start)
    if name > paragraph.start and not tail.endswith(":") and (tail.endswith(".") or length > 60):
        if doers.has_own(page.flat, name, paragraph.end):
            return False
    if length > 60 and tail.endswith((".", ";")):
        return False
    if length > 80 and _ENFORCES.search(page.flat, paragraph.start, paragraph.end):
        return False
    if tail.endswith(":"):
        return True
    if tail.endswith(".") and doers.has_own(page.flat, paragraph.start, paragraph.end):
        return False
    section = scene.sections[scene.section] if scene.section is not None else None
    if section is None or not section.paragraph == index < section.last:
        return False
    return _is_part(page, page.paragraphs[index + 1]) or (length < 60 and not tail.endswith("."))


def _is_part(page: Page, below: Paragraph) -> bool:
    return below.kind != "note" and not _RECIPIENTS.match(page.flat, below.start)


_ENFORCES = re.compile(r"chịu trách nhiệm (?:thi hành|thực hiện|triển khai)")
_RESPONSIBLE = re.compile(r",? (?:và )?có (?:trách nhiệm|nhiệm vụ)")


_JOINT = ("phối hợp", "chủ trì")  # what the opening words order; “ban hành …” orders nothing


def _set_stem(scene: _Scene, start: int, end: int) -> None:
    """Who is named in “X có trách nhiệm:”, “Giao X:” leads the bullets below.

    “X tham mưu …, có trách nhiệm:” is a duty too.
    """
    page = scene.page
    doer = doers.read(page, start, end)
    lead = doer.lead or _bare_name(page, start, end) or doers.inside(page, start, end)
    scene.dues[scene.section] = _due_of_stem(scene, start, end) or scene.dues.get(scene.section)
    if lead and scene.zone == "aims" and _is_on_forms(scene, start, end):
        scene.forms, scene.zone = scene.section, "duties"
    if lead and scene.section is not None:
        scene.stems[scene.section] = (lead, doer.manner)
    stop = _RESPONSIBLE.search(page.flat, start, end)
    if scene.section is None and doer.lead and page.flat.startswith(_JOINT, doer.verb):
        _add(scene, _Clause(start, trim_end(page.flat, start, end), doer, _SUBJECT))
    if stop and doer.lead and doer.verb + 20 < stop.start() and scene.zone == "duties":
        if bodies.begins(page.flat, start):
            _add(scene, _Clause(start, stop.start(), doer, _SUBJECT))


def _bare_name(page: Page, start: int, end: int) -> Names:
    """“Đề nghị Ban Dân vận Tỉnh ủy:”: whoever is named, without a word of what to do."""
    name = doers.address(page.flat, start)
    if name == start or not bodies.begins(page.flat, name):
        return ()
    if bodies.predicate_after(page.flat, name, end) is not None:
        return ()
    return doers.named(page, name, trim_end(page.flat, name, end))


_FORMS = re.compile(r"(?:hình|phương|cách) (?:thức|pháp)|thời gian")
_AS_FOLLOWS = re.compile(r"(?:thực hiện|tiến hành|triển khai)[^:]{0,120} sau(?: đây)?:$")


def _is_on_forms(scene: _Scene, start: int, end: int) -> bool:
    """Under HÌNH THỨC: “X tổ chức thực hiện các hình thức sau:” directs like a list of tasks."""
    if scene.section is None:
        return False
    title = scene.sections[scene.section].heading.title.casefold()
    return bool(_FORMS.search(title) and _AS_FOLLOWS.search(scene.page.flat, start, end))


_STAGES = ("Đợt", "Giai đoạn", "Bước", "Trong ", "Từ ", "Trước ", "Quý", "Tháng", "Chậm", "Đến ")
_STAGE = re.compile(
    r"(?:(?:Đợt|Giai đoạn|Bước) [\wIVX]{1,4} *[:,(\-]* *)?(?:[Tt]rong|[Tt]ừ|[Tt]rước)?(?: ngày)? *$"
)


def _due_of_stem(scene: _Scene, start: int, end: int) -> Due | None:
    """“Đợt 1: Từ ngày … đến ngày …:”, “Trong quý I/2024, các đơn vị thực hiện:”."""
    if not scene.page.flat.startswith(_STAGES, start):
        return None
    dues = deadlines.read(scene.page, start, end, scene.year)
    if len(dues) != 1 or dues[0].kind == "recurring":
        return None
    return dues[0] if _STAGE.match(scene.page.flat, start, dues[0].span.start) else None


_FORMULA = re.compile(
    r"Trên đây|Với (?:những )?nội dung|(?:Kế hoạch|Quyết định|Hướng dẫn|Chỉ thị|Quy chế|Quy định|Chương trình|Thông báo)"
    r" này |Quyết định có hiệu lực|Địa điểm|Địa chỉ|Kinh phí|Rất mong|Trân trọng|Điều \d|Lưu ý|Ban hành kèm theo"
    r"|Bài, ảnh|Kèm theo|Ghi chú|Cập nhật|Đồng chí .{5,60} phát biểu"
)


# “Đề nghị các cơ quan nghiêm túc triển khai thực hiện./.”
_CLOSING = re.compile(
    r"(?:Đề nghị|Kính đề nghị|Yêu cầu) [^.;]{5,120}?(?:nghiêm túc|quan tâm|phối hợp|khẩn trương)[^.;\d]{0,40}(?:thực hiện|phối hợp)"
    r"(?: nghiêm túc| tốt)?(?: (?:[Kk]ế hoạch|Chỉ thị|Chương trình|Hướng dẫn|Công văn) này)?\./\."
)


# The same in the last paragraph, with the issuer before it and more of such words behind it.
_LAST_WORDS = re.compile(
    r"(?:[^.;:]{3,110} )?(?:[Kk]ính đề nghị|[Đđ]ề nghị) [^.;:]{5,160}?(?:nghiêm túc|quan tâm|tích cực)"
    r"[^.;:\d]{0,40}(?:thực hiện|phối hợp)(?: (?:[Kk]ế hoạch|Chỉ thị|Chương trình|Hướng dẫn|Công văn) này)?[.;]"
)
_ANNIVERSARY = re.compile(r"(?:Kỷ niệm )?\d{2,4} năm [Nn]gày ")


_CONTACT = re.compile(r"liên hệ [^.;]{0,100}(?:điện thoại|số máy|email|thư điện tử)")


_TO_KNOW = re.compile(
    r"thông báo (?:để|đến|cho) [^.;:]{5,160} biết(?:,| và|, để)? (?:tổ chức )?(?:triển khai )?thực hiện"
)


def _is_formula(flat: str, start: int, end: int) -> bool:
    """Words that open or close a text and lay nothing on anybody."""
    if flat.find("iên hệ ", start, end) >= 0 and _CONTACT.search(flat, start, end):
        return True
    if flat.find(" biết", start, end) >= 0 and _TO_KNOW.search(flat, start, end):
        return True
    if flat[start : start + 1].isdigit() or flat.startswith("Kỷ niệm", start):
        return bool(_ANNIVERSARY.match(flat, start))
    return bool(_FORMULA.match(flat, start) or _CLOSING.match(flat, start))


def _is_last_word(scene: _Scene, index: int, start: int, end: int) -> bool:
    """“… kính đề nghị các đơn vị quan tâm phối hợp thực hiện; …” in the last paragraph."""
    page = scene.page
    if page.flat.find("ề nghị ", start, end) < 0 or not _LAST_WORDS.match(page.flat, start):
        return False
    if index + 1 == len(page.paragraphs):
        return True
    below = page.paragraphs[index + 1]
    is_signature = page.text[below.start : below.end].isupper()
    return is_signature or bool(_RECIPIENTS.match(page.flat, below.start))


def _is_target(scene: _Scene, start: int, end: int) -> bool:
    """Where a part sets targets, a sentence with a level to reach is no duty besides."""
    if scene.zone != "targets":
        return False
    place = bisect_right(scene.targets, (start + 5, len(scene.page.flat))) - 1
    return place >= 0 and end - 5 <= scene.targets[place][1]


# Sentences


def _read_sentence(scene: _Scene, start: int, end: int, subject: Doer, *, is_note: bool) -> Doer:
    """Adds the duties of a sentence; answers who leads, for the next one in the paragraph."""
    ranges = [(start, end)]
    if scene.zone != "aims":
        ranges = clauses.parts(scene.page, start, end, is_note=is_note)
    partners: Names = ()  # within one sentence they are carried to its parts
    for first, last in ranges:
        clause = _clause(scene, first, last, subject)
        if clause:
            subject = clause.doer if clause.doer.lead else subject
            own = doers.cooperating(scene.page, clause.start, clause.end)
            partners = own or (() if clause.because == _SUBJECT else partners)
            _add(scene, replace(clause, partners=partners))
    return subject


def _clause(scene: _Scene, start: int, end: int, subject: Doer) -> _Clause | None:
    end = trim_end(scene.page.flat, start, _before_struck(scene.page.text, start, end))
    doer, start = _doer(scene, start, end)
    if doer.lead and doer.verb >= end:
        return None
    if not (doer.lead or _is_ordered(scene, start, end, doer)):
        return None
    if not _is_duty_here(scene, start, end, doer, subject):
        return None
    if doer.lead:
        told = replace(doer, is_told=doer.is_told or subject.is_told)
        return _Clause(start, end, told, _SUBJECT)
    inherited, because = _inherited(scene, start, end, subject)
    manner = "request" if "request" in (inherited.manner, doer.manner) else "order"
    lead = Doer(inherited.lead, doer.verb, manner, inherited.is_told)
    return _Clause(start, end, lead, because)


_STRUCK = re.compile(r"~~[^~]{0,300}(?:~~)?[\s.;]{0,9}$")


def _before_struck(text: str, start: int, end: int) -> int:
    """Where the words end that are not struck out: “… vào cuối năm 2030. ~~thực~~”."""
    if text.find("~~", start, end) < 0:
        return end
    struck = _STRUCK.search(text, start, end)
    return struck.start() if struck else end


_COLON = re.compile(r"[^:;.]{3,100}: +")
_LABELS = ("Thời gian", "Địa điểm", "Mục tiêu", "Mục đích", "Thành phần", "Kinh phí", "Hình thức")
_COMMANDS = re.compile(r"[^:;.]{10,160}: *(?=(?:Giao|Đề nghị|Kính đề nghị|Yêu cầu) )")


def _doer(scene: _Scene, start: int, end: int) -> tuple[Doer, int]:
    """The doer of the sentence, or of what follows its opening words; and where the duty begins.

    “Chế độ báo cáo: …”, “… có ý kiến như sau: Giao …”.
    """
    page = scene.page
    flat = page.flat
    below = page.text.find("\n", start, min(end, start + 200)) + 1
    if below and _is_name_above(page, start, below):
        return Doer(doers.named(page, start, below - 1), below, "order"), below
    if flat.find(": ", start, min(end, start + 170)) < 0:
        return _doer_of_all(scene, start, end), start
    if command := _COMMANDS.match(flat, start, end):
        told = doers.read(page, command.end(), end)
        if told.lead:
            return told, command.end()
    doer = _doer_of_all(scene, start, end)
    colon = _COLON.match(flat, start, end)
    if scene.section is None or not colon or colon.end() > end - 10:
        return doer, start
    at = colon.end()
    is_named = doer.lead and doer.verb in (at, at - 1)
    name = doers.address(flat, at)
    if not is_named and not _OBLIGED.search(flat, start, at) and doers.has_own(flat, name, end):
        return doers.read(page, at, end), at
    if doer.lead or doers.is_order(flat, doer.verb):
        return doer, start
    if scene.zone == "" and (flat.startswith(_LABELS, start) or not doers.is_order(flat, at)):
        return doer, start
    if flat[at].islower() and not doers.is_order(flat, at):
        return doer, start
    return doers.read(page, at, end), start


def _doer_of_all(scene: _Scene, start: int, end: int) -> Doer:
    """The doer of a sentence; in news also whom it says that somebody asks, wherever that stands."""
    doer = doers.read(scene.page, start, end)
    if doer.lead or not (scene.is_loose and scene.section is None):
        return doer
    asked = doers.addressed(scene.page, start, end)
    return asked if asked.lead else doer


def _is_name_above(page: Page, start: int, below: int) -> bool:
    """Whether the line is a name alone, and the next one begins with its order."""
    flat = page.flat
    is_below = flat[below : below + 1].isupper() and doers.is_order(flat, below)
    if not is_below or flat[below - 2] in ",;" or not bodies.begins(flat, start):
        return False
    return bodies.predicate_after(flat, start, below - 1) is None and not page.text.isupper()


_SHORT, _SHORTEST = 25, 8  # characters of an order; below the name of its doer


def _is_ordered(scene: _Scene, start: int, end: int, doer: Doer) -> bool:
    flat = scene.page.flat
    has_stem = bool(scene.stems[scene.section][0]) and scene.zone == "duties"
    has_stem = (has_stem or _is_in_task_list(scene)) and flat.startswith((".", ";"), end)
    if end - start < (_SHORTEST if has_stem else _SHORT):
        return False
    if doers.is_order(flat, doer.verb) or doer.manner == "request":
        return True
    if scene.section is not None and _MEANWHILE.match(flat, start, end):
        return not _HAPPENED.search(flat, start, min(end, start + 120))
    if scene.zone == "duties" and _MUST.match(flat, start, end):
        return True
    if doers.is_connected(flat, start) or _is_due(scene, start, end):
        return True
    return _may_be_a_task(scene, start, end)


# “Quá trình thực hiện làm rõ …”, “Trong thực thi nhiệm vụ đảm bảo …”: no comma before the order
_MEANWHILE = re.compile(
    r"(?:(?:Trong )?(?:quá trình|thực thi|khi)|Trong thực hiện|Quá trình) [^,.;:]{3,60}? "
    r"(?:làm rõ|đảm bảo|bảo đảm|đáp ứng|giải quyết|kịp thời|thường xuyên|chú trọng|phải|cần|chủ động|tăng cường|nghiêm túc) "
)
# “Những nơi chưa họp phải nêu rõ lý do”
_MUST = re.compile(r"[^,.;:]{5,90} phải (?!là|chăng|không)")
_HAPPENED = re.compile(r" (?:đã|được|đạt) ")


def _is_plain_order(page: Page, start: int, end: int, doer: Doer) -> bool:
    """An order that begins with its verb, and is no title: “Báo cáo và dự thảo Nghị quyết”."""
    if end - start < 40 or _DOCUMENT.match(page.flat, start):
        return False
    return doers.is_order(page.flat, doer.verb) and not doers.CIRCUMSTANCE.match(page.flat, start)


_DOCUMENT = re.compile(
    r"(?:Báo cáo|Quyết định|Thông báo|Hướng dẫn|Quy định) (?:và|số|của|này|tại|kèm)"
)


# How news tell what was done: “Ngày 12/3, …”, “… có Công văn số …”, “… tổ chức 15 lớp”
_NEWS = re.compile(
    r"(?:Ngày|Sáng|Chiều|Từ ngày|Năm|Tháng|Quý|Qua|Trước đó|Hiện nay|Đến nay|Theo (?!đó|chức năng|thẩm quyền))"
)
_REPORTS = re.compile(
    r"(?:vừa |đã |có (?:Công văn|Thông báo|Văn bản|Kế hoạch|Quyết định|Công điện)|ban hành |tổ chức \d|cho biết|tiếp \d)"
)


# Verbs that urge rather than tell.
_URGES = re.compile(
    r"chủ động|khẩn trương|tăng cường|tập trung|tiếp tục|thường xuyên|chủ trì|nghiêm túc|kịp thời|tích cực|đẩy mạnh"
    r"|quan tâm|căn cứ|rà soát|theo dõi|đôn đốc|hướng dẫn|bố trí|sẵn sàng|duy trì|quán triệt|nghiêm cấm|tuyệt đối|không (?:tổ chức|được|để)"
)


def _is_news(page: Page, start: int, doer: Doer) -> bool:
    return bool(_NEWS.match(page.flat, start) or _REPORTS.match(page.flat, doer.verb))


def _is_due_anywhere(page: Page, start: int, end: int) -> bool:
    return bool(doers.handed_to(page, start, end) and deadlines.read(page, start, end))


_AHEAD = re.compile(
    r"[Tt]hời gian tới|năm tới|nhiệm kỳ tới|những tháng cuối năm|những tháng còn lại"
)
_TO_BE_DONE = re.compile(r" (?:được|phải|cần) .*?(?:thực hiện|hoàn thành|triển khai)")


def _is_due(scene: _Scene, start: int, end: int) -> bool:
    """“Thời gian gửi kế hoạch về … chậm nhất ngày …”: to be sent or done by a day, however it begins."""
    if scene.zone != "duties":
        return False
    page = scene.page
    to_do = doers.handed_to(page, start, end) or _TO_BE_DONE.search(page.flat, start, end)
    return bool(to_do and deadlines.read(page, start, end))


# What the opening words tell of the issuer: “… ban hành Kế hoạch”.
_ISSUES = ("ban hành", "hướng dẫn", "báo cáo", "thông báo", "xây dựng kế hoạch")
_NO_TASK = ("tự giải thể", "nhận thấy", "nhận được", "mong", "không ngừng", "sau khi")
_OBLIGED = re.compile(
    r" (?:có trách nhiệm|chịu trách nhiệm|phải|cần|thi hành) |thi hành[./]*$"
    r"|thực hiện (?:Quyết định|Quy chế|Quy định|Kế hoạch|Chỉ thị|Nghị quyết|Chương trình|Hướng dẫn) này"
)


def _is_duty_here(scene: _Scene, start: int, end: int, doer: Doer, subject: Doer) -> bool:
    """Whether such a sentence is a duty in this part of this kind of text."""
    page, zone = scene.page, scene.zone
    if _is_told_of(page.flat, start, doer):
        return False
    is_told = doer.is_told or subject.is_told
    if scene.section is None and not is_told and page.flat.startswith(_ISSUES, doer.verb):
        return False
    if scene.is_decision and zone != "duties":
        if not (_is_obliged(page, start, end) or _is_told_here(scene, start, doer)):
            return False
    if scene.is_loose and scene.section is None and doer.lead:
        return _is_told_in_news(scene, start, end, doer, subject)
    if zone == "aims":
        named = doer.lead and (doer.is_told or bodies.begins(page.flat, start))
        return bool(named or doers.between(page, start, end))
    if zone == "" and not doer.lead:
        # a text without parts: under a numbered clause, or where somebody is told to
        if scene.section is not None:
            return True
        if scene.is_ordering and _is_plain_order(page, start, end, doer):
            return True
        if subject.is_told or scene.stems[None][0]:
            return _is_obliged(page, start, end) or _is_due_anywhere(page, start, end)
        return bool(doers.between(page, start, end))
    return True


def _is_obliged(page: Page, start: int, end: int) -> bool:
    return bool(_OBLIGED.search(page.flat, start, end))


_COUNTS = re.compile(r"(?:tiếp|nhận|tiếp nhận|giải quyết) \d")  # what was done is counted


def _is_told_of(flat: str, start: int, doer: Doer) -> bool:
    """What was done, is done to somebody, or is no task: “đã …”, “được khen thưởng”, “nhận thấy”."""
    if flat.startswith(_NO_TASK, doer.verb):
        return True
    if not doer.lead:
        return False
    if _COUNTS.match(flat, doer.verb):
        return True
    if flat.endswith(" được ", start, doer.verb):
        return not flat.startswith(("giao", "phân công"), doer.verb)
    return flat.find(" đã ", start, doer.verb) >= 0


def _is_told_in_news(scene: _Scene, start: int, end: int, doer: Doer, subject: Doer) -> bool:
    """News and excerpts tell what was done; who is told to do something has a duty."""
    page = scene.page
    if doer.is_told or subject.is_told or scene.stems[None][0]:
        scene.is_ordering = scene.is_ordering or doer.is_told
        return True
    if _is_obliged(page, start, end) or _AHEAD.search(page.flat, start, end):
        return True
    may = scene.is_ordering or _URGES.match(page.flat, doer.verb)
    return bool(may) and not _is_news(page, start, doer)


_DESCRIBES = re.compile(
    r"(?:quyết định|quy định|là |có (?!trách nhiệm|nhiệm vụ)|được|gồm|bao gồm|làm việc|hoạt động|ban hành|thành lập)"
)


def _is_told_here(scene: _Scene, start: int, doer: Doer) -> bool:
    """Under an article: whoever is told to, or stands before a verb that says what he does."""
    if not doer.lead:
        below = scene.stems[scene.section]
        return below[0] != scene.stems[None][0] and doers.is_order(scene.page.flat, doer.verb)
    if doer.is_told:
        return True
    flat = scene.page.flat
    is_subject = bodies.begins(flat, start) or bool(doers.CIRCUMSTANCE.match(flat, start))
    return is_subject and not _DESCRIBES.match(flat, doer.verb)


def _inherited(scene: _Scene, start: int, end: int, subject: Doer) -> tuple[Doer, str]:
    """Without a subject: that of the sentence before, the heading's, or whom it directs."""
    if subject.lead:
        return subject, "Chủ thể của câu trước trong cùng đoạn"
    lead, manner = scene.stems[scene.section]
    if lead:
        return Doer(lead, start, manner), "Tiêu đề hoặc câu dẫn phía trên"
    if lead := doers.between(scene.page, start, end):
        return Doer(lead, start, "order"), "“phối hợp giữa … với …”"
    if lead := doers.directed(scene.page, start, end):
        return Doer(lead, start, "order"), "“Chỉ đạo …” nêu người làm"
    return Doer((), start, "order"), _ORDER


# Duties


def _add(scene: _Scene, clause: _Clause) -> None:
    page = scene.page
    dues: list[Due | None] = list(deadlines.read(page, clause.start, clause.end, scene.year))
    dues = dues or [scene.dues.get(scene.section)]
    to = doers.handed_to(page, clause.doer.verb, clause.end)
    title = titles.of(page, clause.doer.verb, clause.end, [due.span for due in dues if due])
    for due in dues:
        scene.duties.append(_duty(scene, clause, title, due, to))
    if to and not _TROUBLES.search(page.flat, clause.start, to[0]):
        _add_passing_on(scene, clause, to)


# “… nếu có khó khăn, vướng mắc, … phản ánh về Sở Nội vụ để tổng hợp, báo cáo …” is one duty: to tell.
_TROUBLES = re.compile(r"khó khăn|vướng mắc|(?:vấn đề|nội dung) phát sinh|phát sinh (?:vấn đề|mới)")


def _add_passing_on(scene: _Scene, clause: _Clause, to: tuple[int, int]) -> None:
    """What the recipient of regular reports does with them is a duty of his own."""
    page = scene.page
    if on := doers.passes_on(page, to[1], clause.end):
        doer = Doer((page.words(*to),), to[1], "order")
        passed = _Clause(to[0], clause.end, doer, "Nơi nhận báo cáo tổng hợp, báo cáo tiếp")
        title = titles.of(page, to[1], clause.end, ())
        scene.duties.append(_duty(scene, passed, title, None, on))


def _duty(
    scene: _Scene, clause: _Clause, title: str, due: Due | None, to: tuple[int, int] | None
) -> Duty:
    page, doer = scene.page, clause.doer
    partners = clause.partners
    if partners is None:
        partners = doers.cooperating(page, clause.start, clause.end)
    section = scene.sections[scene.section].heading if scene.section is not None else None
    confidence, because = _confidence(scene, clause, due, to)
    return Duty(
        span=page.span(clause.start, clause.end),
        action=title,
        lead=doer.lead,
        cooperating=tuple(name for name in partners if name not in doer.lead),
        due=due,
        deliver_to=doers.recipients(page, to, clause.end) if to else None,
        deliverable=_deliverable(page.flat, doer.verb, clause.end, sent=to is not None),
        manner=doer.manner,
        heading=(section.path, section.title) if section else None,
        confidence=confidence,
        because=because,
    )


_LATE = re.compile(r"rước (?:ngày|\d)|hậm nhất (?!\d{1,2} ngày)")
_SURE, _CARRIED, _NOBODY, _UNNAMED, _DOUBTFUL, _WEAK = 0.9, 0.8, 0.75, 0.65, 0.55, 0.5
_LONG_NAME = 90  # characters of a name that may have taken in more than the name


def _confidence(
    scene: _Scene, clause: _Clause, due: Due | None, to: tuple[int, int] | None
) -> tuple[float, str]:
    """How sure a duty is, and why: doubts weigh more than by what words its doer was found."""
    because = clause.because
    if doubt := _doubt(scene, clause, due) or _doubt_of_giving(scene.page.flat, clause, to):
        return _WEAK, f"{because}; {doubt}"
    if scene.is_loose and scene.section is None:
        sure = _CARRIED if clause.doer.is_told else _DOUBTFUL
        return sure, f"{because}; văn bản không có phần giao việc"
    if because == _SUBJECT:
        return _SURE, because
    if not clause.doer.lead:
        sure = _NOBODY if scene.zone == "duties" else _UNNAMED
        return sure, f"{because}, không nêu ai làm"
    return _CARRIED, because


def _doubt(scene: _Scene, clause: _Clause, due: Due | None) -> str:
    """What speaks against a duty as it was read, "" if nothing."""
    page, doer = scene.page, clause.doer
    flat = page.flat
    if _is_torn(page, clause.start, clause.end):
        return "câu bị ngắt đoạn"
    if _is_joined(flat, clause.start, clause.end):
        return "câu có thể gồm hai việc"
    if due is None and _is_late(flat, clause.start, clause.end):
        return "có thời hạn chưa đọc được"
    if due is None and _recurs(flat, clause.start, clause.end):
        return "có thể là việc định kỳ"
    if any(_is_odd(name) for name in doer.lead):
        return "tên cơ quan có thể lẫn cả việc phải làm"
    if not doer.lead and _may_name_somebody(flat, clause.start, clause.end):
        return "có thể có người làm chưa nhận ra"
    begins = doer.is_told or doers.is_order(flat, doer.verb)
    if not begins and bodies.predicate_after(flat, doer.verb, doer.verb + 30) != doer.verb:
        return "chưa rõ có phải câu giao việc"
    return ""


def _is_odd(name: str) -> bool:
    words = name.split()
    return len(name) > _LONG_NAME or not _ODD.isdisjoint(words)


_GAP = re.compile(r"\n[ \t]*\n\s*(?P<next>\S)")
_HALF = re.compile(r"(?:,| (?:và|của|các|về|với|cho|số|ngày|theo|để|tại|trong|là|do))$")


def _is_torn(page: Page, start: int, end: int) -> bool:
    """Whether the words break off, or go on behind a gap with what may be another sentence."""
    if _HALF.search(page.flat, max(start, end - 8), end):
        return True
    if page.text.find("\n\n", start, end) < 0:
        return False
    return any(not gap["next"].islower() for gap in _GAP.finditer(page.text, start, end))


_JOINED = re.compile(r", (?:đồng thời,? |và )?phối hợp (?:chặt chẽ )?(?:với )?")
_FAR_ON = 60  # characters behind which joint work is more than how the first task is done


def _is_joined(flat: str, start: int, end: int) -> bool:
    """“xây dựng kế hoạch …, phối hợp với X tổ chức …”: joint work behind another task."""
    if flat.find("phối hợp ", start + _FAR_ON, end) < 0:
        return False
    joint = _JOINED.search(flat, start + _FAR_ON, end)
    return bool(joint and bodies.begins(flat, joint.end()))


# “Trường hợp …, Chủ thịch xã ủy quyền …”: somebody may be named whom the lexicon does not know.
_ON_CONDITION = re.compile(r"(?:Trường hợp|Khi|Nếu|Sau khi|Trước khi) ")
_SOMEBODY = re.compile(rf",(?: thì)? [{UPPER}][{LOWER}]+ [{LOWER}]")


def _may_name_somebody(flat: str, start: int, end: int) -> bool:
    return bool(_ON_CONDITION.match(flat, start) and _SOMEBODY.search(flat, start, end))


_CUT_SHORT = re.compile(r"(?:,| và| hoặc) (?:[A-ZĐỦ]|các |cấp )")


def _doubt_of_giving(flat: str, clause: _Clause, to: tuple[int, int] | None) -> str:
    if to and _CUT_SHORT.match(flat, to[1], clause.end):
        return "nơi nhận có thể còn thiếu"
    return ""


# Words that no name holds: it has taken in what is done.
_ODD = frozenset("được không những từng mỗi sẽ đã lại cho bằng rằng nếu thì".split())
_RECURS = re.compile(r"(?:[Mm]ỗi|[Hh]ằng|[Hh]àng) (?:tháng|quý|tuần)(?!\w)")
_SPANS = (" tháng", " quý", " tuần")


def _recurs(flat: str, start: int, end: int) -> bool:
    if not has_any(flat, start, end, _SPANS):
        return False
    return bool(_RECURS.search(flat, start, end))


_HINTS = ("rước ", "hậm nhất")


def _is_late(flat: str, start: int, end: int) -> bool:
    """Whether words of a deadline stand here."""
    if not has_any(flat, start, end, _HINTS):
        return False
    return bool(_LATE.search(flat, start, end))


_THING = (
    r"(?P<thing>quy chế, chương trình phối hợp|kế hoạch|báo cáo|quy chế|quy định|chương trình|đề án|hồ sơ chấm điểm|"
    r"hồ sơ|văn bản|tờ trình|quyết định|hướng dẫn|danh sách|phương án|dự toán|tin, bài|sổ theo dõi|tài liệu|công văn|"
    r"nghị quyết)"
)
_MAKING = "xây dựng|ban hành|gửi|gởi|lập|trình|nộp|bổ sung|hoàn thiện|thiết lập|tổng hợp".split("|")
_MAKES = re.compile(
    rf"(?:{any_of(in_both_cases(_MAKING))}|đăng|có)(?:, (?:hoàn thiện|xây dựng|ban hành|bổ sung|báo cáo))*(?: các| và ban hành| và hoàn thiện)? +"
    + _THING
)
_NEAR = 90  # characters from the verb within which it still says what is made


def _deliverable(flat: str, start: int, end: int, *, sent: bool) -> str | None:
    """The document to be made or sent."""
    made = _MAKES.search(flat, start, min(end, start + _NEAR))
    if made:
        return made["thing"]
    return "báo cáo" if sent and ("áo cáo" in flat[start:end]) else None
