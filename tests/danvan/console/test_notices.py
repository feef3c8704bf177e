import pytest
from django.apps import apps
from django.urls import reverse
from uuid_utils.compat import uuid7

from danvan.console.notices import LISTS, PAGES
from danvan.notices.actions import tell
from danvan.notices.models import Preference
from tests.factories import actor, coordinator, signed_in

pytestmark = pytest.mark.django_db
NOTICES = reverse("console:notices")
SETTINGS = reverse("console:notice_settings")


def told(by, kind, *, needs_action=False):
    model = next(one for one in apps.get_models() if one._meta.label_lower == kind)
    about = model(pk=uuid7())
    tell([by.user_id], event=f"e {kind}", text="Có việc", about=about, needs_action=needs_action)
    return about


@pytest.mark.parametrize(("kind", "page"), PAGES.items())
def test_a_notice_leads_to_the_page_of_what_it_is_about(client, kind, page):
    by = actor()
    about = told(by, kind)

    response = signed_in(client, by).get(NOTICES)

    assert f'href="{reverse(page, args=[about.pk])}"' in response.content.decode()


@pytest.mark.parametrize(("kind", "page"), LISTS.items())
def test_a_notice_of_something_for_all_leads_to_its_list(client, kind, page):
    by = actor()
    told(by, kind)

    assert f'class="row-link" href="{reverse(page)}"' in (
        signed_in(client, by).get(NOTICES).content.decode()
    )


def test_what_asks_for_something_stands_first_until_it_is_read(client):
    by = coordinator()
    told(by, "duties.assignment", needs_action=True)
    signed_in(client, by)

    before = client.get(NOTICES).content.decode()
    client.post(reverse("console:mark_notices_read"))
    after = client.get(NOTICES).content.decode()

    assert "Cần làm" in before
    assert "Cần làm" not in after
    assert "Có việc" in after


def test_how_one_wants_to_be_told_is_kept(client):
    by = actor()
    signed_in(client, by)
    before = Preference.objects.filter(recipient=by.user_id).exists()

    client.post(SETTINGS, {"way": "at_once", "hour": "9"})

    kept = Preference.objects.get(recipient=by.user_id)
    assert (before, kept.way, kept.hour) == (False, "at_once", 9)
    assert "09:00" in client.get(SETTINGS).content.decode()


def test_who_has_no_address_reads_that_he_is_told_here_only(client):
    page = signed_in(client, actor()).get(SETTINGS).content.decode()

    assert "Chưa có địa chỉ thư điện tử công vụ" in page


def test_an_hour_of_the_night_is_refused(client):
    response = signed_in(client, actor()).post(SETTINGS, {"way": "daily", "hour": "3"})

    assert response.status_code == 400
