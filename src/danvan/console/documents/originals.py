"""The pages of a file as pictures, with the places of what was read on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_GET

import vanban
from danvan.console.doors import Request, officer
from danvan.documents import access, actions
from danvan.documents.models import Reading

from .sources import Mark

WIDTH = 1_200  # pixels: sharp at the width of a pane, also where it is enlarged


@dataclass(frozen=True)
class Frame:
    """Where words stand on a page, in points from its top left; `name` ties them to their item."""

    name: str
    label: str  # empty where it goes on, or where another's label stands
    classes: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Leaf:
    """One page with the frames on it."""

    number: int
    width: float  # points
    height: float
    address: str
    frames: Sequence[Frame]


def has_pages(reading: Reading) -> bool:
    return bool(reading.result.get("pages"))


def leaves(reading: Reading, marks: Iterable[Mark]) -> list[Leaf]:
    """The pages of the file, each with the places of the marked words."""
    sizes = reading.result.get("pages") or []
    frames: dict[int, list[Frame]] = {}
    places = _Places(reading.result.get("map") or [], len(reading.text))
    for mark in marks:
        label = str(mark.number or "")
        for place in places.between(mark.start, mark.end):
            frames.setdefault(place["page"], []).append(_frame(mark, place["box"], label))
            label = ""
    return [
        Leaf(
            number,
            width,
            height,
            reverse("console:page_picture", args=[reading.document_id, number]),
            _labelled_apart(frames.get(number, [])),
        )
        for number, (width, height) in enumerate(sizes, start=1)
    ]


def _frame(mark: Mark, box: Sequence[float], label: str) -> Frame:
    left, top, right, bottom = box
    return Frame(mark.name, label, mark.classes, left, top, right - left, bottom - top)


_WIDE, _HIGH = 16, 9  # points that a label takes


def _labelled_apart(frames: Sequence[Frame]) -> list[Frame]:
    """Where labels would lie on each other, the first one with “…”."""
    labels = {at: frame.label for at, frame in enumerate(frames) if frame.label}
    taken: dict[tuple[int, int], int] = {}
    for at in sorted(labels, key=lambda at: int(frames[at].label)):
        column, row = int(frames[at].left // _WIDE), int(frames[at].top // _HIGH)
        around = ((column + x, row + y) for x in (0, -1, 1) for y in (0, -1, 1))
        here = [taken[cell] for cell in around if cell in taken]
        hidden_by = next((one for one in here if _is_near(frames[one], frames[at])), None)
        if hidden_by is None:
            taken[column, row] = at
        else:
            labels[hidden_by], labels[at] = f"{frames[hidden_by].label}…", ""
    return [replace(frame, label=labels.get(at, "")) for at, frame in enumerate(frames)]


def _is_near(one: Frame, other: Frame) -> bool:
    return abs(one.left - other.left) < _WIDE and abs(one.top - other.top) < _HIGH


class _Places:
    """The reading's map, asked for the places that a stretch of the text touches."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], length: int) -> None:
        ends = [row["offset"] for row in rows[1:]]
        self._rows = [
            (row["offset"], end, row)
            for row, end in zip(rows, [*ends, length], strict=False)
            if row.get("box") and row.get("page")
        ]

    def between(self, start: int, end: int) -> list[Mapping[str, Any]]:
        return [row for first, last, row in self._rows if first < end and last > start]


@require_GET
@officer
def page_picture(request: Request, pk: str, number: int) -> HttpResponse:
    """One page as PNG, for who may see the document."""
    found = get_object_or_404(access.visible_to(request.actor).select_related("attachment"), pk=pk)
    reading = found.readings.first()
    if reading is None or not 1 <= number <= len(reading.result.get("pages") or []):
        raise Http404
    try:
        data = actions.picture(found, number, width=WIDTH)
    except vanban.Unreadable as reason:
        raise Http404(str(reason)) from reason
    except actions.Busy:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    response = HttpResponse(data, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return response


urlpatterns: list[Any] = [
    path("van-ban/<uuid:pk>/trang/<int:number>.png", page_picture, name="page_picture"),
]
