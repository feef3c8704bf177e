"""What a number of a report counts, in the words that a person would call the figure by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.lexicon.units import MEASURES, MONEY
from vanban.quantities import Quantity

UNCLEAR = "chưa rõ số liệu đếm gì"
_LONGEST = 15  # words


@dataclass(frozen=True, slots=True)
class Before:
    """The figure named before in the same sentence, which a series may lean on."""

    quantity: Quantity
    clause: str
    tail: str
    words: str


@dataclass(frozen=True, slots=True)
class Name:
    words: str
    clear: bool
    before: Before


_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_MARKS = re.compile('[¹²³⁰-⁹⁽⁾“”"]')
_HARD = re.compile(r"[;:()]|(?<!\d)\.(?= |$)|\.{3}|(?<=\d)\. (?=[^\W\d_a-zđ])| - ")
_COMMA = re.compile(r",(?!\d)|,(?=\d{1,3}[ .])(?<=[^\d],)")
_NUMBER = re.compile(
    r"(?<![\w.,-])(?<!\d/)(?<!ăm )(?<!áng )(?<!gày )(?<!hứ )(?<!ợt )(?<!ũi )\d(?:[\d.,/]*\d)?"
    r"(?![\d-])(?! ?(?:tháng|tuổi|giờ|ngày))(?: ?%| *\([^()]{1,12}\))?"
)
_TIME = (
    r"(?:(?:cuối|đầu|trong|từ|vào|tính đến|đến)(?: cuối| đầu)? )?(?:(?:0?\d|sáu|chín|1[012]) tháng(?: đầu| cuối)? )?"
    r"(?:tháng \d{1,2}(?:/\d{4})? )?(?:năm )(?:\d{4}|nay|trước|qua)(?: đến nay)?"
)
_LEAD = re.compile(
    rf"(?:{_TIME}|(?:trong|từ) (?:tuần|tháng|năm|kỳ|quý)(?: qua| này)?|(?:giảm |tăng )?so (?:với|sánh với) (?:cùng kỳ )?(?:năm|tháng|tuần) (?:trước|\d+)"
    r"|(?:tính )?đến ngày [\d/.-]+"
    r"|đã|đang|có|hiện|hiện nay|hiện có|toàn (?:tỉnh|huyện|xã|thành phố)|trong đó|trong số|và|với|là|đạt|được|nhưng|còn|còn lại|lại|gồm|bao gồm"
    r"|đến nay|ước|về|lũy kế|kết quả|ngoài ra|cụ thể|cùng với đó|bên cạnh đó|đối với|đó|tương đương|chiếm|trên địa bàn(?: (?:tỉnh|huyện|xã))?"
    r"|chuyển sang|nâng tổng số|tại(?! nạn)|thuộc địa bàn|của|cho|số tiền|trong|ở|-|\+|do|khi|nâng lên|qua)(?= |$)[ ,]*",
)
_TRAIL = re.compile(
    rf"(?:^| )(?:{_TIME}|là|đạt|còn|được|có|với|trên|hơn|khoảng|gần|ước|giảm|tăng|giảm còn|tăng lên|đạt tỷ lệ|và|trong đó|cụ thể|tương đương|bằng"
    r"|đứng|xếp|đứng thứ|xếp thứ|thứ|hạng|vị trí|chiếm|hiện|hiện có|đã|thêm|từ|lên|đó|tổng số|lũy kế|cả|đối|để|do|của|gồm|thành|-|–|/)$"
)
_LINKS = re.compile(r" (?:cho|tại|ở|đối với|với|về|trong|trên|đến)$")
_LINK_IN = re.compile(r"(?:^| )(?:cho|tại|ở|đối với|với|về|trong|trên|đến|của|được|đã) ")
_MONEY_TRAIL = re.compile(r"(?:^| )(?:với |có )?(?:tổng )?(?:số tiền|trị giá|kinh phí|giá trị)$")
_OF_MONEY = re.compile(
    r"(?<!\w)(?:thu|chi|vốn|kinh phí|tiền|giá trị|ngân sách|thu nhập|kim ngạch|thiệt hại|trị giá|dư nợ|doanh thu|doanh số|tổng mức)(?!\w)"
)
_AFTER = re.compile(r"(?:[^,;:.()/\d%⁽¹²³⁰-⁹“”\"–\n]|(?<!\d)\d{1,2}(?= tuổi)|(?<=mũi )\d(?!\d))*")
_SHARE = re.compile(r" *\([^()]{1,14}%\)")
_TAIL_ENDS = re.compile(
    r"(?:^| )(?:so (?:với|cùng|cuối|năm)|trị giá|số tiền|trong đó|tăng|giảm|đạt tỷ lệ|chiếm|với(?= *$)|tương đương|cụ thể|để|và (?:phấn|chiến|đạt)|- )(?= |$)"
)
_DANGLING = re.compile(
    r"(?:^| )(?:và|là|đạt|trong đó|cho|tại|với|của|về|để|ở|đã|có|được|các|từ|trong|trên|đến|hoặc|năm|đối|khi|do|bị|lần thứ|-|–)$"
)
# Words that say nothing without others: bare verbs, places, units
_EMPTY = re.compile(
    r"(?<!\w)(?:chỉ đạo|xảy ra|tổ chức|thực hiện|triển khai|xây dựng|tiếp nhận|giải quyết|tiến hành|ban hành|vận động|phát sinh|ghi nhận"
    r"|phấn đấu|tỷ lệ|tỉ lệ|số lượng|tổng số|số tiền|định kỳ|đột xuất|thường xuyên|địa bàn|cấp tỉnh|cấp huyện|cấp xã|các cấp|các ngành"
    r"|đơn vị|nâng lên|hỗ trợ|duy trì|trước hạn|đúng hạn|quá hạn|còn lại|hoàn thành|loại tốt|toàn|trên|tại|ở|có|số|và|được|đã"
    r"|thành phố|thị trấn|thị xã|tỉnh|huyện|xã|phường|thôn|bản|ấp|khóm|khu|tổ|đối tượng|trường hợp|lượt|người|đoàn|cuộc|vụ|đơn|căn|ca"
    r"|con|hộ|khẩu|hồ sơ|lần|buổi|thành viên|đồng|triệu|tỷ|tấn|chiếm|hạng)(?!\w)"
)
_SYLLABLES = frozenset(re.findall(r"[^\W\d_]+", _EMPTY.pattern)) | {"–", "/"}
_PLAIN = frozenset(
    "cuộc|đơn|vụ|lượt|trường hợp|hồ sơ|người|con|đối tượng|hộ|khẩu|ca|buổi|lần|liều|lượt người|lượt đoàn|nhân khẩu|vụ việc|quyết định|văn bản|bài|tin".split(
        "|"
    )
)
_LETTERS = frozenset(("khiếu nại", "tố cáo", "kiến nghị", "phản ánh"))
_MODIFIER = re.compile(r"(?:định kỳ|đột xuất|thường xuyên|trực tiếp|đối thoại)")
_VERBS = re.compile(
    r"(?<!\w)(?:mở|tổ chức|tiếp|kiểm tra|giám sát|xây dựng|giải quyết|tiếp nhận|ban hành|duy trì|vận động|trao|tặng|phê duyệt|thành lập|nghiệm thu|hỗ trợ|cấp)(?!\w)"
)


def name(flat: str, low: int, high: int, quantity: Quantity, before: Before | None) -> Name:
    """Verb, what is counted, its complement; for shares and ranks the noun alone."""
    parts = _parts(flat, low, quantity.start)
    unit, tail = _unit(quantity), _tail(flat, quantity.own_end, high)
    if unit and not tail and before and before.quantity.counted == unit:
        tail = "" if _LINK_IN.search(f"{before.tail} ") else before.tail
    clause = own = _of_series(_clause(parts[-1], before), parts, before)
    if before and parts[-1].endswith(("và", " và")) and not _NUMBER.search(parts[-1]):
        clause = before.clause
    if quantity.unit == "%" and (at := clause.casefold().rfind("tỷ lệ ")) > 0:
        clause = clause[at:]
    said = _said(quantity, unit, tail, parts[-1], clause)
    lacks = not _is_clear(f"{clause} {said}") or (not clause and said.startswith("so với"))
    if not clause and len(parts) > 1 and flat.startswith(": ", quantity.start - 2):
        clause = _head(parts[-2])
    if lacks and not clause or not _is_clear(f"{clause} {said}"):
        clause = _extended(clause, parts, quantity, before)
    words = _joined(quantity, unit, said, clause, tail)
    clear = _is_clear(words)
    words = words or unit or quantity.unit
    return Name(words, clear, Before(quantity, own or clause, tail, words))


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit.split("/")[0] in MONEY


def _unit(quantity: Quantity) -> str:
    """What is counted, "" for money, measures, shares, ranks."""
    unit = quantity.counted
    if unit[:1] == "%" or unit in MEASURES or quantity.unit == "hạng" or _is_money(quantity):
        return ""
    return unit


def _said(quantity: Quantity, unit: str, tail: str, part: str, clause: str) -> str:
    """The words behind the number, with its unit."""
    if quantity.unit != "%" or unit:
        return "" if clause and quantity.unit == "hạng" else f"{unit} {tail}".strip()
    if tail.startswith(("chỉ tiêu", "kế hoạch", "dự toán")):
        return f"so với {tail}"
    if part.endswith("chiếm") and tail:
        return f"tỷ lệ so với {tail}"
    changes = part.endswith(("tăng", "giảm")) or not tail
    return tail if clause or changes else f"tỷ lệ {tail}"


def _of_series(clause: str, parts: list[str], before: Before | None) -> str:
    """“đột xuất 09 cuộc” behind “tiếp công dân định kỳ 67 cuộc”."""
    found = _MODIFIER.match(clause)
    if found and found.end() < len(clause) and len(parts) > 1 and not _NUMBER.search(parts[-2]):
        return f"{_stripped(parts[-2])}, {clause}".lstrip(" ,")
    said = _MODIFIER.search(before.clause) if before else None
    if not found or found.end() < len(clause) or not before or not said:
        if clause in _LETTERS and len(parts) > 1 and _stripped(parts[-2]) in _LETTERS:
            return f"{_stripped(parts[-2])}, {clause}"
        return clause
    head = before.clause[: said.start()].strip()
    if clause == "đối thoại":
        level = re.match(r"cấp \w+", head)
        return f"{level[0]} đối thoại" if level else clause
    return f"{head} {clause}".strip()


def _joined(quantity: Quantity, unit: str, said: str, clause: str, tail: str) -> str:
    if quantity.unit == "hạng":
        words = _short(clause or said, clause)
        return f"{words} – hạng" if words else ""
    if _is_money(quantity):
        words = _short(clause or said, clause)
        return words if not words or _OF_MONEY.search(words.casefold()) else f"{words} – số tiền"
    lowered = clause.casefold()
    if clause.endswith(" tỷ lệ"):
        return _short(f"tỷ lệ {lowered[:1]}{clause[1:-6]}", "")
    if unit and not tail and clause:
        if unit == "đơn" and any(lowered.endswith(kind) for kind in _LETTERS):
            at = min(lowered.find(kind) for kind in _LETTERS if kind in lowered)
            return _short(f"{clause[:at]}đơn {clause[at:]}", clause)
        if lowered.startswith((unit.casefold(), "tỷ lệ")) or lowered.endswith(unit.casefold()):
            return _short(clause, clause)
        if unit in _PLAIN and not _at_end(_LINKS, clause):
            return f"{_short(clause, clause)} – số {unit}"
    return _short(f"{clause} {said}".strip(), clause)


def _parts(flat: str, low: int, at: int) -> list[str]:
    """The clauses before a number, the nearest last, without brackets and marks of notes."""
    words = flat[max(low, at - 260) : at]
    if len(words) == 260:
        words = words.partition(" ")[2]
    if "(" in words and ")" in words:
        words = _BRACKETS.sub(" ", words)
    words = _MARKS.sub("", words)
    return [" ".join(piece.split()) for hard in _HARD.split(words) for piece in _COMMA.split(hard)]


def _clause(part: str, before: Before | None) -> str:
    """The clause of a number without the numbers before it."""
    numbers = list(_NUMBER.finditer(part))
    if not numbers:
        return _stripped(part, keep_link=True)
    middle = part[numbers[-1].end() :].strip()
    joined = f"{before.quantity.counted} và " if before else "\n"
    if middle.startswith(joined) and len(middle) > len(joined):
        middle = middle[len(joined) - 3 :]
    between = _stripped(middle, keep_link=True)
    least = 1 if middle.startswith("và ") else 2
    if len(between.split()) > least and not middle.endswith((" và", "/")):
        return f"{between} với" if middle.endswith(" với") else between
    return _stripped(part[: numbers[0].start()])


def _stripped(words: str, *, keep_link: bool = False) -> str:
    words = words.strip(" ,.-+–/")
    for _ in range(6):
        lowered = words[:1].lower() + words[1:]
        lead = _LEAD.match(lowered)
        shorter = words[lead.end() :] if lead else words
        trail = _at_end(_TRAIL, shorter[:1].lower() + shorter[1:])
        shorter = (shorter[: trail.start()] if trail else shorter).strip(" ,.-+–/")
        shorter = _without_end(_MONEY_TRAIL, shorter)
        if not keep_link:
            shorter = _without_end(_LINKS, shorter)
        if shorter == words:
            break
        words = shorter
    return words


_END = 80  # characters at the end of a clause in which its last words are looked for


def _at_end(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """A pattern of last words, looked for at the end only."""
    return pattern.search(words, max(0, len(words) - _END))


def _without_end(pattern: re.Pattern[str], words: str) -> str:
    found = _at_end(pattern, words)
    return words[: found.start()] if found else words


def _is_clear(words: str) -> bool:
    words = words.strip()
    if " " not in words or ("-" in words or "ngày " in words) and _OF_PAPERS.search(words):
        return False
    bare = words.casefold()
    if not _SYLLABLES.issuperset(bare.replace(",", " ").split()):
        return True
    return bool(_EMPTY.sub("", bare).strip(" ,–/"))


_OF_PAPERS = re.compile(r"[A-ZĐ]-[A-ZĐ]|(?<!\w)ngày \d")


def _head(part: str) -> str:
    """What a clause is about, without its figure."""
    number = _NUMBER.search(part)
    head = _stripped(part[: number.start()] if number else part)
    return head if _is_clear(head) else ""


_ADDED = re.compile(r" – (?:số (?:tiền|[^–]{1,15})|tỷ lệ|hạng)$")


def _extended(clause: str, parts: list[str], quantity: Quantity, before: Before | None) -> str:
    """The clause behind that of the words before it."""
    if not clause and before and quantity.start - before.quantity.end < 45:
        words = _ADDED.sub("", before.words)
        if not _is_clear(words):
            return ""
        told = quantity.unit != "%" or "tỷ lệ" in words.casefold() or before.quantity.unit == "%"
        return words if told or parts[-1].endswith(("tăng", "giảm")) else f"tỷ lệ {words}"
    for part in reversed(parts[-4:-1]):
        if head := _head(part):
            return head if clause in head else f"{head} {clause}"
    return clause


def _tail(flat: str, at: int, high: int) -> str:
    if share := _SHARE.match(flat, at, high):
        at = share.end()
    found = _AFTER.match(flat, at, min(high, at + 110))
    words = found[0] if found else ""
    if found and found.end() == at + 110:
        words = words.rpartition(" ")[0]
    stop = _TAIL_ENDS.search(words)
    words = words[: stop.start()] if stop else words
    if found and found.end() < len(flat) and flat[found.end()].isdigit():
        words = re.split(r" (?=với |cho |đón |tại )", words)[0]
    return _whole(" ".join(words.split()))


def _whole(words: str) -> str:
    for _ in range(4):
        shorter = _without_end(_DANGLING, words)
        if shorter == words:
            break
        words = shorter
    return words.strip(" -/")


def _short(words: str, clause: str) -> str:
    """At most fifteen words: from the verb on where a long subject stands before it."""
    if len(words.split()) > 12 and words.startswith(clause):
        verbs = [found.start() for found in _VERBS.finditer(clause)]
        if verbs:
            words, clause = words[verbs[-1] :], clause[verbs[-1] :]
    several = words.split()
    length = len(clause.split())
    if len(several) > _LONGEST and length > 9 and words.startswith(clause) and words != clause:
        rest = " ".join(several[length : length + 5])
        return f"{_whole(_cut(several[:length], 9))} – {_whole(rest)}"
    if len(several) > _LONGEST and several[:2] == ["tỷ", "lệ"]:
        several = several[2:]
    return _whole(_cut(several, _LONGEST))


def _cut(words: list[str], most: int) -> str:
    """The first words, without half a proper name at the end."""
    if len(words) <= most:
        return " ".join(words)
    words = words[:most]
    proper = [at for at in range(most - 4, most) if words[at][:1].isupper()]
    return " ".join(words[: proper[0]] if proper and proper[0] > 3 else words)
