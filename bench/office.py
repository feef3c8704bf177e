"""How many DOCX of twenty pages vanban reads in a second: file in, reading out, on one core."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import vanban

CHARACTERS = 50_000  # about twenty pages
ROUNDS = 5
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RUN = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr>'
_SENTENCES = (
    "Sở Nội vụ chủ trì, phối hợp với Thanh tra tỉnh theo dõi, đôn đốc việc thực hiện Kế hoạch này, báo cáo "
    "Ủy ban nhân dân tỉnh trước ngày 15/11/2023.",
    "Tiếp tục quán triệt Chỉ thị số 33-CT/TU ngày 02/02/2021 của Tỉnh ủy về công tác dân vận trong tình hình mới.",
    "Toàn tỉnh đã tiếp 1.204 lượt người; giải quyết 45/50 đơn khiếu nại, đạt 90%, tăng 12 đơn so với năm 2021.",
    "Các cơ quan, đơn vị chủ động đối thoại với Nhân dân, kịp thời giải quyết kiến nghị chính đáng ở cơ sở.",
    "Phấn đấu ít nhất 85% hồ sơ thủ tục hành chính được giải quyết đúng hạn trong năm 2023.",
)
_ROW = (
    "Rà soát thủ tục hành chính",
    "Văn phòng Ủy ban nhân dân tỉnh",
    "Các sở, ngành",
    "Quý III/2023",
)


def figures() -> dict[str, dict[str, Any]]:
    data = document()
    source = vanban.extract(data, "bench.docx")
    read = _rate(lambda: vanban.read_bytes(data, "bench.docx"))
    extract = _rate(lambda: vanban.extract(data, "bench.docx"))
    size = f"{len(source.text)} characters, {len(source.tables)} tables"
    return {
        "reader.docx": {"value": round(read, 1), "unit": "documents/s", "size": size},
        "reader.docx.extract": {"value": round(extract, 1), "unit": "documents/s", "size": size},
    }


def _rate(work: Any) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1 / min(times)


def document() -> bytes:
    """A plan of twenty pages, as Word writes it: three runs a paragraph, lists, notes, tables."""
    body = [_paragraph("KẾ HOẠCH"), _paragraph("Công tác dân vận chính quyền năm 2023")]
    size = notes = 0
    while size < CHARACTERS:
        body.append(_paragraph(f"NHIỆM VỤ {size}", level=0))
        for at in range(12):
            words = f"{_SENTENCES[at % 5]} {_SENTENCES[(at + 2) % 5]}"
            size += len(words)
            notes += at == 5
            body.append(_paragraph(words, level=1 + at % 2, note=notes if at == 5 else 0))
        body.append(_table())
        size += 10 * sum(map(len, _ROW))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", _part("document", f"<w:body>{''.join(body)}</w:body>")
        )
        archive.writestr("word/numbering.xml", _part("numbering", _NUMBERING))
        archive.writestr(
            "word/footnotes.xml", _part("footnotes", "".join(map(_note, range(notes + 1))))
        )
    return data.getvalue()


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(
            (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
        )
    )
    + '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
)


def _part(root: str, content: str) -> str:
    return f"<w:{root} {_W}>{content}</w:{root}>"


def _paragraph(words: str, level: int | None = None, note: int = 0) -> str:
    third = len(words) // 3
    pieces = (words[:third], words[third : 2 * third], words[2 * third :])
    runs = "".join(
        f'<w:r w:rsidR="00A1">{_RUN}<w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in pieces
    )
    listed = (
        ""
        if level is None
        else (f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')
    )
    if note:
        runs += f'<w:r><w:footnoteReference w:id="{note}"/></w:r>'
    properties = f'<w:pPr>{listed}<w:spacing w:before="120"/><w:jc w:val="both"/></w:pPr>'
    return f'<w:p w:rsidR="00A1">{properties}{runs}</w:p>'


def _note(number: int) -> str:
    words = _paragraph("Theo Báo cáo số 12/BC-SNV ngày 05/01/2023 của Sở Nội vụ.")
    return f'<w:footnote w:id="{number}">{words}</w:footnote>'


def _table() -> str:
    cells = "".join(
        f"<w:tc><w:tcPr><w:tcW w:w='2000'/></w:tcPr>{_paragraph(w)}</w:tc>" for w in _ROW
    )
    return f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 10}</w:tbl>"
