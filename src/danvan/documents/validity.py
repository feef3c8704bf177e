"""How documents hold: what is said of them with days, what follows from it, what rests on it.

A document holds from its date, or from the day that is said, until something ends it. What a later
document says of an earlier one (“Quyết định này thay thế …”) is proposed, and counts once a person
has confirmed it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, seen
from danvan.org.access import require
from danvan.org.actors import SYSTEM, Actor
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed

from . import access, rules
from .choices import ENDING, LIMITING, CitationStanding, Relation, Validity, ValidityKind
from .models import Citation, Document, DocumentQuerySet, ValidityChange

# What a later document says → what happened to the earlier one.
FOLLOWS = {
    Relation.REPLACES: ValidityKind.REPLACED,
    Relation.AMENDS: ValidityKind.AMENDED,
    Relation.ABOLISHES: ValidityKind.ABOLISHED,
}

DRAWN = ("in_force_from", "ended_on", "ended_by", "suspended_from", "suspended_to")

# No rules for others, so that nothing in them has to be reviewed.
NO_RULES = ("Báo cáo", "Công văn", "Tờ trình", "Giấy mời", "Biên bản", "Công điện", "Thông báo")


def state_of(document: Document, on: date) -> Validity:
    return document.validity(on)


@transaction.atomic
def say(
    document: Document,
    kind: ValidityKind,
    *,
    on: date,
    by: Actor,
    by_document: Document | None = None,
    by_printed: str = "",
    source: str = "",
    is_verified: bool = True,
    part: str = "",
    until: date | None = None,
) -> ValidityChange:
    """Say what happened to a document on a day, or to a part of it. Said twice is said once."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(access.can_say_validity(by, document))
    if by_document is not None and by_document.pk == document.pk:
        raise NotAccepted(
            _("Văn bản không tự thay thế, sửa đổi, bãi bỏ chính nó. Chọn văn bản khác.")
        )
    if document.issued_on and on < document.issued_on:
        raise NotAccepted(
            _("Ngày %(on)s trước ngày ban hành %(issued)s. Sửa lại ngày.")
            % {"on": printed(on), "issued": printed(document.issued_on)}
        )
    part = part.strip() if kind in LIMITING else ""
    until = until if kind == ValidityKind.SUSPENDED else None
    _ask_for_what_it_needs(document, kind, on, until, part)
    return _say(
        document,
        kind,
        on=on,
        by=by,
        by_document=by_document,
        by_printed=by_printed,
        source=source,
        is_verified=is_verified,
        part=part,
        until=until,
    )


def _ask_for_what_it_needs(
    document: Document, kind: ValidityKind, on: date, until: date | None, part: str
) -> None:
    """Of one document one suspension at a time is kept: on any day it is suspended by one or none."""
    if kind == ValidityKind.PART_ENDED and not part:
        raise NotAccepted(_("Ghi phần bị bãi bỏ, ví dụ: khoản 2 Điều 5."))
    if kind != ValidityKind.SUSPENDED:
        return
    if until is not None and until < on:
        raise NotAccepted(_("Ngày cuối ngưng hiệu lực phải từ ngày bắt đầu trở đi."))
    if part or document.suspended_from in {None, on}:
        return
    last = document.suspended_to
    if last is None or last >= min(on, clock.today()):
        raise NotAccepted(
            _("Văn bản đã được ghi ngưng hiệu lực từ %(day)s. Bỏ điều đó rồi ghi lại.")
            % {"day": printed(document.suspended_from)}
        )


@transaction.atomic
def review(document: Document, *, by: Actor, source: str = "") -> ValidityChange:
    """Say that one's own document was reviewed and goes on: it leaves the list of what to review."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(access.can_review(by, document))
    if document.is_suspended(clock.today()):
        raise NotAccepted(_("Văn bản đang ngưng hiệu lực nên chưa ghi tiếp tục thực hiện được."))
    return _say(document, ValidityKind.CONTINUED, on=clock.today(), by=by, source=source)


def _say(
    document: Document, kind: ValidityKind, *, on: date, by: Actor, part: str = "", **what: object
) -> ValidityChange:
    change, is_new = ValidityChange.objects.get_or_create(
        document=document,
        kind=kind,
        on=on,
        part=part,
        undone_at=None,
        defaults={**what, "said_by": "" if by == SYSTEM else by.name, "said_at": clock.now()},
    )
    if is_new:
        was = seen(document)
        draw(document)
        record(
            document,
            "validity_said",
            by=by,
            before=was,
            what=str(ValidityKind(kind).label),
            on=printed(on),
        )
    return change


@transaction.atomic
def undo(change: ValidityChange, *, by: Actor) -> None:
    """Take back what was said; what followed from it is drawn anew."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=change.document_id)
    change = ValidityChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    is_own = change.kind == ValidityKind.CONTINUED and access.can_review(by, document)
    require(is_own or access.can_say_validity(by, document))
    if change.undone_at is not None:
        return
    change.undone_at = clock.now()
    change.save(update_fields=["undone_at"])
    was = seen(document)
    draw(document)
    record(
        document,
        "validity_undone",
        by=by,
        before=was,
        what=change.get_kind_display(),
        on=printed(change.on),
    )


@transaction.atomic
def verify(change: ValidityChange, *, by: Actor) -> None:
    """Say that a person has read the source of what was known."""
    change = ValidityChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    document = change.document
    require(access.can_say_validity(by, document))
    if not change.is_verified:
        was = seen(change)
        change.is_verified = True
        change.save(update_fields=["is_verified"])
        record(
            document,
            "validity_verified",
            by=by,
            before=was,
            after=seen(change),
            what=change.get_kind_display(),
            on=printed(change.on),
        )


def begin(document: Document, text: str) -> None:
    """What a document that is being registered says of its own first day, and what follows."""
    stated = rules.holds_from(text)
    if stated and stated[0] != document.issued_on:
        day, words = stated
        ValidityChange.objects.get_or_create(
            document=document,
            kind=ValidityKind.IN_FORCE,
            on=day,
            undone_at=None,
            defaults={"source": words, "is_verified": False, "said_by": ""},
        )
    draw(document)


def draw(document: Document) -> None:
    """Draw the fields of a document from what is said of it and not undone."""
    said = list(document.validity_changes.filter(undone_at=None).select_related("by_document"))
    begun = [one.on for one in said if one.kind == ValidityKind.IN_FORCE]
    continued = max((one.on for one in said if one.kind == ValidityKind.CONTINUED), default=None)
    ends = [one for one in said if one.kind in ENDING and (continued is None or one.on > continued)]
    document.in_force_from = min(begun, default=None if document.is_card else document.issued_on)
    document.ended_on = ends[0].on if ends else None
    document.ended_by = ends[0].by_document if ends else None
    document.suspended_from, document.suspended_to = _suspension(said, continued)
    document.save(update_fields=[*DRAWN])


def _suspension(
    said: list[ValidityChange], continued: date | None
) -> tuple[date | None, date | None]:
    """The latest of the whole document, cut short where it is said to go on."""
    whole = [one for one in said if one.kind == ValidityKind.SUSPENDED and not one.part]
    if not whole:
        return None, None
    last = whole[-1]
    if continued is None or continued <= last.on:
        return last.on, last.until
    before = continued - timedelta(days=1)
    return last.on, min(last.until or before, before)


@dataclass(frozen=True)
class Proposal:
    """What the words of a document say of an earlier one, until a person has confirmed it."""

    citation: Citation
    kind: ValidityKind
    on: date | None

    @property
    def earlier(self) -> Document:
        assert self.citation.target is not None  # it is resolved
        return self.citation.target

    @property
    def later(self) -> Document:
        return self.citation.document


def _proposed() -> QuerySet[Citation]:
    """Resolved words of replacing, amending, abolishing of which nobody has said anything yet."""
    said = ValidityChange.objects.filter(
        document=OuterRef("target"), by_document=OuterRef("document")
    )
    return (
        Citation.objects.filter(relation__in=list(FOLLOWS), standing=CitationStanding.RESOLVED)
        .exclude(target=F("document"))
        .filter(~Exists(said))
        .select_related("document", "target")
    )


def proposals(limit: int = 50) -> list[Proposal]:
    """The newest documents' first."""
    return [_proposal(one) for one in _proposed().order_by("-document_id", "start")[:limit]]


def proposals_of(document: Document) -> list[Proposal]:
    """What it says of others, and what others say of it."""
    about = Q(document=document) | Q(target=document)
    return [_proposal(one) for one in _proposed().filter(about).order_by("document_id", "start")]


def _proposal(citation: Citation) -> Proposal:
    later = citation.document
    kind = FOLLOWS[Relation(citation.relation)]
    return Proposal(citation, kind, later.in_force_from or later.issued_on)


@transaction.atomic
def accept(citation: Citation, *, by: Actor, on: date | None = None) -> ValidityChange:
    """Confirm what a document says of an earlier one, from its own day unless another is said."""
    proposal = _proposal(citation)
    day = on or proposal.on
    if day is None:
        raise NotAccepted(_("Văn bản chưa ghi ngày ban hành. Chọn ngày rồi xác nhận lại."))
    return say(
        proposal.earlier,
        proposal.kind,
        on=day,
        by=by,
        by_document=proposal.later,
        source=citation.text,
    )


@transaction.atomic
def dismiss(citation: Citation, *, by: Actor) -> None:
    """Say that the words do not mean it; they are proposed no more."""
    proposal = _proposal(citation)
    require(access.can_say_validity(by, proposal.earlier))
    if not _proposed().filter(pk=citation.pk).exists():
        return
    now = clock.now()
    ValidityChange.objects.create(
        document=proposal.earlier,
        kind=proposal.kind,
        on=proposal.on or clock.today(),
        by_document=proposal.later,
        source=citation.text,
        said_by=by.name,
        said_at=now,
        undone_at=now,
    )
    record(
        proposal.earlier,
        "validity_dismissed",
        by=by,
        before=NOTHING,
        after=NOTHING,
        later=str(proposal.later),
    )


@dataclass(frozen=True)
class EndedBasis:
    """A document that something rests on, and that no longer holds."""

    document: Document
    since: date
    successor: Document | None  # that holds on the day; what itself was replaced is passed over
    successor_printed: str  # where the successor is not here
    is_verified: bool
    last: Document | None = None  # without a successor: the last that took its place, ended too


def ended_of(documents: Iterable[Document], on: date) -> list[EndedBasis]:
    """Those of the documents that no longer hold on a day, each once, with what took their place."""
    ended = {one.pk: one for one in documents if one.ended_on and one.ended_on <= on}
    causes = ending_changes(ended) if ended else {}
    tips = last_in_their_place(ended.values(), on)
    return [
        _ended(one, causes.get(one.pk), tips.get(one.pk), on)
        for one in sorted(ended.values(), key=lambda one: str(one))
    ]


_STEPS = 20  # of documents that replaced one another


def in_their_place(ended: Iterable[Document], on: date) -> dict[UUID, Document]:
    """Ended document → what took its place and still holds on the day. Not in it: nothing does."""
    tips = last_in_their_place(ended, on)
    return {pk: one for pk, one in tips.items() if not _is_over(one, on)}


def last_in_their_place(ended: Iterable[Document], on: date) -> dict[UUID, Document]:
    """Ended document → the last of those that took its place one after another; it may have ended too.

    One question for a step of all chains, however many documents stand at it.
    """
    tips: dict[UUID, UUID] = {one.pk: one.ended_by_id for one in ended if one.ended_by_id}
    known: dict[UUID, Document] = {}
    for _step in range(_STEPS):
        if unknown := set(tips.values()) - known.keys():
            known |= Document.objects.in_bulk(unknown)
        further = {
            pk: after
            for pk, tip in tips.items()
            if _is_over(known[tip], on) and (after := known[tip].ended_by_id)
        }
        if not further:
            break
        tips |= further
    return {pk: known[tip] for pk, tip in tips.items() if tip in known}


def _is_over(document: Document, on: date) -> bool:
    return document.ended_on is not None and document.ended_on <= on


def ending_changes(documents: Iterable[UUID]) -> dict[UUID, ValidityChange]:
    """Document → what ended it."""
    changes = ValidityChange.objects.filter(
        document__in=list(documents),
        kind__in=ENDING,
        on=F("document__ended_on"),
        undone_at=None,
    ).select_related("by_document")
    return {one.document_id: one for one in changes}


def _ended(
    document: Document, cause: ValidityChange | None, tip: Document | None, on: date
) -> EndedBasis:
    assert document.ended_on is not None
    over = tip if tip is not None and _is_over(tip, on) else None
    return EndedBasis(
        document,
        document.ended_on,
        None if over else tip,
        cause.by_printed if cause else "",
        cause.is_verified if cause else True,
        over,
    )


def resting_on_ended(within: DocumentQuerySet, today: date) -> QuerySet[Citation]:
    """Bases that ended, of documents in force which nobody has reviewed since, the latest ended first.

    A plan whose years are over has nothing to review.
    """
    reviewed = ValidityChange.objects.filter(
        document=OuterRef("document"),
        kind=ValidityKind.CONTINUED,
        undone_at=None,
        on__gte=OuterRef("target__ended_on"),
    )
    own = regulations_in_force(within, today)
    return (
        Citation.objects.filter(
            relation=Relation.BASIS, target__ended_on__lte=today, document__in=own
        )
        .filter(~Exists(reviewed))
        .select_related("document", "target__ended_by")
        .order_by("-target__ended_on", "document_id")
    )


def regulations_in_force(within: DocumentQuerySet, today: date) -> DocumentQuerySet:
    """Those that set rules and whose years are not over."""
    own = within.in_force(today).exclude(kind__in=NO_RULES)
    return own.filter(Q(planned_to="") | Q(planned_to__gte=str(today.year)))


_COUNTED = 1_000


def how_many_to_review(by: Actor, today: date) -> int:
    """Documents of one's own unit that rest on something that ended."""
    found = resting_on_ended(own_of(by), today).order_by().values("document").distinct()
    return found[: _COUNTED + 1].count()


def own_of(by: Actor) -> DocumentQuerySet:
    """The documents that one's unit answers for."""
    return own_regulations([by.unit_id, *by.taken_over] if by.unit_id else [])


def own_regulations(unit_ids: Iterable[UUID]) -> DocumentQuerySet:
    """The registered documents that units issued, or filed as theirs."""
    units = list(unit_ids)
    filed = Q(issued_by=None, filed_by__in=units)
    return Document.objects.registered().filter(Q(issued_by__in=units) | filed)
