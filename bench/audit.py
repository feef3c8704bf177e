"""How fast the journal is chained and read: 100,000 entries sealed, then verified, in one process."""

from __future__ import annotations

import time
import tracemalloc
from typing import Any

from django.core.management import call_command
from django.db import connection
from uuid_utils.compat import uuid7

from bench import database
from danvan import clock
from danvan.audit import sealing, verifying
from danvan.audit.models import AuditEntry, Digest, Seal

SIZE = 100_000


def figures() -> dict[str, dict[str, Any]]:
    call_command("prepare", verbosity=0)
    _empty()
    _write()
    start = time.perf_counter()
    sealed = sealing.sweep()
    sealing_took = time.perf_counter() - start
    start = time.perf_counter()
    found = verifying.verify()
    verifying_took = time.perf_counter() - start
    assert sealed == found.entries == SIZE and found.is_intact, found
    tracemalloc.start()
    verifying.verify()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = f"{SIZE} entries"
    _empty()
    return {
        "audit.seal": {"value": round(SIZE / sealing_took), "unit": "entries/s", "size": size},
        "audit.verify": {"value": round(SIZE / verifying_took), "unit": "entries/s", "size": size},
        "audit.verify.memory": {"value": round(peak / 2**20, 1), "unit": "MB", "size": size},
    }


def _empty() -> None:
    tables = ", ".join(one._meta.db_table for one in (AuditEntry, Seal, Digest))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")
    (database.FOLDER / "audit-head").unlink(missing_ok=True)


def _write() -> None:
    """As an officer's submission leaves it: four fields before and after, a sentence of why."""
    now, subject = clock.now(), uuid7()
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                at=now,
                by_name="Nguyễn Thị Mai",
                by_post="Cán bộ phụ trách, Sở Tư pháp",
                address="10.0.0.5",
                verb="submitted",
                subject_kind="duties.assignment",
                subject=subject,
                subject_label=f"Gửi báo cáo quý {number}, Sở Tư pháp",
                before={"state": "in_progress", "handed_in_at": None, "remark": "Thiếu phụ lục"},
                after={"state": "submitted", "handed_in_at": "2024-03-18T09:00:00+07:00"},
                reason="",
                details={"evidence": "Báo cáo quý I/2024, bản 1; bao-cao.docx"},
            )
            for number in range(SIZE)
        ),
        batch_size=5000,
    )
