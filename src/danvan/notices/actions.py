from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model

from danvan import clock

from .models import Notice


@dataclass(frozen=True)
class Message:
    """What is told, to whom, about what; an event is told to a person once."""

    recipients: Iterable[UUID]
    event: str
    text: str
    about: Model
    needs_action: bool = False


def tell_all(messages: Iterable[Message]) -> None:
    """Write many notices at once; who has been told of an event is not told again."""
    now = clock.now()
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=recipient,
                event=message.event,
                text=message.text[:500],
                subject_kind=message.about._meta.label_lower,
                subject=message.about.pk,
                needs_action=message.needs_action,
                created_at=now,
            )
            for message in messages
            for recipient in message.recipients
        ],
        ignore_conflicts=True,
    )


def tell(
    recipients: Iterable[UUID], *, event: str, text: str, about: Model, needs_action: bool = False
) -> None:
    """Write one notice to each; who has been told of this event is not told again."""
    tell_all([Message(recipients, event, text, about, needs_action)])


def mark_read(recipient: UUID) -> None:
    Notice.objects.of(recipient).unread().update(read_at=clock.now())
