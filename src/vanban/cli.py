"""`vanban FILE`: what a document says, on the terminal or as JSON.

What only some calls need (options, JSON) is loaded by those: a summary is there at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

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
    """Exit code 0, or 1 where a file could not be read."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    if options.out:
        os.makedirs(options.out, exist_ok=True)
    failed = False
    for path in options.paths:
        try:
            document = read_file(path)
        except Unreadable as error:
            failed = _complain(str(error))
        except OSError as error:
            failed = _complain(f"Không mở được tệp “{path}”: {error.strerror}. Kiểm tra đường dẫn.")
        else:
            _answer(document, path, options)
    return int(failed)


def _options(arguments: Sequence[str]) -> _Options:
    if arguments and not any(word.startswith("-") for word in arguments):
        return _Options(arguments)
    from argparse import ArgumentParser

    parser = ArgumentParser(
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


def _answer(document: Document, path: str, options: _Options) -> None:
    if options.out:
        stem, _ = os.path.splitext(os.path.basename(path))
        with open(os.path.join(options.out, f"{stem}.json"), "w", encoding="utf-8") as file:
            file.write(_json(document) + "\n")
    elif options.json:
        sys.stdout.write(_json(document) + "\n")
    else:
        lines = summary.lines(document, width=_width(), whole=options.all)
        sys.stdout.write("\n".join(lines) + "\n\n")


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
