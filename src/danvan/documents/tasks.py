import contextlib

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from . import actions
from .models import Reading


@app.task(name="documents.read", queue="reading")
def read(reading: str) -> None:
    """Read one queued document."""
    actions.read(Reading.objects.select_related("document__attachment").get(pk=reading))


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="documents.resume", queue="reading", queueing_lock="documents.resume", pass_context=True
)
async def resume(context: JobContext, timestamp: int) -> None:
    """Queue again what a worker was reading when it died: its heart has stopped beating."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(task_name="documents.read"):
        with contextlib.suppress(AlreadyEnqueued):
            await manager.retry_job(job)
