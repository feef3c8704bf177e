"""Uploads past the limit are read to their end and thrown away, so that the sender gets an answer."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

SENT_TOO_MUCH = "danvan.sent_too_much"  # in META: bytes, where the limit was passed
FORM = 64 * 1024  # bytes; the fields that are sent along with a file


class LimitedUpload(FileUploadHandler):
    """Stops at `DANVAN_UPLOAD_LIMIT` and marks the request with the size that was sent."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.sent = content_length  # bytes, the form around the file included

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if max(self.sent - FORM, start + len(raw_data)) > settings.DANVAN_UPLOAD_LIMIT:
            if self.request is not None:
                self.request.META[SENT_TOO_MUCH] = self.sent
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
