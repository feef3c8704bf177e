from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from uuid_utils.compat import uuid7


class DefinitionQuerySet(models.QuerySet["Definition"]):
    def in_force(self, kind: str, on: date) -> "DefinitionQuerySet":
        """The definitions of a kind on a day; of several versions the newest."""
        newest = self.filter(kind=kind, validity__contains=on).order_by("code", "-version")
        return newest.distinct("code")

    def in_force_of(self, kinds: Collection[str], on: date) -> "DefinitionQuerySet":
        """The same of several kinds at once."""
        newest = self.filter(kind__in=kinds, validity__contains=on)
        return newest.order_by("kind", "code", "-version").distinct("kind", "code")

    def one(self, kind: str, code: str, on: date) -> "Definition":
        return self.in_force(kind, on).get(code=code)


class Definition(models.Model):
    """One version of one definition. Never changed: a change is a new version."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    validity = DateRangeField()  # half-open
    source = models.TextField()  # the document or decision that it rests on
    body = models.JSONField()

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "version"], name="definition_version_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} v{self.version}"

    def __getitem__(self, key: str) -> Any:
        return self.body[key]
