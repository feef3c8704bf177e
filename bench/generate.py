"""Data to measure on. One generator, seeded; sizes grow with the issues that need them.

demo    the demo province with its past, and the year's plan confirmed as an officer would
"""

import io
from pathlib import Path

from django.core.management import call_command

from bench import database
from danvan import pipeline
from danvan.config.demo import org
from danvan.documents import actions as documents
from danvan.documents.models import Document
from danvan.org.actors import Actor, actor_of
from danvan.org.models import User


def demo() -> Path:
    """The folder of a database with the demo province; made once, kept for the next measurement."""
    call_command("demo", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Document.objects.filter(number="15/KH-UBND").exists():
        _confirm_plan(Path(org.__file__).with_name("plan.docx"), by=_coordinator())
    return database.FOLDER


def _coordinator() -> Actor:
    actor = actor_of(User.objects.get(username="dau.moi"))
    if actor is None:
        raise RuntimeError("the demo's coordinator holds no post today")
    return actor


def _confirm_plan(plan: Path, *, by: Actor) -> None:
    reading = documents.read(documents.take_in(plan.read_bytes(), plan.name, by=by))
    for meaning in pipeline.meanings(reading, documents.items(reading)).values():
        if meaning.is_open:
            documents.answer_name(reading, meaning.printed, by=by, means=[])
    pipeline.confirm(reading, by=by)
