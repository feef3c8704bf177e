from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from uuid_utils.compat import uuid7

from danvan.files.models import Attachment
from danvan.org.models import Unit

from .choices import ReadingState, Relation, Verdict


class DocumentQuerySet(models.QuerySet["Document"]):
    def registered(self) -> "DocumentQuerySet":
        return self.filter(registered_on__isnull=False)

    def with_reading(self) -> "DocumentQuerySet":
        """With `reading_state`, the state of the newest reading."""
        newest = Reading.objects.filter(document=OuterRef("pk")).order_by("-id")
        return self.annotate(
            reading_state=Subquery(newest.values("state")[:1]),
        )

    def waiting_first(self) -> "DocumentQuerySet":
        """What is not yet proofread, then the newest by the document's own date."""
        is_registered = IsNull(F("registered_on"), False)
        return self.order_by(is_registered, F("issued_on").desc(nulls_last=True), "-filed_at")


def squeeze(number: str) -> str:
    """A number and symbol as it is compared: no blanks, lower case."""
    return "".join(number.split()).lower()


class Document(models.Model):
    """A text with identity: issuer, number, date. Never the number alone."""

    PERSONAL = {"signer"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=80, blank=True)
    number_squeezed = models.CharField(max_length=80, blank=True, editable=False)
    kind = models.CharField(max_length=60, blank=True)
    title = models.TextField(blank=True)  # trích yếu
    issuer = models.CharField(max_length=300, blank=True)  # as printed
    issued_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=300, blank=True)
    signer_role = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    recipients = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    planned_from = models.CharField(max_length=4, blank=True)  # years that it plans for
    planned_to = models.CharField(max_length=4, blank=True)
    folded = models.TextField(blank=True, editable=False)  # number, kind, title, issuer for search
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents")
    filed_at = models.DateTimeField()
    registered_on = models.DateField(null=True)  # the day on which a person confirmed the reading

    reading_state: str | None  # with `with_reading`

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_at"]
        constraints = [
            models.UniqueConstraint(
                name="document_has_one_identity",
                fields=["number_squeezed", "issuer", "issued_on"],
                condition=Q(registered_on__isnull=False) & ~Q(number_squeezed=""),
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["number_squeezed"], name="document_number")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.number) if part) or self.attachment.name

    @property
    def year(self) -> int | None:
        """The year that it plans for, else the year of its date."""
        if self.planned_from.isdigit():
            return int(self.planned_from)
        return self.issued_on.year if self.issued_on else None


class Reading(models.Model):
    """What the reader found in a document. Never changed: people's corrections lie on top of it."""

    PERSONAL = {"text", "result"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    reader_version = models.CharField(max_length=20, blank=True)
    state = models.CharField(
        max_length=12, choices=ReadingState.choices, default=ReadingState.QUEUED
    )
    text = models.TextField(blank=True)
    result = models.JSONField(default=dict)  # `vanban`'s JSON, without the text
    problem = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="reading_says_when_it_was_read",
                condition=Q(state__in=["queued", "reading", "unreadable"])
                | Q(read_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reading_unreadable_says_why",
                condition=~Q(state="unreadable") | ~Q(problem=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}"


class Correction(models.Model):
    """What a person said of one item: right, corrected, dropped, or added by hand. Newest holds."""

    PERSONAL = {"by_user", "by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="corrections")
    item = models.CharField(
        max_length=300
    )  # "duties:3", "header:number", "duties:+018f…", "names:…"
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    values = models.JSONField(default=dict)
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["reading", "id"], name="correction_of_reading")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.item}"


class Citation(models.Model):
    """A document's mention of another, as it was confirmed."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    target = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="cited_by", null=True
    )
    relation = models.CharField(max_length=12, choices=Relation.choices)
    kind = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)  # as printed
    start = models.PositiveIntegerField(null=True)  # in the reading's text
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["document", "start"]
        indexes = [models.Index(fields=["number"], name="citation_number")]
        constraints = [
            models.CheckConstraint(
                name="citation_concretises_a_known_document",
                condition=~Q(relation="concretises") | Q(target__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text or f"{self.kind} {self.number}"
