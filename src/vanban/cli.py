"""`vanban FILE`: what a document says, on the terminal or as JSON.

Imports inside functions: argparse and json take as long to load as a text to read, few calls need them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from vanban import summary
from vanban.formats import Unreadable
from vanban.model import Document
from vanban.reader import READER_VERSION, read_file


@dataclass(frozen=True, slots=True)
class _Options:
    paths: Sequence[str]
    json: bool = False
    all: bool = False
    out: str | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 where a file could not be read or written."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    failed = False
    for path in options.paths:
        try:
            document = read_file(path)
        except Unreadable as error:
            failed = _complain(str(error))
        except OSError as error:
            failed = _complain(f"Không mở được tệp “{path}”: {_why(error)}.")
        else:
            failed = not _answer(document, path, options) or failed
    return int(failed)


_WHY = {
    FileNotFoundError: "không có tệp này",
    NotADirectoryError: "không có tệp này",
    IsADirectoryError: "là thư mục",
    FileExistsError: "đã có tệp cùng tên",
    PermissionError: "không có quyền",
}


def _why(error: OSError) -> str:
    return _WHY.get(type(error), f"lỗi của hệ thống, mã {error.errno}")


_USAGE = (
    "Câu lệnh chưa đúng. Cách dùng: vanban [--all] [--json] [--out THƯ_MỤC] TỆP… "
    "Xem đủ: vanban --help"
)


def _options(arguments: Sequence[str]) -> _Options:
    if arguments and not any(word.startswith("-") for word in arguments):
        return _Options(arguments)
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        def error(self, message: str) -> NoReturn:
            """What argparse says is English: how to call is shown instead."""
            _complain(_USAGE)
            self.exit(2)

    parser = Parser(
        prog="vanban", description="Đọc văn bản hành chính: thể thức, nhiệm vụ, chỉ tiêu, viện dẫn."
    )
    parser.add_argument("paths", nargs="+", metavar="TỆP", help="DOCX, TXT, Markdown")
    parser.add_argument("--all", action="store_true", help="in đủ mọi mục, không rút gọn")
    parser.add_argument("--json", action="store_true", help="in JSON, mỗi văn bản một dòng")
    parser.add_argument("--out", metavar="THƯ_MỤC", help="ghi mỗi văn bản một tệp JSON")
    parser.add_argument("--version", action="version", version=f"vanban {READER_VERSION}")
    return _Options(**vars(parser.parse_args(arguments)))


def _complain(message: str) -> bool:
    sys.stderr.write(message + "\n")
    return True


def _answer(document: Document, path: str, options: _Options) -> bool:
    """Whether the answer could be given."""
    if options.out:
        return _write(document, path, options.out)
    if options.json:
        sys.stdout.write(_json(document) + "\n")
    else:
        lines = summary.lines(document, width=_width(), whole=options.all)
        sys.stdout.write("\n".join(lines) + "\n\n")
    return True


def _write(document: Document, path: str, folder: str) -> bool:
    stem, _ = os.path.splitext(os.path.basename(path))
    try:
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, f"{stem}.json"), "w", encoding="utf-8") as file:
            file.write(_json(document) + "\n")
    except OSError as error:
        return not _complain(f"Không ghi được vào thư mục “{folder}”: {_why(error)}.")
    return True


def _json(document: Document) -> str:
    import json

    return json.dumps(document.as_json(), ensure_ascii=False)


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
