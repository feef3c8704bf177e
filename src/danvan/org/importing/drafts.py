"""The rows of a file, kept to be looked at."""

import hashlib
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from danvan import clock
from danvan.audit.actions import record
from danvan.org import access
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.choices import ImportState
from danvan.org.models import OrgImport
from danvan.org.sheets.apart import read_apart


def drafts_of(by: Actor) -> QuerySet[OrgImport]:
    """Each sees the imports that he began."""
    require(access.can_change_units(by))
    return OrgImport.objects.filter(made_by=by.own_id)


@transaction.atomic
def draft(data: bytes, name: str, *, default_on: date, by: Actor) -> OrgImport:
    """Keep the rows of a file to be looked at. Raises NotRead. The file itself is not kept."""
    require(access.can_change_units(by))
    book = read_apart(data)
    made = OrgImport.objects.create(
        file_name=name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        default_on=default_on,
        rows=[asdict(row) for row in book.rows],
        passed_over=book.passed_over[:100],
        made_by_id=by.own_id,
        made_at=clock.now(),
    )
    record(made, "import_begun", by=by, rows=len(book.rows))
    return made


@transaction.atomic
def cancel(subject: OrgImport, *, by: Actor) -> OrgImport:
    """Leave an import that was not taken in; its rows go."""
    found = drafts_of(by).select_for_update(of=("self",)).get(pk=subject.pk)
    if found.state != ImportState.PREVIEWED:
        return found
    found.state, found.rows = ImportState.CANCELLED, []
    found.save()
    record(found, "import_cancelled", by=by)
    return found
