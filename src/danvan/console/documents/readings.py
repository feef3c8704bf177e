"""A reading as its page shows it: tabs, and the items of one tab in the order in which they need a person."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from danvan import clock, pipeline
from danvan.console.templatetags.danvan import vn_number, weekday_day
from danvan.documents import actions as documents
from danvan.documents import rules, validity
from danvan.documents.choices import ItemState
from danvan.documents.models import Document, Reading
from danvan.documents.rules import Item
from danvan.documents.validity import EndedBasis
from danvan.duties.rules import Occurrence
from danvan.org.models import Unit
from danvan.periods import parse

from .sources import Mark, Table

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
ADDED = ("duties", "citations", "indicators", "figures")  # what a person may add

HEADER = {
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "number": gettext_lazy("Số, ký hiệu"),
    "kind": gettext_lazy("Loại văn bản"),
    "title": gettext_lazy("Trích yếu"),
    "place": gettext_lazy("Địa danh"),
    "date": gettext_lazy("Ngày ban hành"),
    "period": gettext_lazy("Kỳ, giai đoạn"),
    "authority": gettext_lazy("Quyền hạn ký"),
    "signer_role": gettext_lazy("Chức vụ người ký"),
    "signer": gettext_lazy("Người ký"),
    "recipients": gettext_lazy("Nơi nhận"),
}
COMPARATORS = {
    ">=": gettext_lazy("ít nhất"),
    ">": gettext_lazy("trên"),
    "=": gettext_lazy("đạt"),
    "<=": gettext_lazy("không quá"),
    "<": gettext_lazy("dưới"),
}
FINDING_SAID = {
    ItemState.CONFIRMED: gettext_lazy("Đúng là sai sót"),
    ItemState.DROPPED: gettext_lazy("Không phải sai sót"),
}
TONES = {
    ItemState.UNSEEN: "idle",
    ItemState.WEAK: "warn",
    ItemState.CONFIRMED: "done",
    ItemState.CORRECTED: "done",
    ItemState.ADDED: "done",
    ItemState.DROPPED: "idle",
}


@dataclass(frozen=True)
class Name:
    """A printed name and what it means: so many units, nobody, or a question."""

    printed: str
    units: tuple[str, ...]  # their names
    is_open: bool
    is_answered: bool

    @property
    def joined(self) -> str:
        return "; ".join(self.units)


@dataclass(frozen=True)
class Card:
    """One item as it is shown."""

    item: Item
    number: int  # its place in the text, as the source shows it
    lines: list[tuple[str, str]] = field(default_factory=list)  # label, value
    names: list[tuple[str, list[Name]]] = field(default_factory=list)  # label, printed names
    days: list[str] = field(default_factory=list)  # last days of a deadline, in words
    has_wrong_day: bool = False
    target: Document | None = None  # the document that a citation means

    @property
    def anchor(self) -> str:
        return anchor(self.item.key)

    @property
    def words(self) -> str:
        return self.item.values.get("text") or ""

    @property
    def place(self) -> str:
        """The part of the document that a duty stands in."""
        path, is_named = rules.part_of(self.item.values)
        return path if is_named or not path else _("mục %(path)s") % {"path": path}

    @property
    def is_request(self) -> bool:
        return self.item.values.get("manner") == "request"

    @property
    def due(self) -> str:
        due = self.item.values.get("due") or {}
        return due.get("text") or due.get("note") or ""

    @property
    def questions(self) -> list[Name]:
        return [name for _label, names in self.names for name in names if name.is_open]

    @property
    def must_be_answered(self) -> bool:
        """One by one: what a name means, which day is meant, whether a finding is right."""
        return bool(self.questions or self.has_wrong_day or self.is_open_finding)

    @property
    def is_open_finding(self) -> bool:
        return self.item.kind == "findings" and not self.item.is_seen

    @property
    def needs_a_person(self) -> bool:
        return not self.item.is_dropped and (self.must_be_answered or self.item.is_weak)

    @property
    def rank(self) -> tuple[int, float]:
        """Names that mean nothing first, then what is weak, the weakest first; then as in the text.

        Of findings the surest first: it is the likeliest to be one.
        """
        if self.item.is_dropped or not self.needs_a_person:
            return 2, 0
        sure = self.item.confidence
        return (0, 0) if self.questions else (1, -sure if self.is_open_finding else sure)

    @property
    def tone(self) -> str:
        if self.needs_a_person:
            return "warn"
        return TONES[self.item.state]

    @property
    def state(self) -> str:
        if not self.item.is_dropped and self.questions:
            return _("Chưa rõ đơn vị")
        if not self.item.is_dropped and self.has_wrong_day:
            return str(ItemState.WEAK.label)
        if self.item.kind == "findings" and self.item.state in FINDING_SAID:
            return str(FINDING_SAID[self.item.state])
        return str(self.item.state.label)

    @property
    def mark(self) -> Mark | None:
        start, end = self.item.start, self.item.end
        if start is None or end is None:
            return None
        said = "is-dropped" if self.item.is_dropped else "is-said" if self.item.is_seen else ""
        classes = "tone-warn" if self.needs_a_person else said
        return Mark(start, end, self.anchor, self.number, classes)


def anchor(key: str) -> str:
    """The item's name on the page: “duties-3”."""
    return key.replace(":", "-").replace("+", "")


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
        day = rules.as_date(rules.header_of(self.found).get("date"))
        bases = (
            self.targets[item.key]
            for item in rules.kept(self.found["citations"])
            if item.values.get("basis") and item.key in self.targets
        )
        return validity.ended_of(bases, day or clock.today())

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
            Card(item, number, _citation(item), target=targets.get(item.key))
            for number, item in numbered
        ]
    return [Card(item, number, _LINES[kind](item)) for number, item in numbered]


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


def _header(item: Item) -> list[tuple[str, str]]:
    name = item.values["field"]
    return [(str(HEADER.get(name, name)), said(item.values.get("value")))]


def said(value: Any) -> str:
    """A header field's value in words: dates as 20/02/2024, a period as 2022 - 2026."""
    if isinstance(value, dict):
        years = list(dict.fromkeys(str(value[end]) for end in ("from", "to") if value.get(end)))
        return " - ".join(years)
    if isinstance(value, list):
        return "; ".join(value)
    day = rules.as_date(value)
    return f"{day:%d/%m/%Y}" if day else value or ""


def _heading(item: Item) -> list[tuple[str, str]]:
    values = item.values
    return [(_("Đề mục"), f"{values.get('path') or values.get('label')}  {values.get('title')}")]


def _citation(item: Item) -> list[tuple[str, str]]:
    values = item.values
    day = said(values.get("date"))
    name = " ".join(filter(None, [values.get("kind"), values.get("number")]))
    known = [name, _("ngày %s") % day if day else "", values.get("issuer")]
    return [
        (_("Viện dẫn"), values.get("text") or name),
        (_("Hiểu là"), ", ".join(filter(None, known))),
        (_("Vai trò"), _("Căn cứ") if values.get("basis") else _("Viện dẫn")),
    ]


def _target(item: Item) -> list[tuple[str, str]]:
    values = item.values
    comparator = str(COMPARATORS.get(values.get("comparator") or "", ""))
    level = f"{comparator} {_measured(values.get('target'), values.get('unit'))}"
    return [(_("Chỉ tiêu"), values.get("name") or ""), (_("Mức"), level.strip())]


def _statistic(item: Item) -> list[tuple[str, str]]:
    values = item.values
    lines = [
        (_("Số liệu"), values.get("name") or ""),
        (_("Giá trị"), _measured(values.get("value"), values.get("unit"))),
        (_("Tử số/mẫu số"), _fraction(values)),
        (_("Tăng, giảm"), _measured(values.get("change"), values.get("change_unit"))),
        (_("Kỳ"), str(values.get("period") or "")),
        (_("Địa bàn"), values.get("area") or ""),
    ]
    return lines[:2] + [line for line in lines[2:] if line[1]]


def _measured(value: Any, unit: str | None) -> str:
    if value is None:
        return ""
    return (
        f"{vn_number(value)}%" if unit == "%" else f"{vn_number(value)}\u00a0{unit or ''}".strip()
    )


def _fraction(values: Mapping[str, Any]) -> str:
    if values.get("denominator") is None:
        return ""
    return f"{vn_number(values.get('numerator'))}/{vn_number(values['denominator'])}"


def _criterion(item: Item) -> list[tuple[str, str]]:
    values = item.values
    return [
        (_("Mục"), values.get("label") or ""),
        (_("Tiêu chí"), values.get("name") or ""),
        (_("Điểm tối đa"), vn_number(values["most"]) if values.get("most") is not None else ""),
    ]


_SURE = ((0.9, gettext_lazy("cao")), (0.75, gettext_lazy("khá")))


def _finding(item: Item) -> list[tuple[str, str]]:
    sure = next((str(word) for least, word in _SURE if item.confidence >= least), _("thấp"))
    return [
        (_("Bất thường"), item.values.get("message") or ""),
        (_("Trong văn bản"), item.values.get("text") or ""),
        (_("Độ tin cậy"), sure),
    ]


_LINES = {
    "header": _header,
    "outline": _heading,
    "indicators": _target,
    "figures": _statistic,
    "criteria": _criterion,
    "findings": _finding,
}
