import re
import unicodedata
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from uuid_utils.compat import uuid7

from danvan import clock, searching
from danvan.files.models import Attachment
from danvan.notices.models import Letter
from danvan.org.choices import Level
from danvan.org.models import Unit

from .choices import (
    CitationStanding,
    DeliveryState,
    DeliveryWay,
    PackageState,
    ReadingState,
    Relation,
    Validity,
    ValidityKind,
    Verdict,
)

FEW = 2_000  # documents that are named one by one
SOON = timedelta(days=60)  # before its end a document is told to be ending


def _suspended(on: date) -> Q:
    is_open = Q(suspended_to=None) | Q(suspended_to__gte=on)
    return Q(suspended_from__isnull=False, suspended_from__lte=on) & is_open


class DocumentQuerySet(models.QuerySet["Document"]):
    def registered(self) -> "DocumentQuerySet":
        return self.filter(registered_on__isnull=False)

    def read_as(self, state: ReadingState) -> "DocumentQuerySet":
        """Those whose newest reading is in this state."""
        newest = Reading.objects.filter(document=OuterRef("pk")).order_by("-id")
        return self.alias(newest_state=Subquery(newest.values("state")[:1])).filter(
            newest_state=state
        )

    def in_force(self, on: date) -> "DocumentQuerySet":
        held = self.filter(in_force_from__lte=on).exclude(ended_on__lte=on)
        return held.exclude(_suspended(on))

    def ended(self, on: date) -> "DocumentQuerySet":
        return self.filter(ended_on__lte=on)

    def holding(self, how: Validity, on: date) -> "DocumentQuerySet":
        """Those that hold so on a day: what `Document.validity` answers, asked of all."""
        ends_soon = Q(ended_on__gt=on, ended_on__lte=on + SOON)
        if how == Validity.REPLACED:
            return self.ended(on).filter(ended_by__isnull=False)
        if how == Validity.ENDED:
            return self.ended(on).filter(ended_by=None)
        if how == Validity.NOT_YET:
            return self.filter(in_force_from__gt=on).exclude(ended_on__lte=on)
        if how == Validity.UNKNOWN:
            unknown = self.filter(in_force_from=None).exclude(ended_on__lte=on)
            return unknown.exclude(_suspended(on))
        if how == Validity.SUSPENDED:
            not_yet_or_over = Q(ended_on__lte=on) | Q(in_force_from__gt=on)
            return self.filter(_suspended(on)).exclude(not_yet_or_over)
        if how == Validity.ENDING:
            return self.in_force(on).filter(ends_soon)
        return self.in_force(on).exclude(ends_soon)

    def sought(self, typed: str) -> "DocumentQuerySet":
        """By words of number, kind, title and issuer, or by the number however it is typed."""
        by_number = Q(number_squeezed__in=numbers_like(typed))
        return searching.sought(self, typed, few=FEW, or_else=by_number)

    def numbered(self, typed: str) -> "DocumentQuerySet":
        return self.filter(number_squeezed__in=numbers_like(typed))

    def newest_first(self) -> "DocumentQuerySet":
        """By the documents' own dates."""
        return self.order_by(F("issued_on").desc(nulls_last=True), F("id").desc())


_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_LEADING = re.compile(r"(?<!\d)0+(?=\d)")


def squeeze(number: str) -> str:
    """A number and symbol as it is compared: no blanks, lower case, 08-CV/BCĐ as 8-CV/BCĐ.

    Dashes of every length are one, and letters that a scan or a keyboard wrote in two parts.
    """
    one = unicodedata.normalize("NFKC", "".join(number.split())).lower()
    return _LEADING.sub("", _DASH.sub("-", one))


_SIGN = re.compile(r"[-/.–\s]+")
_PARTS = range(2, 5)


def numbers_like(typed: str) -> set[str]:
    """The squeezed numbers that may be meant: signs exchanged or left out, đ typed as d.

    “25 nq tw” → 25-nq-tw, 25-nq/tw, 25/nq-tw, 25/nq/tw.
    """
    squeezed = _LEADING.sub("", _SPOKEN.sub("", typed.strip().lower()))
    parts = [part for part in _SIGN.split(squeezed) if part]
    if len(parts) not in _PARTS:
        return {squeeze(typed)[:80]}
    made = _with_or_without_stroke(parts[0])
    for part in parts[1:]:
        made = {
            f"{one}{sign}{other}"
            for one in made
            for sign in "-/"
            for other in _with_or_without_stroke(part)
        }
    return made | {squeeze(typed)[:80]}


_SPOKEN = re.compile(r"^(?:số|so)\b\s*")
_STROKED = re.compile(r"[dđ]")
_MANY = 2  # letters d of one part that are tried either way


def _with_or_without_stroke(part: str) -> set[str]:
    """qd → qd, qđ; as it stands where it has many."""
    if not 0 < len(_STROKED.findall(part)) <= _MANY:
        return {part}
    made = {""}
    for letter in part:
        made = {one + other for one in made for other in ("dđ" if letter in "dđ" else letter)}
    return made


LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")  # cited by their names


class Document(models.Model):
    """A text with identity: issuer, number, date. Never the number alone."""

    PERSONAL = {"signer"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=80, blank=True)
    number_squeezed = models.CharField(max_length=80, blank=True, editable=False)
    kind = models.CharField(max_length=60, blank=True)
    title = models.TextField(blank=True)  # trích yếu
    issuer = models.CharField(max_length=300, blank=True)  # as printed, not in capitals
    issuer_key = models.CharField(max_length=300, blank=True, editable=False)  # one for all prints
    issued_by = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="issued", null=True
    )  # the issuer, where it is a unit here
    issuer_level = models.CharField(
        max_length=10, choices=Level.choices, blank=True, editable=False
    )  # empty: not known
    issued_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=300, blank=True)
    signer_role = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    recipients = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    planned_from = models.CharField(max_length=4, blank=True)  # years that it plans for
    planned_to = models.CharField(max_length=4, blank=True)
    term_from = models.DateField(null=True)  # of a coordination programme
    term_to = models.DateField(null=True)  # its last day
    in_force_from = models.DateField(null=True)  # drawn from its changes of validity
    ended_on = models.DateField(null=True)  # the first day on which it no longer holds
    ended_by = models.ForeignKey("self", on_delete=models.PROTECT, related_name="ended", null=True)
    suspended_from = models.DateField(null=True)
    suspended_to = models.DateField(null=True)  # the last day; none: until something else is said
    folded = models.TextField(blank=True, editable=False)  # words of number, kind, title, issuer
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True
    )  # none: known by what others say of it, its text is not here
    filed_by = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents", null=True
    )  # none: it came with danvan
    filed_at = models.DateTimeField()
    registered_on = models.DateField(null=True)  # the day on which a person confirmed the reading
    discarded_at = models.DateTimeField(null=True)  # a file that was uploaded by mistake

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_at"]
        constraints = [
            models.UniqueConstraint(
                name="document_has_one_identity",
                fields=["number_squeezed", "issuer_key", "issued_on"],
                condition=Q(registered_on__isnull=False) & ~Q(number_squeezed=""),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="document_without_a_file_is_registered",
                condition=Q(attachment__isnull=False) | Q(registered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="document_discarded_is_not_registered",
                condition=Q(discarded_at=None) | Q(registered_on=None),
            ),
        ]
        indexes = [
            models.Index(fields=["number_squeezed"], name="document_number"),
            GinIndex(searching.KeptWords("folded"), name="document_by_its_words"),
            models.Index(fields=["issued_by", "issued_on"], name="document_of_an_issuer"),
            models.Index(
                F("issued_on").desc(nulls_last=True), F("id").desc(), name="document_by_date"
            ),
            models.Index(
                F("issuer_level"),
                F("issued_on").desc(nulls_last=True),
                F("id").desc(),
                name="document_by_level",
            ),
            models.Index(
                F("kind"),
                F("issued_on").desc(nulls_last=True),
                F("id").desc(),
                name="document_by_kind",
            ),
            models.Index(
                fields=["-filed_at"], condition=Q(registered_on=None), name="document_waiting"
            ),
            models.Index(
                fields=["kind"], condition=Q(kind__in=LAWS), name="document_cited_by_name"
            ),
            models.Index(
                fields=["ended_on"], condition=Q(ended_on__isnull=False), name="document_ended"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.number) if part) or self.file_name

    @property
    def file(self) -> Attachment:
        """Its file. Raises Attachment.DoesNotExist for a document of which there is only a card."""
        if self.attachment is None:
            raise Attachment.DoesNotExist
        return self.attachment

    @property
    def file_name(self) -> str:
        """The name of its file; empty for a document of which there is only a card."""
        return self.attachment.name if self.attachment else ""

    @property
    def is_card(self) -> bool:
        """Known by what others say of it: there is no text here."""
        return self.attachment_id is None

    def validity(self, on: date) -> Validity:
        """How it holds on a day. Of a card of which nobody said anything it is not known."""
        if self.ended_on and self.ended_on <= on:
            return Validity.REPLACED if self.ended_by_id else Validity.ENDED
        if self.in_force_from and self.in_force_from > on:
            return Validity.NOT_YET
        if self.is_suspended(on):
            return Validity.SUSPENDED
        if self.in_force_from is None:
            return Validity.UNKNOWN
        if self.ended_on and self.ended_on <= on + SOON:
            return Validity.ENDING
        return Validity.IN_FORCE

    def is_suspended(self, on: date) -> bool:
        """Its last day of rest is one of rest: on the next it holds again."""
        begun = self.suspended_from is not None and self.suspended_from <= on
        return begun and (self.suspended_to is None or on <= self.suspended_to)

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

    PERSONAL = {"settled_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    target = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="cited_by", null=True
    )
    relation = models.CharField(max_length=12, choices=Relation.choices)
    kind = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=80, blank=True)
    number_squeezed = models.CharField(max_length=80, blank=True, editable=False)
    alike = models.CharField(max_length=400, blank=True, editable=False)  # one for all printed so
    issued_on = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)  # as printed
    start = models.PositiveIntegerField(null=True)  # in the reading's text
    end = models.PositiveIntegerField(null=True)
    standing = models.CharField(
        max_length=10, choices=CitationStanding.choices, default=CitationStanding.UNKNOWN
    )
    settled_by = models.CharField(max_length=120, blank=True)  # who said so; empty: the machine
    settled_at = models.DateTimeField(null=True)
    is_only_here = models.BooleanField(db_default=False, default=False)  # not for all printed alike

    class Meta:
        ordering = ["document", "start"]
        indexes = [
            models.Index(
                fields=["number_squeezed"],
                condition=Q(standing__in=["ambiguous", "unknown"]),
                name="citation_to_settle",
            ),
            models.Index(
                fields=["alike"],
                condition=Q(standing__in=["ambiguous", "unknown"]),
                name="citation_alike_to_settle",
            ),
            models.Index(
                fields=["alike"], condition=~Q(settled_by=""), name="citation_settled_by_a_person"
            ),
            models.Index(fields=["target", "relation", "id"], name="citation_of_a_target"),
        ]
        constraints = [
            models.CheckConstraint(
                name="citation_concretises_a_known_document",
                condition=~Q(relation="concretises") | Q(target__isnull=False),
            ),
            models.CheckConstraint(
                name="citation_resolved_says_to_what",
                condition=Q(standing="resolved", target__isnull=False)
                | (~Q(standing="resolved") & Q(target__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.text or f"{self.kind} {self.number}"


class ValidityChange(models.Model):
    """What happened to a document's validity on a day: it took force, was amended, replaced, ended.

    The fields of `Document` are drawn from those that are not undone.
    """

    PERSONAL = {"said_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="validity_changes"
    )
    kind = models.CharField(max_length=12, choices=ValidityKind.choices)
    on = models.DateField()  # the first day for which it holds
    until = models.DateField(null=True)  # of a suspension: its last day; none: not said
    part = models.CharField(max_length=300, blank=True)  # empty: the whole
    by_document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="changes_validity_of", null=True
    )
    by_printed = models.CharField(max_length=300, blank=True)  # where that document is not here
    source = models.TextField(blank=True)  # the words, or where it was read
    is_verified = models.BooleanField(default=True)
    said_by = models.CharField(max_length=120, blank=True)  # empty: it came with danvan
    said_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="validity_change_is_said_once",
                fields=["document", "kind", "on", "part"],
                condition=Q(undone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Annex(models.Model):
    """A further file of a document: “Phụ lục I”."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="annexes")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """A body that a coordination programme binds; a document with parties is such a programme."""

    PERSONAL: set[str] = set()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="parties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="party_to", null=True)
    printed = models.CharField(max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                name="party_is_named_once",
                fields=["document", "unit"],
                condition=Q(unit__isnull=False),
            ),
            models.CheckConstraint(
                name="party_is_a_unit_or_a_name",
                condition=Q(unit__isnull=False) | ~Q(printed=""),
            ),
        ]

    def __str__(self) -> str:
        return self.printed or str(self.unit)


class ExchangePackage(models.Model):
    """An edXML package as it came or went: QCVN 102:2016/BTTTT."""

    PERSONAL = {"header"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True
    )  # none of one that was refused
    is_incoming = models.BooleanField()
    package_id = models.CharField(max_length=300)  # its DocumentId
    from_code = models.CharField(max_length=60, blank=True)  # organ identifiers
    from_name = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="packages", null=True
    )
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="receipts", null=True
    )  # the package whose receipt this is
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="packages", null=True
    )  # who brought it in, or sent it
    header = models.JSONField(default=dict)  # what it says of the document
    state = models.CharField(max_length=12, choices=PackageState.choices)
    problem = models.TextField(blank=True)  # why it was not taken
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="package_comes_in_once",  # to each of its recipients
                fields=["unit", "from_code", "package_id"],
                condition=Q(is_incoming=True, state="taken"),
            ),
            models.CheckConstraint(
                name="package_refused_keeps_its_reason_and_no_file",
                condition=Q(state="refused", attachment=None) & ~Q(problem="")
                | ~Q(state="refused") & Q(attachment__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["package_id"], name="package_by_its_id")]

    def __str__(self) -> str:
        return self.package_id


class Delivery(models.Model):
    """A document sent to one of its recipients, and whether it was received."""

    PERSONAL = {"address", "sent_by", "received_by"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents_delivered", null=True
    )
    recipient = models.CharField(max_length=500)  # as printed, or the unit's name
    organ_code = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=254, blank=True)  # of an e-mail
    way = models.CharField(max_length=8, choices=DeliveryWay.choices)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.SENT
    )
    package = models.ForeignKey(
        ExchangePackage, on_delete=models.PROTECT, related_name="deliveries", null=True
    )
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="+", null=True
    )  # the e-mail that carries it
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)  # why it was refused, or how it was handed over

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="document_is_delivered_to_a_recipient_once",
                fields=["document", "recipient", "way"],
            ),
            models.CheckConstraint(
                name="delivery_received_says_when",
                condition=~Q(state="received") | Q(received_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="delivery_to_a_unit")]

    def __str__(self) -> str:
        return f"{self.document}: {self.recipient}"
