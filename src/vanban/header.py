"""The frame of a document: who issued what, where, when, about what; who signed; who receives it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban import bodies
from vanban.lexicon.kinds import KIND_ENDINGS, KINDS
from vanban.lexicon.letters import LOWER, UPPER
from vanban.lexicon.order import CAPACITIES, ROLES
from vanban.model import Evidence, Header
from vanban.numbers import DATE_LONG, parse_date
from vanban.text import Page, fold_spaces, trim_end

TOP, BOTTOM = 80, 70  # lines of the text that may belong to the letterhead and to the signature

_NATION = re.compile(r"C[ỘO]NG( |$)|H[ÒO]A XÃ|XÃ HỘI CH|CHỦ NGHĨA|HỘI CHỦ|VIỆT NAM$|Độc lập|ĐẢNG CỘNG SẢN")
_NUMBER_LINE = re.compile(r"S[ốỐ] ?:? *(?=[\d/]|-|$|\.|…)(?P<number>[^|]*)")
_SIGN = re.compile(rf"\d{{1,5}}[a-z]? ?[-/] ?[\d{UPPER}][\w&đĐ.]*(?: ?[-/] ?[{UPPER}][\w&đĐ.]*)*")
_PLACE_DATE = re.compile(
    rf"(?P<place>[{UPPER}][{UPPER}{LOWER}. \-']{{1,40}}?) ?, +ng[àa]y +"
    rf"(?:(?P<date>{DATE_LONG.replace('th[áa]ng', 'th[áa]ng')})|[\d. …]*th[áa]ng[\d. …]*n[ăa]m)"
)
_KIND_NAMES = "|".join(sorted(map(re.escape, (k.upper() for k in KINDS)), key=len, reverse=True))
_KIND_LINE = re.compile(
    rf"(?P<kind>(?:{_KIND_NAMES})(?: (?:{'|'.join(e.upper() for e in KIND_ENDINGS)}))?)(?P<rest>.*)"
)
_ABOUT = re.compile(r"[Vv] ?/ ?[Vv]|[Vv]ề việc")
_PREAMBLE = re.compile(
    r"(?:Căn cứ|Thực hiện (?:Nghị|Chỉ|Quyết|Quy|Kế|Kết|Công|Chương|Hướng|Thông|Luật|Văn|Pháp|Đề|nghị|ý)|"
    r"Thực hiện (?:chủ trương|chức năng|nhiệm vụ|sự|tinh thần)|Triển khai thực hiện|Kính gửi|Nhằm|Để |"
    r"Trên cơ sở|Xét |Theo |Hưởng ứng|Trong |Năm |Ngày \d|Qua |Tiếp tục thực hiện|Phần |I[.\-]|1[.]|"
    r"Điều |Chương |\(|Kèm theo|Hôm nay|Sau |Với |Thi hành|Nay )|Phát huy "
)
_OFFICE = re.compile(
    r"(?:ỦY BAN|BAN|HỘI|CHỦ TỊCH|GIÁM ĐỐC|BỘ|UBND|TRƯỞNG|HIỆU TRƯỞNG|SỞ|THƯỜNG TRỰC|HĐND|ĐẢNG|THỦ|CHI)"
)
_RULE = re.compile(r"[-_*=—–.o ]+$")
_CAPACITY = re.compile(rf"(?:{'|'.join(map(re.escape, CAPACITIES))})[. ]+(?=[{UPPER}])")
_ROLE = re.compile(rf"(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})(?![{UPPER}{LOWER}])")
_NAME = re.compile(rf"(?:[{UPPER}][{LOWER}]+(?:[- ]|$)){{2,6}}$")
_RECIPIENTS = re.compile(r"(?:Nơi|NƠI) (?:nhận|gửi|NHẬN|GỬI) *:?")
_ITEM = re.compile(r"[-+–•*] *")


@dataclass
class _Draft:
    """The fields found so far, with their evidence."""

    page: Page
    values: dict[str, object] = field(default_factory=dict)
    spans: dict[str, Evidence] = field(default_factory=dict)

    def put(
        self, name: str, value: object, at: tuple[int, int], sure: float, because: str
    ) -> None:
        self.values[name] = value
        self.spans[name] = Evidence(at[0], at[1], sure, because)


Line = tuple[int, int]


def read(page: Page) -> Header:
    lines = _cells(page)
    top = lines[:TOP]
    draft = _Draft(page)
    body = _letterhead(draft, top)
    _kind_and_title(draft, top, body)
    _headline(draft, top)
    _longer_issuer(draft, top)
    _enacting_issuer(draft)
    _period(draft)
    _signature(draft, lines)
    _recipients(draft, lines)
    values = dict(draft.values)
    return Header(**values, spans=draft.spans)  # type: ignore[arg-type]


def _cells(page: Page) -> list[Line]:
    """Lines, and cells of a row as lines of their own; marks of emphasis and rules left out."""
    found: list[Line] = []
    start = 0
    for piece in re.split(r"([\n|])", page.text):
        words = piece.strip(" \t\u00a0*~#\r_")
        if words and piece not in "\n|" and not _RULE.match(words):
            begin = start + piece.index(words)
            found.append((begin, begin + len(words)))
        start += len(piece)
    return found


def _words(page: Page, line: Line) -> str:
    """The words to compare with; what is answered is `page.words`, as printed."""
    return fold_spaces(page.flat[line[0] : line[1]])


def _letterhead(draft: _Draft, top: Sequence[Line]) -> int:
    """Issuer, number, place and date; answers the index of the first line below them."""
    below = 0
    masthead: list[Line] = []
    closed = False
    for index, line in enumerate(top):
        words = _words(draft.page, line)
        if number := _NUMBER_LINE.match(words):
            if "number_line" in draft.values or index > 30:
                continue
            _take_number(draft, top, index, number["number"])
            below, closed = index + 1, True
        elif _NATION.match(words) and words.isupper() or words.startswith("Độc lập"):
            below, closed = index + 1, closed or bool(masthead)
        elif place := _PLACE_DATE.match(_joined(draft.page, top, index)):
            if index > 30 or "place" in draft.values:
                continue
            below = _take_place(draft, top, index, place)
            closed = True
        elif _is_kind(words) or _PREAMBLE.match(words):
            break
        elif not closed and words.isupper() and len(words) < 90:
            masthead.append(line)
    if masthead and below:
        _take_issuer(draft, masthead)
    draft.values.pop("number_line", None)
    return below


def _joined(page: Page, top: Sequence[Line], index: int) -> str:
    """A line with the next one, since “Đồng Tháp, ngày | 06 tháng 09” may be broken."""
    after = _words(page, top[index + 1]) if index + 1 < len(top) else ""
    return f"{_words(page, top[index])} {after}"


def _take_number(draft: _Draft, top: Sequence[Line], index: int, rest: str) -> None:
    draft.values["number_line"] = True
    line = top[index]
    if not rest.strip() and index + 1 < len(top):
        line = top[index + 1]
        rest = _words(draft.page, line)
    if sign := _SIGN.match(rest.strip()):
        value = "".join(sign[0].split()).rstrip(".")
        draft.put("number", value, line, 0.95, "Dòng “Số:” ở đầu văn bản")


def _take_place(
    draft: _Draft, top: Sequence[Line], index: int, found: re.Match[str]
) -> int:
    line = top[index]
    draft.put("place", found["place"].strip(), line, 0.95, "Địa danh trước “, ngày … tháng … năm”")
    own = len(_words(draft.page, line))
    if found["date"]:
        last = top[index + 1] if found.end() > own + 1 else line
        at = (line[0], last[1])
        draft.put("date", parse_date(found["date"]), at, 0.95, "Dòng địa danh, ngày tháng")
    return index + (2 if found.end() > own + 1 else 1)


def _take_issuer(draft: _Draft, masthead: Sequence[Line]) -> None:
    while masthead and _KIND_LINE.match(_words(draft.page, masthead[0])):
        masthead = masthead[1:]
    if not masthead:
        return
    value = " ".join(draft.page.words(*line) for line in masthead)
    at = (masthead[0][0], masthead[-1][1])
    draft.put("issuer", value, at, 0.9, "Tên cơ quan ở góc trên bên trái")


def _is_kind(words: str) -> bool:
    found = _KIND_LINE.match(words)
    return bool(found) and not found["rest"].strip(" :")  # type: ignore[index]


def _kind_and_title(draft: _Draft, top: Sequence[Line], body: int) -> None:
    page = draft.page
    below = False
    for index, line in enumerate(top):
        words = _words(page, line)
        below = below or index >= body and bool(_PREAMBLE.match(words))
        if below:
            if words.rstrip(" :") in ("QUYẾT ĐỊNH", "QUYẾT NGHỊ"):
                kind = "Nghị quyết" if "NGHỊ" in words else "Quyết định"
                draft.put("kind", kind, line, 0.9, f"Dòng “{words}” dưới phần căn cứ")
                return
            continue
        if index >= body and words.startswith(("V/v", "v/v", "V/V")):
            _take_title(draft, top, index)
            return
        if _is_kind(words) and index >= body:
            kind = words.strip(" :").capitalize()
            draft.put("kind", kind, line, 0.95, "Tên loại văn bản viết hoa trên dòng riêng")
            _take_title(draft, top, index + 1)
            return
    return


def _take_title(draft: _Draft, top: Sequence[Line], first: int) -> None:
    page = draft.page
    last = first
    while last < len(top) and _belongs_to_title(page, top, first, last):
        last += 1
    if last == first:
        return
    start, end = top[first][0], trim_end(page.text, top[first][0], top[last - 1][1])
    value = fold_spaces(page.text[start:end].replace("*", " "))
    draft.put("title", value, (start, end), 0.9, "Trích yếu ngay dưới tên loại văn bản")


def _belongs_to_title(page: Page, top: Sequence[Line], first: int, index: int) -> bool:
    words = _words(page, top[index])
    if _PREAMBLE.match(words) or _is_kind(words) or len(words) > 400:
        return False
    if index == first:
        return not _is_enacting(page, top, index)
    before = _words(page, top[index - 1])
    if before.endswith((".", ";", ":")):
        return False
    if words[0].islower() or words[0].isdigit():
        return True
    title_is_caps = _words(page, top[first]).isupper()
    if _is_enacting(page, top, index):
        return False
    gap = page.text.count("\n", top[index - 1][1], top[index][0]) > 1
    if title_is_caps:
        return words.isupper()
    return not words.isupper() and not gap and len(words) < 90 and len(before) < 90


def _is_enacting(page: Page, top: Sequence[Line], index: int) -> bool:
    """“ỦY BAN NHÂN DÂN TỈNH …” above “Căn cứ” says who decides; it is not the title."""
    words = _words(page, top[index])
    if not words.isupper() or words.startswith("BAN HÀNH") or not _OFFICE.match(words):
        return False
    below = [_words(page, line) for line in top[index + 1 : index + 3]]
    if len(below) > 1 and below[0].isupper():
        below = below[1:]
    return bool(below) and below[0].startswith(("Căn cứ", "CĂN CỨ"))


def _headline(draft: _Draft, top: Sequence[Line]) -> None:
    """A text without letterhead (news): its first line is its title."""
    if draft.values or not top:
        return
    page = draft.page
    line = top[0]
    words = _words(page, line)
    if _PREAMBLE.match(words) or len(words) > 250 or words.endswith((".", ";", ":")):
        return
    draft.put("title", page.words(*line), line, 0.6, "Dòng đầu của bài, không có thể thức văn bản")
    _headline_issuer(draft, line)


_ISSUES = re.compile(r" (?P<kind>hướng dẫn|thông báo|báo cáo) ")


def _headline_issuer(draft: _Draft, line: Line) -> None:
    """“Ban Dân vận Tỉnh ủy hướng dẫn …”: a headline that says who issued what."""
    found = _ISSUES.search(draft.page.flat, line[0], line[1])
    if not found or not bodies.begins(draft.page.flat, line[0]):
        return
    verb = bodies.predicate_after(draft.page.flat, line[0], line[1])
    if verb != found.start() + 1:
        return
    page, because = draft.page, "Tiêu đề bài nêu cơ quan và loại văn bản"
    draft.put("issuer", page.words(line[0], found.start()), (line[0], found.start()), 0.5, because)
    draft.put("kind", found["kind"].capitalize(), found.span("kind"), 0.5, because)
    draft.put("title", page.words(found.end(), line[1]), (found.end(), line[1]), 0.5, because)


def _longer_issuer(draft: _Draft, top: Sequence[Line]) -> None:
    """“ỦY BAN NHÂN DÂN” in the letterhead, “ỦY BAN NHÂN DÂN TỈNH …” above “Căn cứ”."""
    short = str(draft.values.get("issuer") or "")
    for index, line in enumerate(top):
        words = _words(draft.page, line)
        if _is_enacting(draft.page, top, index):
            if not short or (words.startswith(short) and len(words) > len(short)):
                draft.put("issuer", draft.page.words(*line), line, 0.85, "Cơ quan ban hành ghi trên phần căn cứ")
            return


_ENACTS = re.compile(
    r" (?:ban hành|xây dựng|báo cáo|hướng dẫn|thông báo|yêu cầu) (?:[Kk]ế hoạch|[Bb]áo cáo|[Hh]ướng dẫn|"
    r"[Cc]hương trình|[Tt]hông báo|[Qq]uy)"
)


def _enacting_issuer(draft: _Draft) -> None:
    """Without a letterhead: “UBND tỉnh ban hành Kế hoạch … như sau:”."""
    if "issuer" in draft.values or "kind" not in draft.values:
        return
    if not {"number", "date"} & draft.values.keys():
        return
    for paragraph in draft.page.paragraphs[:30]:
        if not draft.page.flat[: paragraph.end].rstrip().endswith("như sau:"):
            continue
        found = _ENACTS.search(draft.page.flat, paragraph.start, paragraph.end)
        if found and bodies.begins(draft.page.flat, paragraph.start):
            at = (paragraph.start, found.start())
            draft.put("issuer", draft.page.words(*at), at, 0.6, "Chủ thể của câu ban hành")
            return


_YEARS = re.compile(r"giai đoạn +(\d{4}) ?(?:-|đến|đến năm) ?(\d{4})")
_YEAR = re.compile(r"năm +(\d{4})(?! ?- ?\d)|(?<!\d)tháng +\d\d?/(\d{4})|[Qq]uý +[IV\d]+/(\d{4})")


def _period(draft: _Draft) -> None:
    """The years in the title; for news without one, the first “năm …” of the text."""
    title = str(draft.values.get("title") or "").casefold()
    at = draft.spans.get("title")
    if not at:
        return
    years = _years(title)
    because = "Năm, giai đoạn ghi trong trích yếu"
    if not years and "kind" not in draft.values and "number" not in draft.values:
        found = re.search(r"trong +năm +(\d{4})", draft.page.flat[:1500])
        years = [found[1]] if found else []
        because = "Năm nêu ở đầu bài"
    if years:
        draft.put("period", (min(years), max(years)), (at.start, at.end), 0.8, because)


def _years(title: str) -> list[str]:
    if spans := _YEARS.findall(title):
        return [year for pair in spans for year in pair]
    return [year for groups in _YEAR.findall(title) for year in groups if year]


def _signature(draft: _Draft, lines: Sequence[Line]) -> None:
    """The lines TM./KT./TL., the post, and the name below them."""
    first = _first_capacity(draft.page, lines)
    if first is None:
        first = _first_role(draft.page, lines)
    if first is None:
        return
    authority, index = _authority(draft.page, lines, first)
    if authority:
        value = " ".join(draft.page.words(*line) for line in authority)
        at = (authority[0][0], authority[-1][1])
        draft.put("authority", value, at, 0.9, "Các dòng TM., KT., TL. trước chữ ký")
    index = _take_role(draft, lines, index)
    _take_signer(draft, lines, index)


def _first_capacity(page: Page, lines: Sequence[Line]) -> int | None:
    low = max(0, len(lines) - BOTTOM)
    choices = [
        index
        for index in range(len(lines))
        if page.text[lines[index][0]] in "TKQ"
        and _CAPACITY.match(words := _words(page, lines[index]))
        and words.upper() == words
    ]
    late = [index for index in choices if index >= low]
    found = late or choices
    return next((i for i in found if i - 1 not in found), None) if found else None


def _first_role(page: Page, lines: Sequence[Line]) -> int | None:
    """A post in capitals alone on its line, with a name below: signed without TM./KT."""
    for index in range(max(0, len(lines) - 25), len(lines)):
        words = _words(page, lines[index])
        if words.isupper() and _ROLE.match(words) and len(words) < 60:
            after = [_words(page, line) for line in lines[index + 1 : index + 4]]
            if any(_NAME.match(name) for name in after):
                return index
    return None


def _authority(
    page: Page, lines: Sequence[Line], first: int
) -> tuple[list[Line], int]:
    taken: list[Line] = []
    index = first
    while index < len(lines):
        words = _words(page, lines[index])
        is_capacity = bool(_CAPACITY.match(words)) and words.isupper()
        is_more = taken and words.isupper() and not _ROLE.match(words) and len(words) < 80
        if not is_capacity and not is_more:
            break
        taken.append(lines[index])
        index += 1
    return taken, index


def _take_role(draft: _Draft, lines: Sequence[Line], index: int) -> int:
    taken: list[Line] = []
    while index < len(lines) and len(taken) < 3:
        words = _words(draft.page, lines[index])
        if not (words.isupper() and (_ROLE.match(words) or taken)) and not (
            not taken and _ROLE.match(words) and len(words) < 60 and not _NAME.match(words)
        ):
            break
        taken.append(lines[index])
        index += 1
    if taken:
        value = " ".join(draft.page.words(*line) for line in taken)
        at = (taken[0][0], taken[-1][1])
        draft.put("signer_role", value, at, 0.9, "Chức vụ ghi trên họ tên người ký")
    return index


_TITLES = re.compile(r"(?:TS|ThS|PGS|GS|BS|KS|CN|Ths|Ts)\. ?")


def _take_signer(draft: _Draft, lines: Sequence[Line], index: int) -> None:
    for line in lines[index : index + 3]:
        words = _words(draft.page, line)
        if _NAME.match(_TITLES.sub("", words)):
            bare = _TITLES.sub("", draft.page.words(*line))
            draft.put("signer", bare, line, 0.9, "Họ tên dưới chức vụ người ký")
            return


def _recipients(draft: _Draft, lines: Sequence[Line]) -> None:
    page = draft.page
    start = None
    for found in _RECIPIENTS.finditer(page.flat):
        start = found.end()
    if start is None:
        return
    entries: list[str] = []
    end = start
    for line in lines:
        if line[1] <= start:
            continue
        line = (max(line[0], start), line[1])
        words = page.words(*line).lstrip(":").strip()
        if not words:
            continue
        if _is_signature(page, words) or "|" in page.text[end : line[0]] and entries:
            break
        dash = _ITEM.match(page.text, line[0])
        if dash or not entries:
            entries.append(_ITEM.sub("", words, count=1) if dash else words)
        elif _ended(entries[-1]) and "\n\n" in page.text[end : line[0]]:
            break
        else:
            entries[-1] += " " + words
        end = line[1]
    values = tuple(value for value in (_bare(entry) for entry in entries) if value)
    if values:
        draft.put("recipients", values, (start, end), 0.9, "Danh sách sau “Nơi nhận:”")


def _ended(entry: str) -> bool:
    return entry.rstrip().endswith((".", "./."))


def _is_signature(page: Page, words: str) -> bool:
    return words.isupper() and bool(_CAPACITY.match(words) or _ROLE.match(words))


def _bare(entry: str) -> str:
    return entry.strip().rstrip(" ;,./").strip()
