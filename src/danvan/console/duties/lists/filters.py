"""The filters of the list of duties: all of them stand in the address, and are kept under a name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.documents import access as document_access
from danvan.documents.models import Document
from danvan.duties import access, board
from danvan.duties.choices import OPEN, AssignmentState, ExtensionState, Part
from danvan.duties.models import AssignmentQuerySet, Duty, Extension, Theme
from danvan.duties.rules import NEAR
from danvan.org.actors import Actor
from danvan.org.models import Person, Unit, UnitName, UnitPath
from danvan.statements import kept
from danvan.text import fold

OVERDUE, NEAR_DUE, IS_OPEN = "overdue", "near", "open"
MANY = 1_000  # whose ids are given to the database; of more it is told how they are found
FEW_DUTIES = 300  # whose assignments are rather sorted than sought among all
Ids = list[UUID] | QuerySet[Any, UUID]
FEW = {"below", "part", "document", "theme", "person", "changed"}  # asked for less often


class ListFilter(forms.Form):
    """What is asked for; a unit and a document are typed, or come as a link's id."""

    q = forms.CharField(label=gettext_lazy("Tìm trong nội dung"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            (IS_OPEN, gettext_lazy("Chưa xong")),
            (OVERDUE, gettext_lazy("Quá hạn")),
            (NEAR_DUE, gettext_lazy("Sắp đến hạn")),
            *AssignmentState.choices,
        ],
    )
    unit = forms.CharField(label=gettext_lazy("Đơn vị"), required=False)
    due_from = DayField(
        label=gettext_lazy("Hạn từ ngày"),
        required=False,
        widget=forms.DateInput(format="%d/%m/%Y"),
    )
    due_to = DayField(
        label=gettext_lazy("đến ngày"), required=False, widget=forms.DateInput(format="%d/%m/%Y")
    )
    below = forms.BooleanField(label=gettext_lazy("Gồm cả cấp dưới"), required=False)
    part = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *Part.choices],
    )
    document = forms.CharField(label=gettext_lazy("Văn bản nguồn"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Chủ đề, chương trình"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Người làm"), required=False)
    changed = forms.ChoiceField(
        label=gettext_lazy("Thay đổi"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            ("week", gettext_lazy("Trong tuần này")),
            ("extended", gettext_lazy("Được gia hạn tuần này")),
        ],
    )

    def __init__(self, data: QueryDict, *, by: Actor) -> None:
        super().__init__(data)
        self.by = by
        themes = Theme.objects.values_list("pk", "title", "year_from")
        offer(
            self,
            "theme",
            [("", _("Tất cả")), *[(str(pk), f"{title} ({year})") for pk, title, year in themes]],
        )
        names = _colleagues(units=board.units_of(by), today=clock.today())
        offer(self, "person", [("", _("Tất cả")), *[(str(pk), name) for pk, name in names]])

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and can be: a wrong value is passed over, and its field says so."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}

    @cached_property
    def units(self) -> Ids:
        """The units that the typed name means; with `below` all that stand below them."""
        typed = self.chosen.get("unit", "")
        found: Ids = [pk] if (pk := _uuid(typed)) else _units_called(typed)
        if self.chosen.get("below"):
            paths = UnitPath.objects.filter(ancestor__in=found, validity__contains=clock.today())
            return _ids(paths.values_list("unit", flat=True).distinct())
        return found

    @cached_property
    def documents(self) -> Ids:
        typed = self.chosen.get("document", "")
        if pk := _uuid(typed):
            return [pk]
        squeezed = "".join(typed.lower().split())
        found = Document.objects.filter(number_squeezed__startswith=squeezed)
        return _ids(found.values_list("pk", flat=True))

    @cached_property
    def duties(self) -> Ids | None:
        """The duties asked for, where a filter speaks of duties."""
        chosen, wanted = self.chosen, Q()
        if "document" in chosen:
            wanted &= Q(document__in=self.documents)
        if "theme" in chosen:
            wanted &= Q(themes=chosen["theme"])
        if not wanted and "q" not in chosen:
            return None
        found = Duty.objects.filter(wanted).sought(chosen.get("q", "")).order_by()
        return _ids(found.values_list("pk", flat=True))

    @property
    def is_narrow(self) -> bool:
        """A filter stands in an index by which few are found, however many others there are."""
        is_of_few = isinstance(self.duties, list) and len(self.duties) <= FEW_DUTIES
        return is_of_few or "changed" in self.chosen

    @property
    def few_are_open(self) -> bool:
        return bool(FEW & self.chosen.keys())

    @property
    def first(self) -> Iterable[forms.BoundField]:
        return [self[name] for name in self.fields if name not in FEW]

    @property
    def rest(self) -> Iterable[forms.BoundField]:
        return [self[name] for name in self.fields if name in FEW]


@kept
def _colleagues(units: Collection[UUID], today: date) -> QuerySet[Person, tuple[UUID, str]]:
    found = Person.objects.filter(posts__unit__in=units, posts__validity__contains=today)
    return found.distinct().order_by("sort_key").values_list("pk", "name")


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _ids(found: QuerySet[Any, UUID]) -> Ids:
    """All of them: few by their ids, many as the question that finds them."""
    few = list(found[: MANY + 1])
    return few if len(few) <= MANY else found


def _among(field: str, ids: Ids) -> Q:
    """What is one of these. Of many, the database asks each row on its way through the days; joined,
    it would fetch all of theirs before it sorts them: no row is without a duty, but it is no join.
    """
    found = Q(**{f"{field}__in": ids})
    return found if isinstance(ids, list) else found | Q(duty=None)


def _units_called(typed: str) -> Ids:
    """By name: those of exactly that name, else all whose name holds the words."""
    words = fold(typed)
    named = UnitName.objects.filter(validity__contains=clock.today())
    exact = list(named.filter(folded=words).values_list("unit", flat=True))
    return exact or _ids(named.filter(searched__contains=words).values_list("unit", flat=True))


def filtered(form: ListFilter) -> AssignmentQuerySet:
    """What one may see of what is asked for. Units and duties are looked up first: a list of ids
    tells the database how few they are; nothing is left out where they are many.
    """
    by, today, chosen = form.by, clock.today(), form.chosen
    found = access.visible_to(by)
    state = chosen.get("state")
    if state == OVERDUE:
        found = found.overdue(today)
    elif state == NEAR_DUE:
        found = found.open().filter(due_on__gte=today, due_on__lte=today + timedelta(days=NEAR))
    elif state == IS_OPEN:
        found = found.filter(state__in=OPEN)
    elif state:
        found = found.filter(state=state)
    else:
        found = found.laid()  # proposals have a page of their own
    if "unit" in chosen:
        found = found.filter(_among("unit", form.units))
    if "part" in chosen:
        found = found.filter(part=chosen["part"])
    if "person" in chosen:
        found = found.filter(person=chosen["person"])
    if "due_from" in chosen:
        found = found.filter(due_on__gte=chosen["due_from"])
    if "due_to" in chosen:
        found = found.filter(due_on__lte=chosen["due_to"])
    if "changed" in chosen:
        found = found.filter(_changed(chosen["changed"]))
    if form.duties is not None:
        found = found.filter(_among("duty", form.duties))
    return found


def _changed(kind: str) -> Q:
    since = datetime.combine(board.monday(clock.today()), time(), clock.ZONE)
    if kind == "extended":
        given = Extension.objects.filter(state=ExtensionState.GRANTED, decided_at__gte=since)
        return _among("pk", _ids(given.values_list("assignment", flat=True)))
    return Q(changed_at__gte=since)


# In words


@dataclass(frozen=True)
class Chip:
    """One filter in words, and the address without it."""

    label: str
    said: str
    without: str

    def __str__(self) -> str:
        return f"{self.label}: {self.said}" if self.said else self.label


def chips(form: ListFilter, data: QueryDict) -> list[Chip]:
    return [
        Chip(str(form.fields[name].label), _said(form, name, value), _without(data, name))
        for name, value in form.chosen.items()
    ]


def _said(form: ListFilter, name: str, value: Any) -> str:
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, forms.ChoiceField):
        return next((str(one.data["label"]) for one in form[name] if one.data["selected"]), "")
    if isinstance(field, forms.DateField):
        return f"{value:%d/%m/%Y}"
    if name == "unit" and _uuid(value):
        unit = Unit.objects.named(clock.today()).filter(pk=value).first()
        return unit.name if unit else _("không có")
    if name == "document" and _uuid(value):
        seen = document_access.visible_to(form.by)
        return str(seen.filter(pk=value).first() or _("không có"))
    return str(value)


def _without(data: QueryDict, name: str) -> str:
    rest = data.copy()
    for key in (name, "after"):
        rest.pop(key, None)
    return f"?{rest.urlencode()}"


def in_words(found: Iterable[Chip]) -> str:
    """The filter as a line: “Trạng thái: Quá hạn; Đơn vị: Sở Tư pháp”."""
    return "; ".join(map(str, found))
