from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from danvan import clock
from danvan.console.templatetags import danvan as tags
from danvan.duties.models import Assignment
from danvan.org.models import Unit


def rendered(source: str, **context: object) -> str:
    return Template("{% load danvan %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("done_on", "today", "expected"),
    [
        (None, date(2026, 3, 19), ("idle", "Còn 12 ngày")),
        (None, date(2026, 3, 24), ("warn", "Sắp đến hạn, còn 7 ngày")),  # a week before: near
        (None, date(2026, 3, 31), ("warn", "Hạn hôm nay")),  # the due day itself is in time
        (None, date(2026, 4, 5), ("late", "Quá hạn 5 ngày")),
        (date(2026, 3, 31), date(2026, 4, 5), ("done", "Hoàn thành đúng hạn")),
        (
            date(2026, 4, 3),
            date(2026, 9, 1),
            ("done", "Hoàn thành quá hạn 3 ngày"),
        ),  # stays as late as it was
    ],
)
def test_due_words(done_on, today, expected):
    assert tags.due_words(date(2026, 3, 31), today=today, done_on=done_on) == expected


def test_due_says_the_day_beside_the_words(on_day):
    on_day(2026, 4, 5)

    html = rendered("{% due day %}", day=date(2026, 3, 31))

    assert "tone-late" in html
    assert "Thứ Ba, 31/3/2026" in html


def test_who_is_asked_is_never_late(on_day):
    on_day(2026, 4, 5)

    html = rendered("{% due day asked=True %}", day=date(2026, 3, 31))

    assert "tone" not in html
    assert "Thứ Ba, 31/3/2026" in html


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("assigned", "Quá hạn 5 ngày"),
        ("returned", "Quá hạn 5 ngày"),  # open again, whenever it was handed in before
        ("submitted", "Nộp quá hạn 3 ngày"),  # nobody has confirmed it: not done
        ("done", "Hoàn thành quá hạn 3 ngày"),
        ("requested", None),  # asked, never late
        ("declined", None),
    ],
)
def test_due_of_an_assignment_follows_its_state(on_day, state, expected):
    on_day(2026, 4, 5)
    one = Assignment(
        due_on=date(2026, 3, 31),
        state=state,
        handed_in_at=datetime(2026, 4, 3, 9, tzinfo=clock.ZONE),
        unit=Unit(kind="department"),
    )

    html = rendered("{% due_of one %}", one=one)

    assert "Thứ Ba, 31/3/2026" in html
    assert (expected in html) if expected else ("tone" not in html)


def test_due_of_what_was_handed_in_on_its_day_waits_in_time():
    one = Assignment(
        due_on=date(2026, 3, 31),
        state="submitted",
        handed_in_at=datetime(2026, 3, 31, 23, 59, tzinfo=clock.ZONE),
        unit=Unit(kind="department"),
    )

    html = rendered("{% due_of one %}", one=one)

    assert "Nộp đúng hạn" in html
    assert "tone-wait" in html


def test_due_without_a_day_says_so():
    assert "Không ghi hạn" in rendered("{% due day %}", day=None)


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("vn_day", date(2026, 3, 5), "05/03/2026"),
        ("vn_day", datetime(2026, 3, 4, 18, tzinfo=UTC), "05/03/2026"),  # already the next day here
        ("vn_day", None, "—"),
        ("weekday_day", date(2026, 3, 31), "Thứ Ba, 31/3/2026"),
        ("weekday_day", date(2026, 2, 1), "Chủ Nhật, 01/02/2026"),
        ("vn_time", datetime(2026, 9, 10, 7, 5, tzinfo=UTC), "14:05 ngày 10/9/2026"),
        ("vn_number", 7392, "7.392"),
        ("vn_number", Decimal("69.8400"), "69,84"),  # only the places there are
        ("vn_number", Decimal("1E+3"), "1.000"),
        ("vn_number", 0, "0"),
        ("vn_number", None, "—"),  # not known is not nothing
        ("vn_number:1", Decimal("84.25"), "84,3"),
        ("vn_number", -1204, "-1.204"),
        ("vn_percent", Decimal("69.784"), "69,78%"),
        ("vn_percent", 50, "50%"),
        ("vn_percent", None, "—"),
    ],
)
def test_figures_and_days_as_they_are_written(source, value, expected):
    assert rendered("{{ value|" + source + " }}", value=value) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (291, 417, "69,78% (291/417)"),
        (0, 1204, "0% (0/1.204)"),
        (0, 0, "—"),
        (None, 417, "—"),
    ],
)
def test_share(numerator, denominator, expected):
    assert tags.share(numerator, denominator) == expected


def test_tag_has_icon_word_and_tone_and_escapes():
    html = rendered("{% tag 'warn' word %}", word="Trả lại <b>")

    assert 'class="tag tone-warn"' in html
    assert "#alert-triangle" in html
    assert "Trả lại &lt;b&gt;" in html


@pytest.mark.parametrize(
    ("source", "sign"),
    [
        ("{% mark 'late' said 5 %}", "!5"),
        ("{% mark 'idle' said %}", "·"),
        ("{% mark 'done' said 2 %}", "#check"),
        ("{% mark 'warn' said %}", "#triangle-filled"),
    ],
)
def test_mark_shows_a_sign_and_says_the_cell(source, sign):
    html = rendered(source, said="Xã Bến Đá, Quán triệt: quá hạn 5 ngày")

    assert sign in html
    assert '<span class="visually-hidden">Xã Bến Đá, Quán triệt: quá hạn 5 ngày</span>' in html


class Duty(forms.Form):
    due_on = forms.DateField(label="Thời hạn", help_text="Ngày cuối còn trong hạn.")
    kind = forms.ChoiceField(
        label="Sản phẩm", choices=[("plan", "Kế hoạch")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    urgent = forms.BooleanField(label="Báo lãnh đạo", required=False)
    version = forms.CharField(widget=forms.HiddenInput)


def test_field_points_at_its_help_and_its_error():
    html = rendered("{% field form.due_on %}", form=Duty({"due_on": "31-31"}))

    assert 'aria-describedby="id_due_on_helptext id_due_on_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_due_on_helptext"' in html
    assert 'id="id_due_on_error"' in html
    assert "data-date" in html


def test_field_says_what_is_optional():
    form = Duty()

    assert "(không bắt buộc)" in rendered("{% field form.note %}", form=form)
    assert "(không bắt buộc)" not in rendered("{% field form.due_on %}", form=form)


def test_field_of_choices_is_a_group_with_a_legend():
    html = rendered("{% field form.kind %}", form=Duty())

    assert "<legend>" in html
    assert 'class="form-check-input"' in html
    assert 'for="id_kind_0"' in html


def test_hidden_field_is_nothing_but_itself():
    assert rendered("{% field form.version %}", form=Duty()).startswith('<input type="hidden"')


def test_errors_counts_and_leads_to_the_fields():
    html = rendered("{% errors form %}", form=Duty({}))

    assert "Có 3 chỗ cần sửa." in html
    assert 'href="#id_due_on"' in html


def test_errors_of_a_form_not_sent_yet_are_none():
    assert rendered("{% errors form %}", form=Duty()).strip() == ""
