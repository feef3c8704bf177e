"""A unit on the day of an event: whether it exists, goes on, and what stands below it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from danvan.org import access
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit, UnitName, UnitPlace
from danvan.refusals import NotAccepted
from danvan.text import in_digits

Row = TypeVar("Row", UnitName, UnitPlace)


@dataclass(frozen=True)
class Life:
    """A unit that exists on a day and after it, with its rows of that day."""

    unit: Unit
    name: UnitName
    place: UnitPlace | None

    def __str__(self) -> str:
        return self.name.name

    @property
    def parent_id(self) -> object:
        return self.place.parent_id if self.place else None

    @property
    def parent(self) -> Unit | None:
        return self.place.parent if self.place else None


def begin_change(by: Actor) -> None:
    require(access.can_change_units(by))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('danvan.org.events'))")


def life_on(unit: Unit, on: date, *, moved: bool = False, renamed: bool = False) -> Life:
    """The unit as it goes on from a day; refused where it does not, or something later is known.

    `moved`, `renamed`: it may stand where it does, or have its name, from that very day.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)  # appointments wait
    names = list(unit.names.order_by("validity"))
    if not names:
        raise NotAccepted(_("Đơn vị này chưa có tên."))
    last = names[-1]
    if last.validity.upper is not None and last.validity.upper <= on:
        raise NotAccepted(
            _("%(unit)s đã kết thúc hoạt động từ ngày %(day)s.")
            % {"unit": last.name, "day": in_digits(last.validity.upper)}
        )
    first = names[0].validity.lower
    if on <= first:
        raise NotAccepted(
            _("%(unit)s bắt đầu hoạt động ngày %(day)s: chọn một ngày sau đó.")
            % {"unit": names[0].name, "day": in_digits(first)}
        )
    return Life(unit, _last_row(names, on, renamed), _last_place(unit, on, moved))


def _last_place(unit: Unit, on: date, moved: bool) -> UnitPlace | None:
    places = list(unit.places.select_related("parent").order_by("validity"))
    if places and places[-1].validity.upper is not None and places[-1].validity.upper <= on:
        return None  # it stands at the top since
    return _last_row(places, on, moved) if places else None


def _last_row(rows: list[Row], on: date, that_day: bool) -> Row:
    """The row of that day, which must be the last and still open: what is known later stands."""
    row = rows[-1]
    stands = row.validity.lower
    if row.validity.upper is not None:
        stands = row.validity.upper
    elif stands < on or (that_day and stands == on):
        return row
    raise NotAccepted(
        _(
            "Đã có sự kiện của đơn vị này vào ngày %(day)s: chọn ngày sau đó, hoặc hoàn tác nó trước."
        )
        % {"day": in_digits(stands)}
    )


def existing_on(unit: Unit, on: date) -> tuple[str, date | None]:
    """Its name on a day, and the first day without it."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    names = list(unit.names.order_by("validity"))
    end = names[-1].validity.upper if names else None
    row = next((one for one in names if on in one.validity), None)
    if row is not None:
        return row.name, end
    called = names[-1].name if names else unit.code
    if end is not None and end <= on:
        raise NotAccepted(
            _("%(unit)s đã kết thúc hoạt động từ ngày %(day)s.")
            % {"unit": called, "day": in_digits(end)}
        )
    raise NotAccepted(_("Ngày %(day)s chưa có %(unit)s.") % {"unit": called, "day": in_digits(on)})


def standing_on(unit: Unit, on: date) -> str:
    """Its name on the day, of a unit that others come under or into, and that stands for good."""
    name, end = existing_on(unit, on)
    if end is not None:
        raise NotAccepted(
            _("%(unit)s sẽ kết thúc hoạt động từ ngày %(day)s: chọn đơn vị khác.")
            % {"unit": name, "day": in_digits(end)}
        )
    return name


def children_of(unit: Unit, on: date) -> list[Unit]:
    """Those that stand directly below it on that day or any later one."""
    return list(
        Unit.objects.named(on)
        .filter(places__parent=unit, places__validity__overlap=DateRange(on, None))
        .distinct()
    )
