"""Finding a unit by typing: in the tree, and as a field of a form."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.day_field import day_typed
from danvan.console.doors import Request, officer
from danvan.org import access, tree
from danvan.org.access import require
from danvan.org.models import Unit
from danvan.text import fold

SHOWN = 50
OFFERED = 12  # under a field
OF = " · "  # between a unit and the one above it, where a name alone means several


@dataclass(frozen=True)
class Found:
    """A unit under one of its names, with the one above it then."""

    unit: UUID
    name: str
    above: str
    first: date
    last: date | None  # the first day without this name

    @property
    def day(self) -> date:
        """A day on which it was so called: today, or its first."""
        today = clock.today()
        if self.first <= today and (self.last is None or today < self.last):
            return today
        return self.first


def units_found(words: str, as_of: date | None, *, limit: int = SHOWN) -> list[Found]:
    """Units called so on a day, or (None) ever: by name with or without diacritics, alias, code."""
    if len(fold(words)) < 2:
        return []
    hits = tree.search(words, as_of, limit=limit)
    return [Found(one.id, one.name, one.parent, one.since, one.until) for one in hits]


def day_asked(typed: str | None) -> date:
    """The day that stands in an address; today where none does, or one of no administration."""
    day = day_typed(typed)
    return day if day and day.year > 1900 else clock.today()


def as_id(typed: str | None) -> UUID | None:
    """The id that stands in an address; None where it is none."""
    try:
        return UUID(typed or "")
    except ValueError:
        return None


def typed(found: Found) -> str:
    """How a unit is written in a field: with the unit above it, which tells namesakes apart."""
    return f"{found.name}{OF}{found.above}" if found.above else found.name


def called(unit: Unit, as_of: date) -> str:
    """The same of a unit that is known."""
    row = unit.names.filter(validity__contains=as_of).first()
    place = unit.places.filter(validity__contains=as_of).select_related("parent").first()
    if row is None:
        return ""
    above = place.parent.names.filter(validity__contains=as_of).first() if place else None
    return f"{row.name}{OF}{above.name}" if above else row.name


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
    found = [one for one in units_found(name, as_of) if not above or fold(above) == fold(one.above)]
    rows = [one for one in found if fold(one.name) == fold(name)] or found
    if len(rows) == 1:
        return Unit.objects.named(as_of).get(pk=rows[0].unit)
    if rows:
        raise forms.ValidationError(
            _("“%(name)s” có thể là: %(names)s. Ghi đủ tên như vậy.")
            % {"name": name, "names": "; ".join(typed(one) for one in rows[:4])}
        )
    raise forms.ValidationError(
        _("Không có đơn vị tên “%(name)s” tại ngày %(day)s.")
        % {"name": name, "day": f"{as_of:%d/%m/%Y}"}
    )


@officer
def options(request: Request) -> HttpResponse:
    """Units that fit what is typed so far, to offer under a field."""
    require(access.can_see_units(request.actor))
    found = units_found(request.GET.get("q", "")[:100], clock.today(), limit=OFFERED)
    return render(request, "console/org/event_options.html", {"options": map(typed, found)})


urlpatterns = [path("to-chuc/tim/", options, name="unit_options")]
