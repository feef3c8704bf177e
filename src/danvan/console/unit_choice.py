"""Finding a unit by typing: in the tree, and as a field of a form."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.org import access
from danvan.org.access import require
from danvan.org.models import Unit, UnitCode, UnitName, UnitPath
from danvan.text import fold

from .doors import Request, officer

SHOWN = 50
OFFERED = 12  # under a field
OF = " · "  # between a unit and the one above it, where a name alone means several


@dataclass(frozen=True)
class Found:
    """A unit under one of its names, with those above it then."""

    unit: UUID
    name: str
    above: str
    first: date
    last: date | None  # the first day without this name

    @property
    def day(self) -> date:
        """A day on which it was so called: today, or the last."""
        today = clock.today()
        if self.first <= today and (self.last is None or today < self.last):
            return today
        return self.first


def units_found(words: str, as_of: date | None) -> list[Found]:
    """Units called so on a day, or (None) ever: by name with or without diacritics, alias, code."""
    if len(fold(words)) < 2:
        return []
    names = UnitName.objects.filter(_matches(words))
    if as_of:
        names = names.filter(validity__contains=as_of)
    rows = list(names.order_by("sort_key", "validity")[:SHOWN])
    above = _above(rows, as_of)
    return [
        Found(row.unit_id, row.name, above[row.unit_id], row.validity.lower, row.validity.upper)
        for row in rows
    ]


def _matches(words: str) -> Q:
    called = Q()
    for word in fold(words).split():
        called &= Q(folded__contains=word)
    code = words.strip().upper()
    coded = UnitCode.objects.filter(unit=OuterRef("unit"), code=code)
    alias = Q(short_name__iexact=words.strip()) | Q(aliases__contains=[words.strip()])
    return called | alias | Q(Exists(coded))


def _above(rows: Sequence[UnitName], as_of: date | None) -> dict[UUID, str]:
    """“UBND tỉnh › UBND huyện”, from the top down; on each one's own day where none is given."""
    ways = UnitPath.objects.filter(
        unit__in={row.unit_id for row in rows}, inherited=False, depth__gt=0
    )
    days = {row.unit_id: as_of or row.validity.lower for row in rows}
    found = [one for one in ways.order_by("-depth") if days[one.unit_id] in one.validity]
    names = UnitName.objects.filter(unit__in={one.ancestor_id for one in found})
    called: dict[UUID, list[UnitName]] = defaultdict(list)
    for name in names:
        called[name.unit_id].append(name)
    said: dict[UUID, list[str]] = defaultdict(list)
    for one in found:
        day = days[one.unit_id]
        said[one.unit_id] += [n.name for n in called[one.ancestor_id] if day in n.validity]
    return defaultdict(str, {unit: " › ".join(above) for unit, above in said.items()})


def as_id(typed: str | None) -> UUID | None:
    """The id that stands in an address; None where it is none."""
    try:
        return UUID(typed or "")
    except ValueError:
        return None


def typed(found: Found) -> str:
    """How a unit is written in a field: with the unit above it, which tells namesakes apart."""
    nearest = found.above.rpartition(" › ")[2]
    return f"{found.name}{OF}{nearest}" if nearest else found.name


def called(unit: Unit, as_of: date) -> str:
    """The same of a unit that is known."""
    row = unit.names.filter(validity__contains=as_of).first()
    if row is None:
        return ""
    above = _above([row], as_of)[unit.pk]
    return typed(Found(unit.pk, row.name, above, row.validity.lower, row.validity.upper))


class UnitWidget(forms.TextInput):
    """A name that is typed; where scripts run, units that fit are offered as one types."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]["attrs"]
        key = widget.get("id", name)
        widget |= {
            "autocomplete": "off",
            "list": f"{key}-units",
            "data-offer": reverse("console:unit_options"),
        }
        return context


class UnitField(forms.CharField):
    """A unit by its name, as it stands on a day; a name that means several is asked about."""

    widget = UnitWidget
    default_error_messages = {
        "required": gettext_lazy("Ghi tên đơn vị."),
    }

    def __init__(self, *, as_of: date | None = None, **values: Any) -> None:
        self.as_of = as_of
        super().__init__(max_length=300, **values)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        return resolve(words, self.as_of or clock.today()) if words else None


class UnitsWidget(UnitWidget):
    """Several units, each in a line of its own; one empty line more than are written."""

    template_name = "console/org/event_units.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, "", attrs)
        lines = [one for one in value or [] if one]
        context["lines"] = [*lines, *[""] * max(1, 3 - len(lines))]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [one.strip() for one in data.getlist(name) if one.strip()]


class UnitsField(UnitField):
    widget = UnitsWidget

    def clean(self, value: Any) -> Any:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])
        return [resolve(one, self.as_of or clock.today()) for one in value or []]


def resolve(words: str, as_of: date) -> Unit:
    """The one unit that is meant; refused in words where none is, or several."""
    name, _of, above = words.partition(OF)
    rows = [
        one
        for one in units_found(name, as_of)
        if fold(name) in {fold(one.name)} and (not above or fold(above) in fold(one.above))
    ]
    rows = rows or _by_alias(words, as_of)
    if len(rows) == 1:
        return Unit.objects.named(as_of).get(pk=rows[0].unit)
    if rows:
        raise forms.ValidationError(
            _("Có nhiều đơn vị tên này: %(names)s. Ghi kèm cấp trên như vậy.")
            % {"names": "; ".join(typed(one) for one in rows[:4])}
        )
    near = units_found(name, as_of)[:3]
    if near:
        raise forms.ValidationError(
            _("Không có đơn vị tên “%(name)s”. Có phải: %(names)s?")
            % {"name": name, "names": "; ".join(typed(one) for one in near)}
        )
    raise forms.ValidationError(
        _("Không có đơn vị tên “%(name)s” tại ngày %(day)s.")
        % {"name": name, "day": f"{as_of:%d/%m/%Y}"}
    )


def _by_alias(words: str, as_of: date) -> list[Found]:
    named: QuerySet[UnitName] = UnitName.objects.filter(validity__contains=as_of)
    alias = Q(short_name__iexact=words) | Q(aliases__contains=[words])
    return _plain(named.filter(alias)[:OFFERED])


def _plain(rows: Iterable[UnitName]) -> list[Found]:
    return [
        Found(row.unit_id, row.name, "", row.validity.lower, row.validity.upper) for row in rows
    ]


@officer
def options(request: Request) -> HttpResponse:
    """Units that fit what is typed so far, to offer under a field."""
    require(access.can_see_units(request.actor))
    found = units_found(request.GET.get("q", "")[:100], clock.today())[:OFFERED]
    return render(request, "console/org/event_options.html", {"options": map(typed, found)})


urlpatterns = [path("to-chuc/tim/", options, name="unit_options")]
