"""Rows against each other: the same unit twice, circles, and what hangs on a row that is refused."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext_noop

from danvan.org.alike import alike

from .directory import Directory
from .known import overlap
from .plans import Ref, UnitPlan


def refuse_twice(plans: Sequence[UnitPlan]) -> None:
    """The first of two rows stands, the other is named with the number of the first."""
    seen: dict[tuple[object, ...], list[UnitPlan]] = defaultdict(list)
    for plan in plans:
        keys: list[tuple[str, tuple[object, ...]]] = []
        if plan.known:
            keys.append(("name", ("known", plan.known.id)))
        else:
            if plan.code:
                keys.append(("code", ("code", plan.code)))
            if plan.row["name"] and (plan.parent or not plan.row["parent"]):
                keys.append(("name", ("name", alike(plan.row["name"]), plan.parent)))
        keys += [(system, (system, code)) for system, code in plan.codes.items()]
        for column, one in keys:
            until = None if plan.known else plan.until
            earlier = next(
                (
                    other
                    for other in seen[one]
                    if one[0] in {"known", "code"}
                    or overlap(plan.since, until, other.since, other.until)
                ),
                None,
            )
            if earlier:
                msgid = {
                    "name": gettext_noop("Trùng tên và cấp trên với dòng %(number)s."),
                    "known": gettext_noop("Cùng một đơn vị với dòng %(number)s."),
                }.get(str(one[0]), gettext_noop("Trùng mã với dòng %(number)s."))
                plan.refuse(column, msgid, number=earlier.row.number)
            seen[one].append(plan)


def refuse_circles(plans: Sequence[UnitPlan], directory: Directory) -> None:
    """Nobody stands below himself: who would is named with the way that leads back."""
    by_known = {plan.known.id: plan for plan in plans if plan.known}

    def above(ref: Ref) -> Ref | None:
        plan = by_known.get(ref.known) if ref.known else plans[ref.row]
        if plan and plan.parent and (plan.is_new or "parent" in plan.changes):
            return plan.parent
        if not ref.known:
            return None
        places = directory.known[ref.known].places
        return Ref(known=places[-1].parent) if places and places[-1].until is None else None

    done: set[Ref] = set()
    for at, plan in enumerate(plans):
        way: dict[Ref, None] = {}
        here: Ref | None = Ref(known=plan.known.id) if plan.known else Ref(row=at)
        while here and here not in done and here not in way:
            way[here] = None
            here = above(here)
        if here and here in way:
            circle = list(way)[list(way).index(here) :]
            told = " → ".join([directory.name(one)[:60] for one in (*circle[:5], circle[0])])
            for one in circle:
                bad = by_known.get(one.known) if one.known else plans[one.row]
                if bad and (bad.is_new or "parent" in bad.changes):
                    bad.refuse("parent", gettext_noop("Trực thuộc vòng quanh: %(way)s."), way=told)
        done |= set(way)


def refuse_below_bad(plans: Sequence[UnitPlan]) -> None:
    """What would stand below a unit that is not made cannot be made either."""
    below: dict[int, list[UnitPlan]] = defaultdict(list)
    for plan in plans:
        if plan.parent and plan.parent.row >= 0:
            below[plan.parent.row].append(plan)
    waiting = [at for at, plan in enumerate(plans) if plan.is_new and plan.reasons]
    place = {id(plan): at for at, plan in enumerate(plans)}
    while waiting:
        bad = plans[waiting.pop()]
        for plan in below.pop(place[id(bad)], []):
            had = bool(plan.reasons)
            plan.refuse(
                "parent",
                gettext_noop("Cấp trên ở dòng %(number)s chưa nhập được."),
                number=bad.row.number,
            )
            if plan.is_new and not had:
                waiting.append(place[id(plan)])
