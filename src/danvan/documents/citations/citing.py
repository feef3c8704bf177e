"""Which document a citation means: decided by number, date and issuer, by the name of a law, or by a person.

What is known is linked at once; the rest waits, and is linked as soon as the document is registered.
Citations printed alike mean one document, so that one decision of a person holds for all of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from danvan.documents import rules
from danvan.documents.choices import CitationStanding, Validity
from danvan.documents.models import LAWS, Citation, Document, squeeze
from danvan.text import fold

from . import bodies, identity
from .linking import concretising

WAITING = (CitationStanding.AMBIGUOUS, CitationStanding.UNKNOWN)
NAME = "~"  # stands before the folded name of a law, where a number would stand
_AFTER_NAME = re.compile(r",? (?:ngày|năm|số|sửa đổi)\b.*", re.DOTALL)
_YEAR = re.compile(r"năm\s+(\d{4})")


@dataclass(frozen=True)
class Printed:
    """A citation as it is printed."""

    kind: str
    number: str
    issued_on: date | None
    issuer: str
    text: str

    @property
    def sought(self) -> str:
        """By what its document is sought: the squeezed number, or a law's name."""
        if self.number or self.kind not in LAWS:
            return squeeze(self.number)[:80]
        return (NAME + fold(_AFTER_NAME.sub("", self.text)))[:80]

    @property
    def issuer_key(self) -> str:
        return identity.issuer_key(squeeze(self.number), self.issuer)

    @property
    def alike(self) -> str:
        """One for all that are printed so. Without a number and a name only the words are one."""
        what = self.sought or fold(self.text)[:200]
        day = self.issued_on.isoformat() if self.issued_on else ""
        return f"{what}|{day}|{self.issuer_key if self.number else ''}"[:400]

    @property
    def is_telling(self) -> bool:
        """Enough is printed for one decision to hold for later documents too."""
        return bool(self.number) and bool(
            self.issued_on or identity.series_of(squeeze(self.number))
        )


def of_item(item: rules.Item) -> Printed:
    values = item.values
    return Printed(
        (values.get("kind") or "")[:60],
        (values.get("number") or "")[:80],
        rules.as_date(values.get("date")),
        bodies.in_proper_case((values.get("issuer") or "")[:300]),
        values.get("text") or "",
    )


def of_row(row: Citation) -> Printed:
    return Printed(row.kind, row.number, row.issued_on, row.issuer, row.text)


def dated_alike(found: Iterable[Printed]) -> list[Printed]:
    """Once a document has printed a date with a number, it means the same where it leaves it out."""
    printed = list(found)
    days: dict[str, set[date]] = defaultdict(set)
    for one in printed:
        if one.number and one.issued_on:
            days[one.sought].add(one.issued_on)
    return [_dated(one, days.get(one.sought, set())) for one in printed]


def _dated(one: Printed, days: set[date]) -> Printed:
    if one.issued_on or not one.number or len(days) != 1:
        return one
    return Printed(one.kind, one.number, next(iter(days)), one.issuer, one.text)


Known = Mapping[str, Sequence[Document]]  # by what is sought


def known(sought: Iterable[str]) -> Known:
    """The registered documents that may be meant: two questions for any number of citations."""
    keys = set(sought) - {""}
    found: dict[str, list[Document]] = defaultdict(list)
    numbers = {one for one in keys if not one.startswith(NAME)}
    for document in Document.objects.registered().filter(number_squeezed__in=numbers):
        found[document.number_squeezed].append(document)
    if len(numbers) < len(keys):
        for law in Document.objects.registered().filter(kind__in=LAWS):
            for name in names_of(law) & keys:
                found[name].append(law)
    return found


def names_of(document: Document) -> set[str]:
    """The names under which a law is sought: with its kind, whether its title repeats it or not."""
    if document.kind not in LAWS or not document.title:
        return set()
    title, kind = fold(document.title), fold(document.kind)
    return {(NAME + (title if title.startswith(f"{kind} ") else f"{kind} {title}"))[:80]}


def resolve(
    one: Printed, candidates: Iterable[Document], *, before: date | None
) -> tuple[CitationStanding, Document | None]:
    """The document that is meant, if there is no doubt; `before` is the day of who cites it."""
    fitting = [document for document in candidates if _fits(one, document, before)]
    if len(fitting) > 1 and not one.number and before is not None:
        held = [document for document in fitting if document.validity(before) in _HELD]
        fitting = held or fitting  # an undated name means the law in force
    if len(fitting) == 1 and _is_enough(one, fitting[0]):
        return CitationStanding.RESOLVED, fitting[0]
    return (CitationStanding.AMBIGUOUS if len(fitting) > 1 else CitationStanding.UNKNOWN), None


_HELD = {Validity.IN_FORCE, Validity.ENDING, Validity.SUSPENDED, Validity.UNKNOWN}


def _fits(one: Printed, document: Document, before: date | None) -> bool:
    if one.issued_on and document.issued_on and one.issued_on != document.issued_on:
        return False
    if before and _is_later(document, before):
        return False
    year = _YEAR.search(one.text) if not one.number and not one.issued_on else None
    if year and _year_of(document) not in {None, int(year[1])}:
        return False
    return not one.number or identity.may_be_one(one.issuer_key, document.issuer_key)


def _is_later(document: Document, day: date) -> bool:
    if document.issued_on is not None:
        return document.issued_on > day
    return (_year_of(document) or day.year) > day.year


def _year_of(document: Document) -> int | None:
    """Of its date, or that of its number: 42/2013/QH13."""
    if document.issued_on:
        return document.issued_on.year
    year = re.search(r"/(\d{4})/", document.number)
    return int(year[1]) if year else None


def _is_enough(one: Printed, document: Document) -> bool:
    """A number such as 15/KH-UBND is every People's Committee's: alone it names nobody's."""
    if not one.number or identity.series_of(squeeze(one.number)):
        return True
    return bool((one.issued_on and document.issued_on) or one.issuer)


def meant(items: Sequence[rules.Item], *, before: date | None) -> dict[str, Document]:
    """Item key → the document that a reading's citation means, where there is no doubt."""
    printed = dated_alike(of_item(item) for item in items)
    found = known(one.sought for one in printed)
    told = {
        item.key: resolve(one, found.get(one.sought, ()), before=before)[1]
        for item, one in zip(items, printed, strict=True)
    }
    return {key: document for key, document in told.items() if document is not None}


def cite(document: Document, items: Sequence[rules.Item], text: str) -> None:
    """Keep the citations of a document that is being registered."""
    printed = dated_alike(of_item(item) for item in items)
    found = known(one.sought for one in printed)
    decided = _decided(one.alike for one in printed if one.is_telling)
    rows = []
    for item, one in zip(items, printed, strict=True):
        row = Citation(
            document=document,
            relation=rules.relation_of(text, item.start, is_basis=bool(item.values.get("basis"))),
            kind=one.kind,
            number=one.number,
            number_squeezed=one.sought,
            alike=one.alike,
            issued_on=one.issued_on,
            issuer=one.issuer,
            text=one.text,
            start=item.start,
            end=item.end,
        )
        if earlier := decided.get(one.alike):
            row.standing, row.target = earlier.standing, earlier.target
            row.settled_by, row.settled_at = earlier.settled_by, earlier.settled_at
        else:
            row.standing, row.target = resolve(
                one, found.get(one.sought, ()), before=document.issued_on
            )
        rows.append(row)
    Citation.objects.bulk_create(rows)
    Citation.objects.bulk_create(concretising(rows))


def _decided(alike: Iterable[str]) -> dict[str, Citation]:
    """What people said of citations printed so before; of two words the newer."""
    rows = (
        Citation.objects.filter(alike__in=set(alike), is_only_here=False)
        .exclude(settled_by="")
        .select_related("target")
        .order_by("alike", "-settled_at")
        .distinct("alike")
    )
    return {row.alike: row for row in rows}


def settle(documents: Sequence[Document]) -> int:
    """Link what waits for these documents, now that they are registered; returns how many."""
    sought = {one.number_squeezed for one in documents} - {""}
    for document in documents:
        sought |= names_of(document)
    waiting = Citation.objects.filter(number_squeezed__in=sought, standing__in=WAITING)
    return look_again(waiting.select_related("document"))


def look_again(rows: Iterable[Citation]) -> int:
    """Resolve citations by what is registered now; returns how many are linked."""
    waiting = list(rows)
    found = known(row.number_squeezed for row in waiting)
    for row in waiting:
        row.standing, row.target = resolve(
            of_row(row), found.get(row.number_squeezed, ()), before=row.document.issued_on
        )
        row.settled_by, row.settled_at = "", None
    Citation.objects.bulk_update(
        waiting, ["standing", "target", "settled_by", "settled_at"], batch_size=1_000
    )
    linked = [row for row in waiting if row.target is not None]
    Citation.objects.bulk_create(concretising(linked))
    return len(linked)
