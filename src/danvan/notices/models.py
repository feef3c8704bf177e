from uuid import UUID

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from danvan.files.models import Attachment

from .choices import Way


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user_id: UUID) -> "NoticeQuerySet":
        return self.filter(recipient=user_id)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message to one person; `event` makes sure that it is told once."""

    PERSONAL = {"recipient"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recipient = models.UUIDField()
    event = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    subject_kind = models.CharField(max_length=60)  # "duties.assignment"; a face knows its page
    subject = models.UUIDField()
    needs_action = models.BooleanField(default=False)
    to_mail = models.BooleanField(default=False)  # its letter is still to be written
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "event"], name="notice_of_an_event_is_told_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["recipient"], condition=models.Q(to_mail=True), name="notice_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        """Not sent, and not in doubt."""
        return self.filter(sent_at=None, handed_over_at=None)

    def in_doubt(self) -> "LetterQuerySet":
        """Handed to the mail server without an answer: it may have arrived, so it is not repeated."""
        return self.filter(sent_at=None, handed_over_at__isnull=False)


class Letter(models.Model):
    """An e-mail in the outbox: written with what it tells, sent from there, kept until sent."""

    PERSONAL = {"to", "subject", "body"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()  # emptied once it is sent: links in it let people in
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # the file that goes with it
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)  # the server's answer is awaited
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="letter_that_is_sent_holds_no_words",
                condition=Q(sent_at=None) | Q(body="", handed_over_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None), name="letter_waiting"),
        ]

    def __str__(self) -> str:
        return self.subject


class Preference(models.Model):
    """How a person wants to be told by e-mail; without one: a digest a day."""

    PERSONAL = {"recipient"}

    recipient = models.UUIDField(primary_key=True)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.DAILY)
    hour = models.PositiveSmallIntegerField(default=7)  # of the digest

    class Meta:
        constraints = [
            models.CheckConstraint(name="preference_hour_is_one", condition=Q(hour__lte=23)),
        ]

    def __str__(self) -> str:
        return self.get_way_display()


class Digest(models.Model):
    """One digest a day to one person; the row is written with its letter."""

    PERSONAL = {"recipient"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recipient = models.UUIDField()
    on = models.DateField()
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(name="digest_goes_out_once_a_day", fields=["recipient", "on"]),
        ]

    def __str__(self) -> str:
        return f"{self.on}"
