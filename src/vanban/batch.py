"""Many files: found in folders, read side by side, each answer kept as soon as it is there.

What is done stands in a log beside the answers, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from vanban import summary
from vanban.formats import LIMIT, Unreadable
from vanban.reader import read_bytes

SUFFIXES = frozenset(
    ".docx .odt .fodt .pdf .txt .md .markdown .html .htm .mht .mhtml .png .jpg .jpeg .tif .tiff .webp "
    ".gif .bmp .doc .rtf".split()  # the last two cannot be read: the answer says what to do
)
SECONDS = 300  # for one file: a long scan takes some seconds a page
AHEAD = 4  # files in work for each process, so that memory does not grow with their number


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: `text` as asked for, or `error` in words."""

    path: str
    text: str = ""
    error: str = ""


Work = Callable[[str], Answer]


class Stopped(Exception):
    """The work cannot go on at all; the message says what is missing (Vietnamese)."""


@dataclass(frozen=True, slots=True)
class How:
    """How an answer is given: as JSON on one line, or as a summary for the terminal."""

    json: bool
    width: int = 80
    whole: bool = False

    def file(self, path: str) -> Answer:
        try:
            with open(path, "rb") as file:
                data = file.read(LIMIT + 1)
        except OSError as error:
            return Answer(path, error=f"Không mở được tệp “{path}”: {why(error)}.")
        return self.bytes(path, data)

    def bytes(self, path: str, data: bytes) -> Answer:
        try:
            document = read_bytes(data, _shown(os.path.basename(path)))
        except Unreadable as error:
            return Answer(path, error=str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours in one file stops no other
            fault = type(error).__name__
            return Answer(
                path, error=f"Không đọc được tệp “{path}”: lỗi của chương trình, {fault}."
            )
        if self.json:
            import json

            return Answer(path, json.dumps(document.as_json(), ensure_ascii=False))
        lines = summary.lines(document, width=self.width, whole=self.whole)
        return Answer(path, "\n".join(lines) + "\n")


def _shown(path: str) -> str:
    """A name as it can be printed: on some systems it is bytes of any kind."""
    return path.encode(errors="replace").decode()


_WHY = {
    FileNotFoundError: "không có tệp này",
    NotADirectoryError: "không có tệp này",
    IsADirectoryError: "là thư mục không có văn bản nào",
    FileExistsError: "đã có tệp cùng tên",
    PermissionError: "không có quyền",
}


def why(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "ổ đĩa đã đầy"
    return _WHY.get(type(error), f"lỗi của hệ thống, mã {error.errno}")


# Which files


def files(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each file with its place below the path that was named.

    Folders are walked, in order; one without documents stands for itself, to be told of.
    """
    for path in paths:
        inside = list(_walk(path)) if os.path.isdir(path) else []
        yield from inside or [(path, os.path.basename(path))]


def _walk(path: str) -> Iterator[tuple[str, str]]:
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            whole = os.path.join(folder, name)
            if _is_document(name) and not _is_special(whole):
                yield whole, os.path.relpath(whole, path)


def _is_document(name: str) -> bool:
    """By its ending, in a folder; Word's lock files (“~$…”) are none."""
    return not name.startswith((".", "~$")) and os.path.splitext(name)[1].lower() in SUFFIXES


def _is_special(path: str) -> bool:
    """A pipe or device, which would be waited for without end."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


# How


Answers = Generator[Answer, None, None]


def one_by_one(paths: Iterable[str], work: Work) -> Answers:
    yield from map(work, paths)


def side_by_side(paths: Iterable[str], work: Work, jobs: int, seconds: float = SECONDS) -> Answers:
    """In `jobs` processes, answers in the order of the paths. Raises Stopped without pebble."""
    try:
        from pebble import ProcessPool
    except ImportError as error:
        raise Stopped(
            "Đọc song song cần thư viện pebble. Cài: pip install 'vanban[batch]'."
        ) from error
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract: one thread for each process
    waiting: deque[tuple[str, Any]] = deque()
    pool: Any = ProcessPool(max_workers=jobs, max_tasks=500)
    with pool:
        try:
            for path in paths:
                waiting.append((path, pool.schedule(work, args=(path,), timeout=seconds)))
                if len(waiting) >= jobs * AHEAD:
                    yield _answer(*waiting.popleft())
            while waiting:
                yield _answer(*waiting.popleft())
        finally:
            if waiting:
                pool.stop()


def _answer(path: str, future: Any) -> Answer:
    from pebble import ProcessExpired

    try:
        answer: Answer = future.result()
    except TimeoutError:
        return Answer(path, error=f"Đọc tệp “{path}” quá lâu, đã bỏ qua.")
    except ProcessExpired:
        return Answer(path, error=f"Đọc tệp “{path}” làm tiến trình dừng đột ngột, đã bỏ qua.")
    return answer


# What is done


class Log:
    """The log of a folder of answers: one JSON line for each file, appended when it is done.

    A file counts as done while its size, its time of change and the reader are the same.
    """

    NAME = "vanban.jsonl"

    def __init__(self, folder: str, version: str) -> None:
        self.version = version
        self._path = os.path.join(folder, self.NAME)
        self._done: dict[str, tuple[object, ...]] = {}
        self._read()
        self._file = open(self._path, "a", encoding="utf-8", errors="surrogateescape")

    def _read(self) -> None:
        import json

        if not os.path.exists(self._path):
            return
        torn = False
        with open(self._path, encoding="utf-8", errors="surrogateescape") as file:
            for line in file:
                torn = not line.endswith("\n")
                try:
                    row = json.loads(line)
                    if not row["error"]:
                        self._done[row["path"]] = (*row["state"], row["version"], row["target"])
                except (ValueError, KeyError, TypeError):
                    continue
        if torn:  # the last run was stopped while it wrote: its last line is closed
            with open(self._path, "a", encoding="utf-8") as file:
                file.write("\n")

    def is_done(self, path: str, target: str) -> bool:
        state = _state(path)
        if state is None or self._done.get(path) != (*state, self.version, target):
            return False
        return os.path.exists(target)

    def add(self, path: str, target: str, error: str) -> None:
        """`error` where the file could not be read: it is tried again next time."""
        import json

        state = _state(path)
        if state is None:
            return  # not there: asked again next time
        row = {
            "path": path,
            "state": state,
            "version": self.version,
            "target": target,
            "error": error,
        }
        self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        with suppress(OSError):  # a full disk was told of when the line was added
            self._file.close()


def _state(path: str) -> tuple[int, int] | None:
    try:
        about = os.stat(path)
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns


def targets(found: Sequence[tuple[str, str]], folder: str) -> dict[str, str]:
    """Where each answer goes: NAME.json, or NAME.ENDING.json where two files share a name.

    Names that some systems take for one (a and A, é in one letter or two) count as shared.
    """
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for path, inner in found:
        stem, ending = os.path.splitext(inner)
        target = os.path.join(folder, f"{stem}.json")
        if _alike(target) in taken:
            target = os.path.join(folder, f"{inner}.json")
        number = 2
        while _alike(target) in taken:
            target = os.path.join(folder, f"{stem}-{number}{ending}.json")
            number += 1
        taken.add(_alike(target))
        chosen[path] = target
    return chosen


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def write(target: str, text: str) -> None:
    """Whole or not at all: a run that is stopped leaves no half answer. Raises OSError."""
    folder = os.path.dirname(target) or "."
    os.makedirs(folder, exist_ok=True)
    half = os.path.join(folder, f".vanban-{os.getpid()}.tmp")
    try:
        with open(half, "w", encoding="utf-8", errors="replace") as file:
            file.write(text + "\n")
        os.replace(half, target)
    except BaseException:
        with suppress(OSError):
            os.remove(half)
        raise
