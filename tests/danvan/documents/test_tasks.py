from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from danvan.documents import tasks

pytestmark = pytest.mark.django_db


def being_read(beat: str) -> int:
    """A job that a worker holds whose heart last beat so long ago."""
    job = tasks.read.defer(reading="01a20242-982c-7706-99ca-e16434f7bb21")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) "
            "RETURNING id",
            [beat],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job],
        )
    return job


@pytest.mark.parametrize(("beat", "status"), [("1 hour", "todo"), ("1 second", "doing")])
def test_a_reading_whose_worker_died_is_queued_again(beat, status):
    job = being_read(beat)

    async_to_sync(tasks.resume.func)(SimpleNamespace(app=app), 0)

    assert ProcrastinateJob.objects.get(pk=job).status == status
