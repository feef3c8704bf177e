"""The forms around passwords, in the officers' words."""

import re
from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from danvan.accounts import actions
from danvan.accounts.models import Invitation
from danvan.org.models import User

from . import links


class InOurWords(forms.Form):
    """New password, typed twice; what it must be stands below the first field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Mật khẩu đang dùng"),
            "password1": _("Mật khẩu mới"),
            "password2": _("Nhập lại mật khẩu mới"),
        }
        for name, field in self.fields.items():
            if name in labels:
                field.label, field.help_text = labels[name], ""
                field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            texts = password_validators_help_texts()
            self.fields["password1"].help_text = " ".join(text for text in texts if text)

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "password2":
            error = _("Hai lần nhập mật khẩu không giống nhau.")
        super().add_error(field, error)


class ChangePassword(InOurWords, allauth.ChangePasswordForm):
    pass


class NewPassword(InOurWords, allauth.ResetPasswordKeyForm):
    pass


class FirstPassword(InOurWords, allauth.SetPasswordForm):
    pass


class ResetPassword(forms.Form):
    """One's address; the answer is the same whether or not there is an account."""

    email = forms.EmailField(
        label=_("Thư điện tử công vụ"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
        error_messages={"invalid": _("Địa chỉ thư điện tử chưa đúng, ví dụ ten@tinh.gov.vn.")},
    )

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        actions.request_reset(email, base=links.base(request))
        return email


class Accept(InOurWords):
    """How who was invited will sign in."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ không dấu, số, dấu chấm. Dùng để đăng nhập từ lần sau."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password1 = allauth.SetPasswordField(label=_("Mật khẩu mới"))
    password2 = allauth.PasswordField(label=_("Nhập lại mật khẩu mới"), autocomplete="new-password")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["username"].initial = actions.suggest_username(invitation.person)

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if not re.fullmatch(r"[A-Za-z0-9._-]+", name):  # an @ would make it somebody's address
            raise forms.ValidationError(_("Chỉ dùng chữ không dấu, số, dấu chấm."))
        return str(allauth.get_adapter().clean_username(name))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, second = said.get("password1"), said.get("password2")
        if first and second and first != second:
            self.add_error("password2", "")
        if first:
            self._judge(first, said.get("username", ""))
        return said

    def _judge(self, password: str, username: str) -> None:
        user = User(username=username, email=self.invitation.email)
        user.person = self.invitation.person
        try:
            allauth.get_adapter().clean_password(password, user)
        except forms.ValidationError as refusal:
            self.add_error("password1", refusal)
