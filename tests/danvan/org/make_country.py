"""Writes `danvan/org/country/units.csv` and `changes.csv` from the public list of places.

Run by a maintainer when the list changes; its package is GPL, so it is installed apart:

    pip install --target /tmp/places --no-deps --ignore-requires-python vietnam-provinces==2026.9.0
    PYTHONPATH=/tmp/places python tests/danvan/org/make_country.py

Names, codes and who became what are public facts of legal acts. What the list lacks or has not
followed stands here as tables, each with its reason.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from vietnam_provinces import _lookup as new
from vietnam_provinces import _province_conversion_2025 as provinces
from vietnam_provinces import _ward_conversion_2025 as wards
from vietnam_provinces.legacy import _lookup as old

FOLDER = Path(__file__).parents[3] / "src/danvan/org/country"
UNITS = ("key", "place", "under", "began", "ended", "into")
CHANGES = ("key", "event", "place", "under")
KINDS = (
    "Tỉnh ",
    "Thành phố ",
    "Quận ",
    "Huyện ",
    "Thị xã ",
    "Thị trấn ",
    "Phường ",
    "Xã ",
    "Đặc khu ",
)

# Nghị quyết 1654–1687/NQ-UBTVQH15: the province as it is now → its resolution on communes.
RESOLUTIONS = {
    "01": 1656, "04": 1657, "08": 1684, "11": 1661, "12": 1670, "14": 1681, "15": 1673,
    "19": 1683, "20": 1672, "22": 1679, "24": 1658, "25": 1676, "31": 1669, "33": 1666,
    "37": 1674, "38": 1686, "40": 1678, "42": 1665, "44": 1680, "46": 1675, "48": 1659,
    "51": 1677, "52": 1664, "56": 1667, "66": 1660, "68": 1671, "75": 1662, "79": 1685,
    "80": 1682, "82": 1663, "86": 1687, "91": 1654, "92": 1668, "96": 1655,
}  # fmt: skip

# The old list stands at 1/1/2025 and has not followed Nghị quyết 1280/NQ-UBTVQH15 (Sơn La, in
# force 1/2/2025); the codes of seven phường of Thành phố Hồ Chí Minh it has from before.
NAMES = {
    "123": "Thị xã Mộc Châu",
    "03748": "Xã Phổng Ly",
    "03910": "Thị trấn Quang Huy",
    "03979": "Phường Mộc Sơn",
    "03980": "Phường Mộc Lỵ",
    "03982": "Phường Thảo Nguyên",
    "03983": "Phường Bình Minh",
    "03984": "Phường Cờ Đỏ",
    "03997": "Xã Tân Yên",
    "04000": "Xã Đoàn Kết",
    "04015": "Xã Chiềng Chung",
    "04027": "Phường Mường Sang",
    "04030": "Phường Đông Sang",
    "04033": "Phường Vân Sơn",
    "04075": "Thị trấn Yên Châu",
    "04603": "Xã Tà Xi Láng",
    "26929": "Phường 14",
    "26953": "Phường 19",
    "27076": "Phường 15",
    "27226": "Phường 11",
    "27232": "Phường 10",
    "27367": "Phường 2",
    "27373": "Phường 1",
}
# In the old list and alive until 30/6/2025 (Cao Bằng had 161, Tuyên Quang 137), but left out of
# the table of who became what. Their successors are not verified.
LEFT_OUT = {1651: 1648, 2482: 2494}
# Districts of islands without communes became đặc khu.
ISLANDS = {"318": "11948", "471": "19742", "498": "20333", "536": "21548", "755": "26732"}

# Places that go on under another name or kind, after 1/7/2025.
LATER = [
    ("75", "nq-30-2026", "Thành phố Đồng Nai"),
    ("22", "nq-36-2026", "Thành phố Quảng Ninh"),
    ("24", "nq-39-2026", "Thành phố Bắc Ninh"),
    *(
        (code, "nq-237-2026", "")
        for code in "25270 25357 25363 26116 26170 26248 26326 26368 26425 26485".split()
    ),
    *(
        (code, "nq-388-2026", "")
        for code in "07294 07375 07399 07444 07840 09193 09292 09313 09319 09454 09475 09496".split()
    ),
]


def main() -> None:
    communes = {five(code): _name(ward.name) for code, ward in new.WARD_MAPPING.items()}
    homes = {five(code): two(ward.province_code) for code, ward in new.WARD_MAPPING.items()}
    going = _going_on()
    keys = {code: code if code in going else f"{code}-2025" for code in communes}
    kept = {two(code) for code in provinces.NEW_TO_OLD if _is_kept(code)}
    above = {code: code if code in kept else f"{code}-2025" for code in RESOLUTIONS}

    rows: list[tuple[str, ...]] = []
    changes: list[tuple[str, ...]] = []
    for code, one in old.PROVINCE_MAPPING.items():
        became = {two(ref.code) for ref in provinces.OLD_TO_NEW[code].new_provinces}
        home = "80" if two(code) == "80" else min(became - {"80"} or became)  # 27691: a misprint
        name = _name(one.name)
        rows.append((two(code), name, "", "", *_end(two(code) in kept, "nq-202", [above[home]])))
    for code in sorted(set(RESOLUTIONS) - kept):
        rows.append((f"{code}-2025", _as_of_2025(code), "", "nq-202", "", ""))

    became_of = _became_of(keys)
    of_district = defaultdict(set)
    for code in became_of:
        of_district[_district(code)] |= {key for key, _ in became_of[code]}
    for number, district in old.DISTRICT_MAPPING.items():
        code = three(number)
        if code in ISLANDS:
            into = f"{ISLANDS[code]}-2025"
            event = f"nq-{RESOLUTIONS[homes[ISLANDS[code]]]}-dac-khu"
        else:
            into, event = " ".join(f"{key}*" for key in sorted(of_district[code])), "nq-203"
        name = NAMES.get(code, _name(district.name))
        rows.append((code, name, two(district.province_code), "", event, into))

    for code, into in sorted(became_of.items()):
        name = NAMES.get(code) or _name(old.WARD_MAPPING[int(code)].name)
        under = _district(code)
        if code in going:
            home = homes[code]
            name = communes[code] if _is_spelling(name, communes[code]) else name
            rows.append((code, name, under, "", "", ""))
            changes.append((code, "nq-203-xa", "", above[home]))
            if name != communes[code]:
                changes.append((code, f"nq-{RESOLUTIONS[home]}-ten", communes[code], ""))
            continue
        home = homes[into[0][0][:5]]
        event = f"nq-{RESOLUTIONS[home]}" + ("-x" if int(code) in LEFT_OUT else "")
        marked = [key if is_whole else f"{key}*" for key, is_whole in into]
        rows.append((code, name, under, "", event, " ".join(marked)))
    islands = set(ISLANDS.values())
    for code, name in sorted(communes.items()):
        if code not in going:
            event = f"nq-{RESOLUTIONS[homes[code]]}" + ("-dac-khu" if code in islands else "")
            rows.append((keys[code], name, above[homes[code]], event, "", ""))

    for code, event, name in LATER:
        key = above[code] if code in above else keys[code]
        changes.append((key, event, name or communes[code].replace("Xã ", "Phường ", 1), ""))
    _write("units.csv", UNITS, rows)
    _write("changes.csv", CHANGES, changes)


def _going_on() -> set[str]:
    """One whole commune became one commune: the place goes on, and only moves up."""
    return {
        five(code)
        for code, row in wards.NEW_TO_OLD.items()
        if len(row.old_wards) == 1
        and len(wards.OLD_TO_NEW[row.old_wards[0].code].new_wards) == 1
        and row.old_wards[0].code == code
    }


def _is_kept(code: int) -> bool:
    refs = [ref.code for ref in provinces.NEW_TO_OLD[code].old_provinces]
    return refs == [code] and [ref.code for ref in provinces.OLD_TO_NEW[code].new_provinces] == [
        code
    ]


def _became_of(keys: dict[str, str]) -> dict[str, list[tuple[str, bool]]]:
    """Old commune → its successors, each with whether it took the whole."""
    found = {}
    for code, row in wards.OLD_TO_NEW.items():
        into = sorted(keys[five(ref.code)] for ref in row.new_wards)
        is_whole = len(into) == 1 and not row.old_ward.is_partly_merged
        found[five(code)] = [(key, is_whole) for key in into]
    found |= {five(one): [(keys[five(to)], True)] for one, to in LEFT_OUT.items()}
    return found


def _district(code: str) -> str:
    """By the old list; by the table of who became what for codes that the list lacks."""
    if ward := old.WARD_MAPPING.get(int(code)):
        return three(ward.district_code)
    return three(wards.OLD_TO_NEW[int(code)].old_ward.district_code)


def _end(goes_on: bool, event: str, into: Iterable[str]) -> tuple[str, str]:
    return ("", "") if goes_on else (event, " ".join(into))


def _as_of_2025(code: str) -> str:
    """The list names provinces as they are now; those of `LATER` were provinces in 2025."""
    name = _name(new.PROVINCE_MAPPING[int(code)].name)
    became_city = {one for one, event, later in LATER if later}
    return name.replace("Thành phố ", "Tỉnh ", 1) if code in became_city else name


def _is_spelling(one: str, other: str) -> bool:
    """Quảng Hoà and Quảng Hòa, KRong and Krong: nothing happened between them."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    marks = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def _name(name: str) -> str:
    """“xã Bắc Sơn”, “Thành Phố Bắc Kạn”: the kind with one capital, blanks single."""
    words = unicodedata.normalize("NFC", " ".join(name.split()))
    kind = next((one for one in KINDS if words.lower().startswith(one.lower())), "")
    return kind + words[len(kind) :]


def two(code: int) -> str:
    return f"{int(code):02}"


def three(code: int) -> str:
    return f"{int(code):03}"


def five(code: int) -> str:
    return f"{int(code):05}"


def _write(name: str, heading: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
