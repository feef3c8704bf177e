"""People and posts taken in."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.audit.actions import NOTHING, record, record_all, seen
from danvan.org import access, notices
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.comparing.plans import PostPlan, Ref
from danvan.org.models import Person, Post, Unit, User, person_sort_key
from danvan.text import fold

from .previewing import Preview


def take_in_people(looked: Preview, units: dict[Ref, Unit], by: Actor) -> None:
    plans = [one for one in looked.people.plans if one.is_good]
    if not plans:
        return
    require(access.can_manage_people(by))
    known = Person.objects.select_for_update(of=("self",)).in_bulk(
        {UUID(one.person.id) for one in plans if one.person}
    )
    people = _new_people(looked.people.plans, plans, by)
    posts = []
    for plan in plans:
        assert plan.unit is not None
        person = known[UUID(plan.person.id)] if plan.person else people[plan.first]
        if plan.person:
            _amend_person(person, plan, by)
        unit, role = units[plan.unit], Role(plan.role)
        require(not plan.appoints or access.can_appoint(by, unit, role, person))
        if plan.is_new or "post" in plan.changes:
            days = DateRange(plan.since, plan.until)
            title = plan.row["title"]
            posts.append(Post(person=person, unit=unit, role=role, title=title, validity=days))
        elif "title" in plan.changes and plan.post:
            post = Post.objects.select_for_update(of=("self",)).get(pk=plan.post.id)
            was = seen(post)
            post.title = plan.row["title"]
            post.save(update_fields=["title"])
            record(post, "post_changed", by=by, before=was)
    Post.objects.bulk_create(posts)
    for post in posts:
        role_label, where = Role(post.role).label, post.unit.name
        record(post, "appointed", by=by, person=post.person.name, unit=where, role=role_label)
    notices.posts_given(posts, by=by)


def _new_people(rows: Sequence[PostPlan], plans: list[PostPlan], by: Actor) -> dict[int, Person]:
    """New people by the row that makes them, each with what any of his rows says of him."""
    mine: dict[int, list[PostPlan]] = defaultdict(list)
    for plan in plans:
        if plan.is_new:
            mine[plan.first].append(plan)
    people = {}
    for first, own in mine.items():
        name = rows[first].row["name"]
        people[first] = Person.of(
            name,
            form_of_address=next((one.address for one in own if one.address), ""),
            email=next((one.email for one in own if one.email), ""),
            phone=next((one.row["phone"] for one in own if one.row["phone"]), ""),
        )
    made = list(people.values())
    Person.objects.bulk_create(made)
    record_all(made, "person_added", by=by, before=[NOTHING] * len(made))
    return people


def _amend_person(person: Person, plan: PostPlan, by: Actor) -> None:
    was = seen(person)
    person.form_of_address = plan.address or person.form_of_address
    person.email = plan.email or person.email
    person.phone = plan.row["phone"] or person.phone
    person.folded, person.sort_key = fold(person.name), person_sort_key(person.name)
    if seen(person) != was:
        person.save()
        record(person, "person_changed", by=by, before=was)
        if person.email != was["email"]:
            if person.user_id:  # as where one is changed by hand
                User.objects.filter(pk=person.user_id).update(email=person.email)
            notices.address_changed(person, was["email"], by=by)
