"""One thing that was read, as a card: what it says, where it stands, how sure the reader is."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.console.documents.sources import Mark
from danvan.documents import rules
from danvan.documents.choices import ItemState
from danvan.documents.models import Document
from danvan.documents.rules import Item

ADDED = ("duties", "citations", "indicators", "figures")  # what a person may add
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
