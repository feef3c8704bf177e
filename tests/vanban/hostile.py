"""Inputs that multiply or repeat without end: each is read or refused, and time grows as they do.

Tests read them once; `bench/growth.py` measures how time grows with their size.
"""

from tests.vanban.test_formats import docx
from tests.vanban.test_formats_odt import odt

_DELETED = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>ab</w:t></w:r></w:p>"
_FIELD = "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>"

FILES = {
    "deleted marks": lambda size: docx(_DELETED * size),
    "fields": lambda size: docx(_FIELD.format(("<w:x/>" + "a" * 90) * size)),
    "open lists": lambda size: b"<html>" + b"<ol><li>a" * size,
    "open tables": lambda size: b"<html>" + b"<table><tr><td>a" * size,
    "open comments": lambda size: b"<html>" + b"<!--" * size,
    "notes": lambda size: odt("<text:p>a<text:note><text:p>b</text:p></text:note></text:p>" * size),
}
TEXTS = {
    "bars": lambda size: "|\n" * size,
    "rows": lambda size: "TT | Nội dung\n" * size,
    "brackets": lambda size: "II. NHIỆM VỤ\n1. Xây dựng " + "(để, theo “" * size,
    "marks": lambda size: "Kế hoạch a" + "\u0301\u0323" * size,
    "dots": lambda size: "Họ và tên " + "." * size,
    "semicolons": lambda size: "II. NHIỆM VỤ\n1. Sở A chủ trì" + "; phối hợp với Sở B" * size,
    "headings": lambda size: "I. A\n" * size,
    "numbers": lambda size: "Báo cáo 12/20 hộ, " * size,
    "citations": lambda size: "Quyết định số 12/QĐ-UBND, " * size,
    "bases": lambda size: "Có 15/145 xã, phường, thị trấn và sở đạt chuẩn.\n" * size,
    "days": lambda size: "trước ngày 15/6/2024 và " * size,
    "months": lambda size: "II. NHIỆM VỤ\n1. Giao Sở A báo cáo " + "trong tháng 5/2024 " * size,
    "reports": lambda size: "II. NHIỆM VỤ\n1. " + "Sở A báo cáo hằng quý. " * size,
    "counted days": lambda size: "II. NHIỆM VỤ\n1. " + "Sở A báo cáo số liệu hằng quý. " * size,
}
