"""What tests of reports begin with: a province, its department, units that report, a quarter."""

from datetime import date
from uuid import uuid4

from danvan.duties.models import Assignment
from danvan.org.actors import Actor
from danvan.periods import parse
from danvan.records import actions as records
from danvan.records.definitions import register
from danvan.reports import actions, writing
from danvan.reports.models import Report
from tests.factories import AssignmentFactory, DutyFactory, UnitFactory, actor, coordinator

QUARTER = parse("2024-Q1")
TODAY = (2024, 3, 8)
DUE = date(2024, 3, 11)
WRITTEN = {
    "direction": "Đã quán triệt Chỉ thị số 33/CT-TTg.\n- Ban hành kế hoạch.",
    "shortcomings": "Còn 01 việc chậm.",
    "directions": "Tổ chức đối thoại quý II.",
}


def province() -> Actor:
    """The province and the coordinator of its coordinating department."""
    UnitFactory(called="UBND tỉnh Tân Giang", kind="peoples_committee", level="province")
    return coordinator()


def asked(officer: Actor, asking: Actor) -> Assignment:
    """The quarterly report as a duty of the unit."""
    duty = DutyFactory(
        deliverable="báo cáo",
        due={"kind": "recurring", "every": "quarter", "day": 10},
        confirmed_by=asking.unit,
        asked_by=asking.unit,
    )
    return AssignmentFactory(
        duty=duty, unit=officer.unit, occurrence=str(QUARTER), due_on=DUE, state="in_progress"
    )


def reception(officer: Actor, *, visits: int, on: str = "05/02/2024") -> None:
    """A row of the register of reception, within the quarter unless told otherwise."""
    typed = {
        "held_on": on,
        "receiver": "head",
        "form": "regular",
        "visits": str(visits),
        "persons": str(visits),
        "cases": "1",
        "mass_groups": "0",
        "outcome": "answered",
    }
    records.write(
        register("reception", date(2024, 3, 1)), officer.unit, typed, by=officer, key=str(uuid4())
    )


def draft(officer: Actor) -> Report:
    return actions.open_report("quarterly", officer.unit, QUARTER, by=officer)


def write(report: Report, code: str, text: str, *, by: Actor) -> None:
    section = report.sections.get(code=code)
    said = writing.Writing(text, section.revision, uuid4(), is_finished=True)
    writing.write_section(report, code, said, by=by)


def complete_draft(officer: Actor) -> Report:
    report = draft(officer)
    for code, text in WRITTEN.items():
        write(report, code, text, by=officer)
    return report


def sent(officer: Actor | None = None) -> Report:
    officer = officer or actor()
    return actions.submit(complete_draft(officer), by=officer)
