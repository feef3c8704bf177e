from django.db import models
from uuid_utils.compat import uuid7


class AuditEntry(models.Model):
    """One change. No foreign keys: an entry outlives what it speaks of."""

    PERSONAL = {"by_name", "address", "subject_label", "details"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)  # none: the system itself
    by_name = models.CharField(max_length=200, blank=True)
    by_post = models.CharField(max_length=200, blank=True)
    by_unit = models.UUIDField(null=True)
    address = models.GenericIPAddressField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)  # "duties.assignment"
    subject = models.UUIDField()
    subject_label = models.CharField(max_length=500)
    details = models.JSONField(default=dict)  # before, after, reason and what else the verb needs

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "id"], name="audit_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.by_name} {self.verb} {self.subject_label}"
