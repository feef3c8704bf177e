import pytest
from django.urls import reverse

from danvan import clock
from danvan.audit.actions import history
from danvan.duties import themes
from danvan.duties.choices import ThemeKind
from danvan.duties.models import Theme
from danvan.org.models import UnitPath
from danvan.records import actions as records
from danvan.reports import actions as reports
from tests.danvan.reports.making import sent
from tests.factories import (
    ALWAYS,
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)
from tests.factories_records import DialogueFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def asking():
    return coordinator()


def made(by, title="Năm dân vận chính quyền") -> Theme:
    return themes.make(
        kind=ThemeKind.THEME_OF_YEAR, title=title, years=(2024, 2024), document=None, by=by
    )


ASKED = {"kind": "key_task", "title": "Cải cách hành chính", "year_from": 2024, "year_to": 2026}


def test_the_coordinator_sets_a_theme_with_the_document_that_asks_for_it(client, asking):
    document = DocumentFactory(number="12/KH-UBND", number_squeezed="12/kh-ubnd")

    signed_in(client, asking).post(reverse("console:themes"), {**ASKED, "document": "12/KH-UBND"})

    found = Theme.objects.get()
    assert (found.document, found.year_to) == (document, 2026)
    assert [one.verb for one in history(found)] == ["theme_made"]


@pytest.mark.parametrize(
    "wrong", [{"document": "99/KH-XX"}, {"year_to": 2023}, {"title": ""}, {"kind": "?"}]
)
def test_a_theme_that_cannot_be_is_refused_in_words(client, asking, wrong):
    response = signed_in(client, asking).post(reverse("console:themes"), {**ASKED, **wrong})

    assert response.status_code == 400
    assert not Theme.objects.exists()


def test_a_theme_said_twice_is_one(asking):
    assert made(asking) == made(asking)


def test_progress_counts_each_result_once_and_late_apart(asking):
    theme, duty = made(asking), DutyFactory()
    AssignmentFactory(duty=duty, done=True)
    AssignmentFactory(duty=duty, due_on="2024-03-01")
    AssignmentFactory(duty=duty, part="cooperating")
    AssignmentFactory(duty=duty, state="rescinded", remark="Thôi")
    themes.label(theme, [duty], by=asking)

    found = themes.progress([theme], clock.today())[theme]

    assert (found.given, found.done, found.late, found.duties) == (2, 1, 1, 1)


def test_what_was_handed_down_or_is_followed_no_more_is_not_counted_again(client, asking):
    duty = DutyFactory(asked_by=asking.unit)
    top = AssignmentFactory(duty=duty, state="in_progress")
    AssignmentFactory(duty=duty, parent=top, done=True)
    AssignmentFactory(duty=duty, state="closed", remark="Hết năm")
    theme = made(asking)
    themes.label(theme, [duty], by=asking)

    page = signed_in(client, asking).get(reverse("console:theme", args=[theme.pk]))

    assert themes.progress([theme], clock.today())[theme].given == 1
    assert page.context["numbers"] == {"given": 1, "done": 0, "late": 0}


def test_the_page_of_a_theme_shows_duties_and_the_records_that_led_to_them(client, asking):
    theme, officer = made(asking), actor()
    dialogue = DialogueFactory(unit=officer.unit)
    concluded = records.conclude(
        dialogue, by=officer, action="Sửa đường liên ấp", unit=officer.unit, due_on=None
    )
    themes.label(theme, [concluded.duty], by=asking)

    response = signed_in(client, asking).get(reverse("console:theme", args=[theme.pk]))

    assert "Sửa đường liên ấp" in response.content.decode()
    assert [one.pk for one in response.context["records"]] == [dialogue.pk]


def test_another_unit_sees_of_a_theme_only_its_own_duties(client, asking):
    theme, officer = made(asking), actor()
    own = AssignmentFactory(unit=officer.unit, duty__action="Việc của mình").duty
    others = AssignmentFactory(duty__action="Việc của nơi khác").duty
    themes.label(theme, [own, others], by=asking)

    page = signed_in(client, officer).get(reverse("console:theme", args=[theme.pk]))

    assert "Việc của mình" in page.content.decode()
    assert "Việc của nơi khác" not in page.content.decode()


def test_an_ended_theme_takes_no_more_and_keeps_what_it_has(client, asking):
    theme, duty = made(asking), DutyFactory()
    themes.label(theme, [duty], by=asking)
    signed_in(client, asking).post(reverse("console:theme_end", args=[theme.pk]))

    labelled = themes.label(theme, [DutyFactory()], by=asking)

    assert labelled == 0
    assert list(theme.duties.all()) == [duty]


def test_a_duty_is_taken_out_from_under_a_theme(client, asking):
    theme, duty = made(asking), DutyFactory()
    themes.label(theme, [duty], by=asking)

    signed_in(client, asking).post(reverse("console:theme_drop", args=[theme.pk, duty.pk]))

    assert not theme.duties.exists()
    assert [one.verb for one in history(duty)][:2] == ["unlabelled", "labelled"]


# Over records and reports


@pytest.fixture
def theme(asking):
    return made(asking)


def labelled(client, by, thing, name, *args, **said):
    return signed_in(client, by).post(reverse(f"console:{name}", args=args), said)


def test_a_record_is_put_under_a_theme_by_its_unit_and_taken_out(client, theme):
    by = actor()
    record = DialogueFactory(unit=by.unit)
    way = ("label_record", record.register, record.pk)

    labelled(client, by, record, *way, theme=theme.pk)
    labelled(client, by, record, *way, theme=theme.pk)

    assert list(record.themes.all()) == [theme]
    assert [one.verb for one in history(record)] == ["labelled"]

    labelled(client, by, record, *way, drop=theme.pk)

    assert not record.themes.exists()


def test_an_ended_theme_takes_no_more(client, asking, theme):
    by = actor()
    record = DialogueFactory(unit=by.unit)
    themes.end(theme, by=asking)

    labelled(client, by, record, "label_record", record.register, record.pk, theme=theme.pk)

    assert not record.themes.exists()


def test_a_record_of_others_is_not_labelled(client, theme):
    record = DialogueFactory()
    above = actor(unit=UnitFactory())
    UnitPath.objects.create(ancestor=above.unit, unit=record.unit, depth=1, validity=ALWAYS)

    refused = labelled(
        client, above, record, "label_record", record.register, record.pk, theme=theme.pk
    )

    assert refused.status_code == 403


def test_a_report_is_put_under_a_theme_and_its_next_version_stays_there(client, theme, asking):
    UnitFactory(called="UBND tỉnh", kind="peoples_committee", level="province")
    by = actor()
    report = sent(by)
    labelled(client, by, report, "label_report", report.pk, theme=theme.pk)

    draft = reports.revise(report, by=by)

    assert list(draft.themes.all()) == list(report.themes.all()) == [theme]


def test_the_page_of_a_theme_counts_duties_records_and_reports(client, theme, asking):
    UnitFactory(called="UBND tỉnh", kind="peoples_committee", level="province")
    by = actor()
    record, report = DialogueFactory(unit=by.unit), sent(by)
    AssignmentFactory(duty=(duty := DutyFactory()), unit=by.unit)
    duty.themes.add(theme)
    record.themes.add(theme)
    report.themes.add(theme)

    context = signed_in(client, by).get(reverse("console:theme", args=[theme.pk])).context

    assert (context["numbers"]["given"], context["record_count"], context["report_count"]) == (
        1,
        1,
        1,
    )
    assert (
        signed_in(client, actor())
        .get(reverse("console:theme", args=[theme.pk]))
        .context["record_count"]
        == 0
    )


def test_the_list_of_themes_counts_as_the_page_of_each_does(client, theme, asking):
    UnitFactory(called="UBND tỉnh", kind="peoples_committee", level="province")
    by, other = actor(), made(asking, "Cải cách hành chính")
    report, kept, concluding = sent(by), *(DialogueFactory(unit=by.unit) for _ in range(2))
    for duty in (
        records.conclude(concluding, by=by, action=action, unit=by.unit, due_on=None).duty
        for action in ("Sửa đường", "Sửa cầu")
    ):
        duty.themes.add(theme, other)
    concluding.themes.add(theme)  # counted once though it is here twice
    kept.themes.add(theme)
    report.themes.add(theme)
    signed_in(client, by)

    listed = client.get(reverse("console:themes")).context["rows"]

    for one, _progress, written in listed:
        page = client.get(reverse("console:theme", args=[one.pk])).context
        assert written["records"] == page["record_count"]
        assert written["reports"] == page["report_count"]
    counted = {one: (written["records"], written["reports"]) for one, _, written in listed}
    assert counted == {theme: (2, 1), other: (1, 0)}
    seen_by_others = signed_in(client, actor()).get(reverse("console:themes")).context["rows"]
    assert not any(written.total() for _one, _progress, written in seen_by_others)


def test_registers_and_reports_are_filtered_by_theme(client, theme, asking):
    UnitFactory(called="UBND tỉnh", kind="peoples_committee", level="province")
    by = actor()
    DialogueFactory(unit=by.unit)
    record = DialogueFactory(unit=by.unit)
    record.themes.add(theme)
    sent(by).themes.add(theme)

    rows = (
        signed_in(client, by)
        .get(reverse("console:register", args=[record.register]), {"theme": theme.pk})
        .context["rows"]
    )
    lines = client.get(reverse("console:own_reports"), {"theme": theme.pk}).context["lines"]
    matrix = signed_in(client, asking).get(reverse("console:reports"), {"theme": theme.pk})

    assert [one.record for one in rows] == [record]
    assert len(lines) == 1
    assert [row[0].unit for row in matrix.context["rows"]] == [by.unit]
