"""What is known of units and people, as rows are held against it."""

from danvan.org.comparing.known import Coded, Held, KnownPerson, KnownUnit, Named, Placed
from danvan.org.models import Person, Post, Unit, UnitCode, UnitName, UnitPlace


def known_units() -> list[KnownUnit]:
    """All units with all their names, places and codes: four queries."""
    fields = ("pk", "code", "kind", "level", "place_in_lists", "coordinates")
    found = {row[0]: KnownUnit(str(row[0]), *row[1:]) for row in Unit.objects.values_list(*fields)}
    names = UnitName.objects.order_by("validity").values_list(
        "unit", "name", "short_name", "aliases", "validity"
    )
    for unit, name, short_name, aliases, days in names:
        found[unit].names.append(Named(name, short_name, tuple(aliases), days.lower, days.upper))
    for unit, parent, days in UnitPlace.objects.order_by("validity").values_list(
        "unit", "parent", "validity"
    ):
        found[unit].places.append(Placed(str(parent), days.lower, days.upper))
    for unit, system, code, days in UnitCode.objects.order_by("validity").values_list(
        "unit", "system", "code", "validity"
    ):
        found[unit].codes.append(Coded(system, code, days.lower, days.upper))
    return list(found.values())


def known_people() -> list[KnownPerson]:
    fields = ("pk", "name", "form_of_address", "email", "phone", "user__email")
    found = {
        pk: KnownPerson(str(pk), name, address, email, phone, account or "")
        for pk, name, address, email, phone, account in Person.objects.order_by("pk").values_list(
            *fields
        )
    }
    for pk, person, unit, role, title, days in Post.objects.order_by("validity").values_list(
        "pk", "person", "unit", "role", "title", "validity"
    ):
        found[person].posts.append(Held(str(pk), str(unit), role, title, days.lower, days.upper))
    return list(found.values())
