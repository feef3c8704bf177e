"""Parts of a zipped document, within limits: a file is read only as far as it may be."""

from __future__ import annotations

import io
import zipfile
import zlib

from vanban.formats.unreadable import DAMAGED, LOCKED, NOT_DOCUMENT, UNSAFE, refuse

ENTRIES = 5_000
PART = 120 * 1024 * 1024  # bytes of one part, unpacked
WHOLE = 400 * 1024 * 1024  # bytes of all parts, as the archive declares them
RATIO = 250  # unpacked to packed, asked of parts over a megabyte
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that DOCX (ISO 29500-2) and ODT allow


class Archive:
    """A zip file whose parts are read by name; what is wrong with it raises Unreadable."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise refuse(DAMAGED, name) from error
        self._check(entries)
        self._names = {entry.filename: entry for entry in entries}

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > WHOLE:
            raise refuse(UNSAFE, self.name)
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED:
                raise refuse(LOCKED, self.name)
            if entry.compress_type not in _METHODS:
                raise refuse(DAMAGED, self.name)
            if entry.file_size > 1_000_000 and entry.file_size > RATIO * entry.compress_size:
                raise refuse(UNSAFE, self.name)

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def names(self) -> list[str]:
        return list(self._names)

    def read(self, part: str) -> bytes:
        """The bytes of a part, b"" where there is none."""
        entry = self._names.get(part)
        if entry is None:
            return b""
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
        ) as error:
            raise refuse(DAMAGED, self.name) from error
        if len(data) > PART:
            raise refuse(UNSAFE, self.name)
        return data

    def require(self, part: str) -> bytes:
        if part not in self:
            raise refuse(NOT_DOCUMENT, self.name)
        return self.read(part)
