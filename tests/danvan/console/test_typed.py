"""What nobody's page sends is answered, too: with the first page, with nothing found, or with 400."""

import pytest
from django.urls import reverse

from danvan.console.typed import as_uuid, counted
from danvan.duties.models import Assignment
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    actor,
    coordinator,
    signed_in,
)


@pytest.mark.parametrize(
    ("written", "number"),
    [("3", 3), ("", 0), ("-1", 0), ("²", 0), ("9" * 30, 0), ("9" * 5000, 0)],
)
def test_numbers_of_an_address(written, number):
    assert counted(written) == number


def test_ids_of_an_address():
    assert as_uuid("x'; --") is None
    assert str(as_uuid(f" {'0' * 32} ")) == "00000000-0000-0000-0000-000000000000"


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000], ids=["large", "too large to be read"])
@pytest.mark.parametrize(
    ("page", "name"),
    [("documents", "page"), ("citations", "page"), ("office_calendar", "nam"), ("graph", "tu")],
)
def test_a_page_that_no_list_has_is_no_error(client, page, name, number):
    args = [DocumentFactory().pk] if page == "graph" else []

    response = signed_in(client, coordinator()).get(
        reverse(f"console:{page}", args=args), {name: number}
    )

    assert response.status_code in {200, 302, 404}


@pytest.mark.django_db
def test_a_document_that_is_none_is_not_chosen(client):
    response = signed_in(client, coordinator()).post(
        reverse("console:choose_document"), {"alike": "a", "document": "x'; --"}
    )

    assert response.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["save_filter", "undo_citation"])
def test_a_sign_that_the_database_does_not_hold_is_refused(client, page):
    sent = {"name": "a\x00", "query": "", "alike": "a\x00"}

    response = signed_in(client, coordinator()).post(reverse(f"console:{page}"), sent)

    assert response.status_code == 400


@pytest.mark.django_db
def test_a_step_for_many_that_is_none_reminds_nobody(client):
    by = coordinator()
    assignment = AssignmentFactory(duty=DutyFactory(asked_by=by.unit), unit=actor().unit)

    response = signed_in(client, by).post(reverse("console:bulk"), {"chosen": assignment.pk})

    assert response.status_code == 400
    assert not assignment.reminders.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["9", "console:work", "//ngoai.example", "https://ngoai.example"])
def test_the_way_back_is_an_address_of_ours(client, back):
    sent = {"do": "remind", "back": back}

    response = signed_in(client, coordinator()).post(reverse("console:bulk"), sent)

    assert response["Location"] == reverse("console:assignments")


@pytest.mark.django_db
def test_a_reason_that_is_written_to_many_is_no_book(client):
    by = coordinator()
    assignment = AssignmentFactory(duty=DutyFactory(asked_by=by.unit), unit=actor().unit)
    sent = {"do": "rescind", "chosen": assignment.pk, "confirmed": "1", "reason": "a" * 100_000}

    response = signed_in(client, by).post(reverse("console:bulk"), sent)

    assert response.status_code == 400
    assert Assignment.objects.get().state == assignment.state
