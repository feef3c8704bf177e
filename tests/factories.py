"""What tests begin with: units, people, documents, duties. Names are invented."""

from datetime import date, datetime

import factory
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan import clock
from danvan.documents.citations.identity import issuer_key, level_of
from danvan.documents.models import Document, Reading, squeeze
from danvan.duties.models import Assignment, Duty, Theme
from danvan.files.models import Attachment
from danvan.org import tree
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import (
    Delegation,
    Person,
    Post,
    Succession,
    Unit,
    UnitEvent,
    UnitName,
    UnitPath,
    UnitPlace,
    User,
    person_sort_key,
)
from danvan.text import fold

ALWAYS = DateRange(date(2010, 1, 1), None)


class UnitFactory(factory.django.DjangoModelFactory):
    """A unit; `called` is its name from 2010 on, `under` the unit above it."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"don-vi-{n}")
    kind = "department"
    level = "province"

    @factory.post_generation
    def called(unit, create, extracted, **kwargs):
        UnitName.of(unit, extracted or f"Sở {unit.code}", validity=ALWAYS).save()
        UnitPath.objects.create(ancestor=unit, unit=unit, depth=0, validity=ALWAYS)

    @factory.post_generation
    def under(unit, create, extracted, **kwargs):
        if extracted:
            UnitPlace.objects.create(unit=unit, parent=extracted, validity=ALWAYS)
            tree.rebuild([unit.pk])


def went_into(unit: Unit, heir: Unit, on: date) -> None:
    """The unit ended on a day and went wholly into another."""
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Nghị quyết")
    Succession.objects.create(event=event, predecessor=unit, successor=heir, is_whole=True)
    unit.names.update(validity=DateRange(date(2010, 1, 1), on))


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"can.bo.{n}")


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Nguyễn Thử {n}")
    folded = factory.LazyAttribute(lambda one: fold(one.name))
    sort_key = factory.LazyAttribute(lambda one: person_sort_key(one.name))
    user = factory.SubFactory(UserFactory)


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.OFFICER
    validity = ALWAYS


class DelegationFactory(factory.django.DjangoModelFactory):
    """Somebody without a post of his own acts for the holder of one."""

    class Meta:
        model = Delegation

    post = factory.SubFactory(PostFactory)
    to = factory.SubFactory(PersonFactory)
    validity = DateRange(date(2010, 1, 1), date(2030, 1, 1))
    reason = "Đi học tập trung"
    made_at = factory.LazyFunction(clock.now)


def actor(role: Role = Role.OFFICER, unit: Unit | None = None) -> Actor:
    """Somebody in a post, with an account.

    A coordinator sits in the one coordinating department, a leader who reads at the province's top.
    """
    post = PostFactory(role=role, unit=unit or _place_of(role))
    user = post.person.user
    return Actor(user_id=user.pk, name=post.person.name, role=role, unit=post.unit, posts=(post,))


def _place_of(role: Role) -> Unit:
    if role == Role.READER_ONLY:
        return UnitFactory(kind="peoples_council")
    if role != Role.COORDINATOR:
        return UnitFactory()
    return Unit.objects.filter(coordinates=True).first() or UnitFactory(coordinates=True)


def coordinator(unit: Unit | None = None) -> Actor:
    return actor(Role.COORDINATOR, unit or UnitFactory(called="Sở Nội vụ", coordinates=True))


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    name = "ke-hoach.txt"
    media_type = "text/plain"
    size = 4
    sha256 = "0" * 64
    content = factory.django.FileField(data=b"thu.", filename="ke-hoach.txt")
    kept_at = factory.LazyFunction(clock.now)


class DocumentFactory(factory.django.DjangoModelFactory):
    """A registered plan of 2024."""

    class Meta:
        model = Document

    number = factory.Sequence(lambda n: f"{n + 1001}/KH-UBND")  # no number that a test names
    number_squeezed = factory.LazyAttribute(lambda one: squeeze(one.number))
    kind = "Kế hoạch"
    title = "Thực hiện công tác dân vận chính quyền năm 2024"
    issuer = "ỦY BAN NHÂN DÂN TỈNH TÂN GIANG"
    issuer_key = factory.LazyAttribute(lambda one: issuer_key(one.number_squeezed, one.issuer))
    issuer_level = factory.LazyAttribute(lambda one: level_of(one.number_squeezed, one.issuer_key))
    issued_on = date(2024, 2, 20)
    planned_from = "2024"
    planned_to = "2024"
    attachment = factory.SubFactory(AttachmentFactory)
    filed_by = factory.SubFactory(UnitFactory)
    filed_at = factory.LazyFunction(clock.now)
    registered_on = date(2024, 2, 21)
    in_force_from = factory.LazyAttribute(lambda one: one.issued_on)


class ReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reading

    document = factory.SubFactory(DocumentFactory, registered_on=None)
    state = "read"
    text = "1. Sở Tư pháp xây dựng kế hoạch."
    queued_at = factory.LazyFunction(clock.now)
    read_at = factory.LazyFunction(clock.now)


class ThemeFactory(factory.django.DjangoModelFactory):
    """A theme of the year 2024."""

    class Meta:
        model = Theme

    kind = "theme"
    title = factory.Sequence(lambda n: f"Chủ đề {n}")
    year_from = 2024
    year_to = 2024


class DutyFactory(factory.django.DjangoModelFactory):
    """A duty of a document, confirmed by nobody unless `confirmed_by` is given."""

    class Meta:
        model = Duty

    document = factory.SubFactory(DocumentFactory)
    source = "15/KH-UBND, mục IV.1"
    item = factory.Sequence(lambda n: f"duties:{n}")
    action = "Xây dựng kế hoạch"
    sentence = "Xây dựng kế hoạch, gửi về Sở Nội vụ chậm nhất ngày 31/3/2024."
    asked_by = factory.SubFactory(UnitFactory)
    proposed_at = factory.LazyFunction(clock.now)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    duty = factory.SubFactory(DutyFactory)
    unit = factory.SubFactory(UnitFactory)
    due_on = date(2024, 4, 1)
    assigned_at = factory.LazyFunction(clock.now)

    class Params:
        handed_in = factory.Trait(
            state="submitted",
            handed_in_at=datetime(2024, 3, 18, 9, tzinfo=clock.ZONE),
            handed_in_by="Nguyễn Thử",
        )
        done = factory.Trait(
            state="done",
            handed_in_at=datetime(2024, 3, 18, 9, tzinfo=clock.ZONE),
            handed_in_by="Nguyễn Thử",
        )


def signed_in(client, by: Actor):
    """The client, signed in as the actor."""
    client.force_login(User.objects.get(pk=by.user_id))
    return client
