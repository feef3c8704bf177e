"""What proves a result: records of registers, a photograph, a document, a file."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from danvan.definitions.models import Definition
from danvan.duties.models import Evidence
from danvan.records import actions as records
from danvan.records.models import RecordProof
from danvan.reports.models import Report
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)
from tests.factories_records import DialogueFactory, RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def by():
    return actor()


@pytest.fixture
def one(by):
    duty = DutyFactory(confirmed_by=actor().unit)
    return AssignmentFactory(duty=duty, unit=by.unit, state="in_progress")


def page(client, one, by):
    return signed_in(client, by).get(reverse("console:assignment", args=[one.pk]))


def send(client, one, by, **said):
    return signed_in(client, by).post(reverse("console:submit", args=[one.pk]), said)


def test_records_of_ones_own_registers_in_its_time_are_offered(client, one, by):
    dialogue = DialogueFactory(unit=by.unit)
    DialogueFactory(unit=by.unit, state="void", void_reason="Nhầm")
    DialogueFactory(unit=by.unit, occurred_on=date(2023, 11, 2))
    DialogueFactory()

    assert page(client, one, by).context["hand_in"].offered == [dialogue]


def test_of_a_quarter_only_its_own_records(client, one, by):
    one.occurrence = "2023-Q4"
    one.save()
    autumn = DialogueFactory(unit=by.unit, occurred_on=date(2023, 11, 2))
    DialogueFactory(unit=by.unit)

    assert page(client, one, by).context["hand_in"].offered == [autumn]


def test_chosen_records_are_the_proof_and_lead_to_the_register(client, one, by):
    two = [RecordFactory(unit=by.unit), DialogueFactory(unit=by.unit)]

    send(client, one, by, records=[one.pk for one in two])

    one.refresh_from_db()
    assert one.state == "submitted"
    assert {proof.record for proof in RecordProof.objects.all()} == set(two)
    link = reverse("console:record", args=[two[0].register, two[0].pk])
    assert link in page(client, one, by).content.decode()


def test_sent_twice_is_handed_in_once(client, one, by):
    record = DialogueFactory(unit=by.unit)

    for _time in range(2):
        send(client, one, by, records=[record.pk], note="Đã đối thoại.")

    assert Evidence.objects.count() == 2
    assert RecordProof.objects.count() == 1


def test_put_by_twice_is_put_by_once(client, one, by):
    two = [RecordFactory(unit=by.unit), DialogueFactory(unit=by.unit)]

    for _time in range(2):
        send(client, one, by, records=[one.pk for one in two], put_by="1")

    one.refresh_from_db()
    assert (one.state, Evidence.objects.count(), RecordProof.objects.count()) == (
        "in_progress",
        2,
        2,
    )


def test_a_record_of_another_unit_is_none_to_choose(client, one, by):
    response = send(client, one, by, records=[DialogueFactory().pk])

    assert response.status_code == 400
    assert not Evidence.objects.exists()


def test_who_confirms_reads_what_the_record_says_but_opens_no_register_of_others(client, one, by):
    record = DialogueFactory(unit=by.unit)
    send(client, one, by, records=[record.pk])
    confirming = actor(unit=one.duty.confirmed_by)

    words = page(client, one, confirming).content.decode()

    assert "85" in words or record.kept_in.label in words
    assert reverse("console:record", args=[record.register, record.pk]) not in words


def test_a_record_that_was_made_void_later_says_so(client, one, by):
    record = DialogueFactory(unit=by.unit)
    send(client, one, by, records=[record.pk])

    records.void(record, by=by, reason="Ghi nhầm")

    assert "Đã hủy" in page(client, one, by).content.decode()


def test_a_photograph_is_kept_without_where_it_was_taken(client, one, by):
    picture = Image.new("RGB", (8, 8))
    exif = picture.getexif()
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 21.0, 3.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)

    send(client, one, by, photo=SimpleUploadedFile("anh.jpg", out.getvalue()))

    kept = Evidence.objects.get().attachment
    with kept.content.open("rb") as file:
        found = Image.open(io.BytesIO(file.read()))
    assert kept.media_type == "image/jpeg"
    assert not found.getexif()


def test_a_photograph_a_file_and_words_together(client, one, by):
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")

    send(
        client,
        one,
        by,
        photo=SimpleUploadedFile("anh.png", out.getvalue()),
        file=SimpleUploadedFile("bien-ban.txt", "Biên bản.".encode()),
        note="Đã họp.",
    )

    names = {one.attachment.name for one in Evidence.objects.all()}
    assert names == {"anh.png", "bien-ban.txt"}


def test_a_registered_document_is_named_by_its_number(client, one, by):
    document = DocumentFactory(number="27/KH-STP", number_squeezed="27/kh-stp")

    send(client, one, by, document="27/KH-STP")

    assert Evidence.objects.get().document == document


def test_nothing_at_all_says_what_is_missing(client, one, by):
    response = send(client, one, by)

    assert response.status_code == 400
    assert "Chưa có minh chứng" in response.content.decode()


def test_on_a_phone_the_camera_opens(client, one, by):
    words = page(client, one, by).content.decode()

    assert 'capture="environment"' in words
    assert "Chụp ảnh minh chứng" in words


def test_what_a_plan_asks_for_stays_a_file(client, by):
    duty = DutyFactory(deliverable="kế hoạch", deliver_to="Sở Nội vụ", confirmed_by=UnitFactory())
    one = AssignmentFactory(duty=duty, unit=by.unit, state="in_progress")

    assert "capture=" not in page(client, one, by).content.decode()


# Where a report is asked for

EVERY = {"kind": "recurring", "every": "month", "day": 20}


def asks_for_a_report(by, occurrence):
    duty = DutyFactory(deliverable="báo cáo", due=EVERY, confirmed_by=actor().unit)
    return AssignmentFactory(
        duty=duty,
        unit=by.unit,
        state="in_progress",
        occurrence=occurrence,
        due_on=date(2024, 3, 20),
    )


def test_the_report_of_a_period_without_a_regime_says_what_to_do(client, by):
    words = page(client, asks_for_a_report(by, "2024-M03"), by).content.decode()

    assert "Chưa có chế độ báo cáo tháng 03/2024" in words
    assert "Soạn báo cáo" not in words


@pytest.mark.parametrize(
    ("every", "occurrence"),
    [
        ("month", "2024-M03"),
        ("half-year", "2024-H1"),
        ("nine-month", "2024-N9"),
        ("year", "2024-Y"),
        ("quarter", "2024-Q1"),
    ],
)
def test_the_report_of_any_period_that_a_regime_knows_is_written_here(
    client, by, every, occurrence
):
    UnitFactory(called="UBND tỉnh", kind="peoples_committee", level="province")
    coordinator()
    known = Definition.objects.get(kind="report_regimes", code="quarterly", version=1)
    if every != "quarter":
        Definition.objects.create(
            kind=known.kind,
            code=every,
            version=1,
            validity=known.validity,
            source=known.source,
            body=known.body | {"every": every},
        )
    one = asks_for_a_report(by, occurrence)

    assert "Soạn báo cáo" in page(client, one, by).content.decode()

    signed_in(client, by).post(reverse("console:open_report"), {"period": occurrence})

    report = Report.objects.get()
    assert (report.period, report.assignment) == (occurrence, one)
    assert client.get(reverse("console:report", args=[report.pk])).status_code == 200
