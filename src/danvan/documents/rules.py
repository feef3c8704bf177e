"""A reading as people see it: the reader's items, with what people said of them on top."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .choices import ItemState, Relation, Verdict

KINDS = (
    "header",
    "outline",
    "citations",
    "duties",
    "indicators",
    "figures",
    "criteria",
    "findings",
)
WEAK_BELOW = 0.6  # the reader's own confidence, 0 to 1
UNSURE = 0.5  # of what is to be looked at
_NAMED_PART = ("Phụ lục", "Biểu", "Bảng")  # paths that say themselves what they are a part of
_MONTH = re.compile(r"(\d{4})-(\d{2})")  # how the reader writes a month: 2024-07

_STATE_OF = {
    Verdict.CONFIRM: ItemState.CONFIRMED,
    Verdict.CORRECT: ItemState.CORRECTED,
    Verdict.DROP: ItemState.DROPPED,
    Verdict.ADD: ItemState.ADDED,
}


@dataclass(frozen=True)
class Said:
    """One correction: the newest that is not undone holds."""

    item: str
    verdict: Verdict
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """One thing found in a document: `key` is its place in the reading (“duties:3”)."""

    kind: str
    key: str
    values: Mapping[str, Any]
    state: ItemState
    printed: Mapping[str, Any] = field(default_factory=dict)  # before any correction

    @property
    def start(self) -> int | None:
        return self.values.get("start")

    @property
    def end(self) -> int | None:
        return self.values.get("end")

    @property
    def because(self) -> str:
        return self.values.get("because") or ""

    @property
    def confidence(self) -> float:
        """How sure the reader is, 0 to 1."""
        return float(self.values.get("confidence", 1))

    @property
    def is_weak(self) -> bool:
        return self.state == ItemState.WEAK

    @property
    def is_dropped(self) -> bool:
        return self.state == ItemState.DROPPED

    @property
    def is_seen(self) -> bool:
        """A person has said something of it."""
        return self.state not in {ItemState.UNSEEN, ItemState.WEAK}


def items(result: Mapping[str, Any], said: Iterable[Said]) -> dict[str, list[Item]]:
    """All items by kind, in the order of the text, dropped ones among them."""
    newest: dict[str, Said] = {one.item: one for one in said}
    found = {kind: [_item(kind, *row, newest) for row in _rows(kind, result)] for kind in KINDS}
    for one in newest.values():
        kind, _, place = one.item.partition(":")
        if place.startswith("+") and kind in found:
            found[kind].append(Item(kind, one.item, one.values, _STATE_OF[one.verdict]))
    for kind in set(KINDS) - {"header"}:
        found[kind].sort(key=lambda item: (item.start is None, item.start or 0))
    return found


def _rows(kind: str, result: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    if kind != "header":
        rows = map(_with_term if kind == "duties" else _with_period, result.get(kind) or [])
        return [(f"{kind}:{place}", row) for place, row in enumerate(rows)]
    spans = result.get("header_spans") or {}
    header = result.get("header") or {}
    return [
        (f"header:{name}", {"field": name, "value": value, **(spans.get(name) or {})})
        for name, value in header.items()
    ]


def _with_period(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A month at whose end something is due, as the platform writes periods: 2024-M07."""
    due = row.get("due") or {}
    month = _MONTH.fullmatch(str(due.get("period")))
    return {**row, "due": {**due, "period": "{}-M{}".format(*month.groups())}} if month else row


_TERM = re.compile(
    r"(?:trong\s+(?:vòng|thời\s+(?:hạn|gian))|chậm\s+nhất(?:\s+là)?(?:\s+sau)?)\s+(?P<days>\d{1,3})\s+ngày"
    r"(?P<working>\s+làm\s+việc)?,?(?:\s+(?:kể|tính))?\s+từ\s+ngày\s+(?:ký(?:\s+ban\s+hành)?|ban\s+hành)"
    r"(?:\s+(?:kế\s+hoạch|văn\s+bản|chỉ\s+thị|quyết\s+định|hướng\s+dẫn|công\s+văn)\s+này)?(?=\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)


def _with_term(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """“trong 10 ngày kể từ ngày ký”: the reader leaves it, as no day is printed; here it has one."""
    found = None if row.get("due") else _TERM.search(row.get("text") or "")
    if not found:
        return _with_period(row)
    due = {
        "kind": "term",
        "days": int(found["days"]),
        "working": found["working"] is not None,
        "inclusive": True,
        "text": " ".join(found[0].split()),
        "start": row["start"] + found.start(),
        "end": row["start"] + found.end(),
    }
    return {**row, "due": due, "confidence": min(row.get("confidence", 1), UNSURE)}


def _item(kind: str, key: str, values: Mapping[str, Any], newest: Mapping[str, Said]) -> Item:
    said = newest.get(key)
    if said is None:
        unsure = values.get("confidence", 1) < WEAK_BELOW
        weak = unsure and kind != "findings" and not _is_unstated(kind, values)
        return Item(kind, key, values, ItemState.WEAK if weak else ItemState.UNSEEN, values)
    state = _STATE_OF[said.verdict]
    if state == ItemState.CONFIRMED and said.values:
        state = ItemState.CORRECTED
    return Item(kind, key, {**values, **said.values}, state, values)


def _is_unstated(kind: str, values: Mapping[str, Any]) -> bool:
    """A header field that the document does not state is nothing to look at twice."""
    return kind == "header" and values.get("value") in (None, [], "")


def header_of(found: Mapping[str, list[Item]]) -> dict[str, Any]:
    """The header's fields as corrected; a dropped field is None."""
    return {
        item.values["field"]: None if item.is_dropped else item.values.get("value")
        for item in found["header"]
    }


def kept(found: Iterable[Item]) -> list[Item]:
    return [item for item in found if not item.is_dropped]


def to_look_at(found: Mapping[str, list[Item]]) -> list[Item]:
    """What a person looks at: every item but the fields of the header that are not stated."""
    return [item for items in found.values() for item in items if is_stated(item)]


def is_stated(item: Item) -> bool:
    return item.is_seen or not _is_unstated(item.kind, item.values)


def part_of(values: Mapping[str, Any]) -> tuple[str, bool]:
    """The part of the text that a duty stands in, and whether it says itself what it is.

    “Phụ lục I, mục II” does, “IV.1” does not; empty where the text has no parts.
    """
    path = (values.get("heading") or {}).get("path") or ""
    return path, path.startswith(_NAMED_PART)


def as_date(printed: str | None) -> date | None:
    """The date of an ISO string; None where none is printed, or one that no calendar has."""
    try:
        return date.fromisoformat(printed or "")
    except ValueError:
        return None


# What the words before a citation make of it. Only the document's own operative words count:
# “Quyết định này thay thế Quyết định số …”, “Điều 1. Bãi bỏ Quyết định số …”; never “được thay thế”.
_SENTENCE = re.compile(r"[.;:](?=\s)|\n\s*(?=[-+–•*\dA-ZĐÀ-Ỹ])")
_ARTICLE = r"(?:Điều\s+\d+\.?|Khoản\s+\d+\.?|\d+[.)]|[a-zđ]\)|[-+–•*])?\s*"
_ITSELF = r"[^.;:“”]{0,200}?\bnày\b[^.;:“”]{0,160}?\b"
_TELLING = re.compile(
    rf"^\s*{_ARTICLE}(?:{_ITSELF})?(?P<verb>thay\s+thế|sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|hủy\s+bỏ)"
    r"(?P<rest>[^.;:“”]*)$",
    re.IGNORECASE,
)
_BEFORE_VERB = re.compile(r"\b(?:được|bị|đã|đang|sẽ|việc|chưa|không)\s+$", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:theo|căn cứ|tại|bởi|ban hành kèm theo|thực hiện)\b", re.IGNORECASE)
# “Bãi bỏ khoản 2 Điều 5 Quyết định số …” ends a part: the rest of it holds.
_A_PART = re.compile(
    r"\b(?:điều|khoản|điểm|chương|mục|phụ lục|cụm từ|một phần|một số|nội dung)\b", re.IGNORECASE
)
_RELATIONS = {
    "thay": Relation.REPLACES,
    "sửa": Relation.AMENDS,
    "bổ": Relation.AMENDS,
    "bãi": Relation.ABOLISHES,
    "hủy": Relation.ABOLISHES,
}
_FAR = 400  # characters in which a sentence tells what it does
_BLANKS = re.compile(r"\s{2,}")


def _one_blank(blanks: re.Match[str]) -> str:
    """Rows of blanks are tried in every parting: 400 of them take a quarter of a second."""
    return "\n" if "\n" in blanks[0] else " "


def relation_of(text: str, start: int | None, *, is_basis: bool) -> Relation:
    """What a document does to the one that it cites at `start` of its text."""
    if is_basis or start is None:
        return Relation.BASIS if is_basis else Relation.MENTIONS
    before = _in_sentence(_BLANKS.sub(_one_blank, text[max(0, start - _FAR) : start]))
    told = _TELLING.search(before)
    if told is None or _OTHER.search(told["rest"]) or _BEFORE_VERB.search(before[: told.start(1)]):
        return Relation.MENTIONS
    relation = _RELATIONS[told["verb"].split()[0].lower()]
    return Relation.AMENDS if _A_PART.search(told["rest"]) else relation


def _in_sentence(before: str) -> str:
    """From the beginning of the sentence; the point after “Điều 1” ends none."""
    here = 0
    for end in _SENTENCE.finditer(before):
        if not re.search(r"(?:Điều|Khoản|số|^|\n)\s*\d*$", before[: end.start()]):
            here = end.end()
    return before[here:]


_HOLDS_FROM = re.compile(
    r"này\s+(?:có\s+)?hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+ngày\s+"
    r"(\d{1,2})(?:\s+tháng\s+|[/.-])(\d{1,2})(?:\s+năm\s+|[/.-])(\d{4})"
)


def holds_from(text: str) -> tuple[date, str] | None:
    """The day from which a document says that it holds, and its words."""
    found = _HOLDS_FROM.search(text)
    if found is None:
        return None
    day, month, year = found.groups()
    stated = as_date(f"{year}-{int(month):02}-{int(day):02}")
    return (stated, found[0]) if stated else None
