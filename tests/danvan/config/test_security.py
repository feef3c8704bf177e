import pytest
from django.core.cache import cache
from django.urls import reverse

from danvan.org.models import User
from tests.factories import PostFactory, actor, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai-2024"


@pytest.fixture(autouse=True)
def no_tries_counted_yet():
    cache.clear()


def account():
    user = PostFactory().person.user
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, username, password):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_signing_in_leads_to_ones_work(client):
    response = sign_in(client, account().username, PASSWORD)

    assert response.status_code == 302
    assert response.url == reverse("console:work")


def test_signing_in_and_out_says_nothing_of_its_own(client):
    user = account()

    sign_in(client, user.username, PASSWORD)
    inside = client.get(reverse("console:work")).content.decode()
    client.post(reverse("account_logout"))
    outside = client.get(reverse("account_login")).content.decode()

    assert "Successfully signed in" not in inside
    assert "You have signed out" not in outside
    assert 'class="message ' not in inside + outside


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client):
    known = sign_in(client, account().username, "sai").content.decode()
    unknown = sign_in(client, "khong.co", "sai").content.decode()

    assert "Tên đăng nhập hoặc mật khẩu không đúng" in known
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in unknown


def test_after_five_wrong_passwords_even_the_right_one_waits(client):
    user = account()

    for _try in range(5):
        sign_in(client, user.username, "sai")
    response = sign_in(client, user.username, PASSWORD)

    assert response.status_code == 200
    assert "Đăng nhập sai nhiều lần" in response.content.decode()


def test_another_port_or_another_writing_of_a_name_gives_no_further_tries(client):
    user = account()
    user.username = "dau.moi"
    user.save()
    address = reverse("account_login")
    names = ["dau.moi", "DAU.MOI", "dau.moı"]

    for port in range(5):
        wrong = {"login": names[port % 3], "password": "sai"}
        client.post(address, wrong, headers={"host": f"127.0.0.1:{9000 + port}"})
    response = sign_in(client, user.username, PASSWORD)

    assert response.status_code == 200
    assert "Đăng nhập sai nhiều lần" in response.content.decode()


def test_passwords_are_kept_as_argon2(client):
    assert User.objects.get(pk=account().pk).password.startswith("argon2$argon2id$")


def test_signing_in_leads_nowhere_else(client):
    response = client.post(
        f"{reverse('account_login')}?next=https://example.com/",
        {"login": account().username, "password": PASSWORD},
    )

    assert response.url == reverse("console:work")


@pytest.mark.parametrize("address", ["console:work", "console:notices", "console:org"])
def test_every_answer_carries_the_secure_headers(client, address):
    response = signed_in(client, actor()).get(reverse(address))
    policy = response.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_session_cookie_is_for_the_server_alone(client):
    sign_in(client, account().username, PASSWORD)
    cookie = client.cookies["danvan_session"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused_in_words(client):
    strict = client.__class__(enforce_csrf_checks=True)

    response = strict.post(reverse("account_login"), {"login": "a", "password": "b"})

    assert response.status_code == 403
    assert "Phiên làm việc đã hết" in response.content.decode()


def test_a_page_that_is_not_there_says_so_without_a_path_of_ours(client):
    response = signed_in(client, actor()).get("/khong-co-trang-nay/")

    assert response.status_code == 404
    assert "Không tìm thấy trang này" in response.content.decode()


def test_our_own_fault_shows_a_code_and_no_trace(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("danvan.org.actors._posts", _broken)

    response = signed_in(client, actor()).get(reverse("console:work"))
    page = response.content.decode()

    assert response.status_code == 500
    assert "Mã lỗi" in page
    assert "Traceback" not in page
    assert "secret-detail" not in page


def _broken(**asked):
    raise RuntimeError("secret-detail")


def test_without_a_post_one_gets_no_further(client):
    user = account()
    user.person.posts.all().update(validity=("2010-01-01", "2011-01-01"))
    client.force_login(user)

    response = client.get(reverse("console:work"))

    assert response.status_code == 403
    assert "Chưa có vị trí công tác" in response.content.decode()


def test_english_is_shown_to_who_chose_it_and_nobody_else(client):
    first = client.get(reverse("account_login"), headers={"accept-language": "en"})
    client.post(reverse("set_language"), {"language": "en", "next": reverse("account_login")})
    second = client.get(reverse("account_login"))

    assert first.headers["Content-Language"] == "vi"
    assert second.headers["Content-Language"] == "en"
