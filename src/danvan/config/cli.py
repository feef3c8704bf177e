"""`danvan COMMAND`: Django's commands, with a database of our own where none is named."""

import os
import secrets
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from danvan.config import embedded

AS_OWNER = {"prepare", "migrate", "makemigrations", "demo", "country"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in AS_OWNER:
        os.environ["DANVAN_AS_OWNER"] = "1"
    kept = Path(os.environ.setdefault("DANVAN_VAR", str(Path.cwd() / "var")))
    kept.mkdir(parents=True, exist_ok=True)
    if "DANVAN_SECRET_KEY" not in os.environ:
        os.environ["DANVAN_SECRET_KEY"] = _secret(kept / "secret-key")
    if "DANVAN_AUDIT_KEY" not in os.environ:
        os.environ["DANVAN_AUDIT_KEY"] = _secret(kept / "audit-key")
    if "DATABASE_URL" not in os.environ:
        os.environ.update(embedded.start(kept / "postgres"))
    execute_from_command_line(sys.argv)


def _secret(file: Path) -> str:
    """The installation's own key, made once and readable by its owner alone."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


if __name__ == "__main__":
    main()
