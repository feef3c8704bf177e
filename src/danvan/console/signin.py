from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ITS_OWN_WORDS = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class Adapter(DefaultAccountAdapter):
    """Sign-in in the officers' words; accounts are given, nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."
        ),
        "email_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."
        ),
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."
        ),
        "too_many_login_attempts": _(
            "Đăng nhập sai nhiều lần. Thử lại sau 15 phút, hoặc gọi quản trị của đơn vị."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries count for a name, however it is written and whichever host is asked.

        allauth's own key has the address's port in it, which who asks can choose.
        """
        login = credentials.get("email") or credentials.get("username") or ""
        return str(login).upper().lower()  # the database compares in upper case: ı is I is i

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """That one is signed in or out is seen: the page that follows says it."""
        if message_template not in ITS_OWN_WORDS:
            super().add_message(request, level, message_template, *args, **kwargs)
