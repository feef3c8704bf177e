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
from vanban.formats.unreadable import CRASHED, TOO_HARD, TOO_LONG, Unreadable, refuse
from vanban.model import Json
from vanban.reader import read_bytes

SECONDS = 120
MEGABYTES = 2_048
LONGEST = 120 * 1024 * 1024  # bytes of an answer: who asked must hold it, and may want to store it
_DONE, _UNREADABLE, _NO_MEMORY = 0, 3, 4
_GRACE = 10  # seconds of work that the reader is left where nobody ends it


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
    return _ask(["picture", name, page, width], data, name, seconds, megabytes)


def _ask(task: list[str | int], data: bytes, name: str, seconds: float, megabytes: int) -> bytes:
    with subprocess.Popen(
        [sys.executable, "-m", "vanban.apart", str(megabytes), str(int(seconds) + _GRACE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            answer, _ = child.communicate(json.dumps(task).encode() + b"\n" + data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise refuse(TOO_HARD, name) from None
        finally:
            if child.poll() is None or child.returncode < 0:
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
    """The process and those it has started (Tesseract), also where it is gone itself."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main() -> int:
    """The other side: task and content on standard input, the answer on standard output."""
    megabytes, seconds = map(int, sys.argv[1:])
    _limit(megabytes * 1024 * 1024, seconds)
    code = _DONE
    try:
        task = json.loads(sys.stdin.buffer.readline())
        answer = _answer(sys.stdin.buffer.read(), *task)
    except Unreadable as error:
        code = _UNREADABLE
        answer = json.dumps({"code": error.code, "message": str(error)}).encode()
    except MemoryError:
        return _NO_MEMORY
    sys.stdout.buffer.write(answer)
    return code


def _answer(data: bytes, task: str, name: str, *more: int) -> bytes:
    if task == "picture":
        page, width = more
        return draw(data, name, page, width)
    if task == "check":
        return open_file(data, name).encode()
    reading = read_bytes(data, name).as_json()
    answer = json.dumps(reading, ensure_ascii=False).encode(errors="replace")
    if len(answer) > LONGEST:
        raise refuse(TOO_LONG, name)
    return answer


def _limit(memory: int, seconds: int) -> None:
    """Where the system knows such limits (not on Windows).

    The one of time holds also where nobody is left who waits for the answer.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
