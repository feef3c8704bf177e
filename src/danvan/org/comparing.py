"""What the rows of a workbook would change, held against what is known. No database.

`Units` judges the rows of units, `People` those of people: each row gets a plan, which says what
will happen, or by its reasons why nothing can. Days are half-open: until is the first day after.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop

from danvan.text import fold, in_vietnamese

from .alike import alike, tidy
from .choices import CodeSystem, Level, Outcome, Role, UnitKind
from .sheets.shape import ADDRESSES, YES, Row

DAY = timedelta(days=1)


class Reason(NamedTuple):
    """Why a row cannot be taken in, or what is to be seen in it: a msgid and its values."""

    column: str
    msgid: str
    values: dict[str, object]


# What is known


class Named(NamedTuple):
    name: str
    short_name: str
    aliases: tuple[str, ...]
    since: date
    until: date | None


class Placed(NamedTuple):
    parent: str
    since: date
    until: date | None


class Coded(NamedTuple):
    system: str
    code: str
    since: date
    until: date | None


@dataclass
class KnownUnit:
    id: str
    code: str
    kind: str
    level: str
    place: int = 0
    leads: bool = False
    names: list[Named] = field(default_factory=list)  # in the order of days, as the two below
    places: list[Placed] = field(default_factory=list)
    codes: list[Coded] = field(default_factory=list)

    @property
    def since(self) -> date:
        return self.names[0].since

    @property
    def until(self) -> date | None:
        return self.names[-1].until

    @property
    def name(self) -> str:
        return self.names[-1].name


class Held(NamedTuple):
    """A post."""

    id: str
    unit: str
    role: str
    title: str
    since: date
    until: date | None


@dataclass
class KnownPerson:
    id: str
    name: str
    address: str
    email: str
    phone: str
    account: str = ""  # the address of the account
    posts: list[Held] = field(default_factory=list)


def overlap(since: date, until: date | None, other: date, other_until: date | None) -> bool:
    return (other_until is None or since < other_until) and (until is None or other < until)


# Labels


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


# Plans


class Ref(NamedTuple):
    """A unit: one that is known, or one that a row of the file makes."""

    known: str = ""
    row: int = -1


@dataclass
class Plan:
    """What a row comes to."""

    row: Row
    since: date
    until: date | None = None
    reasons: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    changes: set[str] = field(default_factory=set)  # what an existing thing gets or loses
    is_new: bool = False
    skipped: Reason | None = None

    def refuse(self, column: str, msgid: str, **values: object) -> None:
        self.reasons.append(Reason(column, msgid, values))

    def note(self, column: str, msgid: str, **values: object) -> None:
        self.notes.append(Reason(column, msgid, values))

    @property
    def outcome(self) -> Outcome:
        if self.skipped:
            return Outcome.SKIPPED
        if self.reasons:
            return Outcome.BAD
        if self.is_new:
            return Outcome.NEW
        for change, outcome in _BY_CHANGE.items():
            if change in self.changes:
                return outcome
        return Outcome.AMENDED if self.changes else Outcome.SAME

    @property
    def is_good(self) -> bool:
        """Will change something."""
        return self.outcome in {Outcome.NEW, Outcome.RENAMED, Outcome.MOVED, Outcome.AMENDED}


_BY_CHANGE = {"name": Outcome.RENAMED, "parent": Outcome.MOVED}


@dataclass
class UnitPlan(Plan):
    known: KnownUnit | None = None
    parent: Ref | None = None
    code: str = ""
    kind: str = ""
    level: str = ""
    aliases: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)  # system → code
    place: int = 0
    leads: bool = False


@dataclass
class PostPlan(Plan):
    person: KnownPerson | None = None
    first: int = -1  # where the person is new: the row that makes him
    unit: Ref | None = None
    role: str = ""
    address: str = ""
    email: str = ""
    post: Held | None = None

    @property
    def appoints(self) -> bool:
        """Gives a post, or changes one; else it is only about the person, or nothing."""
        return self.is_new or bool(self.changes & {"post", "title"})


_LONGEST = {"name": 200, "short_name": 100, "code": 80, "basis": 300, "phone": 30, "title": 120}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PHONE = re.compile(r"[+(]?\d[\d .()/-]{2,28}")
_DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}  # of codes of places
_MANY = 500  # units of one name, too many to tell apart by anything but their code
_ORDER = {str(level): at for at, level in enumerate(Level)}


def _begin(plan: Plan) -> None:
    """What each row needs, whatever it is about."""
    row = plan.row
    for column, (msgid, values) in row.wrong.items():
        plan.refuse(column, msgid, **values)
    for column, most in _LONGEST.items():
        if len(row[column]) > most:
            plan.refuse(column, gettext_noop("Dài quá %(count)s ký tự."), count=most)
    if not row["name"]:
        plan.refuse("name", gettext_noop("Chưa ghi tên."))
    if row["since"] and "since" not in row.wrong:
        plan.since = date.fromisoformat(row["since"])
    if row["until"] and "until" not in row.wrong:
        plan.until = date.fromisoformat(row["until"]) + DAY
        if plan.until <= plan.since:
            plan.refuse("until", gettext_noop("Đến ngày trước Từ ngày."))
            plan.until = None


def _chosen(plan: Plan, column: str) -> str:
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


class Units:
    """The rows of units, judged."""

    def __init__(
        self,
        rows: Sequence[Row],
        known: Iterable[KnownUnit],
        *,
        default: date,
        may_lead: bool,
        forms: Mapping[CodeSystem, re.Pattern[str]],
    ) -> None:
        self.known = {one.id: one for one in known if one.names}
        self.plans = [UnitPlan(row, default) for row in rows]
        self._may_lead, self._forms = may_lead, forms
        self._by_code = {one.code: one.id for one in self.known.values()}
        self._by_name = _Index()
        for one in self.known.values():
            for name in one.names:
                others = (name.short_name, *name.aliases)
                self._by_name.add(Ref(known=one.id), name.name, others)
        self._rows_by_code: dict[str, int] = {}
        for at, plan in enumerate(self.plans):
            _begin(plan)
            row = plan.row
            plan.aliases = tuple(one for one in map(tidy, row["aliases"].split(";")) if one)
            plan.code = row["code"].lower()
            if plan.code:
                self._rows_by_code.setdefault(plan.code, at)
            self._by_name.add(Ref(row=at), row["name"], (row["short_name"], *plan.aliases))
        self._matched: dict[int, str] = {}
        for at in range(len(self.plans)):
            self._match(at)
        for at, plan in enumerate(self.plans):
            self._judge(at, plan)
        self._refuse_twice()
        self._refuse_circles()
        self._refuse_below_bad()

    # Who is meant

    def find(self, words: str, since: date, until: date | None, *, deep: int = 0) -> Ref | Reason:
        """The unit that a code or a name means in a time."""
        code = words.lower()
        if code in self._by_code:
            return self._if_lives(Ref(known=self._by_code[code]), words, since, until)
        if code in self._rows_by_code:
            return self._as_known(Ref(row=self._rows_by_code[code]), deep)
        ended: list[Ref] = []
        for candidates in self._by_name.search(words):
            if len(candidates) > _MANY:
                return _several(len(candidates), words)
            refs = {self._as_known(one, deep) for one in candidates}
            living = [one for one in refs if self._lives(one, since, until)]
            if len(living) > 1:
                living = [one for one in living if self._lives(one, since, since + DAY)] or living
            if len(living) == 1:
                return living[0]
            if living:
                return _several(len(living), words)
            ended += refs
        if ended:
            return self._if_lives(ended[0], words, since, until)
        return Reason(
            "",
            gettext_noop("Không có đơn vị “%(words)s” trong tệp hay trong danh sách."),
            {"words": words[:80]},
        )

    def _if_lives(self, ref: Ref, words: str, since: date, until: date | None) -> Ref | Reason:
        if self._lives(ref, since, until):
            return ref
        first, last = self.life(ref)
        if last is not None and last <= since:
            msgid, day = gettext_noop("“%(words)s” đã kết thúc từ ngày %(day)s."), last
        else:
            msgid, day = gettext_noop("“%(words)s” đến ngày %(day)s mới có."), first
        return Reason("", msgid, {"words": words[:80], "day": _shown(day)})

    def life(self, ref: Ref) -> tuple[date, date | None]:
        one = self.known[ref.known] if ref.known else self.plans[ref.row]
        return one.since, one.until

    def level(self, ref: Ref) -> str:
        return self.known[ref.known].level if ref.known else self.plans[ref.row].level

    def name(self, ref: Ref) -> str:
        return self.known[ref.known].name if ref.known else self.plans[ref.row].row["name"]

    def _lives(self, ref: Ref, since: date, until: date | None) -> bool:
        return overlap(since, until, *self.life(ref))

    def _as_known(self, ref: Ref, deep: int) -> Ref:
        """A row that means a unit which is known is that unit."""
        if ref.known:
            return ref
        found = self._match(ref.row, deep + 1) if deep < 40 else ""
        return Ref(known=found) if found else ref

    def _match(self, at: int, deep: int = 0) -> str:
        """The known unit that a row means: by its code, else by its name and the unit above."""
        if at in self._matched:
            return self._matched[at]
        plan = self.plans[at]
        if plan.code:
            self._matched[at] = self._by_code.get(plan.code, "")
            return self._matched[at]
        same = [
            self.known[ref.known]
            for ref in self._by_name.known_as(plan.row["name"])
            if self._lives(ref, plan.since, plan.until)
        ]
        self._matched[at] = ""  # while it is looked for: who asks for it in a circle gets none
        found = self._under_the_same(plan, same, deep) if same else []
        if len(found) > 1:
            on_the_day = [one for one in found if _holds(one.since, one.until, plan.since)]
            found = on_the_day if len(on_the_day) == 1 else found
        if len(found) > 1:
            plan.refuse(
                "name",
                gettext_noop("Đã có %(count)s đơn vị tên này. Ghi mã đơn vị, hoặc Trực thuộc."),
                count=len(found),
            )
        self._matched[at] = found[0].id if len(found) == 1 else ""
        return self._matched[at]

    def _under_the_same(self, plan: UnitPlan, same: list[KnownUnit], deep: int) -> list[KnownUnit]:
        words = plan.row["parent"]
        if not words:
            tops = [one for one in same if not one.places]
            return tops or same
        parent = self.find(words, plan.since, plan.until, deep=deep)
        if not isinstance(parent, Ref) or not parent.known:
            return []
        return [
            one
            for one in same
            if any(
                place.parent == parent.known
                and overlap(plan.since, plan.until, place.since, place.until)
                for place in one.places
            )
        ]

    # What it comes to

    def _judge(self, at: int, plan: UnitPlan) -> None:
        row = plan.row
        plan.known = self.known.get(self._matched[at])
        plan.is_new = plan.known is None
        plan.kind, plan.level = _chosen(plan, "kind"), _chosen(plan, "level")
        if row["parent"]:
            self._find_parent(at, plan)
        for one in (*plan.aliases,):
            if len(one) > 200:
                plan.refuse("aliases", gettext_noop("Dài quá %(count)s ký tự."), count=200)
        if row["place"]:
            if row["place"].isascii() and row["place"].isdigit() and int(row["place"]) < 1_000_000:
                plan.place = int(row["place"])
            else:
                plan.refuse("place", gettext_noop("Thứ tự là một số, ví dụ 12."))
        if row["leads"]:
            self._judge_leading(plan)
        if plan.known:
            self._compare(plan, plan.known)
        else:
            self._judge_new(plan)
        self._judge_codes(plan)

    def _find_parent(self, at: int, plan: UnitPlan) -> None:
        until = plan.until if plan.is_new else None
        found = self.find(plan.row["parent"], plan.since, until)
        if isinstance(found, Reason):
            plan.refuse("parent", found.msgid, **found.values)
            return
        own = Ref(known=plan.known.id) if plan.known else Ref(row=at)
        if found == own:
            plan.refuse("parent", gettext_noop("Đơn vị không thể trực thuộc chính nó."))
            return
        plan.parent = found

    def _judge_new(self, plan: UnitPlan) -> None:
        if plan.code and not (_SLUG.fullmatch(plan.code) and len(plan.code) <= 80):
            plan.refuse(
                "code",
                gettext_noop("Mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ so-noi-vu."),
            )
        elif plan.code:
            plan.note("code", gettext_noop("Mã này chưa có: lập đơn vị mới với mã này."))
        for column, msgid in (
            ("kind", gettext_noop("Đơn vị mới phải ghi Loại.")),
            ("level", gettext_noop("Đơn vị mới phải ghi Cấp.")),
        ):
            if not plan.row[column]:
                plan.refuse(column, msgid)
        if plan.parent:
            self._judge_parent_of_new(plan, plan.parent)
        for ref in self._by_name.written_alike(plan.row["name"]):
            if self._stands_under(ref.known, plan):
                plan.note(
                    "name",
                    gettext_noop("Gần giống “%(name)s” đã có: kiểm tra dấu."),
                    name=self.name(ref),
                )

    def _stands_under(self, known: str, plan: UnitPlan) -> bool:
        parents = {place.parent for place in self.known[known].places}
        return (plan.parent.known in parents) if plan.parent else not parents

    def _judge_parent_of_new(self, plan: UnitPlan, parent: Ref) -> None:
        first, last = self.life(parent)
        if last is not None and (plan.until is None or plan.until > last):
            plan.refuse(
                "parent",
                gettext_noop(
                    "%(name)s kết thúc từ ngày %(day)s: ghi Đến ngày trước đó, hoặc đơn vị khác."
                ),
                name=self.name(parent),
                day=_shown(last),
            )
        elif first > plan.since:
            plan.note(
                "parent",
                gettext_noop("Trực thuộc từ ngày %(day)s, khi có %(name)s."),
                name=self.name(parent),
                day=_shown(first),
            )
        self._refuse_under_lower(plan, parent)

    def _refuse_under_lower(self, plan: UnitPlan, parent: Ref) -> None:
        own = plan.known.level if plan.known else plan.level
        above = self.level(parent)
        if own and above and _ORDER[above] > _ORDER[own]:
            plan.refuse("parent", gettext_noop("Đơn vị cấp trên lại ở cấp thấp hơn đơn vị này."))

    def _judge_leading(self, plan: UnitPlan) -> None:
        if fold(plan.row["leads"]) not in {YES, "co", "1", "true"}:
            plan.refuse("leads", gettext_noop("Ghi x, hoặc để trống."))
            return
        if plan.known and plan.known.leads:
            return
        if not self._may_lead:
            plan.refuse("leads", gettext_noop("Cơ quan đầu mối do quản trị hệ thống đặt."))
        elif plan.known or self._somebody_leads():
            plan.refuse("leads", gettext_noop("Đã có cơ quan đầu mối; không đặt bằng tệp."))
        else:
            plan.leads = True

    def _somebody_leads(self) -> bool:
        return any(one.leads for one in self.known.values()) or any(one.leads for one in self.plans)

    def _compare(self, plan: UnitPlan, known: KnownUnit) -> None:
        row = plan.row
        for column, own, label in (
            ("kind", plan.kind, UnitKind(known.kind).label),
            ("level", plan.level, Level(known.level).label),
        ):
            if own and own != getattr(known, column):
                plan.refuse(
                    column,
                    gettext_noop(
                        "Đang là %(label)s. Đơn vị đổi loại, đổi cấp là đơn vị khác: ghi bằng sự kiện tổ chức."
                    ),
                    label=str(label),
                )
        if row["since"] and plan.since < known.since:
            plan.refuse(
                "since",
                gettext_noop("%(name)s đã ghi từ ngày %(day)s, muộn hơn ngày này."),
                name=known.name,
                day=_shown(known.since),
            )
        if known.until is not None and plan.since >= known.until:
            plan.refuse(
                "code",
                gettext_noop("%(name)s kết thúc từ ngày %(day)s."),
                name=known.name,
                day=_shown(known.until),
            )
            return
        if row["until"] and plan.until != known.until:
            plan.refuse(
                "until",
                gettext_noop("Kết thúc hoạt động ghi bằng sự kiện tổ chức, không bằng tệp."),
            )
        from_then = known.since if not row["since"] else plan.since
        self._compare_name(plan, known, from_then)
        if plan.parent:
            self._compare_place(plan, known, plan.parent, from_then)
        if plan.place and plan.place != known.place:
            plan.changes.add("place")

    def _compare_name(self, plan: UnitPlan, known: KnownUnit, from_then: date) -> None:
        row = plan.row
        rows = [one for one in known.names if one.until is None or one.until > from_then]
        same = next((one for one in reversed(rows) if alike(one.name) == alike(row["name"])), None)
        if same is None:
            self._dated(plan, "name", known.names[-1].since, known.names[-1].until)
            return
        if same.until is not None:
            return  # as it was then
        if row["short_name"] and row["short_name"] != same.short_name:
            plan.changes.add("short_name")
        if plan.aliases and set(plan.aliases) != set(same.aliases):
            plan.changes.add("aliases")

    def _compare_place(
        self, plan: UnitPlan, known: KnownUnit, parent: Ref, from_then: date
    ) -> None:
        rows = [one for one in known.places if one.until is None or one.until > from_then]
        if parent.known and any(one.parent == parent.known for one in rows):
            return
        last = known.places[-1] if known.places else None
        self._dated(plan, "parent", last.since if last else known.since, last and last.until)
        first, end = self.life(parent)
        if end is not None or first > plan.since:
            plan.refuse(
                "parent",
                gettext_noop("%(name)s không có suốt từ ngày %(day)s."),
                name=self.name(parent),
                day=_shown(plan.since),
            )
        self._refuse_under_lower(plan, parent)

    def _dated(self, plan: UnitPlan, column: str, since: date, until: date | None) -> None:
        """A change of what exists needs its day, after all that is known, and its document."""
        if not plan.row["since"] or plan.since <= since:
            plan.refuse(
                column,
                {
                    "name": gettext_noop(
                        "Tên khác với tên đang có từ %(day)s. Đổi tên thì ghi ngày đổi vào Từ ngày."
                    ),
                    "parent": gettext_noop(
                        "Cấp trên khác với đang có từ %(day)s. Chuyển cấp trên thì ghi ngày chuyển vào Từ ngày."
                    ),
                }[column],
                day=_shown(since),
            )
        elif until is not None:
            plan.refuse(
                column,
                gettext_noop("Đã có thay đổi vào ngày %(day)s: ghi bằng sự kiện tổ chức."),
                day=_shown(until),
            )
        elif not plan.row["basis"]:
            plan.refuse(
                "basis",
                gettext_noop("Đổi tên, chuyển cấp trên phải ghi văn bản vào cột Quyết định."),
            )
        else:
            plan.changes.add(column)

    def _judge_codes(self, plan: UnitPlan) -> None:
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
                day=_shown(held[-1].since),
            )
            return True
        return False

    @property
    def _owners(self) -> dict[tuple[str, str], list[tuple[KnownUnit, Coded]]]:
        if not hasattr(self, "_owned"):
            self._owned: dict[tuple[str, str], list[tuple[KnownUnit, Coded]]] = defaultdict(list)
            for one in self.known.values():
                for coded in one.codes:
                    self._owned[coded.system, coded.code].append((one, coded))
        return self._owned

    # Rows against each other

    def _refuse_twice(self) -> None:
        """The first of two rows stands, the other is named with the number of the first."""
        seen: dict[tuple[object, ...], list[UnitPlan]] = defaultdict(list)
        for plan in self.plans:
            keys: list[tuple[str, tuple[object, ...]]] = []
            if plan.known:
                keys.append(("name", ("known", plan.known.id)))
            else:
                if plan.code:
                    keys.append(("code", ("code", plan.code)))
                if plan.row["name"] and (plan.parent or not plan.row["parent"]):
                    keys.append(("name", ("name", alike(plan.row["name"]), plan.parent)))
            keys += [(system, (system, code)) for system, code in plan.codes.items()]
            for column, one in keys:
                until = None if plan.known else plan.until
                earlier = next(
                    (
                        other
                        for other in seen[one]
                        if one[0] in {"known", "code"}
                        or overlap(plan.since, until, other.since, other.until)
                    ),
                    None,
                )
                if earlier:
                    msgid = {
                        "name": gettext_noop("Trùng tên và cấp trên với dòng %(number)s."),
                        "known": gettext_noop("Cùng một đơn vị với dòng %(number)s."),
                    }.get(str(one[0]), gettext_noop("Trùng mã với dòng %(number)s."))
                    plan.refuse(column, msgid, number=earlier.row.number)
                seen[one].append(plan)

    def _refuse_circles(self) -> None:
        """Nobody stands below himself: who would is named with the way that leads back."""
        by_known = {plan.known.id: plan for plan in self.plans if plan.known}

        def above(ref: Ref) -> Ref | None:
            plan = by_known.get(ref.known) if ref.known else self.plans[ref.row]
            if plan and plan.parent and (plan.is_new or "parent" in plan.changes):
                return plan.parent
            if not ref.known:
                return None
            places = self.known[ref.known].places
            return Ref(known=places[-1].parent) if places and places[-1].until is None else None

        done: set[Ref] = set()
        for at, plan in enumerate(self.plans):
            way: dict[Ref, None] = {}
            here: Ref | None = Ref(known=plan.known.id) if plan.known else Ref(row=at)
            while here and here not in done and here not in way:
                way[here] = None
                here = above(here)
            if here and here in way:
                circle = list(way)[list(way).index(here) :]
                told = " → ".join([self.name(one)[:60] for one in (*circle[:5], circle[0])])
                for one in circle:
                    bad = by_known.get(one.known) if one.known else self.plans[one.row]
                    if bad and (bad.is_new or "parent" in bad.changes):
                        bad.refuse(
                            "parent", gettext_noop("Trực thuộc vòng quanh: %(way)s."), way=told
                        )
            done |= set(way)

    def _refuse_below_bad(self) -> None:
        """What would stand below a unit that is not made cannot be made either."""
        below: dict[int, list[UnitPlan]] = defaultdict(list)
        for plan in self.plans:
            if plan.parent and plan.parent.row >= 0:
                below[plan.parent.row].append(plan)
        waiting = [at for at, plan in enumerate(self.plans) if plan.is_new and plan.reasons]
        place = {id(plan): at for at, plan in enumerate(self.plans)}
        while waiting:
            bad = self.plans[waiting.pop()]
            for plan in below.pop(place[id(bad)], []):
                had = bool(plan.reasons)
                plan.refuse(
                    "parent",
                    gettext_noop("Cấp trên ở dòng %(number)s chưa nhập được."),
                    number=bad.row.number,
                )
                if plan.is_new and not had:
                    waiting.append(place[id(plan)])


def _several(count: int, words: str) -> Reason:
    msgid = gettext_noop("Có %(count)s đơn vị tên “%(words)s”. Ghi mã đơn vị thay cho tên.")
    return Reason("", msgid, {"count": count, "words": words[:80]})


def _holds(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day < until)


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"


class _Index:
    """Units by how they are called: their names before what they are called in short."""

    def __init__(self) -> None:
        self._named: dict[str, set[Ref]] = defaultdict(set)
        self._called: dict[str, set[Ref]] = defaultdict(set)
        self._bare: dict[str, set[Ref]] = defaultdict(set)
        self._known: dict[str, set[Ref]] = defaultdict(set)
        self._known_bare: dict[str, set[Ref]] = defaultdict(set)

    def add(self, ref: Ref, name: str, others: Iterable[str]) -> None:
        if name:
            self._named[alike(name)].add(ref)
            self._bare[_bare(name)].add(ref)
            if ref.known:
                self._known[alike(name)].add(ref)
                self._known_bare[_bare(name)].add(ref)
        for one in others:
            if one:
                self._called[alike(one)].add(ref)

    def known_as(self, name: str) -> set[Ref]:
        return self._known.get(alike(name), set())

    def written_alike(self, name: str) -> set[Ref]:
        """Known ones of the same letters without their marks."""
        return self._known_bare.get(_bare(name), set()) - self.known_as(name)

    def search(self, words: str) -> list[set[Ref]]:
        """Who may be meant, the likelier first."""
        found = (
            self._named.get(alike(words), set()),
            self._called.get(alike(words), set()),
            self._bare.get(_bare(words), set()),
        )
        return [one for one in found if one]


def _bare(name: str) -> str:
    return fold(alike(name))


# People

Appoints = Callable[[Ref, str, KnownPerson | None], bool]


class People:
    """The rows of people, judged: each row a post."""

    def __init__(
        self,
        rows: Sequence[Row],
        known: Iterable[KnownPerson],
        units: Units,
        *,
        default: date,
        may_appoint: Appoints,
    ) -> None:
        self.plans = [PostPlan(row, default) for row in rows]
        self._units, self._may_appoint = units, may_appoint
        self._by_email: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        for one in known:
            for email in {one.email.lower(), one.account.lower()} - {""}:
                self._by_email[email].append(one)
            self._by_name[alike(one.name)].append(one)
        self._firsts: dict[object, int] = {}
        self._posts: dict[object, list[PostPlan]] = defaultdict(list)
        for at, plan in enumerate(self.plans):
            _begin(plan)
            self._judge(at, plan)

    def _judge(self, at: int, plan: PostPlan) -> None:
        row = plan.row
        if len(row["name"]) > 120:
            plan.refuse("name", gettext_noop("Dài quá %(count)s ký tự."), count=120)
        plan.address, plan.role = _chosen(plan, "address"), _chosen(plan, "role")
        if not row["role"]:
            plan.refuse("role", gettext_noop("Chưa ghi vai trò."))
        self._judge_addresses(plan)
        if not row["unit"]:
            plan.refuse("unit", gettext_noop("Chưa ghi đơn vị."))
        else:
            self._find_unit(plan)
        if plan.reasons:
            plan.is_new = True
            return
        self._find_person(at, plan)
        if not plan.reasons:
            self._judge_post(plan)
        if plan.reasons or not plan.unit or not plan.appoints:
            return
        if not self._may_appoint(plan.unit, plan.role, plan.person):
            plan.refuse(
                "role",
                gettext_noop("Không tự giao vai trò cho mình, và chỉ giao vai trò mình được giao."),
            )

    def _judge_addresses(self, plan: PostPlan) -> None:
        row = plan.row
        plan.email = row["email"].lower()
        if plan.email and "email" not in row.wrong:
            try:
                validate_email(plan.email)
            except ValidationError:
                plan.refuse(
                    "email",
                    gettext_noop("“%(words)s” không phải địa chỉ thư điện tử."),
                    words=row["email"][:80],
                )
        if row["phone"] and not _PHONE.fullmatch(row["phone"]):
            plan.refuse(
                "phone",
                gettext_noop("“%(words)s” không phải số điện thoại."),
                words=row["phone"][:40],
            )

    def _find_unit(self, plan: PostPlan) -> None:
        found = self._units.find(plan.row["unit"], plan.since, plan.until)
        if isinstance(found, Reason):
            plan.refuse("unit", found.msgid, **found.values)
            return
        if found.row >= 0 and self._units.plans[found.row].reasons:
            plan.refuse(
                "unit",
                gettext_noop("Đơn vị ở dòng %(number)s của trang “Đơn vị” chưa nhập được."),
                number=self._units.plans[found.row].row.number,
            )
            return
        plan.unit = found
        first, last = self._units.life(found)
        if first > plan.since:
            plan.refuse(
                "since",
                gettext_noop("%(name)s đến ngày %(day)s mới có."),
                name=self._units.name(found),
                day=_shown(first),
            )
        elif last is not None and (plan.until is None or plan.until > last):
            plan.refuse(
                "until",
                gettext_noop("%(name)s kết thúc từ ngày %(day)s: ghi Đến ngày trước đó."),
                name=self._units.name(found),
                day=_shown(last),
            )

    def _find_person(self, at: int, plan: PostPlan) -> None:
        row, unit = plan.row, plan.unit
        of_email = self._by_email.get(plan.email, []) if plan.email else []
        if len(of_email) > 1:
            plan.refuse("email", gettext_noop("Thư điện tử này đang ghi ở nhiều người."))
        elif of_email:
            plan.person = of_email[0]
            if fold(plan.person.name) != fold(row["name"]):
                plan.refuse(
                    "email",
                    gettext_noop("Thư điện tử này đã là của %(name)s."),
                    name=plan.person.name,
                )
        else:
            here = [
                one
                for one in self._by_name.get(alike(row["name"]), [])
                if unit and any(post.unit == unit.known for post in one.posts)
            ]
            self._find_by_name(plan, here)
        if plan.reasons or plan.person:
            return
        by_name = ("name", alike(row["name"]), unit)
        keys = [("email", plan.email)] if plan.email else [by_name]
        plan.first = next((self._firsts[one] for one in keys if one in self._firsts), at)
        first = self.plans[plan.first]
        if fold(first.row["name"]) != fold(row["name"]):
            plan.refuse(
                "email",
                gettext_noop("Thư điện tử này ở dòng %(number)s là của người khác."),
                number=first.row.number,
            )
            return
        self._firsts.setdefault(keys[0], plan.first)
        self._firsts.setdefault(by_name, plan.first)

    def _find_by_name(self, plan: PostPlan, here: list[KnownPerson]) -> None:
        if len(here) > 1:
            plan.refuse(
                "name",
                gettext_noop("Đơn vị có %(count)s người tên này. Ghi thư điện tử."),
                count=len(here),
            )
        elif here and plan.email and here[0].email:
            plan.refuse(
                "email",
                gettext_noop(
                    "Đơn vị đã có %(name)s với thư %(email)s. Đổi thư trên trang người đó."
                ),
                name=here[0].name,
                email=here[0].email,
            )
        elif here:
            plan.person = here[0]

    def _judge_post(self, plan: PostPlan) -> None:
        person, unit = plan.person, plan.unit
        assert unit is not None  # a row without one has its reason
        key = (person.id if person else plan.first, unit, plan.role)
        for other in self._posts[key]:
            if overlap(plan.since, plan.until, other.since, other.until):
                plan.refuse(
                    "since",
                    gettext_noop("Người này giữ vai trò này ở dòng %(number)s trong thời gian đó."),
                    number=other.row.number,
                )
                return
        self._posts[key].append(plan)
        if person is None:
            plan.is_new = True
            return
        held = [
            one
            for one in person.posts
            if (one.unit, one.role) == (unit.known, plan.role)
            and overlap(plan.since, plan.until, one.since, one.until)
        ]
        if held:
            self._compare(plan, held)
        else:
            plan.changes.add("post")
        for column, was, now in (
            ("address", person.address, plan.address),
            ("email", person.email, plan.email),
            ("phone", person.phone, plan.row["phone"]),
        ):
            if now and now.lower() != was.lower():
                plan.changes.add(column)

    def _compare(self, plan: PostPlan, held: list[Held]) -> None:
        post = held[0]
        row = plan.row
        if len(held) > 1 or (row["since"] and plan.since < post.since):
            plan.refuse(
                "since",
                gettext_noop("Trùng thời gian với vai trò này đã ghi từ ngày %(day)s."),
                day=_shown(post.since),
            )
        elif row["until"] and plan.until != post.until:
            plan.refuse(
                "until",
                gettext_noop(
                    "Đã giữ vai trò này từ ngày %(day)s. Cho thôi giữ trên trang người đó."
                ),
                day=_shown(post.since),
            )
        else:
            plan.post = post
            if row["title"] and row["title"] != post.title:
                plan.changes.add("title")
