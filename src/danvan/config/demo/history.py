"""What has happened in the demo province before a visitor arrives on 18 March 2024.

Everything goes through the same actions as people's work, at the hour it would have happened.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from danvan import clock, pipeline
from danvan.documents import actions as documents
from danvan.documents.choices import Verdict
from danvan.documents.models import Document
from danvan.duties import actions as duties
from danvan.duties.models import Assignment
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Post, Unit

OPENING = date(2024, 3, 18)
SEED = 1026

# How a due assignment went, and how often of a hundred.
ENDS = {"in_time": 74, "late": 12, "waits": 7, "under_way": 4, "nothing": 3}
NOTES = (
    "Đã thực hiện và công khai theo quy định.",
    "Đã hoàn thành, gửi kèm biên bản.",
    "Đã thực hiện xong, đăng trên trang thông tin điện tử.",
    "Đã triển khai đến toàn thể cán bộ, công chức.",
)


@transaction.atomic
def load_history() -> None:
    """Take in the earlier plan, assign its duties and let most of them be done. Safe to repeat."""
    if Document.objects.exists():
        return
    chance = random.Random(SEED)
    officers = dict(_officers())
    coordinator = next(one for one in officers.values() if one.is_coordinator)
    _confirm_earlier_plan(coordinator)
    _do_assignments(chance, officers, coordinator)


def _officers() -> Iterator[tuple[object, Actor]]:
    """Unit id → the person who works for it."""
    units = Unit.objects.named(OPENING).in_bulk()
    posts = Post.objects.held(OPENING).select_related("person")
    for post in posts.filter(role__in=[Role.OFFICER, Role.COORDINATOR]):
        yield (
            post.unit_id,
            Actor(
                user_id=post.person.user_id,
                name=post.person.name,
                role=Role(post.role),
                unit=units[post.unit_id],
            ),
        )


def _confirm_earlier_plan(coordinator: Actor) -> None:
    plan = Path(__file__).with_name("earlier_plan.txt")
    with clock.at(_moment(date(2024, 1, 9), hour=8)):
        reading = documents.take_in(plan.read_bytes(), "04-KH-UBND.txt", by=coordinator)
        reading = documents.read(reading)
        for item in documents.items(reading)["duties"]:
            if not item.values.get("due"):  # the closing formula asks nothing by a day
                documents.correct(reading, by=coordinator, item=item.key, verdict=Verdict.DROP)
        found = documents.items(reading)
        for meaning in pipeline.meanings(reading, found).values():
            if meaning.is_open:
                documents.answer_name(reading, meaning.printed, by=coordinator, means=[])
        pipeline.confirm(reading, by=coordinator)


def _do_assignments(
    chance: random.Random, officers: dict[object, Actor], coordinator: Actor
) -> None:
    due = Assignment.objects.filter(due_on__lte=OPENING + timedelta(days=4)).by_due()
    for assignment in due.select_related("duty"):
        officer = officers.get(assignment.unit_id)
        if officer is None:
            continue
        end = chance.choices(list(ENDS), weights=list(ENDS.values()))[0]
        day = _day_of(end, assignment.due_on, chance)
        if end == "nothing" or day > OPENING:
            continue
        with clock.at(_moment(day, hour=chance.randint(8, 16))):
            _do(assignment, end, officer, coordinator, chance)


def _day_of(end: str, due_on: date, chance: random.Random) -> date:
    if end == "late":
        return due_on + timedelta(days=chance.randint(1, 9))
    return due_on - timedelta(days=chance.randint(1, 12))


def _do(
    assignment: Assignment, end: str, officer: Actor, coordinator: Actor, chance: random.Random
) -> None:
    duties.acknowledge(assignment, by=officer)
    if end == "under_way":
        return
    duties.submit(assignment, duties.Proof(note=chance.choice(NOTES)), by=officer)
    assignment.refresh_from_db()
    if end != "waits" and assignment.state == "submitted":
        duties.accept(assignment, by=coordinator)


def _moment(day: date, *, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 15), clock.ZONE)
