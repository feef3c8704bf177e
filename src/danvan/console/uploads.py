"""What a person is told whose file passes the limit."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from danvan.files.upload import SENT_TOO_MUCH


def too_large(request: HttpRequest) -> str | None:
    """Message 16, where the request brought a file past the limit and was therefore emptied."""
    sent = request.META.get(SENT_TOO_MUCH)
    if sent is None:
        return None
    return _("Tệp %(size)s vượt mức %(limit)s. Tách tệp, hoặc quét lại ở 200 dpi rồi tải lên.") % {
        "size": _megabytes(sent),
        "limit": _megabytes(settings.DANVAN_UPLOAD_LIMIT),
    }


def _megabytes(size: int) -> str:
    return f"{max(1, -(-size // 1024**2))}\u00a0MB"
