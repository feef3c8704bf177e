"""Everything that could be released, whatever it is made of. Nothing is stored here."""

from collections.abc import Callable, Iterator
from uuid import UUID

from danvan.text import in_vietnamese

from . import from_documents, from_reports, from_scores
from .choices import ReleaseKind
from .contents import Candidate, Content

CANDIDATES: tuple[Callable[[], Iterator[Candidate]], ...] = (
    from_documents.candidates,
    from_reports.candidates,
    from_scores.candidates,
)
COMPOSE: dict[ReleaseKind, Callable[[UUID], Content | None]] = {
    ReleaseKind.DOCUMENT: from_documents.compose,
    ReleaseKind.REPORT: from_reports.compose,
    ReleaseKind.RESULTS: from_scores.compose,
}


def candidates() -> list[Candidate]:
    """All that the province may release: documents, reports, results."""
    return [one for source in CANDIDATES for one in source()]


@in_vietnamese
def compose(kind: ReleaseKind, subject: UUID) -> Content | None:
    """Put together what would be released now; None where there is nothing to release."""
    return COMPOSE[kind](subject)
