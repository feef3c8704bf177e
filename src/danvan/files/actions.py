import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from danvan import clock

from . import rules
from .models import Attachment


class Refused(Exception):
    """A file that is not taken in; its text says to the sender what to do."""


def keep(data: bytes, name: str, *, media_type: str | None = None) -> Attachment:
    """Keep the bytes as they came. Raises Refused for what is no accepted kind of file."""
    if not data:
        raise Refused(_("Tệp không có nội dung. Kiểm tra tệp gốc."))
    kind = media_type or rules.media_type(data)
    if kind is None:
        raise Refused(
            _(
                "Tệp “%(name)s” không thuộc loại nhận được (DOCX, XLSX, ODT, PDF, TXT, ảnh PNG, JPEG). Chọn tệp khác. Chưa có gì được lưu."
            )
            % {"name": PurePath(name).name}
        )
    attachment = Attachment(
        name=rules.safe_name(name, kind),
        media_type=kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        kept_at=clock.now(),
    )
    attachment.content.save(attachment.name, ContentFile(data), save=False)
    attachment.save()
    return attachment
