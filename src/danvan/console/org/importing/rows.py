"""A row of a file as the preview shows it: what it is about, what will change, what is wrong."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.org.choices import Level, Outcome, Role, UnitKind
from danvan.org.comparing.plans import Plan, PostPlan, UnitPlan
from danvan.org.importing.previewing import Preview
from danvan.org.sheets.cells import parse_day
from danvan.org.sheets.shape import PEOPLE, UNITS, Row

TONES = {
    Outcome.NEW: "work",
    Outcome.RENAMED: "work",
    Outcome.MOVED: "work",
    Outcome.AMENDED: "work",
    Outcome.SAME: "idle",
    Outcome.SKIPPED: "idle",
    Outcome.BAD: "warn",
}
SHEETS = {UNITS.key: UNITS, PEOPLE.key: PEOPLE}


@dataclass(frozen=True)
class Shown:
    """A row as the page has it."""

    number: int
    name: str
    about: str  # its kind and level, its role
    where: str
    since: str
    until: str
    outcome: Outcome
    labels: list[str]
    told: list[tuple[str, str]]  # column, why or what is to be seen

    @property
    def tone(self) -> str:
        return TONES[self.outcome]


_CHANGES = {
    "name": gettext_lazy("đổi tên"),
    "parent": gettext_lazy("chuyển cấp trên"),
    "short_name": gettext_lazy("tên viết tắt"),
    "aliases": gettext_lazy("tên khác"),
    "statistics": gettext_lazy("mã đơn vị hành chính"),
    "agency": gettext_lazy("mã định danh"),
    "place": gettext_lazy("thứ tự"),
    "post": gettext_lazy("vai trò mới"),
    "title": gettext_lazy("chức danh"),
    "address": gettext_lazy("xưng hô"),
    "email": gettext_lazy("thư điện tử"),
    "phone": gettext_lazy("điện thoại"),
}


def rows_shown(plan: Plan, looked: Preview) -> Shown:
    row = plan.row
    told = [
        (_column(row, one.column), _(one.msgid) % one.values)
        for one in (*plan.reasons, *([] if plan.reasons else plan.notes))
    ]
    if plan.skipped:
        told = [("", _(plan.skipped.msgid))]
    labels = [str(plan.outcome.label)]
    if plan.outcome in {Outcome.AMENDED, Outcome.RENAMED, Outcome.MOVED}:
        extra = [str(_CHANGES[one]) for one in _CHANGES if one in plan.changes]
        if plan.changes not in ({"name"}, {"parent"}):  # which the label says
            told = [("", _("Thay đổi: %(what)s.") % {"what": ", ".join(extra)}), *told]
    return Shown(
        number=row.number,
        name=_name(plan),
        about=_about(plan),
        where=row["parent"] if row.sheet == UNITS.key else row["unit"],
        since=_day(row["since"]),
        until=_day(row["until"]),
        outcome=plan.outcome,
        labels=labels,
        told=told,
    )


def _name(plan: Plan) -> str:
    if isinstance(plan, UnitPlan) and plan.known and "name" in plan.changes:
        return f"{plan.known.name} → {plan.row['name']}"
    return plan.row["name"] or "—"


def _about(plan: Plan) -> str:
    if isinstance(plan, UnitPlan):
        kind = plan.kind or (plan.known.kind if plan.known else "")
        level = plan.level or (plan.known.level if plan.known else "")
        parts = [str(UnitKind(kind).label)] if kind else [plan.row["kind"]]
        parts += [str(Level(level).label).lower()] if level else [plan.row["level"]]
        return ", ".join(one for one in parts if one)
    if isinstance(plan, PostPlan) and plan.role:
        title = plan.row["title"]
        return f"{Role(plan.role).label}, {title}" if title else str(Role(plan.role).label)
    return plan.row["role"]


def rows_left_out(stored: dict[str, Any]) -> Shown:
    row = Row(stored["sheet"], stored["number"], stored["cells"], stored["wrong"])
    is_unit = row.sheet == UNITS.key
    return Shown(
        number=row.number,
        name=row["name"] or "—",
        about=SHEETS[row.sheet].title,
        where=row["parent"] if is_unit else row["unit"],
        since=_day(row["since"]),
        until=_day(row["until"]),
        outcome=Outcome.BAD,
        labels=[str(Outcome.BAD.label)],
        told=[(_column(row, one[0]), _(one[1]) % one[2]) for one in stored["why"]],
    )


def _column(row: Row, key: str) -> str:
    return SHEETS[row.sheet].column(key).head if key else ""


def _day(words: str) -> str:
    day = parse_day(words)
    return f"{day:%d/%m/%Y}" if day else words
