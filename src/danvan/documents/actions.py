import logging
from collections.abc import Iterable
from datetime import date
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import vanban
from danvan import clock
from danvan.audit.actions import NOTHING, Seen, record, seen
from danvan.files import actions as files
from danvan.files import rules as file_rules
from danvan.org.access import require
from danvan.org.actors import SYSTEM, Actor
from danvan.refusals import NotAccepted
from vanban import apart

from . import access, notices, rules, validity
from .choices import CitationStanding, ReadingState, Relation, Verdict
from .citations import cards, citing
from .citations.naming import name
from .models import Annex, Citation, Correction, Document, Reading, squeeze

_PICTURE_SECONDS = 20  # somebody waits for it
_PICTURE_MEGABYTES = 1_536
_PICTURE_PATIENCE = 5  # seconds that one waits for others' pictures
_PICTURES = BoundedSemaphore(2)  # drawn at one time; threads that serve other people are left free
_HARD_FOR = 10 * 60  # seconds in which a picture that could not be drawn is not tried again
_FAILED = gettext_lazy(
    "Chưa đọc được tệp “%(name)s” vì lỗi của hệ thống. Tải tệp lên lại; nếu vẫn lỗi, báo cho quản trị hệ thống."
)
_SAID = {
    Verdict.CONFIRM: "item_confirmed",
    Verdict.CORRECT: "item_corrected",
    Verdict.DROP: "item_dropped",
    Verdict.ADD: "item_added",
}
_logger = logging.getLogger(__name__)


class Clash(NotAccepted):
    """Another document has this number, issuer and date."""

    def __init__(self, document: Document, other: Document) -> None:
        self.other = other
        super().__init__(
            _(
                "Văn bản số %(number)s cùng cơ quan, cùng ngày đã có trong danh sách. Mở văn bản đã có, hoặc sửa số, ngày ở đầu văn bản."
            )
            % {"number": document.number}
        )


class Busy(Exception):
    """Too many ask for the same kind of work; to be asked again in some seconds."""


@files.atomic()
def take_in(data: bytes, name: str, *, by: Actor) -> Reading:
    """Keep a file as a document, to be read.

    Raises vanban.Unreadable for what cannot be opened; then nothing is kept.
    """
    require(access.can_hand_in(by))
    apart.check(data, name)
    attachment = files.keep(data, name, media_type=file_rules.media_type(data) or file_rules.TEXT)
    document = Document.objects.create(
        attachment=attachment, filed_by=by.own_unit, filed_at=clock.now()
    )
    reading = Reading.objects.create(document=document, queued_at=clock.now())
    record(
        document,
        "taken_in",
        by=by,
        before=NOTHING,
        name=attachment.name,
        sha256=attachment.sha256,
    )
    return reading


def read(reading: Reading) -> Reading:
    """Read a queued document, in a process of its own; done once stays as it was read."""
    claimed = Reading.objects.filter(
        pk=reading.pk, state__in=[ReadingState.QUEUED, ReadingState.READING]
    )
    if not claimed.update(state=ReadingState.READING):
        reading.refresh_from_db()
        return reading
    document = reading.document
    try:
        found = apart.read(
            _content(document),
            document.file_name,
            seconds=settings.DANVAN_READING_SECONDS,
            megabytes=settings.DANVAN_READING_MEGABYTES,
        )
        _keep(reading, found)
    except vanban.Unreadable as reason:
        _give_up(reading, str(reason))
    except Exception:  # whatever it is, nobody waits for ever for this reading
        _logger.exception("reading %s", reading.pk)
        _give_up(reading, _FAILED % {"name": document.file_name})
    reading.refresh_from_db()
    return reading


@transaction.atomic
def _give_up(reading: Reading, problem: str) -> None:
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.UNREADABLE, problem=problem)
    record(reading.document, "unreadable", by=SYSTEM, reason=problem)
    notices.unreadable(reading.document)


def picture(document: Document, page: int, *, width: int) -> bytes:
    """A page of the file, from 1, as PNG of `width` pixels. Raises vanban.Unreadable, Busy.

    Drawn once for all who look at it within the hour; who may see it is asked before.
    """
    name, sha256 = document.file_name, document.file.sha256
    drawn = f"{sha256}.{page}.{width}"
    if kept := caches["pictures"].get(drawn):
        return bytes(kept)
    key = f"documents.picture.{document.attachment_id}.{page}"
    if refusal := cache.get(key):
        raise vanban.Unreadable(*refusal)
    if not _PICTURES.acquire(timeout=_PICTURE_PATIENCE):
        raise Busy
    try:
        data = apart.picture(
            _content(document),
            name,
            page,
            width,
            seconds=_PICTURE_SECONDS,
            megabytes=_PICTURE_MEGABYTES,
        )
    except vanban.Unreadable as reason:
        cache.set(key, (reason.code, str(reason)), _HARD_FOR)
        raise
    finally:
        _PICTURES.release()
    caches["pictures"].set(drawn, data)
    return data


def _content(document: Document) -> bytes:
    with document.file.content.open("rb") as stream:
        content: bytes = stream.read()
    return content


@transaction.atomic
def _keep(reading: Reading, found: dict[str, Any]) -> None:
    reading.text = found.pop("text")
    reading.result = found
    reading.reader_version = vanban.READER_VERSION
    reading.state = ReadingState.READ
    reading.read_at = clock.now()
    reading.save()
    was = seen(reading.document)
    _describe(reading.document, rules.header_of(rules.items(found, [])))
    reading.document.save()
    record(reading.document, "read", by=SYSTEM, before=was, reader=vanban.READER_VERSION)
    notices.read(reading.document)


def _describe(document: Document, header: dict[str, Any]) -> None:
    """Put the header's fields on the document."""
    period = header.get("period") or {}
    document.number = (header.get("number") or "")[:80]
    document.number_squeezed = squeeze(document.number)[:80]
    document.kind = (header.get("kind") or "")[:60]
    document.title = header.get("title") or ""
    document.issuer = (header.get("issuer") or "")[:300]
    document.issued_on = rules.as_date(header.get("date"))
    document.place = (header.get("place") or "")[:120]
    document.authority = (header.get("authority") or "")[:300]
    document.signer_role = (header.get("signer_role") or "")[:200]
    document.signer = (header.get("signer") or "")[:120]
    document.recipients = [entry[:500] for entry in header.get("recipients") or []]
    document.planned_from = str(period.get("from") or "")[:4]
    document.planned_to = str(period.get("to") or "")[:4]
    name(document)


@transaction.atomic
def correct(
    reading: Reading,
    *,
    by: Actor,
    item: str,
    verdict: Verdict,
    values: dict[str, Any] | None = None,
) -> Correction:
    """Say of one item that it is right, wrong so, or no item; or add one.

    Said twice is said once. A confirmed reading stays as it is.
    """
    reading = _open(reading, by)
    before = reading.corrections.filter(item=item, undone_at=None).last()
    said = {**(before.values if before else {}), **(values or {})}
    if before is not None and (before.verdict, before.values) == (verdict, said):
        return before
    correction = Correction.objects.create(
        reading=reading,
        item=item,
        verdict=verdict,
        values=said,
        by_user=by.own_id,
        by_name=by.name,
        at=clock.now(),
    )
    was = _as_read(reading, item) | (before.values if before else {})
    now = {} if verdict == Verdict.DROP else was | said
    record(reading.document, _SAID[verdict], by=by, before=was, after=now, item=item)
    return correction


def _as_read(reading: Reading, item: str) -> Seen:
    """What the machine read of an item; nothing of one that a person adds."""
    known = {one.key: one for kind in rules.items(reading.result, []).values() for one in kind}
    return dict(known[item].values) if item in known else {}


@transaction.atomic
def confirm_items(reading: Reading, *, by: Actor, items: Iterable[str]) -> int:
    """Say of many items at once that they are right; what was said of an item before stays."""
    reading = _open(reading, by)
    said = set(reading.corrections.filter(undone_at=None).values_list("item", flat=True))
    made = [
        Correction(
            reading=reading,
            item=item,
            verdict=Verdict.CONFIRM,
            by_user=by.own_id,
            by_name=by.name,
            at=clock.now(),
        )
        for item in dict.fromkeys(items)
        if item not in said
    ]
    Correction.objects.bulk_create(made)
    if made:
        record(reading.document, "items_confirmed", by=by, items=[one.item for one in made])
    return len(made)


@transaction.atomic
def undo(reading: Reading, *, by: Actor, item: str) -> None:
    """Take back the newest word on an item; what was said before holds again."""
    reading = _open(reading, by)
    newest = reading.corrections.filter(item=item, undone_at=None).last()
    if newest is not None:
        newest.undone_at = clock.now()
        newest.save(update_fields=["undone_at"])
        record(reading.document, "item_undone", by=by, before=newest.values, after={}, item=item)


def _open(reading: Reading, by: Actor) -> Reading:
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    require(access.can_proofread(by, reading))
    if reading.state != ReadingState.READ:
        raise NotAccepted(_("Kết quả đọc đã được xác nhận nên không sửa được nữa."))
    return reading


def items(reading: Reading) -> dict[str, list[rules.Item]]:
    """The reading's items by kind, with people's corrections on top."""
    said = [
        rules.Said(one.item, Verdict(one.verdict), one.values)
        for one in reading.corrections.filter(undone_at=None)
    ]
    return rules.items(reading.result, said)


def earlier(document: Document, *, by: Actor) -> Document | None:
    """The same file, or the same number of the same body and day, that was taken in before."""
    same = Q(attachment__sha256=document.file.sha256)
    if document.number_squeezed and document.issued_on:
        same |= Q(
            number_squeezed=document.number_squeezed,
            issuer_key=document.issuer_key,
            issued_on=document.issued_on,
        )
    before = Q(filed_at__lt=document.filed_at) | Q(registered_on__isnull=False)
    with_file = access.visible_to(by).filter(attachment__isnull=False)
    found = with_file.filter(same, before).exclude(pk=document.pk)
    return found.select_related("attachment").order_by("filed_at").first()


NAMES = "names:"  # what a person answered to a printed name that resolves to none


@transaction.atomic
def answer_name(reading: Reading, printed: str, *, by: Actor, means: list[str]) -> Correction:
    """Say which units (ids) a printed name means in this document; none: it is laid on nobody."""
    return correct(
        reading,
        by=by,
        item=f"{NAMES}{printed}"[:300],
        verdict=Verdict.CORRECT,
        values={"units": means, "printed": printed},
    )


def answers(reading: Reading) -> dict[str, list[str]]:
    """Printed name → unit ids, as people answered."""
    said = reading.corrections.filter(undone_at=None, item__startswith=NAMES)
    return {one.values["printed"]: one.values["units"] for one in said}


@transaction.atomic
def confirm(reading: Reading, *, by: Actor) -> Document:
    """Register the document as it was proofread, with its citations. Done once stays as it was."""
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    require(access.can_proofread(by, reading))
    document = reading.document
    if reading.state == ReadingState.PROOFREAD:
        return document
    if reading.state != ReadingState.READ:
        raise NotAccepted(_("Văn bản chưa đọc xong. Chờ đọc xong rồi xác nhận."))
    if document.discarded_at is not None:
        raise NotAccepted(_("Văn bản này đã bỏ. Khôi phục văn bản rồi xác nhận."))
    found = items(reading)
    was = seen(document)
    document.registered_on = clock.today()
    _describe(document, rules.header_of(found))
    if (other := cards.identical(document)) is not None:
        raise Clash(document, other)
    cards.give_place(document, by=by)
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as clash:
        raise NotAccepted(
            _(
                "Văn bản số %(number)s cùng cơ quan, cùng ngày vừa được đăng ký. Tải lại trang để xem."
            )
            % {"number": document.number}
        ) from clash
    citing.cite(document, rules.kept(found["citations"]), reading.text)
    validity.begin(document, reading.text)
    citing.settle([document])
    reading.state = ReadingState.PROOFREAD
    reading.save(update_fields=["state"])
    record(document, "proofread", by=by, before=was, corrections=reading.corrections.count())
    return document


def cited(citations: list[rules.Item], *, before: date | None = None) -> dict[str, Document]:
    """The registered document that each citation means, where there is no doubt.

    `before` is the day of the document that cites: it cites nothing of a later day.
    """
    return citing.meant(citations, before=before)


@transaction.atomic
def concretise(lower: Document, upper: Document, *, by: Actor) -> Citation:
    """Say that one document carries out another. Said twice is said once."""
    link, is_new = Citation.objects.get_or_create(
        document=lower,
        target=upper,
        relation=Relation.CONCRETISES,
        defaults={
            "kind": upper.kind,
            "number": upper.number,
            "issued_on": upper.issued_on,
            "issuer": upper.issuer,
            "number_squeezed": upper.number_squeezed,
            "standing": CitationStanding.RESOLVED,
            "settled_by": by.name,
            "settled_at": clock.now(),
        },
    )
    if is_new:
        record(lower, "concretises", by=by, upper=str(upper))
    return link


@transaction.atomic
def cut_concretising(lower: Document, upper: Document, *, by: Actor, reason: str) -> None:
    """Take back what a person said without a citation behind it, at the hand-in of a plan.

    What a citation says is changed at that citation. Said twice is said once.
    """
    require(access.can_settle(by))
    if not reason.strip():
        raise NotAccepted(_("Ghi lý do cắt liên kết."))
    links = said_to_concretise(lower, upper).select_for_update()
    if list(links):
        links.delete()
        record(lower, "concretising_cut", by=by, upper=str(upper), reason=reason.strip())


def said_to_concretise(lower: Document, upper: Document) -> QuerySet[Citation]:
    """The link that a person made between two documents beside the text."""
    return Citation.objects.filter(
        document=lower, target=upper, relation=Relation.CONCRETISES, start=None
    ).exclude(settled_by="")


@transaction.atomic
def discard(document: Document, *, by: Actor, reason: str) -> Document:
    """Set aside a file that was uploaded by mistake: it leaves the lists, nothing is deleted."""
    document = _locked(document)
    require(access.can_discard(by, document))
    if document.discarded_at is not None:
        return document
    if document.registered_on is not None:
        raise NotAccepted(_("Văn bản đã vào sổ nên không bỏ được."))
    if rests_on(document):
        raise NotAccepted(
            _("Có việc, báo cáo hoặc văn bản khác đang dùng tệp này nên không bỏ được.")
        )
    was = seen(document)
    document.discarded_at = clock.now()
    document.save(update_fields=["discarded_at"])
    record(document, "discarded", by=by, before=was, reason=reason)
    return document


def rests_on(document: Document) -> bool:
    """Whether anything but its own reading and annexes points to it."""
    own = {Reading, Annex}
    return any(
        relation.related_model not in own
        and relation.related_model._base_manager.filter(**{relation.field.name: document}).exists()
        for relation in Document._meta.related_objects
    )


@transaction.atomic
def restore(document: Document, *, by: Actor) -> Document:
    """Take back a file that was set aside."""
    document = _locked(document)
    require(access.can_discard(by, document))
    if document.discarded_at is not None:
        was = seen(document)
        document.discarded_at = None
        document.save(update_fields=["discarded_at"])
        record(document, "restored", by=by, before=was)
    return document


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


@files.atomic()
def annex(document: Document, data: bytes, name: str, *, title: str, by: Actor) -> Annex:
    """Keep a further file of a document: “Phụ lục I”. The same file is kept once."""
    document = _locked(document)
    require(access.can_check(by, document))
    attachment = files.keep(data, name, media_type=file_rules.media_type(data) or file_rules.TEXT)
    kept = document.annexes.filter(attachment__sha256=attachment.sha256).first()
    if kept is not None:
        return kept
    made = Annex.objects.create(
        document=document,
        attachment=attachment,
        title=title[:300],
        place=document.annexes.count() + 1,
    )
    record(document, "annexed", by=by, title=made.title, name=attachment.name)
    return made
