"""The work list of citations that mean no known document yet, and what people decide of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record
from danvan.documents import access
from danvan.documents.choices import CitationStanding, Relation
from danvan.documents.models import LAWS, Citation, Document
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.workdays.rules import printed

from . import cards, citing
from .linking import concretising

_MOST = 1_000  # groups that are counted; then “more than”


@dataclass(frozen=True)
class Suggestion:
    """A document that may be meant, and why."""

    document: Document
    because: str


@dataclass(frozen=True)
class Group:
    """Citations printed alike."""

    sample: Citation
    citations: int
    documents: int
    suggestions: Sequence[Suggestion] = ()

    @property
    def alike(self) -> str:
        return self.sample.alike

    @property
    def is_ambiguous(self) -> bool:
        return self.sample.standing == CitationStanding.AMBIGUOUS


def _waiting() -> QuerySet[Citation]:
    return Citation.objects.filter(standing__in=citing.WAITING)


def how_many() -> int:
    """Groups that wait, counted up to `_MOST`."""
    return _waiting().order_by("alike").values("alike").distinct()[: _MOST + 1].count()


def groups(start: int, end: int) -> list[Group]:
    """The groups that most documents wait for first, with suggestions."""
    counted = (
        _waiting()
        .values("alike")
        .annotate(citations=Count("id"), documents=Count("document", distinct=True))
        .order_by("-citations", "alike")[start:end]
    )
    counts = {row["alike"]: row for row in counted}
    samples = {row.alike: row for row in _samples(counts)}
    found = suggestions(samples.values())
    return [
        Group(samples[alike], row["citations"], row["documents"], found.get(alike, ()))
        for alike, row in counts.items()
    ]


def group(alike: str) -> Group | None:
    """One group; none where nothing waits in it."""
    sample = next(iter(_samples([alike])), None)
    if sample is None:
        return None
    rows = _waiting().filter(alike=alike)
    counts = rows.aggregate(all=Count("id"), documents=Count("document", distinct=True))
    told = suggestions([sample]).get(alike, ())
    return Group(sample, counts["all"], counts["documents"], told)


def _samples(alike: Iterable[str]) -> QuerySet[Citation]:
    rows = _waiting().filter(alike__in=list(alike)).select_related("document")
    return rows.order_by("alike", "-document_id").distinct("alike")


def citing_documents(alike: str, limit: int = 10) -> list[Document]:
    """Some of the documents in which it is printed so, the newest first."""
    rows = _waiting().filter(alike=alike).values("document")
    return list(Document.objects.filter(pk__in=rows).order_by("-issued_on", "-id")[:limit])


# What may be meant

_SIGNS = re.compile(r"[-/.–]")
_NEAR = 0.8  # of two numbers that differ by a slip
_NEAR_NAME = 0.6
_FEW = 4


def suggestions(rows: Iterable[Citation]) -> dict[str, list[Suggestion]]:
    """By what is printed alike: the documents that may be meant, the likeliest first."""
    wanted = list(rows)
    numbered = [row for row in wanted if row.number]
    variants = {one for row in numbered for one in _variants(row.number_squeezed)}
    same_day = Q(issued_on__in={row.issued_on for row in numbered if row.issued_on})
    near = Document.objects.registered().filter(
        Q(number_squeezed__in=variants)
        | (same_day & Q(kind__in={row.kind for row in numbered} - {""}))
    )
    candidates = list(near[:_MOST]) if numbered else []
    by_name = [row for row in wanted if row.number_squeezed.startswith(citing.NAME)]
    laws = list(Document.objects.registered().filter(kind__in=LAWS)) if by_name else []
    found: dict[str, list[Suggestion]] = {}
    for row in wanted:
        near_it = [(reason, one) for one in candidates if (reason := _why(row, one))]
        near_it += [(reason, one) for one in laws if (reason := _why_law(row, one))]
        near_it.sort(key=lambda pair: (pair[0][0], _days_apart(row, pair[1]), str(pair[1])))
        found[row.alike] = [Suggestion(one, words) for (_rank, words), one in near_it[:_FEW]]
    return found


def _days_apart(row: Citation, document: Document) -> int:
    if row.issued_on is None or document.issued_on is None:
        return 0
    return abs((row.issued_on - document.issued_on).days)


def _variants(number: str) -> set[str]:
    """The number, and as it would be with its signs exchanged: 16-ct-ttg, 16/ct-ttg, 16-ct/ttg."""
    parts = [part for part in _SIGNS.split(number) if part]
    if not 2 <= len(parts) <= 4:
        return {number}
    made = {parts[0]}
    for part in parts[1:]:
        made = {f"{one}{sign}{part}" for one in made for sign in "-/"}
    return made | {number}


def _why(row: Citation, document: Document) -> tuple[int, str] | None:
    """How likely (0: most), and why; nothing where it is not."""
    if document.pk == row.document_id or not row.number:
        return None
    day = printed(document.issued_on) if document.issued_on else ""
    is_day = row.issued_on is not None and document.issued_on == row.issued_on
    if document.number_squeezed == row.number_squeezed:
        if is_day:
            return 0, _("Cùng số, cùng ngày; cơ quan ban hành khác.")
        if row.issued_on is None:
            return 1, _("Cùng số; viện dẫn không ghi ngày.")
        return 1, _("Cùng số; ngày ban hành là %(day)s.") % {"day": day or "—"}
    if _SIGNS.sub("", document.number_squeezed) == _SIGNS.sub("", row.number_squeezed):
        return 1 if is_day else 2, _("Ký hiệu khác dấu: %(number)s.") % {"number": document.number}
    if not is_day or document.kind != row.kind:
        return None
    if SequenceMatcher(None, document.number_squeezed, row.number_squeezed).ratio() < _NEAR:
        return None
    return 2, _("Cùng loại, cùng ngày; số gần giống: %(number)s.") % {"number": document.number}


def _why_law(row: Citation, law: Document) -> tuple[int, str] | None:
    if row.number or law.kind != row.kind:
        return None
    printed = row.number_squeezed.removeprefix(citing.NAME)
    for name in citing.names_of(law):
        if name.removeprefix(citing.NAME) == printed:
            return 0, _("Cùng tên.")
        if SequenceMatcher(None, name[len(citing.NAME) :], printed).ratio() >= _NEAR_NAME:
            return 2, _("Tên gần giống.")
    return None


# What people decide


@transaction.atomic
def choose(alike: str, document: Document, *, by: Actor) -> int:
    """Say which document all citations printed so mean; returns how many. Said twice is done once."""
    require(access.can_settle(by))
    return _settle(alike, document, by)


@transaction.atomic
def set_aside(alike: str, *, by: Actor) -> int:
    """Say that they need no link; returns how many."""
    require(access.can_settle(by))
    return _settle(alike, None, by)


@transaction.atomic
def make_card(alike: str, facts: cards.Facts, *, by: Actor) -> tuple[Document, int]:
    """Make a card of the document that they mean, and link them to it."""
    document = cards.make(facts, by=by)
    linked = Citation.objects.filter(alike=alike, target=document, settled_by="").count()
    return document, linked + _settle(alike, document, by)


def _settle(alike: str, document: Document | None, by: Actor) -> int:
    rows = list(_locked(alike).filter(standing__in=citing.WAITING).exclude(document=document))
    now = clock.now()
    for row in rows:
        row.target = document
        row.standing = CitationStanding.RESOLVED if document else CitationStanding.SET_ASIDE
        row.settled_by, row.settled_at = by.name, now
    _keep(rows)
    if rows:
        verb = "citations_settled" if document else "citations_set_aside"
        record(document or rows[0], verb, by=by, printed=str(rows[0]), count=len(rows))
    return len(rows)


def _keep(rows: Sequence[Citation]) -> None:
    fields = ["target", "standing", "settled_by", "settled_at"]
    Citation.objects.bulk_update(rows, fields, batch_size=1_000)
    Citation.objects.bulk_create(concretising(rows))


def _locked(alike: str) -> QuerySet[Citation]:
    rows = Citation.objects.filter(alike=alike).select_related("document", "target")
    return rows.select_for_update(of=("self",)).order_by("id")


@transaction.atomic
def undo(alike: str, *, by: Actor) -> int:
    """Take back what a person decided; what the register itself knows holds again."""
    require(access.can_settle(by))
    rows = list(_locked(alike).filter(is_only_here=False).exclude(settled_by=""))
    if not rows:
        return 0
    links: dict[UUID | None, set[UUID]] = defaultdict(set)
    for row in rows:
        links[row.target_id].add(row.document_id)
    for target, documents in links.items():
        drawn = Citation.objects.filter(relation=Relation.CONCRETISES, start=None, settled_by="")
        drawn.filter(target=target, document__in=documents).delete()
    record(rows[0], "citations_undone", by=by, printed=str(rows[0]), count=len(rows))
    citing.look_again(rows)
    return len(rows)


def decided(limit: int = 20) -> list[Citation]:
    """What people decided last, one citation for each decision."""
    newest = (
        Citation.objects.filter(is_only_here=False)
        .exclude(settled_by="")
        .exclude(relation=Relation.CONCRETISES)
        .order_by("-settled_at")
        .select_related("target")[: limit * 20]
    )
    return list({row.alike: row for row in reversed(newest)}.values())[::-1][:limit]


def facts_of(sample: Citation) -> cards.Facts:
    """What is printed, to begin a card with."""
    title = ""
    if not sample.number:
        words = re.sub(r"\s+", " ", sample.text).strip()
        title = words.removeprefix(sample.kind).strip() or words
    return cards.Facts(sample.kind, sample.number, sample.issued_on, sample.issuer, title)
