import hashlib

import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ImproperlyConfigured, ValidationError

from danvan.accounts import passwords
from danvan.org.models import User
from tests.factories import PersonFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def refusals(password, user=None):
    try:
        password_validation.validate_password(password, user)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def test_a_password_of_four_words_is_taken():
    assert refusals("gach-muoi-thuyen-sao") == ""


def test_a_short_one_says_how_long_it_must_be():
    assert "cần ít nhất 10 ký tự" in refusals("x7Kq!mZp2")


def test_a_common_one_says_that_it_is_tried_first():
    assert "rất nhiều người dùng" in refusals("1234567890")


def test_an_easy_one_says_what_to_take_instead():
    assert "ghép bốn từ không liên quan" in refusals("Matkhau@123")


def test_the_own_unit_is_known():
    post = PostFactory(unit=UnitFactory(called="Chi cục Kiểm lâm"))

    assert "dễ đoán" in refusals("chicuckiemlam99", post.person.user)
    assert refusals("chicuckiemlam99") == ""


def test_who_was_invited_and_has_no_account_yet_is_known_too():
    user = User(username="khailh")
    user.person = PersonFactory.build(name="Lê Hoàng Khải", user=None)

    assert "dễ đoán" in refusals("LeHoangKhai@85", user)


def test_a_breached_one_is_refused_where_there_is_a_file(settings, tmp_path):
    file = tmp_path / "pwned.txt"
    file.write_text(hashlib.sha1(b"gach-muoi-thuyen-sao").hexdigest().upper() + ":3\n")
    settings.DANVAN_BREACHED_PASSWORDS = str(file)

    with pytest.raises(ValidationError, match="đã bị lộ"):
        passwords.NotBreached().validate("gach-muoi-thuyen-sao")
    passwords.NotBreached().validate("gach-muoi-thuyen-trang")


def test_a_file_that_is_not_there_is_said_at_once(settings):
    settings.DANVAN_BREACHED_PASSWORDS = "/khong/co/tep.txt"

    with pytest.raises(ImproperlyConfigured):
        passwords.NotBreached()
