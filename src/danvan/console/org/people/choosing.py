"""A person, chosen by typing a name."""

from typing import Any

from django import forms
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import OF, OFFERED
from danvan.org import access
from danvan.org.access import require
from danvan.org.models import Person, Post, with_units
from danvan.text import fold


def people_found(words: str) -> list[tuple[Person, str]]:
    """People called so, each with the unit of a post held today: tells namesakes apart."""
    folded = fold(words)
    if len(folded) < 2:
        return []
    exact = Case(When(folded=folded, then=0), default=1)
    found = Person.objects.order_by(exact, "sort_key")
    for word in folded.split():
        found = found.filter(folded__contains=word)
    rows = list(found[:OFFERED])
    posts = Post.objects.held(clock.today()).filter(person__in=rows)
    units = {one.person_id: one.unit.name for one in with_units(posts, clock.today())}
    return [(one, units.get(one.pk, "")) for one in rows]


def written(one: Person, unit: str) -> str:
    return f"{one.name}{OF}{unit}" if unit else one.name


class PersonWidget(forms.TextInput):
    """A name that is typed; where scripts run, people who fit are offered."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]["attrs"]
        widget |= {
            "autocomplete": "off",
            "list": f"{widget.get('id', name)}-people",
            "data-offer": reverse("console:person_options"),
        }
        return context


class PersonField(forms.CharField):
    """A person by name; a name that several bear is asked about."""

    widget = PersonWidget
    default_error_messages = {"required": gettext_lazy("Ghi họ và tên.")}

    def __init__(self, **values: Any) -> None:
        super().__init__(max_length=300, **values)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        name, _of, unit = words.partition(OF)
        near = people_found(name)
        rows = [
            (one, place)
            for one, place in near
            if one.folded == fold(name) and (not unit or fold(unit) == fold(place))
        ]
        if len(rows) == 1:
            return rows[0][0]
        if rows or near:
            raise forms.ValidationError(
                _("Chọn một trong: %(names)s.")
                % {"names": "; ".join(written(*one) for one in (rows or near)[:4])}
            )
        raise forms.ValidationError(
            _("Chưa có người tên “%(name)s”. Thêm người này trước.") % {"name": name}
        )


@officer
def options(request: Request) -> HttpResponse:
    """People whose names fit what is typed so far."""
    require(access.can_see_units(request.actor))
    found = people_found(request.GET.get("q", "")[:100])
    context = {"options": [written(*one) for one in found]}
    return render(request, "console/org/event_options.html", context)
