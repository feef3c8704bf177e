"""The messages that documents send."""

from django.utils.translation import gettext as _

from danvan.notices.actions import tell
from danvan.org import told
from danvan.text import in_vietnamese

from .models import Document


@in_vietnamese
def read(document: Document) -> None:
    """To those who check the reading: it waits for them."""
    tell(
        told.of_units([document.filed_by_id]),
        event=f"read {document.pk}",
        text=_("Đã đọc xong, chờ đối chiếu: %(document)s") % {"document": document},
        about=document,
    )


@in_vietnamese
def unreadable(document: Document) -> None:
    tell(
        told.of_units([document.filed_by_id]),
        event=f"unreadable {document.pk}",
        text=_("Không đọc được tệp: %(name)s") % {"name": document.file_name},
        about=document,
    )
