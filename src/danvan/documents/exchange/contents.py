"""A file inside a package: base64, sometimes zipped before; nothing larger than the limit comes out."""

import base64
import binascii
import io
import struct
import zipfile
import zlib

from django.utils.translation import gettext as _

from .package import Malformed

LIMIT = 50 * 1024 * 1024  # bytes of all files of a package together, unpacked
FILES = 100
_OFFICE = {"[Content_Types].xml", "mimetype"}  # a DOCX, XLSX or ODT is a ZIP by itself
_PIECE = 1 << 16
_KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What the standard library raises of a ZIP that was damaged, or made to be: names that are no UTF-8,
# parts that stand before the beginning.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
)


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def decoded(text: str, name: str, *, limit: int) -> bytes:
    """The file of a name. Raises Malformed, also for what would unpack to more than `limit` bytes."""
    packed = "".join(text.split())
    if len(packed) * 3 // 4 > limit + 3:
        raise _too_large()
    try:
        data = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(
            _("Tệp “%(name)s” trong gói bị hỏng: mã base64 sai. Báo nơi gửi lập lại gói.")
            % {"name": name}
        ) from error
    if not data:
        raise Malformed(
            _("Tệp “%(name)s” trong gói không có nội dung. Báo nơi gửi lập lại gói.")
            % {"name": name}
        )
    return _unwrapped(data, name, limit)


def _unwrapped(data: bytes, name: str, limit: int) -> bytes:
    """What stands in a ZIP that is only a wrapping: one file, under a name that is no .zip's."""
    if not data.startswith(b"PK\x03\x04") or name.lower().endswith(".zip"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) != 1 or entries[0].filename in _OFFICE:
                return data
            if entries[0].compress_type not in _KNOWN:  # others ask for memory as they please
                raise NotImplementedError
            return _unpacked(archive, entries[0], limit)
    except _DAMAGED as error:
        raise Malformed(
            _("Tệp “%(name)s” trong gói bị hỏng: không giải nén được. Báo nơi gửi lập lại gói.")
            % {"name": name}
        ) from error


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Piece by piece: what the ZIP says of its size is not believed."""
    found = bytearray()
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            found += piece
            if len(found) > limit:
                raise _too_large()
    return bytes(found)


def _too_large() -> Malformed:
    return Malformed(
        _(
            "Các tệp trong gói vượt mức %(limit)s MB sau khi giải nén. Báo nơi gửi tách gói, hoặc tải từng tệp lên riêng."
        )
        % {"limit": LIMIT // 1024**2}
    )
