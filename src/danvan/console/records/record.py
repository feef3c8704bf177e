"""One record: read, amended with a reason, kept, voided; a personal field opened."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.audit.actions import history
from danvan.console import labels
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import TONES as ASSIGNMENT_TONES
from danvan.console.phrases import sentences
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment
from danvan.figures import access as figures_access
from danvan.figures.definitions import FromRecords, Indicator, indicators
from danvan.figures.models import Figure
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import quarter_of
from danvan.records import access, actions, rules
from danvan.records.choices import RecordState
from danvan.records.models import Record

from .forms import AmendForm, ConcludeForm, ReasonForm
from .register import TONES, Cell, address_of, say_kept, with_names


def _record(request: Request, code: str, pk: str) -> Record:
    visible = with_names(access.visible_to(request.actor))
    return get_object_or_404(visible, register=code, pk=pk)


@officer
def record(request: Request, code: str, pk: str) -> HttpResponse:
    """One record: its fields, what came of it, which figures count it."""
    found = _record(request, code, pk)
    actor = request.actor
    context = {
        "record": found,
        "register": found.kept_in,
        "tone": TONES[RecordState(found.state)],
        "cells": _cells(found, opened=request.session.pop(_opened(found), "")),
        "can_open_personal": access.can_open_personal(actor, found),
        "doubts": list(found.doubts.values()),
        "can_change": access.can_change(actor, found),
        "can_conclude": access.can_conclude(actor, found),
        "assignments": _made_of(found),
        "counted_in": _counted_in(found),
        "frozen": _frozen(actor, found),
        "period": quarter_of(found.occurred_on),
        "history": sentences(found),
        "labels": labels.of_record(found, actor),
        "register_address": address_of(found),
    }
    return render(request, "console/records/record.html", context)


def _cells(found: Record, *, opened: str) -> list[Cell]:
    """Every field; a personal one is covered unless it was opened for this one showing."""
    return [
        Cell(
            field,
            (rules.uncovered if field.code == opened else rules.printed)(
                field, found.data.get(field.code)
            ),
            field.code in found.doubts,
            is_covered=field.is_personal
            and field.code != opened
            and bool(found.data.get(field.code)),
        )
        for field in found.kept_in.fields
    ]


def _opened(found: Record) -> str:
    return f"opened.{found.pk}"


@require_POST
@officer
def open_personal(request: Request, code: str, pk: str) -> HttpResponse:
    """Show one covered field once; who opened it is recorded."""
    found = _record(request, code, pk)
    require(access.can_open_personal(request.actor, found))
    personal = {one.code: one for one in found.kept_in.fields if one.is_personal}
    field = personal.get(request.POST.get("field", ""))
    if field is None:
        raise Http404
    actions.open_personal(found, field, by=request.actor)
    request.session[_opened(found)] = field.code
    return redirect("console:record", code, pk)


def _made_of(found: Record) -> list[tuple[str, Assignment]]:
    """The assignments that were made of what the record concluded, each with its tone."""
    rows = Assignment.objects.filter(duty__concluded_by__record=found).select_related("duty")
    named = rows.prefetch_related(Prefetch("unit", Unit.objects.named(clock.today())))
    return [(ASSIGNMENT_TONES[AssignmentState(one.state)], one) for one in named.order_by("id")]


def _counted_in(found: Record) -> list[Indicator]:
    if found.state == RecordState.VOID:
        return []
    return [
        one
        for one in indicators(clock.today())
        if any(
            isinstance(part, FromRecords) and part.register == found.register for part in one.parts
        )
    ]


def _frozen(actor: Actor, found: Record) -> list[Figure]:
    """The fixed figures that rest on the record."""
    visible = figures_access.visible_to(actor).filter(counted__contains=[found.pk])
    return list(visible.select_related("definition").order_by("-id")[:20])


@officer
def amend(request: Request, code: str, pk: str) -> HttpResponse:
    """Correct a record. What a colleague changed meanwhile is shown beside what was typed."""
    found = _record(request, code, pk)
    require(access.can_change(request.actor, found))
    asks_reason = Figure.objects.filter(counted__contains=[found.pk]).exists()
    data = request.POST if request.method == "POST" else None
    form = AmendForm(found, data, asks_reason=asks_reason)
    overtaken = None
    if form.is_valid():
        typed = form.cleaned_data
        try:
            found = actions.amend(
                found,
                typed,
                by=request.actor,
                seen=typed["revision"],
                reason=typed.get("reason", ""),
            )
        except actions.NotKept as refused:
            form.refuse(refused.errors)
        except actions.Overtaken as met:
            overtaken = met.record
            again = request.POST.copy()
            again["revision"] = str(overtaken.revision)
            form.data = again
        else:
            say_kept(request, found, _("Đã lưu lúc %(time)s.") % {"time": f"{clock.now():%H:%M}"})
            return redirect("console:record", code, pk)
    context = {"record": found, "register": found.kept_in, "form": form}
    context |= _as_it_stands(overtaken)
    status = 400 if request.method == "POST" else 200
    return render(request, "console/records/amend.html", context, status=status)


def _as_it_stands(record: Record | None) -> dict[str, Any]:
    """Who changed the record last, and to what, so that both texts are there to compare."""
    if record is None:
        return {"overtaken_by": None}
    cells = [
        Cell(field, rules.printed(field, record.data.get(field.code)))
        for field in record.kept_in.fields
    ]
    return {"overtaken_by": history(record).first(), "standing": cells}


@require_POST
@officer
def keep(request: Request, code: str, pk: str) -> HttpResponse:
    """Keep doubtful numbers, with the reason."""
    found = _record(request, code, pk)
    try:
        actions.keep(
            found, by=request.actor, reason=request.POST.get("reason", "").replace("\x00", "")
        )
    except actions.NotKept as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Đã giữ số này, kèm lý do."))
    back = (
        address_of(found) if "list" in request.POST else reverse("console:record", args=[code, pk])
    )
    return redirect(back)


@officer
def void(request: Request, code: str, pk: str) -> HttpResponse:
    """Ask once, with the reason, then take the record out of every count."""
    found = _record(request, code, pk)
    require(access.can_change(request.actor, found))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.void(found, by=request.actor, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("Đã hủy bản ghi. Bản ghi vẫn xem được, không tính vào số liệu.")
        )
        return redirect("console:record", code, pk)
    context = {"record": found, "register": found.kept_in, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "console/records/void.html", context, status=status)


@officer
def conclude(request: Request, code: str, pk: str) -> HttpResponse:
    """Make a duty of the conclusion, followed like every other."""
    found = _record(request, code, pk)
    require(access.can_conclude(request.actor, found))
    data = request.POST if request.method == "POST" else None
    form = ConcludeForm(found, data, by=request.actor)
    if form.is_valid():
        made = actions.conclude(found, by=request.actor, **form.cleaned_data)
        messages.success(
            request, _("Đã tạo nhiệm vụ, giao %(unit)s.") % {"unit": form.cleaned_data["unit"].name}
        )
        return redirect(f"{reverse('console:record', args=[code, pk])}#nhiem-vu-{made.pk}")
    context = {"record": found, "register": found.kept_in, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "console/records/conclude.html", context, status=status)
