"""Who is told to do something, with whom, and to whom he hands it: read off the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban import bodies
from vanban.lexicon.letters import UPPER
from vanban.lexicon.verbs import CONNECTIVES, OPENERS
from vanban.text import Page, fold_spaces

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doer:
    """`lead` as printed, () where nobody is named; `verb` is where the task begins.

    `is_told`: the words say that somebody gives him the task (“Giao …”, “… yêu cầu …”).
    """

    lead: Names
    verb: int
    manner: str
    is_told: bool = False


def named(page: Page, start: int, end: int) -> Names:
    """The bodies named in `start..end`, as printed."""
    return tuple(page.words(first, last) for first, last in bodies.split(page.flat, start, end))


# Orders

_SYLLABLES = re.compile(r"(?P<one>[^\W\d_]+)(?:[^,](?P<two>[^\W\d_]+))?")


def is_order(flat: str, start: int) -> bool:
    """Whether an imperative begins here: by its first or its first two syllables."""
    found = _SYLLABLES.match(flat, start)
    if not found:
        return False
    one, two = found.groups("")
    return one.casefold() in OPENERS or f"{one} {two}".casefold() in OPENERS


_CONNECTIVE = re.compile(rf"(?:{'|'.join(CONNECTIVES)})[,:]? +")


def is_connected(flat: str, start: int) -> bool:
    """“Đồng thời, …”, “Qua đó, …” go on with the orders before them."""
    return bool(_CONNECTIVE.match(flat, start))


# The doer in a sentence

_REQUEST = re.compile(r"(?:[Kk]ính đề nghị|[Đđ]ề nghị) +")
_COMMAND = re.compile(r"(?:[Gg]iao|[Yy]êu cầu) +(?:cho +)?|[Gg]iao trách nhiệm cho +")
# What one does who leaves the task to others: “Chủ tịch UBND tỉnh vừa có văn bản yêu cầu …”
_GIVES = re.compile(
    r"(?:(?:vừa|đã|cũng|tiếp tục) )?(?:có (?:ý kiến|văn bản|công văn|công điện)[^:;.]{0,60}? )?"
    r"(?:(?P<asks>(?:kính )?đề nghị|yêu cầu)|(?P<says>(?:nhấn mạnh|lưu ý|chỉ đạo|kết luận|chỉ thị|chỉ rõ|nêu rõ|điện)(?=:))|(?P<leaves>giao(?: nhiệm vụ| trách nhiệm)?|phân công)):? +(?:cho +)?"
    r"(?:(?:trong )?thời gian tới,? +|trong những tháng cuối năm,? +)?"
)
CIRCUMSTANCE = re.compile(
    r"(?:[Mm]ỗi (?:tháng|quý|năm|tuần) |Một năm |[Ss]áu tháng |6 tháng |Do |Trên cơ sở|Căn cứ|Theo (?!dõi)|Trong |Trường hợp|Định kỳ|Hàng |Hằng |Khi |Sau khi|Trước |Tùy |Ngoài |Để |"
    r"Đối với|Nếu |Nhận được|Phát biểu|Kết luận|Ngày |Sáng |Chiều |Thời gian tới|Năm |Chậm nhất|Đến |Từ |Thông qua|Với |Nhân (?:dịp|ngày|kỷ niệm)|Cùng với|Vào |Tại |Riêng |Ngay |Bên cạnh|Qua )"
)
# Below these a doer is named further on; below the others an order may follow at once.
_EVENT = re.compile(r"(?:Trong |Nếu |Trường hợp|Khi |Định kỳ|Hàng |Hằng |Chậm nhất|Trước |Sau khi)")
_AFTER_COMMA = re.compile(r"(?:[,:)]| thì|yêu cầu|đề nghị|(?<=, )giao(?: cho)?) +")
_TIMES = re.compile(r"(?:[Hh]àng|[Hh]ằng|Định kỳ) ?")
# “Định kỳ hằng quý, năm (hoặc đột xuất) |báo cáo …”: nobody is named before the order.
_EVERY = re.compile(
    r"(?:Định kỳ|(?:Trước )?[Nn]gày \d{1,2} (?:hàng|hằng|mỗi) tháng|(?:[Hh]àng|[Hh]ằng|Mỗi|mỗi) (?:tháng|quý|năm|tuần|ngày)|(?:Sáu|sáu|6|06|3|03) tháng một lần)"
    r"(?:,? (?:và |hoặc |\()?(?:(?:hàng|hằng|mỗi) )?(?:tháng|quý|năm|tuần|ngày|(?:06|6|sáu) tháng|đột xuất|cuối năm|một lần|một kỳ)\)?){0,5}"
    r",? +"
)
# Behind these stands whom it is done for, not who does it.
_GOVERNS = re.compile(r"(?:với|cho|về|của|đến|tới|báo cáo|gửi|trình|tham mưu|giúp|và) +$")
_PARTNER = "cùng với "


def address(flat: str, start: int) -> int:
    """Where the name begins after “Đề nghị”, “Giao”."""
    asked = _REQUEST.match(flat, start) or _COMMAND.match(flat, start)
    return asked.end() if asked else start


def read(page: Page, start: int, end: int) -> Doer:
    flat = page.flat
    connective = _CONNECTIVE.match(flat, start, end)
    at = connective.end() if connective else start
    if (singled := _SINGLED.match(flat, at, end)) and bodies.begins(flat, singled.end()):
        told = read(page, singled.end(), end)
        if told.lead:
            return Doer(told.lead, told.verb, told.manner, True)
    manner = "request" if _REQUEST.match(flat, at, end) else "order"
    name = address(flat, at)
    is_told = name > at
    if titled := _GENTLEMEN.match(flat, name, end):
        name = titled.end() if bodies.begins(flat, titled.end()) else name
    if bodies.begins(flat, name) or (is_told and bodies.begins_person(flat, name)):
        if colon := _after_name(flat, name, end):
            doers = named(page, name, colon - 1)
            return Doer(doers, _first_word(flat, colon, end), manner, is_told)
        verb = bodies.predicate_after(flat, name, end)
        if verb is not None and is_told:
            return Doer(_with_partner(page, name, verb, end), verb, manner, True)
        if verb is not None:
            return _subject(page, name, verb, end, manner)
    if subject := _ANYBODY.match(flat, name, end):
        stop = subject.start("must")
        return Doer(named(page, name, stop), stop, manner, is_told)
    if CIRCUMSTANCE.match(flat, name, end):
        return _after_circumstance(page, name, end, manner)
    if _PURSUANT.match(flat, name, end):
        found = _after_circumstance(page, name, end, manner)
        if found.lead:
            return found
    return Doer((), name, manner)


# “Khuyến khích các đơn vị …”, “(Riêng) đối với các chi bộ: …”: whom it is meant for
_SINGLED = re.compile(r"Khuyến khích +|đối với +(?=[^:.]{3,100}:)")
_PURSUANT = re.compile(
    r"Thực hiện (?:chủ trương|Công văn|Kế hoạch|Chỉ thị|Nghị quyết|Quyết định|Thông báo|Chương trình|Hướng dẫn|chỉ đạo|ý kiến)"
)


_CHIEF = re.compile(
    r"(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân) |Thủ tướng|(?:Bí thư|Thường trực|Ban Thường vụ) "
)
_LIST_BELOW = re.compile(r"(?:nội dung|nhiệm vụ|việc|biện pháp|giải pháp|yêu cầu)[^:.;]{0,20}:")


# “Người tiếp công dân có trách nhiệm …”: whoever it is
_ANYBODY = re.compile(
    r"(?:Người|Công dân|Nhân dân|Tổ chức|Cá nhân|Hộ|Chủ|Nhân viên|Viên chức|Doanh nghiệp|Cấp|Trưởng|Ban|Tổ|Đại biểu|Nhà)"
    r"(?:,? [^\W\d]+){1,14}? (?P<must>có trách nhiệm|có nhiệm vụ|chịu trách nhiệm)(?!\w)"
)
# “Các ông (bà): Chánh Văn phòng …” of decisions
_GENTLEMEN = re.compile(r"(?:Các |các )?[Ôô]ng(?:,? \(?[Bb]à\)?)? *[:,]? +|(?:Các|các) đồng chí: +")


def _subject(page: Page, start: int, verb: int, end: int, manner: str) -> Doer:
    """Who stands before the verb; or whom he asks or gives the task: “Sở Nội vụ đề nghị các sở …”."""
    flat = page.flat
    gives = _GIVES.match(flat, verb, end)
    if gives and gives["asks"]:
        manner = "request" if "nghị" in gives["asks"] else "order"
    if gives and bodies.begins_person(flat, gives.end()):
        task = bodies.predicate_after(flat, gives.end(), end)
        if task is not None:
            return Doer(named(page, gives.end(), task), task, manner, True)
    if gives and gives["asks"]:
        return Doer((), gives.end(), manner)
    if flat.startswith("chỉ đạo ", verb) and _CHIEF.match(flat, start):
        below = verb + len("chỉ đạo ")
        task = bodies.predicate_after(flat, below, end) if bodies.begins(flat, below) else None
        if task is not None and _LIST_BELOW.search(flat, task, end):
            return Doer(named(page, below, task), task, manner, True)
    return Doer(_with_partner(page, start, verb, end), verb, manner)


_NAME_THEN = re.compile(r"[^:.]{3,200}: *(?=\S)")
_DASH = re.compile(rf"[^:.;]{{3,80}}? - (?=[{UPPER}])")
_TASK = re.compile(
    r"Chủ trì|Phối hợp|Tham mưu|Thực hiện|Xây dựng|Hướng dẫn|Chủ động|Căn cứ|Tiếp tục|Tăng cường|Tổng hợp"
)
_SEVERAL = re.compile(
    r"các (?:[Ss]ở|[Bb]an|[Nn]gành|huyện|xã|phường|[Pp]hòng|[Cc]ơ quan|đơn vị)(?:,? (?:[Bb]an|ngành|đơn vị))*:$"
)


def _after_name(flat: str, start: int, end: int) -> int | None:
    """“Sở Nội vụ: Chủ trì …”: where the colon ends that stands right behind a name."""
    has_colon = flat.find(":", start, min(end, start + 202)) >= 0
    found = _NAME_THEN.match(flat, start, end) if has_colon else None
    if not found:
        if flat.find(" - ", start, min(end, start + 86)) < 0:
            return None
        dash = _DASH.match(flat, start, end)
        if dash and _TASK.match(flat, dash.end()):
            is_name = bodies.predicate_after(flat, start, dash.end() - 3) is None
            return dash.end() - 2 if is_name else None
        return None
    colon = flat.index(":", start) + 1
    if _SEVERAL.search(flat, start, colon) and not is_order(flat, found.end()):
        return None
    is_name = bodies.predicate_after(flat, start, colon - 1) is None
    is_said = _PEOPLE.match(flat, start) and not is_order(flat, found.end())
    return colon if is_name and not is_said else None


_PEOPLE = re.compile(r"Ông |Bà |Đồng chí |đồng chí ")


def _first_word(flat: str, start: int, end: int) -> int:
    while start < end and flat[start] in " -":
        start += 1
    return start


def has_own(flat: str, start: int, end: int) -> bool:
    """Whether a clause begins with its own subject and verb."""
    return bodies.begins(flat, start) and bodies.predicate_after(flat, start, end) is not None


def _with_partner(page: Page, start: int, verb: int, end: int) -> Names:
    """“A cùng với B phối hợp …”: both lead."""
    lead = named(page, start, verb)
    other = verb + len(_PARTNER)
    if page.flat.startswith(_PARTNER, verb) and bodies.begins(page.flat, other):
        after = bodies.predicate_after(page.flat, other, end)
        if after is not None:
            lead += named(page, other, after)
    return lead


def _after_circumstance(page: Page, start: int, end: int, manner: str) -> Doer:
    """“Trên cơ sở …, Thủ trưởng … có trách nhiệm”, “Trường hợp … thì …”."""
    flat = page.flat
    times = _EVERY.match(flat, start, end)
    if times and is_order(flat, times.end()):
        return Doer((), times.end(), manner)
    for mark in _AFTER_COMMA.finditer(flat, start, min(end, start + 500)):
        at = mark.end()
        if flat.startswith("đề nghị", mark.start()):
            manner = "request"
        if bodies.begins(flat, at):
            verb = bodies.predicate_after(flat, at, end)
            if verb is not None and flat[mark.start()] in "yđg":
                return Doer(named(page, at, verb), verb, manner, True)
            if verb is not None:
                return _subject(page, at, verb, end, manner)
        elif is_order(flat, at) and not _EVENT.match(flat, start):
            return Doer((), at, manner)
    if _TIMES.match(flat, start):
        return _first_inside(page, start, min(end, start + 120), end, manner)
    return Doer((), start, manner)


def _first_inside(page: Page, start: int, limit: int, end: int, manner: str) -> Doer:
    """“Hàng tháng, quý và cuối mỗi năm các cơ quan …”: no comma stands before the doer."""
    for head in bodies.HEAD.finditer(page.flat, start, limit):
        if _GOVERNS.search(page.flat, max(start, head.start() - 12), head.start()):
            continue
        verb = bodies.predicate_after(page.flat, head.start(), end)
        if verb is not None and bodies.begins(page.flat, head.start()):
            return Doer(named(page, head.start(), verb), verb, manner)
    return Doer((), start, manner)


def inside(page: Page, start: int, end: int) -> Names:
    """The first doer named with a verb anywhere in a stem: “… Ban Thường trực thực hiện như sau:”."""
    for head in bodies.HEAD.finditer(page.flat, start, end):
        is_name = head[0][0].isupper() or page.flat[head.start() - 2 : head.start()] == ", "
        if is_name and bodies.begins(page.flat, head.start()):
            verb = bodies.predicate_after(page.flat, head.start(), end)
            if verb is not None:
                return named(page, head.start(), verb)
    return ()


_ADDRESS = re.compile(
    r"(?:kính )?(?:đề nghị|yêu cầu) +|(?<=[,:] )giao +(?:cho +)?|tỉnh giao +|[Kk]ính đề nghị +|Đề nghị +|Yêu cầu +"
)


def addressed(page: Page, start: int, end: int) -> Doer:
    """Whom the words above a list ask or tell: “Sở Nội vụ đề nghị các sở … nội dung sau:”."""
    for asked in _ADDRESS.finditer(page.flat, start, end):
        verb = bodies.predicate_after(page.flat, asked.end(), end)
        if verb is not None and bodies.begins(page.flat, asked.end()):
            manner = "request" if "nghị" in asked[0] else "order"
            return Doer(named(page, asked.end(), verb), verb, manner, True)
    return Doer((), start, "order")


_ANNOUNCES = re.compile(r"thông báo (?:[Ll]ịch|thời gian) tiếp (?:công )?dân")


_RECEIVES = re.compile(
    r"(?:Phó )?(?:Chủ tịch|Bí thư|Thường trực|Đại biểu|Giám đốc|Trưởng|Chánh)(?!\w)"
)


def announced(page: Page, start: int, end: int) -> Names:
    """Who receives citizens: “X thông báo lịch tiếp công dân như sau:”."""
    flat = page.flat
    said = _ANNOUNCES.search(flat, start, end)
    if not said:
        return ()
    line = max(start, page.text.rfind("\n", start, said.start()) + 1)
    for mark in [line, *(m.end() for m in _AFTER_COMMA.finditer(flat, line, said.start()))]:
        if not _RECEIVES.match(flat, mark):
            continue
        if bodies.begins(flat, mark) and bodies.predicate_after(flat, mark, end) == said.start():
            return named(page, mark, said.start())
    return ()


_DIRECTING = re.compile(r"(?:Tiếp tục |Tập trung )?(?:[Cc]hỉ đạo|Hướng dẫn|Giao) +")


def directed(page: Page, start: int, end: int) -> Names:
    """“Chỉ đạo X thực hiện …”, where nobody else is named."""
    directing = _DIRECTING.match(page.flat, start, end)
    if not directing or not bodies.begins(page.flat, directing.end()):
        return ()
    verb = bodies.predicate_after(page.flat, directing.end(), end)
    return () if verb is None else named(page, directing.end(), verb)


# The doer in a heading

_OF_WHOM = re.compile(
    r"(?P<task>(?:Trách nhiệm|Nhiệm vụ|Hoạt động|Nhiệm vụ, trách nhiệm|Phân công nhiệm vụ)(?: của| đối với)?|TRÁCH NHIỆM CỦA) +|"
    r"Đối với +|Giao +(?:cho +)?|Đề nghị +|Yêu cầu +"
)
_NOBODY = re.compile(
    r"(?:chung|cụ thể|trọng tâm|chủ yếu|thường xuyên|khác|phối hợp|thực hiện)(?!\w)"
)
_TITLE_TAIL = re.compile(r" trong (?:việc|công tác|thực hiện)|:")


def of_heading(flat: str) -> tuple[Names, str]:
    """“Sở Nội vụ”, “Trách nhiệm của …”, “Đề nghị Ban Dân vận Tỉnh ủy:” name the doer of what follows.

    The title of a heading is flat already.
    """
    opening = _OF_WHOM.match(flat)
    start = opening.end() if opening else 0
    manner = "request" if flat.startswith("Đề nghị") else "order"
    if flat.isupper():
        return (), "order"
    if opening and opening["task"] and not _NOBODY.match(flat, start):
        if not (flat[start : start + 1].isupper() or bodies.begins_person(flat, start)):
            return (), manner
        tail = _TITLE_TAIL.search(flat, start)
        return _names(flat, start, tail.start() if tail else len(flat)), manner
    if not bodies.begins(flat, start):
        return (), manner
    return _names(flat, start, bodies.phrase_end(flat, start, len(flat))), manner


def _names(flat: str, start: int, end: int) -> Names:
    return tuple(fold_spaces(flat[first:last]) for first, last in bodies.split(flat, start, end))


# Partners

_TOGETHER = re.compile(
    r"[Pp]hối (?:kết )?hợp(?: +(?:chặt chẽ|tốt|thường xuyên|đồng bộ))*(?P<with> +(?:cùng )?với| +cùng)? +"
)
_BETWEEN = re.compile(r"[Pp]hối hợp(?<!sự phối hợp)(?: [^ ,;.\d]+){0,6}? giữa +")
_APART = re.compile(
    r"phối hợp [^;.“”()]{5,60}? với +"
)  # “phối hợp công tác … với Mặt trận Tổ quốc”
_AND = re.compile(r" (?:với|và) ")
_BETWEEN_END = re.compile(r" nhằm | để |[.;]|, (?=[a-zđ]+ [a-zđ])")
_LONGEST_NAME = 160


def cooperating(page: Page, start: int, end: int) -> Names:
    """Whom “phối hợp với …” names; of “phối hợp giữa A với B”, B."""
    flat = page.flat
    if flat.find("hối ", start, end) < 0:
        return ()
    for found in _TOGETHER.finditer(flat, start, end):
        at = found.end()
        if _is_of_others(flat, start, found.start()):
            continue
        if bodies.begins(flat, at) or (found["with"] and flat[at : at + 1] not in "“"):
            names = named(page, at, bodies.phrase_end(flat, at, end))
            if short := tuple(name for name in names if len(name) < _LONGEST_NAME):
                return short
    parties = _parties(page, start, end)
    if parties:
        return parties[1]
    apart = _APART.search(flat, start, end)
    if apart and _is_of_others(flat, start, apart.start()):
        return ()
    if apart and bodies.begins(flat, apart.end()):
        return named(page, apart.end(), bodies.phrase_end(flat, apart.end(), end))
    return ()


# “quy chế phối hợp với X” names a document; “kiểm tra việc chủ trì, phối hợp với X” is X's work.
_AGREED = ("uy chế ", "hỏa thuận ")
_OVERSEEN = re.compile(
    r"(?:[Kk]iểm tra|[Gg]iám sát|[Tt]heo dõi|[Đđ]ôn đốc) (?:việc|công tác) [^,;.]{0,100}(?:chủ trì, )?$"
)


def _is_of_others(flat: str, start: int, at: int) -> bool:
    """Whether the joint work named at `at` is not the doer's own."""
    return flat.endswith(_AGREED, start, at) or _is_overseen(flat, start, at)


def _is_overseen(flat: str, start: int, at: int) -> bool:
    first = max(start, at - 140)
    if flat.find("việc ", first, at) < 0 and flat.find("công tác ", first, at) < 0:
        return False
    return bool(_OVERSEEN.search(flat, first, at))


def between(page: Page, start: int, end: int) -> Names:
    """Of “phối hợp giữa A với B”, A."""
    parties = _parties(page, start, end)
    return parties[0] if parties else ()


def _parties(page: Page, start: int, end: int) -> tuple[Names, Names] | None:
    flat = page.flat
    if flat.find(" giữa ", start, end) < 0:
        return None
    opening = _BETWEEN.search(flat, start, end)
    middle = _AND.search(flat, opening.end(), end) if opening else None
    if not opening or not middle:
        return None
    stop = _BETWEEN_END.search(flat, middle.end(), end)
    limit = min(stop.start() if stop else end, bodies.phrase_end(flat, middle.end(), end))
    return (page.words(opening.end(), middle.start()),), named(page, middle.end(), limit)


def has_own_partner(flat: str, start: int) -> bool:
    found = _TOGETHER.match(flat, start)
    return bool(found and found["with"] and bodies.begins(flat, found.end()))


_SO_AS_TO = re.compile(r",? +(?:để|trong việc)? *")


def after_partner(flat: str, start: int) -> int | None:
    """Where the task begins after “phối hợp với X” at `start`, None where none follows."""
    found = _TOGETHER.match(flat, start)
    if not found or not bodies.begins(flat, found.end()):
        return None
    stop = bodies.phrase_end(flat, found.end(), len(flat))
    joint = _SO_AS_TO.match(flat, stop)
    at = joint.end() if joint else stop
    return at if is_order(flat, at) else None


# Recipients

_HAND_OVER = re.compile(
    r"[GgNnBbCcPp](?:ửi|ởi|ộp|áo cáo|ung cấp|huyển(?= ngay| đến| đơn| hồ sơ| về| cho| toàn bộ)"
    r"|hản ánh(?= kịp| ngay| về| đến| tới| với))"
)
_TO = re.compile(r" +(?:ngay +)?(?:về|đến|tới|cho|với|lên) +(?:[Cc]ho +)?")
_BODY = "(?:Sở|Ủy ban|UBND|Văn phòng|Ban |Hội |Công an|Thường trực|Tỉnh ủy|Huyện ủy|Chủ tịch|Phòng)"
_STOP = re.compile(
    r" (?:trước|chậm nhất|muộn nhất|để|định kỳ|khi|theo|xem xét|tổng hợp|giải quyết|trong|nếu|đối với|vào|về|"
    r"cho|hàng|hằng|đúng|kết quả|tình hình|đồng thời|các (?:vụ|trường hợp|nội dung|vấn đề|khó khăn|kết quả|dự)|biết|chỉ đạo|kịp thời|"
    r"xử lý|những|qua|thông qua|bằng|tại (?:kỳ|cuộc|hội nghị|phiên)|danh mục|danh sách|số|việc|nội dung|tiến độ|phương án|ngay|sau|"
    rf"và(?! [{UPPER}])|(?<!nhân dân )(?<!HĐND )và(?= {_BODY}))(?=[ .,;]|$)|[,.;:“(]"
)
_GIVEN = re.compile(r" cho (?=[^a-zà-ỹ])")
_THROUGH = re.compile(r" *\(?qua [^()\d]{3,80}\)")  # “(qua Sở Nội vụ)”
_LEVEL = re.compile(r"(?:, | và |, và )cấp (?:tỉnh|huyện|xã|cơ sở)(?!\w)")  # “cấp tỉnh, cấp huyện”
_NEAR, _FAR = 40, 260  # characters between the verb and “về”, “đến”: for “báo cáo …” and “gửi …”


def handed_to(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Where the body stands to which something is sent or reported."""
    flat = page.flat
    for verb in _HAND_OVER.finditer(flat, start, end):
        at = verb.end()
        if _others_hand_over(flat, start, verb.start()):
            continue
        is_sent = verb[0][1:] in ("ửi", "ởi", "ộp") and bodies.begins(flat, at + 1)
        if flat[at : at + 1] == " " and (is_sent or _is_proper(flat, at + 1)):
            return _recipient(flat, at + 1, end)
        if verb[0].endswith("ung cấp"):
            to_whom = _GIVEN.search(flat, at, min(end, at + 90))
            if to_whom and _is_proper(flat, to_whom.end()):
                return _recipient(flat, to_whom.end(), end)
            continue
        reach = _NEAR if verb[0][0] in "CcPp" else _FAR
        for to in _TO.finditer(flat, at, min(end, at + reach)):
            if _is_proper(flat, to.end()) and not flat.endswith(_TELLS, 0, to.start()):
                return _recipient(flat, to.end(), end)
    return None


_ADVISED = re.compile(r"(?:[Tt]ham mưu|[Đđ]ề xuất|[Kk]iến nghị)[^;.]{3,160} để $")


def _others_hand_over(flat: str, start: int, at: int) -> bool:
    """“đề xuất X để báo cáo Y”, “kiểm tra việc … nộp về Y”: it is another who reports to Y."""
    first = max(start, at - 180)
    if flat.endswith(" để ", start, at):
        return bool(_ADVISED.search(flat, first, at))
    is_own = flat.endswith("và ", start, at) and not flat.startswith("nộp", at)
    return not is_own and _is_overseen(flat, start, at)


_TELLS = ("đề xuất", "kiến nghị", "hợp", "tham mưu", "đối")  # “đề xuất với …” hands nothing over


_OFFICE = "cơ quan "


def _is_proper(flat: str, at: int) -> bool:
    name = at + len(_OFFICE) if flat.startswith(_OFFICE, at) else at  # “cơ quan BHXH huyện”
    return flat[name : name + 1].isupper() and bodies.begins(flat, at)


def _recipient(flat: str, start: int, end: int) -> tuple[int, int] | None:
    stop = _STOP.search(flat, start, end)
    limit = stop.start() if stop else end
    verb = bodies.predicate_after(flat, start, limit)
    limit = limit if verb is None else verb
    while (level := _LEVEL.match(flat, limit, end)) and flat.find(" cấp ", start, limit) >= 0:
        limit = level.end()
    through = _THROUGH.match(flat, limit, end)
    limit = through.end() if through else limit
    while limit > start and flat[limit - 1] in " (":
        limit -= 1
    return (start, limit) if limit > start else None


_PART_THROUGH = re.compile(r" *\((qua [^()\d,;]{3,60}?)(?= và đồng gửi| trước| chậm nhất)")
_ALSO = re.compile(
    r"(?:đồng gửi|đồng thời,? (?:gửi|báo cáo)|[,;] đồng báo cáo)(?: về| đến| tới| cho)? +"
)
_AND_TO = re.compile(r"(?:,| và|;)(?: đồng gửi)? +")
_SENT = re.compile(
    r" *(?:$|[.;)(]| (?:để|trước|chậm nhất|muộn nhất|vào|trong|định kỳ) |[,;] | và )"
)


def recipients(page: Page, to: tuple[int, int], end: int) -> str:
    """All to whom it is sent, the first of them at `to`, as one entry divided by “; ”."""
    flat = page.flat
    names = [page.words(*to)]
    if part := _PART_THROUGH.match(flat, to[1], end):
        names[0] += f" ({page.words(*part.span(1))})"
    at = to[1]
    while (joint := _AND_TO.match(flat, at, end)) and _is_proper(flat, joint.end()):
        further = _recipient(flat, joint.end(), end)
        if further is None or not _SENT.match(flat, further[1], end):
            break
        names.append(page.words(*further))
        at = further[1]
    for also in _ALSO.finditer(flat, at, end) if flat.find("đồng ", at, end) >= 0 else ():
        further = _recipient(flat, also.end(), end) if _is_proper(flat, also.end()) else None
        if further:
            names.append(page.words(*further))
    return "; ".join(dict.fromkeys(names))


_PASSES_ON = re.compile(
    r"(?: +(?:trước|chậm nhất)[^.;]{3,60}?)? *(?:để +)?(?:tổng hợp|xem xét|theo dõi)[^.;]{0,60}?báo cáo +"
)


def passes_on(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """“… đến Sở Y tế tổng hợp, báo cáo Ủy ban nhân dân tỉnh”: to whom the recipient reports."""
    found = _PASSES_ON.match(page.flat, start, end)
    if not found or not _is_proper(page.flat, found.end()):
        return None
    return _recipient(page.flat, found.end(), end)
