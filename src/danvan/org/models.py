import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from uuid_utils.compat import uuid7

from danvan import clock
from danvan.statements import kept
from danvan.text import fold, sort_key

from .choices import (
    ASKED,
    HEADS,
    CodeSystem,
    EventKind,
    ImportState,
    Level,
    Position,
    ReviewOutcome,
    Role,
    UnitKind,
)


class Point(Func):
    """uuidrange(a, a, '[]'): lets a gist exclusion compare single values without btree_gist."""

    def __init__(self, field: str, *, function: str = "uuidrange") -> None:
        bounds = F(field), F(field), Value("[]")
        super().__init__(*bounds, function=function, output_field=models.TextField())


def text_point(field: str) -> Point:
    """The same for a text."""
    return Point(field, function="textrange")


def never_two_at_once(
    name: str, *of: str | Point, condition: Q | None = None
) -> ExclusionConstraint:
    """No two rows of the same thing whose validity overlaps; names of fields are ids."""
    points = [one if isinstance(one, Point) else Point(one) for one in of]
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((point, RangeOperators.OVERLAPS) for point in points),
            ("validity", RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


def has_a_first_day(name: str) -> models.CheckConstraint:
    """A validity holds for a day at least, and begins on one."""
    return models.CheckConstraint(name=name, condition=Q(validity__startswith__isnull=False))


class UnitQuerySet(models.QuerySet["Unit"]):
    def named(self, as_of: date) -> "UnitQuerySet":
        """With `name` and `short_name` as of a date, in Vietnamese order; ended, by the last ones."""
        known = UnitName.objects.filter(unit=OuterRef("pk"), validity__startswith__lte=as_of)
        names = known.order_by("-validity")
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

    def at_the_top(self, as_of: date) -> "UnitQuerySet":
        """The province's People's Committee, Council and Party committee: under none of its level."""
        above = UnitPath.objects.filter(
            unit=OuterRef("pk"),
            depth__gt=0,
            inherited=False,
            validity__contains=as_of,
            ancestor__level=Level.PROVINCE,
        )
        heads = self.filter(level=Level.PROVINCE, kind__in=HEADS)
        return heads.filter(~Exists(above))

    def within(self, top: "Unit | UUID", as_of: date) -> "UnitQuerySet":
        """A unit and all below it, at any depth, as of a date."""
        paths = UnitPath.objects.below(top, as_of).filter(inherited=False)
        return self.filter(pk__in=paths.values("unit"))


class UnitEvent(models.Model):
    """What happened to units on a day, by which legal document.

    The names, places, codes that it began and the successions that it made hang on it.
    """

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    on = models.DateField()  # the first day of what is new
    basis = models.CharField(max_length=300)  # “Nghị quyết số 202/2025/QH15 ngày 12/6/2025”
    note = models.TextField(blank=True)
    is_verified = models.BooleanField(default=True)  # false: the source is yet to be checked

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["on"], name="unitevent_on")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.basis}"


class Unit(models.Model):
    """A body, over time. Its name, codes and place in the tree are rows with dates.

    Kind and level are what it is: a body that changes them is another body, which succeeds it
    (`EventKind.LEVEL_CHANGED`). It exists as long as it has a name.
    """

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
    units = named_units({row.unit_id for row in found}, as_of)
    for row in found:
        row.unit = units[row.unit_id]
    return found


def named_units(ids: Iterable[UUID | None], as_of: date) -> "dict[UUID, Unit]":
    """Units by their ids, with their names as of a date."""
    return {one.pk: one for one in _named(ids={one for one in ids if one}, as_of=as_of)}


@kept
def _named(ids: set[UUID], as_of: date) -> "models.QuerySet[Unit]":
    return Unit.objects.named(as_of).filter(pk__in=ids).order_by()


class UnitName(models.Model):
    """What a unit is called for a time."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    folded = models.CharField(max_length=300, editable=False)
    searched = models.TextField(editable=False)  # " so noi vu snv ": every word it answers to
    sort_key = models.CharField(max_length=500, editable=False, db_collation="C")
    validity = DateRangeField()
    event = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="names", null=True, blank=True
    )  # that began it
    ended_by = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="ended_names", null=True, blank=True
    )

    class Meta:
        constraints = [
            never_two_at_once("unit_has_one_name_at_a_time", "unit"),
            has_a_first_day("name_has_a_first_day"),
        ]
        indexes = [models.Index(fields=["folded"], name="unitname_folded")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(
        cls,
        unit: Unit,
        name: str,
        *,
        short_name: str = "",
        aliases: Iterable[str] = (),
        **values: object,
    ) -> "UnitName":
        others = list(aliases)
        return cls(
            unit=unit,
            name=name,
            short_name=short_name,
            aliases=others,
            folded=fold(name),
            searched=searchable(name, short_name, *others),
            sort_key=sort_key(name),
            **values,
        )


def searchable(*names: str) -> str:
    """Their words, folded, each between blanks: LIKE finds one by its beginning."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(' '.join(names))))} "


class UnitPlace(models.Model):
    """Whom a unit stands under for a time."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="places")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    validity = DateRangeField()
    event = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="places", null=True, blank=True
    )  # that began it
    ended_by = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="ended_places", null=True, blank=True
    )

    class Meta:
        constraints = [
            never_two_at_once("unit_stands_in_one_place_at_a_time", "unit"),
            has_a_first_day("place_has_a_first_day"),
            models.CheckConstraint(
                name="unit_stands_under_another", condition=~Q(unit=F("parent"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.parent_id}"


class UnitCode(models.Model):
    """A unit's code in one system for a time; a code is only meaningful with a date."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="codes")
    system = models.CharField(max_length=20, choices=CodeSystem.choices)
    code = models.CharField(max_length=35)  # leading zeros count: “01”, “00070”, “H55.242”
    validity = DateRangeField()
    event = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="codes", null=True, blank=True
    )  # that began it
    ended_by = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="ended_codes", null=True, blank=True
    )

    class Meta:
        constraints = [
            never_two_at_once(
                "unit_has_one_code_of_a_system_at_a_time", "unit", text_point("system")
            ),
            never_two_at_once(
                "code_means_one_unit_at_a_time", text_point("code"), text_point("system")
            ),
            has_a_first_day("code_has_a_first_day"),
        ]
        indexes = [models.Index(fields=["code"], name="unitcode_code")]

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """A unit takes over from another by an event."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(UnitEvent, on_delete=models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inheritances")
    is_whole = models.BooleanField(default=True)  # false: only a part of the predecessor

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "predecessor", "successor"], name="succession_is_said_once"
            ),
            models.CheckConstraint(
                name="unit_succeeds_another", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} into {self.successor_id}"


class UnitPathQuerySet(models.QuerySet["UnitPath"]):
    def below(self, top: Unit | UUID, as_of: date) -> "UnitPathQuerySet":
        """The ways down from a unit, as of a date; its own (depth 0) among them."""
        return self.filter(ancestor=top, validity__contains=as_of)

    def above(self, unit: Unit | UUID, as_of: date) -> "UnitPathQuerySet":
        """The ways up from a unit, as of a date; its own (depth 0) among them."""
        return self.filter(unit=unit, validity__contains=as_of)


class UnitPath(models.Model):
    """Every way up the tree, for as long as it holds: the tree at any depth in one query.

    Made from names, places and successions by `org.tree.rebuild`, never written by hand. A way is
    `inherited` where it leads through a succession: whoever stands over a unit today also stands
    over what its predecessors left.
    """

    PERSONAL: set[str] = set()

    id = models.BigAutoField(primary_key=True)
    ancestor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paths")
    depth = models.PositiveSmallIntegerField()  # steps; 0: the unit itself
    inherited = models.BooleanField(default=False)
    validity = DateRangeField()

    objects = UnitPathQuerySet.as_manager()

    class Meta:
        constraints = [
            never_two_at_once(
                "unit_stands_below_another_once", "ancestor", "unit", condition=Q(inherited=False)
            ),
        ]
        indexes = [
            models.Index(fields=["ancestor", "unit"], name="unitpath_down"),
            models.Index(fields=["unit", "ancestor"], name="unitpath_up"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} below {self.ancestor_id}"


class User(AbstractUser):
    """An account. What it may do follows from the posts of its person, never from flags here."""

    PERSONAL = {"username", "first_name", "last_name", "email", "feed_key"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    feed_key = models.UUIDField(
        null=True, unique=True, editable=False
    )  # random: the secret part of the address of one's calendar; none until one asks for it


class Person(models.Model):
    """One who holds posts."""

    PERSONAL = {"name", "email", "phone", "folded", "sort_key"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="person", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    form_of_address = models.CharField(max_length=10, blank=True)  # ông, bà
    email = models.EmailField(blank=True)  # at work; invitations go there
    phone = models.CharField(max_length=30, blank=True)  # at work
    folded = models.CharField(max_length=200, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="address_is_one_persons"
            ),
        ]
        indexes = [models.Index(fields=["folded"], name="person_folded")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, name: str, **values: object) -> "Person":
        return cls(name=name, folded=fold(name), sort_key=person_sort_key(name), **values)


def person_sort_key(name: str) -> str:
    """By the given name, which stands last: Trần Thị Mai Phương sorts under Phương."""
    *before, given = name.split() or [""]
    return sort_key(" ".join([given, *before]))


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date) -> "PostQuerySet":
        return self.filter(validity__contains=on)

    def in_charge(self, on: date) -> "PostQuerySet":
        """Of those who do the work of their unit on a day."""
        return self.held(on).filter(role__in=[Role.OFFICER, Role.COORDINATOR])


class Post(models.Model):
    """A person's role in a unit, for a time."""

    PERSONAL = {"person"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=Role.choices)
    title = models.CharField(max_length=120, blank=True)  # Phó Giám đốc, Chủ tịch
    validity = DateRangeField()
    ended_by = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="ended_posts", null=True, blank=True
    )  # where it ended with its unit

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            never_two_at_once(
                "person_holds_a_post_once_at_a_time", "person", "unit", text_point("role")
            ),
            has_a_first_day("post_has_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


class Delegation(models.Model):
    """The rights of a post, lent to a colleague for a time while its holder is away."""

    PERSONAL = {"to"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    validity = DateRangeField()  # half-open; ended early by shortening it
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            never_two_at_once("post_is_delegated_to_one_at_a_time", "post"),
            has_a_first_day("delegation_has_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.post} to {self.to}"


class CommitteeTerm(models.Model):
    """A steering committee as one decision sets it up; strengthening it begins another term."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    committee = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="terms")
    decision = models.CharField(max_length=300)  # “Quyết định số 12/QĐ-UBND ngày 05/01/2024”
    standing_body = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # cơ quan thường trực
    validity = DateRangeField()
    ended_by = models.ForeignKey(
        UnitEvent, on_delete=models.PROTECT, related_name="ended_terms", null=True, blank=True
    )  # where it ended with the committee
    reviewed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=ReviewOutcome.choices, blank=True)
    conclusion = models.TextField(blank=True)  # why it was kept, strengthened or ended

    class Meta:
        constraints = [
            never_two_at_once("committee_has_one_term_at_a_time", "committee"),
            has_a_first_day("term_has_a_first_day"),
            models.CheckConstraint(
                name="committee_review_says_when_and_what",
                condition=Q(reviewed_on=None, outcome="") | (~Q(outcome="") & ~Q(reviewed_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.decision


class Membership(models.Model):
    """A seat in a steering committee: a person, or the head of a unit whoever that is."""

    PERSONAL = {"person"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    term = models.ForeignKey(CommitteeTerm, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    title = models.CharField(max_length=200, blank=True)  # “Giám đốc Sở Nội vụ”
    position = models.CharField(max_length=20, choices=Position.choices)
    place = models.PositiveSmallIntegerField(default=0)  # in the decision's list

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                name="seat_is_a_persons_or_a_units",
                condition=Q(person__isnull=False) | Q(unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.person or self.unit)


class OrgImport(models.Model):
    """A workbook of units and people that somebody looks at before it is taken in.

    `rows` are as `sheets.Row` has them: all while it waits, afterwards those that were left out,
    each with its reasons.
    """

    PERSONAL = {"file_name", "rows", "made_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(
        max_length=20, choices=ImportState.choices, default=ImportState.PREVIEWED
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    default_on = models.DateField()  # of rows that do not say from when they hold
    rows = models.JSONField()
    passed_over = models.JSONField(default=list)  # heads and sheets that mean nothing here
    counts = models.JSONField(default=dict)  # outcome → rows, once it is done
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="import_done_says_when",
                condition=Q(state=ImportState.DONE, done_at__isnull=False)
                | (~Q(state=ImportState.DONE) & Q(done_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
