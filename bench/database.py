"""Importing this gives the benchmarks Django and a database of their own, apart from the demo's."""

import os
from pathlib import Path

import django

from danvan.config import embedded

FOLDER = Path("var/bench").resolve()

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
