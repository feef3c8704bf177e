"""Data to measure on. One generator, seeded; sizes grow with the issues that need them.

demo     the demo province with its past, and the year's plan confirmed as an officer would
country  units in the country's true numbers before and after 1 July 2025, with invented names
nation   the same at work: 200,000 documents, 3 million citations, 1 million assignments (fill.py)
"""

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from bench import database
from danvan import pipeline
from danvan.config.demo import org
from danvan.documents import actions as documents
from danvan.documents.models import Document
from danvan.org.actors import Actor, actor_of
from danvan.org.choices import EventKind, Level, UnitKind
from danvan.org.models import (
    Succession,
    Unit,
    UnitEvent,
    UnitName,
    UnitPlace,
    User,
)
from danvan.periods import Period
from danvan.reports import actions as reports
from danvan.scores import actions as scores

REFORM = date(2025, 7, 1)
SINCE = date(2010, 1, 1)
PROVINCES, DISTRICTS, COMMUNES = 63, 696, 10_035
MERGED_PROVINCES, MERGED_COMMUNES = 34, 3_321
DEPARTMENTS = 65  # of a province: departments, councils, Party bodies, central agencies
_SYLLABLES = (
    "An Ba Bình Cẩm Châu Đông Đức Gia Hà Hải Hòa Hưng Khánh Lâm Long Lộc Mỹ Nam Ngọc Phú Phước "
    "Quang Sơn Tân Tây Thanh Thịnh Thuận Tiên Trung Vĩnh Xuân Yên"
).split()


def demo() -> Path:
    """The folder of a database with the demo province; made once, kept for the next measurement."""
    call_command("demo", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Document.objects.filter(number="15/KH-UBND").exists():
        coordinator = _actor("dau.moi")
        _confirm_plan(Path(org.__file__).with_name("plan.docx"), by=coordinator)
        pipeline.close(Period(2024, "Q1"), by=coordinator)
        _begin_report_and_sheet(coordinator)
    return database.FOLDER


def _actor(username: str) -> Actor:
    actor = actor_of(User.objects.get(username=username))
    if actor is None:
        raise RuntimeError(f"{username} holds no post today")
    return actor


def _begin_report_and_sheet(coordinator: Actor) -> None:
    """A draft of the officer's report, and a sheet that waits for appraisal."""
    officer = _actor("so.tu.phap")
    reports.open_report("quarterly", officer.own_unit, Period(2024, "Q1"), by=officer)
    campaign = scores.open_campaign(by=coordinator, year=2024)
    score = campaign.scores.get(unit=officer.own_unit)
    for line in score.lines.all():
        proof = (b"bien ban doi thoai", "bien-ban.txt")
        scores.write_line(line, scores.Written(points=Decimal(20), note="", file=proof), by=officer)
    scores.submit(score, by=officer)


def _confirm_plan(plan: Path, *, by: Actor) -> None:
    reading = documents.read(documents.take_in(plan.read_bytes(), plan.name, by=by))
    for meaning in pipeline.meanings(reading, documents.items(reading)).values():
        if meaning.is_open:
            documents.answer_name(reading, meaning.printed, by=by, means=[])
    pipeline.confirm(reading, by=by)


@contextmanager
def empty_database() -> Iterator[None]:
    """Tables without rows; the benchmarks' own database is there again afterwards."""
    own = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


@contextmanager
def country() -> Iterator[dict[str, Unit]]:
    """The country in a database of its own."""
    with empty_database():
        yield load_country()


def load_country() -> dict[str, Unit]:
    """Both ages of the country, by key: `province 0`, `commune 0`, `merged 0` …"""
    new_country = _Country(random.Random(2025))
    old = DateRange(SINCE, REFORM)
    province = [
        new_country.add(f"province {at}", None, "UBND tỉnh", Level.PROVINCE, old)
        for at in range(PROVINCES)
    ]
    district = [
        new_country.add(
            f"district {at}", province[at % PROVINCES], "UBND huyện", Level.DISTRICT, old
        )
        for at in range(DISTRICTS)
    ]
    commune = [
        new_country.add(f"commune {at}", district[at % DISTRICTS], "UBND xã", Level.COMMUNE, old)
        for at in range(COMMUNES)
    ]
    new = DateRange(REFORM, None)
    merged = [
        new_country.add(f"merged province {at}", None, "UBND tỉnh", Level.PROVINCE, new)
        for at in range(MERGED_PROVINCES)
    ]
    for at, one in enumerate(province):
        new_country.succeed(one, merged[at % MERGED_PROVINCES])
        for _ in range(DEPARTMENTS):
            key = f"department {next(new_country.numbers)}"
            new_country.add(
                key,
                one,
                "Sở",
                Level.PROVINCE,
                DateRange(SINCE, None),
                later=merged[at % MERGED_PROVINCES],
            )
    # Communes go to the province that their old one went to.
    wards: dict[int, list[Unit]] = {at: [] for at in range(MERGED_PROVINCES)}
    for at in range(MERGED_COMMUNES):
        under = at % MERGED_PROVINCES
        wards[under].append(
            new_country.add(f"merged {at}", merged[under], "UBND phường", Level.COMMUNE, new)
        )
    for at, one in enumerate(commune):
        at_province = (at % DISTRICTS % PROVINCES) % MERGED_PROVINCES
        new_country.succeed(one, new_country.random.choice(wards[at_province]))
    for at, one in enumerate(district):
        new_country.succeed(one, merged[at % PROVINCES % MERGED_PROVINCES])
    new_country.save()
    return new_country.units


class _Country:
    def __init__(self, numbers: random.Random) -> None:
        self.random = numbers
        self.numbers = count()
        self.units: dict[str, Unit] = {}
        self.names: list[UnitName] = []
        self.places: list[UnitPlace] = []
        self.successions: list[Succession] = []
        self.event = UnitEvent(kind=EventKind.MERGED, on=REFORM, basis="Nghị quyết 1")

    def add(
        self,
        key: str,
        under: Unit | None,
        begins: str,
        level: Level,
        validity: DateRange,
        *,
        later: Unit | None = None,
    ) -> Unit:
        """A unit; `later` is whom it stands under from the reform on."""
        kind = UnitKind.DEPARTMENT if begins == "Sở" else UnitKind.PEOPLES_COMMITTEE
        unit = self.units[key] = Unit(code=key.replace(" ", "-"), kind=kind, level=level)
        name = " ".join([begins, *self.random.choices(_SYLLABLES, k=2)])
        self.names.append(
            UnitName.of(unit, name, short_name=name.partition(" ")[2], validity=validity)
        )
        if under:
            until = DateRange(SINCE, REFORM) if later else validity
            self.places.append(UnitPlace(unit=unit, parent=under, validity=until))
        if later:
            self.places.append(
                UnitPlace(
                    unit=unit, parent=later, validity=DateRange(REFORM, None), event=self.event
                )
            )
        return unit

    def succeed(self, before: Unit, after: Unit) -> None:
        self.successions.append(Succession(event=self.event, predecessor=before, successor=after))

    def save(self) -> None:
        self.event.save()
        Unit.objects.bulk_create(self.units.values())
        UnitName.objects.bulk_create(self.names, batch_size=2000)
        UnitPlace.objects.bulk_create(self.places, batch_size=2000)
        Succession.objects.bulk_create(self.successions, batch_size=2000)
