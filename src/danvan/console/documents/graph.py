"""The graph around a document: as a picture that one walks, and as the table of who concretised it."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import say_reminded
from danvan.console.typed import counted
from danvan.documents import access
from danvan.documents.graph import Graph, around
from danvan.documents.models import Document
from danvan.duties import access as duty_access
from danvan.duties import actions as duties
from danvan.duties.choices import Concretised
from danvan.duties.following.concretising import Concretisation, Line, concretisation
from danvan.org.choices import Level
from danvan.org.models import Unit

from .graph_drawing import Counted, Links, State, draw

TONES = {
    Concretised.DONE: "done",
    Concretised.LATE: "warn",
    Concretised.OVERDUE: "late",
    Concretised.NOT_YET: "wait",
}


def _document(request: Request, pk: UUID) -> Document:
    return get_object_or_404(
        access.visible_to(request.actor).select_related("issued_by", "attachment"), pk=pk
    )


@officer
def graph(request: Request, pk: UUID) -> HttpResponse:
    """The picture. Which group is open and how far one sees stand in the address."""
    found = _document(request, pk)
    depth = 2 if request.GET.get("buoc") == "2" else 1
    seen = access.visible_to(request.actor)
    drawn = around(found, clock.today(), depth=depth, seen=seen)
    state = State(request.GET.get("mo", ""), counted(request.GET.get("tu", "")))
    known = concretisation(found, clock.today()) if drawn.side(1) else None
    picture = draw(
        drawn,
        _links(request),
        state,
        _counted(known),
        _names(drawn),
    )
    context = {
        "document": found,
        "graph": drawn,
        "picture": picture,
        "depth": depth,
        "is_alone": not drawn.nodes,
        "known": known,
    }
    return render(request, "console/documents/graph.html", context)


def _links(request: Request) -> Links:
    here = request.path
    kept = {"buoc": "2"} if request.GET.get("buoc") == "2" else {}

    def to(**more: Any) -> str:
        asked = urlencode({**kept, **more})
        return f"{here}?{asked}" if asked else here

    return Links(
        centre=lambda pk: reverse("console:graph", args=[pk]),
        open=lambda key: to(mo=key),
        fold=to,
        more=lambda start: to(mo=request.GET.get("mo", ""), tu=start),
    )


def _counted(known: Concretisation | None) -> Counted:
    lines = known.lines if known else []
    should = Counter((one.unit.kind, one.unit.level) for one in lines)
    done = Counter((one.unit.kind, one.unit.level) for one in lines if one.is_done)
    return {key: (done[key], count) for key, count in should.items()}


def _names(graph: Graph) -> dict[UUID, str]:
    """The issuers that are units here, by their names of today."""
    ids = {one.document.issued_by_id for one in (graph.middle, *graph.nodes)} - {None}
    if not ids:
        return {}
    units = Unit.objects.named(clock.today()).in_bulk(ids)
    return {pk: one.name for pk, one in units.items()}


# The table


class TableFilter(forms.Form):
    """Both filters stand in the address."""

    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *Concretised.choices],
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            *((one.value, one.label) for one in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)),
        ],
    )


def _chosen(lines: list[Line], asked: QueryDict) -> tuple[TableFilter, list[Line]]:
    form = TableFilter(asked)
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("state"):
        lines = [one for one in lines if one.state == chosen["state"]]
    if chosen.get("level"):
        lines = [one for one in lines if one.unit.level == chosen["level"]]
    return form, lines


def _to_remind(lines: list[Line]) -> list[Any]:
    return [
        one.assignment
        for one in lines
        if not one.is_done and one.assignment is not None and one.assignment.is_open
    ]


@officer
def table(request: Request, pk: UUID) -> HttpResponse:
    """Which units have concretised it, which not, which late; and all that is tied to it."""
    found = _document(request, pk)
    known = concretisation(found, clock.today())
    form, lines = _chosen(known.lines, request.GET)
    drawn = around(found, clock.today(), seen=access.visible_to(request.actor))
    counts = Counter(one.state for one in known.lines)
    context = {
        "document": found,
        "known": known,
        "form": form,
        "is_filtered": len(lines) != len(known.lines),
        "rows": [(TONES[one.state], one) for one in lines],
        "counts": [(state.label, TONES[state], counts[state]) for state in Concretised],
        "to_remind": len(_to_remind(lines)) if duty_access.can_remind(request.actor) else 0,
        "upper": drawn.side(-1),
        "lower": drawn.side(1),
        "below": drawn.below,
        "graph": drawn,
        "names": _names(drawn),
        "can_settle": access.can_settle(request.actor),
    }
    return render(request, "console/documents/graph_table.html", context)


@require_POST
@officer
def remind(request: Request, pk: UUID) -> HttpResponse:
    """Remind the units of the table as it is filtered, that have not concretised the document."""
    found = _document(request, pk)
    lines = _chosen(concretisation(found, clock.today()).lines, request.GET)[1]
    say_reminded(request, duties.remind(_to_remind(lines), by=request.actor))
    address = reverse("console:graph_table", args=[pk])
    asked = request.GET.urlencode()
    return redirect(f"{address}?{asked}" if asked else address)


urlpatterns = [
    path("van-ban/<uuid:pk>/do-thi/", graph, name="graph"),
    path("van-ban/<uuid:pk>/do-thi/bang/", table, name="graph_table"),
    path("van-ban/<uuid:pk>/do-thi/nhac/", remind, name="remind_concretising"),
]
