"""A small invented reform on 1 July 2025, with what was recorded in the quarters before and after.

Tỉnh X: Huyện H (Xã A, Xã B, Xã C)     A and B merge, C is divided      Tỉnh Z: Xã M = A + B + part of C
Tỉnh Y: Xã D, Xã E                     E is split, the district ends            Xã N = D + part of C
                                                                                Xã E1, Xã E2 = E
"""

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from danvan.org import tree
from danvan.org.models import Succession, Unit, UnitEvent, UnitName, UnitPlace
from danvan.periods import parse, window
from danvan.text import fold
from tests.factories import UnitFactory
from tests.factories_records import DialogueFactory, RecordFactory

DAY = date(2025, 7, 1)
BEFORE, AFTER = date(2025, 6, 30), date(2025, 9, 30)
SECOND, THIRD = window(parse("2025-Q2")), window(parse("2025-Q3"))


@dataclass(frozen=True)
class Reform:
    units: dict[str, Unit]

    def __getattr__(self, name: str) -> Unit:
        return self.units[name]


def reform() -> Reform:
    old = {key: _unit(f"Tỉnh {key}", level="province") for key in "XY"}
    old["H"] = _unit("Huyện H", level="district", under=old["X"])
    old |= {key: _unit(f"Xã {key}", under=old["H"]) for key in "ABC"}
    old |= {key: _unit(f"Xã {key}", under=old["Y"]) for key in "DE"}
    new = {"Z": _unit("Tỉnh Z", level="province", since=DAY)}
    new |= {key: _unit(f"Xã {key}", under=new["Z"], since=DAY) for key in ("M", "N", "E1", "E2")}
    units = old | new
    event = UnitEvent.objects.create(kind="merged", on=DAY, basis="Nghị quyết 1")
    for step in ("X>Z", "Y>Z", "A>M", "B>M", "C~M", "C~N", "D>N", "E~E1", "E~E2"):
        is_whole = ">" in step
        before, after = step.split(">" if is_whole else "~")
        Succession.objects.create(
            event=event, predecessor=units[before], successor=units[after], is_whole=is_whole
        )
    _end(old.values())
    tree.rebuild([one.pk for one in units.values()])
    return Reform(units)


def visits(units: Reform) -> None:
    """People received: 54 in the second quarter of 2025, 58 in the third."""
    spring = {"A": 10, "B": 20, "C": 5, "D": 7, "E": 9, "H": 3}
    summer = {"M": 40, "N": 8, "E1": 4, "E2": 6}
    for key, number in spring.items():
        RecordFactory(unit=units.units[key], occurred_on=date(2025, 5, 5), visits=number)
    for key, number in summer.items():
        RecordFactory(unit=units.units[key], occurred_on=date(2025, 8, 5), visits=number)


def opinions(units: Reform) -> None:
    """1 of 1 answered in A, 10 of 40 in B: together 11 of 41, not the mean of 100 and 25 per cent."""
    spring = date(2025, 5, 5)
    DialogueFactory(unit=units.A, occurred_on=spring, opinions=1, opinions_answered=1)
    DialogueFactory(unit=units.B, occurred_on=spring, opinions=40, opinions_answered=10)


def _unit(name: str, *, since: date = date(2010, 1, 1), **values: object) -> Unit:
    values = {"kind": "peoples_committee", "level": "commune", **values}
    unit: Unit = UnitFactory(called=name, code=slugify(fold(name)), **values)
    for model in (UnitName, UnitPlace):
        model.objects.filter(unit=unit).update(validity=DateRange(since, None))
    return unit


def _end(units) -> None:
    for model in (UnitName, UnitPlace):
        model.objects.filter(unit__in=units).update(validity=DateRange(date(2010, 1, 1), DAY))
