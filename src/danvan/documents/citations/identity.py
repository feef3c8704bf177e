"""Who issued a document, as one key for all ways to print it: issuer, number and date name a document.

A number's symbol says the issuer of central documents better than words do: 25-NQ/TW is of the
Central Party bodies, whichever of them is printed. Elsewhere the printed words decide.
"""

import re

from danvan.text import fold

# Ending of a squeezed number → the body in whose series it stands.
_SERIES = (
    (re.compile(r"[-/]ttg$"), "thu tuong chinh phu"),
    (re.compile(r"[-/]ttcp$"), "thanh tra chinh phu"),
    (re.compile(r"[-/]cp$"), "chinh phu"),
    (re.compile(r"ubtvqh\d*$"), "uy ban thuong vu quoc hoi"),
    (re.compile(r"[-/]qh\d*$"), "quoc hoi"),
    (re.compile(r"[-/]ctn$"), "chu tich nuoc"),
    (re.compile(r"[-/]tw$"), "trung uong"),
)
_OFFICE = re.compile(r"[-/](b\w{2,6}|vp|ubkt)tw$")  # 1273-KH/BDVTW
_MINISTRY = re.compile(r"^\d+/\d{4}/ttl?t?-(\w+)$")  # 01/2016/TT-BNV
_OF_PARTY = re.compile(r"[-/](tu|hu|tu|đu|qu|thu)$")  # 41-QĐ/TU: one series for all that lead

_LONG = (
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bhdnd\b", "hoi dong nhan dan"),
    (r"\b(?:ubmttq|ub mttq|ubmt)\b", "uy ban mat tran to quoc"),
    (r"\bmttq\b", "mat tran to quoc"),
    (r"\bbtv\b", "ban thuong vu"),
    (r"\bbch\b", "ban chap hanh"),
    (r"\bbdv\b", "ban dan van"),
    (r"\btp\b", "thanh pho"),
)
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LEADERS = re.compile(r"^(?:ban thuong vu|ban chap hanh|thuong truc|bi thu)\s+")
_PARTY = {"tinh": "tinh uy", "huyen": "huyen uy", "thanh pho": "thanh uy", "thi xa": "thi uy"}

_CENTRAL = re.compile(
    r"^(?:trung uong|chinh phu|thu tuong chinh phu|thanh tra chinh phu|quoc hoi|chu tich nuoc"
    r"|uy ban thuong vu quoc hoi|bo chinh tri|ban bi thu|ban chap hanh trung uong|bo \w+)\b"
    r"|\btrung uong\b"
)
_LEVELS = (
    ("commune", re.compile(r"\b(?:xa|phuong|thi tran|dac khu|dang uy)\b")),
    ("district", re.compile(r"\b(?:huyen|quan|thi xa|huyen uy|thi uy|quan uy)\b")),
    ("province", re.compile(r"\b(?:tinh|tinh uy|tinh doan|thanh uy)\b|^so ")),
)


def plain(issuer: str) -> str:
    """A printed issuer in folded words, abbreviations written out."""
    words = _NO_WORD.sub(" ", fold(issuer)).strip()
    for short, long in _LONG:
        words = re.sub(short, long, words)
    return words


def series_of(number: str) -> str:
    """The central body in whose series a squeezed number stands; empty for any other."""
    for ending, body in _SERIES:
        if ending.search(number):
            return body
    if office := _OFFICE.search(number):
        return f"{fold(office[1])} trung uong"
    if ministry := _MINISTRY.search(number):
        return fold(ministry[1])
    return ""


def issuer_key(number: str, issuer: str) -> str:
    """One key for all prints of an issuer; `number` is squeezed."""
    return (series_of(number) or _local(number, plain(issuer)))[:300]


def _local(number: str, issuer: str) -> str:
    if not _OF_PARTY.search(number):
        return issuer
    rest = _LEADERS.sub("", issuer)
    if rest.startswith("dang bo "):
        rest = rest.removeprefix("dang bo ")
        kind = next((kind for kind in _PARTY if rest.startswith(kind)), "")
        rest = (_PARTY[kind] + rest.removeprefix(kind)) if kind else rest
    return rest


def may_be_one(one: str, other: str) -> bool:
    """Whether two keys may mean one body: “UBND tỉnh” may be “UBND tỉnh Tân Giang”."""
    if not one or not other or one == other:
        return True
    return one.startswith(f"{other} ") or other.startswith(f"{one} ")


def level_of(number: str, issuer: str) -> str:
    """The level of an issuer by its key; empty where words do not say it."""
    if series_of(number) or _CENTRAL.search(issuer):
        return "central"
    return next((level for level, words in _LEVELS if words.search(issuer)), "")
