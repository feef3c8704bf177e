"""Documents of the province's own, and what is composed of them."""

from uuid import uuid4

from danvan.documents.models import Document
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.publication import actions, composing, rules
from danvan.publication.choices import ReleaseKind
from danvan.publication.contents import Content
from danvan.publication.models import Release
from tests.factories import DocumentFactory, ReadingFactory, UnitFactory, coordinator

TEXT = """ỦY BAN NHÂN DÂN TỈNH TÂN GIANG
Số: 15/KH-UBND
KẾ HOẠCH
Thực hiện công tác dân vận
I. MỤC ĐÍCH
Phục vụ Nhân dân.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Theo dõi, đôn đốc.
- Báo cáo UBND tỉnh.
2. Các sở, ban, ngành ban hành kế hoạch trước ngày 31/3/2024.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Huỳnh Thế Vinh"""


def own_document(text: str = TEXT) -> Document:
    """A registered plan of the province's People's Committee, with its reading."""
    if not Unit.objects.filter(code="ubnd-tinh").exists():
        UnitFactory(
            code="ubnd-tinh",
            called="UBND tỉnh Tân Giang",
            kind="peoples_committee",
            level="province",
        )
    document = DocumentFactory(number="15/KH-UBND", signer="Huỳnh Thế Vinh", signer_role="CHỦ TỊCH")
    ReadingFactory(document=document, state="proofread", text=text, result=_result(text))
    return document


def _result(text: str) -> dict[str, object]:
    header = {
        "number": "15/KH-UBND",
        "title": "Thực hiện công tác dân vận",
        "recipients": ["Lưu: VT"],
        "signer": "Huỳnh Thế Vinh",
    }
    printed = {**header, "recipients": "- Lưu: VT."}
    spans = {name: _span(text, words) for name, words in printed.items()}
    headings = (
        ("I. MỤC ĐÍCH", 1),
        ("II. TỔ CHỨC THỰC HIỆN", 1),
        ("1. Sở Nội vụ", 2),
        ("2. Các", 2),
    )
    outline = [{"level": level, **_span(text, words)} for words, level in headings if words in text]
    return {"header": header, "header_spans": spans, "outline": outline}


def _span(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def content_of(document: Document) -> Content:
    content = composing.compose(ReleaseKind.DOCUMENT, document.pk)
    assert content is not None
    return content


def content(**values: object) -> Content:
    """Anything that may be released."""
    blocks = [rules.paragraph(str(values.pop("words", "Phục vụ Nhân dân.")))]
    return Content(
        **{
            "kind": ReleaseKind.DOCUMENT,
            "subject": uuid4(),
            "address": "ke-hoach-15",
            "title": "Kế hoạch 15/KH-UBND",
            "summary": "",
            "issued_by": "UBND tỉnh Tân Giang",
            "body": {"facts": [["Số, ký hiệu", "15/KH-UBND"]], "blocks": blocks},
            **values,
        }
    )


def released(by: Actor | None = None, **values: object) -> Release:
    return actions.release(content(**values), by=by or coordinator())
