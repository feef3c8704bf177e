from dataclasses import replace as changed

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from danvan.audit.actions import history
from danvan.org.choices import Role
from danvan.publication import actions, rules
from danvan.publication.choices import ReleaseState
from danvan.publication.models import Release
from danvan.refusals import NotAccepted
from tests.danvan.publication.factories import content, content_of, own_document, released
from tests.factories import actor, coordinator

pytestmark = pytest.mark.django_db

PHONE = "Liên hệ bà Nguyễn Thị Sáu, điện thoại 0912 345 678."


def test_release_keeps_its_own_copy():
    document = own_document()
    release = actions.release(content_of(document), by=coordinator())
    document.title = "Tên khác"
    document.save()

    release.refresh_from_db()
    assert "Tên khác" not in release.title
    assert release.is_public
    assert release.is_intact


def test_release_twice_is_one_release():
    by, what = coordinator(), content()

    first = actions.release(what, by=by)
    second = actions.release(what, by=by)

    assert first == second
    assert Release.objects.count() == 1
    assert history(first).filter(verb="released").count() == 1


def test_the_database_keeps_one_public_version_of_a_thing():
    first = released()

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(
            kind=first.kind,
            subject=first.subject,
            slug="khac",
            title="x",
            body={},
            sha256="0",
            issued_by="x",
            released_at=first.released_at,
        )


@pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR})
def test_only_the_coordinator_releases_replaces_and_takes_down(role):
    other, release = actor(role), released()

    with pytest.raises(PermissionDenied):
        actions.release(content(), by=other)
    with pytest.raises(PermissionDenied):
        actions.replace(content(), by=other)
    with pytest.raises(PermissionDenied):
        actions.take_down(release, by=other, reason="Nhầm")


def test_what_looks_like_personal_data_is_released_only_with_a_reason():
    by, what = coordinator(), content(words=PHONE)

    with pytest.raises(NotAccepted, match="2 chỗ giống thông tin cá nhân"):
        actions.release(what, by=by)
    assert not Release.objects.exists()
    release = actions.release(what, by=by, accepted_because="Đường dây nóng của cơ quan")

    entry = history(release).get(verb="released")
    assert entry.reason == "Đường dây nóng của cơ quan"
    assert "0912" not in str(entry.details)


def test_replace_keeps_the_address_and_the_old_version():
    by, what = coordinator(), content()
    first = actions.release(what, by=by)
    newer = changed(what, body={"facts": [], "blocks": [rules.paragraph("Bản sửa.")]})

    second = actions.replace(newer, by=by)

    first.refresh_from_db()
    assert (second.slug, second.version, second.replaces) == (first.slug, 2, first)
    assert first.state == ReleaseState.REPLACED
    assert first.is_intact
    assert Release.objects.newest_at(first.slug) == second


def test_replace_without_a_change_does_nothing():
    by, what = coordinator(), content()
    first = actions.release(what, by=by)

    assert actions.replace(what, by=by) == first
    assert Release.objects.count() == 1


def test_replace_of_what_is_not_public_is_not_accepted():
    with pytest.raises(NotAccepted):
        actions.replace(content(), by=coordinator())


def test_replace_looks_for_personal_data_too():
    by, what = coordinator(), content()
    actions.release(what, by=by)

    with pytest.raises(NotAccepted):
        actions.replace(changed(what, summary=PHONE), by=by)


def test_take_down_once_with_a_reason():
    by = coordinator()
    release = released(by)

    with pytest.raises(NotAccepted):
        actions.take_down(release, by=by, reason=" ")
    actions.take_down(release, by=by, reason="Có sai sót")
    actions.take_down(release, by=by, reason="Lần nữa")

    release.refresh_from_db()
    assert (release.state, release.ended_because) == (ReleaseState.TAKEN_DOWN, "Có sai sót")
    assert history(release).filter(verb="taken_down").count() == 1


def test_what_was_taken_down_can_be_released_again_at_its_address():
    by, what = coordinator(), content()
    first = actions.release(what, by=by)
    actions.take_down(first, by=by, reason="Nhầm")

    again = actions.release(what, by=by)

    assert (again.slug, again.version) == (first.slug, 2)
    assert Release.objects.current().get() == again


def test_two_things_of_one_name_get_two_addresses():
    by = coordinator()

    assert {released(by).slug, released(by).slug} == {"ke-hoach-15", "ke-hoach-15-2"}
