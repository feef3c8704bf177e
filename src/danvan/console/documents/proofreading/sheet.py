"""All that was read, in tabs by kind; what is sure can be confirmed together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from danvan import clock, pipeline
from danvan.console.documents.sources import Mark, Table
from danvan.console.templatetags.danvan import weekday_day
from danvan.documents import actions as documents
from danvan.documents import rules, validity
from danvan.documents.limits import Limit, limits_of
from danvan.documents.models import Document, Reading
from danvan.documents.rules import Item
from danvan.documents.validity import EndedBasis
from danvan.duties.rules import Occurrence
from danvan.org.models import Unit
from danvan.periods import parse

from .cards import Card, Name
from .words import HEADER, LINES, citation

# Kind of items → its tab, and what is said of one that is not there.
TABS = {
    "header": (gettext_lazy("Đầu văn bản"), gettext_lazy("trường")),
    "outline": (gettext_lazy("Bố cục"), gettext_lazy("đề mục")),
    "citations": (pgettext_lazy("các mục", "Viện dẫn"), gettext_lazy("viện dẫn")),
    "duties": (gettext_lazy("Nhiệm vụ"), gettext_lazy("nhiệm vụ")),
    "indicators": (pgettext_lazy("các mục", "Chỉ tiêu"), gettext_lazy("chỉ tiêu")),
    "figures": (gettext_lazy("Số liệu"), gettext_lazy("số liệu")),
    "criteria": (pgettext_lazy("các mục", "Tiêu chí"), gettext_lazy("tiêu chí chấm điểm")),
    "findings": (pgettext_lazy("các mục", "Bất thường"), gettext_lazy("điểm bất thường")),
}
FIRST_TAB = "duties"
SELDOM = ("criteria",)  # kinds whose tab is shown only where the document has some


@dataclass(frozen=True)
class Tab:
    kind: str
    label: str
    count: int
    is_current: bool
    to_look_at: int


@dataclass(frozen=True)
class Together:
    """Items of a tab that may be said to be right at once.

    They need no close look, or are weak for one and the same reason.
    """

    name: str  # SURE, or the first item's key
    keys: tuple[str, ...]
    reason: str = ""


SURE = "sure"


@dataclass(frozen=True)
class Sheet:
    """A reading with one tab open."""

    reading: Reading
    kind: str
    cards: list[Card]  # of the open tab, in the order of need
    tabs: list[Tab]
    seen: int
    total: int
    to_look_at: int
    meanings: Mapping[str, pipeline.Meaning]
    is_open: bool  # may still be corrected
    together: list[Together]
    found: Mapping[str, list[Item]]
    targets: Mapping[str, Document]  # of its citations, by item

    def ended_bases(self) -> list[EndedBasis]:
        """What it rests on and no longer holds: on its own day, or today where it has none."""
        return validity.ended_of(self._bases(), self._day())

    def limited_bases(self) -> list[Limit]:
        """What it rests on and holds, yet not as it was."""
        return limits_of(self._bases(), self._day())

    def _bases(self) -> list[Document]:
        return [
            self.targets[item.key]
            for item in rules.kept(self.found["citations"])
            if item.values.get("basis") and item.key in self.targets
        ]

    def _day(self) -> date:
        return rules.as_date(rules.header_of(self.found).get("date")) or clock.today()

    @property
    def marks(self) -> list[Mark]:
        return [card.mark for card in self.cards if card.mark]

    @property
    def address(self) -> str:
        """The page's own, whichever address a refused answer was sent to."""
        return reverse("console:proofread", args=[self.reading.document_id])

    @property
    def headings(self) -> list[tuple[int, int, int]]:
        return headings(self.reading)

    @property
    def tables(self) -> list[Table]:
        return tables(self.reading)

    @property
    def nothing(self) -> str:
        """What an empty tab has none of."""
        return str(TABS[self.kind][1])

    def card(self, key: str) -> Card | None:
        return next((one for one in self.cards if one.item.key == key), None)


def headings(reading: Reading) -> list[tuple[int, int, int]]:
    return [(row["start"], row["end"], row["level"]) for row in reading.result.get("outline") or []]


def tables(reading: Reading) -> list[Table]:
    return reading.result.get("tables") or []


def sheet(reading: Reading, kind: str, *, is_open: bool) -> Sheet:
    """The reading with the tab of this kind open."""
    found = documents.items(reading)
    meanings = pipeline.meanings(reading, found)
    times = pipeline.deadlines(found)
    need = _Need(meanings, times)
    issued_on = rules.as_date(rules.header_of(found).get("date"))
    targets = documents.cited(found["citations"], before=issued_on)
    cards = _cards(kind, found, need, targets)
    asked = rules.to_look_at(found)
    waiting = {one: sum(map(need.of, found[one])) for one in TABS}
    return Sheet(
        reading=reading,
        kind=kind,
        cards=sorted(cards, key=lambda card: card.rank),
        tabs=[
            Tab(one, str(TABS[one][0]), _count(found[one]), one == kind, waiting[one])
            for one in TABS
            if found[one] or one not in SELDOM or one == kind
        ],
        seen=sum(item.is_seen for item in asked),
        total=len(asked),
        to_look_at=sum(waiting.values()),
        meanings=meanings,
        is_open=is_open,
        together=_together(cards) if is_open else [],
        found=found,
        targets=targets,
    )


def _together(cards: Iterable[Card]) -> list[Together]:
    """What may be confirmed at once, where there are at least two of a kind."""
    groups: dict[str, list[str]] = {}
    for card in cards:
        if rules.is_stated(card.item) and not card.item.is_seen and not card.must_be_answered:
            reason = _NUMBERS.sub("…", card.item.because) if card.item.is_weak else SURE
            groups.setdefault(reason, []).append(card.item.key)
    return [
        Together(SURE if reason == SURE else keys[0], tuple(keys), "" if reason == SURE else reason)
        for reason, keys in sorted(groups.items(), key=lambda one: -len(one[1]))
        if len(keys) > 1
    ]


_NUMBERS = re.compile(r"\d+")  # “Hàng 3 của bảng” and “Hàng 4 của bảng” are one reason


@dataclass(frozen=True)
class _Need:
    """Which items need a person, asked without building their cards."""

    meanings: Mapping[str, pipeline.Meaning]
    times: Mapping[str, list[Occurrence]]

    def of(self, item: Item) -> bool:
        if item.is_dropped:
            return False
        if item.kind == "findings":
            return not item.is_seen
        if item.is_weak or item.kind != "duties":
            return item.is_weak
        return self.has_wrong_day(item) or any(self.meanings[one].is_open for one in _names(item))

    def has_wrong_day(self, item: Item) -> bool:
        return not item.is_dropped and item.key not in self.times


def _names(item: Item) -> list[str]:
    return [*(item.values.get("lead") or []), *(item.values.get("cooperating") or [])]


def _count(items: Iterable[Item]) -> int:
    return sum(rules.is_stated(item) and not item.is_dropped for item in items)


def _cards(
    kind: str, found: Mapping[str, list[Item]], need: _Need, targets: Mapping[str, Document]
) -> list[Card]:
    numbered = list(enumerate(_in_order(found[kind]), start=1))
    if kind == "duties":
        return _duty_cards(numbered, found, need)
    if kind == "citations":
        return [
            Card(item, number, citation(item), target=targets.get(item.key))
            for number, item in numbered
        ]
    return [Card(item, number, LINES[kind](item)) for number, item in numbered]


def _in_order(items: list[Item]) -> list[Item]:
    """The header's fields as officers name them; all else stands in the order of the text."""
    order = {name: place for place, name in enumerate(HEADER)}
    return sorted(items, key=lambda item: order.get(item.values.get("field", ""), len(order)))


def _duty_cards(
    numbered: list[tuple[int, Item]],
    found: Mapping[str, list[Item]],
    need: _Need,
) -> list[Card]:
    as_of = rules.as_date(rules.header_of(found).get("date")) or clock.today()
    names = _resolved(need.meanings, as_of)
    return [
        Card(
            item,
            number,
            names=[
                (
                    _("Chủ trì"),
                    [names[one] for one in item.values.get("lead") or [] if one in names],
                ),
                (
                    _("Phối hợp"),
                    [names[one] for one in item.values.get("cooperating") or [] if one in names],
                ),
            ],
            days=[_last_day(time) for time in need.times.get(item.key, []) if time.due_on],
            has_wrong_day=need.has_wrong_day(item),
        )
        for number, item in numbered
    ]


def _resolved(meanings: Mapping[str, pipeline.Meaning], as_of: date) -> dict[str, Name]:
    named = [(one.pk, one.name) for one in Unit.objects.named(as_of)]
    found = {}
    for printed, meaning in meanings.items():
        units = tuple(name for key, name in named if str(key) in meaning.units)
        found[printed] = Name(printed, units, meaning.is_open, meaning.is_answered)
    return found


def _last_day(time: Occurrence) -> str:
    day = _("hết %(day)s") % {"day": weekday_day(time.due_on)}
    return f"{parse(time.code).label}: {day}" if time.code else day
