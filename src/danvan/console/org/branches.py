"""The tree of units on a day, as far as it is opened; the whole state stands in the address."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from danvan import clock
from danvan.org import tree
from danvan.org.choices import UnitKind
from danvan.org.models import UnitName, UnitPlace

from .changes import became
from .unit_choice import day_asked

TOP = ""  # the key of the branch that stands under nobody
ENDED = "~"  # after a key: the fold of those that ended there
KEY = re.compile(r"[a-z0-9-]*~?")
OPEN_AT_MOST = 200


@dataclass(frozen=True)
class Place:
    """Where one is in the tree: the day, what is open, what is searched for."""

    as_of: date
    open: tuple[str, ...] | None = None  # none said: the one People's Committee on top
    words: str = ""
    ever: bool = False  # searched at all times

    @classmethod
    def of(cls, asked: QueryDict) -> "Place":
        typed = asked.get("open")
        keys = [key for key in (typed or "").split(",") if key and KEY.fullmatch(key)]
        return cls(
            as_of=day_asked(asked.get("date")),
            open=None if typed is None else tuple(sorted(set(keys[:OPEN_AT_MOST]))),
            words=asked.get("q", "").strip()[:100],
            ever="ever" in asked,
        )

    def is_open(self, key: str) -> bool:
        return key in (self.open or ())

    @property
    def open_words(self) -> str:
        return ",".join(self.open or ())

    @property
    def day_words(self) -> str:
        """For links to a unit: empty today."""
        return "" if self.as_of == clock.today() else f"?date={self.as_of.isoformat()}"

    @property
    def address(self) -> str:
        said = {}
        if self.as_of != clock.today():
            said["date"] = self.as_of.isoformat()
        if self.words:
            said["q"] = self.words
        if self.ever:
            said["ever"] = "1"
        if self.open is not None:
            said["open"] = self.open_words
        return f"?{urlencode(said, safe=',~')}"

    def toggled(self, key: str) -> "Place":
        return replace(self, open=tuple(sorted({*(self.open or ())} ^ {key})))

    def on(self, day: date) -> "Place":
        return replace(self, as_of=day, ever=False)

    @property
    def cleared(self) -> str:
        """Without the search."""
        return replace(self, words="", ever=False).address

    @property
    def ever_address(self) -> str:
        return replace(self, ever=True).address


@dataclass
class Line:
    """A unit in the tree."""

    id: UUID
    key: str  # its code
    name: str
    kind: str
    place: Place
    below: int = 0  # units directly below
    mark: str = ""  # what happened to it on this very day
    ended: str = ""  # what became of it; empty for one that exists
    branch: "Branch | None" = None  # where it is open
    begins_kind: bool = True  # the first of its kind among those beside it

    @property
    def kind_label(self) -> str:
        return str(UnitKind(self.kind).label)

    @property
    def can_open(self) -> bool:
        return bool(self.below)

    @property
    def toggle(self) -> str:
        return self.place.toggled(self.key).address


@dataclass
class Branch:
    """What stands under one unit: those that exist or ended this very day, then the fold."""

    key: str
    place: Place
    nodes: list[Line] = field(default_factory=list)
    ended: list[Line] = field(default_factory=list)

    @property
    def fold(self) -> str:
        return f"{self.key}{ENDED}"

    @property
    def fold_is_open(self) -> bool:
        return self.place.is_open(self.fold)

    @property
    def fold_toggle(self) -> str:
        return self.place.toggled(self.fold).address


@dataclass(frozen=True)
class Opened:
    """The top branch and all that is open below it."""

    top: Branch
    place: Place
    levels: list[tuple[str, int]]  # how many units there were, from the top down


def read(place: Place) -> Opened:
    """In as many queries however much is open."""
    units = tree.read(place.as_of)
    if place.open is None:
        heads = [one.id for one in units.roots if one.kind == UnitKind.PEOPLES_COMMITTEE]
        place = replace(place, open=(units.codes[heads[0]],) if len(heads) == 1 else ())
    branches = _branches({TOP, *_keys(place)}, place, units)
    for branch in branches.values():
        for line in (*branch.nodes, *branch.ended):
            line.branch = branches.get(line.key) if place.is_open(line.key) else None
    levels = [(str(level.label), count) for level, count in units.levels]
    return Opened(branches[TOP], place, levels)


def branch(key: str, place: Place) -> Branch:
    """What stands directly below one unit, nothing of it open."""
    return _branches({key}, place, tree.read(place.as_of))[key]


def _keys(place: Place) -> Iterable[str]:
    return (key for key in place.open or () if not key.endswith(ENDED))


def _branches(keys: set[str], place: Place, units: tree.Tree) -> dict[str, Branch]:
    as_of = place.as_of
    tops = {unit: code for unit, code in units.codes.items() if code in keys}
    standing = {key: units.children(top) for top, key in tops.items()}
    if TOP in keys:
        standing[TOP] = units.roots
    gone = dict(_gone(tops, as_of).values_list("unit", "parent__code"))
    last = _last_names(gone, as_of, tops=TOP in keys)
    living = [node.id for nodes in standing.values() for node in nodes]
    below = Counter(
        _gone([*living, *(one.unit_id for one in last)], as_of).values_list("parent", flat=True)
    )
    marks = _marks(living, as_of)
    made = {key: Branch(key, place) for key in keys}
    for key, nodes in standing.items():
        made[key].nodes = [
            Line(
                node.id,
                units.codes[node.id],
                node.name,
                node.kind,
                place,
                below=units.count_children(node) or below[node.id],
                mark=marks.get(node.id, ""),
            )
            for node in nodes
        ]
    said = became(last) if last else {}
    for name in last:
        pk, unit, home = name.unit_id, name.unit, made[gone.get(name.unit_id, TOP)]
        line = Line(pk, unit.code, name.name, unit.kind, place, below=below[pk], ended=said[pk])
        just_now = name.validity.upper == as_of
        (home.nodes if just_now else home.ended).append(line)
    for one_branch in made.values():
        for before, line in pairwise(one_branch.nodes):
            line.begins_kind = line.kind != before.kind
    return made


def _gone(parents: Iterable[UUID], as_of: date) -> QuerySet[UnitPlace]:
    """Where those stood at last that had ended by a day, under these."""
    later = UnitPlace.objects.filter(
        unit=OuterRef("unit"), validity__startswith__gte=OuterRef("validity__endswith")
    )
    return UnitPlace.objects.filter(parent__in=list(parents), validity__endswith__lte=as_of).filter(
        ~Exists(_still(as_of)), ~Exists(later)
    )


def _still(as_of: date) -> QuerySet[UnitName]:
    """That a unit exists on a day, or will."""
    on = Q(validity__endswith=None) | Q(validity__endswith__gt=as_of)
    return UnitName.objects.filter(on, unit=OuterRef("unit"))


def _last_names(gone: Iterable[UUID], as_of: date, *, tops: bool) -> list[UnitName]:
    """The last names of those that ended, in the order of lists; with `tops` of those under nobody."""
    wanted = Q(unit__in=list(gone))
    if tops:
        anywhere = UnitPlace.objects.filter(unit=OuterRef("unit"))
        ended = Q(validity__endswith__lte=as_of) & ~Exists(_still(as_of))
        wanted |= ended & ~Exists(anywhere)
    rows = UnitName.objects.filter(wanted).select_related("unit", "ended_by")
    last = {one.unit_id: one for one in rows.order_by("validity")}
    return sorted(last.values(), key=lambda one: (one.unit.place_in_lists, one.sort_key))


def _marks(units: list[UUID], as_of: date) -> dict[UUID, str]:
    """“mới”, or what it was called until then, of those whose name begins this very day."""
    rows = UnitName.objects.filter(unit__in=units).filter(
        Q(validity__startswith=as_of, event__isnull=False) | Q(validity__endswith=as_of)
    )
    names: dict[UUID, dict[bool, str]] = defaultdict(dict)
    for row in rows:
        names[row.unit_id][row.validity.lower == as_of] = row.name
    return {
        unit: _("trước là %(name)s") % {"name": found[False]} if False in found else _("mới")
        for unit, found in names.items()
        if True in found
    }


@dataclass(frozen=True)
class Stop:
    """A day on the track: something happened, or it is the day that is shown."""

    day: date
    events: int
    address: str
    is_here: bool


@dataclass(frozen=True)
class Track:
    """The days on which something happened, with the day that is shown among them."""

    stops: list[Stop]

    @property
    def at(self) -> int:
        return next(place for place, one in enumerate(self.stops) if one.is_here)

    @property
    def last(self) -> int:
        return len(self.stops) - 1

    @property
    def before(self) -> Stop | None:
        return self.stops[self.at - 1] if self.at else None

    @property
    def after(self) -> Stop | None:
        return self.stops[self.at + 1] if self.at < self.last else None


def track(days: dict[date, int], place: Place) -> Track:
    """`days`: day → how many events."""
    shown = sorted({*days, place.as_of, clock.today()})
    return Track(
        [Stop(day, days.get(day, 0), place.on(day).address, day == place.as_of) for day in shown]
    )
