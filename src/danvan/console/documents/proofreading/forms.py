"""What is asked where an item is opened, added, or named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

import vanban
from danvan import clock, pipeline
from danvan.console.choosing import offer
from danvan.console.documents.reading_forms import form_of
from danvan.console.documents.sources import Mark
from danvan.console.doors import Request
from danvan.documents import actions, rules
from danvan.documents.models import Reading
from danvan.org.models import Unit
from danvan.org.resolving import NameBook

from .cards import ADDED, Card
from .finding import year_of
from .sheet import TABS, Sheet

ADDED_KEY = re.compile(r"(?P<kind>[a-z]+):\+[0-9a-f-]{36}")
_OFFSET = re.compile(r"[0-9]{1,9}")
_LONGEST = 10_000  # characters of an item that is added; they are read while somebody waits


def item_form(reading: Reading, card: Card, data: Mapping[str, Any] | None = None) -> forms.Form:
    return form_of(card.item.kind, card.item.values, year=year_of(reading), data=data)


@dataclass(frozen=True)
class Adding:
    """An item being added: first its words in the source, then what it says."""

    kind: str
    key: str
    start: int | None = None
    end: int | None = None
    words: str = ""
    form: forms.Form | None = None
    problem: str = ""

    @property
    def label(self) -> str:
        return str(TABS[self.kind][1])

    @property
    def mark(self) -> Mark | None:
        if self.start is None or self.end is None:
            return None
        return Mark(self.start, self.end, "adding", classes="is-open")


def adding_asked(request: Request, found: Sheet) -> Adding | None:
    kind = request.GET.get("add", "")
    if kind not in ADDED or not found.is_open:
        return None
    key = f"{kind}:+{uuid7()}"
    words = request.GET.get("words", "")
    span = span_asked(found.reading.text, request.GET)
    if span is None:
        problem = _("Không thấy những chữ này trong nguồn. Chép nguyên văn rồi thử lại.")
        return Adding(kind, key, words=words, problem=problem if words else "")
    start, end = span
    words = found.reading.text[start:end]
    form = form_of(kind, guess(kind, words, start), year=year_of(found.reading))
    return Adding(kind, key, start, end, words, form)


def span_asked(text: str, asked: Mapping[str, str]) -> tuple[int, int] | None:
    """Where the words stand: as two offsets, or found by the words themselves."""
    start, end = asked.get("start", ""), asked.get("end", "")
    if _OFFSET.fullmatch(start) and _OFFSET.fullmatch(end):
        chosen = text[int(start) : int(end)]
        first = int(start) + len(chosen) - len(chosen.lstrip())
        span = first, first + len(chosen.strip())
        return span if chosen.strip() and len(chosen) <= _LONGEST else None
    words = asked.get("words", "")[:_LONGEST].split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None


def guess(kind: str, words: str, start: int) -> dict[str, Any]:
    """What the reader makes of the words alone, to begin with."""
    rows = vanban.read(words).as_json()[kind]
    found = dict(rows[0]) if rows else {}
    if found.get("due"):
        due = found["due"]
        found["due"] = {**due, "start": start + due["start"], "end": start + due["end"]}
    text = " ".join(words.split()).lstrip("-–+• ")
    first = {"duties": "action", "indicators": "name", "figures": "name", "citations": "kind"}[kind]
    return {first: text[:500] if kind != "citations" else text[:60], **found}


class NameForm(forms.Form):
    """Which units a printed name means in this document: chosen one by one, or a group."""

    units = forms.MultipleChoiceField(required=False)
    group = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, meaning: pipeline.Meaning, reading: Reading, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        header = rules.header_of(actions.items(reading))
        self.book = NameBook(rules.as_date(header.get("date")) or clock.today())
        self.printed, self.chosen = meaning.printed, meaning.units
        named = Unit.objects.named(self.book.as_of).existing(self.book.as_of)
        offer(self, "units", [(str(one.pk), one.name) for one in named])
        groups = [(code, f"{label} ({count})") for code, label, count in self.book.groups()]
        offer(self, "group", [("", _("Không chọn nhóm")), *groups])

    def means(self) -> list[str]:
        chosen = set(self.cleaned_data["units"])
        if self.cleaned_data["group"]:
            chosen |= self.book.group(self.cleaned_data["group"])
        return sorted(chosen)
