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

from danvan.org.choices import EventKind, Level, Role, UnitKind
from danvan.org.country import reform
from danvan.org.models import (
    CommitteeTerm,
    Membership,
    Person,
    Post,
    Succession,
    Unit,
    UnitName,
    UnitPlace,
    User,
)
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
    title: str = ""


HOLDERS = [
    Holder("dau.moi", "bà", "Trần Thị Mai Phương", Role.COORDINATOR, "Sở Nội vụ"),
    Holder("so.tu.phap", "ông", "Lê Hoàng Khải", Role.OFFICER, "Sở Tư pháp"),
    Holder(
        "lanh.dao.so",
        "bà",
        "Trương Thị Diệu Hiền",
        Role.LEADER_IN_CHARGE,
        "Sở Tư pháp",
        title="Giám đốc",
    ),
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
    data = read_file()
    rows = list(read_province(data))
    units = _create_units(rows)
    people = _create_people(rows, units) | _create_accounts(units)
    people |= _create_leaders(data["leaders"], units)
    _create_committee(data["committee"], units, people)
    reform.apply(read_reform(data), units.values())
    _go_on_in_the_successors()


def code_of(name: str) -> str:
    """UBND huyện An Phú Đông → ubnd-huyen-an-phu-dong."""
    return slugify(fold(name))


def read_file() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("province.yaml").read_text("utf-8"))


def read_province(data: dict[str, Any]) -> Iterator[Row]:
    """Every unit of the file, those above before those below."""
    for group in data["groups"]:
        shared = {key: group[key] for key in ("kind", "level", "under") if key in group}
        for unit in group["units"]:
            yield _row(**{**shared, **unit})
    for district in data["districts"]:
        yield from _district(**district)


def read_reform(data: dict[str, Any]) -> Iterator[reform.Step]:
    """What happens to the province in 2025: as the pattern has it, and district by district."""
    own = data["reform"]
    yield from reform.read_steps(acts=own["acts"])
    merged = reform.Act(own["since"], EventKind.MERGED, own["communes"])
    moved = reform.Act(own["since"], EventKind.MOVED, own["districts"])
    ended = reform.Act(own["since"], EventKind.ENDED, own["districts"])
    rows = data["districts"]
    alone = [place for row in rows for place, of in row["became"].items() if of == [place]]
    yield reform.Step(moved, ROOT, moves=tuple(f"UBND {place}" for place in alone))
    for row in rows:
        taken: set[str] = set()
        for place, of in row["became"].items():
            if place in alone:  # it only moves up
                continue
            names = [f"UBND {one.removesuffix('*')}" for one in of]
            yield reform.Step(
                merged,
                f"UBND {place}",
                takes=tuple(one for one in names if one not in taken),
                parts=tuple(one for one in names if one in taken),
                under=ROOT,
                short_name=_capital(place),
            )
            taken |= set(names)
        seat, *others = (f"UBND {place}" for place in row["became"])
        district = f"UBND {row['place']}"
        yield reform.Step(ended, seat, takes=(district,), shared=tuple(others))


def _district(
    place: str,
    communes: list[str],
    became: dict[str, list[str]],
    officer: list[str] | None = None,
) -> Iterator[Row]:
    above = _committee(place, level=Level.DISTRICT, under=ROOT, officer=officer)
    yield above
    for commune in communes:
        yield _committee(commune, level=Level.COMMUNE, under=above.name)


def _committee(place: str, **values: Any) -> Row:
    """The People's Committee of a place; in short the place itself: Huyện An Phú Đông."""
    kind = UnitKind.PEOPLES_COMMITTEE
    return _row(name=f"UBND {place}", kind=kind, short_name=_capital(place), **values)


def _capital(place: str) -> str:
    return place[0].upper() + place[1:]


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


def _person(name: str, form_of_address: str, **values: Any) -> Person:
    """With an address at work; no two people of the demo are of one name."""
    return Person.of(name, form_of_address=form_of_address, email=_address(name), **values)


def _address(name: str) -> str:
    """Of no mailbox."""
    return f"{fold(name).replace(' ', '.')}@tangiang.example"


def _create_people(rows: list[Row], units: dict[str, Unit]) -> dict[str, Person]:
    """The officers in charge who have no account, by name."""
    people = {row.name: _person(row.officer[1], row.officer[0]) for row in rows if row.officer}
    Person.objects.bulk_create(people.values())
    Post.objects.bulk_create(
        Post(person=person, unit=units[name], role=Role.OFFICER, validity=IN_POST)
        for name, person in people.items()
    )
    return {person.name: person for person in people.values()}


def _create_leaders(rows: list[dict[str, str]], units: dict[str, Unit]) -> dict[str, Person]:
    """The heads of units, and those who handle petitions, by name."""
    people = {row["name"]: _person(row["name"], row["form_of_address"]) for row in rows}
    Person.objects.bulk_create(people.values())
    Post.objects.bulk_create(
        Post(
            person=people[row["name"]],
            unit=units[row["unit"]],
            role=row.get("role", Role.LEADER_IN_CHARGE),
            title=row["title"],
            validity=IN_POST,
        )
        for row in rows
    )
    return people


def _create_accounts(units: dict[str, Unit]) -> dict[str, Person]:
    password = make_password(PASSWORD)  # one slow hash for all: the password is no secret
    users = [
        User(username=one.username, password=password, email=_address(one.name)) for one in HOLDERS
    ]
    people = [
        _person(one.name, one.form_of_address, user=user)
        for user, one in zip(users, HOLDERS, strict=True)
    ]
    posts = [
        Post(
            person=person,
            unit=units[one.unit],
            role=one.role,
            title=one.title,
            validity=IN_POST,
        )
        for person, one in zip(people, HOLDERS, strict=True)
    ]
    User.objects.bulk_create(users)
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(posts)
    return {person.name: person for person in people}


def _create_committee(
    row: dict[str, Any], units: dict[str, Unit], people: dict[str, Person]
) -> None:
    """The steering committee, under the People's Committee, with its first term."""
    unit = Unit(
        code=code_of(row["name"]),
        kind=UnitKind.COMMITTEE,
        level=Level.PROVINCE,
        place_in_lists=len(units) + 1,
    )
    since = DateRange(row["since"], None)
    unit.save(force_insert=True)
    UnitName.of(unit, row["name"], short_name=row["short_name"], validity=since).save()
    UnitPlace.objects.create(unit=unit, parent=units[ROOT], validity=since)
    term = CommitteeTerm.objects.create(
        committee=unit,
        decision=row["decision"],
        standing_body=units[row["standing_body"]],
        validity=since,
    )
    Membership.objects.bulk_create(
        Membership(
            term=term,
            person=people.get(seat.get("person", "")),
            unit=units.get(seat.get("unit", "")),
            title=seat["title"],
            position=seat["position"],
            place=place,
        )
        for place, seat in enumerate(row["members"], start=1)
    )
    units[row["name"]] = unit


def _go_on_in_the_successors() -> None:
    """Who worked for a unit that the reform ended works on for the one that took it over."""
    posts = Post.objects.filter(ended_by__isnull=False).exclude(role=Role.LEADER_IN_CHARGE)
    taken = Succession.objects.filter(event__in=posts.values("ended_by")).order_by("-id")
    # Of several successors the first, where the seat is.
    into: dict[tuple[Any, Any], Any] = {
        (one.event_id, one.predecessor_id): one.successor_id for one in taken
    }
    Post.objects.bulk_create(
        Post(
            person=post.person,
            unit_id=into[post.ended_by_id, post.unit_id],
            role=post.role,
            title=post.title,
            validity=DateRange(post.validity.upper, None),
        )
        for post in posts.select_related("person")
    )
