"""What could be released, put together from the stages before: title, facts, blocks. Nothing is stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents import actions as documents
from danvan.documents.choices import ReadingState
from danvan.documents.models import Document, Reading
from danvan.documents.rules import Item, kept
from danvan.org.choices import Level, UnitKind
from danvan.org.models import Unit
from danvan.org.resolving import NameBook
from danvan.scores.models import Campaign, Score
from danvan.scores.rules import in_words
from danvan.text import fold
from danvan.workdays.rules import printed

from . import rules
from .choices import ReleaseKind

AT_THE_END = ("recipients", "authority", "signer_role", "signer")  # not a part of the text
AT_THE_BEGINNING = ("issuer", "number", "place", "date", "kind", "title")


@dataclass(frozen=True)
class Content:
    """What a release will say, and of what it speaks."""

    kind: ReleaseKind
    subject: UUID
    address: str  # its slug
    title: str
    summary: str
    issued_by: str
    body: dict[str, Any]  # {"facts": [[label, value]], "blocks": [{"kind": …}]}

    @property
    def sha256(self) -> str:
        return rules.fingerprint(self.title, self.summary, self.body)

    @property
    def doubts(self) -> list[rules.Doubt]:
        """What in it may be personal data."""
        return rules.find_personal_data(
            "\n".join([self.title, self.summary, rules.words_of(self.body)])
        )


@dataclass(frozen=True)
class Candidate:
    """Something that may be released, before it is put together."""

    kind: ReleaseKind
    subject: UUID
    title: str


def candidates() -> list[Candidate]:
    """All that the province may release, newest first within its kind."""
    return [*_own_documents(), *_campaigns()]


def compose(kind: ReleaseKind, subject: UUID) -> Content | None:
    """Put together what would be released now; None where there is nothing to release."""
    return COMPOSERS[kind](subject)


def _own_documents() -> Iterator[Candidate]:
    """Registered documents that the province's People's Committee issued itself."""
    book, committees = NameBook(clock.today()), _committees()
    for document in Document.objects.registered().order_by("-issued_on", "-id"):
        if _issuer(document, book, committees):
            yield Candidate(ReleaseKind.DOCUMENT, document.pk, _document_title(document))


def _committees() -> dict[str, Unit]:
    """The People's Committee of the province, by id."""
    found = Unit.objects.named(clock.today()).filter(
        kind=UnitKind.PEOPLES_COMMITTEE, level=Level.PROVINCE
    )
    return {str(unit.pk): unit for unit in found}


def _issuer(document: Document, book: NameBook, committees: dict[str, Unit]) -> Unit | None:
    """The committee that issued a document; None where somebody else did."""
    meant = book.resolve(document.issuer)
    units = [committees[key] for key in meant.units if key in committees]
    return units[0] if meant.is_whole and len(units) == len(meant.units) == 1 else None


def _document_title(document: Document) -> str:
    return " ".join(filter(None, [document.kind, document.number])) + (
        f": {document.title}" if document.title else ""
    )


def _document(subject: UUID) -> Content | None:
    document = Document.objects.registered().filter(pk=subject).first()
    issuer = _issuer(document, NameBook(clock.today()), _committees()) if document else None
    if document is None or issuer is None:
        return None
    reading = document.readings.filter(state=ReadingState.PROOFREAD).first()
    facts = [
        (_("Cơ quan ban hành"), issuer.name),
        (_("Số, ký hiệu"), document.number),
        (_("Ngày ban hành"), printed(document.issued_on) if document.issued_on else ""),
        (_("Người ký"), _signature(document)),
    ]
    return Content(
        kind=ReleaseKind.DOCUMENT,
        subject=document.pk,
        address=_address(document.kind, document.number, str(document.year or "")),
        title=_document_title(document)[:500],
        summary="",
        issued_by=issuer.name,
        body={
            "facts": [[label, value] for label, value in facts if value],
            "blocks": _text(reading) if reading else [],
        },
    )


def _signature(document: Document) -> str:
    """Huỳnh Thế Vinh, Phó chủ tịch: who signs an official document is public."""
    return ", ".join(filter(None, [document.signer, document.signer_role.capitalize()]))


def _text(reading: Reading) -> list[dict[str, Any]]:
    """The document's own words, by its outline, without head, recipients and signature."""
    found = documents.items(reading)
    spans = {item.values["field"]: item for item in kept(found["header"])}
    start = max((_end(spans, name) for name in AT_THE_BEGINNING), default=0)
    ends = [spans[name].start for name in AT_THE_END if name in spans]
    end = min((one for one in ends if one is not None), default=len(reading.text))
    headings = [(item.start or 0, item.values["level"]) for item in kept(found["outline"])]
    lines = rules.lines_of(reading.text, headings, start=start, end=end)
    return rules.blocks(line for line in lines if fold(line.text) not in {"noi nhan:", "noi nhan"})


def _end(spans: dict[str, Item], name: str) -> int:
    return (spans[name].end or 0) if name in spans else 0


def _campaigns() -> Iterator[Candidate]:
    for campaign in Campaign.objects.filter(scores__in=Score.objects.final()).distinct():
        yield Candidate(ReleaseKind.RESULTS, campaign.pk, _results_title(campaign))


def _results_title(campaign: Campaign) -> str:
    return _("Kết quả chấm điểm công tác dân vận chính quyền năm %(year)d") % {
        "year": campaign.year
    }


def _results(subject: UUID) -> Content | None:
    """The closed sheets of a campaign: points, neither reasons nor evidence."""
    campaign = Campaign.objects.filter(pk=subject).select_related("table").first()
    final = list(campaign.scores.final().whole()) if campaign else []
    if campaign is None or not final:
        return None
    units = Unit.objects.named(clock.today()).in_bulk([one.unit_id for one in final])
    table = campaign.scoring_table
    there = campaign.scores.count()
    facts = [
        (_("Năm"), str(campaign.year)),
        (_("Bảng điểm"), f"{table.label}, {in_words(table.max_points)} điểm"),
        (_("Căn cứ"), table.source),
        (_("Đã chốt"), _("%(done)d/%(all)d đơn vị") % {"done": len(final), "all": there}),
    ]
    criteria = [
        _("Tiêu chí %(place)d. %(label)s: tối đa %(points)s điểm")
        % {"place": place, "label": one.label, "points": in_words(one.max_points)}
        for place, one in enumerate(table.criteria, start=1)
    ]
    columns = [
        _("Đơn vị"),
        *(_("Tiêu chí %d") % place for place in range(1, len(table.criteria) + 1)),
        _("Tổng điểm"),
    ]
    rows = [
        [
            units[one.unit_id].name,
            *(in_words(line.appraised_points) for line in one.lines.all()),
            in_words(one.appraised_total),
        ]
        for one in final
    ]
    return Content(
        kind=ReleaseKind.RESULTS,
        subject=campaign.pk,
        address=_address("Kết quả chấm điểm", str(campaign.year)),
        title=_results_title(campaign),
        summary=_("Điểm của %(done)d đơn vị sau thẩm định.") % {"done": len(final)},
        issued_by=_coordinating(),
        body={
            "facts": [[label, value] for label, value in facts],
            "blocks": [
                rules.heading(_("Tiêu chí"), 1),
                rules.bullets(criteria),
                rules.heading(_("Điểm của từng đơn vị"), 1),
                rules.table(_("Xếp theo thứ tự đơn vị, không phải thứ hạng."), columns, rows),
            ],
        },
    )


def _coordinating() -> str:
    """The department that appraises and answers for the results."""
    unit = Unit.objects.filter(coordinates=True).named(clock.today()).first()
    return unit.name if unit else ""


def _address(*words: str) -> str:
    return slugify(fold(" ".join(words)).replace("/", " "))[:100]


COMPOSERS: dict[ReleaseKind, Callable[[UUID], Content | None]] = {
    ReleaseKind.DOCUMENT: _document,
    ReleaseKind.RESULTS: _results,
}
