"""Reading in a process of its own, within limits of time and memory.

For servers: whatever a file does to its reader, the one who asked goes on.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from vanban.formats.unreadable import CRASHED, TOO_HARD, Unreadable, refuse
from vanban.model import Json
from vanban.reader import read_bytes

SECONDS = 120
MEGABYTES = 2_048
_READ, _UNREADABLE, _NO_MEMORY = 0, 3, 4


def read(data: bytes, name: str, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Json:
    """The reading of a file's content as JSON.

    Raises Unreadable, also where the reader takes too long, needs too much memory or crashes.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "vanban.apart", name, str(megabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        answer, _ = child.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise refuse(TOO_HARD, name) from None
    finally:
        if child.poll() is None:
            _end(child)
    if child.returncode == _NO_MEMORY:
        raise refuse(TOO_HARD, name)
    if child.returncode not in (_READ, _UNREADABLE):
        raise refuse(CRASHED, name)
    found: Json = json.loads(answer)
    if child.returncode == _UNREADABLE:
        raise Unreadable(found["code"], found["message"])
    return found


def _end(child: subprocess.Popen[bytes]) -> None:
    """The process and those it has started (Tesseract)."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.communicate()


def main() -> int:
    """The other side: the content on standard input, the answer on standard output."""
    name, megabytes = sys.argv[1], int(sys.argv[2])
    _limit_memory(megabytes * 1024 * 1024)
    code, answer = _READ, b""
    try:
        reading = read_bytes(sys.stdin.buffer.read(), name).as_json()
        answer = json.dumps(reading, ensure_ascii=False).encode(errors="replace")
    except Unreadable as error:
        code = _UNREADABLE
        answer = json.dumps({"code": error.code, "message": str(error)}).encode()
    except MemoryError:
        return _NO_MEMORY
    sys.stdout.buffer.write(answer)
    return code


def _limit_memory(most: int) -> None:
    """Where the system knows such limits (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.exit(main())
