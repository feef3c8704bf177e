"""Records to begin with: a reception and a dialogue of early 2024."""

from datetime import date
from uuid import uuid4

import factory

from danvan import clock
from danvan.definitions.models import Definition
from danvan.records.models import Record
from tests.factories import UnitFactory

RECEPTION = {
    "held_on": "5/3/2024",
    "receiver": "head",
    "form": "scheduled",
    "visits": "6",
    "persons": "7",
    "cases": "5",
    "mass_groups": "0",
    "outcome": "answered",
}
DIALOGUE = {
    "held_on": "12/3/2024",
    "form": "scheduled",
    "chair": "Chủ tịch UBND huyện",
    "place": "Hội trường UBND huyện",
    "subject": "Bồi thường, tái định cư đường ven sông",
    "participants": "85",
    "opinions": "26",
    "opinions_answered": "23",
    "conclusion": "Phòng Tài nguyên và Môi trường trả lời 03 ý kiến còn lại trước ngày 30/4.",
}


class KeptFactory(factory.django.DjangoModelFactory):
    """What every record has."""

    class Meta:
        model = Record
        abstract = True

    definition = factory.LazyAttribute(
        lambda one: Definition.objects.one("registers", one.register, date(2024, 3, 1))
    )
    unit = factory.SubFactory(UnitFactory)
    created_by = factory.LazyFunction(uuid4)
    created_name = "Nguyễn Thử"
    created_at = factory.LazyFunction(clock.now)
    submission_key = factory.Sequence(lambda n: f"key-{n}")


class RecordFactory(KeptFactory):
    """A reception of 5 March 2024; its numbers are given by name."""

    class Meta:
        model = Record
        exclude = ["visits", "persons", "cases", "mass_groups"]

    visits, persons, cases, mass_groups = 6, 7, 5, 0
    register = "reception"
    occurred_on = date(2024, 3, 5)
    data = factory.LazyAttribute(
        lambda one: {
            "held_on": one.occurred_on.isoformat(),
            "receiver": "head",
            "form": "scheduled",
            "visits": one.visits,
            "persons": one.persons,
            "cases": one.cases,
            "mass_groups": one.mass_groups,
            "outcome": "answered",
        }
    )


class DialogueFactory(KeptFactory):
    """A dialogue of 12 March 2024; its numbers are given by name."""

    class Meta:
        model = Record
        exclude = ["participants", "opinions", "opinions_answered", "conclusion"]

    participants, opinions, opinions_answered = 85, 26, 23
    conclusion = DIALOGUE["conclusion"]
    register = "dialogue"
    occurred_on = date(2024, 3, 12)
    data = factory.LazyAttribute(
        lambda one: {
            "held_on": one.occurred_on.isoformat(),
            "form": "scheduled",
            "chair": DIALOGUE["chair"],
            "place": DIALOGUE["place"],
            "subject": DIALOGUE["subject"],
            "participants": one.participants,
            "opinions": one.opinions,
            "opinions_answered": one.opinions_answered,
            "conclusion": one.conclusion,
        }
    )
