"""What any action of the work changes in the database has an entry, in the same transaction.

The database itself is asked (`tests.watching`). A new action needs its line here: the last test says so.
Documents and duties have a file of their own.
"""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from danvan import clock
from danvan.audit.models import AuditEntry
from danvan.duties.models import Assignment, Evidence
from danvan.figures import actions as figures
from danvan.publication import actions as publication
from danvan.records import actions as records
from danvan.records.definitions import register
from danvan.reports import actions as reports
from danvan.reports import consolidating, labelling, writing
from danvan.reports.models import Passage, Report
from danvan.scores import actions as scores
from tests.danvan.audit.doing import actions_of, did, done
from tests.danvan.publication.factories import content, released
from tests.danvan.reports import making
from tests.danvan.scores import factories as sheets
from tests.factories import (
    AssignmentFactory,
    ThemeFactory,
    UnitFactory,
    actor,
    coordinator,
)
from tests.factories_records import DIALOGUE, RECEPTION

pytestmark = pytest.mark.django_db
STAGES = ("records", "figures", "reports", "scores", "publication")
LOOKING = {
    "figures.take",  # done by sending a report
    "records.open_personal",  # of a register with personal data: tests/danvan/console/test_audit.py
}


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*making.TODAY)


def test_of_records():
    by = actor()
    kept_in = register("reception", date(2024, 3, 1))
    doubtful = RECEPTION | {"visits": "1", "persons": "7"}
    record = did(records.write, kept_in, by.unit, RECEPTION, by=by, key="a")
    did(records.amend, record, RECEPTION | {"visits": "7"}, by=by, reason="Ghi sót")
    did(records.void, record, by=by, reason="Trùng")
    other = records.write(kept_in, by.unit, doubtful, by=by, key="b")
    other.state, other.kept_reason = "questioned", ""
    other.save()
    did(records.keep, other, by=by, reason="Đúng vậy")
    dialogue = register("dialogue", date(2024, 3, 1))
    commune = actor(unit=UnitFactory(kind="peoples_committee", level="district"))
    held = DIALOGUE | {"held_on": "5/3/2024"}
    spoken = records.write(dialogue, commune.unit, held, by=commune, key="c")
    of = AssignmentFactory(unit=by.unit)
    proof = Evidence.objects.create(assignment=of, note="Sổ", by_name="Bà Mai", at=clock.now())
    did(records.prove, other, proof, by=by)
    theme = ThemeFactory()
    did(records.label, other, theme, by=by)
    did(records.unlabel, other, theme, by=by)
    did(records.conclude, spoken, by=commune, action="Trả lời", unit=commune.unit, due_on=None)


def test_of_reports():
    asking, officer = making.province(), actor()
    making.asked(officer, asking)
    report = did(reports.open_report, "quarterly", officer.unit, making.QUARTER, by=officer)
    theme = ThemeFactory()
    did(labelling.label, report, theme, by=officer)
    did(labelling.unlabel, report, theme, by=officer)
    for page in (uuid4(), uuid4()):
        written = writing.Writing(f"Bản {page}", 0, page)
        did(writing.write_section, report, "direction", written, by=officer)
    did(writing.settle_aside, report, "direction", "Đã quán triệt.", by=officer)
    for code, text in making.WRITTEN.items():
        making.write(report, code, text, by=officer)
    did(reports.submit, report, by=officer)
    did(reports.send_back, report, {"direction": "Ghi rõ"}, by=asking)
    again = Report.objects.get(supersedes=report)
    did(reports.settle_remark, report.remarks.get(), by=officer)
    for code in making.WRITTEN:
        making.write(again, code, "Đã sửa.", by=officer)
    did(reports.submit, again, by=officer)
    did(reports.accept, again, by=asking)
    whole = did(consolidating.consolidate, "quarterly", making.QUARTER, by=asking)
    passage = did(consolidating.take_passage, whole, "direction", again, 0, by=asking)
    did(consolidating.rewrite, passage, "Đã sửa câu.", by=asking)
    did(consolidating.drop, passage, by=asking)
    assert not Passage.objects.exists()
    for code in making.WRITTEN:
        consolidating.take_passage(whole, code, again, 0, by=asking)
    did(consolidating.issue, whole, by=asking, number="12")
    did(reports.revise, again, by=officer)

    superseded = AuditEntry.objects.filter(verb="superseded").get(subject=report.pk)
    assert superseded.after == {"state": "superseded"}


def test_of_reports_that_came_before_their_duty():
    asking, officer = making.province(), actor()
    making.sent(officer)
    assignment = making.asked(officer, asking)
    Assignment.objects.update(state="assigned")

    did(reports.claim, [assignment], by=asking)


def test_of_a_section_that_begins_with_duties():
    making.province()
    officer = actor()
    AssignmentFactory(unit=officer.unit, due_on=date(2024, 4, 1))
    report = making.draft(officer)

    did(writing.begin_section, report, "directions", by=officer)


def test_of_figures():
    asking, officer = making.province(), actor()
    making.reception(officer, visits=3)
    figure = making.sent(officer).figures.first().figure
    window = figure.window_from, figure.window_to

    did(figures.sum_up, asking.unit, making.QUARTER, window, [figure], by=asking)


def test_of_scores():
    coordinating = UnitFactory(code="so-noi-vu", called="Sở Nội vụ", coordinates=True)
    campaign = did(scores.open_campaign, by=coordinator(coordinating), year=2024)
    more = UnitFactory(called="Sở Y tế")
    did(scores.open_score, campaign, more, by=coordinator(coordinating))


def test_of_a_sheet():
    stage = sheets.opened()
    said = scores.Written(points=Decimal(35), note="02 cuộc", file=sheets.PDF)
    line = stage.line("dialogue")
    did(scores.write_line, line, said, by=stage.officer)
    did(scores.withdraw_evidence, line, line.attachments.get(), by=stage.officer)
    scores.write_line(line, said, by=stage.officer)
    did(scores.submit, stage.score, by=stage.officer)
    did(scores.keep_self, stage.line("plan"), by=stage.coordinator)
    points = {"points": Decimal(30), "reason": "Chưa đủ."}
    did(scores.appraise, stage.line("reports"), by=stage.coordinator, **points)
    did(scores.appraise, line, by=stage.appraiser, **points)
    did(scores.finish, stage.score, by=stage.coordinator)


def test_of_releases():
    by = coordinator()
    subject = uuid4()
    did(publication.release, content(subject=subject), by=by)
    again = content(subject=subject, words="Sửa.")
    release = did(publication.replace, again, by=by)
    did(publication.take_down, release, by=by, reason="Nhầm")
    assert released(by).is_public


@pytest.fixture(scope="module", autouse=True)
def every_action_of_the_work_is_tried(request):
    """An action without a case fails here, when all tests of this file have run in any order."""
    yield
    here = {name for name in vars(request.module) if name.startswith("test_")}
    if here <= {
        item.originalname for item in request.session.items if item.module is request.module
    }:
        assert actions_of(*STAGES) - LOOKING - done == set()
