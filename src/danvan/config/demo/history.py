"""What has happened in the demo province before a visitor arrives on 18 March 2024.

Everything goes through the same actions as people's work, at the hour it would have happened.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from danvan import clock, pipeline
from danvan.documents import actions as documents
from danvan.documents.choices import Verdict
from danvan.documents.models import Document
from danvan.duties import access as duty_access
from danvan.duties import actions as duties
from danvan.duties.models import Assignment
from danvan.notices.actions import mark_read
from danvan.org.actors import Actor
from danvan.org.choices import Level, Role
from danvan.org.models import Post, Unit
from danvan.periods import Period
from danvan.records import actions as records
from danvan.records.definitions import Register, register
from danvan.reports import actions as reports
from danvan.reports import writing

from . import around

OPENING = date(2024, 3, 18)
SEED = 1026

# How a due assignment went, and how often of a hundred.
ENDS = {"in_time": 74, "late": 12, "waits": 7, "under_way": 4, "nothing": 3}
NOTES = (
    "Đã thực hiện và công khai theo quy định.",
    "Đã hoàn thành, gửi kèm biên bản.",
    "Đã thực hiện xong, đăng trên trang thông tin điện tử.",
    "Đã triển khai đến toàn thể cán bộ, công chức.",
)

FIRST_QUARTER = Period(2024, "Q1")
REPORTED = 30  # units that have sent the first quarter's report; those with accounts have not
OWN_WORK = {"so-tu-phap", "ubnd-huyen-an-phu-dong"}  # left for the visitor to do
SUBJECTS = (
    "Thủ tục cấp giấy chứng nhận quyền sử dụng đất",
    "Bồi thường, hỗ trợ khi làm đường giao thông nông thôn",
    "Nước sạch và thu gom rác ở khu dân cư",
    "Giải quyết hồ sơ tại bộ phận một cửa",
    "Hỗ trợ hộ nghèo vay vốn sản xuất",
    "An toàn cho học sinh trên đường đến trường",
)
PLACES = ("Hội trường cơ quan", "Nhà văn hóa khu dân cư", "Hội trường UBND xã")
CONCLUSIONS = (
    "Giao bộ phận một cửa trả lời từng trường hợp trong 15 ngày làm việc.",
    "Kiểm tra thực tế cùng đại diện khu dân cư, trả lời trong tháng sau.",
    "Công khai danh mục hồ sơ phải nộp tại nơi tiếp nhận.",
)
SAID = {
    "direction": (
        "Đã ban hành văn bản chỉ đạo thực hiện công tác dân vận, phân công lãnh đạo và công chức phụ trách; quán triệt đến toàn thể công chức, viên chức trong hội nghị giao ban tháng.",
        "Đã phổ biến các văn bản về dân vận, dân chủ ở cơ sở đến công chức, viên chức; gắn nội dung dân vận vào sinh hoạt cơ quan hằng tháng.",
        "Lãnh đạo trực tiếp chỉ đạo công tác dân vận, đưa nội dung tiếp công dân, đối thoại vào chương trình công tác quý.",
    ),
    "reception": (
        "Người đứng đầu tiếp công dân đúng lịch đã công khai; các kiến nghị được trả lời ngay tại buổi tiếp hoặc hẹn ngày trả lời.",
        "Nội dung phản ánh chủ yếu về đất đai, hộ tịch và chế độ chính sách; không có đoàn đông người.",
    ),
    "dialogue": (
        "Kết luận đối thoại được giao cho từng bộ phận, có thời hạn và được công khai tại trụ sở.",
        "Các ý kiến tập trung vào thủ tục hành chính và hạ tầng giao thông; đã giải đáp trực tiếp.",
    ),
    "duties": (
        "Các nhiệm vụ được giao đúng tiến độ; đã công khai lịch tiếp công dân của người đứng đầu.",
    ),
    "shortcomings": (
        "Việc tự kiểm tra ở một số bộ phận chưa thường xuyên; nguyên nhân do công chức kiêm nhiệm nhiều việc.",
        "Một số kiến nghị trả lời còn chậm do phải phối hợp nhiều cơ quan.",
    ),
    "directions": (
        "Tiếp tục thực hiện kế hoạch năm; tổ chức đối thoại theo kế hoạch; rà soát, cắt giảm thủ tục hành chính.",
        "Ban hành kế hoạch dân vận năm 2024; tập huấn kỹ năng tiếp công dân cho công chức.",
    ),
    "proposals": (
        "Không có.",
        "Đề nghị Sở Nội vụ tổ chức tập huấn kỹ năng đối thoại cho công chức.",
    ),
}


@transaction.atomic
def load_history() -> None:
    """Take in the earlier plans, assign their duties and let most of them be done. Safe to repeat."""
    if Document.objects.filter(attachment__isnull=False).exists():
        return
    chance = random.Random(SEED)
    officers = dict(_officers())
    coordinator = next(one for one in officers.values() if one.is_coordinator)
    around.register(coordinator)
    _confirm("earlier_plan.txt", "04-KH-UBND.txt", date(2024, 1, 9), coordinator)
    _confirm("inspection_plan.txt", "21-KH-SNV.txt", date(2024, 1, 24), coordinator)
    _do_assignments(chance, officers, coordinator)
    around.happen({one.own_unit.code: one for one in officers.values()}, coordinator)
    reporting = [one for one in officers.values() if one.own_unit.level != Level.COMMUNE]
    for officer in reporting:
        _keep_registers(chance, officer)
    for officer in chance.sample(reporting, k=REPORTED):
        _report(chance, officer, coordinator)
    for officer in officers.values():
        if officer.user_id is not None:
            mark_read(officer.user_id)


def _officers() -> Iterator[tuple[object, Actor]]:
    """Unit id → the person who works for it."""
    units = Unit.objects.named(OPENING).in_bulk()
    posts = Post.objects.held(OPENING).select_related("person")
    for post in posts.filter(role__in=[Role.OFFICER, Role.COORDINATOR]):
        yield (
            post.unit_id,
            Actor(
                user_id=post.person.user_id,
                name=post.person.name,
                role=Role(post.role),
                unit=units[post.unit_id],
            ),
        )


def _confirm(file: str, name: str, day: date, coordinator: Actor) -> None:
    plan = Path(__file__).with_name(file)
    with clock.at(_moment(day, hour=8)):
        reading = documents.take_in(plan.read_bytes(), name, by=coordinator)
        reading = documents.read(reading)
        for item in documents.items(reading)["duties"]:
            if not item.values.get("due"):  # the closing formula asks nothing by a day
                documents.correct(reading, by=coordinator, item=item.key, verdict=Verdict.DROP)
        found = documents.items(reading)
        for meaning in pipeline.meanings(reading, found).values():
            if meaning.is_open:
                documents.answer_name(reading, meaning.printed, by=coordinator, means=[])
        pipeline.confirm(reading, by=coordinator)


def _do_assignments(
    chance: random.Random, officers: dict[object, Actor], coordinator: Actor
) -> None:
    due = Assignment.objects.filter(due_on__lte=OPENING + timedelta(days=4)).by_due()
    for assignment in due.select_related("duty"):
        officer = officers.get(assignment.unit_id)
        if officer is None or assignment.due_on is None:
            continue
        if assignment.due_on >= OPENING and officer.own_unit.code in OWN_WORK:
            continue
        end = chance.choices(list(ENDS), weights=list(ENDS.values()))[0]
        day = _day_of(end, assignment.due_on, chance)
        if end == "nothing" or day > OPENING:
            continue
        with clock.at(_moment(day, hour=chance.randint(8, 16))):
            _do(assignment, end, officer, coordinator, chance)


def _day_of(end: str, due_on: date, chance: random.Random) -> date:
    if end == "late":
        return due_on + timedelta(days=chance.randint(1, 9))
    return due_on - timedelta(days=chance.randint(1, 12))


def _do(
    assignment: Assignment, end: str, officer: Actor, coordinator: Actor, chance: random.Random
) -> None:
    duties.acknowledge(assignment, by=officer)
    if end == "under_way":
        return
    duties.submit(assignment, duties.Proof(note=chance.choice(NOTES)), by=officer)
    assignment.refresh_from_db()
    decides = duty_access.can_decide(coordinator, assignment)  # not of the own unit's results
    if end != "waits" and assignment.state == "submitted" and decides:
        duties.accept(assignment, by=coordinator)


def _moment(day: date, *, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 15), clock.ZONE)


def _keep_registers(chance: random.Random, officer: Actor) -> None:
    """A winter's receptions, and at some units a dialogue."""
    reception, dialogue = (register(code, OPENING) for code in ("reception", "dialogue"))
    for day in sorted(_working_days(chance, 4 + chance.randint(0, 3))):
        _write(reception, _reception(chance, day), officer, day)
    for day in _working_days(chance, chance.choice((0, 0, 1, 1, 2))):
        _write(dialogue, _dialogue(chance, day), officer, day)


def _working_days(chance: random.Random, count: int) -> set[date]:
    """Days between 6 December and 5 March, which the first quarter's report counts."""
    first, last = date(2023, 12, 6), date(2024, 3, 5)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    holidays = {date(2024, 2, 8) + timedelta(days=n) for n in range(7)} | {date(2024, 1, 1)}
    return set(chance.sample([d for d in days if d.weekday() < 5 and d not in holidays], k=count))


def _write(book: Register, values: dict[str, str], officer: Actor, day: date) -> None:
    with clock.at(_moment(day, hour=16)):
        records.write(book, officer.own_unit, values, by=officer, key=f"{book.code}-{day}")


def _reception(chance: random.Random, day: date) -> dict[str, str]:
    visits = chance.randint(1, 9)
    cases = chance.randint(1, visits)
    return {
        "held_on": f"{day:%d/%m/%Y}",
        "receiver": chance.choice(("head", "head", "deputy", "officer")),
        "form": chance.choice(("scheduled", "scheduled", "regular", "ad_hoc")),
        "visits": str(visits),
        "persons": str(visits + chance.randint(0, 4)),
        "cases": str(cases),
        "mass_groups": "1" if visits > 8 else "0",
        "outcome": chance.choice(("answered", "guided", "forwarded", "in_progress")),
    }


def _dialogue(chance: random.Random, day: date) -> dict[str, str]:
    opinions = chance.randint(6, 24)
    return {
        "held_on": f"{day:%d/%m/%Y}",
        "form": chance.choice(("scheduled", "on_a_subject")),
        "chair": "Thủ trưởng đơn vị",
        "place": chance.choice(PLACES),
        "subject": chance.choice(SUBJECTS),
        "participants": str(chance.randint(35, 140)),
        "opinions": str(opinions),
        "opinions_answered": str(opinions - chance.randint(0, 4)),
        "conclusion": chance.choice(CONCLUSIONS),
    }


def _report(chance: random.Random, officer: Actor, coordinator: Actor) -> None:
    """The first quarter's report, sent a little before its day or a little after."""
    if officer.own_unit.code in OWN_WORK:
        return
    day = date(2024, 3, chance.choice((6, 7, 7, 8, 8, 8, 11, 11, 13)))
    with clock.at(_moment(day, hour=chance.randint(8, 16))):
        report = reports.open_report("quarterly", officer.own_unit, FIRST_QUARTER, by=officer)
        for code, texts in SAID.items():
            page = uuid.UUID(int=chance.getrandbits(128))
            said = writing.Writing(chance.choice(texts), revision=0, page=page, is_finished=True)
            writing.write_section(report, code, said, by=officer)
        reports.submit(report, by=officer)
    if chance.random() < 0.7 and officer.unit_id != coordinator.unit_id:
        with clock.at(_moment(date(2024, 3, 14), hour=9)):
            reports.accept(report, by=coordinator)
