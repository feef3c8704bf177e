from django.db import models
from uuid_utils.compat import uuid7


def _place(attachment: "Attachment", name: str) -> str:
    """By hash, never by the name that somebody gave it."""
    return f"{attachment.sha256[:2]}/{attachment.sha256}-{attachment.pk}"


class Attachment(models.Model):
    """A file as it came."""

    PERSONAL = {"content", "name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=_place, max_length=200)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
