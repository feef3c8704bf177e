"""What happens to units: each event on its day, by its legal document, and how to take it back.

Every action closes the dated rows that end, opens those that begin, says who takes over from
whom, and has the paths made anew. Days: `on` is the first day of what is new. One event at a time:
two moves that are each sound can close a circle together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from danvan.audit.actions import history, record, seen
from danvan.text import fold

from . import access, tree
from .access import require
from .actors import Actor
from .alike import alike
from .choices import CodeSystem, EventKind, Level, UnitKind
from .models import (
    CommitteeTerm,
    Post,
    Succession,
    Unit,
    UnitCode,
    UnitEvent,
    UnitName,
    UnitPath,
    UnitPlace,
)
from .people import NotAccepted, end_posts_with, shown

__all__ = [
    "Decision",
    "NewUnit",
    "NotAccepted",
    "change_level",
    "end",
    "establish",
    "give_code",
    "merge",
    "move",
    "rename",
    "split",
    "undo",
]


@dataclass(frozen=True)
class NewUnit:
    """A unit that an event brings into being."""

    name: str
    kind: UnitKind
    level: Level
    short_name: str = ""
    aliases: Sequence[str] = ()
    coordinates: bool = False


@dataclass(frozen=True)
class Decision:
    """The legal document of an event, and the first day of what is new."""

    on: date
    basis: str  # “Nghị quyết số 202/2025/QH15 ngày 12/6/2025”
    note: str = ""
    is_verified: bool = True


@transaction.atomic
def establish(new: NewUnit, *, under: Unit | None, decision: Decision, by: Actor) -> Unit:
    """A unit begins; without a unit above it stands at the top."""
    begin_change(by)
    if again := _already_established(new, under, decision):
        return again
    if under:
        _standing(under, decision.on)
    if new.coordinates:
        _refuse_second_coordinator(decision.on)
    event = _event(EventKind.ESTABLISHED, decision)
    unit = _create(new, under, event)
    _finish(event, by, begun=[unit])
    return unit


@transaction.atomic
def rename(
    unit: Unit,
    name: str,
    *,
    short_name: str = "",
    aliases: Sequence[str] = (),
    decision: Decision,
    by: Actor,
) -> Unit:
    """The unit goes on by another name."""
    begin_change(by)
    called = _called(name, short_name, aliases)
    last = unit.names.order_by("validity").last()
    if last and _is_of(last.event, EventKind.RENAMED, decision) and _same_name(last, called):
        return unit
    life = _life(unit, decision.on, moved=True)
    row = life.name
    if _same_name(row, called):
        raise NotAccepted(_("Tên không đổi: %(name)s.") % {"name": row.name})
    _refuse_namesake(called["name"], life.parent, decision.on, but=[unit])
    event = _event(EventKind.RENAMED, decision)
    was = _name_seen(row)
    _close(row, event)
    new = _open_name(unit, called, event)
    unit.name = new.name
    tree.rebuild([unit.pk])
    record(unit, "unit_renamed", by=by, before=was, after=_name_seen(new), **_told(event))
    return unit


@transaction.atomic
def move(unit: Unit, under: Unit | None, *, decision: Decision, by: Actor) -> Unit:
    """The unit goes on under another; under none it stands at the top."""
    begin_change(by)
    last = unit.places.order_by("validity").last()
    if last and under and _is_of(last.event, EventKind.MOVED, decision):
        if last.parent_id == under.pk:
            return unit
    if last and under is None and _is_of(last.ended_by, EventKind.MOVED, decision):
        return unit
    life = _life(unit, decision.on, renamed=True)
    if life.parent_id == (under.pk if under else None):
        raise NotAccepted(_("%(unit)s đã trực thuộc đơn vị này.") % {"unit": life})
    if under:
        _standing(under, decision.on)
        _refuse_below(under, [life], decision.on)
        _refuse_namesake(life.name.name, under, decision.on)
    event = _event(EventKind.MOVED, decision)
    was = _parent_seen(life.place)
    if life.place:
        _close(life.place, event)
    if under:
        _place(unit, under, event)
    tree.rebuild([unit.pk])
    unit.name = life.name.name
    after = {"parent_id": under.pk if under else None}
    record(unit, "unit_moved", by=by, before=was, after=after, **_told(event))
    return unit


@transaction.atomic
def merge(
    units: Sequence[Unit],
    into: Unit | NewUnit,
    *,
    under: Unit | None = None,
    decision: Decision,
    by: Actor,
) -> Unit:
    """Units end and one takes over: a new one (hợp nhất), or one that goes on (sáp nhập).

    What stood directly below them stands below the one from that day on. A new one stands where
    they stood, unless `under` says otherwise.
    """
    begin_change(by)
    ending = [one for one in _distinct(units) if one != into]
    if again := _already_taken_over(ending, into, EventKind.MERGED, decision):
        return again
    if not ending or (isinstance(into, NewUnit) and len(ending) < 2):
        raise NotAccepted(_("Chọn ít nhất hai đơn vị để hợp nhất."))
    lives = [_life(one, decision.on) for one in ending]
    event = _event(EventKind.MERGED, decision)
    if isinstance(into, Unit):
        into.name = _standing(into, decision.on)
        _refuse_below(into, lives, decision.on)
        _take_over(lives, into, event, by)
        _finish(event, by, grown=[into], ended=lives)
        return into
    under = under or _common_parent(lives)
    if under:
        _standing(under, decision.on)
        _refuse_below(under, lives, decision.on)
    successor = _create(into, under, event, like=lives)
    _take_over(lives, successor, event, by)
    _finish(event, by, begun=[successor], ended=lives)
    return successor


@transaction.atomic
def split(
    unit: Unit,
    parts: Sequence[NewUnit | Unit],
    *,
    keeps: bool,
    decision: Decision,
    by: Actor,
) -> list[Unit]:
    """Parts of the unit become others, and it goes on (tách, `keeps`) or ends (chia)."""
    begin_change(by)
    if again := _already_split(unit, parts, decision):
        return again
    if len(parts) < (1 if keeps else 2):
        raise NotAccepted(_("Ghi ít nhất hai đơn vị được chia ra."))
    if unit in parts:
        raise NotAccepted(_("Một đơn vị không tách thành chính nó."))
    life = _life(unit, decision.on)
    if not keeps:
        _refuse_children(life, decision.on)
    event = _event(EventKind.SPLIT, decision)
    for one in parts:
        if keeps and isinstance(one, NewUnit):
            _refuse_namesake(one.name, life.parent, decision.on)
    new = {
        one.name: _create(one, life.parent, event, like=[life])
        for one in parts
        if isinstance(one, NewUnit)
    }
    grown = [one for one in parts if isinstance(one, Unit)]
    for one in grown:
        one.name = _standing(one, decision.on)
    begun = [one if isinstance(one, Unit) else new[one.name] for one in parts]
    if not keeps:
        _end_rows(life, event, by)
    _succeed([unit], begun, event, is_whole=False)
    _finish(
        event,
        by,
        begun=list(new.values()),
        grown=grown,
        shrunk=[life] if keeps else [],
        ended=[] if keeps else [life],
    )
    return begun


@transaction.atomic
def change_level(
    unit: Unit, new: NewUnit, *, under: Unit | None, decision: Decision, by: Actor
) -> Unit:
    """The unit becomes one of another level or kind, which is another body and takes over whole."""
    begin_change(by)
    if again := _already_taken_over([unit], new, EventKind.LEVEL_CHANGED, decision):
        return again
    life = _life(unit, decision.on)
    if (new.level, new.kind) == (life.unit.level, life.unit.kind):
        raise NotAccepted(_("Cấp và loại không đổi: chọn Đổi tên hoặc Chuyển cấp trên."))
    if under:
        _standing(under, decision.on)
        _refuse_below(under, [life], decision.on)
    event = _event(EventKind.LEVEL_CHANGED, decision)
    successor = _create(new, under, event, like=[life])
    _take_over([life], successor, event, by)
    _finish(event, by, begun=[successor], ended=[life])
    return successor


@transaction.atomic
def end(unit: Unit, *, decision: Decision, by: Actor) -> Unit:
    """The unit ends and nobody takes over; refused while units still stand below it."""
    begin_change(by)
    last = unit.names.order_by("validity").last()
    if last and _is_of(last.ended_by, EventKind.ENDED, decision):
        return unit
    life = _life(unit, decision.on)
    _refuse_children(life, decision.on)
    event = _event(EventKind.ENDED, decision)
    _end_rows(life, event, by)
    _finish(event, by, ended=[life])
    return unit


CODE_FORMS = {
    # Provinces, districts until 30/6/2025, communes: QĐ 124/2004/QĐ-TTg, QĐ 19/2025/QĐ-TTg
    CodeSystem.STATISTICS: re.compile(r"\d{2}|\d{3}|\d{5}"),
    # QĐ 20/2020/QĐ-TTg, and the form of QCVN 102:2016 before it
    CodeSystem.AGENCY: re.compile(r"[A-Z]\d{2}(?:\.\d{1,4})*|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"),
}


@transaction.atomic
def give_code(unit: Unit, system: CodeSystem, code: str, *, on: date, by: Actor) -> UnitCode:
    """The unit's code in a system from a day on; the one that it had ends."""
    begin_change(by)
    system, code = CodeSystem(system), code.strip().upper()
    if len(code) > 35 or not CODE_FORMS[system].fullmatch(code):
        raise NotAccepted(
            _("“%(code)s” không đúng dạng của %(system)s.")
            % {"code": code, "system": system.label.lower()}
        )
    name, until = _existing(unit, on)
    of_system = unit.codes.filter(system=system)
    later = of_system.filter(validity__startswith__gte=on).first()
    current = later or of_system.filter(validity__contains=on).first()
    if current and current.code == code:
        return current
    if later:
        raise NotAccepted(
            _("Từ ngày %(day)s đơn vị đã có mã %(code)s: chọn một ngày sau đó.")
            % {"day": shown(later.validity.lower), "code": later.code}
        )
    taken = UnitCode.objects.filter(
        system=system, code=code, validity__overlap=DateRange(on, until)
    ).exclude(unit=unit)
    if other := taken.first():
        name = Unit.objects.named(max(on, other.validity.lower)).get(pk=other.unit_id).name
        raise NotAccepted(
            _("Mã %(code)s là của %(unit)s trong thời gian đó.") % {"code": code, "unit": name}
        )
    was = {"code": current.code if current else ""}
    if current:
        current.validity = DateRange(current.validity.lower, on)
        current.save(update_fields=["validity"])
    given = UnitCode.objects.create(
        unit=unit, system=system, code=code, validity=DateRange(on, until)
    )
    unit.name = name
    record(
        unit,
        "unit_code_given",
        by=by,
        before=was,
        after={"code": code},
        system=system.label,
        code=code,
        on=shown(on),
    )
    return given


# Taking back


@transaction.atomic
def undo(event: UnitEvent, *, by: Actor) -> None:
    """Take an event back: what it began is gone, what it ended goes on.

    Only the newest of its units, and only while nothing hangs on a unit that it brought into being.
    Delegations that ended with posts stay ended.
    """
    begin_change(by)
    found = UnitEvent.objects.select_for_update().filter(pk=event.pk).first()
    if found is None:
        return
    event = found
    units = list(Unit.objects.filter(concerned_by(event)).distinct().order_by("pk"))
    _refuse_later(event, units)
    labels = _labels(units, event.on)
    touched = [one.pk for one in units] + list(event.places.values_list("unit", flat=True))
    below = list(event.ended_places.values_list("unit", flat=True))
    begun = {row.unit_id for row in event.names.all()}
    begun -= set(
        UnitName.objects.filter(unit__in=begun).exclude(event=event).values_list("unit", flat=True)
    )
    if event.successions.filter(is_whole=True, predecessor__coordinates=True).exists():
        Unit.objects.filter(inheritances__event=event).update(coordinates=False)
    event.successions.all().delete()
    for rows in (event.codes, event.places, event.names):
        rows.all().delete()
    for name in event.ended_names.all():
        _reopen(name, None)
    for place in event.ended_places.all():
        _reopen(place, None)
    for code in event.ended_codes.all():
        _refuse_taken(code)
        _reopen(code, None)
    for post in event.ended_posts.all():
        _reopen(post, _last_day_before(post))
    for term in event.ended_terms.all():
        _reopen(term, _last_day_before(term))
    tree.rebuild([*touched, *below])
    for unit in units:
        unit.name = labels.get(unit.pk, unit.code)
        record(unit, "unit_event_undone", by=by, reason=event.basis, **_told(event))
    _delete(begun, labels)
    event.delete()


def concerned_by(event: UnitEvent) -> Q:
    """The units that an event began, ended, renamed, moved, or passed on."""
    return (
        Q(names__event=event)
        | Q(names__ended_by=event)
        | Q(places__event=event)
        | Q(places__ended_by=event)
        | Q(successions__event=event)
        | Q(inheritances__event=event)
    )


def events_of(units: Iterable[Unit]) -> Q:
    """The events that concern units, the other way round."""
    found = list(units)
    return (
        Q(names__unit__in=found)
        | Q(ended_names__unit__in=found)
        | Q(places__unit__in=found)
        | Q(ended_places__unit__in=found)
        | Q(successions__predecessor__in=found)
        | Q(successions__successor__in=found)
    )


def _refuse_later(event: UnitEvent, units: list[Unit]) -> None:
    after = Q(on__gt=event.on) | Q(on=event.on, pk__gt=event.pk)
    hanging = UnitEvent.objects.filter(
        events_of(units) | Q(places__parent__in=[*event.names.values_list("unit", flat=True)])
    )
    if later := hanging.filter(after).exclude(pk=event.pk).order_by("-on", "-pk").first():
        raise NotAccepted(
            _("Hoàn tác sự kiện sau trước: %(kind)s ngày %(day)s, theo %(basis)s.")
            % {"kind": later.get_kind_display(), "day": shown(later.on), "basis": later.basis}
        )


def _delete(begun: Iterable[object], labels: dict[object, str]) -> None:
    for unit in Unit.objects.filter(pk__in=list(begun)):
        try:
            unit.delete()
        except ProtectedError:
            raise NotAccepted(
                _("%(unit)s đã có việc, người hoặc số liệu gắn với nó nên không hoàn tác được.")
                % {"unit": labels.get(unit.pk, unit.code)}
            ) from None


def _refuse_taken(code: UnitCode) -> None:
    """A code that ended may be another's since."""
    others = UnitCode.objects.filter(system=code.system, code=code.code).exclude(pk=code.pk)
    since = DateRange(code.validity.upper, None)
    if taken := others.filter(validity__overlap=since).first():
        raise NotAccepted(
            _("Mã %(code)s đã cấp cho đơn vị khác từ ngày %(day)s nên không hoàn tác được.")
            % {"code": code.code, "day": shown(taken.validity.lower)}
        )


def _last_day_before(held: Post | CommitteeTerm) -> date | None:
    """Until when it was held before the event ended it: only the journal knows."""
    entry = history(held).filter(verb__in=["post_ended", "term_ended"]).first()
    upper = entry.before["validity"][1] if entry else None
    return date.fromisoformat(upper) if upper else None


def _reopen(
    row: UnitName | UnitPlace | UnitCode | Post | CommitteeTerm, upper: date | None
) -> None:
    row.validity, row.ended_by = DateRange(row.validity.lower, upper), None
    row.save(update_fields=["validity", "ended_by"])


# Parts of the actions

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


def _life(unit: Unit, on: date, *, moved: bool = False, renamed: bool = False) -> Life:
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
            % {"unit": last.name, "day": shown(last.validity.upper)}
        )
    first = names[0].validity.lower
    if on <= first:
        raise NotAccepted(
            _("%(unit)s bắt đầu hoạt động ngày %(day)s: chọn một ngày sau đó.")
            % {"unit": names[0].name, "day": shown(first)}
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
        % {"day": shown(stands)}
    )


def _existing(unit: Unit, on: date) -> tuple[str, date | None]:
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
            % {"unit": called, "day": shown(end)}
        )
    raise NotAccepted(_("Ngày %(day)s chưa có %(unit)s.") % {"unit": called, "day": shown(on)})


def _standing(unit: Unit, on: date) -> str:
    """Its name on the day, of a unit that others come under or into, and that stands for good."""
    name, end = _existing(unit, on)
    if end is not None:
        raise NotAccepted(
            _("%(unit)s sẽ kết thúc hoạt động từ ngày %(day)s: chọn đơn vị khác.")
            % {"unit": name, "day": shown(end)}
        )
    return name


def _refuse_below(top: Unit, units: Sequence[Life], on: date) -> None:
    """Nothing comes to stand under itself, on that day or any later one."""
    ids = [one.unit.pk for one in units]
    ways = UnitPath.objects.filter(
        unit=top, ancestor__in=ids, inherited=False, validity__overlap=DateRange(on, None)
    )
    if ways.exists():
        raise NotAccepted(
            _("Một đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.")
        )


def _children(unit: Unit, on: date) -> list[Unit]:
    """Those that stand directly below it on that day or any later one."""
    return list(
        Unit.objects.named(on)
        .filter(places__parent=unit, places__validity__overlap=DateRange(on, None))
        .distinct()
    )


def _refuse_children(life: Life, on: date) -> None:
    children = _children(life.unit, on)
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


def _refuse_namesake(name: str, under: Unit | None, on: date, *, but: Iterable[Unit] = ()) -> None:
    """Two of one name under one parent could not be told apart, wherever the tone is put."""
    if under is None:
        return
    beside = UnitPlace.objects.filter(parent=under, validity__contains=on)
    same = UnitName.objects.filter(validity__contains=on, unit__in=beside.values("unit"))
    for other in same.exclude(unit__in=[one.pk for one in but]).values_list("name", flat=True):
        if alike(other) == alike(name):
            raise NotAccepted(_("Đã có %(unit)s trực thuộc đơn vị này.") % {"unit": other})


def _refuse_second_coordinator(on: date) -> None:
    """One department follows all units: reports go to it."""
    known = Unit.objects.filter(coordinates=True, names__validity__overlap=DateRange(on, None))
    if other := known.named(on).first():
        raise NotAccepted(
            _("%(unit)s đang là cơ quan đầu mối: chỉ có một cơ quan đầu mối.") % {"unit": other}
        )


def _event(kind: EventKind, decision: Decision) -> UnitEvent:
    basis = decision.basis.strip()
    if not basis:
        raise NotAccepted(_("Ghi văn bản làm căn cứ: số, ngày, cơ quan ban hành."))
    return UnitEvent.objects.create(
        kind=kind,
        on=decision.on,
        basis=basis,
        note=decision.note.strip(),
        is_verified=decision.is_verified,
    )


def _create(
    new: NewUnit, under: Unit | None, event: UnitEvent, *, like: Sequence[Life] = ()
) -> Unit:
    """A unit from the event's day on, in lists where those stood that it takes over from."""
    called = _called(new.name, new.short_name, new.aliases)
    _refuse_namesake(called["name"], under, event.on, but=[one.unit for one in like])
    kind, level = UnitKind(new.kind), Level(new.level)
    unit = Unit.objects.create(
        code=_free_code(called["name"], event.on),
        kind=kind,
        level=level,
        place_in_lists=min((one.unit.place_in_lists for one in like), default=0)
        or _last_in_lists(under, kind, event.on),
        coordinates=new.coordinates,
    )
    unit.name = _open_name(unit, called, event).name
    if under:
        _place(unit, under, event)
    return unit


def _last_in_lists(under: Unit | None, kind: UnitKind, on: date) -> int:
    if under is None:
        return 0
    places = Unit.objects.under(under, on).filter(kind=kind)
    return max(places.values_list("place_in_lists", flat=True), default=0)


def _free_code(name: str, on: date) -> str:
    """so-noi-vu; where that is taken, with the year: so-noi-vu-2025; then so-noi-vu-2025-2."""
    base = slugify(fold(name))[:70].strip("-") or "don-vi"
    taken = set(Unit.objects.filter(code__startswith=base).values_list("code", flat=True))
    wanted = [base, f"{base}-{on.year}"]
    wanted += [f"{base}-{on.year}-{number}" for number in range(2, len(taken) + 3)]
    return next(one for one in wanted if one not in taken)


def _called(name: str, short_name: str, aliases: Sequence[str]) -> dict[str, Any]:
    name = " ".join(name.split())
    if not name:
        raise NotAccepted(_("Chưa ghi tên đơn vị."))
    if len(name) > 200:
        raise NotAccepted(_("Tên đơn vị dài quá 200 ký tự."))
    others = [" ".join(one.split()) for one in aliases]
    return {
        "name": name,
        "short_name": " ".join(short_name.split()),
        "aliases": [one for one in others if one],
    }


def _open_name(unit: Unit, called: dict[str, Any], event: UnitEvent) -> UnitName:
    row = UnitName.of(unit, **called, validity=DateRange(event.on, None), event=event)
    row.save()
    return row


def _place(unit: Unit, under: Unit, event: UnitEvent) -> None:
    UnitPlace.objects.create(
        unit=unit, parent=under, validity=DateRange(event.on, None), event=event
    )


def _close(row: UnitName | UnitPlace | UnitCode, event: UnitEvent) -> None:
    row.validity, row.ended_by = DateRange(row.validity.lower, event.on), event
    row.save(update_fields=["validity", "ended_by"])


def _end_rows(life: Life, event: UnitEvent, by: Actor) -> None:
    """Name, place and codes of a unit end, and with them its posts and its term as a committee."""
    _close(life.name, event)
    if life.place:
        _close(life.place, event)
    life.unit.name = life.name.name
    for code in life.unit.codes.filter(validity__endswith__isnull=True):
        if code.validity.lower >= event.on:
            raise NotAccepted(
                _("%(unit)s có mã %(code)s từ ngày %(day)s: chọn một ngày sau đó.")
                % {"unit": life, "code": code.code, "day": shown(code.validity.lower)}
            )
        _close(code, event)
    end_posts_with(life.unit, event, by=by)
    for term in life.unit.terms.filter(validity__contains=event.on):
        was = seen(term)
        if term.validity.lower >= event.on:
            raise NotAccepted(
                _("Nhiệm kỳ của %(unit)s bắt đầu ngày %(day)s: chọn một ngày sau đó.")
                % {"unit": life, "day": shown(term.validity.lower)}
            )
        term.validity, term.ended_by = DateRange(term.validity.lower, event.on), event
        term.save(update_fields=["validity", "ended_by"])
        record(term, "term_ended", by=by, before=was, reason=event.basis)


def _take_over(lives: Sequence[Life], successor: Unit, event: UnitEvent, by: Actor) -> None:
    """They end; the successor has what stood directly below them."""
    ending = {one.unit.pk for one in lives}
    for life in lives:
        for child in _children(life.unit, event.on):
            if child.pk in ending:
                continue
            place = _life(child, event.on).place
            assert place is not None  # it is a child
            _close(place, event)
            _place(child, successor, event)
    for life in lives:
        _end_rows(life, event, by)
    if any(one.unit.coordinates for one in lives):  # what is followed goes on being followed
        successor.coordinates = True
        successor.save(update_fields=["coordinates"])
    _succeed([one.unit for one in lives], [successor], event, is_whole=True)


def _succeed(
    before: Sequence[Unit], after: Sequence[Unit], event: UnitEvent, *, is_whole: bool
) -> None:
    Succession.objects.bulk_create(
        Succession(event=event, predecessor=one, successor=other, is_whole=is_whole)
        for one in before
        for other in after
    )


def _finish(
    event: UnitEvent,
    by: Actor,
    *,
    begun: Sequence[Unit] = (),
    grown: Sequence[Unit] = (),
    shrunk: Sequence[Life] = (),
    ended: Sequence[Life] = (),
) -> None:
    """Paths anew, and an entry of each unit that the event concerns."""
    touched = [one.pk for one in (*begun, *grown)] + [one.unit.pk for one in (*shrunk, *ended)]
    tree.rebuild([*touched, *event.places.values_list("unit", flat=True)])
    before = ", ".join(str(one) for one in (*ended, *shrunk))
    after = ", ".join(one.name for one in (*begun, *grown))
    told = _told(event)
    for unit in begun:
        record(unit, "unit_established", by=by, before_it=before, **told)
    for unit in grown:
        record(unit, "unit_took_over", by=by, before_it=before, **told)
    for life in shrunk:
        life.unit.name = life.name.name
        record(life.unit, "unit_split", by=by, after_it=after, **told)
    for life in ended:
        record(life.unit, "unit_ended", by=by, after_it=after, **told)


def _told(event: UnitEvent) -> dict[str, Any]:
    return {
        "event": event.pk,
        "kind": event.get_kind_display(),
        "on": shown(event.on),
        "basis": event.basis,
    }


def _name_seen(row: UnitName) -> dict[str, Any]:
    return {"name": row.name, "short_name": row.short_name, "aliases": row.aliases}


def _parent_seen(place: UnitPlace | None) -> dict[str, Any]:
    return {"parent_id": place.parent_id if place else None}


def _distinct(units: Sequence[Unit]) -> list[Unit]:
    return list({one.pk: one for one in units}.values())


def _common_parent(lives: Sequence[Life]) -> Unit | None:
    parents = {one.parent_id for one in lives}
    if len(parents) > 1:
        raise NotAccepted(
            _("Các đơn vị trực thuộc những đơn vị khác nhau: chọn cấp trên trực tiếp.")
        )
    return lives[0].parent


def _labels(units: Iterable[Unit], on: date) -> dict[Any, str]:
    """What each is called on the day, or was called last before it."""
    rows = UnitName.objects.filter(unit__in=list(units), validity__startswith__lte=on)
    return {row.unit_id: row.name for row in rows.order_by("validity")}


# Said twice, as by a double click


def _is_of(event: UnitEvent | None, kind: EventKind, decision: Decision) -> bool:
    said = (kind, decision.on, decision.basis.strip())
    return event is not None and (event.kind, event.on, event.basis) == said


def _same_name(row: UnitName, called: dict[str, Any]) -> bool:
    return _name_seen(row) == called


def _same_events(kind: EventKind, decision: Decision) -> list[UnitEvent]:
    basis = decision.basis.strip()
    return list(UnitEvent.objects.filter(kind=kind, on=decision.on, basis=basis))


def _already_established(new: NewUnit, under: Unit | None, decision: Decision) -> Unit | None:
    events = _same_events(EventKind.ESTABLISHED, decision)
    names = UnitName.objects.filter(event__in=events, name=" ".join(new.name.split()))
    for row in names.select_related("unit"):
        place = row.unit.places.filter(event=row.event_id).first()
        if (place.parent_id if place else None) == (under.pk if under else None):
            row.unit.name = row.name
            return row.unit
    return None


def _already_taken_over(
    units: Sequence[Unit], into: Unit | NewUnit, kind: EventKind, decision: Decision
) -> Unit | None:
    wanted = {one.pk for one in units}
    for event in _same_events(kind, decision):
        rows = list(event.successions.select_related("successor"))
        if {row.predecessor_id for row in rows} == wanted and _is_successor(rows[0], into, event):
            return rows[0].successor
    return None


def _is_successor(row: Succession, into: Unit | NewUnit, event: UnitEvent) -> bool:
    if isinstance(into, Unit):
        return row.successor_id == into.pk
    name = " ".join(into.name.split())
    return event.names.filter(unit=row.successor_id, name=name).exists()


def _already_split(
    unit: Unit, parts: Sequence[NewUnit | Unit], decision: Decision
) -> list[Unit] | None:
    wanted = {one.pk if isinstance(one, Unit) else " ".join(one.name.split()) for one in parts}
    for event in _same_events(EventKind.SPLIT, decision):
        names = dict(event.names.values_list("unit", "name"))
        rows = list(event.successions.filter(predecessor=unit).select_related("successor"))
        if {names.get(row.successor_id, row.successor_id) for row in rows} == wanted:
            return [row.successor for row in rows]
    return None
