"""A year of a province, lived day by day: the plan in January, Tết, a merger in July, the report in December.

The text of the plan is read as every document is; whoever acts, acts at the console's own doors below
the pages. What is expected was put down by hand, with the Civil Code (Điều 147, 148) and the office
calendar of 2026 beside: Tết is off from 14/02 to 22/02, Giỗ Tổ on a Sunday moves to Monday 27/4,
24/11 is a holiday.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from danvan import clock, pipeline
from danvan.documents import actions as documents
from danvan.duties import actions as duties
from danvan.duties import extending
from danvan.duties.models import Assignment, Reminder
from danvan.duties.reminding import digests, mailing, reminders
from danvan.notices.models import Digest, Letter, Notice
from danvan.org.actors import Actor
from danvan.org.choices import Level, Role, UnitKind
from danvan.org.events import merging
from danvan.org.events.decisions import Decision, NewUnit
from danvan.org.models import Person, Unit
from danvan.periods import Period
from danvan.reports import actions as reports
from danvan.reports import writing
from danvan.reports.models import Report
from danvan.workdays.calendars import calendar
from tests.factories import UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db

PLAN = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH TÂN GIANG                          Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND                          Tân Giang, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Công tác dân vận chính quyền năm 2026

I. NHIỆM VỤ
1. Sở Tư pháp chủ trì, phối hợp với Sở Y tế xây dựng kế hoạch phổ biến pháp luật về dân chủ ở cơ sở, gửi Sở Nội vụ chậm nhất ngày 20/02/2026.
2. Sở Y tế tổ chức hội nghị quán triệt Nghị quyết của Tỉnh ủy trước ngày 16/02/2026.
3. Sở Xây dựng rà soát quy chế tiếp công dân, báo cáo kết quả về Sở Nội vụ trước ngày 30/4/2026.
4. Sở Giao thông vận tải tổ chức đối thoại với người dân về giải phóng mặt bằng, báo cáo kết quả về Sở Nội vụ chậm nhất ngày 29/5/2026.
5. Sở Xây dựng tổ chức đối thoại với người dân về cấp phép xây dựng, báo cáo kết quả về Sở Nội vụ chậm nhất ngày 15/7/2026.
6. Sở Tư pháp tổng kết công tác hòa giải ở cơ sở, báo cáo kết quả về Sở Nội vụ chậm nhất ngày 24/11/2026.

II. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành tỉnh báo cáo kết quả thực hiện hằng quý về Sở Nội vụ chậm nhất ngày 10 của tháng cuối quý.
2. Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026.

Nơi nhận:
- Các sở, ban, ngành tỉnh;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH



Nguyễn Văn Thử
"""

# What the text says → a word by which the duty is called here.
CALLED = {
    "xây dựng kế hoạch": "plan",
    "hội nghị quán triệt": "study",
    "rà soát quy chế": "rules",
    "giải phóng mặt bằng": "land",
    "cấp phép xây dựng": "permits",
    "hòa giải": "mediation",
    "hằng quý": "quarter",
    "Ủy ban nhân dân tỉnh": "year",
}

# The last lawful day of everything that was laid, as it stood at the end of the year.
DUE = {
    "plan STP": "23/02",  # 20/02 is in Tết: the next working day
    "plan SYT": "23/02",
    "study SYT": "15/02",  # “trước ngày 16/02”: a day that is excluded never moves on
    "rules SXD": "29/04",
    "land SGT": "12/06",  # extended from 29/5
    "permits SXD": "15/07",
    "mediation STP": "25/11",  # 24/11 is a holiday
    "year SNV": "14/12",
    **{
        f"quarter {unit} Q{number}": f"10/{3 * number:02d}"
        for unit in ("SNV", "STP", "SYT", "SXD", "SGT")
        for number in (1, 2, 3, 4)
    },
}

# The day, what is said, how many days before or after, of which duty of whom.
SENT = """
06/02 before -7 study SYT
13/02 before -2 plan STP
13/02 on_the_day 0 study SYT
23/02 on_the_day 0 plan STP
23/02 after 8 study SYT
25/02 to_leader 3 study SYT
02/03 after 15 study SYT
22/04 before -7 rules SXD
24/04 before -2 rules SXD
29/04 on_the_day 0 rules SXD
22/05 before -7 land SGT
05/06 before -7 land SGT
10/06 before -2 land SGT
12/06 on_the_day 0 land SGT
08/07 before -7 permits SXD
13/07 before -2 permits SXD
15/07 on_the_day 0 permits SXD
16/07 after 1 permits SXD
20/07 to_leader 3 permits SXD
23/07 after 8 permits SXD
29/07 to_asking 10 permits SXD
30/07 after 15 permits SXD
03/09 before -7 quarter STP Q3
08/09 before -2 quarter STP Q3
10/09 on_the_day 0 quarter STP Q3
18/11 before -7 mediation STP
23/11 before -2 mediation STP
25/11 on_the_day 0 mediation STP
07/12 before -7 year SNV
11/12 before -2 year SNV
14/12 on_the_day 0 year SNV
"""


class Province:
    """The units of the year and who acts in them."""

    def __init__(self) -> None:
        self.top = UnitFactory(
            code="UBND", called="UBND tỉnh Tân Giang", kind="peoples_committee", level="province"
        )
        self.coordinator = coordinator(
            UnitFactory(code="SNV", called="Sở Nội vụ", coordinates=True, under=self.top)
        )
        self.officers = {"SNV": self.coordinator}
        self.leaders: dict[str, Actor] = {}
        names = {
            "STP": "Sở Tư pháp",
            "SYT": "Sở Y tế",
            "SXD": "Sở Xây dựng",
            "SGT": "Sở Giao thông vận tải",
        }
        for code, name in names.items():
            self.staff(UnitFactory(code=code, called=name, under=self.top), code)
        self.administrator = actor(Role.ADMINISTRATOR, self.top)
        for place, person in enumerate(Person.objects.order_by("pk")):
            person.email = f"can.bo.{place}@tangiang.example"
            person.save()

    def staff(self, unit: Unit, code: str) -> None:
        self.officers[code] = actor(Role.OFFICER, unit)
        self.leaders[code] = actor(Role.LEADER_IN_CHARGE, unit)

    def issue_plan(self) -> None:
        by = self.coordinator
        reading = documents.read(documents.take_in(PLAN.encode(), "ke-hoach.txt", by=by))
        pipeline.confirm(reading, by=by)

    def hand_in(self, called: str, *, by: str) -> None:
        note = duties.Proof(note="Đã thực hiện xong, có báo cáo kèm theo.")
        duties.submit(find(called), note, by=self.officers[by])

    def accept(self, called: str) -> None:
        duties.accept(find(called), by=self.coordinator)

    def quarters(self, number: int, *codes: str) -> None:
        for code in codes:
            self.hand_in(f"quarter {code} Q{number}", by=self.now(code))

    def now(self, code: str) -> str:
        """Who does a unit's work: of a department that was merged its successor."""
        return "SXG" if code in {"SXD", "SGT"} and "SXG" in self.officers else code

    def ask_for_more_time(self) -> None:
        extending.ask_extension(
            find("land SGT"),
            wanted_on=date(2026, 6, 12),
            reason="Chờ kết quả đo đạc lại tại hai khu vực.",
            by=self.officers["SGT"],
        )

    def give_more_time(self) -> None:
        asked = find("land SGT").extensions.get()
        extending.grant_extension(asked, due_on=asked.wanted_on, by=self.coordinator)

    def merge(self) -> None:
        departments = list(Unit.objects.filter(code__in=["SXD", "SGT"]))
        decision = Decision(date(2026, 7, 1), "Nghị quyết số 20/NQ-HĐND ngày 25/6/2026")
        new = NewUnit("Sở Xây dựng và Giao thông", UnitKind.DEPARTMENT, Level.PROVINCE)
        unit = merging.merge(departments, new, decision=decision, by=self.administrator)
        self.staff(unit, "SXG")

    def report_of_the_last_quarter(self) -> None:
        """Each department writes and sends its report; the coordinator takes them together."""
        for code in ("STP", "SYT", "SXG"):
            by = self.officers[code]
            report = reports.open_report("quarterly", by.own_unit, Period(2026, "Q4"), by=by)
            for section in report.sections.all():
                said = writing.Writing(
                    f"Kết quả của {by.unit}.", section.revision, uuid4(), is_finished=True
                )
                writing.write_section(report, section.code, said, by=by)
            reports.accept(reports.submit(report, by=by), by=self.coordinator)

    def close_the_year(self) -> None:
        pipeline.close(Period(2026, "Q4"), by=self.coordinator)


def find(called: str) -> Assignment:
    return next(one for one in Assignment.objects.laid() if name_of(one) == called)


def name_of(one: Assignment) -> str:
    """“quarter STP Q3”."""
    sentence = one.duty.sentence
    word = next(called for words, called in CALLED.items() if words in sentence)
    part = one.occurrence.partition("-")[2]
    return " ".join(filter(None, [word, one.unit.code, part]))


def script(year: Province) -> dict[date, Callable[[], None]]:
    """What people do on which day, once the day's reminders are out."""
    others = ("SNV", "STP", "SYT", "SXD", "SGT")
    merged = ("SNV", "SYT", "SXD", "SGT")

    def day(month: int, number: int) -> date:
        return date(2026, month, number)

    return {
        day(2, 11): lambda: year.hand_in("plan SYT", by="SYT"),
        day(2, 23): lambda: year.hand_in("plan STP", by="STP"),
        day(2, 25): lambda: year.accept("plan STP"),
        day(3, 2): lambda: year.quarters(1, *others),
        day(3, 5): lambda: year.hand_in("study SYT", by="SYT"),
        day(4, 29): lambda: year.hand_in("rules SXD", by="SXD"),
        day(5, 25): year.ask_for_more_time,
        day(5, 26): year.give_more_time,
        day(6, 1): lambda: year.quarters(2, *others),
        day(6, 12): lambda: year.hand_in("land SGT", by="SGT"),
        day(7, 1): year.merge,
        day(7, 31): lambda: year.hand_in("permits SXD", by="SXG"),
        day(8, 28): lambda: year.quarters(3, *merged),
        day(9, 10): lambda: year.quarters(3, "STP"),
        day(11, 25): lambda: year.hand_in("mediation STP", by="STP"),
        day(12, 1): year.report_of_the_last_quarter,
        day(12, 2): lambda: year.quarters(4, "SNV"),
        day(12, 14): lambda: year.hand_in("year SNV", by="SNV"),
        day(12, 15): year.close_the_year,
    }


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=clock.ZONE)


@pytest.fixture
def lived():
    """The province after its year: every morning the clock's own work, on Mondays twice, then what people do."""
    with clock.at(at(date(2026, 1, 5), 8)):
        year = Province()
    with clock.at(at(date(2026, 1, 12), 9)):
        year.issue_plan()
    acts = script(year)
    day = date(2026, 1, 13)
    while day.year == 2026:
        with clock.at(at(day, 8)):
            for _turn in range(1 + (day.weekday() == 0)):
                reminders.run(day)
                digests.run(clock.now())
                mailing.run()
        if day in acts:
            with clock.at(at(day, 10)):
                acts[day]()
        day += timedelta(days=1)
    return year


def test_a_year_of_a_province(lived):
    laid = Assignment.objects.laid().select_related("duty", "unit")
    assert {name_of(one): f"{one.due_on:%d/%m}" for one in laid} == DUE

    sent = Reminder.objects.select_related("assignment__duty", "assignment__unit")
    said = [f"{one.on:%d/%m} {one.kind} {one.step} {name_of(one.assignment)}" for one in sent]
    expected = SENT.split("\n")[1:-1]
    assert (sorted(set(said) - set(expected)), sorted(set(expected) - set(said))) == ([], [])
    assert len(said) == len(expected)

    # Whom it reached: who did the work of the department that was merged, its leader, who asked.
    permits = find("permits SXD")
    told = {
        code: [
            f"{one.created_at.astimezone(clock.ZONE):%d/%m}"
            for one in Notice.objects.filter(
                recipient=by.user_id, subject=permits.pk, event__startswith="reminder"
            ).order_by("created_at")
        ]
        for code, by in {
            "officer": lived.officers["SXG"],
            "leader": lived.leaders["SXG"],
            "asking": lived.coordinator,
            "before": lived.officers["SXD"],
        }.items()
    }
    assert told["officer"] == ["08/07", "13/07", "15/07", "16/07", "23/07", "30/07"]
    assert "20/07" in told["leader"]
    assert told["asking"] == ["29/07"]
    assert told["before"] == []

    # The state of everything, and who was late by how much.
    late = {name_of(one): one.days_late for one in laid if one.days_late}
    assert late == {"study SYT": 18, "permits SXD": 16}
    assert not [name_of(one) for one in laid if one.is_open]

    # Letters: one digest a day to a person, none on a day off; each ends in the outbox once.
    office = calendar(2026)
    assert Digest.objects.exists()
    assert [one.on for one in Digest.objects.all() if office.why_off(one.on)] == []
    assert not [
        one
        for one in Letter.objects.all()
        if office.why_off(one.queued_at.astimezone(clock.ZONE).date())
    ]

    # The province's report of the last quarter stands on those of its units.
    whole = Report.objects.get(is_consolidated=True)
    assert whole.period == "2026-Q4"
