"""The codes of units in the systems of the state: their form, and whose they are already."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_noop

from danvan.org.choices import CodeSystem, Level
from danvan.text import in_digits

from .known import Coded, KnownUnit, overlap
from .plans import UnitPlan

_DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}  # of codes of places


class Codes:
    """Whose codes are known, in what time."""

    def __init__(
        self, known: Iterable[KnownUnit], forms: Mapping[CodeSystem, re.Pattern[str]]
    ) -> None:
        self._forms = forms
        self._owners: dict[tuple[str, str], list[tuple[KnownUnit, Coded]]] = defaultdict(list)
        for one in known:
            for coded in one.codes:
                self._owners[coded.system, coded.code].append((one, coded))

    def judge(self, plan: UnitPlan) -> None:
        for system in CodeSystem:
            code = plan.row[system.value].upper()
            if not code or system.value in plan.row.wrong:
                continue
            level = plan.known.level if plan.known else plan.level
            if system == CodeSystem.STATISTICS and code.isdigit() and level in _DIGITS:
                code = code.zfill(_DIGITS[Level(level)])
            if len(code) > 35 or not self._forms[system].fullmatch(code):
                plan.refuse(
                    system.value, gettext_noop("“%(code)s” không đúng dạng mã."), code=code[:40]
                )
                continue
            if plan.known and self._has_code(plan, plan.known, system, code):
                continue
            if owner := self._owners.get((system.value, code)):
                taken = [
                    one
                    for one, coded in owner
                    if one is not plan.known
                    and overlap(plan.since, plan.until, coded.since, coded.until)
                ]
                if taken:
                    plan.refuse(
                        system.value,
                        gettext_noop("Mã %(code)s là của %(name)s."),
                        code=code,
                        name=taken[0].name,
                    )
                    continue
            plan.codes[system.value] = code
            if plan.known:
                plan.changes.add(system.value)

    def _has_code(self, plan: UnitPlan, known: KnownUnit, system: CodeSystem, code: str) -> bool:
        rows = [one for one in known.codes if one.system == system]
        from_then = plan.since if plan.row["since"] else known.since
        held = [one for one in rows if one.until is None or one.until > from_then]
        if any(one.code == code for one in held):
            return True
        if held and (plan.since <= held[-1].since or held[-1].until is not None):
            plan.refuse(
                system.value,
                gettext_noop(
                    "Đang có mã %(code)s từ %(day)s. Đổi mã thì ghi ngày đổi vào Từ ngày."
                ),
                code=held[-1].code,
                day=in_digits(held[-1].since),
            )
            return True
        return False
