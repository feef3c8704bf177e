"""Photographs without what a camera hides in them: where it stood, whose it is. The picture stays as it is.

Plain Python over the bytes: nothing is decoded or pressed anew, only the hidden parts are left out. Which
way up the picture is held is kept.
"""

import re
import struct
from collections.abc import Iterator

from .rules import JPEG, PNG, WEBP

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_HIDDEN = {0xE1, 0xED, 0xFE}  # Exif and XMP; IPTC; comments
_ALONE = {0x01, *range(0xD0, 0xDA)}  # markers without a length
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_PNG_HIDDEN = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_HIDDEN = {b"EXIF", b"XMP "}
_WEBP_FLAGS = 0x08 | 0x04  # of VP8X: has Exif, has XMP
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7]", re.DOTALL)
_AFTER_FILLING = re.compile(rb"[^\xff]")
_SEGMENTS = 2000  # of a picture; a progressive one with thumbnails and profiles has some dozens


def without_place(data: bytes, kind: str | None) -> bytes:
    """The photograph without place, time, camera and words; any other file, or a broken one, as it came."""
    strip = {JPEG: _jpeg, PNG: _png, WEBP: _webp}.get(kind or "")
    if strip is None:
        return data
    try:
        return strip(data)
    except (ValueError, IndexError, struct.error):
        return data


def _jpeg(data: bytes) -> bytes:
    """Up to the end of the first picture: what phones put behind it (a film, a second picture) goes."""
    kept, way_up = bytearray(data[:2]), 1
    for marker, part in _segments(data):
        if marker == 0xE1 and part[4:10] == _EXIF:
            way_up = _way_up(part[10:]) or way_up
        if marker in _HIDDEN or (marker == 0xE2 and part[4:8] == b"MPF\x00"):
            continue
        kept += part
    return bytes(kept[:2] + _exif_of(way_up) + kept[2:]) if way_up != 1 else bytes(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its bytes; the coded picture goes with the marker that begins it.

    Of a picture that breaks off, or is broken further on, the rest comes as one piece.
    """
    at = 2
    for _turn in range(_SEGMENTS):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        if data[at + 1] == 0xFF:
            further = _AFTER_FILLING.search(data, at)
            if further is None:
                raise ValueError("filling to the end")
            at = further.start() - 1
        marker, end = data[at + 1], at + 2
        if marker not in _ALONE:
            end += struct.unpack_from(">H", data, end)[0]
        if marker == _SOS:
            found = _AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
        yield marker, data[at:end]
        if marker == _EOI or end >= len(data):
            return
        at = end
    raise ValueError("more parts than a picture has")


def _way_up(tiff: bytes) -> int | None:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(count):
        tag, _kind, _n, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else None
    return None


def _exif_of(way_up: int) -> bytes:
    """An Exif part that says which way up the picture is held, and nothing else."""
    entry = struct.pack("<HHIHH", _ORIENTATION, 3, 1, way_up, 0)
    tiff = b"II*\x00" + struct.pack("<IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


def _png(data: bytes) -> bytes:
    kept, at = bytearray(data[:8]), 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise ValueError("cut off")
        if kind not in _PNG_HIDDEN:
            kept += data[at:end]
        if kind == b"IEND":
            break
        at = end
    return bytes(kept)


def _webp(data: bytes) -> bytes:
    kept, at = bytearray(), 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        end = at + 8 + length + length % 2
        part = bytearray(data[at:end])
        if kind == b"VP8X":
            part[8] &= ~_WEBP_FLAGS
        if kind not in _WEBP_HIDDEN:
            kept += part
        at = end
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + bytes(kept)
