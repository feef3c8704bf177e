"""Reading in a process of its own, within limits of time and memory.

For servers: whatever a file does to its reader, the one who asked goes on.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from vanban.formats import open_file
from vanban.formats import picture as draw
from vanban.formats.unreadable import CRASHED, TOO_HARD, Unreadable, refuse
from vanban.model import Json
from vanban.reader import read_bytes

SECONDS = 120
MEGABYTES = 2_048
_DONE, _UNREADABLE, _NO_MEMORY = 0, 3, 4


def read(data: bytes, name: str, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Json:
    """The reading of a file's content as JSON.

    Raises Unreadable, also where the reader takes too long, needs too much memory or crashes.
    """
    reading: Json = json.loads(_ask(["read", name], data, name, seconds, megabytes))
    return reading


def check(data: bytes, name: str, *, seconds: float = 10, megabytes: int = MEGABYTES) -> None:
    """Whether a file can be opened, for whoever takes it in to be read later.

    Raises Unreadable where it cannot; one that takes longer than `seconds` to open is left to the
    reading to decide.
    """
    try:
        _ask(["check", name], data, name, seconds, megabytes)
    except Unreadable as refused:
        if refused.code != TOO_HARD.code:
            raise


def picture(
    data: bytes,
    name: str,
    page: int,
    width: int,
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> bytes:
    """`vanban.picture` within limits; raises as `read` does."""
    return _ask(["picture", name, str(page), str(width)], data, name, seconds, megabytes)


def _ask(task: list[str], data: bytes, name: str, seconds: float, megabytes: int) -> bytes:
    with subprocess.Popen(
        [sys.executable, "-m", "vanban.apart", str(megabytes), *task],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            answer, _ = child.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise refuse(TOO_HARD, name) from None
        finally:
            if child.poll() is None:
                _end(child)
    if child.returncode == _NO_MEMORY:
        raise refuse(TOO_HARD, name)
    if child.returncode == _UNREADABLE:
        reason = json.loads(answer)
        raise Unreadable(reason["code"], reason["message"])
    if child.returncode != _DONE:
        raise refuse(CRASHED, name)
    return answer


def _end(child: subprocess.Popen[bytes]) -> None:
    """The process and those it has started (Tesseract)."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main() -> int:
    """The other side: the content on standard input, the answer on standard output."""
    megabytes, *task = sys.argv[1:]
    _limit_memory(int(megabytes) * 1024 * 1024)
    code = _DONE
    try:
        answer = _answer(sys.stdin.buffer.read(), *task)
    except Unreadable as error:
        code = _UNREADABLE
        answer = json.dumps({"code": error.code, "message": str(error)}).encode()
    except MemoryError:
        return _NO_MEMORY
    sys.stdout.buffer.write(answer)
    return code


def _answer(data: bytes, task: str, name: str, *more: str) -> bytes:
    if task == "picture":
        page, width = map(int, more)
        return draw(data, name, page, width)
    if task == "check":
        return open_file(data, name).encode()
    reading = read_bytes(data, name).as_json()
    return json.dumps(reading, ensure_ascii=False).encode(errors="replace")


def _limit_memory(most: int) -> None:
    """Where the system knows such limits (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.exit(main())
