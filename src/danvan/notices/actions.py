from collections.abc import Iterable
from uuid import UUID

from danvan import clock

from .models import Notice


def tell(
    recipients: Iterable[UUID], *, event: str, text: str, path: str = "", needs_action: bool = False
) -> None:
    """Write a notice to each; who has been told of this event is not told again."""
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=recipient,
                event=event,
                text=text[:500],
                path=path,
                needs_action=needs_action,
                created_at=clock.now(),
            )
            for recipient in recipients
        ],
        ignore_conflicts=True,
    )


def mark_read(recipient: UUID) -> None:
    Notice.objects.of(recipient).unread().update(read_at=clock.now())
