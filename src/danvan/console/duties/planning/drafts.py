"""A unit writes its plan: the duties laid on it, its head, the whole text, and handing it in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan import clock, pipeline
from danvan.console.doors import Request, View, officer
from danvan.console.duties.rows import NOT_ACCEPTED
from danvan.console.phrases import sentences
from danvan.documents.official.layout import (
    Bullet,
    Heading,
    OfficialDocument,
    Paragraph,
    date_in_words,
)
from danvan.duties import access
from danvan.duties.choices import AssignmentState, Decision
from danvan.duties.drafts import checks as plan_checks
from danvan.duties.drafts import document as plan_document
from danvan.duties.drafts import start as plan_start
from danvan.duties.drafts import words
from danvan.duties.drafts import writing as drafting
from danvan.duties.models import PlanDraft, PlanDraftLine
from danvan.org.access import require
from danvan.org.models import Unit, with_units
from danvan.workdays.rules import printed, weekday

from .draft_forms import HeadForm, TypedForm, aside_of, form_of
from .draft_forms import head_form as head_form_of
from .draft_forms import line_form as line_form_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TONES = {
    "": "wait",
    Decision.TAKEN_UP: "work",
    Decision.DIVIDED: "work",
    Decision.DELEGATED: "work",
    Decision.OWN: "work",
    Decision.LEFT_OUT: "idle",
}
VIEWS = ("nhiem-vu", "dau", "ca-bai")


_LINES = PlanDraftLine.objects.select_related("duty__document")


# What the page shows


@dataclass(frozen=True)
class Row:
    """A line of the draft as it is shown."""

    line: PlanDraftLine
    number: int
    tone: str
    form: TypedForm | None
    aside: list[tuple[str, str]]
    sentence: str
    reads: str = ""  # the deadline as its readers will reckon it
    warning: str = ""


def _draft(request: Request, pk: UUID) -> PlanDraft:
    drafts = access.drafts_of(request.actor).select_related(
        "document", "assignment__duty__document"
    )
    found: PlanDraft = with_units([get_object_or_404(drafts, pk=pk)], clock.today())[0]
    return found


def _line(request: Request, pk: UUID, line: UUID) -> PlanDraftLine:
    lines = _draft(request, pk).lines.select_related("draft__unit", "duty__document")
    return get_object_or_404(lines, pk=line)


def _rows(draft: PlanDraft, lines: Sequence[PlanDraftLine], form: TypedForm | None) -> list[Row]:
    return [
        Row(
            line,
            number,
            TONES[line.decision],
            form if form and form.auto_id == f"{line.pk}-%s" else line_form_of(line),
            aside_of(line),
            words.sentence(line.action, line.cooperating, line.due),
            *_said_of_due(line, draft.year),
        )
        for number, line in enumerate(lines, start=1)
    ]


def _said_of_due(line: PlanDraftLine, year: int) -> tuple[str, str]:
    """“hết Thứ Sáu, 31/5/2024” beside a deadline that names a day; and what is wrong with it."""
    if not line.due or line.decision == Decision.LEFT_OUT:
        return "", ""
    if past := plan_checks.past_due(line, year):
        return "", past
    due = words.read_due(line.due, year)
    if due is None:
        return "", _("Chưa thấy ngày nào trong thời hạn này: nơi nhận không theo dõi được hạn.")
    day = words.last_day_of(due)
    return (f"{weekday(day)}, {printed(day)}", "") if day else ("", "")


def _page(
    request: Request,
    draft: PlanDraft,
    *,
    line_form: TypedForm | None = None,
    head_form: HeadForm | None = None,
) -> HttpResponse:
    view = "dau" if head_form else request.GET.get("phan", "")
    view = view if view in VIEWS else VIEWS[0]
    prefetch_related_objects([draft], Prefetch("lines", _LINES))
    lines = list(draft.lines.all())
    undecided = sum(line.decision == "" for line in lines)
    bases = plan_checks.bases(draft)
    context = {
        "draft": draft,
        "unit": draft.unit,
        "view": view,
        "lines": lines,
        "undecided": undecided,
        "decided": len(lines) - undecided,
        "left_out": sum(line.decision == Decision.LEFT_OUT for line in lines),
        "expired": [one for one in bases if one.is_over],
        "limits": [limit for one in bases for limit in one.limits],
        "is_returned": _is_returned(draft),
        "history": sentences(draft) if view != "ca-bai" else [],
    }
    if view == "nhiem-vu":
        context |= {
            "rows": _rows(draft, lines, line_form),
            "others": plan_start.other_duties(draft) if draft.document is None else [],
            "below": _units_below(draft.unit),
            "doers": sorted({one.lead for one in lines if one.lead}),
        }
    elif view == "dau":
        form = head_form or head_form_of(draft)
        context |= {"form": form, "bases": bases, "aside": aside_of(draft)}
    else:
        document = plan_document.document(draft)
        context |= {
            "document": document,
            "dated": date_in_words(document.issued_on),
            "blocks": list(_blocks(document)),
        }
    status = 400 if line_form or head_form else 200
    return render(request, "console/duties/draft.html", context, status=status)


def _blocks(document: OfficialDocument) -> Iterable[tuple[str, str]]:
    for block in document.body:
        if isinstance(block, Heading):
            yield "heading", block.text.upper() if block.level == 1 else block.text
        elif isinstance(block, Bullet | Paragraph):
            yield type(block).__name__.lower(), str(block.text)


def _units_below(unit: Unit) -> list[Unit]:
    today = clock.today()
    return list(Unit.objects.named(today).existing(today).under(unit, today))


def _is_returned(draft: PlanDraft) -> bool:
    return draft.assignment is not None and draft.assignment.state == AssignmentState.RETURNED


# Answers


def answering(view: View) -> View:
    """What an action does not accept is said under the title of the draft."""

    @wraps(view)
    def answered(request: Request, pk: UUID, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, pk, **kwargs)
        except NOT_ACCEPTED as reason:
            messages.error(request, str(reason))
            return redirect(_at(pk, kwargs.get("line")))

    return answered


def _at(pk: UUID, line: UUID | None = None, view: str = "") -> str:
    place = f"#viec-{line}" if line else ""
    query = f"?phan={view}" if view else ""
    return f"{reverse('console:plan_draft', args=[pk])}{query}{place}"


@require_POST
@officer
def begin_plan(request: Request, pk: UUID) -> HttpResponse:
    """Start the plan that an assignment asks for, or go on with the one that was begun."""
    visible = access.visible_to(request.actor).select_related("duty__document", "unit")
    draft = plan_start.begin(get_object_or_404(visible, pk=pk), by=request.actor)
    return redirect("console:plan_draft", draft.pk)


@require_POST
@officer
def begin_own_plan(request: Request, year: int) -> HttpResponse:
    """A plan of the year that nobody asked for."""
    draft = plan_start.begin_own(request.actor.own_unit, year, by=request.actor)
    return redirect("console:plan_draft", draft.pk)


@officer
def plan_draft(request: Request, pk: UUID) -> HttpResponse:
    return _page(request, _draft(request, pk))


@require_POST
@officer
@answering
def write_plan_head(request: Request, pk: UUID) -> HttpResponse:
    found = _draft(request, pk)
    form = HeadForm(request.POST)
    if not form.is_valid():
        return _page(request, found, head_form=form)
    drafting.write_head(found, form.typing(), by=request.actor)
    _say_saved(request)
    return redirect(_at(pk, view="dau"))


@require_POST
@officer
def autosave_plan_head(request: Request, pk: UUID) -> JsonResponse:
    found = _draft(request, pk)
    form = HeadForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    saved = drafting.write_head(found, form.typing(), by=request.actor)
    return _saved(saved, _at(pk, view="dau"))


@require_POST
@officer
@answering
def write_plan_line(request: Request, pk: UUID, line: UUID) -> HttpResponse:
    found = _line(request, pk, line)
    form = form_of(found, request.POST)
    if not form.is_valid():
        return _page(request, found.draft, line_form=form)
    drafting.write_line(found, form.typing(), by=request.actor)
    _say_saved(request)
    return redirect(_at(pk, line))


@require_POST
@officer
def autosave_plan_line(request: Request, pk: UUID, line: UUID) -> JsonResponse:
    found = _line(request, pk, line)
    form = form_of(found, request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    saved = drafting.write_line(found, form.typing(), by=request.actor)
    return _saved(saved, _at(pk, line))


def _saved(target: PlanDraft | PlanDraftLine, where: str) -> JsonResponse:
    saved = {"saved_at": f"{clock.now():%H:%M}", "revision": target.revision}
    if target.aside is not None:
        saved |= {"message": _both_kept(target), "compare": where}
    return JsonResponse(saved)


def _both_kept(target: PlanDraft | PlanDraftLine) -> str:
    """Message 12."""
    return _("%(name)s vừa sửa mục này lúc %(time)s. Cả hai bản đều được giữ.") % {
        "name": target.changed_by,
        "time": f"{target.changed_at.astimezone(clock.ZONE):%H:%M}",
    }


def _say_saved(request: Request) -> None:
    messages.success(request, _("Đã lưu lúc %(time)s.") % {"time": f"{clock.now():%H:%M}"})


@require_POST
@officer
@answering
def decide_plan_line(request: Request, pk: UUID, line: UUID) -> HttpResponse:
    """Take up, divide, delegate, leave out, or decide anew."""
    found = _line(request, pk, line)
    by, said = request.actor, request.POST.get("decision", "")
    if said == Decision.TAKEN_UP:
        drafting.take_up(found, by=by)
    elif said == Decision.DIVIDED:
        return redirect(_at(pk, drafting.divide(found, by=by).pk))
    elif said == Decision.DELEGATED:
        doers = [*request.POST.getlist("doer"), request.POST.get("named", "")]
        drafting.delegate(found, doers, by=by)
    elif said == Decision.LEFT_OUT:
        drafting.leave_out(found, reason=request.POST.get("reason", ""), by=by)
    else:
        drafting.undecide(found, by=by)
    return redirect(_at(pk, line))


@require_POST
@officer
@answering
def arrange_plan_line(request: Request, pk: UUID, line: UUID) -> HttpResponse:
    """Up, down, or out of the draft."""
    found = _line(request, pk, line)
    if request.POST.get("do") == "remove":
        drafting.remove(found, by=request.actor)
        messages.success(request, _("Đã bỏ việc khỏi kế hoạch."))
        return redirect(_at(pk))
    drafting.move(found, up=request.POST.get("do") == "up", by=request.actor)
    return redirect(_at(pk, line))


@require_POST
@officer
@answering
def add_to_plan(request: Request, pk: UUID) -> HttpResponse:
    """All that is left, further duties that were ticked, or a task of the unit's own."""
    found = _draft(request, pk)
    by, what = request.actor, request.POST.get("do")
    if what == "rest":
        count = drafting.take_up_rest(found, by=by)
        messages.success(request, _("Đã đưa %(count)d nhiệm vụ vào kế hoạch.") % {"count": count})
        return redirect(_at(pk))
    if what == "own":
        return redirect(_at(pk, drafting.add_own(found, by=by).pk))
    wanted = [one for one in request.POST.getlist("duty") if _is_uuid(one)]
    count = drafting.add_duties(found, wanted, by=by)
    messages.success(request, _("Đã thêm %(count)d nhiệm vụ, chờ quyết định.") % {"count": count})
    return redirect(_at(pk))


def _is_uuid(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True


@require_POST
@officer
@answering
def settle_plan(request: Request, pk: UUID, line: UUID | None = None) -> HttpResponse:
    """Keep one of two texts that were written at once: of a line, or of the head."""
    takes_other = request.POST.get("keep") == "other"
    if line:
        drafting.settle_aside(_line(request, pk, line), takes_other=takes_other, by=request.actor)
    else:
        drafting.settle_aside(_draft(request, pk), takes_other=takes_other, by=request.actor)
    return redirect(_at(pk, line, view="" if line else "dau"))


@officer
def plan_docx(request: Request, pk: UUID) -> HttpResponse:
    found = _draft(request, pk)
    name = f'attachment; filename="{plan_document.file_name(found)}.docx"'
    data = plan_document.write(found)
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": name})


@officer
@answering
def hand_in_draft(request: Request, pk: UUID) -> HttpResponse:
    """What is still wrong, how the document reads, and the question; then it is handed in."""
    found = _draft(request, pk)
    require(found.assignment is None or access.can_hand_in(request.actor, found.assignment))
    if request.method == "POST":
        sent = pipeline.hand_in_draft(found, by=request.actor)
        messages.success(
            request, _("Đã nộp kế hoạch. Tệp được đọc để đối chiếu với kế hoạch cấp trên.")
        )
        return redirect("console:assignment", sent.pk)
    if found.document is not None:
        return redirect("console:plan_draft", pk)
    problems = plan_checks.problems(found)
    data = plan_document.write(found)
    bases = plan_checks.bases(found)
    context = {
        "draft": found,
        "problems": problems,
        "differences": [] if problems else plan_checks.read_again(found, data),
        "printed": len(plan_document.printed(found)),
        "left_out": found.lines.filter(decision=Decision.LEFT_OUT).select_related("duty"),
        "expired": [one for one in bases if one.is_over],
        "limits": [limit for one in bases for limit in one.limits],
        "due_on": found.assignment.due_on if found.assignment else None,
    }
    return render(request, "console/duties/draft_hand_in.html", context)


@require_POST
@officer
@answering
def reopen_plan(request: Request, pk: UUID) -> HttpResponse:
    drafting.reopen(_draft(request, pk), by=request.actor)
    messages.success(request, _("Soạn tiếp bản mới; bản đã nộp vẫn được giữ."))
    return redirect(_at(pk))
