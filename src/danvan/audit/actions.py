from typing import Any, Protocol
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.postgresql.psycopg_any import Range

from danvan import clock

from .models import AuditEntry
from .verifying import Verification, verify


class By(Protocol):
    """Who acts, as much as the record keeps of it (`org.actors.Actor`)."""

    @property
    def user_id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def post_label(self) -> str: ...
    @property
    def on_behalf_of(self) -> str: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def address(self) -> str | None: ...


Seen = dict[str, Any]  # field → value
NOTHING: Seen = {}  # what was there before a thing was made

# Never kept here: what only follows from other fields, and what nobody may read.
_LEFT_OUT = {
    "folded",
    "sort_key",
    "number_squeezed",
    "submission_key",
    "password",
    "secret",
    "token",
    "last_login",
}


def seen(subject: models.Model) -> Seen:
    """The fields of a thing as they are now; taken before a change, and given to `record`."""
    return {
        field.attname: getattr(subject, field.attname)
        for field in subject._meta.concrete_fields
        if field.attname not in _LEFT_OUT and not field.primary_key
    }


def record(
    subject: models.Model,
    verb: str,
    *,
    by: By,
    before: Seen | None = None,
    after: Seen | None = None,
    reason: str = "",
    **details: Any,
) -> AuditEntry:
    """Write the entry of a change, in the change's transaction.

    `before` is what `seen` said of the subject, `NOTHING` of one just made; the fields that differ
    now are kept, as they were and as they are. Where what changed is not a field of the subject,
    `after` is given too. Details are what else the verb's sentence needs.
    """
    if before is not None and after is None:
        after = seen(subject)
    changed = _differences(before or {}, after or {})
    return AuditEntry.objects.create(
        **_values(subject, verb, by, reason=reason, changed=changed, details=details)
    )


def record_all(
    subjects: list[Any],
    verb: str,
    *,
    by: By,
    before: list[Seen] | None = None,
    after: list[Seen] | None = None,
    reason: str = "",
    **details: Any,
) -> None:
    """The same change of many things, in one statement; `before` in the order of the subjects."""
    now = after or [seen(subject) for subject in subjects]
    were = before or now  # nothing that the subject itself shows
    AuditEntry.objects.bulk_create(
        AuditEntry(
            **_values(
                subject,
                verb,
                by,
                reason=reason,
                changed=_differences(was, is_now),
                details=details,
            )
        )
        for subject, was, is_now in zip(subjects, were, now, strict=True)
    )


JOURNAL = UUID("00000000-0000-7000-8000-000000000000")  # the journal itself, as what a check is of


def check(*, by: By) -> Verification:
    """Verify the whole journal; that it was done, and what was found, is recorded itself."""
    found = verify()
    AuditEntry.objects.create(
        **_who(by),
        verb="checked",
        subject_kind="audit.auditentry",
        subject=JOURNAL,
        subject_label="Nhật ký",
        details={
            "entries": found.entries,
            "findings": [one.what for one in found.findings],
            "more": found.more,
        },
    )
    return found


def record_reading(subject: models.Model, what: str, *, by: By, reason: str = "") -> AuditEntry:
    """Somebody opened what is covered: a petitioner's identity, a citizen's name or address.

    `what` names the field or the fact in words. What stood there is not repeated.
    """
    return record(subject, "identity_read", by=by, reason=reason, what=what)


def history(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """What happened to a thing, newest first."""
    return AuditEntry.objects.filter(subject=subject.pk)


def _differences(was: Seen, now: Seen) -> tuple[Seen, Seen]:
    """What differs, as it was and as it is; a field that only one side has is missing on the other.

    Of values under keys (a record's data) only the keys that differ are kept.
    """
    before: Seen = {}
    after: Seen = {}
    for key in {**was, **now}:
        if was.get(key) == now.get(key):
            continue
        one, other = _plain(was.get(key)), _plain(now.get(key))
        if isinstance(one, dict) and isinstance(other, dict):
            one, other = _differences(one, other)
        if one == other or (key not in was and other in ("", [], {})):
            continue
        if key in was:
            before[key] = one
        if key in now:
            after[key] = other
    return before, after


def _values(
    subject: models.Model,
    verb: str,
    by: By,
    *,
    reason: str,
    changed: tuple[Seen, Seen],
    details: dict[str, Any],
) -> dict[str, Any]:
    before, after = changed
    return {
        **_who(by),
        "verb": verb,
        "subject_kind": subject._meta.label_lower,
        "subject": subject.pk,
        "subject_label": str(subject)[:500],
        "before": before,
        "after": after,
        "reason": reason,
        "details": {key: _plain(value) for key, value in details.items()},
    }


def _who(by: By) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "by_user": by.user_id,
        "by_name": by.name,
        "by_post": by.post_label,
        "by_unit": by.unit_id,
        "on_behalf_of": by.on_behalf_of,
        "address": by.address,
    }


def _plain(value: Any) -> Any:
    """As JSON holds it: a range as its two ends, ids and dates as text."""
    if isinstance(value, str | int | float | bool | list | dict) or value is None:
        return value
    if isinstance(value, Range):
        return [_plain(value.lower), _plain(value.upper)]
    return DjangoJSONEncoder().default(value)
