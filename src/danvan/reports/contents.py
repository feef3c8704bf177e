"""What stands in a report, section by section: figures as sentences, what people wrote, remarks.

One account for the page, the check before sending and the official document.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.duties.choices import HANDED_IN, OPEN
from danvan.duties.models import Assignment
from danvan.figures import rules as figure_rules
from danvan.figures.definitions import Indicator, indicators
from danvan.figures.models import Figure
from danvan.figures.own import Ground, count_own, ground_of
from danvan.figures.rules import Counted
from danvan.org.heirs import left_to
from danvan.org.models import Unit

from . import rules
from .choices import Progress
from .definitions import Outline, Regime, regime_of
from .models import Passage, Remark, Report, ReportFigure, Section

_NUMBER = re.compile(r"\{(\w+)\}")  # {value} · {numerator}


@dataclass(frozen=True)
class Piece:
    """A stretch of a generated sentence: words, or a number that opens to what it counts."""

    text: str
    is_number: bool


@dataclass(frozen=True)
class Number:
    """A figure in a report: frozen, or as it stands at this moment where the report is a draft."""

    indicator: Indicator
    counted: Counted
    figure: Figure | None = None
    parts: Sequence[tuple[str, Counted]] = ()  # of a consolidated one: unit's name, its value

    @property
    def has_data(self) -> bool:
        return self.counted.has_data

    @property
    def printed(self) -> str:
        return figure_rules.printed_value(self.counted.value, self.indicator.measure)

    @property
    def said(self) -> str:
        return figure_rules.sentence(self.indicator.sentence, self.counted)

    @property
    def pieces(self) -> list[Piece]:
        """The sentence, cut at its numbers."""
        words = _NUMBER.split(self.indicator.sentence)  # words, name, words, name, words
        return [
            Piece(figure_rules.sentence(f"{{{one}}}", self.counted), True)
            if place % 2
            else Piece(one, False)
            for place, one in enumerate(words)
            if one
        ]

    @property
    def footnote(self) -> str:
        """Which units a sum is made of, without those that add nothing: “Sở Tư pháp 12; UBND huyện An Phú Đông 204.”"""
        known = [
            (name, one)
            for name, one in self.parts
            if one.has_data and (one.numerator or one.denominator)
        ]
        return "; ".join(f"{name} {_part(one)}" for name, one in known) + "." if known else ""


def _part(counted: Counted) -> str:
    if counted.denominator is None:
        return figure_rules.printed(counted.numerator)
    return f"{figure_rules.printed(counted.numerator)}/{figure_rules.printed(counted.denominator)}"


@dataclass(frozen=True)
class Chapter:
    """One heading of the outline with all that stands under it."""

    outline: Outline
    section: Section | None
    numbers: Sequence[Number] = ()
    passages: Sequence[Passage] = ()
    remarks: Sequence[Remark] = ()  # made on this version, or on the one that it corrects

    @property
    def code(self) -> str:
        return self.outline.code

    @property
    def known_numbers(self) -> list[Number]:
        return [one for one in self.numbers if one.has_data]

    @property
    def missing_numbers(self) -> list[Number]:
        return [one for one in self.numbers if not one.has_data]

    @property
    def paragraphs(self) -> list[str]:
        """What people wrote; of a consolidated report also what was taken in."""
        own = self.section.paragraphs if self.section else []
        return [*own, *(one.text for one in self.passages)]

    @property
    def progress(self) -> Progress:
        is_finished = self.section is not None and self.section.is_finished
        return rules.progress("\n".join(self.paragraphs), is_finished=is_finished)

    @property
    def open_remarks(self) -> list[Remark]:
        return [one for one in self.remarks if one.settled_at is None]

    @property
    def is_empty(self) -> bool:
        return not (self.paragraphs or self.known_numbers)


@dataclass(frozen=True)
class Contents:
    report: Report
    regime: Regime
    chapters: Sequence[Chapter] = field(default_factory=list)
    ground: Ground = Ground(())  # whose records its figures count

    def __getitem__(self, code: str) -> Chapter:
        return {one.code: one for one in self.chapters}[code]

    @property
    def written(self) -> list[Chapter]:
        return [one for one in self.chapters if one.outline.written]

    @property
    def counts_also(self) -> str:
        """Where units went into this one within the period: whose numbers are in it, whose not."""
        words = []
        if self.ground.whole:
            words.append(
                _("Số liệu gồm cả của %(units)s trước khi sắp xếp.")
                % {"units": ", ".join(self.ground.whole)}
            )
        if self.ground.partly:
            words.append(
                _("Chưa gồm số liệu của %(units)s: chỉ một phần nhập vào đơn vị này.")
                % {"units": ", ".join(self.ground.partly)}
            )
        return " ".join(words)

    def check(self) -> rules.Checked:
        return rules.check(_written(one) for one in self.written)


def _written(chapter: Chapter) -> rules.Written:
    return rules.Written(
        code=chapter.code,
        label=chapter.outline.label,
        narrative="\n".join(chapter.paragraphs),
        must_be_written=chapter.outline.must_be_written,
        is_finished=chapter.progress == Progress.FINISHED,
        has_aside=bool(chapter.section and chapter.section.aside),
        figures_without_data=[one.indicator.label.lower() for one in chapter.missing_numbers],
        open_remarks=len(chapter.open_remarks),
    )


def contents(report: Report, *, sections: Mapping[str, Section] | None = None) -> Contents:
    """The report as it stands: figures counted now while it is a unit's draft, frozen ones after.

    Names its units on the way, all at once. `sections` by their codes, where they are at hand.
    """
    regime = regime_of(report.regime)
    if sections is None:
        sections = {one.code: one for one in report.sections.all()}
    passages = _passages(report)
    ground = _ground(report, regime)
    rows = _frozen_rows(report)
    links = _links(report, rows)
    names = _name(report, passages, links)
    numbers = _frozen(rows, links, names) if _has_frozen(report) else _live(report, regime, ground)
    remarks = _remarks(report)
    chapters = [
        Chapter(
            outline=one,
            section=sections.get(one.code),
            numbers=numbers[one.code],
            passages=[passage for passage in passages if passage.section.code == one.code],
            remarks=remarks[one.code],
        )
        for one in regime.outline
    ]
    return Contents(report, regime, chapters, ground)


def _ground(report: Report, regime: Regime) -> Ground:
    """Whose records a unit's report counts; a consolidated one adds up what units sent."""
    if report.is_consolidated:
        return Ground(())
    return ground_of(report.unit_id, regime.window(report.as_period))


def _name(report: Report, passages: Iterable[Passage], links: Iterable[Any]) -> dict[UUID, Unit]:
    """The units that the report speaks of, in the official order; those at hand get their names."""
    wanted = {report.unit_id, report.addressee_id}
    wanted |= {one.from_report.unit_id for one in passages}
    wanted |= {one.to_figure.unit_id for one in links}
    units = {one.pk: one for one in Unit.objects.named(clock.today()).filter(pk__in=wanted)}
    report.unit, report.addressee = units[report.unit_id], units[report.addressee_id]
    for one in passages:
        one.from_report.unit = units[one.from_report.unit_id]
    return units


def _has_frozen(report: Report) -> bool:
    """A consolidated report sums up frozen figures, so it has none that are counted now."""
    return report.is_consolidated or not report.is_draft


def _live(report: Report, regime: Regime, ground: Ground) -> Mapping[str, list[Number]]:
    window = regime.window(report.as_period)
    known = {one.code: one for one in indicators(window[1] - timedelta(days=1))}
    wanted = [known[code] for code in regime.indicators]
    found = count_own(wanted, ground, window)
    numbers: dict[str, list[Number]] = defaultdict(list)
    for outline in regime.outline:
        for code in outline.indicators:
            numbers[outline.code].append(Number(known[code], found[code]))
    return numbers


def _frozen_rows(report: Report) -> list[ReportFigure]:
    if not _has_frozen(report):
        return []
    rows = ReportFigure.objects.filter(report=report).select_related("figure__definition")
    return list(rows.order_by("id"))


def _links(report: Report, rows: Iterable[ReportFigure]) -> list[Any]:
    """From each sum to the figures that it is made of."""
    if not report.is_consolidated:
        return []
    links = Figure.parts.through.objects.filter(from_figure__in=[one.figure_id for one in rows])
    return list(links.select_related("to_figure"))


def _frozen(
    rows: Iterable[ReportFigure], links: Iterable[Any], names: Mapping[UUID, Unit]
) -> Mapping[str, list[Number]]:
    order = {key: place for place, key in enumerate(names)}
    parts: dict[UUID, list[tuple[str, Counted]]] = defaultdict(list)
    for link in sorted(links, key=lambda one: order[one.to_figure.unit_id]):
        part = link.to_figure
        parts[link.from_figure_id].append((names[part.unit_id].name, part.result))
    numbers: dict[str, list[Number]] = defaultdict(list)
    for row in rows:
        figure = row.figure
        number = Number(figure.shown, figure.result, figure, parts[figure.pk])
        numbers[row.section].append(number)
    return numbers


def _passages(report: Report) -> list[Passage]:
    if not report.is_consolidated:
        return []
    rows = Passage.objects.filter(section__report=report)
    return list(rows.select_related("section", "from_report"))


def _remarks(report: Report) -> Mapping[str, list[Remark]]:
    """The remarks on this version; on a draft those that made it necessary."""
    about = report.supersedes_id if report.is_draft else report.pk
    found: dict[str, list[Remark]] = defaultdict(list)
    if about is not None:
        for one in Remark.objects.filter(report=about):
            found[one.section].append(one)
    return found


def duties_of_the_period(report: Report, which: str = "") -> QuerySet[Assignment]:
    """The unit's led duties of the period: all, or those done, late, or due in the next one.

    With those that units left that went wholly into it; without the duty to send this very report.
    """
    regime = regime_of(report.regime)
    start, end = regime.window(report.as_period)
    own = Assignment.objects.filter(unit__in=left_to(report.unit_id, clock.today()))
    rows = own.led().select_related("duty", "unit").by_due()
    if report.assignment_id is not None:
        rows = rows.exclude(pk=report.assignment_id)
    within = rows.filter(due_on__gte=start, due_on__lt=end)
    if which == "done":
        return rows.filter(
            state__in=HANDED_IN, handed_in_at__date__gte=start, handed_in_at__date__lt=end
        )
    if which == "late":
        return rows.filter(due_on__lt=min(end, clock.today()), state__in=OPEN)
    if which == "ahead":
        return rows.filter(due_on__gte=end, due_on__lt=end + (end - start), state__in=OPEN)
    return within | rows.filter(
        state__in=HANDED_IN, handed_in_at__date__gte=start, handed_in_at__date__lt=end
    )


def first_words(report: Report, outline: Outline) -> str:
    """A beginning for an empty section, from the duties of the period; nothing where there are none."""
    if not outline.drafted_from:
        return ""
    rows = duties_of_the_period(report, outline.drafted_from)[:20]
    return "\n".join(
        f"- {rules.duty_in_words(outline.drafted_from, one.duty.action, one.due_on)}"
        for one in rows
    )
