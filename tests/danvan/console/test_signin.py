"""Signing in through the pages: tries, known devices, second step, invitations, what is told to whom."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from danvan.accounts import actions, tasks
from danvan.accounts.models import RolePolicy
from danvan.audit.models import AuditEntry
from danvan.console.accounts.signin import ProvinceSignIn
from danvan.notices.models import Letter
from danvan.org.choices import Role
from danvan.org.models import User
from tests.factories import PersonFactory, PostFactory, actor, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "gach-muoi-thuyen-sao"
NEW = "trang-may-cau-lua-xanh"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOCKED = "Đăng nhập sai nhiều lần"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"


@pytest.fixture(autouse=True)
def no_tries_counted_yet():
    cache.clear()


@pytest.fixture
def user():
    found = PostFactory(person__user__email="mai@tinh.example").person.user
    found.set_password(PASSWORD)
    found.save()
    return found


def sign_in(client, name, password, address="192.0.2.1"):
    told = {"login": name, "password": password}
    return client.post(reverse("account_login"), told, REMOTE_ADDR=address)


def is_in(response):
    return response.status_code == 302 and response.url == reverse("console:work")


def words(response):
    return response.content.decode()


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


# Tries


def test_wrong_tries_from_one_address_do_not_lock_out_another(user):
    for _try in range(7):
        sign_in(Client(), user.username, "sai", address="192.0.2.66")

    assert LOCKED in words(sign_in(Client(), user.username, PASSWORD, address="192.0.2.66"))
    assert is_in(sign_in(Client(), user.username, PASSWORD, address="192.0.2.1"))


def test_wrong_tries_from_the_same_office_do_not_lock_out_a_known_browser(user):
    own = Client()
    sign_in(own, user.username, PASSWORD)
    own.post(reverse("account_logout"))
    for _try in range(7):
        sign_in(Client(), user.username, "sai")

    assert LOCKED in words(sign_in(Client(), user.username, PASSWORD))
    assert is_in(sign_in(own, user.username, PASSWORD))


def test_many_addresses_together_have_a_limit_that_a_known_browser_has_not(user):
    own = Client()
    sign_in(own, user.username, PASSWORD)
    own.post(reverse("account_logout"))
    for place in range(25):
        sign_in(Client(), user.username, "sai", address=f"198.51.100.{place}")

    assert LOCKED in words(sign_in(Client(), user.username, PASSWORD, address="203.0.113.5"))
    assert is_in(sign_in(own, user.username, PASSWORD))


def test_a_known_browser_has_a_limit_of_its_own(user):
    own = Client()
    sign_in(own, user.username, PASSWORD)
    own.post(reverse("account_logout"))
    for _try in range(10):
        assert WRONG in words(sign_in(own, user.username, "sai"))

    assert LOCKED in words(sign_in(own, user.username, PASSWORD))


def test_a_mark_that_was_made_up_or_is_anothers_makes_no_browser_known(user):
    other = PostFactory().person.user
    other.set_password(PASSWORD)
    other.save()
    thief = Client()
    sign_in(thief, other.username, PASSWORD)
    thief.post(reverse("account_logout"))
    forger = Client()
    forger.cookies["danvan_device"] = "eyJhIjoiYiJ9:1abcde:made-up"

    for client in (thief, forger):
        cache.clear()
        for _try in range(5):
            sign_in(client, user.username, "sai")
        assert LOCKED in words(sign_in(client, user.username, PASSWORD))


def test_the_address_and_the_name_of_an_account_share_their_tries(user):
    for name in (user.username, user.email, user.username, user.email, user.username):
        sign_in(Client(), name, "sai")

    assert LOCKED in words(sign_in(Client(), user.email, PASSWORD))


def test_who_signs_in_rightly_uses_up_no_tries(user):
    for _time in range(12):
        assert is_in(sign_in(Client(), user.username, PASSWORD))


# What is told


@pytest.mark.parametrize("name", ["khong.co", "khong.co@tinh.example"])
def test_a_name_that_nobody_has_is_answered_and_limited_like_any_other(user, name):
    for _try in range(5):
        known = words(sign_in(Client(), user.username, "sai", address="192.0.2.9"))
        unknown = words(sign_in(Client(), name, "sai", address="192.0.2.9"))
        assert WRONG in known and WRONG in unknown

    assert LOCKED in words(sign_in(Client(), name, "sai", address="192.0.2.9"))


def counting(times, function):
    def counted(*args, **kwargs):
        times.append(1)
        return function(*args, **kwargs)

    return counted


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("by_address", [True, False])
def test_one_password_is_hashed_whoever_is_named(user, monkeypatch, known, by_address):
    """What costs time is the same, so that the clock tells nothing."""
    hashed = []
    for method in ("encode", "verify"):
        was = getattr(Argon2PasswordHasher, method)
        monkeypatch.setattr(Argon2PasswordHasher, method, counting(hashed, was))
    name = {(1, 1): user.email, (1, 0): user.username, (0, 1): "a@b.example", (0, 0): "khong.co"}

    sign_in(Client(), name[known, by_address], "sai")

    assert len(hashed) == 1


def test_a_reset_answers_the_same_whether_or_not_there_is_an_account(user, client):
    answers = []
    for email in (user.email, "khong@tinh.example"):
        response = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        answers.append((response.redirect_chain, re.sub(r'value="\w{64}"', "", words(response))))

    assert answers[0] == answers[1]
    assert "Nếu địa chỉ thuộc một tài khoản" in answers[0][1]


def test_a_locked_account_says_so_only_to_who_knows_its_password(user):
    user.is_active = False
    user.save()

    right = sign_in(Client(), user.username, PASSWORD)
    wrong = sign_in(Client(), user.username, "sai")

    assert right.url == reverse("account_inactive")
    assert WRONG in words(wrong)


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_signup", "socialaccount_connections"]
)
def test_nobody_registers_himself(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/accounts/signup/", "/signup/", "/dang-ky/", "/accounts/email/"])
def test_there_is_no_page_to_register_at(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"username": "a", "password1": NEW}).status_code == 404
    assert not User.objects.exists()


# The audit


def test_in_out_and_wrong_tries_are_kept_with_their_address(user, client):
    sign_in(Client(), user.username, "sai", address="198.51.100.7")
    sign_in(client, user.username, PASSWORD)
    client.post(reverse("account_logout"), REMOTE_ADDR="192.0.2.1")

    entries = list(AuditEntry.objects.order_by("id"))
    assert [one.verb for one in entries] == ["sign_in_failed", "signed_in", "signed_out"]
    assert [one.address for one in entries] == ["198.51.100.7", "192.0.2.1", "192.0.2.1"]
    assert {one.subject for one in entries} == {user.pk}
    assert entries[1].details == {"method": "password"}
    assert entries[1].by_post.startswith("Cán bộ phụ trách")


def test_what_was_typed_for_a_name_is_not_kept(client):
    sign_in(client, "mat-khau-go-nham-o", "sai")

    entry = AuditEntry.objects.get()
    assert entry.verb == "sign_in_failed"
    assert "mat-khau" not in f"{entry.subject_label}{entry.details}{entry.by_name}"


# The second step


@pytest.fixture
def with_app(user):
    TOTP.activate(user, SECRET)
    return user


def code(at=None):
    counter = int((at or time.time()) // 30)
    return format_hotp_value(hotp_value(SECRET, counter))


def test_a_password_alone_does_not_let_in_who_has_a_second_factor(with_app, client):
    response = sign_in(client, with_app.username, PASSWORD)

    assert response.url == reverse("mfa_authenticate")
    assert client.get(reverse("console:work")).status_code == 302
    assert "Mã xác thực 6 số" in words(client.get(response.url))


def test_the_code_lets_in_and_a_wrong_one_says_what_to_do(with_app, client):
    sign_in(client, with_app.username, PASSWORD)

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert "Mã không đúng" in words(wrong)
    assert is_in(right)
    assert verbs() == ["second_step_failed", "signed_in"]
    assert AuditEntry.objects.get(verb="signed_in").details == {"method": "password+totp"}


def test_five_wrong_codes_are_enough(with_app, client):
    sign_in(client, with_app.username, PASSWORD)
    for _try in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    response = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert LOCKED in words(response)


def test_the_secret_of_an_app_is_encrypted_at_rest(with_app):
    kept = Authenticator.objects.get(user=with_app)

    assert SECRET not in str(kept.data)
    assert kept.wrap().validate_code(code())


def test_a_role_that_asks_for_two_steps_leads_to_setting_one_up(user, client):
    RolePolicy.objects.create(role=Role.OFFICER, second_factor_required=True)
    sign_in(client, user.username, PASSWORD)

    inside = client.get(reverse("console:work"))
    page = words(client.get(inside.url))

    assert inside.url == reverse("console:security")
    assert "Cán bộ phụ trách" in page
    assert "phải đăng nhập bằng hai bước" in page
    assert client.get(reverse("mfa_activate_totp")).status_code == 200  # nothing to prove again
    TOTP.activate(user, SECRET)
    assert client.get(reverse("console:work")).status_code == 200


def test_the_last_second_factor_of_such_a_role_is_not_turned_off(with_app, client):
    RolePolicy.objects.create(role=Role.OFFICER, second_factor_required=True)
    sign_in(client, with_app.username, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code()})

    response = client.post(reverse("mfa_deactivate_totp"))

    assert "phải có bước xác thực thứ hai" in words(response)
    assert Authenticator.objects.filter(user=with_app, type="totp").exists()


def test_changing_security_asks_again_after_a_quarter_of_an_hour(user, client):
    sign_in(client, user.username, PASSWORD)
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 16 * 60
    session.save()

    response = client.get(reverse("mfa_activate_totp"))

    assert response.url.startswith(reverse("account_reauthenticate"))
    answer = client.post(response.url, {"password": PASSWORD})
    assert answer.url == reverse("mfa_activate_totp")


# Passwords


def test_a_password_is_changed_and_other_sessions_end(user, client):
    elsewhere = Client()
    sign_in(elsewhere, user.username, PASSWORD)
    sign_in(client, user.username, PASSWORD)
    told = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    response = client.post(reverse("account_change_password"), told)

    assert response.url == reverse("console:security")
    assert client.get(reverse("console:work")).status_code == 200
    assert elsewhere.get(reverse("console:work")).status_code == 302
    assert verbs()[-1] == "password_changed"
    assert "đã đổi mật khẩu" in Letter.objects.get(to=user.email).body


def test_an_easy_new_password_is_refused_in_words(user, client):
    sign_in(client, user.username, PASSWORD)
    told = {"oldpassword": PASSWORD, "password1": "Matkhau@123", "password2": "Matkhau@123"}

    page = words(client.post(reverse("account_change_password"), told))

    assert "Mật khẩu này dễ đoán" in page


def reset_link(user):
    tasks.send_reset_links.func(users=[str(user.pk)], base="http://testserver/")
    return re.search(r"http://testserver(/\S+)", Letter.objects.latest("id").body)[1]


def test_a_reset_by_mail_opens_once_and_begins_the_tries_anew(user, client):
    for _try in range(7):
        sign_in(Client(), user.username, "sai")
    link = reset_link(user)
    page = client.get(link, follow=True, REMOTE_ADDR="192.0.2.1")

    client.post(
        page.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, REMOTE_ADDR="192.0.2.1"
    )

    assert is_in(sign_in(Client(), user.username, NEW))
    assert "password_reset" in verbs()
    assert "không còn dùng được" in words(Client().get(link, follow=True))


def test_who_resets_by_mail_cannot_be_kept_out_by_the_tries_of_others(user, client):
    client.post(reverse("account_reset_password"), {"email": "mai@tinh.example"})
    tasks.send_reset_links(users=[str(user.pk)], base="https://danvan.example/")
    link = re.search(r"https://danvan.example(/\S+)", Letter.objects.get().body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    for number in range(25):
        sign_in(Client(), user.username, "sai", f"192.0.2.{100 + number}")

    assert LOCKED in words(sign_in(Client(), user.username, NEW, "192.0.2.99"))
    assert is_in(sign_in(client, user.username, NEW, "192.0.2.99"))


def test_links_in_letters_lead_where_the_installation_says_not_the_request(client, settings):
    asked = {"email": "mai@tinh.example"}
    user = PostFactory(person__user__email=asked["email"]).person.user
    settings.CSRF_TRUSTED_ORIGINS = ["https://danvan.tinh.example"]
    before = ProcrastinateJob.objects.count()
    client.post(reverse("account_reset_password"), asked, headers={"Host": "localhost:6666"})

    job = ProcrastinateJob.objects.order_by("-id").first()
    assert ProcrastinateJob.objects.count() == before + 1
    assert job.args == {"users": [str(user.pk)], "base": "https://danvan.tinh.example/"}


@pytest.mark.parametrize("forwarded", ["", "192.0.2.9", "rubbish", "192.0.2.9:443, 10.0.0.1"])
def test_a_proxy_too_few_shuts_nobody_out(user, settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    told = {"login": user.username, "password": PASSWORD}

    assert is_in(Client().post(reverse("account_login"), told, headers=headers))


def test_a_reset_does_not_pass_by_the_second_factor(with_app, client):
    page = client.get(reset_link(with_app), follow=True)

    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert sign_in(client, with_app.username, NEW).url == reverse("mfa_authenticate")


# Invitations


@pytest.fixture
def invited():
    person = PersonFactory(user=None, name="Lê Hoàng Khải", email="khai@tinh.example")
    PostFactory(person=person)
    link = actions.invite(
        person,
        by=actor(Role.ADMINISTRATOR),
        link=lambda token: reverse("invitation", args=[token]),
    )
    return person, link


def test_the_link_of_an_invitation_leads_to_an_account_and_in(invited, client):
    person, link = invited
    page = client.get(link, follow=True)
    told = {"username": "khailh", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post(reverse("accept_invitation"), told)

    assert 'value="khailh"' in words(page)
    assert is_in(response)
    assert "Lê Hoàng Khải" in words(client.get(reverse("console:work")))
    assert is_in(sign_in(Client(), "khai@tinh.example", PASSWORD))
    assert Client().get(link, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"password1": "LeHoangKhai@90"}, "dễ đoán"),
        ({"password2": NEW}, "không giống nhau"),
        ({"username": "tên có dấu"}, "username"),
        ({"username": "lanh.dao@tinh.example"}, "Chỉ dùng chữ không dấu"),
    ],
)
def test_what_is_wrong_with_an_acceptance_is_said_and_nothing_is_made(invited, client, told, said):
    person, link = invited
    client.get(link)
    right = {"username": "khailh", "password1": PASSWORD, "password2": PASSWORD}

    page = client.post(reverse("accept_invitation"), right | told)

    assert said in words(page)
    person.refresh_from_db()
    assert person.user is None


def test_a_link_that_never_was_and_one_that_is_over_say_the_same(invited, client):
    person, link = invited
    actions.withdraw_invitation(person, by=actor(Role.ADMINISTRATOR))

    over, never = client.get(link, follow=True), Client().get("/loi-moi/abc/", follow=True)

    assert over.status_code == never.status_code == 404
    assert "không còn dùng được" in words(over)
    assert re.sub(r'value="\w{64}"', "", words(over)) == re.sub(r'value="\w{64}"', "", words(never))


# Sessions


def test_ones_sessions_are_listed_and_end_from_afar(user, client):
    elsewhere = Client(
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36"}
    )
    sign_in(elsewhere, user.username, PASSWORD, address="198.51.100.9")
    sign_in(client, user.username, PASSWORD)
    page = words(client.get(reverse("console:security")))

    client.post(reverse("console:end_own_session"))

    assert "Chrome, Windows" in page
    assert "198.51.100.9" in page
    assert elsewhere.get(reverse("console:work")).status_code == 302
    assert client.get(reverse("console:work")).status_code == 200


def test_when_a_session_was_last_seen_is_noted_every_few_minutes(user, client, on_day):
    sign_in(client, user.username, PASSWORD)
    before = UserSession.objects.get().last_seen_at
    client.get(reverse("console:work"))
    assert UserSession.objects.get().last_seen_at == before
    session = client.session
    session["seen_at"] -= 400
    session.save()

    client.get(reverse("console:work"), REMOTE_ADDR="203.0.113.8")

    seen = UserSession.objects.get()
    assert seen.last_seen_at > before
    assert seen.ip == "203.0.113.8"


def test_the_pages_around_signing_in_speak_vietnamese(user, client):
    """None of allauth's own words come through."""
    sign_in(client, user.username, PASSWORD)
    TOTP.activate(user, SECRET)
    names = ["account_change_password", "account_reauthenticate", "mfa_reauthenticate"]
    names += ["mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes"]
    names += ["account_logout", "account_inactive", "account_reset_password_done"]

    for name in names:
        page = words(client.get(reverse(name)))
        shown = re.sub(r"<[^>]+>|English|danvan", " ", page.partition("<main")[2])
        assert not re.search(r"\b(the|your|password|code|email|account|sign)\b", shown, re.I), name


def test_a_page_of_ones_own_account_is_kept_by_no_cache(user):
    client = signed_in(Client(), actor())

    for name in ("account_change_password", "console:security", "account_reauthenticate"):
        assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]


# The province's single sign-on; the way there and back is walked in tests/walk/test_signin.py


def meant(rf, email, *, verified=True, uid="a", process="login"):
    """The account that the province's opens; None where it is refused."""
    said = [EmailAddress(email=email, verified=verified)]
    login = SocialLogin(
        user=User(), account=SocialAccount(provider="tinh", uid=uid), email_addresses=said
    )
    login.state = {"process": process}
    login.provider = None
    request = rf.get("/")
    with context.request_context(request):
        adapter = ProvinceSignIn(request)
        try:
            adapter.pre_social_login(request, login)
        except ImmediateHttpResponse as refusal:
            assert refusal.response.status_code == 403
            return None
    return SocialAccount.objects.get(uid=uid).user


@pytest.fixture
def with_province(settings):
    app = {"provider_id": "tinh", "name": "", "client_id": "c", "secret": "s"}
    app["settings"] = {"server_url": "https://sso.tinh.example"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def test_a_verified_address_links_to_the_one_account_that_has_it(user, rf, with_province):
    assert meant(rf, "Mai@tinh.example") == user
    assert user.check_password(PASSWORD)  # its own way in stays
    assert verbs() == ["province_account_linked"]


def test_an_unverified_or_unknown_or_shared_address_links_to_none(user, rf, with_province):
    assert meant(rf, "mai@tinh.example", verified=False) is None
    assert meant(rf, "ai.do@tinh.example") is None
    PostFactory(person__user__email="MAI@tinh.example")
    assert meant(rf, "mai@tinh.example") is None
    assert User.objects.count() == 2


def test_who_later_gets_the_same_address_does_not_get_the_account(user, rf, with_province):
    meant(rf, "mai@tinh.example", uid="first")

    assert meant(rf, "mai@tinh.example", uid="second") is None


def test_nobody_links_an_account_while_signed_in(user, rf, with_province):
    assert meant(rf, "mai@tinh.example", process="connect") is None


def test_the_sign_in_page_offers_the_province_first(client, with_province):
    page = words(client.get(reverse("account_login")))

    assert page.index("Đăng nhập bằng tài khoản của tỉnh") < page.index("Tên đăng nhập hoặc")


def test_too_many_tries_name_whom_to_call(user, settings):
    settings.DANVAN_HELP_PHONE = "0299 3811 222"
    for _try in range(5):
        sign_in(Client(), user.username, "sai")

    assert "gọi quản trị: 0299 3811 222" in words(sign_in(Client(), user.username, "sai"))


def test_a_flood_of_resets_is_stopped_in_words(client):
    for _time in range(5):
        client.post(reverse("account_reset_password"), {"email": "mai@tinh.example"})

    response = client.post(reverse("account_reset_password"), {"email": "mai@tinh.example"})

    assert response.status_code == 429
    assert "Đợi vài phút rồi thử lại" in words(response)


# Between the two steps


@pytest.mark.parametrize("change", ["lock", "password"])
def test_what_changes_between_the_two_steps_ends_a_sign_in_under_way(with_app, client, change):
    user = with_app
    sign_in(client, user.username, PASSWORD)
    if change == "lock":
        actions.lock(user, reason="x", by=actor(Role.ADMINISTRATOR))
    else:
        user.set_password(NEW)
        user.save()

    client.post(reverse("mfa_authenticate"), {"code": code()})

    assert client.get(reverse("console:work")).status_code == 302
