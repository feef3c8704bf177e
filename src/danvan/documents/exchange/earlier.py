"""What a package means by the documents that it recalls, changes or replaces, and the other way round."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from danvan.documents.choices import PackageState
from danvan.documents.models import Document, ExchangePackage

from . import rules
from .package import Act

ACTS = [str(one) for one in Act]


def named(ids: Iterable[str], sender: str, units: Any) -> list[ExchangePackage]:
    """Packages taken in by these units, from the same body, that brought the documents named."""
    found = ExchangePackage.objects.filter(
        unit__in=units,
        is_incoming=True,
        state=PackageState.TAKEN,
        answers=None,
        document__isnull=False,
        from_code__in=rules.same_organ(sender),
        header__package_id__in=[one for one in ids if one],
    ).exclude(header__act=Act.WITHDRAWS)
    return list(found.select_related("document__attachment").order_by("pk"))


def meant_by(package: ExchangePackage) -> list[ExchangePackage]:
    """The packages that brought what this one recalls, changes or replaces; [] where it is new."""
    if not package.header.get("act"):
        return []
    meant = named(package.header.get("meant") or (), package.from_code, [package.unit_id])
    return [one for one in meant if one.pk != package.pk and one.pk < package.pk]


def changing(document: Document, packages: QuerySet[ExchangePackage]) -> list[ExchangePackage]:
    """Those of `packages` that recall, change or replace this document, the newest first."""
    came_in = packages.filter(
        document=document, is_incoming=True, answers=None, state=PackageState.TAKEN
    )
    found: dict[object, ExchangePackage] = {}
    for one in came_in.exclude(header__act=Act.WITHDRAWS):
        later = packages.filter(
            unit=one.unit_id,
            is_incoming=True,
            state=PackageState.TAKEN,
            from_code__in=rules.same_organ(one.from_code),
            header__act__in=ACTS,
            header__meant__contains=[one.header.get("package_id") or ""],
            pk__gt=one.pk,
        )
        found |= {other.pk: other for other in later.select_related("document")}
    return sorted(found.values(), key=lambda one: one.pk, reverse=True)
