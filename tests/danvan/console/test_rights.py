"""The pages of rights, held against the rules themselves."""

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.test.utils import override_settings
from django.urls import reverse

import danvan
from danvan.console.org.rights import STAGES
from danvan.documents import access as documents
from danvan.duties import access as duties
from danvan.figures import access as figures
from danvan.org import tree
from danvan.org.actors import Actor, actor_of
from danvan.org.choices import Role
from danvan.org.models import Delegation, Post, Succession, Unit, UnitEvent
from danvan.org.rights import Right, of_rule, rights
from danvan.org.sight import Because, who_may_see
from danvan.publication import access as publication
from danvan.records import access as records
from danvan.reports import access as reports
from danvan.scores import access as scores
from danvan.scores import actions as scoring
from tests.danvan.publication.factories import released
from tests.danvan.reports.making import TODAY, draft, sent
from tests.factories import (
    AssignmentFactory,
    DelegationFactory,
    DocumentFactory,
    DutyFactory,
    PostFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)
from tests.factories_records import RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*TODAY)


# The rules


def rules() -> Iterator[Any]:
    """Every public function of every access.py that asks who acts."""
    for package in pkgutil.iter_modules(danvan.__path__, "danvan."):
        try:
            module = import_module(f"{package.name}.access")
        except ModuleNotFoundError:
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and next(iter(inspect.signature(function).parameters), "") == "by":
                yield function


RULES = {of_rule(rule): rule for rule in rules()}


def is_refused(answer: Any) -> bool:
    return not answer.exists() if isinstance(answer, QuerySet) else answer in (False, [])


def asked(rule: Any, by: Actor) -> Any:
    """The rule's answer, about nothing: who may not is refused before anything is looked at."""
    return rule(by, *[None] * (len(inspect.signature(rule).parameters) - 1))


@pytest.mark.parametrize("right", rights(), ids=lambda right: f"{right.stage}.{right.name}")
def test_who_has_not_the_role_is_refused_whatever_it_is_about(right):
    for role in set(Role) - right.roles:
        assert is_refused(asked(RULES[right], actor(role))), role


@pytest.mark.parametrize(
    "right", [one for one in rights() if one.in_person], ids=lambda right: right.name
)
def test_what_is_done_in_person_is_not_done_in_anothers_name(right):
    for role in right.roles:
        by = actor_of(DelegationFactory(post__role=role).to.user)

        assert is_refused(asked(RULES[right], by)), role


def test_the_system_itself_has_no_rights():
    nobody = Actor(user_id=None, name="danvan", role=None, unit=None)

    assert [one for one, rule in RULES.items() if not is_refused(asked(rule, nobody))] == []


# The page of rights


def page(client, by: Actor, **asked: str):
    return signed_in(client, by).get(reverse("console:rights"), asked)


def told(response) -> set[Right]:
    return {line.right for _label, lines in response.context["groups"] for line in lines}


@pytest.mark.parametrize("who", [lambda: actor(Role.ADMINISTRATOR), coordinator])
def test_who_administers_or_coordinates_reads_all_rights(client, who):
    response = page(client, who())

    assert told(response) == set(rights())
    assert response.context["columns"] == list(Role)
    assert "Ai được làm gì" in response.text


def test_one_role_is_picked(client):
    response = page(client, actor(Role.ADMINISTRATOR), role=Role.PETITION_HANDLER)

    assert told(response) == {one for one in rights() if Role.PETITION_HANDLER in one.roles}
    assert response.context["columns"] == [Role.PETITION_HANDLER]


@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR, Role.COORDINATOR})
def test_others_read_their_own(client, role):
    response = page(client, actor(role), role=Role.ADMINISTRATOR)

    assert told(response) == {one for one in rights() if role in one.roles}
    assert "Tôi được làm gì" in response.text


def test_who_stands_in_does_not_read_what_is_only_done_in_person(client):
    lent = DelegationFactory()

    shown = told(page(client, actor_of(lent.to.user)))

    assert {one.name for one in rights() if Role.OFFICER in one.roles} - {
        one.name for one in shown
    } == {"can_delegate"}


def test_a_right_is_told_with_its_condition_and_its_source(client):
    text = page(client, actor()).text

    assert "Nghị định 09/2019/NĐ-CP, Điều 8" in text
    assert "Đơn vị báo cáo: của đơn vị mình." in text


def test_every_stage_with_rights_has_its_heading():
    assert {one.stage for one in rights()} == set(STAGES)


# Who may see


@dataclass(frozen=True)
class World:
    """Units above, below and beside one, with everybody in them; the work of that one."""

    own: Unit
    coordinating: Unit
    gone: Unit  # that `own` took over from
    actors: dict[tuple[Post, Delegation | None], Actor]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Made once; what a test adds is taken back after it, the world at the end."""
    on_that_day = override_settings(DANVAN_TODAY=date(*TODAY))
    with django_db_blocker.unblock(), on_that_day, transaction.atomic():
        yield _world()
        transaction.set_rollback(True)


def _world() -> World:
    province = UnitFactory(called="UBND tỉnh Tân Giang", kind="peoples_committee")
    above = UnitFactory(called="Sở Nông nghiệp", under=province)
    own = UnitFactory(called="Chi cục Kiểm lâm", under=above)
    coordinating = UnitFactory(called="Sở Nội vụ", under=province, coordinates=True)
    committee = UnitFactory(called="Tỉnh ủy", kind="party_body")
    gone = UnitFactory(called="Hạt Kiểm lâm cũ")
    merged = date(2020, 1, 1)
    event = UnitEvent.objects.create(kind="merged", on=merged, basis="Quyết định 1")
    Succession.objects.create(event=event, predecessor=gone, successor=own)
    gone.names.update(validity=DateRange(date(2010, 1, 1), merged))
    tree.rebuild([gone.pk])
    everywhere = [
        province,
        above,
        own,
        coordinating,
        committee,
        UnitFactory(called="Ban Dân vận", kind="party_body", under=committee),
        UnitFactory(called="Sở Y tế", under=province),
        UnitFactory(called="Trạm Kiểm lâm", under=own),
    ]
    return World(own, coordinating, gone, dict(_everybody(everywhere)))


def _everybody(units: list[Unit]) -> Iterator[tuple[tuple[Post, Delegation | None], Actor]]:
    for unit in units:
        for role in Role:
            post = PostFactory(unit=unit, role=role)
            yield (post, None), actor_of(post.person.user)
            lent = DelegationFactory(post=post)
            yield (post, lent), actor_of(lent.to.user)


def officer_of(world: World, unit: Unit) -> Actor:
    return next(
        by
        for (post, lent), by in world.actors.items()
        if post.unit_id == unit.pk and by.role == Role.OFFICER and lent is None
    )


def told_by_the_page(unit: Unit, **asked: Any) -> set[tuple[Post, Delegation | None]]:
    return {(one.post, one.stands_in) for one in who_may_see(unit, **asked)}


def told_by_the_rule(world: World, access: Any, thing: Any) -> set[tuple[Post, Delegation | None]]:
    return {
        who
        for who, by in world.actors.items()
        if access.visible_to(by).filter(pk=thing.pk).exists()
    }


def test_the_page_names_those_whom_the_rules_let_see(world):
    """Of every stage whose things belong to a unit."""
    by = officer_of(world, world.own)
    report = sent(by)
    coordinating = next(one for one in world.actors.values() if one.is_coordinator)
    campaign = scoring.open_campaign(by=coordinating, year=2024)
    things = {
        records: RecordFactory(unit=world.own),
        reports: report,
        figures: report.figures.first().figure,
        scores: campaign.scores.get(unit=world.own),
        duties: AssignmentFactory(
            unit=world.own, duty=DutyFactory(asked_by=world.own, confirmed_by=None)
        ),
    }

    named = told_by_the_page(world.own)

    for access, thing in things.items():
        assert told_by_the_rule(world, access, thing) == named, access


def test_who_laid_the_work_on_a_unit_sees_it_too(world):
    duty = DutyFactory(asked_by=world.coordinating, confirmed_by=world.coordinating)
    assignment = AssignmentFactory(unit=world.own, duty=duty)

    named = told_by_the_page(world.own, asked=[world.coordinating.pk])

    assert told_by_the_rule(world, duties, assignment) == named
    assert named > told_by_the_page(world.own)


def test_what_a_unit_left_is_seen_by_who_took_it_over(world):
    record = RecordFactory(unit=world.gone)

    named = told_by_the_page(world.gone)

    assert told_by_the_rule(world, records, record) == named
    assert {one.because for one in who_may_see(world.gone)} == {
        Because.TAKEN_OVER,
        Because.PROVINCE,
    }


def test_a_draft_is_seen_by_its_own_people_only(world):
    report = draft(officer_of(world, world.own))

    seen = told_by_the_rule(world, reports, report)

    working = set(Role) - {Role.ADMINISTRATOR}
    assert {(post.unit, post.role) for post, _lent in seen} == {
        (world.own, role) for role in working
    }


def test_registered_documents_and_releases_are_for_all_who_work(world):
    working = {who for who in world.actors if who[0].role != Role.ADMINISTRATOR}

    assert told_by_the_rule(world, documents, DocumentFactory(filed_by=world.own)) == working
    by = next(one for one in world.actors.values() if one.is_coordinator)
    assert told_by_the_rule(world, publication, released(by)) == working


def test_every_stage_that_shows_something_is_asked_here():
    shown = {rule.__module__ for rule in RULES.values() if rule.__name__ == "visible_to"}

    assert shown == {
        module.__name__
        for module in (records, reports, figures, scores, duties, documents, publication)
    }


def test_the_page_says_why(client, world, django_assert_max_num_queries):
    by = officer_of(world, world.own)
    address = reverse("console:who_may_see")
    signed_in(client, by)

    with django_assert_max_num_queries(20):
        response = client.get(address, {"unit": world.own.pk, "asked": world.coordinating.pk})

    groups = {one.because: one.seers for one in response.context["groups"]}
    assert set(groups) == {Because.OWN, Because.ASKED, Because.ABOVE, Because.PROVINCE}
    assert {one.post.unit for one in groups[Because.OWN]} == {world.own}
    assert {one.post.unit.name for one in groups[Because.ABOVE]} == {
        "Sở Nông nghiệp",
        "UBND tỉnh Tân Giang",
    }
    assert by.name in response.text
    assert "Ai được xem việc của Chi cục Kiểm lâm?" in response.text


@pytest.mark.parametrize(
    "asked", [{}, {"unit": "x"}, {"unit": "01a202e0-39d4-76d3-b3c4-cad0644dcad5"}]
)
def test_of_no_unit_nothing_is_told(client, asked):
    response = signed_in(client, actor()).get(reverse("console:who_may_see"), asked)

    assert response.status_code == 404
