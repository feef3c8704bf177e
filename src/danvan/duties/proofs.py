"""What proves a result, and how it is kept."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents.models import Document
from danvan.files import actions as files
from danvan.files import photos
from danvan.files.rules import media_type
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted

from .holding import AT_ONCE
from .models import Assignment, Evidence


@dataclass(frozen=True)
class Proof:
    """What is handed in: words, a file, a document, or several of them."""

    note: str = ""
    file: tuple[bytes, str] | None = None  # content, name
    document: Document | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.note.strip() or self.file or self.document)

    @property
    def kept(self) -> tuple[bytes, str] | None:
        """The file as it is kept: a photograph without where and by whom it was taken."""
        if self.file is None:
            return None
        content, name = self.file
        return photos.without_place(content, media_type(content)), name


def was_put_by(assignment: Assignment, proof: Proof, by: Actor) -> bool:
    """The same by the same person within a minute is a double click."""
    just_now = assignment.evidence.filter(by_name=by.name, at__gte=clock.now() - AT_ONCE)
    sent = hashlib.sha256(proof.kept[0]).hexdigest() if proof.kept else None
    return just_now.filter(
        note=proof.note.strip(), document=proof.document, attachment__sha256=sent
    ).exists()


def keep(assignment: Assignment, proof: Proof, by: Actor) -> str:
    """Keep what proves the result; returns what the audit says of it."""
    if proof.is_empty:
        raise NotAccepted(_("Chưa có minh chứng. Kéo tệp vào, hoặc ghi kết quả bằng lời."))
    attachment = files.keep(*proof.kept) if proof.kept else None
    Evidence.objects.create(
        assignment=assignment,
        attachment=attachment,
        document=proof.document,
        note=proof.note.strip(),
        by_name=by.name,
        at=clock.now(),
    )
    named = (proof.note.strip(), attachment and attachment.name, proof.document)
    return "; ".join(str(one) for one in named if one)
