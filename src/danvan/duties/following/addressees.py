"""For which units a duty is proposed: the first of its rule's sources that names any."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from danvan import clock
from danvan.documents.models import Delivery, Party
from danvan.duties.choices import Origin
from danvan.duties.models import Assignment
from danvan.org.models import Unit
from danvan.org.resolving import NameBook

from .rules_in_force import FollowUp


def units_of(found: Sequence[FollowUp], coordinating: Unit) -> dict[int, list[UUID]]:
    """For each, the units of the first of its sources that names any; few questions for many."""
    documents = {one.document.pk for one in found if one.document}
    sources: dict[str, Mapping[UUID, list[UUID]]] = {
        "delivered": _grouped(
            Delivery.objects.filter(document__in=documents, unit__isnull=False).values_list(
                "document", "unit"
            )
        ),
        "doers": _grouped(
            Assignment.objects.laid()
            .led()
            .filter(duty__document__in=documents, duty__origin=Origin.TEXT)
            .values_list("duty__document", "unit")
        ),
        "parties": _grouped(
            Party.objects.filter(document__in=documents, unit__isnull=False).values_list(
                "document", "unit"
            )
        ),
    }
    book = NameBook(clock.today())
    groups = {code for code, _label, _count in book.groups()} if _wants_groups(found) else set()

    def named(one: FollowUp) -> list[UUID]:
        for source in one.rule.to:
            units = list(one.units)
            if source == "coordinating":
                units = [coordinating.pk]
            elif source == "groups":
                codes = [code for code in one.rule.groups if code in groups]
                units = [UUID(key) for code in codes for key in sorted(book.group(code))]
            elif one.document and source in sources:
                units = sources[source].get(one.document.pk, [])
            if units:
                return list(dict.fromkeys(units))
        return [coordinating.pk]

    return {id(one): named(one) for one in found}


def _wants_groups(found: Sequence[FollowUp]) -> bool:
    return any("groups" in one.rule.to for one in found)


def _grouped(rows: Iterable[tuple[Any, Any]]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for document, unit in rows:
        found.setdefault(document, []).append(unit)
    return found
