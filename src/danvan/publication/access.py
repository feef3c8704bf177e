"""Who may see the list of releases, and who releases."""

from danvan.org.access import works
from danvan.org.actors import Actor

from .models import Release, ReleaseQuerySet


def visible_to(by: Actor) -> ReleaseQuerySet:
    """What was public is no secret; the list with its past is for those who work."""
    return Release.objects.all() if works(by) else Release.objects.none()


def can_release(by: Actor) -> bool:
    """The coordinating department releases, replaces and takes down."""
    return by.is_coordinator
