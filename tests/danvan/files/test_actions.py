import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from danvan import clock
from danvan.files import actions
from danvan.files.models import Attachment

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 bien ban"


class Failed(Exception):
    """What goes wrong after a file was kept."""


def on_disk(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_keep_keeps_the_bytes_as_they_came(on_day):
    on_day(2024, 3, 18)

    actions.keep(PDF, "C:\\Tài liệu\\Biên bản.pdf")

    kept = Attachment.objects.get()
    with kept.content.open() as stream:
        assert stream.read() == PDF
    assert (kept.name, kept.media_type, kept.size) == ("Biên bản.pdf", "application/pdf", len(PDF))
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert kept.kept_at.astimezone(clock.ZONE).date() == date(2024, 3, 18)


def test_a_file_lies_under_its_hash_never_under_its_name():
    kept = actions.keep(PDF, "../../bien-ban.pdf")

    assert kept.content.name == f"{kept.sha256[:2]}/{kept.sha256}-{kept.pk}"


def test_the_same_bytes_kept_twice_are_two_attachments(settings):
    one, other = actions.keep(PDF, "a.pdf"), actions.keep(PDF, "b.pdf")

    assert one.sha256 == other.sha256
    assert len(on_disk(settings)) == 2


def test_the_name_says_what_the_content_is():
    assert actions.keep(PDF, "bien-ban.html").name == "bien-ban.html.pdf"


def test_a_kind_that_was_told_already_is_not_looked_for_again():
    kept = actions.keep(b"\xcb\xf6", "cu.txt", media_type="application/octet-stream")

    assert (kept.name, kept.media_type) == ("cu.txt", "application/octet-stream")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có nội dung"),  # an upload that was broken off
        (b"MZ\x90\x00\x03", "“trò chơi.pdf”"),  # a program under another name
        (b"PK\x03\x04 broken", "không thuộc loại nhận được"),
    ],
)
def test_what_is_no_accepted_file_is_refused_and_leaves_nothing(settings, data, said):
    with pytest.raises(actions.Refused, match=said):
        actions.keep(data, "/tải về/trò chơi.pdf")

    assert not Attachment.objects.exists()
    assert on_disk(settings) == []


def test_what_fails_after_keeping_leaves_no_file(settings):
    with pytest.raises(Failed), actions.atomic():
        actions.keep(PDF, "bien-ban.pdf")
        raise Failed

    assert not Attachment.objects.exists()
    assert on_disk(settings) == []


def test_what_fails_around_a_block_that_succeeded_leaves_no_file(settings):
    with pytest.raises(Failed), actions.atomic():
        with actions.atomic():
            actions.keep(PDF, "bien-ban.pdf")
        raise Failed

    assert on_disk(settings) == []


def test_what_fails_inside_takes_only_its_own_file(settings):
    with actions.atomic():
        outer = actions.keep(PDF, "bien-ban.pdf")
        with pytest.raises(Failed), actions.atomic():
            actions.keep(PDF, "phu-luc.pdf")
            raise Failed

    assert Attachment.objects.get() == outer
    assert on_disk(settings) == [settings.MEDIA_ROOT / outer.content.name]


def test_a_row_that_the_database_refuses_leaves_no_file(settings):
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.keep(PDF, "bien-ban.pdf", media_type="x" * 121)

    assert on_disk(settings) == []
