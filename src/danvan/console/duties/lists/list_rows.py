"""The rows of the list as markup, written in Python: a template takes four times as long for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from danvan.console.templatetags.danvan import due_of
from danvan.console.templatetags.danvan import sought as marked
from danvan.duties.choices import AssignmentState, Part
from danvan.duties.models import Assignment

SOME = "00000000-0000-0000-0000-000000000000"  # where an address holds the row's own id


@dataclass(frozen=True)
class Row:
    """An assignment, and how many of those it was handed down to are done: 98/102."""

    one: Assignment
    done_below: int
    below: int


def drawn(rows: Iterable[Row], sought: str = "") -> SafeString:
    """Each row leads to its page, its source opens it beside. What was sought is marked."""
    start, end = reverse("console:assignment", args=[SOME]).split(SOME)
    words = _Words(sought)
    written = "".join(words.row(row, f"{start}{row.one.pk}{end}") for row in rows)
    return mark_safe(written)  # nosec B308 B703


def lacking(rows: Iterable[Row]) -> str:
    """The columns in which no row says anything, as classes of the table: they leave their room."""
    known = list(rows)
    nobody_along = not any(row.one.duty.cooperating or row.one.part != Part.LEAD for row in known)
    none_below = not any(row.below for row in known)
    return " ".join(["none-along"] * nobody_along + ["none-below"] * none_below)


class _Words:
    """What all rows say, put into the reader's language once."""

    def __init__(self, sought: str) -> None:
        self.sought = sought
        self.dues: dict[object, str] = {}
        self.choose = escape(_("Chọn"))
        self.lead = escape(_("Chủ trì"))
        self.cooperating = escape(_("Phối hợp"))
        self.source = escape(_("Nguồn"))
        self.state = escape(_("Trạng thái"))
        self.below = escape(_("Cấp dưới"))
        self.states = {state.value: escape(state.label) for state in AssignmentState}

    def _due(self, one: Assignment) -> str:
        """Rows whose day and state are alike say the same of it."""
        key = one.due_on, one.state, one.handed_in_on, one.unit.is_asked
        if key not in self.dues:
            self.dues[key] = due_of(one)
        return self.dues[key]

    def row(self, row: Row, page: str) -> str:
        one, duty = row.one, row.one.duty
        action, source, unit = escape(duty.action), escape(duty.source), escape(one.unit.name)
        shown = marked(duty.action, self.sought) if self.sought else action
        label = " ".join(action.split()[:8])
        period = f", {escape(one.period_label)}" if one.occurrence else ""
        beside = escape("; ".join(duty.cooperating))
        lead, cooperating = str(unit), str(unit)
        if one.part == Part.LEAD:
            cooperating = f'<span class="soft">{beside}</span>' if beside else ""
        else:
            printed = escape(Truncator("; ".join(duty.lead)).chars(60)) or "—"
            lead = f'<span class="soft">{printed}</span>'
        done = f"{row.done_below}/{row.below}" if row.below else ""
        return (
            '<tr><td class="choose"><input type="checkbox" class="form-check-input" name="chosen" '
            f'value="{one.pk}" data-choose aria-label="{self.choose} {label}"></td>'
            f"<td>{self._due(one)}</td>"
            f'<td class="card-title cut" title="{action}">'
            f'<a class="row-link" href="{page}">{shown}{period}</a></td>'
            f'<td class="cut" data-label="{self.lead}" title="{unit}">{lead}</td>'
            f'<td class="cut" data-label="{self.cooperating}" title="{beside}">{cooperating}</td>'
            f'<td class="cut" data-label="{self.source}" title="{source}">'
            f'<a href="{page}" data-panel>{source}</a></td>'
            f'<td class="text-nowrap" data-label="{self.state}">'
            f"{self.states[one.state]}</td>"
            f'<td class="num" data-label="{self.below}">{done}</td></tr>'
        )
