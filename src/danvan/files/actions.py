import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock

from . import rules
from .models import Attachment

_kept: ContextVar[list[Attachment]] = ContextVar("kept")  # in the block of `atomic` around


class Refused(Exception):
    """A file that is not taken in; its text says to the sender what to do."""


@contextmanager
def atomic() -> Iterator[None]:
    """A transaction in which files are kept: where its block fails, their bytes go with its rows.

    Where only the commit itself fails they stay: bytes without a row harm nobody, a row without
    its bytes does.
    """
    kept: list[Attachment] = []
    around = _kept.get(None)
    token = _kept.set(kept)
    with transaction.atomic():
        try:
            yield
        except BaseException:
            for attachment in kept:
                attachment.content.delete(save=False)
            raise
        finally:
            _kept.reset(token)
    if around is not None:
        around.extend(kept)


def empty(name: str) -> str:
    """What is said of a file without content."""
    return _("Tệp “%(name)s” không có nội dung. Kiểm tra tệp gốc.") % {"name": PurePath(name).name}


@atomic()
def keep(data: bytes, name: str, *, media_type: str | None = None) -> Attachment:
    """Keep the bytes as they came. Raises Refused for what is no accepted kind of file."""
    if not data:
        raise Refused(empty(name))
    kind = media_type or rules.media_type(data)
    if kind is None:
        raise Refused(
            _(
                "Tệp “%(name)s” không thuộc loại nhận được (DOCX, XLSX, ODT, PDF, TXT, ảnh). Chọn tệp khác. Chưa có gì được lưu."
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
    _kept.get().append(attachment)
    attachment.save()
    return attachment
