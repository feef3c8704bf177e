"""Where links in letters lead that no request asks for."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """On the address that the installation names first (DANVAN_ORIGINS), else its first host."""
    named = [one for one in settings.CSRF_TRUSTED_ORIGINS if "*" not in one]
    hosts = [one for one in settings.ALLOWED_HOSTS if "*" not in one]
    base = named[0] if named else f"https://{hosts[0] if hosts else 'localhost'}"
    return urljoin(base, path)
