"""A report as an official document: a unit's own, or the province's with footnotes of the parts."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from danvan import clock
from danvan.documents import issuing
from danvan.documents.official import layout, writing
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from .contents import Chapter, Contents, Number, contents
from .definitions import whole_unit
from .models import Report


def write(report: Report) -> bytes:
    return writing.write(document(report))


def file_name(report: Report) -> str:
    """bao-cao-2024-Q1-SNV.docx: what it is, of when, of whom."""
    whose = "tong-hop" if report.is_consolidated else issuing.sign_of(report.unit.name)
    return f"bao-cao-{report.period}-{whose}-ban-{report.version}"


def document(report: Report) -> layout.OfficialDocument:
    held = contents(report)
    name, province = report.unit.name, whole_unit(clock.today()).name
    leader = issuing.leader_of(report.unit, report.submitted_on or clock.today())
    authority, role = issuing.signing(name, leader.title if leader else "")
    return layout.OfficialDocument(
        superior="" if issuing.is_committee(name) else province,
        issuer=issuing.issuer_lines(name),
        sign=f"BC-{issuing.sign_of(name)}",
        number=report.number,
        issued_on=report.submitted_on,
        kind="Báo cáo",
        title=f"{held.regime.title} {_in_words(report)}",
        place=issuing.place_of(name, province),
        addressees=[issuing.in_full(report.addressee.name)],
        preamble=[one for one in (_preamble(held), _counts_also(held)) if one],
        body=list(_body(held.chapters)),
        recipients=[*held.regime.recipients, "Lưu: VT"],
        authority=authority,
        signer_role=role,
        signer=leader.person.name if leader else "",
    )


def _in_words(report: Report) -> str:
    """quý I năm 2024"""
    return report.as_period.label.replace("/", " năm ")


def _preamble(held: Contents) -> str:
    report = held.report
    start, end = held.regime.window(report.as_period)
    return (
        f"{_basis(held)}, {issuing.in_full(report.unit.name)} báo cáo kết quả {_in_words(report)} "
        f"(số liệu từ ngày {printed(start)} đến hết ngày {printed(end - timedelta(days=1))}) như sau:"
    )


@in_vietnamese
def _counts_also(held: Contents) -> str:
    return held.counts_also


def _basis(held: Contents) -> str:
    """The document that asked for the report, where it is known."""
    assignment = held.report.assignment
    asked = assignment.duty.document if assignment else None
    if asked is None or not asked.number or asked.issued_on is None:
        return held.regime.basis
    return f"Thực hiện {asked.kind} số {asked.number} {layout.date_in_words(asked.issued_on)}"


def _body(chapters: Iterable[Chapter]) -> Iterable[layout.Block]:
    for chapter in chapters:
        if chapter.is_empty and chapter.outline.written:
            continue
        yield layout.Heading(chapter.outline.level, chapter.outline.label)
        yield from _said(chapter.known_numbers)
        for text in chapter.paragraphs:
            yield _block(text)


def _said(numbers: Sequence[Number]) -> Iterable[layout.Block]:
    """The generated sentences in one paragraph; sums one by one, each with its parts in a footnote."""
    if any(one.footnote for one in numbers):
        for one in numbers:
            yield layout.Bullet([one.said, *([layout.Note(one.footnote)] if one.footnote else [])])
    elif numbers:
        yield layout.Paragraph(" ".join(one.said for one in numbers))


def _block(text: str) -> layout.Block:
    if text.startswith(("- ", "+ ", "• ")):
        return layout.Bullet(text[2:].strip())
    return layout.Paragraph(text)
