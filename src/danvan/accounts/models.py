from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from uuid_utils.compat import uuid7

from danvan.org.choices import Role
from danvan.org.models import Person, User

from .choices import AccountState


class RolePolicy(models.Model):
    """What signing in asks of those who hold a role; a role without a row asks for a password."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=30, choices=Role.choices, unique=True)
    second_factor_required = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.get_role_display()


class Invitation(models.Model):
    """A link by which a person makes an account of his own; nobody registers himself."""

    PERSONAL = {"person", "email"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()  # where the link went
    token_digest = models.CharField(max_length=64, unique=True)  # SHA-256; the link is not kept
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="person_has_one_open_invitation",
            ),
            models.CheckConstraint(
                name="invitation_ends_once",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


def with_state(people: QuerySet[Person], now: datetime) -> QuerySet[Any]:
    """With `state`: how far each has come on the way to an account."""
    opened = Invitation.objects.filter(person=OuterRef("pk"), accepted_at=None, withdrawn_at=None)
    return people.annotate(
        state=Case(
            When(user__is_active=True, then=Value(AccountState.WORKING)),
            When(user__isnull=False, then=Value(AccountState.LOCKED)),
            When(Exists(opened.filter(expires_at__gt=now)), then=Value(AccountState.INVITED)),
            When(Exists(opened), then=Value(AccountState.LAPSED)),
            default=Value(AccountState.NONE),
            output_field=CharField(),
        )
    )


class SavedFilter(models.Model):
    """A list as somebody filtered it, under a name of his own."""

    PERSONAL = {"user", "name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_filters")
    page = models.CharField(max_length=60)  # the name of its address: “console:assignments”
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)  # of the address

    class Meta:
        ordering = ["page", "name"]
        constraints = [
            models.UniqueConstraint(
                name="saved_filter_has_one_name", fields=["user", "page", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
