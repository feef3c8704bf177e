"""A real PostgreSQL for the tests: the one named by DATABASE_URL, or one of our own in `var/`.

Tests run with the application's role, so that a right it lacks is found here.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

os.environ["DANVAN_AS_OWNER"] = "1"
os.environ.setdefault("DANVAN_VAR", str(ROOT / "var" / "test"))
if "DATABASE_URL" not in os.environ:
    from danvan.config import embedded

    os.environ.update(embedded.start(ROOT / "var" / "test" / "postgres"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from django.core.management import call_command
    from django.db import connection

    from danvan.config import database, setup

    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        database.grant_to_application()
        setup.load_definitions()
        connection.close()
        connection.settings_dict["OPTIONS"]["options"] = f"-c role={database.APPLICATION}"
    yield
    with django_db_blocker.unblock():
        connection.close()
        del connection.settings_dict["OPTIONS"]["options"]


@pytest.fixture(autouse=True)
def quiet_files(settings, tmp_path):
    """Files that a test keeps go with the test; static files need no building."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def on_day(settings):
    """Fix today: on_day(2024, 3, 18)."""
    from datetime import date

    def fix(year: int, month: int, day: int) -> date:
        settings.DANVAN_TODAY = date(year, month, day)
        return settings.DANVAN_TODAY

    return fix


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the source documents are not beside this checkout")
    return SHARED
