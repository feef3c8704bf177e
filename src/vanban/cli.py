"""`vanban FILE`: what a document says, on the terminal or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from vanban.formats import Unreadable
from vanban.model import Document, Due, Duty
from vanban.reader import READER_VERSION, read_file

_FIELDS = (
    ("issuer", "Cơ quan ban hành"),
    ("number", "Số, ký hiệu"),
    ("kind", "Loại văn bản"),
    ("place", "Nơi ban hành"),
    ("date", "Ngày ban hành"),
    ("title", "Trích yếu"),
    ("authority", "Thẩm quyền ký"),
    ("signer_role", "Chức vụ người ký"),
    ("signer", "Người ký"),
)
_EVERY = {
    "week": "hằng tuần",
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half-year": "6 tháng",
    "nine-month": "9 tháng",
    "year": "hằng năm",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 where a file could not be read."""
    options = _options(arguments)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
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


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="vanban", description="Đọc văn bản hành chính: thể thức, bố cục, viện dẫn, nhiệm vụ."
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="TỆP", help="DOCX, TXT, Markdown")
    parser.add_argument("--json", action="store_true", help="in JSON, mỗi văn bản một dòng")
    parser.add_argument("--out", type=Path, metavar="THƯ_MỤC", help="ghi mỗi văn bản một tệp JSON")
    parser.add_argument("--version", action="version", version=f"vanban {READER_VERSION}")
    return parser.parse_args(arguments)


def _complain(message: str) -> bool:
    sys.stderr.write(message + "\n")
    return True


def _answer(document: Document, path: Path, options: argparse.Namespace) -> None:
    if options.out:
        target = options.out / f"{path.stem}.json"
        target.write_text(_json(document) + "\n", encoding="utf-8")
    elif options.json:
        sys.stdout.write(_json(document) + "\n")
    else:
        sys.stdout.write("\n".join(summary(document)) + "\n")


def _json(document: Document) -> str:
    return json.dumps(document.as_json(), ensure_ascii=False)


def summary(document: Document) -> Iterator[str]:
    """The reading in lines for the terminal."""
    yield from _header(document)
    yield from _outline(document)
    yield from _citations(document)
    yield from _duties(document)
    yield from _targets(document)
    yield f"\nSỐ LIỆU: {len(document.statistics)}"


def _header(document: Document) -> Iterator[str]:
    yield document.source.name or "VĂN BẢN"
    for name, label in _FIELDS:
        if value := getattr(document.header, name):
            yield f"  {label + ':':<20}{value}"
    if document.header.recipients:
        yield f"  {'Nơi nhận:':<20}{'; '.join(document.header.recipients)}"


def _outline(document: Document) -> Iterator[str]:
    yield f"\nBỐ CỤC: {len(document.outline)} đề mục"
    for heading in document.outline:
        yield f"{'  ' * heading.level}{heading.label}. {_short(heading.title)}"


def _citations(document: Document) -> Iterator[str]:
    yield f"\nVĂN BẢN VIỆN DẪN: {len(document.citations)}"
    for item in document.citations:
        words = " ".join(item.span.text.split())
        yield f"  {'[căn cứ] ' if item.basis else ''}{words}{f' — {item.issuer}' if item.issuer else ''}"


def _duties(document: Document) -> Iterator[str]:
    yield f"\nNHIỆM VỤ: {len(document.duties)}"
    for number, duty in enumerate(document.duties, start=1):
        yield f"  {number}. {_short(duty.action)}"
        yield from _of_duty(duty)


def _of_duty(duty: Duty) -> Iterator[str]:
    if duty.lead:
        label = "Đề nghị" if duty.manner == "request" else "Chủ trì"
        yield f"     {label}: {'; '.join(duty.lead)}"
    if duty.cooperating:
        yield f"     Phối hợp: {'; '.join(duty.cooperating)}"
    if duty.due:
        yield f"     Thời hạn: {_due(duty.due)}"
    if duty.deliver_to:
        yield f"     Gửi: {duty.deliver_to}"


def _due(due: Due) -> str:
    printed = " ".join(due.span.text.split())
    value = due.date or due.period or _EVERY.get(due.every or "", "")
    return f"{printed} ({value})" if value and value != printed else printed


def _targets(document: Document) -> Iterator[str]:
    yield f"\nCHỈ TIÊU: {len(document.targets)}"
    for target in document.targets:
        yield f"  {_short(target.name)}: {target.comparator} {target.target} {target.unit}"


def _short(words: str, limit: int = 110) -> str:
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"
