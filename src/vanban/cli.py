"""`vanban PATH…`: what documents say, on the terminal or as JSON; a file, or thousands.

Imports inside functions: argparse and json take as long to load as a text to read, few calls need them.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import TextIOWrapper
from typing import NoReturn

from vanban import __version__, batch
from vanban.batch import Answer, Answers, How
from vanban.reader import READER_VERSION


@dataclass(frozen=True, slots=True)
class _Options:
    paths: Sequence[str]
    json: bool = False
    all: bool = False
    out: str | None = None
    jobs: int = 1
    scheduler: str | None = None

    def how(self) -> How:
        return How(json=self.json or self.out is not None, width=_width(), whole=self.all)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 where a file could not be read or written; 2 for a wrong call; 130 stopped."""
    _speak_utf8()
    options = _options(sys.argv[1:] if arguments is None else arguments)
    try:
        return int(_keep(options, options.out) if options.out else _print(options))
    except batch.Stopped as error:
        return int(_complain(str(error)))
    except BrokenPipeError:  # who read the output has enough: nothing is left to be flushed at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        _complain("Đã dừng. Chạy lại đúng lệnh này để đọc tiếp các tệp còn lại.")
        return 130


def _speak_utf8() -> None:
    """Vietnamese goes out whole, whatever the terminal or the file was set to."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _print(options: _Options) -> bool:
    """Whether something failed."""
    failed = False
    paths = [path for path, _ in batch.files(options.paths)]
    with closing(_read(options, paths)) as answers:
        for answer in answers:
            if answer.error:
                failed = _complain(answer.error)
            else:
                sys.stdout.write(answer.text + "\n")
    return failed


def _keep(options: _Options, folder: str) -> bool:
    """Writes each answer into the folder; what is there from an earlier run is not read again."""
    found = list(batch.files(options.paths))
    targets = batch.targets(found, folder)
    try:
        os.makedirs(folder, exist_ok=True)
        log = batch.Log(folder, READER_VERSION)
    except OSError as error:
        return _complain(f"Không ghi được vào thư mục “{folder}”: {batch.why(error)}.")
    failures = 0
    with closing(log):
        left = [path for path in targets if not log.is_done(path, targets[path])]
        with closing(_read(options, left)) as answers:
            for answer in _with_progress(answers, len(left)):
                failures += not _keep_one(answer, targets[answer.path], log)
    if len(targets) > 1:
        _complain(_account(len(left), len(targets) - len(left), failures, folder))
    return bool(failures)


def _keep_one(answer: Answer, target: str, log: batch.Log) -> bool:
    """Whether the answer is there and written."""
    error = answer.error
    if not error:
        try:
            batch.write(target, answer.text)
        except OSError as reason:
            error = f"Không ghi được “{target}”: {batch.why(reason)}."
            if reason.errno == errno.ENOSPC:
                raise batch.Stopped(f"{error} Đã dừng.") from reason
    try:
        log.add(answer.path, target, error)
    except OSError as reason:
        raise batch.Stopped(f"Không ghi được nhật ký: {batch.why(reason)}. Đã dừng.") from reason
    return not (error and _complain(error))


def _account(tried: int, skipped: int, failures: int, folder: str) -> str:
    parts = [f"Đã đọc {tried - failures} tệp"]
    if skipped:
        parts.append(f"{skipped} tệp đã đọc từ lần trước")
    if failures:
        parts.append(f"{failures} tệp không đọc được, xem {os.path.join(folder, batch.Log.NAME)}")
    return "; ".join(parts) + "."


def _read(options: _Options, paths: Sequence[str]) -> Answers:
    how = options.how()
    if options.scheduler:
        from vanban import cluster

        yield from cluster.on_cluster(paths, how, options.scheduler)
    elif options.jobs > 1:
        yield from batch.side_by_side(paths, how.file, options.jobs)
    else:
        yield from batch.one_by_one(paths, how.file)


def _with_progress(answers: Iterator[Answer], total: int) -> Iterator[Answer]:
    """A bar on a terminal, nothing where nobody watches or the library for it is missing."""
    if total < 2 or not sys.stderr.isatty():
        return answers
    try:
        from tqdm import tqdm
    except ImportError:
        return answers
    return iter(tqdm(answers, total=total, unit=" tệp", desc="Đọc", dynamic_ncols=True))


_USAGE = (
    "Cách dùng: vanban [--all] [--json] [--out THƯ_MỤC] [--jobs N] [--scheduler ĐỊA_CHỈ] TỆP… "
    "Xem đủ: vanban --help"
)


def _options(arguments: Sequence[str]) -> _Options:
    if arguments and not any(word.startswith("-") for word in arguments):
        return _Options(arguments)
    import re
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        def error(self, message: str) -> NoReturn:
            """What argparse says is English: the word that it stumbles over and how to call."""
            word = re.search(r"--?[a-z-]+", message)
            at = f" ở “{word[0]}”" if word else ""
            _complain(f"Câu lệnh chưa đúng{at}. {_USAGE}")
            self.exit(2)

    parser = Parser(
        prog="vanban",
        usage="vanban [lựa chọn] TỆP…",
        description="Đọc văn bản hành chính: thể thức, nhiệm vụ, chỉ tiêu, số liệu, tiêu chí, viện dẫn, "
        "điều cần kiểm tra lại.",
        add_help=False,
    )
    files = parser.add_argument_group("tệp")
    files.add_argument(
        "paths",
        nargs="+",
        metavar="TỆP",
        help="DOCX, ODT, PDF, TXT, Markdown, HTML, ảnh quét; hoặc thư mục có các tệp ấy",
    )
    chosen = parser.add_argument_group("lựa chọn")
    chosen.add_argument("--all", action="store_true", help="in đủ mọi mục, không rút gọn")
    chosen.add_argument("--json", action="store_true", help="in JSON, mỗi văn bản một dòng")
    chosen.add_argument(
        "--out",
        metavar="THƯ_MỤC",
        help="ghi mỗi văn bản một tệp JSON; chạy lại thì chỉ đọc tệp mới hoặc đã sửa",
    )
    chosen.add_argument(
        "--jobs", type=_positive, default=1, metavar="N", help="đọc N tệp cùng lúc, mặc định 1"
    )
    chosen.add_argument(
        "--scheduler", metavar="ĐỊA_CHỈ", help="đọc trên cụm Dask có bộ điều phối ở địa chỉ này"
    )
    version = f"vanban {__version__}, bộ đọc {READER_VERSION}"
    chosen.add_argument("--version", action="version", version=version, help="in phiên bản")
    chosen.add_argument("-h", "--help", action="help", help="in hướng dẫn này")
    return _Options(**vars(parser.parse_args(arguments)))


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise ValueError
    return number


def _complain(message: str) -> bool:
    sys.stderr.write(message + "\n")
    return True


_NARROW, _WIDE = 50, 120  # columns: narrower breaks words, wider is hard to read


def _width() -> int:
    """Columns of the terminal; `COLUMNS` comes first, as with other programs."""
    try:
        columns = int(
            os.environ.get("COLUMNS") or os.get_terminal_size(sys.stdout.fileno()).columns
        )
    except (ValueError, OSError):
        columns = 80
    return min(max(columns, _NARROW), _WIDE)
