"""What is written to people about their accounts. Letters go out through the outbox."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from danvan.notices import letters
from danvan.notices.models import Letter
from danvan.org.models import Person, User
from danvan.text import in_vietnamese


@in_vietnamese
def invitation(person: Person, *, to: str, link: str, until: datetime) -> Letter:
    body = _(
        "Kính gửi %(person)s,\n\n"
        "%(body)s mời ông/bà dùng phần mềm dân vận chính quyền. Mở đường dẫn dưới đây để chọn tên "
        "đăng nhập và mật khẩu:\n\n%(link)s\n\n"
        "Đường dẫn dùng được một lần, đến hết %(until)s. Không chuyển thư này cho người khác. Nếu "
        "ông/bà không chờ thư này, xin bỏ qua."
    )
    return letters.write(
        to,
        subject=_("Lời mời dùng phần mềm dân vận chính quyền"),
        body=body
        % {
            "person": called(person),
            "body": settings.DANVAN_BODY,
            "link": link,
            "until": _moment(until),
        },
    )


@in_vietnamese
def password_reset(user: User, *, link: str) -> Letter:
    body = _(
        "Kính gửi %(person)s,\n\n"
        "Có người xin đặt lại mật khẩu của tài khoản %(username)s. Nếu đó là ông/bà, mở đường dẫn "
        "dưới đây để chọn mật khẩu mới:\n\n%(link)s\n\n"
        "Đường dẫn dùng được một lần, trong 24 giờ. Nếu không phải ông/bà, xin bỏ qua thư này: mật "
        "khẩu không thay đổi."
    )
    return letters.write(
        user.email,
        subject=_("Đặt lại mật khẩu"),
        body=body % {"person": _holder(user), "username": user.username, "link": link},
    )


@in_vietnamese
def changed(user: User, what: str, *, at: datetime, address: str | None) -> Letter | None:
    """That something of the account's security changed; to who cannot be written, nothing."""
    if not user.email:
        return None
    body = _(
        "Kính gửi %(person)s,\n\n"
        "Tài khoản %(username)s: %(what)s, lúc %(at)s, từ địa chỉ %(address)s.\n\n"
        "Nếu không phải ông/bà làm, xin báo ngay cho quản trị hệ thống của cơ quan."
    )
    return letters.write(
        user.email,
        subject=_("Thay đổi bảo mật của tài khoản"),
        body=body
        % {
            "person": _holder(user),
            "username": user.username,
            "what": _(what),
            "at": _moment(at),
            "address": address or "—",
        },
    )


def called(person: Person) -> str:
    """Bà Trần Thị Mai Phương; ông/bà where it is not known."""
    return f"{person.form_of_address or 'ông/bà'} {person.name}"


def _holder(user: User) -> str:
    person = getattr(user, "person", None)
    return called(person) if person else "ông/bà"


def _moment(at: datetime) -> str:
    moment = localtime(at)
    return f"{moment:%H:%M} ngày {moment.day}/{moment.month}/{moment.year}"
