"""The life of an assignment between being laid on a unit and its result: what the unit says of it.

Which turn is open in which state is said in `states`; who may take it, in `access`. What moves its day
is in `extending`, how it ends without a result in `ending`.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record
from danvan.org.access import require, works_for
from danvan.org.actors import Actor
from danvan.org.models import Person, Post
from danvan.refusals import NotAccepted

from . import access, notices
from .holding import change, locked
from .models import Assignment, Exchange
from .states import Deed, step


@transaction.atomic
def contest(assignment: Assignment, *, reason: str, by: Actor) -> Assignment:
    """The unit says that the work is not its own, or not so. The deadline runs on."""
    assignment = locked(assignment)
    require(access.can_do(by, assignment))
    if (to := step(Deed.CONTEST, assignment.state)) is None:
        return assignment
    change(assignment, "contested", {"state": to, "remark": reason}, by=by, reason=reason)
    notices.contested(assignment, reason=reason)
    return assignment


@transaction.atomic
def uphold(assignment: Assignment, *, answer: str, by: Actor) -> Assignment:
    """What was contested stays with the unit; the answer says why."""
    assignment = locked(assignment)
    require(access.can_steer(by, assignment))
    if (to := step(Deed.UPHOLD, assignment.state)) is None:
        return assignment
    change(assignment, "upheld", {"state": to, "remark": answer}, by=by, reason=answer)
    notices.upheld(assignment, answer=answer)
    return assignment


@transaction.atomic
def entrust(assignment: Assignment, person: Person | None, *, by: Actor) -> Assignment:
    """Who does it in the unit: a person who holds a post there today; nobody, where it is taken back."""
    assignment = locked(assignment)
    require(access.can_do(by, assignment))
    step(Deed.ENTRUST, assignment.state)
    if person == assignment.person:
        return assignment
    if person is not None and not colleagues(by).filter(pk=person.pk).exists():
        raise NotAccepted(_("Chỉ phân công cho người đang giữ chức vụ tại đơn vị."))
    change(assignment, "entrusted", {"person": person}, by=by, to=str(person or "—"))
    if person is not None:
        notices.entrusted(assignment, person)
    return assignment


def colleagues(by: Actor) -> QuerySet[Person]:
    """Whom the work of one's unit can be entrusted to: those who hold a post there today."""
    held = Post.objects.held(clock.today()).filter(unit=by.unit_id)
    return Person.objects.filter(pk__in=held.values("person"))


@transaction.atomic
def tell(
    assignment: Assignment, text: str, *, percent: int | None = None, key: str, by: Actor
) -> Exchange:
    """A word between those who do it and those who asked; the unit may say how far it is.

    Sent twice under one key it is written once.
    """
    assignment = locked(assignment)
    require(access.can_write_to(by, assignment))
    if written := assignment.exchanges.filter(submission_key=key).first():
        return written
    if percent is not None:
        require(access.can_do(by, assignment))
        to = step(Deed.PROGRESS, assignment.state)
        change(assignment, "progressed", {"state": to, "percent": percent}, by=by)
    elif not text.strip():
        raise NotAccepted(_("Chưa ghi nội dung trao đổi."))
    said = Exchange.objects.create(
        assignment=assignment,
        text=text.strip(),
        percent=percent,
        unit=by.own_unit,
        by_name=by.name,
        at=clock.now(),
        submission_key=key,
    )
    record(said, "told", by=by, before=NOTHING)
    notices.told(assignment, said, by_unit=works_for(by, assignment.unit))
    return said
