"""Bodies that are printed in capitals, in the case in which one writes them: Nghị định 30/2020/NĐ-CP, Phụ lục II."""

import re

from danvan.text import fold

# Names whose capitals no rule tells; the longest that fits is meant.
_NAMES = (
    "Ủy ban nhân dân",
    "Uỷ ban nhân dân",
    "Hội đồng nhân dân",
    "Tòa án nhân dân",
    "Toà án nhân dân",
    "Viện kiểm sát nhân dân",
    "Đoàn đại biểu Quốc hội",
    "Ủy ban Thường vụ Quốc hội",
    "Uỷ ban Thường vụ Quốc hội",
    "Quốc hội",
    "Chủ tịch nước",
    "Chủ tịch",
    "Chính phủ",
    "Thủ tướng",
    "Văn phòng",
    "Trung ương",
    "Trung ương Đảng",
    "Đảng Cộng sản",
    "Đảng bộ",
    "Đảng ủy",
    "Đảng uỷ",
    "Đảng đoàn",
    "Ban Cán sự đảng",
    "Bộ Chính trị",
    "Ban Bí thư",
    "Ban Chấp hành",
    "Ban Thường vụ",
    "Ban Thường trực",
    "Thường trực",
    "Ban Chỉ đạo",
    "Ban Dân vận",
    "Ban Tổ chức",
    "Ban Nội chính",
    "Ủy ban Kiểm tra",
    "Uỷ ban Kiểm tra",
    "Tỉnh đoàn",
    "Huyện đoàn",
    "Thành đoàn",
    "Ủy ban Mặt trận Tổ quốc",
    "Uỷ ban Mặt trận Tổ quốc",
    "Mặt trận Tổ quốc",
    "Liên đoàn Lao động",
    "Hội Nông dân",
    "Hội Liên hiệp Phụ nữ",
    "Hội Cựu chiến binh",
    "Đoàn Thanh niên Cộng sản",
    "Bộ Chỉ huy quân sự",
    "Bộ Tư lệnh",
    "Ban Chỉ huy quân sự",
    "Bộ đội Biên phòng",
    "Công an",
    "Thanh tra",
    "Kiểm toán Nhà nước",
    "Ngân hàng Nhà nước",
    "Bảo hiểm xã hội",
    "Cục Thống kê",
    "Việt Nam",
    "Hồ Chí Minh",
    "Hà Nội",
)
_COMMITTEES = tuple(  # that bear a place's name without saying what place it is
    f"{place} {of}" for place in ("Tỉnh", "Thành", "Huyện", "Quận", "Thị") for of in ("ủy", "uỷ")
)
_CASED = {tuple(name.lower().split()): name.split() for name in (*_NAMES, *_COMMITTEES)}
_LONGEST = max(map(len, _CASED))
_PLACED = {tuple(name.lower().split()) for name in (*_COMMITTEES, "Tỉnh đoàn", "Huyện đoàn")}
# What stands before the name of a field of work: Sở Lao động - Thương binh và Xã hội.
_HEADS = {"sở", "bộ", "ban", "phòng", "cục", "vụ", "ủy ban", "uỷ ban", "chi cục", "trung tâm"}
_PLACES = {
    ("tỉnh",), ("huyện",), ("quận",), ("xã",), ("phường",), ("thị", "xã"), ("thị", "trấn"),
    ("thành", "phố"), ("đặc", "khu"),
}  # fmt: skip
_SHORT = {"UBND", "UBMTTQ", "UBMT", "UBKT", "UBTVQH", "UB"}  # the others have no vowel
_VOWEL = re.compile(r"[aeiouy]")
_WORD = re.compile(r"[^\W_]+|[^\w\s]+")
_GOES_ON = {"và", ",", "-", "–"}


def in_proper_case(printed: str) -> str:
    """“ỦY BAN NHÂN DÂN TỈNH TÂN GIANG” → “Ủy ban nhân dân tỉnh Tân Giang”.

    What is not in capitals, or begins with a word that no body is known by, stays as it is printed.
    """
    if printed != printed.upper() or printed == printed.lower():
        return printed
    line = " ".join(printed.split())
    words = _WORD.findall(line)
    if not words or not _is_body(words):
        return printed
    return _with_blanks_of(line, words, _cased(words))


def _is_body(words: list[str]) -> bool:
    lower = [word.lower() for word in words]
    return bool(
        _is_short(words[0]) or _name_at(lower, 0) or _head_at(lower, 0) or _place_at(lower, 0)
    )


def _cased(words: list[str]) -> list[str]:
    lower = [word.lower() for word in words]
    found: list[str] = []
    is_place = False  # every syllable of a place's name is a capital
    begins = True  # the next word begins a name
    after_name = False  # the word before was the last of a known name
    while len(found) < len(words):
        at = len(found)
        after_sign = at == 0 or lower[at - 1] in _GOES_ON
        is_field = begins and at > 0  # of work: “… và Xã hội” is no commune
        if name := _name_at(lower, at):
            found += name
            is_place = tuple(lower[at : at + len(name)]) in _PLACED
            begins, after_name = False, True
            continue
        if not is_field and (size := _place_at(lower, at)):
            found += [_capital(lower[at]) if at == 0 else lower[at], *lower[at + 1 : at + size]]
            is_place = True
        elif (size := _head_at(lower, at)) and (after_sign or after_name):
            found += [_capital(lower[at]), *lower[at + 1 : at + size]]
            is_place, begins = False, True
        elif _is_short(words[at]) and not is_place:
            found.append(words[at])
            begins = False
        elif is_place or begins and lower[at] not in _GOES_ON:
            found.append(_capital(lower[at]))
            begins = False
        else:
            found.append(lower[at])
            begins = not is_place and lower[at] in _GOES_ON
        after_name = False
    return found


def _name_at(lower: list[str], at: int) -> list[str]:
    for size in range(min(_LONGEST, len(lower) - at), 0, -1):
        if name := _CASED.get(tuple(lower[at : at + size])):
            return name
    return []


def _place_at(lower: list[str], at: int) -> int:
    return next((size for size in (2, 1) if tuple(lower[at : at + size]) in _PLACES), 0)


def _head_at(lower: list[str], at: int) -> int:
    return next((size for size in (2, 1) if " ".join(lower[at : at + size]) in _HEADS), 0)


def _is_short(word: str) -> bool:
    return word in _SHORT or (word.isalpha() and len(word) > 1 and not _VOWEL.search(fold(word)))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _with_blanks_of(line: str, words: list[str], cased: list[str]) -> str:
    told, here = "", 0
    for word, now in zip(words, cased, strict=True):
        place = line.index(word, here)
        told += line[here:place] + now
        here = place + len(word)
    return told + line[here:]
