"""The sections of a report, written; what two wrote at once is kept, and one of them chosen."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from danvan import clock
from danvan.audit.actions import record
from danvan.org.access import require
from danvan.org.actors import Actor

from . import access, rules
from .contents import first_words
from .definitions import regime_of
from .models import Report, Section
from .versions import locked


@dataclass(frozen=True)
class Writing:
    """What was typed into a section, and on which page of it: the revision that the page showed."""

    text: str
    revision: int
    page: UUID
    is_finished: bool = False


@transaction.atomic
def write_section(report: Report, code: str, writing: Writing, *, by: Actor) -> Section:
    """Keep what was typed. Where another wrote meanwhile both texts are kept, this one aside."""
    report = locked(report)
    require(access.can_write(by, report))
    section = report.sections.select_for_update().get(code=code)
    text = writing.text.strip()
    if (text, writing.is_finished) == (section.narrative, section.is_finished):
        return section
    if writing.revision != section.revision and section.edited_from != writing.page:
        return _set_aside(report, section, text, writing.page, by)
    # Saved every moment and recorded every moment: so only the words that changed are.
    was, now = rules.changed_words(section.narrative, text)
    record(
        report,
        "wrote",
        by=by,
        before={"narrative": was, "is_finished": section.is_finished},
        after={"narrative": now, "is_finished": writing.is_finished},
        section=code,
        page=str(writing.page),
    )
    return _put(section, text, writing, by)


def _put(section: Section, text: str, writing: Writing, by: Actor) -> Section:
    section.narrative, section.is_finished = text, writing.is_finished
    section.revision += 1
    section.edited_at, section.edited_by_name = clock.now(), by.name
    section.edited_from = writing.page
    section.save()
    return section


def _set_aside(report: Report, section: Section, text: str, page: UUID, by: Actor) -> Section:
    if not text or text in (section.narrative, section.aside):
        return section
    was, now = {"aside": section.aside}, {"aside": text}
    record(report, "set_aside", by=by, before=was, after=now, section=section.code)
    is_another = section.aside and section.aside_from != page
    section.aside = (
        f"{section.aside}\n\n{text}" if is_another and text not in section.aside else text
    )
    section.aside_at, section.aside_by_name, section.aside_from = clock.now(), by.name, page
    section.save()
    return section


@transaction.atomic
def settle_aside(report: Report, code: str, text: str, *, by: Actor) -> Section:
    """Choose the text of a section that two people wrote at once; the audit keeps both."""
    report = locked(report)
    require(access.can_write(by, report))
    section = report.sections.select_for_update().get(code=code)
    if not section.aside:
        return section
    was = {"narrative": section.narrative, "aside": section.aside}
    now = {"narrative": text.strip(), "aside": ""}
    record(report, "merged", by=by, before=was, after=now, section=code)
    section.narrative = text.strip()
    section.revision += 1
    section.edited_at, section.edited_by_name, section.edited_from = clock.now(), by.name, None
    section.aside, section.aside_at, section.aside_by_name, section.aside_from = "", None, "", None
    section.save()
    return section


@transaction.atomic
def begin_section(report: Report, code: str, *, by: Actor) -> Section:
    """Write the duties of the period into an empty section; one that has words stays as it is."""
    report = locked(report)
    require(access.can_write(by, report))
    section = report.sections.select_for_update().get(code=code)
    words = first_words(report, regime_of(report.regime)[code])
    if section.narrative or not words:
        return section
    section.narrative = words
    section.revision += 1
    section.edited_at, section.edited_by_name, section.edited_from = clock.now(), by.name, None
    section.save()
    was, now = {"narrative": ""}, {"narrative": words}
    record(report, "wrote", by=by, before=was, after=now, section=code)
    return section
