import pytest

from danvan.console.documents.reading_forms import form_of

PRINTED = {
    "kind": "date",
    "date": "2024-03-31",
    "inclusive": True,
    "text": "trước 01/4",
    "start": 3,
}


def _duty(due, **typed):
    values = {"action": "Gửi kế hoạch", "lead": ["Sở Tư pháp"], "due": due}
    return form_of("duties", values, year=2024, data={"action": "Gửi kế hoạch", **typed})


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        # not touched: the printed words and their place stay
        ({"due_kind": "date", "due_date": "31/03/2024", "due_inclusive": "on"}, PRINTED),
        (
            {"due_kind": "date", "due_date": "5/4/2024"},
            {
                "kind": "date",
                "date": "2024-04-05",
                "inclusive": False,
                "text": "trước ngày 05/04/2024",
            },
        ),
        (
            {"due_kind": "period_end", "due_period": "2024-Q2"},
            {
                "kind": "period_end",
                "period": "2024-Q2",
                "inclusive": True,
                "text": "hết quý II/2024",
            },
        ),
        ({"due_kind": ""}, None),
    ],
)
def test_a_deadline_as_it_was_typed(typed, due):
    form = _duty(PRINTED, **typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == due


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"due_kind": "date", "due_date": "31/02/2024"}, "due_date"),
        ({"due_kind": "date"}, "due_date"),
        ({"due_kind": "period_end"}, "due_period"),
        ({"due_kind": "year", "due_day": "31", "due_month": "4"}, "due_day"),
    ],
)
def test_a_day_that_does_not_exist_is_said_at_its_field(typed, field):
    form = _duty(None, **typed)

    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_a_recurrence_that_the_form_does_not_know_can_stay():
    monthly = {"kind": "recurring", "every": "month", "day": 5, "text": "hằng tháng"}

    form = _duty(monthly, due_kind="other")

    assert form.is_valid()
    assert form.cleaned_data["due"] == monthly


def test_names_are_one_a_line():
    form = _duty(None, lead="Sở Tư pháp\n\n Sở Y tế \nSở Y tế", due_kind="")

    assert form.is_valid()
    assert form.cleaned_data["lead"] == ["Sở Tư pháp", "Sở Y tế"]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("date", "20/2/2024", "2024-02-20"),
        ("date", "", None),
        ("period", "2022 - 2026", {"from": "2022", "to": "2026"}),
        ("period", "2024", {"from": "2024", "to": "2024"}),
        ("recipients", "Bộ Nội vụ\nLưu: VT", ["Bộ Nội vụ", "Lưu: VT"]),
        ("number", " 15/KH-UBND ", "15/KH-UBND"),
        ("signer", "", None),
    ],
)
def test_header_fields(field, typed, value):
    form = form_of("header", {"field": field, "value": None}, year=2024, data={"value": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == value


@pytest.mark.parametrize(
    ("typed", "value"), [("7.392", 7392), ("69,84", 69.84), ("-1,45", -1.45), ("", None)]
)
def test_numbers_as_officers_write_them(typed, value):
    form = form_of("figures", {}, year=2024, data={"name": "Tỷ lệ", "value": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == value
