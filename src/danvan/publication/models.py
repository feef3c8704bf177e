from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from danvan.text import fold

from . import rules
from .choices import ReleaseKind, ReleaseState


class ReleaseQuerySet(models.QuerySet["Release"]):
    def current(self) -> "ReleaseQuerySet":
        """What the public may see now, newest first."""
        return self.filter(state=ReleaseState.RELEASED).order_by("-released_at", "-id")

    def saying(self, words: str) -> "ReleaseQuerySet":
        return self.filter(folded__contains=fold(words))

    def newest_at(self, slug: str) -> "Release | None":
        """The last that was released under an address, whatever became of it."""
        return self.filter(slug=slug).select_related("replaces").order_by("-version").first()


class Release(models.Model):
    """A version for the public, frozen: what is shown is never changed, only replaced or taken down.

    It holds its own copy of everything, so that the portal needs nothing else.
    """

    PERSONAL = {"released_by_name", "ended_by_name"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=ReleaseKind.choices)
    subject = models.UUIDField()  # the document, campaign or report that it shows
    slug = models.SlugField(max_length=120)  # its address, the same for all its versions
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=500)
    summary = models.CharField(max_length=500, blank=True)
    body = models.JSONField()  # {"facts": [[label, value]], "blocks": [{"kind": …}]}
    folded = models.TextField(editable=False)  # title and summary for search
    sha256 = models.CharField(max_length=64)  # of title, summary and body
    issued_by = models.CharField(max_length=300)
    released_at = models.DateTimeField()
    released_by_name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=10, choices=ReleaseState.choices, default=ReleaseState.RELEASED
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True
    )
    ended_at = models.DateTimeField(null=True)  # replaced or taken down
    ended_by_name = models.CharField(max_length=120, blank=True)
    ended_because = models.TextField(blank=True)  # of what was taken down

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-released_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="release_version_of_an_address_is_one", fields=["slug", "version"]
            ),
            models.UniqueConstraint(
                name="subject_is_public_once",
                fields=["kind", "subject"],
                condition=Q(state="released"),
            ),
            models.CheckConstraint(
                name="release_that_ended_says_when",
                condition=Q(state="released", ended_at__isnull=True)
                | Q(~Q(state="released"), ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="release_taken_down_says_why",
                condition=~Q(state="taken_down") | ~Q(ended_because=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "released_at"], name="release_current")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.state == ReleaseState.RELEASED

    @property
    def is_intact(self) -> bool:
        """Does it still say what was released?"""
        return rules.fingerprint(self.title, self.summary, self.body) == self.sha256
