"""The end of the chain as it is remembered outside the database, beside the key.

Whoever can change every table still cannot cut the end off, or chain anew, without being found.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .models import Seal


@dataclass(frozen=True)
class Head:
    position: int
    hash: bytes


def key() -> bytes:
    value: str = settings.DANVAN_AUDIT_KEY
    return value.encode()


def remembered() -> Head | None:
    """What this machine remembers; nothing on one that never sealed."""
    file = _file()
    if not file.exists():
        return None
    position, digits = file.read_text().split()
    return Head(int(position), bytes.fromhex(digits))


def remember(position: int, hash: bytes) -> None:
    """Go forward to this seal, never back; a chain that no longer holds the last one is not followed."""
    with _alone():
        known = remembered()
        if known is not None and (known.position >= position or not holds(known)):
            return
        fresh = _file().with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(f"{position} {hash.hex()}\n")
        os.replace(fresh, _file())


def holds(known: Head) -> bool:
    """Is the remembered seal still in the chain, as it was?"""
    found = Seal.objects.filter(position=known.position).values_list("hash", flat=True).first()
    return found is not None and bytes(found) == known.hash


def _file() -> Path:
    file: Path = settings.DANVAN_AUDIT_HEAD
    return file


@contextmanager
def _alone() -> Iterator[None]:
    lock = _file().with_suffix(".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
