"""Reading in a process of its own, within limits of time and memory."""

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_noop

from .reading import read
from .shape import Book, NotRead, Row

SECONDS, MEGABYTES = 60, 1_536

_TOO_HARD = gettext_noop(
    "Tệp quá nặng, chưa đọc được. Tách thành nhiều tệp, mỗi tệp vài nghìn dòng."
)


def read_apart(data: bytes, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Book:
    """`read`, in a process of its own: whatever the file does to its reader, others go on."""
    command = [sys.executable, "-m", "danvan.org.sheets.apart", str(megabytes), str(int(seconds))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NotRead(_TOO_HARD) from None
    if done.returncode != 0:
        raise NotRead(_TOO_HARD)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise NotRead(answer["refused"], **answer["values"])
    return Book([Row(**row) for row in answer["rows"]], answer["passed_over"])


def main() -> int:
    """The other side: a file on standard input, its rows on standard output."""
    megabytes, seconds = map(int, sys.argv[1:])
    _limit(megabytes * 1024 * 1024, seconds)
    try:
        answer: dict[str, Any] = asdict(read(sys.stdin.buffer.read()))
    except NotRead as refusal:
        answer = {"refused": refusal.msgid, "values": refusal.values}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def _limit(memory: int, seconds: int) -> None:
    """Where the system knows such limits (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
