"""The product on one machine: web server and workers beside each other, until told to stop."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType


def run(host: str, port: int) -> None:
    """Start them and wait; when one ends, or the terminal says stop, all end."""
    signal.signal(signal.SIGTERM, _stop)
    environment = {key: value for key, value in os.environ.items() if key != "DANVAN_AS_OWNER"}
    running = [
        subprocess.Popen([sys.executable, "-m", *command], env=environment)
        for command in (_web(host, port), _worker(), _worker(*PROMPT))
    ]
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            _wait_or_kill(process)


def _wait_or_kill(process: "subprocess.Popen[bytes]") -> None:
    """Ends by itself within some seconds, or is ended: the port is free for the next start."""
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _web(host: str, port: int) -> list[str]:
    threads = ["--workers", "1", "--blocking-threads", "4"]
    return [
        "granian",
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"),
        *(*threads, "--log-level", "warning", "danvan.config.wsgi:application"),
    ]


# A document may be read for ten minutes: letters and seals have a worker that does nothing else.
PROMPT = ("mail", "audit")


def _worker(*queues: str) -> list[str]:
    """For these queues alone, or for whatever there is to do."""
    command = ["danvan.config.cli", "procrastinate", "worker", "--concurrency", "1"]
    return [*command, "--queues", ",".join(queues)] if queues else command


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
