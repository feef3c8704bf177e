from datetime import date
from decimal import Decimal

import pytest

from danvan.duties.choices import AssignmentState
from danvan.scores import rules
from danvan.scores.rules import Fact

PLAN = {"rule": "plan_in_time", "late": 15, "missing": 30}
REPORTS = {"rule": "reports_in_time", "late": 5, "missing": 10}
MAX = Decimal(30)


def plan(came: date | None = None, *, state: str = "submitted", due: date = date(2024, 4, 1)):
    state = state if came else "assigned"
    return Fact("a1", rules.PLAN, "Kế hoạch", due, came, AssignmentState(state))


def report(number: int, due: date, came: date | None = None):
    state = AssignmentState.DONE if came else AssignmentState.ASSIGNED
    label = f"Báo cáo quý {'I' * number}/2024"
    return Fact(f"r{number}", rules.REPORT, label, due, came, state)


@pytest.mark.parametrize(
    ("facts", "today", "points", "words"),
    [
        (  # in time
            [plan(date(2024, 3, 18))],
            date(2024, 3, 18),
            Decimal(30),
            "Hệ thống tính: 30/30. Kế hoạch gửi ngày 18/3, hạn 01/4.",
        ),
        (  # the due day itself is in time
            [plan(date(2024, 4, 1))],
            date(2024, 4, 2),
            Decimal(30),
            "Hệ thống tính: 30/30. Kế hoạch gửi ngày 01/4, hạn 01/4.",
        ),
        (  # late, as much as the table takes off, and for good
            [plan(date(2024, 4, 5))],
            date(2024, 12, 1),
            Decimal(15),
            "Hệ thống tính: 15/30. Kế hoạch gửi ngày 05/4, hạn 01/4, quá hạn 4 ngày.",
        ),
        (  # not come after its day
            [plan()],
            date(2024, 4, 3),
            Decimal(0),
            "Hệ thống tính: 0/30. Kế hoạch chưa gửi, hạn 01/4, quá hạn 2 ngày.",
        ),
        (  # neither due nor handed in: nothing to say yet, and never 0
            [plan()],
            date(2024, 4, 1),
            None,
            "Hệ thống tính: chưa có điểm. Kế hoạch chưa đến hạn (hạn 01/4).",
        ),
        (  # asked of nobody
            [],
            date(2024, 4, 1),
            None,
            "Hệ thống tính: chưa có điểm. Trong năm chưa có việc nào được giao về kế hoạch.",
        ),
        (  # handed in and returned has not come
            [plan(date(2024, 3, 18), state="returned")],
            date(2024, 4, 2),
            Decimal(0),
            "Hệ thống tính: 0/30. Kế hoạch chưa gửi, hạn 01/4, quá hạn 1 ngày.",
        ),
        (  # a request is never late
            [plan(date(2024, 5, 1), state="answered")],
            date(2024, 6, 1),
            None,
            "Hệ thống tính: chưa có điểm. Trong năm chưa có việc nào được giao về kế hoạch.",
        ),
    ],
)
def test_prove_a_plan(facts, today, points, words):
    proven = rules.prove(PLAN, facts, max_points=MAX, today=today)

    assert (proven.points, proven.words) == (points, words)


@pytest.mark.parametrize(
    ("came", "today", "points"),
    [
        ([date(2024, 3, 11), date(2024, 6, 10)], date(2024, 6, 20), Decimal(30)),
        ([date(2024, 3, 18), date(2024, 6, 10)], date(2024, 6, 20), Decimal(25)),  # one late
        ([date(2024, 3, 18), None], date(2024, 6, 20), Decimal(15)),  # one late, one missing
        ([date(2024, 3, 11), None], date(2024, 6, 10), Decimal(30)),  # the second may still come
    ],
)
def test_prove_reports(came, today, points):
    facts = [report(1, date(2024, 3, 11), came[0]), report(2, date(2024, 6, 10), came[1])]

    assert rules.prove(REPORTS, facts, max_points=MAX, today=today).points == points


def test_what_is_not_due_is_said_in_one_sentence():
    facts = [report(1, date(2024, 3, 11), date(2024, 3, 8))]
    facts += [report(2, date(2024, 6, 10)), report(3, date(2024, 9, 10))]

    proven = rules.prove(REPORTS, facts, max_points=MAX, today=date(2024, 3, 18))

    assert proven.words == (
        "Hệ thống tính: 30/30. Báo cáo quý I/2024 gửi ngày 08/3, hạn 11/3. "
        "2 báo cáo chưa đến hạn, sớm nhất 10/6."
    )


def test_proven_points_never_fall_below_zero():
    facts = [report(1, date(2024, 3, number)) for number in range(1, 6)]

    assert rules.prove(REPORTS, facts, max_points=MAX, today=date(2025, 1, 1)).points == 0


def test_a_proof_looks_only_at_what_its_rule_is_about():
    facts = [plan(date(2024, 3, 18)), report(1, date(2024, 3, 11))]

    proven = rules.prove(PLAN, facts, max_points=MAX, today=date(2024, 6, 1))

    assert (proven.points, proven.assignments) == (MAX, ("a1",))


@pytest.mark.parametrize(
    ("points", "is_right"),
    [
        ("0", True),
        ("30", True),
        ("27.25", True),
        ("30.01", False),  # past the maximum
        ("-1", False),
        ("1.005", False),  # more places than are kept
    ],
)
def test_wrong_with(points, is_right):
    assert (rules.wrong_with(Decimal(points), MAX) == "") is is_right


@pytest.mark.parametrize(
    ("points", "words"),
    [(None, "—"), (Decimal("84.50"), "84,5"), (Decimal(30), "30"), (Decimal("0.00"), "0")],
)
def test_in_words(points, words):
    assert rules.in_words(points) == words


@pytest.mark.parametrize(
    ("named", "of", "units"),
    [
        (["so-noi-vu"], "so-tu-phap", {"so-noi-vu"}),
        (["so-noi-vu"], "so-noi-vu", {"van-phong"}),  # no unit appraises itself
        (["so-noi-vu", "van-phong"], "van-phong", {"so-noi-vu"}),
    ],
)
def test_appraisers(named, of, units):
    assert rules.appraisers(named, ["so-noi-vu", "van-phong"], of=of) == units


@pytest.mark.parametrize(
    ("deliverable", "action", "is_it"),
    [
        ("hồ sơ", "Gửi hồ sơ tự chấm điểm về Sở Nội vụ", True),
        ("hồ sơ chấm điểm", "Gửi hồ sơ chấm điểm", True),
        ("hồ sơ", "Gửi hồ sơ khen thưởng", False),
        ("báo cáo", "Báo cáo kết quả chấm điểm", False),
    ],
)
def test_hands_in_the_sheet(deliverable, action, is_it):
    assert rules.hands_in_the_sheet(deliverable, action) is is_it


def test_total_of_nothing_is_none():
    assert rules.total([None, None]) is None
    assert rules.total([Decimal(30), None]) == 30
