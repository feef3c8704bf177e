"""Data to measure on. One generator, seeded; sizes grow with the issues that need them.

demo    the demo province with its past, and the year's plan confirmed as an officer would
"""

import io
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command

from bench import database
from danvan import pipeline
from danvan.config.demo import org
from danvan.documents import actions as documents
from danvan.documents.models import Document
from danvan.org.actors import Actor, actor_of
from danvan.org.models import User
from danvan.periods import Period
from danvan.reports import actions as reports
from danvan.scores import actions as scores


def demo() -> Path:
    """The folder of a database with the demo province; made once, kept for the next measurement."""
    call_command("demo", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Document.objects.filter(number="15/KH-UBND").exists():
        coordinator = _actor("dau.moi")
        _confirm_plan(Path(org.__file__).with_name("plan.docx"), by=coordinator)
        pipeline.close(Period(2024, "Q1"), by=coordinator)
        _begin_report_and_sheet(coordinator)
    return database.FOLDER


def _actor(username: str) -> Actor:
    actor = actor_of(User.objects.get(username=username))
    if actor is None:
        raise RuntimeError(f"{username} holds no post today")
    return actor


def _begin_report_and_sheet(coordinator: Actor) -> None:
    """A draft of the officer's report, and a sheet that waits for appraisal."""
    officer = _actor("so.tu.phap")
    reports.open_report("quarterly", officer.own_unit, Period(2024, "Q1"), by=officer)
    campaign = scores.open_campaign(by=coordinator, year=2024)
    score = campaign.scores.get(unit=officer.own_unit)
    for line in score.lines.all():
        proof = (b"bien ban doi thoai", "bien-ban.txt")
        scores.write_line(line, scores.Written(points=Decimal(20), note="", file=proof), by=officer)
    scores.submit(score, by=officer)


def _confirm_plan(plan: Path, *, by: Actor) -> None:
    reading = documents.read(documents.take_in(plan.read_bytes(), plan.name, by=by))
    for meaning in pipeline.meanings(reading, documents.items(reading)).values():
        if meaning.is_open:
            documents.answer_name(reading, meaning.printed, by=by, means=[])
    pipeline.confirm(reading, by=by)
