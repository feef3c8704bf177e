from procrastinate.contrib.django import app

from . import actions
from .models import Reading


@app.task(name="documents.read", queue="reading")
def read(reading: str) -> None:
    """Read one queued document."""
    actions.read(Reading.objects.select_related("document__attachment").get(pk=reading))
