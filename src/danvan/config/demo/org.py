"""The demo province's units, people and accounts, from `province.yaml` into an empty database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from danvan.org import tree
from danvan.org.choices import Level, Role, UnitKind
from danvan.org.models import Person, Post, Unit, UnitName, UnitPlace, User
from danvan.text import fold

ROOT = "UBND tỉnh Tân Giang"
PASSWORD = "tan-giang-2024"  # for trying out, and printed where one signs in
SINCE = DateRange(date(2010, 1, 1), None)
IN_POST = DateRange(date(2021, 7, 1), None)  # the beginning of the People's Councils' term


@dataclass(frozen=True)
class Holder:
    """One who signs in."""

    username: str
    form_of_address: str
    name: str
    role: Role
    unit: str


HOLDERS = [
    Holder("dau.moi", "bà", "Trần Thị Mai Phương", Role.COORDINATOR, "Sở Nội vụ"),
    Holder("so.tu.phap", "ông", "Lê Hoàng Khải", Role.OFFICER, "Sở Tư pháp"),
    Holder("huyen.an.phu.dong", "bà", "Nguyễn Ngọc Diễm", Role.OFFICER, "UBND huyện An Phú Đông"),
    Holder("tham.dinh", "ông", "Phan Văn Tấn", Role.APPRAISER, "Văn phòng UBND tỉnh"),
    Holder("lanh.dao", "ông", "Huỳnh Thế Vinh", Role.READER_ONLY, ROOT),
    Holder("quan.tri", "ông", "Đỗ Minh Trí", Role.ADMINISTRATOR, "Sở Thông tin và Truyền thông"),
]
# Username, password, post: what the sign-in page shows where DANVAN_DEMO is on.
ACCOUNTS = [(one.username, PASSWORD, f"{one.role.label}, {one.unit}") for one in HOLDERS]


@dataclass(frozen=True)
class Row:
    """A unit as the file has it."""

    name: str
    kind: str
    level: str
    under: str | None = None
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    coordinates: bool = False
    officer: tuple[str, str] | None = None  # form of address, name


@transaction.atomic
def load_province() -> None:
    """Create units, people and accounts; nothing where the province is already there."""
    if Unit.objects.filter(code=code_of(ROOT)).exists():
        return
    rows = list(read_province())
    units = _create_units(rows)
    _create_people(rows, units)
    _create_accounts(units)


def code_of(name: str) -> str:
    """UBND huyện An Phú Đông → ubnd-huyen-an-phu-dong."""
    return slugify(fold(name))


def read_province() -> Iterator[Row]:
    """Every unit of the file, those above before those below."""
    data = yaml.safe_load(Path(__file__).with_name("province.yaml").read_text("utf-8"))
    for group in data["groups"]:
        shared = {key: group[key] for key in ("kind", "level", "under") if key in group}
        for unit in group["units"]:
            yield _row(**{**shared, **unit})
    for district in data["districts"]:
        yield from _district(**district)


def _district(place: str, communes: list[str], officer: list[str] | None = None) -> Iterator[Row]:
    above = _committee(place, level=Level.DISTRICT, under=ROOT, officer=officer)
    yield above
    for commune in communes:
        yield _committee(commune, level=Level.COMMUNE, under=above.name)


def _committee(place: str, **values: Any) -> Row:
    """The People's Committee of a place; in short the place itself: Huyện An Phú Đông."""
    short_name = place[0].upper() + place[1:]
    kind = UnitKind.PEOPLES_COMMITTEE
    return _row(name=f"UBND {place}", kind=kind, short_name=short_name, **values)


def _row(
    *, aliases: list[str] | None = None, officer: list[str] | None = None, **values: Any
) -> Row:
    person = (officer[0], officer[1]) if officer else None
    return Row(aliases=tuple(aliases or ()), officer=person, **values)


def _create_units(rows: list[Row]) -> dict[str, Unit]:
    """The units by name."""
    units = {row.name: _unit(row, place) for place, row in enumerate(rows, start=1)}
    Unit.objects.bulk_create(units.values())
    UnitName.objects.bulk_create(_name(row, units[row.name]) for row in rows)
    UnitPlace.objects.bulk_create(
        UnitPlace(unit=units[row.name], parent=units[row.under], validity=SINCE)
        for row in rows
        if row.under
    )
    tree.rebuild(one.pk for one in units.values())
    return units


def _unit(row: Row, place: int) -> Unit:
    return Unit(
        code=code_of(row.name),
        kind=row.kind,
        level=row.level,
        place_in_lists=place,
        coordinates=row.coordinates,
    )


def _name(row: Row, unit: Unit) -> UnitName:
    return UnitName.of(
        unit, row.name, short_name=row.short_name, aliases=list(row.aliases), validity=SINCE
    )


def _create_people(rows: list[Row], units: dict[str, Unit]) -> None:
    """The officers in charge who have no account."""
    people = {
        row.name: Person.of(row.officer[1], form_of_address=row.officer[0])
        for row in rows
        if row.officer
    }
    Person.objects.bulk_create(people.values())
    Post.objects.bulk_create(
        Post(person=person, unit=units[name], role=Role.OFFICER, validity=IN_POST)
        for name, person in people.items()
    )


def _create_accounts(units: dict[str, Unit]) -> None:
    password = make_password(PASSWORD)  # one slow hash for all: the password is no secret
    users = [User(username=one.username, password=password) for one in HOLDERS]
    people = [
        Person.of(one.name, user=user, form_of_address=one.form_of_address)
        for user, one in zip(users, HOLDERS, strict=True)
    ]
    posts = [
        Post(person=person, unit=units[one.unit], role=one.role, validity=IN_POST)
        for person, one in zip(people, HOLDERS, strict=True)
    ]
    User.objects.bulk_create(users)
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(posts)
