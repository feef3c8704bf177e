"""The outbox of e-mails: written in the transaction of what they tell, sent by the worker.

A letter is claimed before it is handed to the mail server and marked after the server's answer.
What the server refused, or never saw, is tried again later. Where the answer is missing (the
line broke, the worker died in between) the letter may have arrived: it stays in doubt, is not
repeated by itself, and a person decides.
"""

import smtplib
import ssl
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from danvan import clock
from danvan.files.models import Attachment

from . import rules
from .models import Letter

AT_ONCE = 200  # letters of one run; a run starts each minute
NOT_REACHED = (OSError, smtplib.SMTPException, ssl.SSLError)
# The server's own word that it did not take the letter, or nothing that can be sent; else in doubt.
REFUSED = (
    ValueError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)


def write(to: str, *, subject: str, body: str, attachment: Attachment | None = None) -> Letter:
    """Put a letter into the outbox; it goes, with its file, once what it tells is committed."""
    now = clock.now()
    return Letter.objects.create(
        to=to,
        subject=" ".join(subject.split())[:300],
        body=body,
        attachment=attachment,
        queued_at=now,
        next_try_at=now,
    )


def write_all(written: Iterable[tuple[str, str, str]]) -> list[Letter]:
    """The same of many letters without a file (to, subject, body), in one statement, in their order."""
    now = clock.now()
    return Letter.objects.bulk_create(
        Letter(
            to=to,
            subject=" ".join(subject.split())[:300],
            body=body,
            queued_at=now,
            next_try_at=now,
        )
        for to, subject, body in written
    )


def send_waiting(*, limit: int = AT_ONCE) -> int:
    """Send what is due; returns how many letters went. A server that is away ends the run."""
    if not settings.EMAIL_HOST:
        return 0
    sent = 0
    connection = mail.get_connection()
    try:
        for _turn in range(limit):
            letter = _claim()
            if letter is None or not _reach(connection, letter):
                break
            sent += _hand_over(connection, letter)
    finally:
        connection.close()
    return sent


def send_again(letter: Letter) -> None:
    """What was in doubt, or waits for its next try, is due now."""
    letter.handed_over_at, letter.next_try_at = None, clock.now()
    letter.save(update_fields=["handed_over_at", "next_try_at"])


@transaction.atomic
def _claim() -> Letter | None:
    """The next letter that is due, marked before anything of it is sent; no other worker gets it."""
    now = clock.now()
    due = Letter.objects.waiting().filter(next_try_at__lte=now)
    letter = due.select_for_update(skip_locked=True).order_by("next_try_at", "id").first()
    if letter is None:
        return None
    letter.handed_over_at, letter.tries = now, letter.tries + 1
    letter.save(update_fields=["handed_over_at", "tries"])
    return letter


def _reach(connection: BaseEmailBackend, letter: Letter) -> bool:
    try:
        connection.open()
    except NOT_REACHED as away:
        _postpone(letter, away)
        return False
    return True


def _hand_over(connection: BaseEmailBackend, letter: Letter) -> int:
    """1 where the server took it."""
    try:
        message = _message(letter)
    except OSError as unreadable:  # of its file: nothing has been handed over
        _postpone(letter, unreadable)
        return 0
    try:
        connection.send_messages([message])
    except REFUSED as refusal:
        _postpone(letter, refusal)
        return 0
    except NOT_REACHED as silence:
        letter.last_error = _words(silence)
        letter.save(update_fields=["last_error"])
        connection.close()
        return 0
    letter.sent_at, letter.body, letter.last_error = clock.now(), "", ""
    letter.save(update_fields=["sent_at", "body", "last_error"])
    return 1


def _postpone(letter: Letter, reason: Exception) -> None:
    letter.handed_over_at = None
    letter.next_try_at = clock.now() + rules.pause_after(letter.tries)
    letter.last_error = _words(reason)
    letter.save(update_fields=["handed_over_at", "next_try_at", "last_error"])


def _message(letter: Letter) -> mail.EmailMessage:
    """Its Message-ID is the letter's own, so that a mailbox knows it again."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip(">") or "danvan"
    headers = {
        "Message-ID": f"<{letter.pk}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    message = mail.EmailMessage(letter.subject, letter.body, sender, [letter.to], headers=headers)
    if letter.attachment is not None:
        with letter.attachment.content.open("rb") as stream:
            content = stream.read()
        message.attach(letter.attachment.name, content, letter.attachment.media_type)
    return message


def _words(reason: Exception) -> str:
    return f"{type(reason).__name__}: {reason}"[:500]


def last_failure() -> tuple[datetime, str] | None:
    """When the next try is and why the last one failed, of the letter that failed most lately."""
    failed = Letter.objects.filter(sent_at=None).exclude(last_error="").order_by("-next_try_at")
    found = failed.values_list("next_try_at", "last_error").first()
    return found if found else None
