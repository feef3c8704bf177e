"""What stands outside and is named by an address in the environment: mail server, single sign-on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Mail:
    """Where letters go; without a host they wait."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = "danvan@localhost"


def mail(environment: Mapping[str, str]) -> Mail:
    """DANVAN_SMTP_URL=smtp://name:password@host:587 (STARTTLS) or smtps://…:465.

    Without encryption, for a server on the same machine: smtp://localhost:25?tls=no. Who letters
    come from is DANVAN_MAIL_FROM.
    """
    url = urlsplit(environment.get("DANVAN_SMTP_URL", ""))
    if not url.hostname:
        return Mail()
    if url.scheme not in {"smtp", "smtps"}:
        raise ValueError("DANVAN_SMTP_URL begins with smtp:// or smtps://")
    user = unquote(url.username or "")
    plain = parse_qs(url.query).get("tls") == ["no"]
    return Mail(
        host=url.hostname,
        port=url.port or (465 if url.scheme == "smtps" else 587),
        user=user,
        password=unquote(url.password or ""),
        starttls=url.scheme == "smtp" and not plain,
        tls=url.scheme == "smtps",
        sender=environment.get("DANVAN_MAIL_FROM")
        or (user if "@" in user else f"danvan@{url.hostname}"),
    )


@dataclass(frozen=True)
class Oidc:
    """The province's single sign-on."""

    app: dict[str, Any]  # as allauth wants it
    origin: str  # where the browser is led to


def oidc(environment: Mapping[str, str]) -> Oidc | None:
    """DANVAN_OIDC_URL (the issuer), _CLIENT_ID, _CLIENT_SECRET, _NAME (what the button says).

    DANVAN_OIDC_ORIGIN, where its sign-in pages have another address than the issuer.
    """
    url = environment.get("DANVAN_OIDC_URL", "")
    if not url:
        return None
    parts = urlsplit(url)
    app = {
        "provider_id": "tinh",
        "name": environment.get("DANVAN_OIDC_NAME", ""),
        "client_id": environment["DANVAN_OIDC_CLIENT_ID"],
        "secret": environment["DANVAN_OIDC_CLIENT_SECRET"],
        "settings": {"server_url": url.rstrip("/"), "oauth_pkce_enabled": True},
    }
    origin = environment.get("DANVAN_OIDC_ORIGIN") or f"{parts.scheme}://{parts.netloc}"
    return Oidc(app=app, origin=origin)
