"""Components of the layout that are missing, in DOCX and in PDF with text.

Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I, III; Thông tư 01/2011/TT-BNV before it; Hướng dẫn
36-HD/VPTW for documents of the Party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.findings.dates import When
from vanban.model import Finding, Header, Source
from vanban.text import Page, fold_spaces, lines

_SURE = {"docx": 0.7, "pdf": 0.65}
_DECREE = "2020-03-05"  # Nghị định 30/2020/NĐ-CP holds from its day on
_TOP, _BOTTOM = 3_000, 4_000  # characters that hold letterhead and signature
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = re.compile(r"ĐỘC LẬP ?- ?TỰ DO ?- ?HẠNH PHÚC")
_PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PARTY_NUMBER = re.compile(r"\d+-[^\W\d]+/")
_PARTY_BODY = re.compile(
    r"(?:TỈNH|THÀNH|HUYỆN|THỊ|QUẬN|ĐẢNG) ỦY|BAN DÂN VẬN|BAN TUYÊN GIÁO|ĐẢNG BỘ|CHI BỘ"
)
_ROLE = re.compile(
    r"(?<!\w)(?:(?:TM|KT|TL|TUQ|Q)\. ?|T/M |K/T |T/L )?(?:PHÓ |THỨ |CHÁNH )?"
    r"(?:GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHI CỤC TRƯỞNG|HIỆU TRƯỞNG|BÍ THƯ|VĂN PHÒNG|CHÁNH THANH TRA"
    r"|BỘ TRƯỞNG|VIỆN TRƯỞNG|ỦY BAN NHÂN DÂN|BAN THƯỜNG VỤ|BAN THƯỜNG TRỰC)(?!\w)"
)
_END = re.compile(r"\./\.")
_TO = re.compile(r"(?:Kính|KÍNH) (?:gửi|GỬI)")
_ABOUT = re.compile(r"(?:V/v|v/v|V/V) ")


@dataclass(frozen=True, slots=True)
class _Missing:
    what: str
    how: str
    at_end: bool = False


def read(page: Page, source: Source, header: Header, made: When) -> Iterator[Finding]:
    """Nothing of a file without letterhead and signature: an annex, or no document of an office."""
    sure = _SURE.get(source.format)
    if sure is None or not _is_document(page, header):
        return
    party = _is_party(page, header)
    law = _law(party, made)
    first, last = _edges(page)
    last = _role(page, header) or last
    for missing in _missing(page, header, party):
        span = page.span(*(last if missing.at_end else first))
        message = f"Thiếu {missing.what}. {missing.how}"
        yield Finding(span, "layout", message, sure, f"Thể thức theo {law}")


def _law(party: bool, made: When) -> str:
    if party:
        return "Hướng dẫn 36-HD/VPTW"
    if made.latest and made.latest < _DECREE:
        return "Thông tư 01/2011/TT-BNV"
    return "Nghị định 30/2020/NĐ-CP, Điều 8 và Phụ lục I"


def _is_document(page: Page, header: Header) -> bool:
    """At least two of number, kind, date, signature and national title."""
    signs = (header.number, header.kind, header.place, header.signer or header.authority)
    return sum(map(bool, signs)) + (_NATION in _caps(page)) >= 2


def _caps(page: Page) -> str:
    return fold_spaces(page.flat[:_TOP].replace("|", " ")).upper()


def _is_party(page: Page, header: Header) -> bool:
    if _NATION in _caps(page):
        return False
    number = bool(header.number and _PARTY_NUMBER.match(header.number))
    body = bool(header.issuer and _PARTY_BODY.search(header.issuer.upper()))
    return number or body or _PARTY in _caps(page)


def _edges(page: Page) -> tuple[tuple[int, int], tuple[int, int]]:
    found = list(lines(page.text))
    return (found[0], found[-1]) if found else ((0, 0), (0, 0))


def _role(page: Page, header: Header) -> tuple[int, int] | None:
    """The last words that name a capacity or a post, beside the recipients or below them."""
    low = max(0, len(page.flat) - _BOTTOM)
    if at := header.spans.get("recipients"):
        low = min(low, at.start)
    found = list(_ROLE.finditer(page.flat, low))
    return found[-1].span() if found else None


def _missing(page: Page, header: Header, party: bool) -> Iterator[_Missing]:
    yield from _at_top(page, header, party)
    yield from _at_end(page, header, party)


def _at_top(page: Page, header: Header, party: bool) -> Iterator[_Missing]:
    top = _caps(page)
    if party and _PARTY not in top:
        yield _Missing("tiêu đề “Đảng Cộng sản Việt Nam”", "Ghi ở góc phải, đầu trang đầu.")
    if not party and _NATION not in top:
        yield _Missing(
            "Quốc hiệu", "Ghi “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” ở góc phải, đầu trang đầu."
        )
    elif not party and not _MOTTO.search(top):
        yield _Missing("Tiêu ngữ", "Ghi “Độc lập - Tự do - Hạnh phúc” dưới Quốc hiệu.")
    if not header.issuer:
        yield _Missing("tên cơ quan ban hành", "Ghi ở góc trái, đầu trang đầu.")
    if not header.number:
        yield _Missing("số, ký hiệu", "Ghi số và ký hiệu dưới tên cơ quan ban hành.")
    if not header.date:
        yield _Missing("ngày, tháng, năm ban hành", "Ghi địa danh và ngày, tháng, năm.")
    elif not header.place:
        yield _Missing("địa danh", "Ghi địa danh trước ngày, tháng, năm.")
    if not header.title and header.kind not in ("Giấy mời", "Công điện", "Biên bản"):
        yield _Missing(
            "trích yếu nội dung", "Ghi dưới tên loại; công văn ghi “V/v …” dưới số, ký hiệu."
        )
    if _is_addressed(page, header) and not _TO.search(page.flat, 0, _TOP):
        yield _Missing("nơi nhận chính (“Kính gửi”)", "Ghi “Kính gửi: …” trên phần nội dung.")


def _is_addressed(page: Page, header: Header) -> bool:
    """A công văn prints no kind but “V/v …”."""
    letter = header.kind is None and bool(_ABOUT.search(page.flat, 0, _TOP))
    return letter or header.kind in ("Công văn", "Tờ trình")


def _at_end(page: Page, header: Header, party: bool) -> Iterator[_Missing]:
    if not header.authority and not header.signer_role and not _role(page, header):
        yield _Missing("chức vụ, thẩm quyền của người ký", "Ghi TM., KT., TL. … và chức vụ.", True)
    if not header.signer:
        yield _Missing("họ tên người ký", "Ghi họ và tên dưới chức vụ.", True)
    if not header.recipients:
        yield _Missing("nơi nhận", "Ghi “Nơi nhận:” ở góc trái, cuối văn bản.", True)
    if not party and not _END.search(page.flat):
        yield _Missing("dấu kết thúc “./.”", "Ghi “./.” sau chữ cuối của nội dung.", True)
