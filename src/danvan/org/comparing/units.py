"""The rows of units, judged."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_noop

from danvan.org.alike import alike, tidy
from danvan.org.choices import CodeSystem, Level, UnitKind
from danvan.org.sheets.shape import YES, Row
from danvan.text import fold, in_digits

from .codes import Codes
from .directory import Directory
from .known import KnownUnit
from .labels import chosen
from .plans import Reason, Ref, UnitPlan, begin
from .together import refuse_below_bad, refuse_circles, refuse_twice

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORDER = {str(level): at for at, level in enumerate(Level)}


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
        self.plans = [UnitPlan(row, default) for row in rows]
        for plan in self.plans:
            begin(plan)
            others = map(tidy, plan.row["aliases"].split(";"))
            plan.aliases, plan.code = tuple(one for one in others if one), plan.row["code"].lower()
        self.directory = Directory(known, self.plans)
        self.known = self.directory.known
        self._may_lead, self._codes = may_lead, Codes(self.known.values(), forms)
        for at, plan in enumerate(self.plans):
            self._judge(at, plan)
        refuse_twice(self.plans)
        refuse_circles(self.plans, self.directory)
        refuse_below_bad(self.plans)

    def _judge(self, at: int, plan: UnitPlan) -> None:
        row = plan.row
        plan.known = self.known.get(self.directory.match(at))
        plan.is_new = plan.known is None
        plan.kind, plan.level = chosen(plan, "kind"), chosen(plan, "level")
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
        self._codes.judge(plan)

    def _find_parent(self, at: int, plan: UnitPlan) -> None:
        until = plan.until if plan.is_new else None
        found = self.directory.find(plan.row["parent"], plan.since, until)
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
        for ref in self.directory.written_alike(plan.row["name"]):
            if self._stands_under(ref.known, plan):
                plan.note(
                    "name",
                    gettext_noop("Gần giống “%(name)s” đã có: kiểm tra dấu."),
                    name=self.directory.name(ref),
                )

    def _stands_under(self, known: str, plan: UnitPlan) -> bool:
        parents = {place.parent for place in self.known[known].places}
        return (plan.parent.known in parents) if plan.parent else not parents

    def _judge_parent_of_new(self, plan: UnitPlan, parent: Ref) -> None:
        first, last = self.directory.life(parent)
        if last is not None and (plan.until is None or plan.until > last):
            plan.refuse(
                "parent",
                gettext_noop(
                    "%(name)s kết thúc từ ngày %(day)s: ghi Đến ngày trước đó, hoặc đơn vị khác."
                ),
                name=self.directory.name(parent),
                day=in_digits(last),
            )
        elif first > plan.since:
            plan.note(
                "parent",
                gettext_noop("Trực thuộc từ ngày %(day)s, khi có %(name)s."),
                name=self.directory.name(parent),
                day=in_digits(first),
            )
        self._refuse_under_lower(plan, parent)

    def _refuse_under_lower(self, plan: UnitPlan, parent: Ref) -> None:
        own = plan.known.level if plan.known else plan.level
        above = self.directory.level(parent)
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
                day=in_digits(known.since),
            )
        if known.until is not None and plan.since >= known.until:
            plan.refuse(
                "code",
                gettext_noop("%(name)s kết thúc từ ngày %(day)s."),
                name=known.name,
                day=in_digits(known.until),
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
        first, end = self.directory.life(parent)
        if end is not None or first > plan.since:
            plan.refuse(
                "parent",
                gettext_noop("%(name)s không có suốt từ ngày %(day)s."),
                name=self.directory.name(parent),
                day=in_digits(plan.since),
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
                day=in_digits(since),
            )
        elif until is not None:
            plan.refuse(
                column,
                gettext_noop("Đã có thay đổi vào ngày %(day)s: ghi bằng sự kiện tổ chức."),
                day=in_digits(until),
            )
        elif not plan.row["basis"]:
            plan.refuse(
                "basis",
                gettext_noop("Đổi tên, chuyển cấp trên phải ghi văn bản vào cột Quyết định."),
            )
        else:
            plan.changes.add(column)
