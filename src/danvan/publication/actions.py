from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, Seen, record, seen
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.text import fold

from . import access
from .choices import ReleaseState
from .contents import Content
from .models import Release


@transaction.atomic
def release(content: Content, *, by: Actor, accepted_because: str = "") -> Release:
    """Make it public, frozen as it is now. What is public already stays as it was released.

    Where something looks like personal data, `accepted_because` says why it may be shown.
    """
    require(access.can_release(by))
    _take_turns()
    current = _current(content)
    if current is not None:
        return current
    _check(content, accepted_because)
    return _create(content, by=by, accepted_because=accepted_because)


@transaction.atomic
def replace(content: Content, *, by: Actor, accepted_because: str = "") -> Release:
    """Put a new version in the place of the public one. Without a change nothing happens."""
    require(access.can_release(by))
    _take_turns()
    current = _current(content)
    if current is None:
        raise NotAccepted(_("Chưa có bản đang công khai để thay. Chọn Công khai."))
    if current.sha256 == content.sha256:
        return current
    _check(content, accepted_because)
    record(current, "replaced", by=by, before=_end(current, ReleaseState.REPLACED, by=by))
    return _create(content, by=by, accepted_because=accepted_because, replaces=current)


@transaction.atomic
def take_down(release: Release, *, by: Actor, reason: str) -> Release:
    """The public no longer sees it; what it said is kept. Taken down once."""
    require(access.can_release(by))
    release = Release.objects.select_for_update().get(pk=release.pk)
    if not release.is_public:
        return release
    if not reason.strip():
        raise NotAccepted(_("Ghi lý do gỡ; lý do được lưu trong nhật ký."))
    was = _end(release, ReleaseState.TAKEN_DOWN, by=by, reason=reason.strip())
    record(release, "taken_down", by=by, before=was, reason=reason.strip())
    return release


def _take_turns() -> None:
    """Of two releases at once the second sees what the first did: one subject, one address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('publication'))")


def _current(content: Content) -> Release | None:
    return Release.objects.current().filter(kind=content.kind, subject=content.subject).first()


def _check(content: Content, accepted_because: str) -> None:
    if content.doubts and not accepted_because.strip():
        raise NotAccepted(
            _(
                "Có %(count)d chỗ giống thông tin cá nhân. Sửa ở nguồn, hoặc ghi lý do được công khai."
            )
            % {"count": len(content.doubts)}
        )


def _end(release: Release, state: ReleaseState, *, by: Actor, reason: str = "") -> Seen:
    """End it; returns how it stood before."""
    was = seen(release)
    release.state, release.ended_at, release.ended_by_name = state, clock.now(), by.name
    release.ended_because = reason
    release.save(update_fields=["state", "ended_at", "ended_by_name", "ended_because"])
    return was


def _create(content: Content, *, by: Actor, accepted_because: str, **more: Any) -> Release:
    slug, version = _place(content)
    made = Release.objects.create(
        kind=content.kind,
        subject=content.subject,
        slug=slug,
        version=version,
        title=content.title,
        summary=content.summary,
        body=content.body,
        folded=fold(f"{content.title} {content.summary}"),
        sha256=content.sha256,
        issued_by=content.issued_by,
        released_at=clock.now(),
        released_by_name=by.name,
        **more,
    )
    # What looked like personal data is counted here, never repeated.
    doubts = len(content.doubts)
    reason = accepted_because if doubts else ""
    record(
        made,
        "released",
        by=by,
        before=NOTHING,
        after={"state": made.state, "title": made.title, "version": made.version},
        reason=reason,
        version=version,
        sha256=content.sha256,
        doubts=doubts,
    )
    return made


def _place(content: Content) -> tuple[str, int]:
    """Address and version: those of the same thing before it, else an address that is free."""
    before = Release.objects.filter(kind=content.kind, subject=content.subject)
    if last := before.order_by("-version").first():
        return last.slug, last.version + 1
    taken = set(
        Release.objects.filter(slug__startswith=content.address).values_list("slug", flat=True)
    )
    wanted = [content.address, *(f"{content.address}-{number}" for number in range(2, 1000))]
    return next(one for one in wanted if one not in taken), 1
