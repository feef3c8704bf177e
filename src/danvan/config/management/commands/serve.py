"""The product on one machine: web server and worker, until the terminal says stop."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management import BaseCommand


class Command(BaseCommand):
    help = "Run the web server and the background worker on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, host: str, port: str, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _stop)
        python = [sys.executable, "-m"]
        server = [*python, "granian", "--interface", "wsgi", "--host", host, "--port", port]
        server += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        worker = [*python, "danvan.config.cli", "procrastinate", "worker", "--concurrency", "1"]
        commands = [[*server, "danvan.config.wsgi:application"], worker]
        running = [subprocess.Popen(command, env=os.environ) for command in commands]
        try:
            running[0].wait()
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
