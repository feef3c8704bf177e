"""A unit's own documents that rest on one that ended."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents.models import Document
from danvan.documents.validity import resting_on_ended
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from .rules_in_force import MADE_BY_RULE, FollowUp, Rule


@in_vietnamese
def of_regulations(rule: Rule, first: date, last: date) -> list[FollowUp]:
    """A unit's own document that rests on one that ended is looked at again."""
    term = timedelta(days=rule.days or 0)
    own = Document.objects.registered()
    rows = resting_on_ended(own, clock.today()).filter(
        target__ended_on__gte=first - term, target__ended_on__lte=last - term
    )
    found: dict[tuple[UUID, UUID], FollowUp] = {}
    for one in rows.order_by("id"):
        document, ended = one.document, one.target
        issuer = document.issued_by_id or document.filed_by_id
        if ended is None or ended.ended_on is None or issuer is None:
            continue
        day = ended.ended_on + term
        because = _(
            "Quy tắc “%(rule)s”: %(ended)s hết hiệu lực từ ngày %(start)s, thêm %(n)d ngày là %(day)s."
        ) % {
            "rule": rule.label,
            "ended": ended,
            "start": printed(ended.ended_on),
            "n": rule.days or 0,
            "day": printed(day),
        }
        key = f"{MADE_BY_RULE}regulation:{ended.pk.hex}"
        found[document.pk, ended.pk] = FollowUp(
            rule, key, document, day, because, {"ended": str(ended)}, (issuer,)
        )
    return list(found.values())
