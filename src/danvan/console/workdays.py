"""The office calendar: a year of twelve months, its days off and make-up days, each with its source."""

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from danvan import clock
from danvan.duties import access
from danvan.duties.deadlines import office_days
from danvan.org.access import can_see_units, require
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from danvan.workdays.calendars import Day, days_of, proposed, years_entered
from danvan.workdays.choices import ENTERED, OFF, DayKind
from danvan.workdays.rules import printed, weekday

from .choosing import offer
from .day_field import DayField
from .doors import Request, officer
from .typed import counted

FIRST, LAST = 2000, 2100  # years that can be entered
SHOWN = 100  # deadlines of one page
TONES = {
    DayKind.HOLIDAY: "idle",
    DayKind.COMPENSATORY: "idle",
    DayKind.SWAPPED_OFF: "warn",
    DayKind.SWAPPED_WORK: "work",
    DayKind.NO_HOLIDAY: "idle",
}


@dataclass(frozen=True)
class Cell:
    """A day of a month as it is drawn; `said` is what its number does not show."""

    on: date | None
    css: str = ""
    said: str = ""


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Cell]]


@dataclass(frozen=True)
class Row:
    """A day of the list under the months."""

    day: Day
    tone: str
    weekday: str


def _months(year: int, days: Mapping[date, Day]) -> list[Month]:
    weeks = Weeks(firstweekday=0)
    return [
        Month(
            number,
            [
                [_cell(on if on.month == number else None, days) for on in week]
                for week in weeks.monthdatescalendar(year, number)
            ],
        )
        for number in range(1, 13)
    ]


def _cell(on: date | None, days: Mapping[date, Day]) -> Cell:
    if on is None:
        return Cell(None)
    known = days.get(on)
    today = " today" if on == clock.today() else ""
    if known is None or known.kind == DayKind.NO_HOLIDAY:
        return Cell(on, ("weekend" if on.weekday() >= 5 else "") + today)
    css = "holiday" if known.kind in OFF else "worked"
    return Cell(on, css + today, known.name)


def _rows(days: Sequence[Day]) -> list[Row]:
    return [Row(one, TONES[one.kind], weekday(one.on)) for one in days]


@officer
def office_calendar(request: Request) -> HttpResponse:
    """One year; a year that nobody entered says so, and an administrator can enter it."""
    require(can_see_units(request.actor))
    entered = years_entered()
    year = _year(request.GET.get("nam"), clock.today().year)
    days = days_of(year) if year in entered else []
    context = {
        "year": year,
        "is_entered": year in entered,
        "missing": next(
            (one for one in (clock.today().year, clock.today().year + 1) if one not in entered),
            None,
        ),
        "years": [*entered, *({year} - set(entered))],
        "months": _months(year, {one.on: one for one in days}) if days else [],
        "rows": _rows(days),
        "off": sum(one.kind in OFF and one.on.weekday() < 5 for one in days),
        "worked": sum(one.kind == DayKind.SWAPPED_WORK for one in days),
        "sources": sorted({one.source for one in days if not one.is_entered}),
        "can_keep": access.can_keep_calendar(request.actor),
        "can_recompute": access.can_recompute(request.actor),
    }
    return render(request, "console/workdays/year.html", context)


def _year(typed: str | None, otherwise: int) -> int:
    if typed is None:
        return otherwise
    if not FIRST <= counted(typed) <= LAST:
        raise Http404
    return int(typed)


class YearForm(forms.Form):
    source = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=500,
        help_text=gettext_lazy(
            "Thông báo nghỉ Tết Âm lịch, Quốc khánh và hoán đổi ngày làm việc của năm."
        ),
    )


@officer
def enter_calendar_year(request: Request, year: int) -> HttpResponse:
    """What the package proposes, to be checked against the announcement and confirmed with its source."""
    require(access.can_keep_calendar(request.actor))
    if not FIRST <= year <= LAST:
        raise Http404
    days = proposed(year)
    form = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = [one for one in days if one["day"] in request.POST.getlist("day")]
        try:
            office_days.enter_year(year, kept, source=form.cleaned_data["source"], by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _(
                    "Đã nhập lịch làm việc năm %(year)s. Các kỳ hạn của năm này được giao trong vòng một giờ."
                )
                % {"year": year},
            )
            return redirect(f"{reverse('console:office_calendar')}?nam={year}")
    chosen = set(request.POST.getlist("day")) if request.method == "POST" else None
    context = {
        "year": year,
        "form": form,
        "rows": [
            (
                one["day"],
                Row(
                    Day(
                        on := date.fromisoformat(one["day"]), DayKind(one["kind"]), one["name"], ""
                    ),
                    TONES[DayKind(one["kind"])],
                    weekday(on),
                ),
                chosen is None or one["day"] in chosen,
            )
            for one in days
        ],
    }
    status = 400 if form.errors else 200
    return render(request, "console/workdays/enter_year.html", context, status=status)


class DayForm(forms.Form):
    on = DayField(label=gettext_lazy("Ngày"))
    kind = forms.ChoiceField(label=gettext_lazy("Ngày này là"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Tên gọi"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ví dụ: Quốc khánh; Nghỉ hoán đổi cho ngày 22/8/2026."),
    )
    source = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=500,
        help_text=gettext_lazy("Số, ký hiệu và ngày của văn bản quyết định."),
    )

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)  # type: ignore[arg-type]
        offer(self, "kind", [(str(one), one.label) for one in ENTERED])


@officer
def calendar_day(request: Request) -> HttpResponse:
    """Say what a day is, with the source; what was said of it before stays as a version."""
    require(access.can_keep_calendar(request.actor))
    on = _day(request.GET.get("ngay"))
    versions = office_days.versions(on) if on else []
    newest = versions[0] if versions else None
    form = DayForm(
        request.POST or None,
        initial={"on": on, **({**newest.body, "source": newest.source} if newest else {})},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            office_days.enter_day(
                values["on"],
                DayKind(values["kind"]),
                name=values["name"],
                source=values["source"],
                by=request.actor,
            )
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            return _entered(request, values["on"])
    context = {
        "form": form,
        "on": on,
        "versions": [(one, DayKind(one["kind"])) for one in versions],
        "can_withdraw": newest is not None and newest["kind"] != DayKind.WITHDRAWN,
    }
    status = 400 if form.errors else 200
    return render(request, "console/workdays/day.html", context, status=status)


def _day(typed: str | None) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Http404 from None


def _entered(request: Request, on: date) -> HttpResponse:
    """Back to the year; to the deadlines that the day moves, where there are any."""
    found = len(office_days.moved([on]))
    if found:
        text = ngettext(
            "Đã ghi ngày %(day)s. %(n)d việc còn mở sẽ đổi hạn nếu tính lại.",
            "Đã ghi ngày %(day)s. %(n)d việc còn mở sẽ đổi hạn nếu tính lại.",
            found,
        )
        messages.success(request, text % {"day": printed(on), "n": found})
        return redirect("console:recompute_deadlines")
    messages.success(
        request, _("Đã ghi ngày %(day)s. Không hạn nào đổi theo.") % {"day": printed(on)}
    )
    return redirect(f"{reverse('console:office_calendar')}?nam={on.year}")


@officer
def withdraw_calendar_day(request: Request) -> HttpResponse:
    """Take back what was entered of a day, with the reason."""
    require(access.can_keep_calendar(request.actor))
    on = _day(request.GET.get("ngay"))
    known = office_days.versions(on) if on else []
    if on is None or not known:
        raise Http404
    form = YearForm(request.POST or None)
    form.fields["source"].help_text = _("Vì sao bỏ: văn bản thay đổi, hoặc đã ghi nhầm.")
    if request.method == "POST" and form.is_valid():
        office_days.withdraw_day(on, source=form.cleaned_data["source"], by=request.actor)
        return _entered(request, on)
    context = {"form": form, "on": on, "kind": DayKind(known[0]["kind"])}
    status = 400 if form.errors else 200
    return render(request, "console/workdays/withdraw.html", context, status=status)


@officer
def recompute_deadlines(request: Request) -> HttpResponse:
    """Open assignments whose last day is another by the calendar of today; chosen ones get it."""
    require(access.can_recompute(request.actor))
    found = office_days.moved()
    if request.method == "POST":
        chosen = set(request.POST.getlist("assignment"))
        done = office_days.recompute(
            [one for one in found if str(one.assignment.pk) in chosen], by=request.actor
        )
        text = ngettext("Đã tính lại hạn của %(n)d việc.", "Đã tính lại hạn của %(n)d việc.", done)
        messages.success(request, text % {"n": done})
        return redirect("console:recompute_deadlines")
    units = {one.assignment.unit_id for one in found[:SHOWN]}
    named = Unit.objects.named(clock.today()).filter(pk__in=units)
    names = {one.pk: one.name for one in named}
    shown = [(one, names.get(one.assignment.unit_id, "")) for one in found[:SHOWN]]
    context = {"found": shown, "rest": max(0, len(found) - SHOWN), "total": len(found)}
    return render(request, "console/workdays/recompute.html", context)


urlpatterns = [
    path("to-chuc/lich-lam-viec/", office_calendar, name="office_calendar"),
    path("to-chuc/lich-lam-viec/nam/<int:year>/", enter_calendar_year, name="enter_calendar_year"),
    path("to-chuc/lich-lam-viec/ngay/", calendar_day, name="calendar_day"),
    path("to-chuc/lich-lam-viec/bo/", withdraw_calendar_day, name="withdraw_calendar_day"),
    path("to-chuc/lich-lam-viec/tinh-lai/", recompute_deadlines, name="recompute_deadlines"),
]
