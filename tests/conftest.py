"""A real PostgreSQL for the tests: the one named by DATABASE_URL, or one of our own in `var/`.

Tests run with the application's role, so that a right it lacks is found here.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from danvan.config import database, embedded, setup

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def database_environment():
    """The environment that leads to the database server of the tests."""
    if "DATABASE_URL" not in os.environ:
        os.environ.update(embedded.start(ROOT / "var" / "test" / "postgres"))
    return {key: os.environ[key] for key in os.environ if key.startswith("DATABASE_")}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_environment):
    connection.settings_dict.update(
        {
            key: value
            for key, value in database.settings(as_owner=True).items()
            if key not in {"ENGINE", "TEST"}
        }
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    options = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        database.grant_to_application()
        setup.load_definitions()
        connection.close()
        options["options"] = f"-c role={database.APPLICATION}"
    yield
    with django_db_blocker.unblock():
        connection.close()
        del options["options"]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Files that a test keeps go with the test; static files need no building."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DANVAN_AUDIT_HEAD = tmp_path / "audit-head"
    pictures = settings.CACHES["pictures"] | {"LOCATION": tmp_path / "pictures"}
    settings.CACHES = settings.CACHES | {"pictures": pictures}
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def on_day(settings):
    """Fix today: on_day(2024, 3, 18)."""

    def fix(year: int, month: int, day: int) -> date:
        settings.DANVAN_TODAY = date(year, month, day)
        return settings.DANVAN_TODAY

    return fix


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the source documents are not beside this checkout")
    return SHARED
