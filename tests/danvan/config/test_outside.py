import pytest

from danvan.config import outside


def test_without_an_address_there_is_no_mail_server():
    assert outside.mail({}).host == ""


def test_a_mail_server_is_named_by_one_address():
    mail = outside.mail({"DANVAN_SMTP_URL": "smtp://danvan%40tinh.example:m%3At@mx.tinh.example"})

    assert (mail.host, mail.port, mail.starttls, mail.tls) == ("mx.tinh.example", 587, True, False)
    assert (mail.user, mail.password) == ("danvan@tinh.example", "m:t")
    assert mail.sender == "danvan@tinh.example"


def test_encryption_is_left_out_only_where_it_is_said():
    assert outside.mail({"DANVAN_SMTP_URL": "smtps://mx.example"}).tls
    assert not outside.mail({"DANVAN_SMTP_URL": "smtp://localhost:25?tls=no"}).starttls


def test_another_kind_of_address_is_refused():
    with pytest.raises(ValueError, match="DANVAN_SMTP_URL"):
        outside.mail({"DANVAN_SMTP_URL": "http://mx.example"})


def test_the_single_sign_on_gives_its_origin_to_the_content_policy():
    told = {
        "DANVAN_OIDC_URL": "https://sso.tinh.example/realms/can-bo/",
        "DANVAN_OIDC_CLIENT_ID": "danvan",
        "DANVAN_OIDC_CLIENT_SECRET": "s",
    }

    oidc = outside.oidc(told)

    assert outside.oidc({}) is None
    assert oidc.origin == "https://sso.tinh.example"
    assert oidc.app["settings"]["server_url"] == "https://sso.tinh.example/realms/can-bo"
    assert outside.oidc(told | {"DANVAN_OIDC_ORIGIN": "https://a.example"}).origin == (
        "https://a.example"
    )
