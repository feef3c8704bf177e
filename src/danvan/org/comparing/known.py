"""What is known of units and people, each fact with its days."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)


class Named(NamedTuple):
    name: str
    short_name: str
    aliases: tuple[str, ...]
    since: date
    until: date | None


class Placed(NamedTuple):
    parent: str
    since: date
    until: date | None


class Coded(NamedTuple):
    system: str
    code: str
    since: date
    until: date | None


@dataclass
class KnownUnit:
    id: str
    code: str
    kind: str
    level: str
    place: int = 0
    leads: bool = False
    names: list[Named] = field(default_factory=list)  # in the order of days, as the two below
    places: list[Placed] = field(default_factory=list)
    codes: list[Coded] = field(default_factory=list)

    @property
    def since(self) -> date:
        return self.names[0].since

    @property
    def until(self) -> date | None:
        return self.names[-1].until

    @property
    def name(self) -> str:
        return self.names[-1].name


class Held(NamedTuple):
    """A post."""

    id: str
    unit: str
    role: str
    title: str
    since: date
    until: date | None


@dataclass
class KnownPerson:
    id: str
    name: str
    address: str
    email: str
    phone: str
    account: str = ""  # the address of the account
    posts: list[Held] = field(default_factory=list)


def overlap(since: date, until: date | None, other: date, other_until: date | None) -> bool:
    return (other_until is None or since < other_until) and (until is None or other < until)


def holds(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day < until)
