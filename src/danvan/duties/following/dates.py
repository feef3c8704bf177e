"""What follows from a document's own dates, and from the years that a programme runs."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents.models import Document
from danvan.duties.choices import Origin
from danvan.duties.models import Duty
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from .printed_terms import Printed, documents_with
from .rules_in_force import MADE_BY_RULE, FollowUp, Rule


def of_documents(
    rule: Rule,
    first: date,
    last: date,
    among: QuerySet[Document],
    printed_in: Iterable[Printed],
) -> list[FollowUp]:
    """Where the text sets a day of its own, the rule yields."""
    rows = among.filter(registered_on__isnull=False).filter(_holds_for(rule))
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=clock.today()))
    if rule.answered_by:
        rows = rows.exclude(_answered(rule))
        rows = rows.exclude(pk__in=documents_with(rule.answered_by, printed_in))
    if rule.each_year:
        return _yearly(rule, first, last, rows)
    found = [
        FollowUp(rule, f"{MADE_BY_RULE}{rule.code}", one, *due)
        for one in rows.filter(_in_window(rule, first, last)).order_by("id")
        if (due := _day(rule, one))
    ]
    return [one for one in found if first <= one.nominal <= last]


def _holds_for(rule: Rule) -> Q:
    """The documents that the rule speaks of."""
    holds = Q()
    if kinds := rule.of.get("kinds"):
        holds &= Q(kind__iregex=f"^({'|'.join(kinds)})$")
    if number := rule.of.get("number"):
        holds &= Q(number_squeezed__regex=number)
    if rule.of.get("several_years"):
        holds &= ~Q(planned_from="") & Q(planned_to__gt=F("planned_from"))
    if rule.of.get("programmes"):
        holds &= Q(term_from__isnull=False)
    if rule.fresh_for is not None:
        fresh_from = F("registered_on") - timedelta(days=rule.fresh_for)
        holds &= Q(issued_on__gte=fresh_from, issued_on__lte=clock.today())
    return holds


def _answered(rule: Rule) -> Exists:
    """The text itself sets a day for it."""
    says = Q()
    for word in rule.answered_by:
        says |= Q(sentence__icontains=word) | Q(action__icontains=word)
    own = Duty.objects.filter(document=OuterRef("pk"), origin=Origin.TEXT, due__isnull=False)
    return Exists(own.filter(says))


def _in_window(rule: Rule, first: date, last: date) -> Q:
    """A first sieve, so that few documents are looked at one by one."""
    if rule.start == "planned_to":
        return Q(planned_to__gte=str(first.year), planned_to__lte=str(last.year))
    back = timedelta(days=(rule.days or 0) + (rule.years or 0) * 366)
    ahead = timedelta(days=(rule.days or 0) + (rule.years or 0) * 365)
    return Q(**{f"{rule.start}__gte": first - back, f"{rule.start}__lte": last - ahead})


@in_vietnamese
def _day(rule: Rule, document: Document) -> tuple[date, str] | None:
    """When it is due by the rule, and by which sentence."""
    if rule.start == "planned_to":
        end = document.planned_to
        if not end.isdigit():
            return None
        nominal = date(int(end), 12, 31)
        return (
            nominal,
            _("Quy tắc “%(rule)s”: văn bản lập cho các năm %(first)s-%(last)s, hết ngày %(day)s.")
            % {
                "rule": rule.label,
                "first": document.planned_from,
                "last": end,
                "day": printed(nominal),
            },
        )
    start: date | None = getattr(document, rule.start)
    if start is None:
        return None
    words = {"rule": rule.label, "start": printed(start), "n": rule.days or rule.years or 0}
    if rule.years:
        nominal = years_on(start, rule.years)
        said = _("Quy tắc “%(rule)s”: %(n)d năm kể từ ngày ban hành %(start)s, là ngày %(day)s.")
    elif rule.days:
        nominal = start + timedelta(days=rule.days)
        said = _("Quy tắc “%(rule)s”: %(n)d ngày kể từ ngày nhận %(start)s, là ngày %(day)s.")
    else:
        nominal = start
        said = _("Quy tắc “%(rule)s”: thời hạn của chương trình hết ngày %(day)s.")
    return nominal, said % {**words, "day": printed(nominal)}


def years_on(start: date, years: int) -> date:
    """The same day years later; 29 February is then the last of the month."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 2, 28)


@in_vietnamese
def _yearly(rule: Rule, first: date, last: date, rows: QuerySet[Document]) -> list[FollowUp]:
    """Of every year that a programme runs on the day."""
    wanted = rule.each_year or {}
    days = [date(year, wanted["month"], wanted["day"]) for year in range(first.year, last.year + 1)]
    found = []
    for day in (one for one in days if first <= one <= last):
        running = rows.filter(Q(term_to=None) | Q(term_to__gte=day), term_from__lte=day)
        because = _("Quy tắc “%(rule)s”: mỗi năm một kế hoạch, chậm nhất ngày %(day)s.") % {
            "rule": rule.label,
            "day": printed(day),
        }
        key = f"{MADE_BY_RULE}{rule.code}:{day.year}"
        words = {"year": str(day.year)}
        found += [FollowUp(rule, key, one, day, because, words) for one in running.order_by("id")]
    return found
