from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from .models import Definition


@transaction.atomic
def load(folder: Path) -> int:
    """Load every `*.yaml` of a stage's data folder; the file's name is the kind of its rows.

    A row already there under its version stays as it is; returns how many are new.
    A row: `code`, `version` (1), `valid_from`, `valid_to` (open), `source`, and its body.
    """
    rows = [row for path in sorted(folder.glob("*.yaml")) for row in _rows(path)]
    known = set(Definition.objects.values_list("kind", "code", "version"))
    fresh = [row for row in rows if (row.kind, row.code, row.version) not in known]
    Definition.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def put(kind: str, code: str, body: dict[str, Any], *, source: str, valid_from: date) -> Definition:
    """A new version of a definition, in force from a day on; what was there before stays.

    Who puts it, and whether he may, is its caller's to ask and to record.
    """
    known = Definition.objects.select_for_update().filter(kind=kind, code=code)
    version = max(known.values_list("version", flat=True), default=0) + 1
    return Definition.objects.create(
        kind=kind,
        code=code,
        version=version,
        validity=DateRange(valid_from, None),
        source=source,
        body=body,
    )


def _rows(path: Path) -> Iterator[Definition]:
    for row in yaml.safe_load(path.read_text("utf-8")):
        yield _row(path.stem, dict(row))


def _row(kind: str, row: dict[str, Any]) -> Definition:
    start: date = row.pop("valid_from")
    return Definition(
        kind=kind,
        code=row.pop("code"),
        version=row.pop("version", 1),
        validity=DateRange(start, row.pop("valid_to", None)),
        source=row.pop("source"),
        body=row,
    )
