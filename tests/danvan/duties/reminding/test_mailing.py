"""Letters that go out at once, in the words of the pages' messages 26 and 28."""

from datetime import date, datetime

import pytest

from danvan import clock
from danvan.duties.models import Duty
from danvan.duties.reminding import mailing, reminders
from danvan.notices import actions as notices
from danvan.notices import letters
from danvan.notices.choices import Way
from danvan.notices.models import Letter, Notice
from tests.danvan.notices.sink import sink
from tests.factories import AssignmentFactory, DutyFactory, PersonFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
LAID = datetime(2026, 1, 5, 8, tzinfo=clock.ZONE)


@pytest.fixture
def person():
    return PersonFactory(name="Trần Thị Mai", form_of_address="bà", email="mai@tan-giang.example")


@pytest.fixture
def assignment(person):
    post = PostFactory(person=person, unit=UnitFactory(called="Sở Tư pháp"))
    duty = DutyFactory(action="gửi kế hoạch", deliver_to="Sở Nội vụ", source="15/KH-UBND, mục IV.1")
    return AssignmentFactory(duty=duty, unit=post.unit, due_on=date(2026, 3, 19), assigned_at=LAID)


@pytest.fixture
def reminded(on_day):
    def reminded(day):
        on_day(day.year, day.month, day.day)
        reminders.run(day)
        return mailing.run()

    return reminded


def test_what_is_to_come_in_words(person, assignment, reminded):
    notices.prefer(person.user_id, way=Way.AT_ONCE, hour=7)

    reminded(date(2026, 3, 17))

    letter = Letter.objects.get()
    assert letter.to == "mai@tan-giang.example"
    assert letter.subject == "Nhắc việc: gửi kế hoạch, hạn Thứ Năm, 19/3/2026 (còn 2 ngày)."
    assert letter.body == (
        "Kính gửi bà Trần Thị Mai, Sở Tư pháp cần gửi kế hoạch đến Sở Nội vụ hết ngày 19/3/2026. "
        "Căn cứ: 15/KH-UBND, mục IV.1. "
        f"Mở việc này: https://localhost/nhiem-vu/{assignment.pk}/. Nếu đã gửi, xin bỏ qua thư này."
    )


def test_what_is_late_in_words(person, assignment, reminded):
    assignment.person = person
    assignment.save()
    reminded(date(2026, 3, 17))
    reminded(date(2026, 3, 19))

    reminded(date(2026, 3, 20))

    letter = Letter.objects.get()  # the other two wait for the digest
    assert letter.subject == "Quá hạn 1 ngày: gửi kế hoạch."
    assert letter.body.startswith(
        "Kính gửi bà Trần Thị Mai, Sở Tư pháp chưa gửi kế hoạch, hạn 19/3/2026, "
        "đã nhắc 3 lần. Người phụ trách: Trần Thị Mai."
    )


def test_on_the_day_itself_the_letter_says_so(person, assignment, reminded):
    notices.prefer(person.user_id, way=Way.AT_ONCE, hour=7)
    Duty.objects.filter(pk=assignment.duty_id).update(action="Gửi kế hoạch")

    reminded(date(2026, 3, 19))

    letter = Letter.objects.get()
    assert letter.subject == "Nhắc việc: Gửi kế hoạch, hạn hôm nay, Thứ Năm, 19/3/2026."
    assert "Sở Tư pháp cần gửi kế hoạch đến" in letter.body


def test_several_at_once_are_one_letter(person, assignment, reminded):
    AssignmentFactory(unit=assignment.unit, due_on=date(2026, 3, 19), assigned_at=LAID)

    reminded(date(2026, 3, 20))

    letter = Letter.objects.get()
    assert letter.subject == "2 thông báo cần xem"
    assert letter.body.count("Quá hạn 1 ngày") == 2
    assert "https://localhost/thong-bao/cai-dat/" in letter.body


def test_written_once(assignment, reminded):
    first = reminded(date(2026, 3, 20))

    assert (first, mailing.run()) == (1, 0)
    assert not Notice.objects.filter(to_mail=True).exists()


def test_who_has_no_address_is_told_in_the_application_only(assignment, person, reminded):
    person.email = ""
    person.save()

    assert reminded(date(2026, 3, 20)) == 0
    assert Notice.objects.of(person.user_id).count() == 1
    assert not Notice.objects.filter(to_mail=True).exists()


def test_what_another_stage_tells_leads_to_the_notices(person, assignment):
    notices.tell(
        [person.user_id], event="e:1", text="Có việc", about=assignment.unit, is_urgent=True
    )

    mailing.run()

    letter = Letter.objects.get()
    assert letter.subject == "Có việc"
    assert "https://localhost/thong-bao/." in letter.body


def test_no_letter_is_lost_while_the_mail_server_is_down(person, assignment, reminded, settings):
    with sink() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    reminded(date(2026, 3, 20))

    away = letters.send_waiting()
    with sink() as server:
        settings.EMAIL_PORT = server.port
        letters.send_again(Letter.objects.get())
        back = letters.send_waiting()
        again = letters.send_waiting()

    assert (away, back, again) == (0, 1, 0)
    assert len(server.taken) == 1
