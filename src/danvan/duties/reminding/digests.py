"""One letter a day to each person: what waits, by its last day. Written with the row that says so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.duties.choices import OPEN, AssignmentState
from danvan.duties.models import Assignment
from danvan.duties.reminding.mailing import LINES, greeting, settings_page
from danvan.duties.reminding.words_due import Due, WordsDue
from danvan.notices.choices import Way
from danvan.notices.letters import write_all
from danvan.notices.links import absolute
from danvan.notices.models import Digest, Preference
from danvan.org import told
from danvan.org.models import Person, Unit
from danvan.text import in_vietnamese
from danvan.workdays.calendars import with_proposals
from danvan.workdays.rules import printed, working_days_after

WEEK = 7  # days ahead that a digest tells of, and what falls due before the next one
AT_ONCE = 500  # people of one batch
USUAL_HOUR = 7
_ONE_RUN = 720_031  # the lock under which digests are written


@dataclass(frozen=True)
class Line:
    """One assignment that waits."""

    pk: UUID
    unit: UUID
    person: UUID | None
    action: str
    due_on: date | None
    state: str


@dataclass(frozen=True)
class Counts:
    late: int
    today: int
    week: int

    @classmethod
    def of(cls, lines: Iterable[Line], today: date, until: date) -> "Counts":
        dues = [one.due_on for one in lines if one.due_on]
        return cls(
            late=sum(due < today for due in dues),
            today=sum(due == today for due in dues),
            week=sum(today < due <= until for due in dues),
        )


def run(now: datetime) -> int:
    """Write the digest of everybody whose hour has come; on days off nobody's. Returns how many."""
    today = now.date()
    office = with_proposals(today.year)
    if office.why_off(today):
        return 0
    users = _whose_hour_has_come(now)
    if not users:
        return 0
    until = max(
        today + timedelta(days=WEEK), working_days_after(today, 1, office) + timedelta(days=2)
    )
    waiting = _Waiting(users, today, until)
    batches = range(0, len(waiting.users), AT_ONCE)
    return sum(_write(waiting.users[start : start + AT_ONCE], waiting, today) for start in batches)


def _whose_hour_has_come(now: datetime) -> set[UUID]:
    """Those who get a digest, of this hour or an earlier one of the day, and have none of today."""
    wishes = dict(Preference.objects.values_list("recipient", "way"))
    hours = dict(Preference.objects.values_list("recipient", "hour"))
    known = set(Digest.objects.filter(on=now.date()).values_list("recipient", flat=True))
    people = Person.objects.filter(user__is_active=True).exclude(email="")
    return {
        user
        for user in people.values_list("user", flat=True)
        if user not in known
        and wishes.get(user, Way.DAILY) == Way.DAILY
        and hours.get(user, USUAL_HOUR) <= now.hour
    }


class _Waiting:
    """What waits for whom, in a few queries."""

    def __init__(self, users: set[UUID], today: date, until: date) -> None:
        self.until = until
        units = list(Unit.objects.values_list("pk", flat=True))
        self.units: dict[UUID, set[UUID]] = defaultdict(set)
        for row in told.rows(units, today):
            if row.what == told.DOING and row.user in users:
                self.units[row.user].add(row.unit)
        self.people = told.addresses(users)
        self._entrusted: dict[UUID, set[tuple[UUID, UUID]]] = defaultdict(set)
        for one in told.entrusted(today):
            if one.user in users:
                self._entrusted[one.user].add((one.person, one.unit))
        wanted = {unit for units in self.units.values() for unit in units}
        people = {person for pairs in self._entrusted.values() for person, _unit in pairs}
        self._of_unit, self._of_person = _lines(wanted, people, until)
        self._words_due = WordsDue(today)
        self.users = sorted(
            user for user in self.people if self.lines(user) or self.words_due(user).total
        )

    def words(self, user: UUID, today: date) -> tuple[str, str]:
        return words(self.people[user], self.lines(user), self.words_due(user), today, self.until)

    def words_due(self, user: UUID) -> Due:
        return self._words_due.of(user, self.units.get(user, set()))

    def lines(self, user: UUID) -> list[Line]:
        """By the last day; what has none comes last."""
        found = {
            one.pk: one for unit in self.units.get(user, ()) for one in self._of_unit.get(unit, ())
        }
        for person, unit in self._entrusted.get(user, ()):
            found |= {one.pk: one for one in self._of_person.get(person, ()) if one.unit == unit}
        return sorted(found.values(), key=lambda one: (one.due_on or date.max, one.pk))


def _lines(
    units: set[UUID], people: set[UUID], until: date
) -> tuple[Mapping[UUID, list[Line]], Mapping[UUID, list[Line]]]:
    """Late, due until a day, not yet taken on, or returned: by unit and by person."""
    asks = Q(due_on__lte=until) | Q(state__in=[AssignmentState.ASSIGNED, AssignmentState.RETURNED])
    found = Assignment.objects.filter(asks, state__in=OPEN).filter(
        Q(unit__in=list(units)) | Q(person__in=list(people))
    )
    of_unit: dict[UUID, list[Line]] = defaultdict(list)
    of_person: dict[UUID, list[Line]] = defaultdict(list)
    rows = found.values_list("pk", "unit", "person", "duty__action", "due_on", "state")
    for row in rows.iterator(chunk_size=10_000):
        one = Line(*row)
        of_unit[one.unit].append(one)
        if one.person:
            of_person[one.person].append(one)
    return of_unit, of_person


@transaction.atomic
def _write(users: Sequence[UUID], waiting: _Waiting, today: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_RUN])
    known = Digest.objects.filter(on=today, recipient__in=users)
    fresh = sorted(set(users) - set(known.values_list("recipient", flat=True)))
    letters = write_all((waiting.people[user].email, *waiting.words(user, today)) for user in fresh)
    Digest.objects.bulk_create(
        Digest(recipient=user, on=today, letter=letter)
        for user, letter in zip(fresh, letters, strict=True)
    )
    return len(fresh)


@in_vietnamese
def words(
    person: Person, lines: Sequence[Line], due: Due, today: date, until: date
) -> tuple[str, str]:
    """Subject and body: the day, how much, the list, and what waits for the unit's word."""
    listed = [_line(one, today) for one in lines[:LINES]]
    if len(lines) > LINES:
        listed.append(_("- và %(n)d việc khác.") % {"n": len(lines) - LINES})
    what = _("dưới đây là việc đang chờ, xếp theo hạn.")
    if not lines:
        what = _("dưới đây là việc đang chờ ý kiến của đơn vị.")
    body = [
        f"{greeting(person)} {what}",
        "\n".join(listed),
        "\n".join(_waits_for_a_word(due, is_all=not lines)),
        _("Đổi giờ nhận hoặc ngừng nhận: %(link)s.") % {"link": settings_page()},
    ]
    return _subject(lines, due, today, until), "\n\n".join(part for part in body if part)


def _subject(lines: Sequence[Line], due: Due, today: date, until: date) -> str:
    day = printed(today)
    if not lines:
        return _("Việc ngày %(day)s: %(n)d việc chờ ý kiến của đơn vị.") % {
            "day": day,
            "n": due.total,
        }
    counts = Counts.of(lines, today, until)
    return _("Việc ngày %(day)s: %(late)d quá hạn, %(today)d hạn hôm nay, %(week)d trong tuần.") % {
        "day": day,
        "late": counts.late,
        "today": counts.today,
        "week": counts.week,
    }


def _waits_for_a_word(due: Due, *, is_all: bool) -> Iterable[str]:
    """By kind how many, and where all of them are; the heading only where a list stands before."""
    if due.total and not is_all:
        yield _("Chờ ý kiến của đơn vị:")
    listed = reverse("console:assignments")
    for label, count, url in [
        (_("Chờ xác nhận"), due.confirming, f"{listed}?state=submitted"),
        (_("Đề nghị xem lại"), due.contested, f"{listed}?state=contested"),
        (_("Đề nghị gia hạn"), due.extensions, reverse("console:work")),
        (_("Khó khăn, vướng mắc của cấp dưới"), due.difficulties, reverse("console:difficulties")),
    ]:
        if count:
            yield f"- {label}: {count}\n  {absolute(url)}"


def _line(one: Line, today: date) -> str:
    link = absolute(reverse("console:assignment", args=[one.pk]))
    return f"- {_when(one.due_on, today)}: {one.action}\n  {link}"


def _when(due_on: date | None, today: date) -> str:
    if due_on is None:
        return _("Không ghi hạn")
    if due_on < today:
        return _("Quá hạn %(n)d ngày, hạn %(day)s") % {
            "n": (today - due_on).days,
            "day": printed(due_on),
        }
    if due_on == today:
        return _("Hạn hôm nay")
    return _("Hạn %(day)s") % {"day": printed(due_on)}
