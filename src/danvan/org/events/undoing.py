"""Taking an event back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from danvan.audit.actions import history, record
from danvan.org import tree
from danvan.org.actors import Actor
from danvan.org.models import CommitteeTerm, Post, Unit, UnitCode, UnitEvent, UnitName, UnitPlace
from danvan.refusals import NotAccepted
from danvan.text import in_digits

from .lives import begin_change
from .succeeding import told_of


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
        record(unit, "unit_event_undone", by=by, reason=event.basis, **told_of(event))
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
            % {"kind": later.get_kind_display(), "day": in_digits(later.on), "basis": later.basis}
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
            % {"code": code.code, "day": in_digits(taken.validity.lower)}
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


def _labels(units: Iterable[Unit], on: date) -> dict[Any, str]:
    """What each is called on the day, or was called last before it."""
    rows = UnitName.objects.filter(unit__in=list(units), validity__startswith__lte=on)
    return {row.unit_id: row.name for row in rows.order_by("validity")}
