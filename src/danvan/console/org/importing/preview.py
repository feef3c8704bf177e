"""What the rows of a file would do, or did; taken in or left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from danvan.console.doors import Request, officer
from danvan.org.choices import ImportState, Outcome
from danvan.org.comparing.plans import Plan
from danvan.org.importing import drafts, previewing, taking_in
from danvan.org.importing.previewing import Preview
from danvan.org.models import OrgImport
from danvan.org.sheets.shape import PEOPLE, UNITS
from danvan.refusals import NotAccepted

from .rows import SHEETS, rows_left_out, rows_shown

ALL = "all"


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: int


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
        "rows": [rows_shown(plan, looked) for plan in page],
        "answer": _answer(looked),
        "good": looked.good,
        "bad": len(looked.bad),
        "passed_over": subject.passed_over,
    }
    return render(request, "console/org/import_preview.html", context)


def _after(request: Request, subject: OrgImport) -> HttpResponse:
    counts = Counter({Outcome(key): count for key, count in subject.counts.items()})
    rows = [rows_left_out(one) for one in subject.rows]
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
