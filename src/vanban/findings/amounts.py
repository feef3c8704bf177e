"""Numbers that cannot be right: a ratio, a sum, a base, a number with point and comma mixed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from vanban.lexicon.series import SERIES, UNITS
from vanban.model import Finding, Number, Statistic
from vanban.numbers import NUMBER, parse_number
from vanban.text import Page

_MOST = 1e15  # larger numbers are misread, and too large to divide


def read(page: Page, statistics: Sequence[Statistic]) -> Iterator[Finding]:
    statistics = [one for one in statistics if _is_small(one)]
    yield from _malformed(page, statistics)
    yield from _ratios(page, statistics)
    yield from _sums(page, statistics)
    yield from _of_units(page, statistics)
    yield from _totals(page)
    yield from _equations(page)
    yield from _bases(page, statistics)


def _is_small(one: Statistic) -> bool:
    return all(
        number is None or number < _MOST for number in (one.value, one.numerator, one.denominator)
    )


def printed(value: Number, places: int = 0) -> str:
    """1234.5 with one place is “1.234,5”."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


# 1.6151 suất; 3.177.540,000 đồng

_PRINTED = re.compile(r"[\d.,]*\d")


def _malformed(page: Page, statistics: Sequence[Statistic]) -> Iterator[Finding]:
    for one in statistics:
        if one.value is not None or one.change is not None or one.numerator is not None:
            continue
        number = _PRINTED.match(one.span.text)
        if not number or parse_number(number[0]) is not None:
            continue
        yield Finding(
            one.span,
            "number",
            f"Số “{number[0]}” viết sai: dấu chấm ngăn từng nhóm ba chữ số, dấu phẩy ngăn phần thập "
            "phân. Kiểm tra lại số liệu.",
            0.9,
            "Dấu chấm, dấu phẩy trong số không thể cùng đúng",
        )


# 291/417 đơn, đạt 69,84%

_SHARE = re.compile(rf"({NUMBER}) *%")
_ABOUT = re.compile(r"(?:gần|trên|hơn|khoảng|xấp xỉ|dưới|ước)(?: +đạt)? *$")
_OTHER_BASE = re.compile(
    r" *[)]?,? *(?:so +(?:với +)?(?:kế|chỉ|cùng|năm|nghị|dự|mục|tổng)|(?:của +)?(?:kế hoạch|chỉ tiêu|cùng kỳ|"
    r"dự toán|nghị quyết|mục tiêu))"
)
_BRACKET = re.compile(r" *\((?:tương ứng |tương đương |bằng |đạt )?")


def _ratios(page: Page, statistics: Sequence[Statistic]) -> Iterator[Finding]:
    """The share printed with its parts, and “69,84% (291/417 đơn)”."""
    following = [*statistics[1:], None]
    for one, after in zip(statistics, following, strict=False):
        if one.unit != "%":
            continue
        if one.denominator:
            for share in list(_SHARE.finditer(one.span.text))[-1:]:
                yield from _ratio(page, one, one, share[1], one.span.text[: share.start()])
        elif after and after.unit != "%" and _in_bracket(page, one, after):
            leading = _SHARE.match(one.span.text)
            before = page.flat[max(0, one.span.start - 20) : one.span.start]
            if leading:
                yield from _ratio(page, after, one, leading[1], before)


_OTHER = re.compile(r"bình quân|trung bình|hài lòng|vốn|tăng|giảm|điểm")
_FAR, _CLOSE = 5, 9  # points of difference; words in which the share must then stand


def _is_of_other(before: str, difference: float) -> bool:
    """“15/20 xã hoàn thành, bình quân đạt 16%”: far from the ratio and perhaps not its share."""
    return bool(_OTHER.search(before)) or difference > _FAR and len(before.split()) > _CLOSE


def _in_bracket(page: Page, share: Statistic, parts: Statistic) -> bool:
    between = page.flat[share.span.end : parts.span.start]
    return bool(_BRACKET.fullmatch(between)) and page.flat.startswith(")", parts.span.end)


def _ratio(
    page: Page, parts: Statistic, whole: Statistic, share: str, before: str
) -> Iterator[Finding]:
    """Rounded or cut off at the printed place is right; “gần 90%” says no exact share."""
    part, base, value = parts.numerator, parts.denominator, parse_number(share)
    end = max(parts.span.end, whole.span.end)
    if part is None or not base or value is None:
        return
    if _ABOUT.search(before) or _OTHER_BASE.match(page.flat, end):
        return
    places = len(share.partition(",")[2])
    exact = part * 100 / base
    if abs(exact - value) < 10**-places or _is_of_other(before, abs(exact - value)):
        return
    shown = f"{printed(part)}/{printed(base)}"
    yield Finding(
        page.span(min(parts.span.start, whole.span.start), end),
        "ratio",
        f"{shown} bằng {printed(exact, max(places, 1))}%, văn bản in {share}%. Kiểm tra lại số liệu.",
        0.95 if abs(exact - value) < 5 else 0.8,
        f"Chia {printed(part)} cho {printed(base)}",
    )


# 36 lớp, trong đó cấp tỉnh 4 lớp, cấp huyện 12 lớp, cấp xã 20 lớp

_OF_WHICH = re.compile(
    r"[^\d.;:%]{0,60}?[,;:.( ⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾)]*(?P<word>[Tt]rong đó|[Bb]ao gồm|[Gg]ồm)(?: có)? *:? *"
)
_PARTS_END = re.compile(r"[.)](?= |$)")
_ANY = re.compile(rf"(?<![\w.,])(?:{NUMBER})(?!\d)")
_REST = re.compile(r"còn lại")


def _sums(page: Page, statistics: Sequence[Statistic]) -> Iterator[Finding]:
    """A whole and parts that the text says are all of it; parts in one unit, no other among them."""
    flat = page.flat
    for place, whole in enumerate(statistics):
        after = statistics[place + 1 : place + 9]
        if len(after) < 2 or not _is_count(whole):
            continue
        opening = _OF_WHICH.match(flat, whole.span.end, min(len(flat), after[0].span.start))
        if not opening:
            continue
        stop = _PARTS_END.search(flat, opening.end(), min(len(flat), after[-1].span.end + 60))
        limit = stop.start() if stop else after[-1].span.end
        parts = [one for one in after if one.span.end <= limit and one.unit != "%"]
        if len(parts) < 2 or any(not _is_part(one, whole) for one in parts):
            continue
        if limit == after[-1].span.end and len(after) == 8:
            continue
        words = flat[opening.end() : limit]
        if len(_counts(words)) != len(parts) or not _are_all(opening["word"], words, len(parts)):
            continue
        values = [one.value for one in parts if one.value is not None]
        total = sum(values)
        if whole.value is None or abs(total - whole.value) < 1e-6:
            continue
        sum_ = " + ".join(map(_plain, values))
        yield Finding(
            page.span(whole.span.start, parts[-1].span.end),
            "sum",
            f"Các phần cộng lại bằng {_plain(total)} {whole.unit}, văn bản in tổng {_plain(whole.value)} "
            f"{whole.unit}. Kiểm tra lại số liệu.",
            0.75,
            f"{sum_} = {_plain(total)}, sau “{opening['word']}”",
        )


def _is_part(one: Statistic, whole: Statistic) -> bool:
    """Of one unit; “lượt” after “lượt công dân” is the same, shorter."""
    same = one.unit == whole.unit
    short = one.unit == "lượt" and (whole.unit or "").startswith("lượt ")
    return (same or short) and _is_count(one)


def _is_count(one: Statistic) -> bool:
    return one.value is not None and one.unit not in (None, "%", "hạng") and one.denominator is None


def _counts(words: str) -> list[str]:
    """All numbers among the parts but shares: one without a unit would be left out of the sum."""
    return [
        found[0]
        for found in _ANY.finditer(words)
        if not words[found.end() :].lstrip().startswith("%")
    ]


def _are_all(word: str, words: str, count: int) -> bool:
    """“Gồm”, “còn lại”, or a series such as cấp tỉnh, cấp huyện, cấp xã: nothing is left out."""
    if word.casefold().endswith("gồm") or _REST.search(words):
        return True
    small = words.casefold()
    return any(count == len(series) and all(name in small for name in series) for series in SERIES)


def _plain(value: Number) -> str:
    return printed(value) if value == int(value) else printed(value, 2)


# 96 đơn vị hành chính cấp xã (80 xã, 10 phường, 6 thị trấn); 80 xã và 10 phường; tổng cộng 90

_NAME = r"(?:thị trấn|thị xã|thành phố|đặc khu|phường|huyện|quận|xã)(?!\w)"
_ONE = rf"(?:{NUMBER}) +{_NAME}"
_MANY = rf"{_ONE}(?:(?:,|;|,? +và) +{_ONE}){{1,3}}"
_OF_UNITS = re.compile(
    rf"(?P<whole>{NUMBER}) +(?:đơn vị(?: hành chính)? cấp (?P<level>xã|huyện)|"
    rf"(?P<names>{_NAME}(?:(?:,| và) {_NAME}){{1,3}}))(?!\w)"
    r"(?: (?:trên địa bàn|của|trong)(?: toàn)? tỉnh)?,? *"
    rf"(?:\((?:(?:bao )?gồm:? +)?(?P<inner>{_MANY})\)|(?:bao )?gồm:? +(?P<outer>{_MANY})(?=[.)](?!\d)|$))"
)
_TOTAL = re.compile(
    rf"(?<![\w.,/])(?P<parts>{_MANY})[;,]? +(?:tổng cộng|tổng số)(?: +là| +có|:)? +(?P<whole>{NUMBER})"
    r"(?: +(?:đơn vị|xã, phường|xã, phường, thị trấn))?(?=[.;)](?!\d)|$)"
)
_PART = re.compile(rf"({NUMBER}) +({_NAME})")
_COUNTED = re.compile(r"(?<!\d)(?<![Nn]ăm )\d")
_WINDOW = 160  # characters before “tổng cộng” in which its parts stand


def _of_units(page: Page, statistics: Sequence[Statistic]) -> Iterator[Finding]:
    """All units of a level and how many of each kind there are."""
    kinds = {"đơn vị", *UNITS["xã"], *UNITS["huyện"]}
    for one in statistics:
        if not one.unit or one.denominator or one.unit.partition(",")[0] not in kinds:
            continue
        found = _OF_UNITS.match(page.flat, one.span.start)
        if not found:
            continue
        named = frozenset(re.findall(_NAME, found["names"] or ""))
        parts = found["inner"] or found["outer"]
        units = _kinds(parts, found["level"])
        if units and (not named or units == named):
            yield from _of_kinds(page, found, parts)


def _totals(page: Page) -> Iterator[Finding]:
    """Only where nothing else is counted in the sentence before the parts."""
    for words in ("tổng cộng", "tổng số"):
        at = page.flat.find(words)
        while at >= 0:
            low = max(0, at - _WINDOW)
            for found in _TOTAL.finditer(page.flat, low, min(len(page.flat), at + 60)):
                _, stop, before = page.flat[low : found.start()].rpartition(". ")
                whole_sentence = bool(stop) or low == 0
                if found.end("parts") <= at < found.start("whole") and whole_sentence:
                    if _kinds(found["parts"], None) and not _COUNTED.search(before):
                        yield from _of_kinds(page, found, found["parts"])
            at = page.flat.find(words, at + 1)


def _kinds(parts: str, level: str | None) -> frozenset[str]:
    """The kinds of units counted, each once and all of one level; else none."""
    names = [name for _, name in _PART.findall(parts)]
    levels = (UNITS[level],) if level else tuple(UNITS.values())
    if len(set(names)) < len(names) or not any(set(names) <= set(one) for one in levels):
        return frozenset()
    return frozenset(names)


def _of_kinds(page: Page, found: re.Match[str], parts: str) -> Iterator[Finding]:
    values = [parse_number(number) for number, _ in _PART.findall(parts)]
    numbers = [value for value in values if value is not None and value < _MOST]
    whole = parse_number(found["whole"])
    total = sum(numbers)
    if len(numbers) < len(values) or whole is None or whole > _MOST or total == whole:
        return
    yield Finding(
        page.span(*found.span()),
        "sum",
        f"Các phần cộng lại bằng {_plain(total)}, văn bản in tổng {_plain(whole)}. Kiểm tra lại số "
        "liệu.",
        0.75,
        f"{' + '.join(map(_plain, numbers))} = {_plain(total)}",
    )


# 4 + 12 + 20 = 36

_EQUATION = re.compile(
    rf"(?<![\d.,])(?:(?:{NUMBER}) *\+ *){{1,12}}(?:{NUMBER}) *= *(?:{NUMBER})(?![\d%])"
)
_ADDEND = re.compile(NUMBER)


def _equations(page: Page) -> Iterator[Finding]:
    at = page.flat.find("=")
    while at >= 0:
        low = max(0, at - 120)
        if page.flat[low:at].rstrip()[-1:].isdecimal():
            for found in _EQUATION.finditer(page.flat, low, at + 24):
                if found.start() < at < found.end():
                    yield from _equation(page, found)
        at = page.flat.find("=", at + 1)


def _equation(page: Page, found: re.Match[str]) -> Iterator[Finding]:
    values = [parse_number(number) for number in _ADDEND.findall(found[0])]
    numbers = [value for value in values if value is not None]
    if (
        len(numbers) == len(values)
        and max(numbers) < _MOST
        and abs(sum(numbers[:-1]) - numbers[-1]) > 1e-6
    ):
        yield Finding(
            page.span(*found.span()),
            "sum",
            f"Cộng đúng là {_plain(sum(numbers[:-1]))}, văn bản in {_plain(numbers[-1])}. Kiểm tra "
            "lại số liệu.",
            0.9,
            "Phép cộng ghi trong văn bản",
        )


# 128/145 xã, phường beside 113/145 xã, phường, thị trấn

_UNITS = frozenset(("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố", "quận"))
_LEAST = 10  # a smaller base may be the same by chance
_MORE = re.compile(r" +và +(?P<more>sở|các sở|ban, ngành|xã|phường)(?!\w)")


def _bases(page: Page, statistics: Sequence[Statistic]) -> Iterator[Finding]:
    """One base for two sets of units, one of which is a part of the other."""
    ratios = [one for one in statistics if one.denominator and one.denominator >= _LEAST]
    widest: dict[Number, frozenset[str]] = {}
    named = [(one, _units(one)) for one in ratios]
    for one, units in named:
        base = one.denominator or 0
        if units and len(units) > len(widest.get(base, frozenset())):
            widest[base] = units
    times = Counter(units for _, units in named)
    for one, units in named:
        wide = widest.get(one.denominator or 0, frozenset())
        if units and units < wide and len(units) > 1:
            yield _base(page, one, one.span.end, units, wide)
        elif units and units == wide and (more := _MORE.match(page.flat, one.span.end)):
            if times[wide] > 1:
                yield _base(page, one, more.end(), units | {more["more"]}, wide)


def _units(one: Statistic) -> frozenset[str]:
    text = one.span.text
    words = frozenset(text[text.find(" ") :].split("(")[0].strip().split(", "))
    return words if words <= _UNITS else frozenset()


def _base(
    page: Page, one: Statistic, end: int, units: frozenset[str], wide: frozenset[str]
) -> Finding:
    base = printed(one.denominator or 0)
    return Finding(
        page.span(one.span.start, end),
        "base",
        f"Ở nơi khác {base} là tổng số {', '.join(_ordered(wide))}, ở đây là {', '.join(_ordered(units))}. "
        "Kiểm tra lại mẫu số hoặc đơn vị tính.",
        0.6 if units < wide else 0.5,
        f"Cùng mẫu số {base} cho hai tập hợp khác nhau",
    )


def _ordered(units: frozenset[str]) -> list[str]:
    order = ["huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn"]
    return sorted(units, key=lambda unit: order.index(unit) if unit in order else len(order))
