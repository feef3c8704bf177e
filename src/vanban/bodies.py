"""Names of bodies, offices and groups of them in running text."""

from __future__ import annotations

import re

from vanban.lexicon import any_of
from vanban.lexicon.bodies import AFTER_PLACES, FIELDS, GROUPS, PEOPLE, PLACES, STRONG
from vanban.lexicon.letters import LOWER, UPPER
from vanban.lexicon.verbs import PREDICATES

_single = tuple(word for word in STRONG if word not in ("Các", "các", "Tất cả các", "Mỗi", "Từng"))
HEAD = re.compile(
    rf"(?:(?:{any_of(_single)})(?!\w)"
    rf"|(?:Các|các|Tất cả các|Mỗi|Từng) (?:{any_of(GROUPS)})(?!\w)"
    rf"|(?:phòng|sở|công an|trung tâm|thường trực|thành viên) (?=[{UPPER}]))"
)
_PEOPLE = re.compile(rf"(?:{any_of(PEOPLE)})(?!\w)")
# Inside a list: “, Sở Tài chính”, “; Chủ tịch UBND các huyện”, “ và các cơ quan liên quan”
_NEXT = re.compile(
    r"(?:[,;]| và| cùng| &)(?: +và)? +"
    r"| - (?=(?:Giám đốc|Thủ trưởng|Chủ tịch|Chánh|Trưởng|Bí thư|Hiệu trưởng|Các |Ủy ban|UBND) )"
)
_PREDICATE = re.compile(rf"(?<!\w)(?:{any_of(PREDICATES)})(?![{LOWER}])")
_NOUNS_BEFORE = re.compile(
    r"(?:[Bb]an|[Bb]ộ phận|[Tt]ổ|[Cc]án bộ|[Cc]ông tác|hoạt động|"
    r"việc|nhiệm vụ|và|công chức|liên quan đến|nội dung|để|quy chế)$"
)
_WORKING = re.compile(r"(?:[Đđ]oàn|[Hh]ội đồng|[Đđ]ội|[Cc]ông ty)$")
_WORKS = (  # what a Đoàn, Hội đồng, Đội is named after
    "thẩm định|thẩm tra|đánh giá|nghiệm thu|kiểm tra|giám sát|khảo sát|quản lý|xử lý|tuyên truyền|"
    "kiểm soát|tuyển chọn|hòa giải|tiếp công dân|hỗ trợ|xác minh|phối hợp|kiểm kê"
).split("|")
# “Phòng Phổ biến, giáo dục pháp luật”, “Trung tâm Trợ giúp pháp lý”: named after what it does
_NAMED_AFTER = re.compile(
    r"(?:Phòng|Ban|Chi cục|Trung tâm) (?:Phổ biến|Xây dựng|Kiểm tra|Quản lý|Tổ chức|Tuyên truyền|Thanh tra),$"
)
# “cơ quan tiếp nhận phải …”: what the office does is part of its name
_IN_OFFICE = ("ơ quan", "đơn vị", "người", "bộ phận")
_MUST = re.compile(r"(?: [^\W\d]+){0,5} (?:phải|có trách nhiệm|chịu trách nhiệm)(?!\w)")
_DIRECTED = "thực hiện|triển khai|xây dựng|đổi mới|tổng kết|sơ kết|vận động|phát động|cung cấp|giải quyết|chỉ đạo|kiểm soát".split(
    "|"
)  # what a Ban Chỉ đạo is named after
_IN_CHARGE = re.compile(r"(?:tổ chức|cán bộ|công chức|lãnh đạo|đồng chí)$")
_INFORMATION = re.compile(r"(?:[Cc]ơ quan|Cổng|cổng|Trang|Sở|Phòng|Văn hóa,)$")
# “tổ chức” is a noun in these.
_TO_CHUC = re.compile(
    r"tổ chức (?:chính trị|xã hội|thành viên|đảng|Đảng|hội|đoàn|liên quan|có liên quan|cá nhân|kinh tế|"
    r"tôn giáo|bộ máy|trực thuộc|phụ trách|nghề nghiệp|cơ sở|quần chúng|tín dụng)|"
    r"tổ chức[,;] "
)
# “… tỉnh An Phúc |”, “Sở Nội vụ |”: a name that is complete, and a word in small letters behind it.
_PROPER = rf"(?: [{UPPER}]\w*(?:[ -]{{1,3}}[{UPPER}]\w*){{1,4}}| \d{{1,2}})"
_COMPLETE = re.compile(
    rf"(?:(?<=Sở )(?:{any_of(FIELDS)})|(?<=Phòng )(?:{any_of(FIELDS)})|(?<=Ngành )(?:{any_of(FIELDS)})"
    rf"|(?<!\w)(?:{any_of(PLACES)})(?!\w){_PROPER}?|(?:Báo|Viễn thông){_PROPER}) "
    rf"(?=[{LOWER}])(?!(?:{any_of(AFTER_PLACES)})(?!\w))(?!tổ chức (?:chính|xã|hội|thành|đảng|cơ|kinh|liên|có))(?!tổ (?!chức ))"
)
_END = re.compile(
    r"[.:!?“\"]| (?:để|nhằm|về việc|theo quy định|trong việc|trong công tác|trong quá trình|khi|thông qua|bằng) "
)
_NOT_HEAD = re.compile(
    rf"(?:Vụ (?=[{LOWER}])|Ban hành|Tổ chức|Báo cáo|Phòng,|Phòng chống|Phòng ngừa|Đoàn kết|Hội nghị|Trường hợp|"
    r"Bộ luật|Ngành nghề|Hội thi|Hội thảo|Bảo hiểm y tế|"
    r"Các văn bản|Các nội dung|Lãnh đạo,|Lãnh đạo (?:thực hiện|tổ chức|triển khai|việc|công tác)|Báo cáo)"
)


def begins(flat: str, at: int) -> bool:
    """Whether the name of a body, an office or a group begins here."""
    return bool(HEAD.match(flat, at)) and not _NOT_HEAD.match(flat, at)


def begins_person(flat: str, at: int) -> bool:
    """Whether somebody is named here, be it in small letters: “Đề nghị đại biểu …”."""
    return begins(flat, at) or bool(_PEOPLE.match(flat, at))


def predicate_after(flat: str, start: int, end: int) -> int | None:
    """Where, after the name beginning at `start`, its verb begins."""
    limit = min(end, start + 400)
    verb = _known_verb(flat, start, limit)
    name = _COMPLETE.search(flat, start, limit if verb is None else verb)
    return name.end() if name else verb


def _known_verb(flat: str, start: int, limit: int) -> int | None:
    in_name = False  # a verb that is part of the name: “Tổ tiếp công dân, xử lý đơn thư”
    for verb in _PREDICATE.finditer(flat, start, limit):
        before = flat[max(start, verb.start() - 16) : verb.start()].rstrip()
        if _NOUNS_BEFORE.search(before) or (in_name and before.endswith(",")):
            in_name = True
            continue
        if verb[0] in _WORKS and _WORKING.search(before):
            in_name = True
            continue
        if before.endswith(",") and _NAMED_AFTER.search(flat, start, verb.start() - 1):
            in_name = True
            continue
        if verb[0] == "giúp" and before.endswith(("âm Trợ", "âm trợ")):
            continue
        if before.endswith(_IN_OFFICE) and _MUST.match(flat, verb.end(), limit):
            continue
        if before.endswith("hỉ đạo") and verb[0] in _DIRECTED:
            continue
        if verb[0] == "tham mưu" and flat.startswith(", giúp việc", verb.end()):
            continue
        if verb[0] == "giúp" and flat.startswith(" việc", verb.end()):
            continue
        if verb[0] == "thông tin" and _INFORMATION.search(before):
            continue
        if verb[0] == "phụ trách" and _IN_CHARGE.search(before):
            continue
        if verb[0] == "tổ chức " and _TO_CHUC.match(flat, verb.start()):
            continue
        return verb.start()
    return None


def phrase_end(flat: str, start: int, end: int) -> int:
    """Where the name beginning at `start` ends: at its verb, or at what cannot belong to it."""
    stop = _END.search(flat, start, min(end, start + 400))
    limit = stop.start() if stop else min(end, start + 400)
    verb = predicate_after(flat, start, limit)
    return verb if verb is not None else limit


_MEMBER = re.compile(r"(?:thành viên (?:Tổ|Ban|Hội|Đoàn|các)|đại biểu (?:Hội|HĐND|Quốc))")
_MEMBERS = re.compile(r" \(([^()]+,[^()]+)\) *$")


def split(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """One entry for each body; bodies under one head noun (“các sở, ban, ngành”) stay one.

    A group with its members in brackets gives the members.
    """
    members = _MEMBERS.search(flat, start, end)
    if members and begins(flat, members.start(1)):
        start, end = members.span(1)
    names: list[tuple[int, int]] = []
    begin = start
    for mark in _NEXT.finditer(flat, start, end):
        at = mark.end()
        is_name = HEAD.match(flat, at, end) or _MEMBER.match(flat, at, end)
        if not is_name or _shares_head(flat, begin, mark.start(), at):
            continue
        names.append((begin, mark.start()))
        begin = at
    names.append((begin, end))
    trimmed = (_trim(flat, *name) for name in names)
    return [(first, last) for first, last in trimmed if first < last]


# “Giám đốc các Sở, | Ban, ngành, | đoàn thể có liên quan”: heads alone, without a name of their own.
_ALONE = re.compile(
    r"(?:[Ss]ở|[Bb]an|[Nn]gành|[Pp]hòng|[Đđ]oàn thể|[Hh]ội|[Cc]ơ quan|[Đđ]ơn vị|[Cc]ông ty)"
    r"(?=,| và | có liên quan| liên quan| tỉnh| huyện| ngành| cấp tỉnh| thành phố| thuộc|;|$)"
)
_LAST_ALONE = re.compile(
    r"(?:[Cc]ác|và|,) (?:Sở|Ban|[Nn]gành|Phòng|[Đđ]oàn thể|Hội|sở|ban|phòng|cơ quan|đơn vị|địa phương|cấp|huyện|xã)(?: [Bb]an)?(?: ngành)?"
    r"(?: tỉnh| cấp tỉnh| huyện)?$"
)
_COLLECTIVE = re.compile(
    r"[Cc]ác |[Cc]ấp |Giám đốc các|Trưởng các|[Nn]gười đứng đầu|[Tt]hủ trưởng|[Ll]ãnh đạo"
)


def _shares_head(flat: str, begin: int, mark: int, at: int) -> bool:
    """“Ban cán sự đảng, Đảng đoàn” are two; “cấp ủy, chính quyền các cấp” is one.

    The one name stands before the joint at `mark`, the other begins at `at`.
    """
    if flat[mark] == ";":
        return False
    if _ALONE.match(flat, at):
        if _LAST_ALONE.search(flat, max(begin, mark - 40), mark):
            return True
    elif _OFFICE.match(flat, at):
        if _OFFICE.fullmatch(flat, begin, mark):
            return True
        return flat[mark] == "," and bool(_PERSON.match(flat, begin, mark))
    if flat.startswith(("Ủy ban", "UBND"), at):
        return bool(_COUNCIL.match(flat, begin, mark))
    if flat.startswith(("đại biểu", "các đại biểu"), at):
        return flat.endswith("ổ đại biểu", begin, mark)
    pair = flat.startswith(("chính quyền", "cơ quan", "đoàn thể"), at)
    return pair and bool(_COLLECTIVE.match(flat, begin))


# “Giám đốc, | Thủ trưởng các sở”: of which body is said once
_OFFICE = re.compile(
    r"(?:[Cc]ác )?(?:Phó )?(?:Giám đốc|Thủ trưởng|Chủ tịch|Bí thư|Trưởng|Chánh|Hiệu trưởng|giám đốc|thủ trưởng|chủ tịch|bí thư)(?!\w)"
)
_PERSON = re.compile(rf"(?:Ông|Bà|[Đđ]ồng chí|Đ/c) [{UPPER}]\w*(?: [{UPPER}]\w*){{1,3}}$")
_COUNCIL = re.compile(r"(?:Chánh |Phó Chánh )?(?:Văn phòng|VP) (?:Hội đồng nhân dân|HĐND)$")


_EDGE = re.compile(r"[\W\d_]+")
_BESIDES = re.compile(
    r" - (?:cơ ?quan|[Đđ]ơn vị|Cơ quan) [^;]{0,80}$"
)  # “Sở X - cơ quan thường trực …”
_TERM = re.compile(r",? (?:khóa [IVXLC]+|nhiệm kỳ \d{4})[^;]{0,40}$")
_TAIL = re.compile(
    r"(?:[ ,;:]+|(?<= )(?:và|đã|sẽ|cùng|thì|cũng|được|có|đồng thời|kính|trong|tại|về|theo|khi|để|vừa|tự))$"
)


def _trim(flat: str, start: int, end: int) -> tuple[int, int]:
    """Without outer blanks and marks, a linking word at the end, a bracket that does not close."""
    first = _EDGE.match(flat, start, end)
    start = first.end() if first else start
    if flat.count("(", start, end) > flat.count(")", start, end):
        end = flat.rindex("(", start, end)
    for sign, beyond in (("k", _TERM), (" - ", _BESIDES)):
        if flat.find(sign, start, end) >= 0 and (found := beyond.search(flat, start, end)):
            end = found.start()
    while tail := _TAIL.search(flat, start, end):
        end = tail.start()
    return start, end


_ISSUER_END = re.compile(
    r"[.,;:“”\"()\[\]|*]|\d{3}"
    r"| (?:về|Về|V/v|v/v|ban hành|quy định|hướng dẫn|thực hiện|triển khai|sửa đổi|phê duyệt|tại|trong"
    r"|năm|ngày|theo|để|gắn|do|nhằm|đối với|cho|có|là|số|khóa|khoá|Khóa|nhiệm kỳ|đề ra|giao|công bố"
    r"|được|đã|và(?! (?:Ban|Ủy|Bộ|UBND|Hội đồng|Sở|HĐND|MTTQ|Đảng|Tỉnh|Thường trực|Văn phòng|Công an"
    rf"|Liên đoàn|Chủ tịch|Hội )(?![{LOWER}]))|Hướng dẫn|Quy định|Ban hành|thành lập|tổ chức|quy chế"
    r"|phối hợp|thông qua|xây dựng|tiếp tục|tổng kết|chỉ đạo|kèm|khi|từ|nêu|hỗ trợ|thay thế|trên|"
    r"quy chế|kết luận|yêu cầu|bổ sung|công nhận|điều chỉnh|kiện toàn|cùng)(?=[ ,;.]|$)"
)


def issuer_at(flat: str, start: int, end: int) -> tuple[int, int] | None:
    """The body named at `start`, as the issuer of a document; the term (khóa) is left out."""
    if not (flat[start : start + 1].isupper() and start < end):
        return None
    stop = _ISSUER_END.search(flat, start, min(end, start + 160))
    limit = stop.start() if stop else min(end, start + 160)
    while limit > start and flat[limit - 1] in " -,":
        limit -= 1
    return (start, limit) if limit > start else None
