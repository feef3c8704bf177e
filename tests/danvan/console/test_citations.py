"""“Viện dẫn chưa rõ” as the coordinator works on it."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.documents.models import Citation, Document
from tests.factories import DocumentFactory, coordinator, signed_in

pytestmark = pytest.mark.django_db

ALIKE = "25-nq/tw|2012-06-03|trung uong"


@pytest.fixture
def row():
    return Citation.objects.create(
        document=DocumentFactory(),
        relation="mentions",
        kind="Nghị quyết",
        number="25-NQ/TW",
        number_squeezed="25-nq/tw",
        issued_on=date(2012, 6, 3),
        alike=ALIKE,
        text="Nghị quyết số 25-NQ/TW ngày 03/6/2012",
    )


def _post(client, name, **data):
    return client.post(reverse(f"console:{name}"), {"alike": ALIKE, **data}, follow=True)


def test_the_list_suggests_and_says_why(client, row):
    DocumentFactory(number="25-NQ/TW", issued_on=date(2013, 6, 3))
    signed_in(client, coordinator())

    words = client.get(reverse("console:citations")).text

    assert "Nghị quyết số 25-NQ/TW ngày 03/6/2012" in words
    assert "Cùng số; ngày ban hành là 03/6/2013" in words or "03/06/2013" in words


def test_one_press_links_all_and_can_be_taken_back(client, row):
    meant = DocumentFactory(number="25-NQ/TW", issued_on=date(2013, 6, 3))
    signed_in(client, coordinator())

    done = _post(client, "choose_document", document=meant.pk)
    row.refresh_from_db()
    assert row.target == meant
    assert "Đã nối 1 viện dẫn" in done.text
    assert "Vừa quyết" in done.text

    _post(client, "undo_citation")
    row.refresh_from_db()
    assert row.target is None


def test_a_card_is_made_of_what_is_printed_with_one_press(client, row):
    signed_in(client, coordinator())

    for _again in range(2):
        _post(client, "make_card")

    row.refresh_from_db()
    assert row.target == Document.objects.get(number="25-NQ/TW")


def test_a_card_is_corrected_before_it_is_made(client, row):
    signed_in(client, coordinator())
    asked = client.get(reverse("console:citation"), {"alike": ALIKE, "q": "25"})
    assert 'value="25-NQ/TW"' in asked.text

    _post(client, "make_card", kind="Nghị quyết", number="25-NQ/TW", issued_on="3/6/2013")

    row.refresh_from_db()
    assert row.target.issued_on == date(2013, 6, 3)


def test_a_day_that_is_none_comes_back_with_what_was_typed(client, row):
    signed_in(client, coordinator())

    refused = _post(
        client, "make_card", kind="Nghị quyết", number="25-NQ/TW", issued_on="31/2/2013"
    )

    assert refused.status_code == 400
    assert "31/2/2013" in refused.text


def test_what_was_settled_meanwhile_leads_back_to_the_list(client, row):
    signed_in(client, coordinator())
    _post(client, "set_aside_citation")

    asked = client.get(reverse("console:citation"), {"alike": ALIKE})

    assert asked.status_code == 302
    assert "Mọi viện dẫn đã rõ" in client.get(reverse("console:citations")).text


def test_the_list_keeps_its_query_count(client, row, django_assert_max_num_queries):
    signed_in(client, coordinator())
    client.get(reverse("console:citations"))

    for address in (reverse("console:citations"), f"{reverse('console:citation')}?alike={ALIKE}"):
        with django_assert_max_num_queries(20):
            client.get(address)


def test_a_link_is_changed_cut_and_given_back_at_its_place(client, row):
    meant = DocumentFactory(number="25-NQ/TW", issued_on=date(2013, 6, 3))
    signed_in(client, coordinator())
    place = reverse("console:citation_place", args=[row.pk])
    assert "Cùng số" in client.get(place).text
    assert "25-NQ/TW" in client.get(place, {"q": "25 nq tw"}).text
    change = reverse("console:relink_citation", args=[row.pk])

    done = client.post(change, {"document": meant.pk}, follow=True)
    assert "Đang nối với" in done.text
    row.refresh_from_db()
    assert row.target == meant
    between = reverse("console:citation_between", args=[row.document_id, meant.pk])
    assert client.get(between, follow=True).redirect_chain == [(place, 302)]
    assert place in client.get(reverse("console:document", args=[row.document_id])).text
    assert between in client.get(reverse("console:graph_table", args=[row.document_id])).text

    assert "Đã cắt liên kết" in client.post(change, {"cut": "1"}, follow=True).text
    client.post(change, {"back": "1"})
    row.refresh_from_db()
    assert (row.standing, row.settled_by) == ("unknown", "")
