"""Units and people from a spreadsheet, looked at before they are taken in; and out to one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from danvan import clock
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.uploads import too_large
from danvan.files.actions import empty
from danvan.files.rules import XLSX
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import ImportState, Level, Outcome, Role, UnitKind
from danvan.org.comparing.plans import Plan, PostPlan, UnitPlan
from danvan.org.importing import blank, drafts, giving_out, previewing, taking_in
from danvan.org.importing.previewing import Preview
from danvan.org.models import OrgImport
from danvan.org.sheets.cells import parse_day
from danvan.org.sheets.shape import PEOPLE, UNITS, NotRead, Row
from danvan.refusals import NotAccepted

from .unit_choice import day_asked

TONES = {
    Outcome.NEW: "work",
    Outcome.RENAMED: "work",
    Outcome.MOVED: "work",
    Outcome.AMENDED: "work",
    Outcome.SAME: "idle",
    Outcome.SKIPPED: "idle",
    Outcome.BAD: "warn",
}
ALL = "all"
SHEETS = {UNITS.key: UNITS, PEOPLE.key: PEOPLE}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx) hoặc CSV"),
        help_text=gettext_lazy("Trang “Đơn vị”, trang “Con người”, hoặc cả hai; đến 20.000 dòng."),
        error_messages={"required": gettext_lazy("Chọn tệp rồi bấm Xem trước.")},
    )
    default_on = DayField(
        label=gettext_lazy("Dòng không ghi Từ ngày thì tính từ ngày"), initial=clock.today
    )


@officer
def begin(request: Request) -> HttpResponse:
    """Where a file is brought, and what was brought before."""
    require(access.can_change_units(request.actor))
    if request.method != "POST":
        return _begin(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if reason := too_large(request):
        form.fields["file"].error_messages["required"] = reason
    if file := request.FILES.get("file"):
        form.fields["file"].error_messages["empty"] = empty(file.name or "")
    if form.is_valid():
        file = form.cleaned_data["file"]
        day = form.cleaned_data["default_on"]
        try:
            made = drafts.draft(file.read(), file.name, default_on=day, by=request.actor)
        except NotRead as refusal:
            form.add_error("file", _(refusal.msgid) % refusal.values)
        else:
            return redirect("console:import_preview", made.pk)
    return _begin(request, form)


def _begin(request: Request, form: FileForm) -> HttpResponse:
    context = {
        "form": form,
        "limit": settings.DANVAN_UPLOAD_LIMIT,
        "imports": list(drafts.drafts_of(request.actor).defer("rows")[:10]),
        "can_manage_people": access.can_manage_people(request.actor),
        "today": clock.today(),
    }
    status = 400 if form.errors else 200
    return render(request, "console/org/import.html", context, status=status)


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


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: int


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


@require_safe
@officer
def preview(request: Request, pk: str) -> HttpResponse:
    """What each row would do; after it was taken in, the rows that were left out."""
    subject = get_object_or_404(drafts.drafts_of(request.actor), pk=pk)
    if subject.state != ImportState.PREVIEWED:
        return _after(request, subject)
    looked = previewing.preview(subject, by=request.actor)
    by_sheet = {
        UNITS.key: len(looked.units.plans),
        PEOPLE.key: len(looked.people.plans),
    }
    chosen, sheet = request.GET.get("show", ""), request.GET.get("sheet", "")
    if sheet not in by_sheet or not by_sheet[sheet]:
        sheet = UNITS.key if looked.units.plans else PEOPLE.key
    plans: Sequence[Plan] = looked.units.plans if sheet == UNITS.key else looked.people.plans
    tabs = _tabs(plans)
    if chosen not in {one.key for one in tabs}:
        chosen = str(Outcome.BAD) if any(one.key == Outcome.BAD for one in tabs) else ""
    found = [plan for plan in plans if chosen in {"", ALL} or plan.outcome == chosen]
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "subject": subject,
        "looked": looked,
        "sheet": SHEETS[sheet],
        "sheets": [(SHEETS[key], count) for key, count in by_sheet.items() if count],
        "tabs": tabs,
        "chosen": chosen,
        "page": page,
        "rows": [_shown(plan, looked) for plan in page],
        "answer": _answer(looked),
        "good": looked.good,
        "bad": len(looked.bad),
        "passed_over": subject.passed_over,
    }
    return render(request, "console/org/import_preview.html", context)


def _after(request: Request, subject: OrgImport) -> HttpResponse:
    counts = Counter({Outcome(key): count for key, count in subject.counts.items()})
    rows = [_left_out(one) for one in subject.rows]
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "subject": subject,
        "page": page,
        "rows": page.object_list,
        "counts": [(outcome.label, counts[outcome]) for outcome in Outcome if counts[outcome]],
        "taken_in": _taken_in(counts),
        "bad": counts[Outcome.BAD],
    }
    return render(request, "console/org/import_done.html", context)


def _taken_in(counts: Counter[Outcome]) -> int:
    return sum(
        counts[one] for one in (Outcome.NEW, Outcome.RENAMED, Outcome.MOVED, Outcome.AMENDED)
    )


def _tabs(plans: Iterable[Plan]) -> list[Tab]:
    counts = Counter(plan.outcome for plan in plans)
    order = [Outcome.BAD, *(one for one in Outcome if one != Outcome.BAD)]
    found = [Tab(str(one), str(one.label), counts[one]) for one in order if counts[one]]
    return [*found, Tab(ALL, _("Tất cả"), sum(counts.values()))] if len(found) > 1 else found


def _answer(looked: Preview) -> str:
    """Sẽ thêm mới 380, đổi tên 3; không đổi 23; 6 dòng có lỗi."""
    counts = looked.counts
    does = [
        f"{one.label.lower()} {counts[one]}"
        for one in (Outcome.NEW, Outcome.RENAMED, Outcome.MOVED, Outcome.AMENDED)
        if counts[one]
    ]
    stays = [
        f"{one.label.lower()} {counts[one]}"
        for one in (Outcome.SAME, Outcome.SKIPPED)
        if counts[one]
    ]
    total = len(looked.plans)
    parts = [ngettext("%(count)s dòng", "%(count)s dòng", total) % {"count": total}]
    if does:
        parts.append(_("sẽ nhập: %(what)s") % {"what": ", ".join(does)})
    parts += stays
    if counts[Outcome.BAD]:
        parts.append(_("%(count)s dòng có lỗi") % {"count": counts[Outcome.BAD]})
    return "; ".join(parts) + "."


def _shown(plan: Plan, looked: Preview) -> Shown:
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


def _left_out(stored: dict[str, Any]) -> Shown:
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


@require_POST
@officer
def confirm(request: Request, pk: str) -> HttpResponse:
    """Take in the good rows of an import that was looked at."""
    subject = get_object_or_404(drafts.drafts_of(request.actor), pk=pk)
    try:
        taking_in.confirm(subject, seen_as=request.POST.get("seen", ""), by=request.actor)
    except taking_in.Changed:
        messages.warning(
            request,
            _("Danh sách đơn vị, con người vừa thay đổi. Xem lại các dòng dưới đây rồi nhập."),
        )
    except NotAccepted as refusal:
        messages.warning(request, _("Chưa nhập dòng nào. %(reason)s") % {"reason": str(refusal)})
    return redirect("console:import_preview", subject.pk)


@require_POST
@officer
def cancel(request: Request, pk: str) -> HttpResponse:
    subject = get_object_or_404(drafts.drafts_of(request.actor), pk=pk)
    drafts.cancel(subject, by=request.actor)
    messages.info(
        request, _("Đã hủy lần nhập “%(file)s”. Không có gì thay đổi.") % {"file": subject}
    )
    return redirect("console:import_org")


@require_safe
@officer
def left_out(request: Request, pk: str) -> HttpResponse:
    """The bad rows with their reasons, to be corrected and brought again."""
    subject = get_object_or_404(drafts.drafts_of(request.actor), pk=pk)
    stem = subject.file_name.rpartition(".")[0] or subject.file_name
    return _workbook(giving_out.left_out(subject, by=request.actor), f"{stem} - dòng lỗi.xlsx")


@require_safe
@officer
def template(request: Request) -> HttpResponse:
    """A workbook to be filled in."""
    require(access.can_change_units(request.actor))
    return _workbook(blank.template(), "Mẫu đơn vị và con người.xlsx")


@officer
def export(request: Request) -> HttpResponse:
    """The units of a day; with people only on asking, since that is kept in the audit."""
    if request.method == "POST":
        day = day_asked(request.POST.get("date"))
        made = giving_out.export_with_people(day, by=request.actor)
        return _workbook(made, f"Đơn vị và con người {day}.xlsx")
    day = day_asked(request.GET.get("date"))
    return _workbook(giving_out.export_units(day, by=request.actor), f"Đơn vị {day}.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


urlpatterns = [
    path("to-chuc/nhap/", begin, name="import_org"),
    path("to-chuc/nhap/mau/", template, name="import_template"),
    path("to-chuc/nhap/<uuid:pk>/", preview, name="import_preview"),
    path("to-chuc/nhap/<uuid:pk>/xac-nhan/", confirm, name="confirm_import"),
    path("to-chuc/nhap/<uuid:pk>/huy/", cancel, name="cancel_import"),
    path("to-chuc/nhap/<uuid:pk>/dong-loi/", left_out, name="import_left_out"),
    path("to-chuc/xuat/", export, name="export_org"),
]
