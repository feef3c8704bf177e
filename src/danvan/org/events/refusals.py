"""What no event may bring about: circles, namesakes, orphans, a second coordinator."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from danvan.org.alike import alike
from danvan.org.models import Unit, UnitName, UnitPath, UnitPlace
from danvan.refusals import NotAccepted

from .lives import Life, children_of


def refuse_below(top: Unit, units: Sequence[Life], on: date) -> None:
    """Nothing comes to stand under itself, on that day or any later one."""
    ids = [one.unit.pk for one in units]
    ways = UnitPath.objects.filter(
        unit=top, ancestor__in=ids, inherited=False, validity__overlap=DateRange(on, None)
    )
    if ways.exists():
        raise NotAccepted(
            _("Một đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.")
        )


def refuse_children(life: Life, on: date) -> None:
    children = children_of(life.unit, on)
    if not children:
        return
    names = ", ".join(one.name or one.code for one in children[:3])
    more = (
        _(" và %(count)d đơn vị khác") % {"count": len(children) - 3} if len(children) > 3 else ""
    )
    raise NotAccepted(
        _("Còn đơn vị trực thuộc %(unit)s: %(names)s%(more)s. Chuyển các đơn vị này trước.")
        % {"unit": life, "names": names, "more": more}
    )


def refuse_namesake(name: str, under: Unit | None, on: date, *, but: Iterable[Unit] = ()) -> None:
    """Two of one name under one parent could not be told apart, wherever the tone is put."""
    if under is None:
        return
    beside = UnitPlace.objects.filter(parent=under, validity__contains=on)
    same = UnitName.objects.filter(validity__contains=on, unit__in=beside.values("unit"))
    for other in same.exclude(unit__in=[one.pk for one in but]).values_list("name", flat=True):
        if alike(other) == alike(name):
            raise NotAccepted(_("Đã có %(unit)s trực thuộc đơn vị này.") % {"unit": other})


def refuse_second_coordinator(on: date) -> None:
    """One department follows all units: reports go to it."""
    known = Unit.objects.filter(coordinates=True, names__validity__overlap=DateRange(on, None))
    if other := known.named(on).first():
        raise NotAccepted(
            _("%(unit)s đang là cơ quan đầu mối: chỉ có một cơ quan đầu mối.") % {"unit": other}
        )
