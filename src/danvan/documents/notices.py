"""The messages that documents send."""

from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.notices.actions import tell
from danvan.org.models import Post
from danvan.text import in_vietnamese

from .models import Document


@in_vietnamese
def read(document: Document) -> None:
    """To those who check the reading: it waits for them."""
    tell(
        _proofreaders(document),
        event=f"read {document.pk}",
        text=_("Đã đọc xong, chờ đối chiếu: %(document)s") % {"document": document},
        about=document,
    )


@in_vietnamese
def unreadable(document: Document) -> None:
    tell(
        _proofreaders(document),
        event=f"unreadable {document.pk}",
        text=_("Không đọc được tệp: %(name)s") % {"name": document.file_name},
        about=document,
    )


def _proofreaders(document: Document) -> list[UUID]:
    """The accounts of those who work for the unit that filed the document."""
    return Post.objects.in_charge(clock.today()).filter(unit=document.filed_by_id).accounts()
