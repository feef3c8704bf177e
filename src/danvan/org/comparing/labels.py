"""What is chosen by words: kind, level, role, form of address."""

from functools import lru_cache

from django.utils.translation import gettext_noop

from danvan.org.choices import Level, Role, UnitKind
from danvan.org.sheets.shape import ADDRESSES
from danvan.text import fold, in_vietnamese

from .plans import Plan


@lru_cache(maxsize=1)
@in_vietnamese
def _meanings() -> dict[str, dict[str, str]]:
    """Column → folded words → code."""
    kinds = {
        "ubnd": UnitKind.PEOPLES_COMMITTEE,
        "hdnd": UnitKind.PEOPLES_COUNCIL,
        "so": UnitKind.DEPARTMENT,
        "co quan chuyen mon": UnitKind.DEPARTMENT,
        "don vi su nghiep": UnitKind.PUBLIC_SERVICE_UNIT,
        "mttq": UnitKind.FATHERLAND_FRONT,
        "mat tran": UnitKind.FATHERLAND_FRONT,
        "doan the": UnitKind.MASS_ORGANISATION,
        "ban chi dao": UnitKind.COMMITTEE,
    }
    levels = {
        "tinh": Level.PROVINCE,
        "thanh pho": Level.PROVINCE,
        "huyen": Level.DISTRICT,
        "xa": Level.COMMUNE,
        "phuong": Level.COMMUNE,
        "cap trung uong": Level.CENTRAL,
        "ap": Level.HAMLET,
        "khu pho": Level.HAMLET,
        "thon": Level.HAMLET,
    }
    return {
        "kind": {**_folded(UnitKind), **{words: str(one) for words, one in kinds.items()}},
        "level": {**_folded(Level), **{words: str(one) for words, one in levels.items()}},
        "role": _folded(Role),
        "address": {fold(one): one for one in ADDRESSES},
    }


def _folded(choices: type[UnitKind] | type[Level] | type[Role]) -> dict[str, str]:
    found = {fold(one.value): str(one.value) for one in choices}
    return {**found, **{fold(str(one.label)): str(one.value) for one in choices}}


def chosen(plan: Plan, column: str) -> str:
    words = plan.row[column]
    if not words or column in plan.row.wrong:
        return ""
    known = _meanings()[column]
    code = known.get(fold(words)) or known.get(fold(words).removeprefix("cap "), "")
    if not code:
        plan.refuse(column, _UNKNOWN[column], words=words[:60])
    return code


_UNKNOWN = {
    "kind": gettext_noop("Không có loại đơn vị “%(words)s”. Chọn trong danh sách của mẫu."),
    "level": gettext_noop("Không có cấp “%(words)s”. Chọn trong danh sách của mẫu."),
    "role": gettext_noop("Không có vai trò “%(words)s”. Chọn trong danh sách của mẫu."),
    "address": gettext_noop("“%(words)s” không phải Ông hay Bà."),
}
