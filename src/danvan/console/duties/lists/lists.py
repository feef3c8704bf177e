"""Assignments as a list: filtered, sorted, kept under a name, as a workbook."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.accounts import filters as saved
from danvan.console import sheets
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import rows_of, worded_due
from danvan.duties import access
from danvan.duties.cascading import progress_below
from danvan.duties.models import Assignment, AssignmentQuerySet
from danvan.org.access import require, works
from danvan.org.models import UnitName
from danvan.org.rights import DOING

from .filters import ListFilter, chips, filtered, in_words
from .list_rows import Row, drawn, lacking

PAGE = "console:assignments"
ROWS = 50
COUNTED = 1_000  # more are “hơn 1.000”: nobody reads further, and counting a million takes its time

# Column → what it is sorted by. All but the due day only where there are few enough to sort.
SORTS: dict[str, Any] = {
    "due": "due_on",
    "duty": "duty__action",
    "unit": "called",
    "state": "state",
}
HEADS = (
    ("due", gettext_lazy("Hạn")),
    ("duty", gettext_lazy("Nhiệm vụ")),
    ("unit", gettext_lazy("Chủ trì")),
    ("", gettext_lazy("Phối hợp")),
    ("", gettext_lazy("Nguồn")),
    ("state", gettext_lazy("Trạng thái")),
    ("", gettext_lazy("Cấp dưới")),
)


@dataclass(frozen=True)
class Head:
    label: str
    query: str = ""  # that sorts by it; none where it is not sorted by
    direction: str = ""  # ascending, descending: how it is sorted now


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    total: int  # up to one more than are counted
    after: str  # where the next page begins; empty on the last

    @property
    def is_more_than_counted(self) -> bool:
        return self.total > COUNTED


def page_of(found: AssignmentQuerySet, *, sort: str, after: str, is_narrow: bool = False) -> Page:
    total = found.order_by()[: COUNTED + 1].count()
    name, is_down = sort.lstrip("-"), sort.startswith("-")
    if name not in SORTS or (name != "due" and total > COUNTED):
        name, is_down = "due", False
    if name == "due":
        is_sorted = total <= COUNTED or is_narrow
        rows, rest = _by_due(found, is_down, after, is_sorted=is_sorted)
    else:
        rows, rest = _by_another(found, name, is_down, after)
    return Page(_with_those_below(rows_of(rows)), total, rest)


def _with_those_below(rows: list[Assignment]) -> list[Row]:
    below = progress_below(rows)
    return [Row(one, *below.get(one.pk, (0, 0))) for one in rows]


# A sum stands in no index: few rows are found by what they are filtered by and sorted then, not sought
# among all by their day.
_SORTED_DAY = ExpressionWrapper(F("due_on") + 0, output_field=DateField())


def _by_due(
    found: AssignmentQuerySet, is_down: bool, after: str, *, is_sorted: bool
) -> tuple[list[Assignment], str]:
    """From the row that `after` names on, without walking over those before it; no day comes last."""
    day, last = _place(after)
    wanted = ROWS + 1
    rows: list[Assignment] = []
    if last is None or day:
        dated = found.filter(due_on__isnull=False)
        if day and is_down:
            dated = dated.filter(Q(due_on__lte=day), Q(due_on__lt=day) | Q(pk__lt=last))
        elif day:
            dated = dated.filter(Q(due_on__gte=day), Q(due_on__gt=day) | Q(pk__gt=last))
        by_day = _SORTED_DAY if is_sorted else F("due_on")
        order = (by_day.desc(), "-pk") if is_down else (by_day.asc(), "pk")
        rows = list(dated.order_by(*order)[:wanted])
    if len(rows) < wanted:
        undated = found.filter(due_on=None).order_by("pk")
        if day is None and last:
            undated = undated.filter(pk__gt=last)
        rows += undated[: wanted - len(rows)]
    if len(rows) < wanted:
        return rows, ""
    end = rows[ROWS - 1]
    return rows[:ROWS], f"{end.due_on or ''}_{end.pk}"


def _place(after: str) -> tuple[date | None, UUID | None]:
    day, _mark, last = after.partition("_")
    try:
        return (date.fromisoformat(day) if day else None), UUID(last)
    except ValueError:
        return None, None


def _by_another(
    found: AssignmentQuerySet, name: str, is_down: bool, after: str
) -> tuple[list[Assignment], str]:
    start = int(after) if after.isdecimal() and len(after) < 5 else 0
    if name == "unit":
        names = UnitName.objects.filter(unit=OuterRef("unit"), validity__contains=clock.today())
        found = found.annotate(
            place=F("unit__place_in_lists"), called=Subquery(names.values("sort_key")[:1])
        )
    key = F(SORTS[name])
    order = key.desc() if is_down else key.asc()
    more = ["place"] if name == "unit" and not is_down else []
    rows = list(found.order_by(*more, order, "due_on", "pk")[start : start + ROWS + 1])
    return rows[:ROWS], str(start + ROWS) if len(rows) > ROWS else ""


def _heads(request: Request, sort: str, is_sortable: bool) -> list[Head]:
    heads = []
    for name, label in HEADS:
        if not name or (name != "due" and not is_sortable):
            heads.append(Head(str(label)))
            continue
        query = request.GET.copy()
        query.pop("after", None)
        query["sort"] = f"-{name}" if sort == name else name
        now = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        heads.append(Head(str(label), f"?{query.urlencode()}", now))
    return heads


@officer
def assignments(request: Request) -> HttpResponse:
    """All assignments that one may see, as they are filtered and sorted in the address."""
    require(works(request.actor))
    form = ListFilter(request.GET, by=request.actor)
    sort = request.GET.get("sort", "due")
    page = page_of(
        filtered(form),
        sort=sort,
        after=request.GET.get("after", ""),
        is_narrow=form.is_narrow,
    )
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "rows": drawn(page.rows, form.chosen.get("q", "")),
        "lacking": lacking(page.rows),
        "heads": _heads(request, sort, not page.is_more_than_counted),
        "saved": saved.kept(request.actor.own_id, PAGE),
        "query": _query(request),
        "can_remind": access.can_remind(request.actor),
        "can_steer": request.actor.role in DOING,
        "can_label": access.can_label(request.actor),
        "is_continued": "after" in request.GET,
    }
    return render(request, "console/duties/list.html", context)


def _query(request: Request) -> str:
    """The address's filter and order, without where on the list one stands."""
    query = request.GET.copy()
    for key in ("after", "ben"):
        query.pop(key, None)
    return query.urlencode()


@officer
def assignments_sheet(request: Request) -> HttpResponse:
    """The list as a workbook, with its filter as a line on top."""
    require(works(request.actor))
    form = ListFilter(request.GET, by=request.actor)
    found = filtered(form).by_due()[: sheets.MOST + 1]
    return sheet_of(list(found), in_words(chips(form, request.GET)))


def sheet_of(found: list[Assignment], filter_in_words: str) -> HttpResponse:
    today = clock.today()
    heads = [
        sheets.Head(_("Hạn"), 12),
        sheets.Head(_("Còn, quá hạn"), 26),
        sheets.Head(_("Nhiệm vụ"), 60),
        sheets.Head(_("Kỳ"), 14),
        sheets.Head(_("Đơn vị"), 32),
        sheets.Head(_("Vai trò"), 12),
        sheets.Head(_("Phối hợp"), 40),
        sheets.Head(_("Nguồn"), 30),
        sheets.Head(_("Trạng thái"), 18),
        sheets.Head(_("Nộp ngày"), 12),
    ]
    rows = (
        (
            one.due_on,
            worded_due(one, today),
            one.duty.action,
            one.period_label,
            one.unit.name,
            one.get_part_display(),
            "; ".join(one.duty.cooperating),
            one.duty.source,
            one.get_state_display(),
            one.handed_in_on,
        )
        for one in rows_of(found)
    )
    title = _("Danh sách nhiệm vụ")
    content = sheets.workbook(title, heads, rows, filtered=filter_in_words, frozen_columns=1)
    return sheets.answer(content, f"{title} {today:%Y-%m-%d}")


@require_POST
@officer
def save_filter(request: Request) -> HttpResponse:
    """Keep the list as it is filtered, under a name."""
    require(works(request.actor))
    name, query = request.POST.get("name", "").strip()[:80], request.POST.get("query", "")[:1000]
    if not name:
        messages.error(request, _("Bộ lọc chưa có tên. Ghi tên rồi lưu lại."))
    else:
        try:
            saved.keep(request.actor.own_id, PAGE, name, query)
        except ValueError:
            messages.error(request, _("Đã có 30 bộ lọc. Xóa bớt rồi lưu lại."))
        else:
            messages.success(request, _("Đã lưu bộ lọc “%(name)s”.") % {"name": name})
    return redirect(f"{reverse(PAGE)}?{query}")


@require_POST
@officer
def drop_filter(request: Request, pk: UUID) -> HttpResponse:
    require(works(request.actor))
    saved.drop(request.actor.own_id, pk)
    messages.success(request, _("Đã xóa bộ lọc."))
    return redirect(PAGE)
