"""What the rows of an import would do now."""

import hashlib
import json
from collections import Counter
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from danvan.org import access
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.choices import Outcome, Role
from danvan.org.comparing.known import KnownPerson
from danvan.org.comparing.people import People
from danvan.org.comparing.plans import Plan, Reason, Ref
from danvan.org.comparing.units import Units
from danvan.org.events.codes import CODE_FORMS
from danvan.org.models import OrgImport, Person, Unit
from danvan.org.sheets.shape import PEOPLE, UNITS, Row

from .known import known_people, known_units

_NOT_YOURS = gettext_noop("Người và chức vụ do quản trị hệ thống nhập.")


class Preview:
    """What the rows of an import would do now."""

    def __init__(self, subject: OrgImport, by: Actor) -> None:
        self.subject = subject
        self.passed_over: list[str] = subject.passed_over
        rows = [
            Row(one["sheet"], one["number"], one["cells"], one["wrong"]) for one in subject.rows
        ]
        self.units = Units(
            [row for row in rows if row.sheet == UNITS.key],
            known_units(),
            default=subject.default_on,
            may_lead=by.role == Role.ADMINISTRATOR,
            forms=CODE_FORMS,
        )
        of_people = [row for row in rows if row.sheet == PEOPLE.key]
        self.people = People(
            of_people,
            known_people() if of_people else [],
            self.units,
            default=subject.default_on,
            may_appoint=_appoints(by),
        )
        if not access.can_manage_people(by):
            for plan in self.people.plans:
                plan.skipped = Reason("", _NOT_YOURS, {})

    @cached_property
    def plans(self) -> list[Plan]:
        return [*self.units.plans, *self.people.plans]

    @cached_property
    def counts(self) -> Counter[Outcome]:
        return Counter(plan.outcome for plan in self.plans)

    @property
    def good(self) -> int:
        """Rows that would change something."""
        return sum(plan.is_good for plan in self.plans)

    @property
    def bad(self) -> list[Plan]:
        return [plan for plan in self.plans if plan.outcome == Outcome.BAD]

    @cached_property
    def digest(self) -> str:
        """The same as long as the same would happen."""
        told = [
            (plan.row.sheet, plan.row.number, plan.outcome, sorted(plan.changes), plan.reasons)
            for plan in self.plans
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def preview(subject: OrgImport, *, by: Actor) -> Preview:
    require(access.can_change_units(by))
    return Preview(subject, by)


def _appoints(by: Actor) -> Any:
    accounts = dict(Person.objects.exclude(user=None).values_list("pk", "user"))

    def may(unit: Ref, role: str, person: KnownPerson | None) -> bool:
        whose = Person(user_id=accounts.get(UUID(person.id))) if person else Person()
        where = Unit(pk=UUID(unit.known)) if unit.known else Unit()
        return access.can_appoint(by, where, Role(role), whose)

    return may
