from datetime import date

import pytest

from danvan.reports import rules
from danvan.reports.choices import Progress, ReportState

DUE = date(2024, 3, 11)


def written(**values) -> rules.Written:
    return rules.Written(
        **{
            "code": "direction",
            "label": "I. Chỉ đạo",
            "narrative": "Đã quán triệt.",
            "must_be_written": True,
            "is_finished": True,
            **values,
        }
    )


@pytest.mark.parametrize(
    ("narrative", "is_finished", "answer"),
    [
        ("", False, Progress.EMPTY),
        (" \n ", False, Progress.EMPTY),  # blanks are nothing
        ("Đã quán triệt.", False, Progress.WRITING),
        ("Đã quán triệt.", True, Progress.FINISHED),
        ("", True, Progress.FINISHED),  # a section of figures alone can be finished
    ],
)
def test_progress(narrative, is_finished, answer):
    assert rules.progress(narrative, is_finished=is_finished) == answer


@pytest.mark.parametrize(
    ("section", "wrong", "doubtful"),
    [
        (written(), 0, 0),
        (written(narrative=" "), 1, 0),  # must be written
        (written(narrative="", must_be_written=False), 0, 0),
        (written(has_aside=True), 1, 0),  # two texts: one must be chosen
        (written(figures_without_data=["số lượt tiếp công dân"]), 0, 1),
        (written(open_remarks=2), 0, 1),
        (written(is_finished=False), 0, 1),
    ],
)
def test_check(section, wrong, doubtful):
    checked = rules.check([section])

    assert (len(checked.wrong), len(checked.doubtful)) == (wrong, doubtful)


@pytest.mark.parametrize(
    ("submitted_on", "today", "days"),
    [
        (None, date(2024, 3, 11), 0),  # the due day itself is in time
        (None, date(2024, 3, 18), 7),
        (date(2024, 3, 13), date(2025, 1, 1), 2),  # sent late stays late by as much
        (date(2024, 3, 1), date(2025, 1, 1), 0),
    ],
)
def test_days_late(submitted_on, today, days):
    assert rules.days_late(DUE, submitted_on=submitted_on, today=today) == days


@pytest.mark.parametrize(
    ("state", "submitted_on", "today", "tone", "days"),
    [
        (None, None, date(2024, 3, 11), "idle", 0),
        (None, None, date(2024, 3, 16), "late", 5),
        (ReportState.SUBMITTED, date(2024, 3, 10), date(2024, 3, 16), "wait", 0),
        (ReportState.ACCEPTED, date(2024, 3, 10), date(2024, 3, 16), "done", 0),
        (ReportState.ACCEPTED, date(2024, 3, 13), date(2024, 3, 16), "done", 2),
        (ReportState.RETURNED, date(2024, 3, 10), date(2024, 3, 16), "warn", 0),  # amber, not red
    ],
)
def test_mark(state, submitted_on, today, tone, days):
    mark = rules.mark(state, due_on=DUE, submitted_on=submitted_on, today=today)

    assert (mark.tone, mark.days) == (tone, days)


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Tổ chức 02 cuộc đối thoại.", "tổ chức 3 cuộc đối thoại", True),  # numbers, marks, case
        ("Tổ chức đối thoại.", "Tổ chức tiếp công dân.", False),
    ],
)
def test_alike(one, other, are_alike):
    assert (rules.alike(one) == rules.alike(other)) == are_alike


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "Đã tiếp dân.", ("", "Đã tiếp dân.")),
        ("Đã tiếp 5 lượt", "Đã tiếp 6 lượt", ("… 5 …", "… 6 …")),
        ("Đã tiếp dân", "Đã tiếp dân đông", ("… ", "… đông")),
        ("Đã xong", "Đã xong", ("… ", "… ")),
    ],
)
def test_of_two_texts_only_what_differs_is_kept(before, after, said):
    assert rules.changed_words(before, after) == said
