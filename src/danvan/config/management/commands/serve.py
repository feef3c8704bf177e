from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from danvan.config import server


class Command(BaseCommand):
    help = "Run the web server and the background worker on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        server.run(host, port)
