import pytest
from django.urls import reverse

from danvan.org.choices import Role
from danvan.org.models import User
from danvan.publication import actions
from danvan.publication.models import Release
from tests.danvan.publication.factories import TEXT, content_of, own_document, released
from tests.factories import actor, coordinator

pytestmark = pytest.mark.django_db

LIST = "/cong-khai/"


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def enter(client, by):
    client.force_login(User.objects.get(pk=by.user_id))


def release_page(document):
    return reverse("console:release", args=["document", document.pk])


def test_the_list_shows_what_waits_and_what_is_public(client):
    by = coordinator()
    released(by, title="Kế hoạch cũ")
    own_document()
    enter(client, by)

    words = client.get(LIST).content.decode()

    assert "1 nội dung chờ công khai, 1 đang công khai." in words
    assert "Chờ công khai" in words
    assert "Luật Tiếp cận thông tin 2016" in words


def test_the_list_with_nothing_waiting_says_so(client):
    enter(client, coordinator())

    assert "Không còn nội dung nào chờ công khai." in client.get(LIST).content.decode()


def test_who_does_not_release_sees_what_is_public_and_no_buttons(client):
    released(title="Kế hoạch cũ")
    own_document()
    enter(client, actor())

    words = client.get(LIST).content.decode()

    assert "Kế hoạch cũ" in words
    assert "Chờ công khai" not in words
    assert "Gỡ xuống" not in words


def test_the_administrator_sees_no_releases(client):
    enter(client, actor(Role.ADMINISTRATOR))

    assert client.get(LIST).status_code == 403


def test_without_sign_in_one_is_asked_to_sign_in(client):
    assert client.get(LIST).status_code == 302


def test_preview_is_the_public_page_and_releases_nothing(client):
    enter(client, coordinator())
    document = own_document()

    response = client.get(reverse("console:release_preview", args=["document", document.pk]))

    assert "Bản xem trước" in response.content.decode()
    assert "I. MỤC ĐÍCH" in response.content.decode()
    assert not Release.objects.exists()


def test_release_asks_once_and_then_releases(client):
    enter(client, coordinator())
    document = own_document()

    question = client.get(release_page(document)).content.decode()
    assert "Mọi người đều xem được." in question
    assert "Kiểm tra thông tin cá nhân: không có" in question
    assert not Release.objects.exists()
    for _press in range(2):
        client.post(release_page(document))

    assert Release.objects.get().is_public
    assert "1 đang công khai" in client.get(LIST).content.decode()


def test_release_with_personal_data_needs_a_reason(client):
    enter(client, coordinator())
    document = own_document(TEXT.replace("Phục vụ Nhân dân.", "Gọi 0912 345 678."))

    refused = client.post(release_page(document))

    assert refused.status_code == 400
    assert "0912 345 678" in refused.content.decode()
    client.post(release_page(document), {"accepted_because": "Đường dây nóng"})
    assert Release.objects.count() == 1


def test_a_changed_source_is_offered_as_a_new_version(client):
    by, document = coordinator(), own_document()
    actions.release(content_of(document), by=by)
    enter(client, by)
    assert "không khác bản đang công khai" in client.get(release_page(document)).content.decode()
    document.title = "Thực hiện công tác dân vận năm 2024 (sửa đổi)"
    document.save()

    client.post(release_page(document))

    assert [one.state for one in Release.objects.order_by("version")] == ["replaced", "released"]


def test_take_down_asks_for_a_reason(client):
    by = coordinator()
    release = released(by)
    enter(client, by)
    page = reverse("console:take_down", args=[release.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 400
    client.post(page, {"reason": "Có sai sót"})

    release.refresh_from_db()
    assert not release.is_public
    assert "Có sai sót" in client.get(LIST).content.decode()


def test_officers_cannot_release_preview_or_take_down(client):
    document, release = own_document(), released()
    enter(client, actor())

    assert client.post(release_page(document)).status_code == 403
    preview = reverse("console:release_preview", args=["document", document.pk])
    assert client.get(preview).status_code == 403
    assert client.post(reverse("console:take_down", args=[release.pk])).status_code == 403


def test_what_cannot_be_released_is_not_found(client):
    release = released()
    enter(client, coordinator())

    for kind in ("document", "results", "khac"):
        page = reverse("console:release", args=[kind, release.subject])
        assert client.get(page).status_code == 404


def test_the_list_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries):
    by = coordinator()
    own_document()
    for number in range(10):
        released(by, address=f"ke-hoach-{number}")
    enter(client, by)

    with django_assert_max_num_queries(20):
        client.get(LIST)
