"""Importing this gives the benchmarks Django and a database of their own, apart from the demo's."""

import hashlib
import os
import shutil
from pathlib import Path

import django

from danvan.config import embedded

FOLDER = Path("var/bench").resolve()
MIGRATIONS = sorted(Path(__file__).resolve().parents[1].glob("src/danvan/*/migrations/*.py"))


def _clear_if_older() -> None:
    """Migrations may change in place: a database made by others is made anew."""
    schema = hashlib.sha256(b"".join(one.read_bytes() for one in MIGRATIONS)).hexdigest()
    kept = FOLDER / "schema"
    if FOLDER.exists() and (not kept.exists() or kept.read_text() != schema):
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept.write_text(schema)


_clear_if_older()

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "danvan.config.settings",
    "DANVAN_VAR": str(FOLDER),
    "DANVAN_DEMO": "1",
    "DANVAN_TODAY": "2024-03-18",
    "DANVAN_AS_OWNER": "1",
    "DANVAN_HOSTS": "localhost,testserver",
    **embedded.start(FOLDER / "postgres"),
}
django.setup()
