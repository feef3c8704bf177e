"""Uploads past the limit are read to their end and thrown away, so that the sender gets an answer."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitedUpload(FileUploadHandler):
    """Stops at `DANVAN_UPLOAD_LIMIT` and marks the request with the size that was sent."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        self.sent = content_length
        if content_length > settings.DANVAN_UPLOAD_LIMIT + 64 * 1024:  # the form around the file
            self._stop()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.DANVAN_UPLOAD_LIMIT:
            self._stop()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _stop(self) -> None:
        if self.request is not None:
            self.request.upload_too_large = self.sent  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=False)
