"""Each page with each role, held against the table in access.yaml."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode
from PIL import Image

from danvan import clock
from danvan.console import urls as console_urls
from danvan.documents.exchange import sending, taking
from danvan.documents.models import Citation, Document, ValidityChange
from danvan.duties import difficulties, ending, extending, life
from danvan.duties.drafts import start as plan_start
from danvan.duties.drafts import writing as drafting
from danvan.duties.models import CoverageMatch, Duty, Evidence, Theme
from danvan.notices import letters
from danvan.org import committees
from danvan.org.actors import Actor, actor_of
from danvan.org.choices import Level, Position, Role, UnitKind
from danvan.org.committees import Seat
from danvan.org.events import founding
from danvan.org.events.decisions import Decision, NewUnit
from danvan.org.importing import drafts, previewing
from danvan.org.models import Delegation, Unit, User
from danvan.periods import parse
from danvan.records import actions as records
from danvan.records import definitions
from danvan.reports import actions as reports
from danvan.reports import consolidating
from danvan.reports.models import Report
from danvan.scores import actions as scores
from danvan.scores.actions import Written
from danvan.scores.models import Campaign
from tests.danvan.documents.exchange import making as exchanged
from tests.danvan.publication.factories import own_document, released
from tests.danvan.reports.making import WRITTEN, write
from tests.danvan.scores.factories import PDF
from tests.factories import (
    AssignmentFactory,
    AttachmentFactory,
    DelegationFactory,
    DocumentFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    ReadingFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)
from tests.factories_records import RECEPTION, DialogueFactory, RecordFactory

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)
TABLE = yaml.safe_load(Path(__file__).with_name("access.yaml").read_text("utf-8"))
ROLES = TABLE["columns"]
SEEN_BY_NO_OTHER = "Chuyện riêng của sở"  # stands in all that belongs to the unit alone
# One's own convenience, no change of the work.
WRITES_NO_ENTRY = {"mark_notices_read", "notice_settings", "save_filter", "drop_filter"}
WORKBOOK = "Tên;Loại;Cấp\nBan Nhập thử;Sở, ban, ngành;Cấp tỉnh\n".encode()
NEVER_SHOWN = (
    str(settings.ROOT),
    "pytest-of-",
    "site-packages",
    "Traceback (most recent call last)",
)
TERM = {
    "decision": "Quyết định số 4/QĐ-UBND",
    "from_": "1/3/2024",
    "seats-TOTAL_FORMS": "1",
    "seats-INITIAL_FORMS": "0",
    "seats-0-position": "head",
    "seats-0-unit": "Sở Y tế",
}
TEXT = "KẾ HOẠCH\n1. Chi cục Kiểm lâm xây dựng kế hoạch.\nĐã đối thoại 164 cuộc."


def addresses(resolver: URLResolver, space: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every address there is, whoever's: the console's by its bare name, others by their full one.

    The portal's have a table of their own, in which every address must stand, too.
    """
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            within = (*space, entry.namespace) if entry.namespace else space
            yield from addresses(entry, within)
        elif isinstance(entry, URLPattern) and space[:1] != ("portal",):
            name = ":".join([*space, entry.name or str(entry.pattern)])
            yield name.removeprefix("console:"), entry


NAMES = dict(addresses(get_resolver()))
OF_THE_CONSOLE = {entry.name for entry in console_urls.urlpatterns}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    method: str
    thing: str
    statuses: dict[str, int]

    @property
    def is_looking(self) -> bool:
        return self.method == "GET"

    def __str__(self) -> str:
        return " ".join(filter(None, [self.name, self.method, self.thing]))


ROWS = [
    Row(name, *asked.partition(" ")[::2], dict(zip(ROLES, statuses, strict=True)))
    for name, lines in TABLE["addresses"].items()
    for asked, statuses in lines.items()
]
BESIDE = [
    Row(
        name,
        *asked.partition(" ")[::2],
        dict.fromkeys(ROLES, signed_in) | {"anonymous": not_yet},
    )
    for name, lines in TABLE["beside"].items()
    for asked, (not_yet, signed_in) in lines.items()
]


# The world


@dataclass(frozen=True)
class World:
    """Who asks, and what they ask for: each thing with what its addresses need."""

    people: dict[str, Actor]
    things: dict[str, dict[str, Any]]

    def address(self, row: Row) -> str:
        known = self.things.get(row.thing, {})
        wanted = NAMES[row.name].pattern.converters
        name = f"console:{row.name}" if row.name in OF_THE_CONSOLE else row.name
        address = reverse(name, kwargs={one: known[one] for one in wanted})
        return f"{address}?{urlencode(known['query'])}" if "query" in known else address


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, files) -> Iterator[World]:
    """Made once; every test, and in it every request, is taken back."""
    on_that_day = override_settings(DANVAN_TODAY=TODAY, MEDIA_ROOT=files)
    with django_db_blocker.unblock(), on_that_day, transaction.atomic():
        yield _world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def in_the_world(world, files, settings, own_files, monkeypatch, caplog):
    settings.MEDIA_ROOT = files
    monkeypatch.setenv("PATH", "")  # without LibreOffice, on every machine
    caplog.set_level(logging.ERROR, logger="django.request")  # refusals are what is asked for


def _world() -> World:
    """A department with its work in every stage, beside others who have none."""
    asking = coordinator(UnitFactory(code="so-noi-vu", called="Sở Nội vụ", coordinates=True))
    province = UnitFactory(code="ubnd-tinh", called="UBND tỉnh Tân Giang", kind="peoples_committee")
    office = UnitFactory(code="van-phong-ubnd-tinh", called="Văn phòng UBND tỉnh")
    above = UnitFactory(called="Sở Nông nghiệp")
    own = actor(unit=UnitFactory(called="Chi cục Kiểm lâm", under=above))
    other = actor(unit=UnitFactory(called="Sở Y tế"))
    delegate, lent = _stands_in(own)
    people = {
        "coordinator": asking,
        "own": own,
        "delegate": delegate,
        "leader_in_charge": actor(Role.LEADER_IN_CHARGE, own.unit),
        "petition_handler": actor(Role.PETITION_HANDLER, own.unit),
        "above": actor(unit=above),
        "other": other,
        "appraiser": actor(Role.APPRAISER, office),
        "leader": actor(Role.READER_ONLY, province),
        "administrator": actor(Role.ADMINISTRATOR, UnitFactory(called="Sở Thông tin")),
    }
    things = {
        "department": {"pk": own.unit_id, "other": other.unit_id},
        "newcomer": {"pk": PersonFactory(user=None, email="moi@tinh.example").pk},
        "letter": {"pk": letters.write("ai.do@tinh.example", subject="Thư", body="Thử.").pk},
        "nobodys": {"provider_id": "tinh", "uidb36": "1", "key": "1-a", "token": "a", "pk": 1},
        "seen": {"query": {"unit": own.unit_id}},
        "anothers": {"post": actor().posts[0].pk},
        "visits": {"code": "reception_visits"},
        "day": {"day": TODAY},
        "lent": {"post": lent.pk},
        "coming_year": {"year": 2030},
        "swapped_day": {"query": {"ngay": "2024-04-29"}},
        "misdated": _misdated(own),
        **_organisations(own, lent, asking),
        **_brought(asking),
        "steering": {"pk": _steering(asking)},
        **_documents(own, asking),
        **_exchanged(own, other),
        **_assignments(own, asking),
        **_follow_ups(own),
        **_covered(own, asking),
        **_drafted(own),
        **_records(own),
        **_reports(own, asking),
        **_sheets(own, asking),
        **_feed(asking),
    }
    return World(people, things)


def _misdated(own: Actor) -> dict[str, Any]:
    """An assignment whose last day is not the one that the office calendar gives."""
    days = {"nominal_on": date(2024, 4, 3), "due_on": date(2024, 4, 10)}
    return {"assignment": AssignmentFactory(unit=own.unit, **days).pk}


def _stands_in(own: Actor) -> tuple[Actor, Delegation]:
    """A colleague who acts for an officer: not in a post of his own, but by a delegation."""
    lent = DelegationFactory(post=own.posts[0])
    found = actor_of(lent.to.user)
    assert found is not None
    assert found.acting_for == lent
    return found, lent


def _organisations(own: Actor, lent: Delegation, asking: Actor) -> dict[str, dict[str, Any]]:
    """An event, a colleague without a post of note, the officer's post, and who stands in for him."""
    colleague = PostFactory(unit=UnitFactory(called="Sở Ngoại vụ")).person
    new = NewUnit("Sở Du lịch", UnitKind.DEPARTMENT, Level.PROVINCE)
    decided = Decision(date(2024, 1, 2), "Quyết định số 1/QĐ-UBND ngày 01/01/2024")
    begun = founding.establish(new, under=None, decision=decided, by=asking)
    return {
        "happened": {"pk": begun.names.get().event_id},
        "colleague": {"pk": colleague.pk, "name": colleague.name},
        "own_post": {"pk": own.posts[0].pk},
        "stood_in": {"pk": lent.pk},
    }


def _steering(asking: Actor) -> Any:
    """A committee in its first term."""
    term = committees.set_up(
        NewUnit("Ban Chỉ đạo dân vận", UnitKind.COMMITTEE, Level.PROVINCE),
        under=asking.own_unit,
        decision="Quyết định số 3/QĐ-UBND ngày 03/01/2024",
        standing_body=asking.unit,
        from_=date(2024, 1, 3),
        members=[Seat(Position.HEAD, unit=asking.unit)],
        by=asking,
    )
    return term.committee_id


def _brought(asking: Actor) -> dict[str, dict[str, Any]]:
    """A workbook that waits to be taken in."""
    made = drafts.draft(WORKBOOK, "don-vi.csv", default_on=TODAY, by=asking)
    return {"brought": {"pk": made.pk, "seen": previewing.preview(made, by=asking).digest}}


def _documents(own: Actor, asking: Actor) -> dict[str, dict[str, Any]]:
    registered = DocumentFactory(filed_by=own.unit)
    ReadingFactory(document=registered, state="proofread", text=TEXT, result=_result())
    scan, hidden = (_scan(own.unit, state) for state in ("proofread", "read"))
    unconfirmed = DocumentFactory(filed_by=own.unit, registered_on=None, title=SEEN_BY_NO_OTHER)
    ReadingFactory(document=unconfirmed, text=TEXT, result=_result())
    return {
        "registered": {"pk": registered.pk},
        "scan": {"pk": scan.pk, "number": 1},
        "unconfirmed_scan": {"pk": hidden.pk, "number": 1},
        "page_of_words": {"pk": registered.pk, "number": 1},
        "registered_file": {"pk": registered.attachment_id},
        "unconfirmed": {"pk": unconfirmed.pk},
        **_citing(own),
        "unconfirmed_file": {"pk": unconfirmed.attachment_id},
        "candidate": {"kind": "document", "subject": own_document().pk},
        "public": {"pk": released(asking).pk},
    }


def _exchanged(own: Actor, other: Actor) -> dict[str, dict[str, Any]]:
    """A package that was brought in, a document that came, and one that was sent out."""
    kept = taking.take(exchanged.package(), "goi.edxml", by=own).package
    there = DocumentFactory(filed_by=other.unit, recipients=["Chi cục Kiểm lâm"])
    [arrived] = sending.send(there, exchanged.chosen(there, other), by=other)
    here = DocumentFactory(filed_by=own.unit, recipients=["Báo Tân Giang"])
    [sent] = sending.send(here, exchanged.chosen(here, own), by=own)
    return {
        "brought_in": {"pk": kept.pk},
        "arrived": {"pk": arrived.pk},
        "sent_out": {"pk": there.pk},
        "posted": {"pk": sent.pk},
    }


def _citing(own: Actor) -> dict[str, dict[str, Any]]:
    """A file that was set aside; words that mean no known document, and words that replace one."""
    lost = DocumentFactory(filed_by=own.unit, registered_on=None, discarded_at=clock.now())
    earlier, later = DocumentFactory(filed_by=own.unit), DocumentFactory(filed_by=own.unit)
    said = ValidityChange.objects.create(
        document=earlier, kind="amended", on=TODAY, is_verified=False
    )
    replacing = Citation.objects.create(
        document=later, target=earlier, relation="replaces", standing="resolved", text="Kế hoạch"
    )
    unsettled = Citation.objects.create(
        document=later,
        relation="basis",
        kind="Kế hoạch",
        number="9/KH-UBND",
        number_squeezed="9/kh-ubnd",
        alike="9/kh-ubnd||",
        text="Kế hoạch số 9/KH-UBND",
    )
    return {
        "discarded": {"pk": lost.pk},
        "said": {"pk": said.pk},
        "replacing": {"pk": replacing.pk},
        "tied": {"lower": later.pk, "upper": earlier.pk},
        "unsettled": {"query": {"alike": unsettled.alike}, "chosen": earlier.pk},
    }


def _scan(unit: Unit, state: str) -> Document:
    """A picture of one empty page, read as one."""
    picture = BytesIO()
    Image.new("L", (210, 297), "white").save(picture, "PNG")
    document = DocumentFactory(
        filed_by=unit, **({"registered_on": None} if state == "read" else {})
    )
    document.attachment.content.save("trang.png", ContentFile(picture.getvalue()))
    document.attachment.save()
    ReadingFactory(document=document, state=state, text=TEXT, result={"pages": [[210, 297]]})
    return document


def _result() -> dict[str, Any]:
    words = "Chi cục Kiểm lâm xây dựng kế hoạch"
    start = TEXT.index(words)
    span = {"start": start, "end": start + len(words), "text": words, "confidence": 0.9}
    return {
        "header": {"number": "15/KH-STP", "date": "2024-02-20", "kind": "Kế hoạch"},
        "duties": [{**span, "action": "Xây dựng kế hoạch", "lead": ["Chi cục Kiểm lâm"]}],
    }


def _theme(duty: Duty) -> Any:
    theme = Theme.objects.create(kind="theme", title="Năm dân vận", year_from=2024, year_to=2024)
    theme.duties.add(duty)
    return theme.pk


def _feed(asking: Actor) -> dict[str, dict[str, Any]]:
    """The secret address of a calendar."""
    key = uuid4()
    User.objects.filter(pk=asking.user_id).update(feed_key=key)
    return {"own_feed": {"key": key}}


def _assignments(own: Actor, asking: Actor) -> dict[str, dict[str, Any]]:
    duty = DutyFactory(
        document=None, action=SEEN_BY_NO_OTHER, asked_by=asking.unit, confirmed_by=asking.unit
    )
    laid = {"duty": duty, "unit": own.unit}
    assigned = AssignmentFactory(**laid, occurrence="2024-Q1")
    handed_in = AssignmentFactory(**laid, occurrence="2024-Q2", handed_in=True)
    requested = AssignmentFactory(**laid, occurrence="2024-Q3", state="requested")
    later = {"due_on": date(2024, 4, 1)}
    contested, waiting, standing, ended, cascaded = (
        AssignmentFactory(**laid, **later, occurrence=f"2024-M{month:02d}") for month in range(1, 6)
    )
    life.contest(contested, reason="Không đúng chức năng.", by=own)
    wanted = date(2024, 4, 12)
    extending.ask_extension(waiting, wanted_on=wanted, reason="Chờ số liệu.", by=own)
    extending.suspend(standing, reason="Chờ.", by=asking)
    ending.rescind([ended], reason="Thôi.", by=asking)
    AssignmentFactory(duty=duty, parent=cascaded, due_on=date(2024, 3, 14))
    raised = difficulties.bring_up(
        title=SEEN_BY_NO_OTHER, text="Chưa có dự toán.", to=asking.own_unit, key="1", by=own
    )
    evidence = AttachmentFactory(
        content=ContentFile(SEEN_BY_NO_OTHER.encode(), name="minh-chung.txt")
    )
    Evidence.objects.create(
        assignment=handed_in,
        attachment=evidence,
        by_name=own.name,
        at=handed_in.handed_in_at,
    )
    return {
        "ordered": {"pk": duty.pk},
        "assigned": {"pk": assigned.pk},
        "theme": {"pk": _theme(duty), "duty": duty.pk},
        "handed_in": {"pk": handed_in.pk},
        "requested": {"pk": requested.pk},
        "contested": {"pk": contested.pk},
        "waiting": {"pk": waiting.pk},
        "standing": {"pk": standing.pk},
        "rescinded": {"pk": ended.pk},
        "cascaded": {"pk": cascaded.pk},
        "difficulty": {"pk": raised.pk},
        "see_difficulty": {"pk": raised.pk},
        "evidence": {"pk": evidence.pk},
    }


def _follow_ups(own: Actor) -> dict[str, dict[str, Any]]:
    """A directive to concretise and to study, what is proposed from it, and a programme."""
    directive = DocumentFactory()
    plan = DutyFactory(document=directive, deliverable="kế hoạch")
    AssignmentFactory(duty=plan, unit=own.unit)
    proposed, passed_over, studied = (
        DutyFactory(document=directive, origin="study", item=f"follow_up:{place}")
        for place in range(3)
    )
    AssignmentFactory(duty=proposed, unit=own.unit, state="proposed")
    AssignmentFactory(duty=passed_over, unit=own.unit, state="rescinded", remark="Thôi.")
    study = AssignmentFactory(duty=studied, unit=own.unit)
    values = {"document": directive.number, "form": "online", "held_on": "15/3/2024"}
    counts = {"sessions": "1", "cadres": "9", "attended": "9"}
    register = definitions.register("study", TODAY)
    kept = records.write(register, own.own_unit, {**values, **counts}, by=own, key="study")
    programme = DocumentFactory(term_from=date(2024, 1, 1))
    return {
        "directive": {"pk": directive.pk},
        "proposed": {"pk": proposed.pk},
        "passed_over": {"pk": passed_over.pk},
        "studied": {"pk": study.pk, "record": kept.pk},
        "programme": {"pk": programme.pk},
    }


def _covered(own: Actor, asking: Actor) -> dict[str, dict[str, Any]]:
    """A plan that was handed in, and what it makes of a duty."""
    plan = DocumentFactory(filed_by=own.unit, registered_on=None)
    duty = DutyFactory(
        asked_by=asking.unit,
        confirmed_by=asking.unit,
        deliverable="kế hoạch",
        deliver_to="Sở Nội vụ",
    )
    sent = AssignmentFactory(duty=duty, unit=own.unit, handed_in=True)
    Evidence.objects.create(assignment=sent, document=plan, by_name=own.name, at=clock.now())
    match = CoverageMatch.objects.create(
        duty=DutyFactory(document=duty.document, action=SEEN_BY_NO_OTHER, sentence=""),
        plan=plan,
        found="left_out",
        said_by=asking.name,
        at=clock.now(),
    )
    return {"covering_plan": {"pk": plan.pk}, "covered": {"pk": match.pk}}


def _drafted(own: Actor) -> dict[str, dict[str, Any]]:
    """A plan that is being written, with a duty that is taken up."""
    asks = AssignmentFactory(unit=own.unit, duty__deliverable="kế hoạch")
    AssignmentFactory(unit=own.unit, duty__document=asks.duty.document, due_on=None)
    draft = plan_start.begin(asks, by=own)
    line = drafting.take_up(draft.lines.exclude(duty=None).get(), by=own)
    return {
        "drafted": {"pk": draft.pk},
        "drafted_line": {"pk": draft.pk, "line": line.pk},
        "planned_year": {"year": 2024},
    }


def _records(own: Actor) -> dict[str, dict[str, Any]]:
    reception = RecordFactory(unit=own.unit)
    questioned = RecordFactory(unit=own.unit, state="questioned")
    dialogue = DialogueFactory(unit=own.unit, conclusion=SEEN_BY_NO_OTHER)
    concluded = records.conclude(
        dialogue, by=own, action=SEEN_BY_NO_OTHER, unit=own.unit, due_on=None
    )
    return {
        "reception": {"code": "reception", "pk": reception.pk},
        "questioned": {"code": "reception", "pk": questioned.pk},
        "dialogue": {"code": "dialogue", "pk": dialogue.pk},
        "concluded": {"pk": concluded.duty_id},
    }


def _reports(own: Actor, asking: Actor) -> dict[str, dict[str, Any]]:
    draft = _written(own, "2023-Q4")
    returned = reports.submit(_written(own, "2023-Q3"), by=own)
    reports.send_back(returned, {"direction": SEEN_BY_NO_OTHER}, by=asking)
    sent = reports.submit(_written(own, "2024-Q1"), by=own)
    consolidated, passage = _consolidated(sent, asking)
    of_issued = reports.submit(_written(own, "2023-Q2"), by=own)
    issued, issued_passage = _consolidated(of_issued, asking)
    consolidating.issue(issued, by=asking, number="128")
    section = {"code": "direction"}
    return {
        "draft": {"pk": draft.pk, **section},
        "sent": {"pk": sent.pk, **section},
        "draft_number": {"pk": draft.pk, "code": "reception_visits"},
        "sent_number": {"pk": sent.pk, "code": "reception_visits"},
        "consolidated": {"pk": consolidated.pk, "source": sent.pk, **section},
        "passage": {"passage": passage},
        "quarter": {"period": parse("2024-Q1")},
        "issued": {"pk": issued.pk, "source": of_issued.pk, **section},
        "issued_passage": {"passage": issued_passage},
        "issued_quarter": {"period": parse("2023-Q2")},
        "remark": {"pk": returned.successor.pk, "remark": returned.remarks.get().pk},
        "frozen": {"pk": _figure(sent)},
        "whole": {"pk": _figure(consolidated)},
    }


def _written(by: Actor, period: str) -> Report:
    """A draft that may be sent."""
    report = reports.open_report("quarterly", by.unit, parse(period), by=by)
    for code in WRITTEN:
        write(report, code, f"{SEEN_BY_NO_OTHER}, kỳ {period}.", by=by)
    return report


def _consolidated(source: Report, by: Actor) -> tuple[Report, Any]:
    """The province's draft with the source's words in it, and one passage of it."""
    report = consolidating.consolidate("quarterly", source.as_period, by=by)
    taken = [consolidating.take_passage(report, code, source, 0, by=by) for code in WRITTEN]
    return report, taken[-1].pk


def _figure(report: Report) -> Any:
    return report.figures.get(figure__indicator="reception_visits").figure_id


def _sheets(own: Actor, asking: Actor) -> dict[str, dict[str, Any]]:
    """This year's sheet, written but not sent, and last year's, sent."""
    sheets = {}
    for name, year in (("sheet", 2024), ("sent_sheet", 2023)):
        campaign: Campaign = scores.open_campaign(by=asking, year=year)
        sheet = campaign.scores.get(unit=own.unit)
        line = sheet.lines.get(code="dialogue")
        said = Written(points=Decimal(35), note=SEEN_BY_NO_OTHER, file=PDF)
        scores.write_line(line, said, by=own)
        sheets[name] = {
            "pk": sheet.pk,
            "code": "dialogue",
            "attachment": line.attachments.get().pk,
        }
    scores.submit(sheet, by=own)
    return {
        **sheets,
        "proven": {"pk": sheets["sheet"]["pk"], "code": "plan"},
        "sent_plan": {"pk": sheet.pk, "code": "plan"},
        "sheet_file": {"pk": sheets["sheet"]["attachment"]},
    }


def body(row: Row, world: World, role: str) -> dict[str, Any]:
    """The least that an action asks for."""
    thing = world.things.get(row.thing, {})
    typed = {"text": "Đã quán triệt.", "revision": 99, "page": uuid4()}
    item = {"item": "duties:0"}
    person = world.people.get(role)
    post = (person.acting_for or person.posts[0]).pk if person else ""
    bodies: dict[str, dict[str, Any]] = {
        "bulk": {"do": "remind", "chosen": thing.get("pk")},
        "save_filter": {"name": "Quá hạn", "query": "state=overdue"},
        "themes": {"kind": "theme", "title": "Năm mới", "year_from": 2024, "year_to": 2024},
        "duty": {"units": [world.things["department"]["other"]]},
        "lay_proposals": {"chosen": thing.get("pk")},
        "pass_over_proposals": {"chosen": thing.get("pk"), "confirmed": "1", "reason": "Thôi."},
        "take_back_proposals": {"chosen": thing.get("pk")},
        "choose_units": {"more": "Sở Y tế"},
        "add_activity": {
            "key": "018e5000-0000-7000-8000-000000000001",
            "action": "Họp hai bên",
            "lead": ["Sở Y tế"],
        },
        "bind_programme": {"names": "Sở A\nHội B", "from_": "1/1/2024"},
        "submit": {"note": "Đã làm."},
        "answer": {"note": "Đã làm."},
        "send_back": {"reason": "Thiếu."},
        "coverage_send_back": {"remark": "Bổ sung."},
        "coverage_match": {"found": "left_out"},
        "coverage_answer": {"answer": "no"},
        "write_plan_head": {**typed, "title": "Thực hiện công tác dân vận năm 2024"},
        "autosave_plan_head": {**typed, "title": "Thực hiện công tác dân vận năm 2024"},
        "write_plan_line": {**typed, "action": "Tổ chức đối thoại", "lead": "Văn phòng Sở"},
        "autosave_plan_line": {**typed, "action": "Tổ chức đối thoại", "lead": "Văn phòng Sở"},
        "decide_plan_line": {"decision": "left_out", "reason": "Không thuộc chức năng."},
        "arrange_plan_line": {"do": "down"},
        "add_to_plan": {"do": "own"},
        "contest": {"reason": "Không đúng chức năng."},
        "uphold": {"answer": "Đúng chức năng."},
        "entrust": {"person": _holder(person)},
        "progress": {"percent": 40, "text": "Đã họp.", "key": uuid4()},
        "tell": {"text": "Gửi thêm biểu.", "key": uuid4()},
        "ask_extension": {"wanted_on": "12/4/2024", "reason": "Chờ số liệu."},
        "extend": {"days": 5, "reason": "Chờ số liệu."},
        "suspend": {"reason": "Chờ."},
        "transfer": {"unit": "Sở Y tế", "reason": "Đúng chức năng."},
        "rescind": {"reason": "Thôi."},
        "close": {"reason": "Thôi."},
        "cascade": {"to": "all"},
        "raise_difficulty": {
            "title": "Thiếu kinh phí",
            "text": "Chưa có dự toán.",
            "to": world.people["coordinator"].unit_id,
            "key": uuid4(),
        },
        "difficulty": {"text": "Đã bổ sung.", "answer": "1"},
        "documents": {"file": SimpleUploadedFile("ke-hoach.txt", TEXT.encode())},
        "packages": {"file": SimpleUploadedFile("goi.edxml", exchanged.package())},
        "answer_package": {"status": "05"},
        "arrival": {"answer": "receive"},
        "note_delivery": {"on": "18/3/2024"},
        "add_annex": {"file": SimpleUploadedFile("phu-luc.txt", TEXT.encode())},
        "discard_document": {"reason": "Tải nhầm."},
        "relink_citation": {"cut": "1"},
        "take_back": {"reason": "Xác nhận nhầm."},
        "choose_document": {"alike": "9/kh-ubnd||", "document": thing.get("chosen")},
        "set_aside_citation": {"alike": "9/kh-ubnd||"},
        "make_card": {"alike": "9/kh-ubnd||"},
        "document_validity": {"kind": "amended", "on": "05/3/2026"},
        "confirm_item": item,
        "drop_item": item,
        "undo_item": item,
        "correct_item": {**item, "action": "Ban hành kế hoạch"},
        "add_item": {"item": f"figures:+{uuid4()}", "words": "164 cuộc", "name": "đối thoại"},
        "answer_name": {**item, "name": "Chi cục Kiểm lâm", "nobody": "1"},
        "register": {**RECEPTION, "key": uuid4()},
        "write_record": {**RECEPTION, "key": uuid4()},
        "amend_record": {**RECEPTION, "visits": "8", "revision": 1, "reason": "Ghi nhầm."},
        "label_record": {"theme": world.things["theme"]["pk"]},
        "label_report": {"theme": world.things["theme"]["pk"]},
        "keep_record": {"reason": "Đúng vậy."},
        "void_record": {"reason": "Ghi nhầm."},
        "conclude": {"action": "Trả lời", "unit": world.things["department"]["pk"]},
        "open_report": {"period": "2024-Q1"},
        "issue_report": {"number": "129"},
        "change_passage": {"text": "Đã sửa."},
        "send_back_report": {"direction": "Ghi rõ."},
        "write_section": typed,
        "autosave_section": typed,
        "write_province": typed,
        "take_passage": {"source": thing.get("source"), "paragraph": 0},
        "score": {
            "dialogue-points": "30",
            "dialogue-note": "",
            "plan-note": "",
            "reports-note": "",
        },
        "appraise": {f"{thing.get('code')}-points": "10", f"{thing.get('code')}-reason": "Thiếu."},
        "take_down": {"reason": "Nhầm."},
        "lock_account": {"reason": "Nghỉ việc."},
        "unlock_account": {"reason": "Đã xong."},
        "reset_second_factor": {"reason": "Mất điện thoại."},
        "unlink_province": {"reason": "Tỉnh cấp tài khoản khác."},
        "sign_in_policy": {"role": "administrator"},
        "outbox": {"letter": world.things["letter"]["pk"]},
        "unit_event": {
            "kind": "renamed",
            "unit": "Sở Du lịch",
            "name": "Sở Văn hóa",
            "on": "1/4/2024",
            "basis": "Quyết định số 2/QĐ-UBND",
            "sure": "1",
        },
        "add_person": {"name": "Lê Văn Mới"},
        "change_person": {"name": "Lê Văn Mới"},
        "appoint": {
            "person": world.things["colleague"]["name"],
            "unit": "Chi cục Kiểm lâm",
            "role": "officer_in_charge",
            "from_": "18/3/2024",
        },
        "change_post": {"title": "Phó Chi cục trưởng", "from_": "1/1/2011"},
        "end_post": {"on": "1/4/2024", "reason": "Nghỉ hưu."},
        "delegate": {
            "post": post,
            "to": world.things["colleague"]["name"],
            "from_": "20/3/2024",
            "to_day": "25/3/2024",
            "reason": "Nghỉ phép.",
        },
        "set_up_committee": {**TERM, "name": "Ban Vận động", "under": "Sở Y tế"},
        "renew_committee": TERM,
        "enter_calendar_year": {"day": ["2030-01-01"], "source": "Thông báo số 1/TB"},
        "calendar_day": {"on": "1/7/2024", "kind": "holiday", "source": "Quyết định số 1/QĐ"},
        "withdraw_calendar_day": {"source": "Ghi nhầm."},
        "recompute_deadlines": {"assignment": thing.get("assignment")},
        "notice_settings": {"way": "none", "hour": 7},
        "review_committee": {"outcome": "kept", "on": "18/3/2024", "conclusion": "Còn cần."},
        "import_org": {
            "file": SimpleUploadedFile("don-vi.csv", WORKBOOK),
            "default_on": "18/03/2024",
        },
        "confirm_import": {"seen": thing.get("seen")},
        "switch_post": {"post": thing.get("post", post)},
    }
    return {key: value for key, value in bodies.get(row.name, {}).items() if value is not None}


def _holder(person: Actor | None) -> Any:
    """Who holds the post in which somebody acts."""
    if person is None:
        return ""
    return (person.acting_for.post if person.acting_for else person.posts[0]).person_id


# The walk


@dataclass(frozen=True)
class Answer:
    """What came of one request, which was then taken back."""

    status: int
    location: str
    policy: str
    words: str
    written: list[str]  # statements that wrote, but for the session

    @property
    def has_entry(self) -> bool:
        """In the audit."""
        return any(one.startswith('INSERT INTO "audit_auditentry"') for one in self.written)


def ask(client: Client, row: Row, world: World, role: str) -> Answer:
    address = world.address(row)
    statements: list[str] = []
    with transaction.atomic(), connection.execute_wrapper(_keeping(statements)):
        if row.is_looking:
            response = client.get(address)
        else:
            response = client.post(address, body(row, world, role))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return Answer(
        status=response.status_code,
        location=response.get("Location", ""),
        policy=response.get("Content-Security-Policy", ""),
        words=content.decode(errors="replace"),
        written=_written_down(statements),
    )


def _keeping(statements: list[str]) -> Callable[..., Any]:
    """Keeps every statement but those that met no row."""

    def keep(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if context["cursor"].rowcount:
            statements.append(sql)
        return result

    return keep


def _written_down(statements: Iterable[str]) -> list[str]:
    """Those that wrote and were not taken back by the action itself."""
    written: list[str] = []
    before: dict[str, int] = {}
    for sql in statements:
        if match := re.match(r"(SAVEPOINT|ROLLBACK TO SAVEPOINT) (\S+)", sql):
            word, point = match.groups()
            if word == "SAVEPOINT":
                before[point] = len(written)
            else:
                del written[before[point] :]
        elif re.match(r"INSERT|UPDATE|DELETE", sql) and not re.search(
            '"(django_session|config_cache)"', sql
        ):
            written.append(sql)
    return written


def complaints(row: Row, role: str, answer: Answer) -> Iterator[str]:
    """In what an answer breaks the promise."""
    if answer.status != row.statuses[role]:
        yield f"{answer.status}, not {row.statuses[role]}"
    to_sign_in = answer.location.startswith(reverse("account_login"))
    if row.name in OF_THE_CONSOLE and to_sign_in != (role == "anonymous"):
        yield f"leads to {answer.location!r}"
    if "script-src 'self'" not in answer.policy or "unsafe" in answer.policy:
        yield f"content security policy {answer.policy!r}"
    if shown := [one for one in NEVER_SHOWN if one in answer.words]:
        yield f"shows {shown}"
    if row.is_looking and answer.written:
        yield f"looking wrote {answer.written}"
    if answer.status >= 400 and answer.written:
        yield f"what was refused wrote {answer.written}"
    if answer.written and not answer.has_entry and row.name not in WRITES_NO_ENTRY:
        yield f"changed something, and the audit does not tell: {answer.written}"
    if role in {"other", "administrator"} and SEEN_BY_NO_OTHER in answer.words:
        yield "shows what is another unit's own"


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_the_table_says(world, role):
    client = Client(raise_request_exception=False)
    if role in world.people:
        signed_in(client, world.people[role])

    said = {
        str(row): list(complaints(row, role, ask(client, row, world, role)))
        for row in [*ROWS, *BESIDE]
    }

    assert {row: wrong for row, wrong in said.items() if wrong} == {}


@pytest.mark.parametrize("role", ROLES[1:])
def test_who_is_refused_an_action_is_refused_it_whatever_he_sends(world, role):
    """Rights are asked before a form is read."""
    client = signed_in(Client(raise_request_exception=False), world.people[role])
    refused = [row for row in ROWS if not row.is_looking and row.statuses[role] in {403, 404}]

    said = {str(row): client.post(world.address(row), {}).status_code for row in refused}

    assert {row: status for row, status in said.items() if status not in {403, 404}} == {}


def test_what_no_other_unit_may_see_its_own_unit_sees(world):
    """So that its absence elsewhere means something."""
    client = signed_in(Client(), world.people["own"])

    shown = {
        row.name
        for row in ROWS
        if row.is_looking and SEEN_BY_NO_OTHER in ask(client, row, world, "own").words
    }

    assert shown >= {
        "work",
        "assignments",
        "duty",
        "documents",
        "record",
        "report",
        "score",
        "unit",
    }


def test_who_holds_no_post_is_refused_everywhere(world):
    post = world.people["other"].posts[0]
    post.validity = DateRange(date(2010, 1, 1), TODAY)
    post.save()
    client = signed_in(Client(raise_request_exception=False), world.people["other"])

    said = {str(row): ask(client, row, world, "other").status for row in ROWS}

    assert set(said.values()) == {403}


def test_the_table_names_every_address_and_no_other():
    assert set(TABLE["addresses"]) == OF_THE_CONSOLE
    assert set(TABLE["beside"]) == set(NAMES) - OF_THE_CONSOLE


def test_the_table_tells_pages_from_actions(world):
    """An address without a GET in the table is an action: it cannot be opened."""
    pages = {row.name for row in ROWS if row.is_looking}
    client = signed_in(Client(), world.people["coordinator"])

    opened = {
        row.name: client.get(world.address(row)).status_code
        for row in ROWS
        if row.name not in pages
    }

    assert set(opened.values()) == {405}
