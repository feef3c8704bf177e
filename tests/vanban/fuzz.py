"""Fuzzing led by coverage: `make fuzz`. Bytes and texts of any kind, within seconds each.

A crash, or an input that takes longer than the limit (a pattern that backtracks), ends the run and
is kept beside it. Samples of our own, one of each format at least, are where it starts from.
"""

import io
import os
import sys
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vanban"]):
    import vanban
    from vanban.formats import docx, html, odt, pdf, plain, scan  # noqa: F401 - imported late

from tests.vanban import samples, test_formats, test_formats_docx, test_formats_odt, test_pdf
from tests.vanban import test_formats_encodings as encodings

KINDS = ("outline", "citations", "duties", "indicators", "figures", "criteria", "findings")
TABLES = (
    "TT | Nội dung | Cơ quan chủ trì | Thời gian\n1 | Rà soát thủ tục | Sở Tư pháp | Quý I\n",
    "| Tiêu chí | Điểm tối đa |\n|---|---|\n| 1. Công khai | 2,5 |\n| 2. Đối thoại | 3 |\n",
    "Bảng\n| Huyện | Số hộ | Tỷ lệ |\n|--|--|--|\n| An Phúc | 1.230 | 45,6% |\n| Cộng | 1.230 | |\n",
)
# First bytes: what the bytes behind them are. They divide parts of an archive by a zero byte.
TEXT, WORD, OPEN, FILE = b"\x00", b"\xe0", b"\xd0", b"\xff"
PARTS = {
    WORD: ("document", "numbering", "styles", "footnotes", "endnotes", "header1"),
    OPEN: ("content.xml", "styles.xml"),
}


def one_input(data: bytes) -> None:
    """The first byte decides: a file of any kind, the parts of a DOCX or ODT, or a text."""
    first, rest = data[:1], data[1:]
    try:
        if first < b"\x80":
            check(vanban.read(rest.decode("utf-8", "replace")))
        elif first in PARTS:
            check(vanban.read_bytes(zipped(first, rest), "x"))
        else:
            check(vanban.read_bytes(rest, "x"))
    except vanban.Unreadable:
        pass


def zipped(kind: bytes, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in zip(PARTS[kind], data.split(b"\0"), strict=False):
            archive.writestr(f"word/{name}.xml" if kind == WORD else name, part)
        archive.writestr("word/_rels/document.xml.rels", RELATIONS)
    return out.getvalue()


RELATIONS = '<a><Relationship Id="rId1" Target="header1.xml"/></a>'


def check(document: vanban.Document) -> None:
    reading = document.as_json()
    for kind in KINDS:
        for item in reading[kind]:
            assert reading["text"][item["start"] : item["end"]] == item["text"]
    size = len(reading["text"])
    assert all(0 <= place["offset"] <= size for place in reading["map"])
    for table in document.source.tables:
        assert all(0 <= start <= end <= size for row in table.rows for start, end in row)


def seeds(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in {**texts(), **archives(), **files()}.items():
        (folder / name).write_bytes(data)


def texts() -> dict[str, bytes]:
    plan = samples.PLAN[:1_500]
    found = {
        name: TEXT + getattr(samples, name).encode()
        for name in ("PLAN", "PARTY_GUIDANCE", "DECISION", "REPORT", "WRAPPED")
    }
    found |= {f"table{number}": TEXT + table.encode() for number, table in enumerate(TABLES)}
    old = {
        "tcvn3": encodings.to_tcvn3(plan).encode("cp1252", "ignore"),
        "vni": encodings.to_vni(plan).encode("cp1252", "ignore"),
        "viscii": encodings.to_viscii(
            "Ủy ban nhân dân tỉnh An Phúc chủ trì, phối hợp với Sở Nội vụ"
        ),
        "utf-16": plan.encode("utf-16"),
        "utf-16-be": plan.encode("utf-16-be"),
    }
    return found | {name: FILE + data for name, data in old.items()}


def archives() -> dict[str, bytes]:
    body = "".join(
        (
            test_formats.p("MỤC ĐÍCH", test_formats.in_list(7)),
            f"<w:p>{test_formats_docx.run('Céng hßa', '.VnTime')}</w:p>",
            test_formats_docx.table(
                test_formats_docx.row(
                    test_formats_docx.cell(
                        test_formats.p("1"), properties='<w:gridSpan w:val="2"/>'
                    ),
                    test_formats_docx.cell(test_formats.p("Sở Nội vụ"), properties="<w:vMerge/>"),
                )
            ),
            '<w:p><w:r><w:t>Sở Tư pháp</w:t><w:footnoteReference w:id="1"/></w:r></w:p>',
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>",
            test_formats_docx.section("rId1"),
        )
    )
    space = test_formats.W
    word = (
        f'<w:document {space} xmlns:r="r"><w:body>{body}</w:body></w:document>',
        test_formats.NUMBERING,
        f'<w:styles {space}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style></w:styles>',
        f'<w:footnotes {space}><w:footnote w:id="1">{test_formats.p("Luật")}</w:footnote></w:footnotes>',
        "",
        f"<w:hdr {space}>{test_formats.p('Phụ lục')}</w:hdr>",
    )
    with zipfile.ZipFile(io.BytesIO(test_formats_odt.odt(ODT, test_formats_odt.LIST))) as archive:
        open_parts = [archive.read(name) for name in PARTS[OPEN]]
    return {
        "word": WORD + "\0".join(word).encode(),
        "open": OPEN + b"\0".join(open_parts),
        "docx": FILE + test_formats.docx(body, numbering=test_formats.NUMBERING),
        "odt": FILE + test_formats_odt.odt(ODT, test_formats_odt.LIST),
    }


ODT = (
    '<text:list text:style-name="L1"><text:list-item><text:p>Một<text:s text:c="2"/><text:note>'
    "<text:note-body><text:p>Luật</text:p></text:note-body></text:note></text:p></text:list-item></text:list>"
    '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>1</text:p>'
    "</table:table-cell></table:table-row></table:table>"
)
PAGE = (
    "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p style='mso-list:Ignore'>1.</p>"
    "<table><tr><td colspan=2>Sở Nội vụ<td rowspan=2>Quý I</table><ol type=a><li>Rà soát<sup>1</sup></ol>"
    "<font face=.VnTime>Céng hßa</font><a href='#_ftn1'>[1]</a><!-- x --><script>a</script>"
)


def files() -> dict[str, bytes]:
    from PIL import Image

    page = PAGE.encode()
    picture = Image.new("L", (60, 80), 255)
    found = {
        "html": page,
        "mhtml": b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        b"Content-Type: text/html; charset=utf-8\n\n" + page + b"\n--x--",
        "fodt": f'<?xml version="1.0"?><office:document {test_formats_odt.SPACES}><office:body>'
        f"<office:text>{ODT}</office:text></office:body></office:document>".encode(),
        "pdf": test_pdf.make(
            test_pdf.down("KE HOACH", "So Noi vu chu tri")
            + "85 500 200 60 re S 85 530 m 285 530 l S",
            test_pdf.at(85, 700, "I. MUC DICH"),
            page="/Rotate 90",
        ),
    }
    for kind in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"):
        out = io.BytesIO()
        picture.save(out, kind)
        found[kind] = out.getvalue()
    return {name: FILE + data for name, data in found.items()}


def no_tesseract(*_: object) -> str:
    return ""


if __name__ == "__main__":
    scan._tesseract = no_tesseract  # seconds a page, and none of our code
    corpus = Path(os.environ.get("CORPUS", "var/fuzz"))
    seeds(corpus)
    limits = ["-timeout=5", "-max_len=16000", "-rss_limit_mb=2048", "-artifact_prefix=var/fuzz-"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], str(corpus)], one_input)
    atheris.Fuzz()
