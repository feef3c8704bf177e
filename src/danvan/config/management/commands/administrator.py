from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.core.management import BaseCommand, CommandError
from django.urls import reverse

from danvan.accounts import actions
from danvan.org.models import User


class Command(BaseCommand):
    help = (
        "Invite the first administrator (--name, --email), or give back an account to who lost every "
        "way in (--rescue USERNAME): unlocked, without second factor. Prints a link of one use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name")
        parser.add_argument("--email")
        parser.add_argument("--rescue", metavar="USERNAME")
        parser.add_argument("--base", default="http://127.0.0.1:8000/", help="address of danvan")

    def handle(
        self,
        *args: Any,
        name: str | None,
        email: str | None,
        rescue: str | None,
        base: str,
        **options: Any,
    ) -> None:
        if rescue:
            self.stdout.write(_rescue(rescue, base))
        elif name and email:
            self.stdout.write(_invite(name, email, base))
        else:
            raise CommandError("Ghi --name và --email, hoặc --rescue TÊN-ĐĂNG-NHẬP.")


def _invite(name: str, email: str, base: str) -> str:
    def link(token: str) -> str:
        return urljoin(base, reverse("invitation", args=[token]))

    try:
        return actions.first_administrator(name, email, link=link)
    except actions.Refused as refusal:
        raise CommandError(str(refusal)) from refusal


def _rescue(username: str, base: str) -> str:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"Không có tài khoản “{username}”.")
    actions.rescue(user)
    user.refresh_from_db()
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    parts = {"uidb36": user_pk_to_url_str(user), "key": token}
    return urljoin(base, reverse("account_reset_password_from_key", kwargs=parts))
