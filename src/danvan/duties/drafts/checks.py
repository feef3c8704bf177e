"""What keeps a unit's plan from being handed in, and what its readers would understand otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

import vanban
from danvan import clock
from danvan.documents import validity
from danvan.documents.choices import Validity
from danvan.documents.citations import citing
from danvan.documents.limits import Limit, by_document, limits_of
from danvan.documents.models import Document
from danvan.documents.rules import as_date
from danvan.duties.choices import Decision
from danvan.duties.drafts import words
from danvan.duties.drafts.document import file_name, printed
from danvan.duties.models import PlanDraft, PlanDraftLine


@dataclass(frozen=True)
class Problem:
    """What keeps a plan from being handed in, and the line that it is about."""

    text: str
    line: PlanDraftLine | None = None


def problems(draft: PlanDraft) -> list[Problem]:
    """What must be put right first; nothing: it can be handed in."""
    found = [problem for line in draft.lines.all() for problem in _problems_of(line, draft.year)]
    if not any(line.decision not in {"", Decision.LEFT_OUT} for line in draft.lines.all()):
        found.append(Problem(_("Kế hoạch chưa có nhiệm vụ nào.")))
    parts = [one for one in draft.lines.all() if one.decision == Decision.DIVIDED]
    said = [(one.duty_id, one.action) for one in parts]
    found += [
        Problem(_("Việc chia ra từ một nhiệm vụ còn giống nhau. Ghi rõ từng việc."), line)
        for place, line in enumerate(parts)
        if said[place] in said[:place]
    ]
    if draft.aside is not None:
        found.append(Problem(_("Phần đầu kế hoạch có hai bản viết cùng lúc, chọn một bản.")))
    if not draft.title.strip():
        found.append(Problem(_("Chưa có trích yếu.")))
    return found


def _problems_of(line: PlanDraftLine, year: int) -> Iterable[Problem]:
    if line.aside is not None:
        yield Problem(_("Có hai bản viết cùng lúc, chọn một bản."), line)
    if line.decision == "":
        yield Problem(_("Chưa quyết định."), line)
    elif line.decision != Decision.LEFT_OUT:
        if not line.action.strip():
            yield Problem(_("Chưa ghi việc phải làm."), line)
        if not line.lead.strip():
            yield Problem(_("Chưa ghi ai chủ trì."), line)
        if past := past_due(line, year):
            yield Problem(past, line)


def past_due(line: PlanDraftLine, year: int) -> str:
    """What is said of a deadline copied from an earlier year."""
    due = words.read_due(line.due, year) if line.due else None
    if due is None or not words.is_of_the_past(due, year):
        return ""
    said = {"due": line.due, "of": words.year_of(due), "year": year}
    return (
        _("Hạn “%(due)s” thuộc năm %(of)s, trước năm của kế hoạch (%(year)s). Sửa lại hạn.") % said
    )


# What it rests on


@dataclass(frozen=True)
class Basis:
    """A document that the plan names as its basis."""

    printed: str
    document: Document
    state: Validity
    successor: Document | None = None  # that holds in its place
    last: Document | None = None  # the last that took its place, where that ended too
    limits: tuple[Limit, ...] = ()  # it holds, yet not as it was

    @property
    def is_over(self) -> bool:
        return self.state in {Validity.ENDED, Validity.REPLACED}


def bases(draft: PlanDraft) -> list[Basis]:
    """The bases of a plan that are registered here, and how each holds on the plan's day.

    What ended since the day that the draft bears is over too.
    """
    on = draft.issued_on or clock.today()
    printed = [_cited(one) for one in vanban.read(draft.bases).citations]
    known = citing.known(one.sought for one in printed)
    found = [(one, _meant(one, known.get(one.sought, ()), on)) for one in printed]
    day = max(on, clock.today())
    meant = [doc for _one, doc in found if doc]
    over = {one.document.pk: one for one in validity.ended_of(meant, day)}
    limits = by_document(limits_of(meant, day))
    return [
        Basis(
            one.text,
            doc,
            validity.state_of(doc, day),
            over[doc.pk].successor if doc.pk in over else None,
            over[doc.pk].last if doc.pk in over else None,
            tuple(limits.get(doc.pk, ())),
        )
        for one, doc in found
        if doc
    ]


def _cited(one: vanban.Citation) -> citing.Printed:
    return citing.Printed(
        one.kind[:60],
        (one.number or "")[:80],
        as_date(one.date),
        (one.issuer or "")[:300],
        one.span.text,
    )


def _meant(one: citing.Printed, candidates: Iterable[Document], on: date) -> Document | None:
    return citing.resolve(one, candidates, before=on)[1]


# Read again


@dataclass(frozen=True)
class Difference:
    """A line that the reader would understand otherwise than it was meant."""

    line: PlanDraftLine
    says: str  # what of it: "duty", "lead", "cooperating", "due"

    @property
    def in_words(self) -> str:
        return {
            "duty": _("câu này không được đọc thành nhiệm vụ; bắt đầu bằng việc phải làm"),
            "lead": _("đọc ra người chủ trì khác"),
            "cooperating": _("đọc ra nơi phối hợp khác"),
            "due": _("không đọc ra thời hạn"),
        }[self.says]


def read_again(draft: PlanDraft, data: bytes) -> list[Difference]:
    """What who receives the plan would read otherwise. Nothing: it reads as it was written."""
    found = {
        words_of(duty.span.text): duty
        for duty in reversed(vanban.read_bytes(data, f"{file_name(draft)}.docx").duties)
    }
    return [one for line in printed(draft) for one in _differences(line, found, draft.year)]


def words_of(text: str) -> str:
    return " ".join(text.split()).strip(" -.;").casefold()


def _differences(
    line: PlanDraftLine, found: dict[str, vanban.Duty], year: int
) -> Iterable[Difference]:
    said = words_of(words.sentence(line.action, line.cooperating, line.due))
    duty = found.get(said) or next((one for text, one in found.items() if said[:60] in text), None)
    if duty is None:
        yield Difference(line, "duty")
        return
    if words_of(", ".join(duty.lead)) != words_of(line.lead):
        yield Difference(line, "lead")
    if words_of(", ".join(duty.cooperating)) != words_of(line.cooperating):
        yield Difference(line, "cooperating")
    if line.due and words.read_due(line.due, year) and duty.due is None:
        yield Difference(line, "due")
