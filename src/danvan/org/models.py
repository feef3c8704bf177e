from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.utils.functional import cached_property
from uuid_utils.compat import uuid7

from danvan import clock
from danvan.text import fold, sort_key

from .choices import ASKED, Level, Role, UnitKind


class UuidRange(Func):
    """uuidrange(a, a, '[]'): lets a gist exclusion compare ids without btree_gist."""

    function = "uuidrange"

    def __init__(self, field: str) -> None:
        super().__init__(F(field), F(field), Value("[]"), output_field=models.TextField())


def never_two_at_once(name: str, *, of: str) -> ExclusionConstraint:
    """No two rows of the same thing whose validity overlaps."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (UuidRange(of), RangeOperators.OVERLAPS),
            ("validity", RangeOperators.OVERLAPS),
        ],
    )


class UnitQuerySet(models.QuerySet["Unit"]):
    def named(self, as_of: date) -> "UnitQuerySet":
        """With `name` and `short_name` as of a date, in Vietnamese order."""
        names = UnitName.objects.filter(unit=OuterRef("pk"), validity__contains=as_of)
        return self.annotate(
            name=Subquery(names.values("name")[:1]),
            short_name=Subquery(names.values("short_name")[:1]),
            sort_key=Subquery(names.values("sort_key")[:1]),
        ).order_by("place_in_lists", "sort_key")

    def existing(self, as_of: date) -> "UnitQuerySet":
        return self.filter(names__validity__contains=as_of)

    def under(self, parent: "Unit", as_of: date) -> "UnitQuerySet":
        """The units directly below, as of a date."""
        return self.filter(places__parent=parent, places__validity__contains=as_of)


class Unit(models.Model):
    """A body, over time. Its name and its place in the tree are rows with dates."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    level = models.CharField(max_length=20, choices=Level.choices)
    place_in_lists = models.PositiveIntegerField(
        default=0
    )  # the official order, before the alphabet
    coordinates = models.BooleanField(default=False)  # the department that follows all others

    sort_key: str  # with `named`

    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["level", "kind"], name="unit_level_kind")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def name(self) -> str:
        """Its name today; lists ask for all names at once with `Unit.objects.named`."""
        current = self.names.filter(validity__contains=clock.today()).first()
        return current.name if current else self.code

    @property
    def is_asked(self) -> bool:
        """Party bodies, the Front and unions are asked, never commanded, so never late."""
        return self.kind in ASKED


def with_units(rows: Iterable[Any], as_of: date) -> list[Any]:
    """The rows, each with its `unit` by its name as of a date: one query for all of them."""
    found = list(rows)
    units = Unit.objects.named(as_of).in_bulk({row.unit_id for row in found})
    for row in found:
        row.unit = units[row.unit_id]
    return found


class UnitName(models.Model):
    """What a unit is called for a time."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    folded = models.CharField(max_length=300, editable=False)
    sort_key = models.CharField(max_length=500, editable=False)
    validity = DateRangeField()

    class Meta:
        constraints = [never_two_at_once("unit_has_one_name_at_a_time", of="unit")]
        indexes = [models.Index(fields=["folded"], name="unitname_folded")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, unit: Unit, name: str, **values: object) -> "UnitName":
        return cls(unit=unit, name=name, folded=fold(name), sort_key=sort_key(name), **values)


class UnitPlace(models.Model):
    """Whom a unit stands under for a time."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="places")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    validity = DateRangeField()

    class Meta:
        constraints = [
            never_two_at_once("unit_stands_in_one_place_at_a_time", of="unit"),
            models.CheckConstraint(
                name="unit_stands_under_another", condition=~Q(unit=F("parent"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.parent_id}"


class User(AbstractUser):
    """An account. What it may do follows from the posts of its person, never from flags here."""

    PERSONAL = {"username", "first_name", "last_name", "email"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)


class Person(models.Model):
    """One who holds posts."""

    PERSONAL = {"name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="person", null=True)
    name = models.CharField(max_length=120)
    form_of_address = models.CharField(max_length=10, blank=True)  # ông, bà

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date) -> "PostQuerySet":
        return self.filter(validity__contains=on)

    def in_charge(self, on: date) -> "PostQuerySet":
        """Of those who do the work of their unit on a day."""
        return self.held(on).filter(role__in=[Role.OFFICER, Role.COORDINATOR])

    def accounts(self) -> list[UUID]:
        """The accounts of those who hold these posts."""
        return list(
            self.filter(person__user__isnull=False)
            .values_list("person__user", flat=True)
            .distinct()
        )


class Post(models.Model):
    """A person's role in a unit, for a time."""

    PERSONAL = {"person"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=Role.choices)
    validity = DateRangeField()

    objects = PostQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_role_display()}"
