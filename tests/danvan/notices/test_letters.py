"""The outbox against a real mail server, also one that is dead, refuses or hangs up."""

import email
import socket
from datetime import timedelta
from email import policy

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from danvan import clock
from danvan.notices import letters, rules, tasks
from danvan.notices.models import Letter
from tests.factories import AttachmentFactory

from .sink import sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with sink() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "danvan@tinh.example"
        yield running


@pytest.fixture
def dead_server(settings):
    """A port at which nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def a_letter(to="phuong@tinh.example"):
    return letters.write(to, subject="Lời\nmời", body="Mở đường dẫn: https://x/bi-mat")


def later(**time):
    return clock.at(clock.now() + timedelta(**time))


def test_a_letter_is_sent_once_and_its_words_are_forgotten(server):
    letter = a_letter()

    assert letters.send_waiting() == 1
    with later(days=2):
        assert letters.send_waiting() == 0

    sent = email.message_from_string(server.taken[0])
    assert len(server.taken) == 1
    assert sent["To"] == "phuong@tinh.example"
    assert sent["From"] == "danvan@tinh.example"
    assert sent["Message-ID"] == f"<{letter.pk}@tinh.example>"
    assert "bi-mat" in sent.get_payload(decode=True).decode()
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert letter.body == ""


def test_a_letter_carries_its_file(server):
    with_annex = AttachmentFactory(
        name="Kế hoạch.pdf",
        media_type="application/pdf",
        content=ContentFile(b"%PDF-1.7 ke hoach", name="ke-hoach.pdf"),
    )
    letters.write("phuong@tinh.example", subject="Thư", body="Kèm.", attachment=with_annex)

    assert letters.send_waiting() == 1

    _words, carried = email.message_from_string(server.taken[0], policy=policy.default).iter_parts()
    assert carried.get_filename() == "Kế hoạch.pdf"
    assert carried.get_payload(decode=True) == b"%PDF-1.7 ke hoach"


def test_a_letter_whose_file_cannot_be_opened_waits_and_is_not_in_doubt(server):
    gone = AttachmentFactory()
    gone.content.delete(save=False)
    letter = letters.write("phuong@tinh.example", subject="Thư", body="Kèm.", attachment=gone)

    assert letters.send_waiting() == 0

    letter.refresh_from_db()
    assert letter.handed_over_at is None
    assert "FileNotFoundError" in letter.last_error


def test_the_clock_starts_the_sending(server):
    a_letter()

    tasks.send.func(timestamp=0)

    assert len(server.taken) == 1


def test_a_letter_whose_transaction_was_taken_back_is_not_there(server):
    with transaction.atomic():
        a_letter()
        transaction.set_rollback(True)

    assert letters.send_waiting() == 0
    assert server.taken == []


def test_a_dead_server_delays_and_loses_none(dead_server, settings):
    first, second = a_letter(), a_letter("khai@tinh.example")

    assert letters.send_waiting() == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tries, second.tries) == (1, 0)  # one was enough to know
    assert first.handed_over_at is None
    assert "Refused" in first.last_error
    assert letters.last_failure()[1] == first.last_error

    with sink() as running, later(minutes=2):
        settings.EMAIL_PORT = running.port
        assert letters.send_waiting() == 2
        assert len(running.taken) == 2
    assert Letter.objects.waiting().count() == 0
    assert letters.last_failure() is None


def test_it_is_tried_later_and_later(dead_server):
    letter = a_letter()
    waited = []

    for _try in range(8):
        letter.refresh_from_db()
        with clock.at(letter.next_try_at):
            letters.send_waiting()
            before = clock.now()
        letter.refresh_from_db()
        waited.append(round((letter.next_try_at - before).total_seconds() / 60))

    assert waited == [1, 5, 15, 60, 240, 720, 1440, 1440]
    assert rules.pause_after(1) == timedelta(minutes=1)


def test_what_the_server_refuses_waits_and_the_next_goes(server):
    server.refuses = "550 no such mailbox"
    refused = a_letter()
    letters.send_waiting()
    server.refuses = ""
    a_letter("khai@tinh.example")

    assert letters.send_waiting() == 1

    refused.refresh_from_db()
    assert (refused.sent_at, refused.handed_over_at, refused.tries) == (None, None, 1)
    assert "550" in refused.last_error
    assert refused.body != ""


def test_a_letter_without_an_answer_is_in_doubt_and_not_sent_twice(server):
    server.hangs_up = True
    letter = a_letter()
    letters.send_waiting()
    server.hangs_up = False

    with later(days=3):
        assert letters.send_waiting() == 0

    assert len(server.taken) == 1
    assert list(Letter.objects.in_doubt()) == [letter]
    letter.refresh_from_db()
    letters.send_again(letter)
    assert letters.send_waiting() == 1


def test_what_a_worker_was_sending_when_it_died_is_in_doubt(server):
    letter = a_letter()
    letters._claim()  # and then the power failed

    with later(days=3):
        assert letters.send_waiting() == 0
    assert list(Letter.objects.in_doubt()) == [letter]


def test_without_a_server_letters_wait_untouched(settings):
    settings.EMAIL_HOST = ""
    letter = a_letter()

    assert letters.send_waiting() == 0
    letter.refresh_from_db()
    assert letter.tries == 0
