"""How entries are chained, signed and printed: bytes in, bytes out.

The canonical form of an entry, form 1, is the text that PostgreSQL writes for `CANONICAL[1]`: a
JSON array of the form's name and the entry's columns in a fixed order, in UTF-8. Anybody with
`psql` can write it and hash it. A form is never changed; another one gets the next number, and
seals keep the number of theirs.

    hash = SHA-256(hash before + canonical entry)         the hash before the first is 32 zero bytes
    mac  = HMAC-SHA-256(key, "seal|form|position|entry|moment|hash")   moment: microseconds, hash: hex
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

FORM = 1
CANONICAL = {
    1: """jsonb_build_array(
        'danvan-audit-1', e.id::text,
        CASE WHEN e.at BETWEEN '0001-01-02Z' AND '9999-12-30Z'
             THEN to_jsonb((extract(epoch FROM e.at) * 1000000)::bigint)
             ELSE to_jsonb(e.at::text) END,
        e.by_user::text, e.by_name, e.by_post, e.by_unit::text, e.on_behalf_of, e.address::text,
        e.verb, e.subject_kind, e.subject::text, e.subject_label,
        e.before, e.after, e.reason, e.details)::text"""
}
BEGINNING = bytes(32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def chained(before: bytes, canonical: str) -> bytes:
    """The hash of an entry that follows the one with the hash `before`."""
    return hashlib.sha256(before + canonical.encode()).digest()


@dataclass(frozen=True)
class Sealed:
    """What a seal says, and what its mac vouches for."""

    form: int
    position: int
    entry: UUID
    at: int  # microseconds since 1970
    hash: bytes

    def mac(self, key: bytes) -> bytes:
        said = f"seal|{self.form}|{self.position}|{self.entry}|{self.at}|{self.hash.hex()}"
        return _mac(key, said)

    def is_vouched_for(self, mac: bytes, key: bytes) -> bool:
        return hmac.compare_digest(self.mac(key), mac)


def _mac(key: bytes, said: str) -> bytes:
    return hmac.digest(key, said.encode(), "sha256")


def microseconds(moment: datetime) -> int:
    """Since 1970, whole, as the database counts them."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(entry: UUID) -> int:
    """When the id of an entry was made, in milliseconds since 1970: the front of a UUIDv7."""
    return entry.int >> 80


def first_id_at(milliseconds: int) -> UUID:
    """The smallest id that can be made at that moment."""
    return UUID(int=max(milliseconds, 0) << 80)


@dataclass(frozen=True)
class Statement:
    """Where the chain stood at the end of a day: what is printed and kept."""

    day: date
    entries: int
    position: int
    hash: bytes

    def mac(self, key: bytes) -> bytes:
        said = f"digest|{self.day}|{self.entries}|{self.position}|{self.hash.hex()}"
        return _mac(key, said)


class NotADigest(Exception):
    """The text is no digest as `printed` writes it; says what is missing."""


def grouped(value: bytes) -> list[str]:
    """Hexadecimal in groups of four, four lines of four: to be compared by eye."""
    digits = value.hex()
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    return [" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]


def printed(said: Statement, mac: bytes, *, body: str, made_at: datetime) -> str:
    """The text of a digest. It is Vietnamese always: `parse` reads it years later."""
    lines = [
        f"NHẬT KÝ DANVAN: BẢN NIÊM PHONG NGÀY {said.day:%d/%m/%Y}",
        f"Cơ quan: {body}",
        f"Số mục niêm phong trong ngày: {_number(said.entries)}",
        f"Vị trí cuối: {_number(said.position)}",
        "Mã băm (SHA-256):",
        *(f"    {line}" for line in grouped(said.hash)),
        "Mã xác nhận (HMAC-SHA-256):",
        *(f"    {line}" for line in grouped(mac)),
        f"Lập lúc: {made_at:%H:%M} ngày {made_at:%d/%m/%Y}",
        "Giữ bản này ngoài hệ thống. Đối chiếu: danvan audit verify --from-digest TỆP",
    ]
    return "\n".join(lines) + "\n"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def parse(text: str) -> tuple[Statement, bytes]:
    """A printed digest and its mac. Raises NotADigest; blanks and line ends may have changed."""
    day = re.search(r"BẢN NIÊM PHONG NGÀY\s+(\d\d)/(\d\d)/(\d{4})", text)
    entries = re.search(r"Số mục niêm phong trong ngày:\s*([\d.]+)", text)
    position = re.search(r"Vị trí cuối:\s*([\d.]+)", text)
    kept = re.search(r"\(SHA-256\):([0-9a-f\s]+)", text)
    mac = re.search(r"\(HMAC-SHA-256\):([0-9a-f\s]+)", text)
    if not (day and entries and position and kept and mac):
        raise NotADigest("Tệp này không phải bản niêm phong ngày của nhật ký.")
    said = Statement(
        day=date(int(day[3]), int(day[2]), int(day[1])),
        entries=int(entries[1].replace(".", "")),
        position=int(position[1].replace(".", "")),
        hash=_bytes(kept[1]),
    )
    return said, _bytes(mac[1])


def _bytes(digits: str) -> bytes:
    value = bytes.fromhex("".join(digits.split()))
    if len(value) != 32:
        raise NotADigest("Mã trong bản niêm phong không đủ 64 chữ số. Kiểm tra lại tệp.")
    return value
