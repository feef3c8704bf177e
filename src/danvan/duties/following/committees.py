"""Steering committees: reviewed once a year, and before their term ends."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from danvan import clock
from danvan.org import committees
from danvan.org.models import CommitteeTerm, Unit
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from .rules_in_force import MADE_BY_RULE, FollowUp, Rule


@in_vietnamese
def of_committees(rule: Rule, first: date, last: date) -> list[FollowUp]:
    """A committee is reviewed a year after it was last, at the latest on the last day of its term."""
    terms = CommitteeTerm.objects.filter(validity__contains=clock.today())
    found = []
    names = Unit.objects.named(clock.today()).in_bulk(
        list(terms.values_list("committee", flat=True))
    )
    for term in terms.order_by("id"):
        upper = term.validity.upper
        day = committees.review_due_on(term)
        ends = upper is not None and day >= upper
        day = upper - timedelta(days=1) if ends else day
        if not first <= day <= last or term.committee_id not in names:
            continue
        said = (
            _("Quy tắc “%(rule)s”: nhiệm kỳ theo %(decision)s hết ngày %(day)s.")
            if ends
            else _(
                "Quy tắc “%(rule)s”: mỗi năm rà soát một lần, theo %(decision)s; lần này ngày %(day)s."
            )
        )
        because = said % {"rule": rule.label, "decision": term.decision, "day": printed(day)}
        key = f"{MADE_BY_RULE}committee:{term.pk.hex[:20]}:{day.year}"
        words = {"committee": names[term.committee_id].name}
        body = (term.standing_body_id,) if term.standing_body_id else ()
        found.append(FollowUp(rule, key, None, day, because, words, body))
    return found
