from urllib.parse import urljoin
from uuid import UUID

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from procrastinate.contrib.django import app

from danvan.org.models import User

from . import actions


@app.task(name="accounts.send_reset_links", queue="mail")
def send_reset_links(users: list[str], base: str) -> None:
    """Write the letters to those who are meant; for nobody, nothing."""
    tokens = app_settings.PASSWORD_RESET_TOKEN_GENERATOR()

    def link(user: User) -> str:
        parts = {"uidb36": user_pk_to_url_str(user), "key": tokens.make_token(user)}
        return urljoin(base, reverse("account_reset_password_from_key", kwargs=parts))

    actions.send_reset_links([UUID(one) for one in users], link=link)
