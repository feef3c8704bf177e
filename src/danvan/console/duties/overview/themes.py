"""Chủ đề, chương trình: themes of the year, key tasks, breakthroughs, programmes, and how far they are."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.console.reports.parts import TONES as REPORT_TONES
from danvan.documents import access as documents
from danvan.documents.models import Document
from danvan.duties import access, themes
from danvan.duties.choices import OPEN, AssignmentState, Part, ThemeKind
from danvan.duties.models import Duty, Theme
from danvan.org.access import require, sees_whole_province, works
from danvan.org.models import with_units
from danvan.records import access as records
from danvan.records.models import Record
from danvan.reports import access as reports
from danvan.reports.choices import ReportState
from danvan.reports.models import Report

ROWS = 200


class ThemeForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=ThemeKind.choices)
    title = forms.CharField(
        label=gettext_lazy("Tên"),
        max_length=300,
        help_text=gettext_lazy("Như văn bản đặt ra, ví dụ “Năm dân vận chính quyền”."),
    )
    year_from = forms.IntegerField(label=gettext_lazy("Từ năm"), min_value=2000, max_value=2100)
    year_to = forms.IntegerField(label=gettext_lazy("Đến năm"), min_value=2000, max_value=2100)
    document = forms.CharField(
        label=gettext_lazy("Văn bản đặt ra"),
        required=False,
        help_text=gettext_lazy("Số, ký hiệu của văn bản đã có trong danh sách, ví dụ 15/KH-UBND."),
    )

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_document(self) -> Document | None:
        typed = "".join(self.cleaned_data["document"].lower().split())
        if not typed:
            return None
        found = documents.visible_to(self.request.actor).filter(number_squeezed=typed)[:2]
        if not found:
            raise forms.ValidationError(
                _("Không có văn bản số này trong danh sách. Thêm văn bản trước, hoặc để trống.")
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("Có nhiều văn bản cùng số này. Để trống, rồi ghi rõ trong tên chủ đề.")
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("year_from") and values.get("year_to", 9999) < values["year_from"]:
            self.add_error("year_to", _("Năm cuối không thể trước năm đầu."))
        return values


@officer
def theme_list(request: Request) -> HttpResponse:
    """All themes with their progress; the coordinator sets new ones."""
    require(works(request.actor))
    may = access.can_label(request.actor)
    if request.method == "POST":
        require(may)
    today = clock.today()
    form = ThemeForm(
        request.POST or None,
        request=request,
        initial={"year_from": today.year, "year_to": today.year},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = themes.make(
            kind=ThemeKind(values["kind"]),
            title=values["title"],
            years=(values["year_from"], values["year_to"]),
            document=values["document"],
            by=request.actor,
        )
        messages.success(request, _("Đã đặt “%(title)s”.") % {"title": made.title})
        return redirect("console:theme", made.pk)
    found = list(Theme.objects.select_related("document"))
    progress, written = themes.progress(found, today), _counted(request)
    context = {
        "rows": [(one, progress[one], written[one.pk]) for one in found],
        "form": form if may else None,
        "current": sum(1 for one in found if one.ended_at is None and one.year_to >= today.year),
    }
    status = 400 if form.is_bound else 200
    return render(request, "console/duties/themes.html", context, status=status)


@officer
def theme(request: Request, pk: UUID) -> HttpResponse:
    """One theme: its duties with their progress, the records made for them, the numbers."""
    require(works(request.actor))
    found = get_object_or_404(Theme.objects.select_related("document"), pk=pk)
    actor, today = request.actor, clock.today()
    visible = access.visible_to(actor)
    mine = Q() if sees_whole_province(actor) else Q(assignments__in=visible)
    led = Q(assignments__part=Part.LEAD) & mine
    if sees_whole_province(actor):
        led &= Q(assignments__parent=None)  # what was handed down counts through these
    duties = (
        Duty.objects.filter(themes=found)
        .annotate(
            given=Count("assignments", filter=led & ~Q(assignments__state__in=themes.NOT_COUNTED)),
            done=Count("assignments", filter=led & Q(assignments__state=AssignmentState.DONE)),
            late=Count(
                "assignments",
                filter=led & Q(assignments__state__in=OPEN, assignments__due_on__lt=today),
            ),
            last_due=Max("assignments__due_on", filter=led),
        )
        .order_by(F("last_due").asc(nulls_last=True), "pk")
    )
    if not sees_whole_province(actor):
        duties = duties.filter(given__gt=0)
    rows = list(duties[:ROWS])
    context = {
        "theme": found,
        "rows": rows,
        "numbers": {
            "given": sum(one.given for one in rows),
            "done": sum(one.done for one in rows),
            "late": sum(one.late for one in rows),
        },
        **_written(request, found),
        "can_label": access.can_label(actor),
        "sees_matrix": access.can_see_matrix(actor),
        "history": sentences(found),
    }
    return render(request, "console/duties/theme.html", context)


def _counted(request: Request) -> Mapping[UUID, Counter[str]]:
    """Of each theme how many records and reports there are under it, in one statement."""
    kept = records.visible_to(request.actor).counting().order_by()
    told = reports.visible_to(request.actor).filter(successor=None).order_by()
    labelled = Record.themes.through.objects.filter(record__in=kept)
    concluded = Duty.themes.through.objects.filter(duty__concluded_by__record__in=kept)
    of_it = Record.themes.through.objects.filter(
        record=OuterRef("duty__concluded_by__record"), theme=OuterRef("theme")
    )  # labelled itself it is counted already
    ways = [
        (labelled, "record", "records"),
        (concluded.exclude(Exists(of_it)), "duty__concluded_by__record", "records"),
        (Report.themes.through.objects.filter(report__in=told), "report", "reports"),
    ]
    first, *rest = [
        found.order_by().values("theme").annotate(n=Count(one, distinct=True), what=Value(what))
        for found, one, what in ways
    ]
    counted: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in first.union(*rest, all=True):
        counted[row["theme"]][row["what"]] += row["n"]
    return counted


def _written(request: Request, found: Theme) -> dict[str, Any]:
    """Records and reports under the theme, and records whose conclusion became a duty under it."""
    concluded = Q(conclusions__duty__themes=found)
    kept = records.visible_to(request.actor).counting().filter(Q(themes=found) | concluded)
    kept = kept.select_related("definition").distinct().order_by("-occurred_on", "-pk")
    told = reports.visible_to(request.actor).filter(themes=found, successor=None)
    told = told.select_related("regime").order_by("-period", "-pk")
    return {
        "records": with_units(kept[:ROWS], clock.today()),
        "record_count": kept.count(),
        "reports": [
            (REPORT_TONES[ReportState(one.state)], one)
            for one in with_units(told[:ROWS], clock.today())
        ],
        "report_count": told.count(),
    }


@require_POST
@officer
def theme_end(request: Request, pk: UUID) -> HttpResponse:
    themes.end(get_object_or_404(Theme, pk=pk), by=request.actor)
    messages.success(request, _("Đã kết thúc. Nhiệm vụ đã gắn vẫn giữ nguyên."))
    return redirect("console:theme", pk)


@require_POST
@officer
def theme_drop(request: Request, pk: UUID, duty: UUID) -> HttpResponse:
    """Take one duty out from under the theme."""
    require(access.can_label(request.actor))
    found = get_object_or_404(Theme, pk=pk)
    themes.unlabel(found, get_object_or_404(Duty, pk=duty), by=request.actor)
    messages.success(request, _("Đã bỏ nhiệm vụ khỏi chủ đề."))
    return redirect("console:theme", pk)
