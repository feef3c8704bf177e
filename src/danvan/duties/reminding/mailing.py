"""Letters of notices that are told by e-mail at once: one letter a person, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan import clock
from danvan.duties.choices import ReminderKind
from danvan.duties.drafts.words import lowered
from danvan.duties.models import Assignment, Reminder
from danvan.notices.letters import write_all
from danvan.notices.links import absolute
from danvan.notices.models import Notice
from danvan.org import told as whom
from danvan.org.models import Person, Post, Unit
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed, weekday

AT_ONCE = 500  # people of one batch
LINES = 60  # more than these are counted
ESCALATED = {ReminderKind.TO_LEADER, ReminderKind.TO_ASKING}  # told to others, not to the unit


@dataclass(frozen=True)
class Written:
    """A letter before it is put into the outbox."""

    to: str
    subject: str
    body: str


def run() -> int:
    """Write the letters of all notices that wait for one; returns how many."""
    letters = 0
    while found := _batch():
        letters += found[1]
    return letters


@transaction.atomic
def _batch() -> tuple[int, int] | None:
    """Of some people: what waits is taken, and written about, in one transaction."""
    waiting = Notice.objects.filter(to_mail=True)
    users = list(
        waiting.order_by("recipient").values_list("recipient", flat=True).distinct()[:AT_ONCE]
    )
    taken = waiting.filter(recipient__in=users).select_for_update(skip_locked=True).order_by("pk")
    by_person: dict[UUID, list[Notice]] = defaultdict(list)
    for one in taken:
        by_person[one.recipient].append(one)
    if not by_person:
        return None
    letters = list(_letters(by_person))
    write_all((one.to, one.subject, one.body) for one in letters)
    Notice.objects.filter(pk__in=[one.pk for rows in by_person.values() for one in rows]).update(
        to_mail=False
    )
    return len(by_person), len(letters)


@in_vietnamese
def _letters(by_person: Mapping[UUID, Sequence[Notice]]) -> Iterable[Written]:
    people = whom.addresses(by_person)
    single = [rows[0] for user, rows in by_person.items() if user in people and len(rows) == 1]
    told = _Assignments(single)
    return [
        told.letter(person, rows[0]) if len(rows) == 1 else _joint(person, rows)
        for user, rows in by_person.items()
        if (person := people.get(user))
    ]


def greeting(person: Person) -> str:
    address = person.form_of_address or _("ông/bà")
    return _("Kính gửi %(address)s %(name)s,") % {"address": address, "name": person.name}


def page_of(notice: Notice) -> str:
    """Of an assignment its own page, else where notices are read."""
    if notice.subject_kind == "duties.assignment":
        return absolute(reverse("console:assignment", args=[notice.subject]))
    return absolute(reverse("console:notices"))


def _joint(person: Person, rows: Sequence[Notice]) -> Written:
    listed = [f"- {one.text}\n  {page_of(one)}" for one in rows[:LINES]]
    if len(rows) > LINES:
        listed.append(_("- và %(n)d việc khác.") % {"n": len(rows) - LINES})
    lines = "\n".join(listed)
    body = "\n\n".join(
        [
            greeting(person),
            lines,
            _("Đổi giờ nhận hoặc ngừng nhận: %(link)s.") % {"link": settings_page()},
        ]
    )
    return Written(person.email, _("%(n)d thông báo cần xem") % {"n": len(rows)}, body)


def settings_page() -> str:
    return absolute(reverse("console:notice_settings"))


class _Assignments:
    """What letters say of the assignments that notices are about, in a few queries."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        ids = {one.subject for one in notices if one.subject_kind == "duties.assignment"}
        rows = Assignment.objects.filter(pk__in=ids).select_related("duty", "person")
        self.known = {one.pk: one for one in rows}
        units = {one.unit_id for one in self.known.values()}
        self.units = {
            one.pk: one.name for one in Unit.objects.named(clock.today()).filter(pk__in=units)
        }
        in_charge = Post.objects.in_charge(clock.today()).filter(unit__in=units)
        self.in_charge = dict(in_charge.order_by("-pk").values_list("unit", "person__name"))
        reminded = Reminder.objects.filter(assignment__in=ids).exclude(kind__in=ESCALATED)
        counted = reminded.values("assignment").annotate(times=Count("pk")).order_by()
        self.reminded = {row["assignment"]: row["times"] for row in counted}

    def letter(self, person: Person, notice: Notice) -> Written:
        assignment = self.known.get(notice.subject)
        kind = notice.event.split()[2] if notice.event.startswith("reminder ") else ""
        if assignment is None or assignment.due_on is None or not kind:
            return _plain(person, notice)
        if kind in {"before", "on_the_day"}:
            return self._to_come(person, assignment)
        return self._late(person, assignment)

    def _said(self, one: Assignment) -> dict[str, object]:
        due_on = one.due_on
        assert due_on is not None
        return {
            "action": one.duty.action,
            "doing": lowered(one.duty.action),
            "unit": self.units.get(one.unit_id, ""),
            "day": printed(due_on),
            "weekday": f"{weekday(due_on)}, {printed(due_on)}",
            "days": abs((due_on - clock.today()).days),
            "times": self.reminded.get(one.pk, 0),
            "to": one.duty.deliver_to,
            "source": one.duty.source,
            "person": one.person or self.in_charge.get(one.unit_id, ""),
            "link": absolute(reverse("console:assignment", args=[one.pk])),
        }

    def _to_come(self, person: Person, one: Assignment) -> Written:
        said = self._said(one)
        needs = _("%(unit)s cần %(doing)s đến %(to)s hết ngày %(day)s.")
        if not said["to"]:
            needs = _("%(unit)s cần %(doing)s hết ngày %(day)s.")
        body = [
            needs % said,
            _("Căn cứ: %(source)s.") % said if said["source"] else "",
            _("Mở việc này: %(link)s.") % said,
            _("Nếu đã gửi, xin bỏ qua thư này."),
        ]
        subject = _("Nhắc việc: %(action)s, hạn %(weekday)s (còn %(days)d ngày).") % _short(said)
        if not said["days"]:
            subject = _("Nhắc việc: %(action)s, hạn hôm nay, %(weekday)s.") % _short(said)
        return Written(person.email, subject, _body(person, body))

    def _late(self, person: Person, one: Assignment) -> Written:
        said = self._said(one)
        body = [
            _("%(unit)s chưa %(doing)s, hạn %(day)s, đã nhắc %(times)d lần.") % said,
            _("Người phụ trách: %(person)s.") % said if said["person"] else "",
            _("Mở việc này: %(link)s.") % said,
        ]
        subject = _("Quá hạn %(days)d ngày: %(action)s.") % _short(said)
        return Written(person.email, subject, _body(person, body))


def _short(said: dict[str, object]) -> dict[str, object]:
    """For a subject, of which a mailbox shows little."""
    action = str(said["action"])
    return said | {"action": action if len(action) <= 120 else f"{action[:119].rstrip()}…"}


def _plain(person: Person, notice: Notice) -> Written:
    body = [notice.text, _("Mở việc này: %(link)s.") % {"link": page_of(notice)}]
    return Written(person.email, notice.text, _body(person, body))


def _body(person: Person, parts: Iterable[str]) -> str:
    return f"{greeting(person)} {' '.join(part for part in parts if part)}"
