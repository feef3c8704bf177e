"""`danvan COMMAND`: Django's commands, with a database of our own where none is named."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from danvan.config import embedded

AS_OWNER = {"prepare", "migrate", "makemigrations", "demo", "dbshell"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in AS_OWNER:
        os.environ["DANVAN_AS_OWNER"] = "1"
    if "DATABASE_URL" not in os.environ:
        root = Path(os.environ.get("DANVAN_VAR", Path.cwd() / "var"))
        os.environ.update(embedded.start(root / "postgres"))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
