"""How fast units come in from a workbook, and the whole country from the package."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from bench import generate
from danvan.config import setup
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.country import loading
from danvan.org.importing import drafts, previewing, taking_in
from danvan.org.models import User
from danvan.org.sheets.shape import Row
from danvan.org.sheets.writing import write

DAY = date(2025, 7, 1)
COMMUNES = 5_000
TOP = {
    "name": "UBND tỉnh Tân Giang",
    "kind": "Ủy ban nhân dân",
    "level": "Cấp tỉnh",
    "since": "2025-07-01",
}
COMMUNE = {**TOP, "level": "Cấp xã", "parent": TOP["name"]}


def figures() -> dict[str, dict[str, Any]]:
    with generate.empty_database():
        start = time.perf_counter()
        loaded = loading.load()
        loading_took = time.perf_counter() - start
    with generate.empty_database():
        setup.load_definitions()
        previewing_took, confirming_took, rows = _imported()
    size = f"{rows} rows of a workbook"
    return {
        "country.load": _seconds(loading_took, f"{loaded} units, read from their files"),
        "import.preview": _seconds(previewing_took, size),
        "import.confirm": _seconds(confirming_took, size),
    }


def _imported() -> tuple[float, float, int]:
    user = User.objects.create(username="quan.tri")
    by = Actor(user_id=user.pk, name="Nguyễn Thị Mai", role=Role.ADMINISTRATOR, unit=None)
    districts = [
        {**COMMUNE, "level": "Cấp huyện", "name": f"UBND huyện {number}"} for number in range(50)
    ]
    communes = [
        {**COMMUNE, "name": f"UBND xã {number}", "parent": f"UBND huyện {number % 50}"}
        for number in range(COMMUNES)
    ]
    units = [TOP, *districts, *communes]
    book = write([Row("units", at, cells) for at, cells in enumerate(units, start=2)])
    start = time.perf_counter()
    made = drafts.draft(book, "don-vi.xlsx", default_on=DAY, by=by)
    looked = previewing.preview(made, by=by)
    shown = time.perf_counter()
    done = taking_in.confirm(made, seen_as=looked.digest, by=by)
    if done.counts != {"new": len(units)}:
        raise RuntimeError(f"not all came in: {done.counts}")
    return shown - start, time.perf_counter() - shown, len(units)


def _seconds(value: float, size: str) -> dict[str, Any]:
    return {"value": round(value, 1), "unit": "s", "size": size}
