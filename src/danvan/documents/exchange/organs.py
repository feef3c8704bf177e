"""Units as bodies of the exchange: their identifiers by QĐ 20/2020/QĐ-TTg, as of a day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from danvan.documents.models import Document
from danvan.org.choices import CodeSystem
from danvan.org.models import Unit, UnitCode

from .package import Organ


def codes(units: Iterable[Unit], on: date) -> dict[UUID, str]:
    """Unit → its identifier; a unit without one is not in it."""
    found = UnitCode.objects.filter(
        unit__in=list(units), system=CodeSystem.AGENCY, validity__contains=on
    )
    return dict(found.values_list("unit", "code"))


def organ(unit: Unit, on: date) -> Organ | None:
    """None where it has no identifier: then it takes no part in the exchange."""
    code = codes([unit], on).get(unit.pk)
    return Organ(code, str(_named(unit, on))) if code else None


def sender(document: Document, own: Unit, on: date) -> Organ | None:
    """Who sends: the issuer where it has an identifier, else the unit that does the sending."""
    issuer = document.issued_by
    return (organ(issuer, on) if issuer else None) or organ(own, on)


def _named(unit: Unit, on: date) -> Unit:
    return Unit.objects.named(on).get(pk=unit.pk)
