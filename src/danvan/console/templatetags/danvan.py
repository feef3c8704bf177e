"""What the templates of console and portal are written with: icons, tags, due days, fields, figures."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop, ngettext

from danvan import clock
from danvan.duties.choices import HANDED_IN, OPEN, AssignmentState
from danvan.duties.models import Assignment
from danvan.searching import pieces
from danvan.workdays import rules as workdays

register = template.Library()

NONE = "—"
NEAR_DAYS = 7  # from here on a due day is called near

ICONS = {
    "idle": "circle-dashed",
    "work": "progress",
    "wait": "hourglass",
    "warn": "alert-triangle",
    "late": "clock-exclamation",
    "done": "check",
}
MARKS = {
    "idle": "",
    "work": "point-filled",
    "wait": "clock",
    "warn": "triangle-filled",
    "late": "",
    "done": "check",
}
WEEKDAYS = [  # as workdays.rules says them
    gettext_noop("Thứ Hai"),
    gettext_noop("Thứ Ba"),
    gettext_noop("Thứ Tư"),
    gettext_noop("Thứ Năm"),
    gettext_noop("Thứ Sáu"),
    gettext_noop("Thứ Bảy"),
    gettext_noop("Chủ Nhật"),
]
MESSAGE_TONES = {"success": "done", "warning": "warn", "error": "warn"}


@register.simple_tag
def sought(text: str, typed: str, *, is_cut: bool = False) -> SafeString:
    """A text, with what was sought in it marked; cut, it begins near that."""
    found = pieces(text or NONE, typed, is_cut=is_cut)
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>" if one.is_found else "{}", one.text),) for one in found),
    )


@register.simple_tag
@lru_cache(maxsize=512)  # a matrix draws a thousand of the same few
def icon(name: str, label: str = "") -> SafeString:
    """A drawing beside its word; with a label it stands for the word."""
    use = format_html('<use href="{}#{}"></use>', static("icons.svg"), name)
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, use)
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', use)


@register.simple_tag
def tag(tone: str, word: object) -> SafeString:
    return format_html('<span class="tag tone-{}">{}{}</span>', tone, icon(ICONS[tone]), word)


@register.simple_tag
def mark(tone: str, said: str, days: int = 0) -> SafeString:
    """The sign in a cell of a matrix; `said` is the cell in words, for who does not see it."""
    drawn = _sign(tone, days)
    return format_html('{}<span class="visually-hidden">{}</span>', drawn, said)


@lru_cache(maxsize=512)
def _sign(tone: str, days: int) -> SafeString:
    if tone == "late":
        sign: str | SafeString = f"!{days}"
    elif tone == "idle":
        sign = "·"
    else:
        sign = format_html("{}{}", icon(MARKS[tone]), f"+{days}" if days else "")
    return format_html(
        '<span class="mark tone-{}{}" aria-hidden="true">{}</span>',
        tone,
        " has-days" if days else "",
        sign,
    )


def due_words(due_on: date, *, today: date, done_on: date | None = None) -> tuple[str, str]:
    """Tone and words of a due day: “Còn 12 ngày”, “Quá hạn 5 ngày”, “Hoàn thành đúng hạn”."""
    days = ((done_on or today) - due_on).days
    if done_on:
        if days <= 0:
            return "done", gettext("Hoàn thành đúng hạn")
        return "done", ngettext(
            "Hoàn thành quá hạn %d ngày", "Hoàn thành quá hạn %d ngày", days
        ) % days
    if days > 0:
        return "late", ngettext("Quá hạn %d ngày", "Quá hạn %d ngày", days) % days
    if days == 0:
        return "warn", gettext("Hạn hôm nay")
    left = -days
    if left <= NEAR_DAYS:
        return "warn", ngettext("Sắp đến hạn, còn %d ngày", "Sắp đến hạn, còn %d ngày", left) % left
    return "idle", ngettext("Còn %d ngày", "Còn %d ngày", left) % left


@register.simple_tag
def due(due_on: date | None, done_on: date | None = None, asked: bool = False) -> SafeString:
    """A due day in words with its date; who is asked, not commanded (`asked`), is never late."""
    if due_on is None:
        return format_html('<span class="soft">{}</span>', gettext("Không ghi hạn"))
    if asked and not done_on:
        return _due("", due_on)
    tone, words = due_words(due_on, today=clock.today(), done_on=_day(done_on) if done_on else None)
    return _due(tag(tone, words), due_on)


def _due(said: str, due_on: date) -> SafeString:
    day = weekday_day(due_on)
    return format_html('<span class="due">{}<span class="due-day">{}</span></span>', said, day)


@register.simple_tag
def due_of(assignment: Assignment) -> SafeString:
    """An assignment's due day: what waits to be confirmed is handed in and not done yet.

    Of what is only proposed, asked for, standing still or ended, the day alone.
    """
    due_on, state = assignment.due_on, assignment.state
    if due_on is None or state not in OPEN | HANDED_IN or assignment.unit.is_asked:
        return due(due_on, asked=True)
    if state == AssignmentState.SUBMITTED:
        return _due(tag("wait", handed_in_words(assignment.days_late)), due_on)
    return due(due_on, assignment.handed_in_on if state == AssignmentState.DONE else None)


def handed_in_words(days_late: int) -> str:
    if not days_late:
        return gettext("Nộp đúng hạn")
    return ngettext("Nộp quá hạn %d ngày", "Nộp quá hạn %d ngày", days_late) % days_late


@register.filter
def vn_day(value: date | datetime | None) -> str:
    """05/03/2026, as columns write it; pages of documents and duties use `text_day` everywhere."""
    return f"{_day(value):%d/%m/%Y}" if value else NONE


@register.filter
def text_day(value: date | datetime | None) -> str:
    """05/3/2026, as Nghị định 30/2020/NĐ-CP writes it in running text."""
    return workdays.printed(_day(value)) if value else NONE


@register.filter
def last_day(validity: Any) -> date | None:
    """The last day of a time, which its end stands after: “đến hết 30/11/2026”."""
    return validity.upper - timedelta(days=1) if validity and validity.upper else None


@register.filter
def weekday_day(value: date | datetime | None) -> str:
    """Thứ Ba, 31/3/2026, as Nghị định 30/2020/NĐ-CP writes it in running text."""
    if not value:
        return NONE
    day = _day(value)
    return f"{gettext(workdays.weekday(day))}, {workdays.printed(day)}"


@register.filter
def vn_time(value: datetime | None) -> str:
    """14:05 ngày 10/9/2026."""
    if not value:
        return NONE
    moment = localtime(value)
    return gettext("%(time)s ngày %(day)s") % {
        "time": f"{moment:%H:%M}",
        "day": workdays.printed(moment.date()),
    }


@register.filter
def vn_number(value: Decimal | float | int | str | None, places: int | None = None) -> str:
    """7.392; 69,84. Without places, as many as there are; nothing known is “—”, never 0."""
    if value is None or value == "":
        return NONE
    number = Decimal(str(value))
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    written = f"{number:,f}"
    if places is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.translate(str.maketrans(",.", ".,"))


@register.filter
def vn_percent(value: Decimal | float | int | str | None, places: int = 2) -> str:
    """69,84% of 69.84."""
    if value is None or value == "":
        return NONE
    number = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{vn_number(number)}%"


@register.simple_tag
def share(numerator: Decimal | int | None, denominator: Decimal | int | None) -> str:
    """69,78% (291/417); without a denominator there is no share."""
    if numerator is None or not denominator:
        return NONE
    percent = vn_percent(100 * Decimal(numerator) / Decimal(denominator))
    return f"{percent} ({vn_number(numerator)}/{vn_number(denominator)})"


@register.filter
def message_tone(level_tag: str) -> str:
    return MESSAGE_TONES.get(level_tag, "work")


@register.filter
def tone_icon(tone: str) -> SafeString:
    return icon("info-circle" if tone == "work" else ICONS[tone])


@register.simple_tag
def field(bound: BoundField, button: str = "") -> SafeString:
    """A form's field with label above, help and error below. `button` is markup that stands beside it."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    is_group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    if is_group:
        widget.attrs["class"] = "form-check-input"  # each choice renders itself from these
    return render_to_string(
        "console/parts/field.html",
        {
            "field": bound,
            "widget": "" if is_group else bound.as_widget(attrs=_attributes(widget)),
            "is_check": isinstance(widget, forms.CheckboxInput),
            "is_group": is_group,
            "button": button,
        },
    )


@register.inclusion_tag("console/parts/errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """The summary over a form that was sent with mistakes; each line leads to its field."""
    wrong = [one for one in form if one.errors] if form.is_bound else []
    general = form.non_field_errors() if form.is_bound else []
    return {"form": form, "wrong": wrong, "general": general, "count": len(wrong) + len(general)}


def _attributes(widget: forms.Widget) -> dict[str, Any]:
    if isinstance(widget, forms.CheckboxInput):
        return {"class": "form-check-input"}
    kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    attributes: dict[str, Any] = {"class": f"{kind} {widget.attrs.get('class', '')}".strip()}
    if isinstance(widget, forms.DateInput):
        attributes |= {
            "data-date": "",
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": gettext("ngày/tháng/năm"),
        }
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":  # Django's default
        attributes["rows"] = 4
    return attributes


def _day(value: date | datetime) -> date:
    return localtime(value).date() if isinstance(value, datetime) else value
