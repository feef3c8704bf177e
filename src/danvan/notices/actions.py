from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model

from danvan import clock

from .choices import Way
from .models import Notice, Preference


@dataclass(frozen=True)
class Message:
    """What is told, to whom, about what; an event is told to a person once."""

    recipients: Iterable[UUID]
    event: str
    text: str
    about: Model
    needs_action: bool = False
    is_urgent: bool = False  # late or returned: by e-mail too, whatever one prefers


def tell_all(messages: Iterable[Message]) -> None:
    """Write many notices at once; who has been told of an event is not told again."""
    now = clock.now()
    told = [(recipient, message) for message in messages for recipient in message.recipients]
    at_once = set(
        Preference.objects.filter(
            way=Way.AT_ONCE, recipient__in={recipient for recipient, _message in told}
        ).values_list("recipient", flat=True)
    )
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=recipient,
                event=message.event,
                text=message.text[:500],
                subject_kind=message.about._meta.label_lower,
                subject=message.about.pk,
                needs_action=message.needs_action,
                to_mail=message.is_urgent or recipient in at_once,
                created_at=now,
            )
            for recipient, message in told
        ],
        ignore_conflicts=True,
    )


def tell(
    recipients: Iterable[UUID],
    *,
    event: str,
    text: str,
    about: Model,
    needs_action: bool = False,
    is_urgent: bool = False,
) -> None:
    """Write one notice to each; who has been told of this event is not told again."""
    tell_all([Message(recipients, event, text, about, needs_action, is_urgent)])


def mark_read(recipient: UUID) -> None:
    Notice.objects.of(recipient).unread().update(read_at=clock.now())


def prefer(recipient: UUID, *, way: Way, hour: int) -> Preference:
    """How a person wants to be told by e-mail from now on."""
    preference, _made = Preference.objects.update_or_create(
        recipient=recipient, defaults={"way": way, "hour": hour}
    )
    return preference
