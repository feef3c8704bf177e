"""One assignment as its pages need it: with its duty, its units by name, who asked and who confirms."""

from django.shortcuts import get_object_or_404

from danvan import clock
from danvan.console.doors import Request
from danvan.duties import access
from danvan.duties.models import Assignment
from danvan.org.models import Unit


def found(request: Request, pk: str) -> Assignment:
    """One that the person may see; else it is not found."""
    visible = access.visible_to(request.actor).select_related(
        "duty__document", "parent__duty", "person", "transferred_from", "transferred_to"
    )
    return named(get_object_or_404(visible, pk=pk))


def named(assignment: Assignment) -> Assignment:
    """With the units' names, in one query."""
    duty, parent = assignment.duty, assignment.parent
    ids = {assignment.unit_id, duty.asked_by_id, duty.confirmed_by_id}
    ids |= {parent.unit_id} if parent else set()
    units = Unit.objects.named(clock.today()).in_bulk(ids - {None})
    assignment.unit = units[assignment.unit_id]
    duty.asked_by = units[duty.asked_by_id]
    if duty.confirmed_by_id:
        duty.confirmed_by = units[duty.confirmed_by_id]
    if parent:
        parent.unit = units[parent.unit_id]
    return assignment
