from django.db import models
from uuid_utils.compat import uuid7


class AuditEntry(models.Model):
    """One change. No foreign keys: an entry outlives what it speaks of."""

    PERSONAL = {
        "by_name",
        "on_behalf_of",
        "address",
        "subject_label",
        "before",
        "after",
        "reason",
        "details",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)  # none: the system itself
    by_name = models.CharField(max_length=200, blank=True)
    by_post = models.CharField(max_length=200, blank=True)
    by_unit = models.UUIDField(null=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)  # by a delegation
    address = models.GenericIPAddressField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)  # "duties.assignment"
    subject = models.UUIDField()
    subject_label = models.CharField(max_length=500)
    before = models.JSONField(default=dict)  # the fields that changed, as they were
    after = models.JSONField(default=dict)  # the same fields, as they are
    reason = models.TextField(blank=True)  # why, where it is asked
    details = models.JSONField(default=dict)  # what else the verb's sentence needs

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_of_a_subject"),
            models.Index(fields=["by_user", "id"], name="audit_of_a_person"),
            models.Index(fields=["by_unit", "id"], name="audit_of_a_unit"),
            models.Index(fields=["verb", "id"], name="audit_of_a_verb"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.verb} {self.subject_label}"


class Seal(models.Model):
    """A committed entry's link in the chain: its hash over the entry and the seal before it.

    Written by the sealer after the entry is committed, so that writes are not serialised.
    What is hashed and what is signed stands in `rules`.
    """

    PERSONAL: set[str] = set()

    position = models.BigIntegerField(primary_key=True)  # 1, 2, 3 …, without a gap
    entry = models.UUIDField(unique=True)  # no foreign key: a missing entry must be found
    form = models.PositiveSmallIntegerField()  # which canonical form of the entry was hashed
    hash = models.BinaryField(max_length=32)  # SHA-256(hash before + the entry, canonical)
    mac = models.BinaryField(max_length=32)  # of all this, by a key outside the database
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position}"


class Digest(models.Model):
    """The end of the chain on a day: printed and kept, it proves what stood before it."""

    PERSONAL: set[str] = set()

    day = models.DateField(primary_key=True)
    entries = models.PositiveIntegerField()  # sealed on that day
    position = models.BigIntegerField()  # of the last seal up to then; 0: none yet
    hash = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
