"""Reviews that a text asks of itself, read from the duties that were confirmed in it."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from danvan import clock, searching
from danvan.documents.models import Document
from danvan.duties.choices import Origin
from danvan.duties.models import Assignment, Duty
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from . import review_words
from .review_words import Term
from .rules_in_force import MADE_BY_RULE, FollowUp, Rule

_CODES = {"sơ kết": "interim", "tổng kết": "final"}
_WORDS = tuple(_CODES)


Printed = tuple[Duty, Term]


def printed_terms(among: QuerySet[Document] | None = None) -> list[Printed]:
    """All that texts print, of one document or of all; asked once for all rules."""
    return list(_printed(_asking(_WORDS, among)))


def documents_with(words: Iterable[str], found: Iterable[Printed]) -> set[UUID]:
    """Documents whose text sets its own term for one of these reviews: danvan's defaults yield."""
    wanted = set(words)
    return {duty.document_id for duty, term in found if term.word in wanted and duty.document_id}


@in_vietnamese
def of_printed_terms(
    rule: Rule, first: date, last: date, printed_in: Iterable[Printed]
) -> list[FollowUp]:
    """Of documents in force; a year alone ends on its last day."""
    found: dict[tuple[UUID, Term], tuple[Duty, date]] = {}
    for duty, term in printed_in:
        assert duty.document is not None
        day = _day(term, duty.document)
        if _holds(duty.document) and day is not None and first <= day <= last:
            found.setdefault((duty.document.pk, term), (duty, day))
    doers = _doers(duty for duty, _due in found.values())
    return [
        FollowUp(
            rule,
            f"{MADE_BY_RULE}{rule.code}:{_CODES[term.word]}:{term.years or term.year}",
            duty.document,
            day,
            _because(duty, term, day),
            {"review": term.label},
            tuple(doers.get(duty.pk, ())),
            duty.sentence or duty.action,
        )
        for (_document, term), (duty, day) in found.items()
    ]


def _holds(document: Document) -> bool:
    is_over = document.ended_on is not None and document.ended_on <= clock.today()
    return document.registered_on is not None and not is_over


def _asking(words: Iterable[str], among: QuerySet[Document] | None) -> QuerySet[Duty]:
    """Duties of texts that speak of a review, by index."""
    said = Q()
    for word in words:
        said |= Q(words=searching.asked(f'"{word}"'))
    rows = Duty.objects.filter(origin=Origin.TEXT, document__isnull=False)
    if among is not None:
        rows = rows.filter(document__in=among)
    rows = rows.alias(words=searching.KeptWords("folded")).filter(said)
    return rows.select_related("document").order_by("id")


def _printed(duties: QuerySet[Duty]) -> Iterator[tuple[Duty, Term]]:
    for duty in duties:
        assert duty.document is not None
        for term in review_words.terms(duty.sentence or duty.action, duty.document.number):
            yield duty, term


def _day(term: Term, document: Document) -> date | None:
    if term.year:
        return date(term.year, 12, 31)
    if document.issued_on is None or not term.years:
        return None
    try:
        return document.issued_on.replace(year=document.issued_on.year + term.years)
    except ValueError:  # 29 February
        return date(document.issued_on.year + term.years, 2, 28)


def _because(duty: Duty, term: Term, day: date) -> str:
    said = {"sentence": (duty.sentence or duty.action).strip().rstrip("."), "day": printed(day)}
    if term.year:
        return (
            _("Văn bản ghi: “%(sentence)s”; hết năm %(year)d là ngày %(day)s.")
            % {**said, "year": term.year}
        )  # fmt: skip
    assert duty.document is not None and duty.document.issued_on is not None
    return _(
        "Văn bản ghi: “%(sentence)s”; %(n)d năm kể từ ngày ban hành %(start)s là ngày %(day)s."
    ) % {**said, "n": term.years or 0, "start": printed(duty.document.issued_on)}


def _doers(duties: Iterable[Duty]) -> dict[UUID, list[UUID]]:
    """Who was asked for it in the text."""
    led = Assignment.objects.laid().led().filter(duty__in={one.pk for one in duties})
    found: dict[UUID, list[UUID]] = {}
    for duty, unit in led.order_by("id").values_list("duty", "unit"):
        found.setdefault(duty, []).append(unit)
    return found
