"""The messages that documents send."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.notices.actions import tell
from danvan.org.choices import Role
from danvan.org.models import Post

from .models import Document


def read(document: Document) -> None:
    """To those who check the reading: it waits for them."""
    tell(
        _proofreaders(document),
        event=f"read {document.pk}",
        text=_("Đã đọc xong, chờ đối chiếu: %(document)s") % {"document": document},
        about=document,
    )


def unreadable(document: Document) -> None:
    tell(
        _proofreaders(document),
        event=f"unreadable {document.pk}",
        text=_("Không đọc được tệp: %(name)s") % {"name": document.attachment.name},
        about=document,
    )


def _proofreaders(document: Document) -> Iterable[UUID]:
    """The accounts of those who work for the unit that filed the document."""
    return (
        Post.objects.held(clock.today())
        .filter(
            unit=document.filed_by_id,
            role__in=[Role.OFFICER, Role.COORDINATOR],
            person__user__isnull=False,
        )
        .values_list("person__user", flat=True)
    )
