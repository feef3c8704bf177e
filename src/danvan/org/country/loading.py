"""The whole country into the database: 63 provinces, districts and communes, and what became of them."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from danvan.org import tree
from danvan.org.choices import CodeSystem, Level, UnitKind
from danvan.org.models import Succession, Unit, UnitCode, UnitEvent, UnitName, UnitPath, UnitPlace
from danvan.text import fold

FOLDER = Path(__file__).parent
# The lists say how the country stood on the eve of the reform, and nothing of how it came so.
SINCE = date(2025, 3, 1)
# From this day codes are those of Quyết định 19/2025/QĐ-TTg, before it of 124/2004/QĐ-TTg.
RECODED_ON = date(2025, 7, 1)
LEVELS = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}  # by the length of the code

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Place:
    """A row of `units.csv`, with what changed later and the unit made of it.

    The key is the statistics code: two digits a province, three a district, five a commune. Codes
    were given anew in 2025, so a place that began then has its year in the key: 00004-2025.
    """

    key: str
    place: str
    under: str
    began: str  # key of an event; empty: before the data begin
    ended: str  # key of an event; empty: it goes on
    into: list[str]  # keys of successors; “*” behind it: took a part only
    changes: list[dict[str, str]] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.key[:5].split("-")[0]

    @property
    def level(self) -> Level:
        return LEVELS[len(self.code)]

    @cached_property
    def unit(self) -> Unit:
        slug = slugify(fold(self.place))
        return Unit(
            code=f"ubnd-{slug}-{self.key}",
            kind=UnitKind.PEOPLES_COMMITTEE,
            level=self.level,
            place_in_lists=int(self.code),
        )


@transaction.atomic
def load() -> int:
    """Create the country; returns how many units are new: all, or none where it is there."""
    places = read_places()
    if Unit.objects.filter(code__in=[one.unit.code for one in places.values()]).exists():
        return 0
    events = read_events()
    _copy(UnitEvent, events.values())
    _copy(Unit, (one.unit for one in places.values()))
    _copy(UnitName, _all(_names(one, events) for one in places.values()))
    _copy(UnitPlace, _all(_parents(one, places, events) for one in places.values()))
    _copy(UnitCode, _all(_statistics(one, events) for one in places.values()))
    _copy(UnitCode, _agency_codes(places, events))
    _copy(Succession, _all(_into(one, places, events) for one in places.values()))
    tree.rebuild(one.unit.pk for one in places.values())
    _analyze(UnitPath)
    return len(places)


def _copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """As `bulk_create`, which takes three times as long for so many rows."""
    fields = model._meta.concrete_fields
    table, columns = model._meta.db_table, ", ".join(f'"{one.column}"' for one in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([getattr(row, one.attname) for one in fields])
    _analyze(model)


def _analyze(model: type[models.Model]) -> None:
    """Until PostgreSQL counts them itself, it takes the rows for none: a question lasts seconds.

    Only the owner of the tables may; to others it is a warning.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {model._meta.db_table}")


def read_places() -> dict[str, Place]:
    """Every place by its key, in the order of the file."""
    changes = defaultdict(list)
    for row in _read("changes.csv"):
        changes[row.pop("key")].append(row)
    return {
        row["key"]: Place(**row | {"into": row["into"].split(), "changes": changes[row["key"]]})
        for row in _read("units.csv")
    }


def read_events() -> dict[str, UnitEvent]:
    """Every event by its key; in the order of their days."""
    rows = yaml.safe_load((FOLDER / "events.yaml").read_text("utf-8"))
    rows.sort(key=lambda row: row["since"])
    return {row.pop("key"): UnitEvent(on=row.pop("since"), **row) for row in rows}


def called(place: str) -> tuple[str, str]:
    """Xã Tân An → UBND xã Tân An, in short Xã Tân An."""
    return f"UBND {place[0].lower()}{place[1:]}", place


def _names(one: Place, events: dict[str, UnitEvent]) -> Iterator[UnitName]:
    changes = [(events[row["event"]], row["place"]) for row in one.changes if row["place"]]
    for place, spell in _spells(one, one.place, changes, events):
        name, short_name = called(place)
        yield UnitName.of(one.unit, name, short_name=short_name, **spell)


def _parents(
    one: Place, places: dict[str, Place], events: dict[str, UnitEvent]
) -> Iterator[UnitPlace]:
    if not one.under:
        return
    changes = [(events[row["event"]], row["under"]) for row in one.changes if row["under"]]
    for under, spell in _spells(one, one.under, changes, events):
        yield UnitPlace(unit=one.unit, parent=places[under].unit, **spell)


def _spells(
    one: Place, first: str, changes: list[tuple[UnitEvent, str]], events: dict[str, UnitEvent]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What holds from one event to the next: first → second → …, until the place ends."""
    marks = [(events.get(one.began), first), *changes]
    last = events.get(one.ended)
    for (event, value), (until, _) in zip(marks, [*marks[1:], (last, "")], strict=True):
        yield value, {"validity": _validity(event, until), "event": event, "ended_by": until}


def _validity(event: UnitEvent | None, until: UnitEvent | None) -> DateRange:
    return DateRange(event.on if event else SINCE, until.on if until else None)


def _statistics(one: Place, events: dict[str, UnitEvent]) -> Iterator[UnitCode]:
    """The code of one decree, and for those that go on also that of the next."""
    system, event, until = CodeSystem.STATISTICS, events.get(one.began), events.get(one.ended)
    whole = _validity(event, until)
    if event or until:
        yield UnitCode(
            unit=one.unit, system=system, code=one.code, validity=whole, event=event, ended_by=until
        )
        return
    for validity in (DateRange(whole.lower, RECODED_ON), DateRange(RECODED_ON, None)):
        yield UnitCode(unit=one.unit, system=system, code=one.code, validity=validity)


def _agency_codes(places: dict[str, Place], events: dict[str, UnitEvent]) -> Iterator[UnitCode]:
    """Those that are verified; a province that took an old one's name took its code too."""
    for row in _read("agency_codes.csv"):
        one = places[row["key"]]
        event, until = events.get(one.began), events.get(one.ended)
        yield UnitCode(
            unit=one.unit,
            system=CodeSystem.AGENCY,
            code=row["code"],
            validity=_validity(event, until),
            event=event,
            ended_by=until,
        )


def _into(
    one: Place, places: dict[str, Place], events: dict[str, UnitEvent]
) -> Iterator[Succession]:
    for key in one.into:
        yield Succession(
            event=events[one.ended],
            predecessor=one.unit,
            successor=places[key.removesuffix("*")].unit,
            is_whole=not key.endswith("*"),
        )


def _read(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _all(groups: Iterable[Iterable[Row]]) -> Iterator[Row]:
    return chain.from_iterable(groups)
