from typing import Any, Protocol
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from danvan import clock

from .models import AuditEntry


class By(Protocol):
    """Who acts, as much as the record keeps of it (`org.actors.Actor`)."""

    @property
    def user_id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def post_label(self) -> str: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def address(self) -> str | None: ...


def record(subject: models.Model, verb: str, *, by: By, **details: Any) -> AuditEntry:
    """Write the entry of a change, in the change's transaction."""
    return AuditEntry.objects.create(**_values(subject, verb, by, details))


def record_all(subjects: list[Any], verb: str, *, by: By, **details: Any) -> None:
    """The same change of many things, in one statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(**_values(subject, verb, by, details)) for subject in subjects
    )


def history(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """What happened to a thing, newest first."""
    return AuditEntry.objects.filter(subject=subject.pk)


def _values(subject: models.Model, verb: str, by: By, details: dict[str, Any]) -> dict[str, Any]:
    encoder = DjangoJSONEncoder()
    return {
        "at": clock.now(),
        "by_user": by.user_id,
        "by_name": by.name,
        "by_post": by.post_label,
        "by_unit": by.unit_id,
        "address": by.address,
        "verb": verb,
        "subject_kind": subject._meta.label_lower,
        "subject": subject.pk,
        "subject_label": str(subject)[:500],
        "details": {key: _plain(value, encoder) for key, value in details.items()},
    }


def _plain(value: Any, encoder: DjangoJSONEncoder) -> Any:
    if isinstance(value, str | int | float | bool | list | dict) or value is None:
        return value
    return encoder.default(value)
