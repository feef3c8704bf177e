"""A mail server that keeps what it is sent, and can be told to misbehave. On a port of its own."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: list[str] = []
        self.refuses = ""  # an answer to RCPT TO
        self.hangs_up = False  # after the letter, without an answer

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.say("220 sink")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word.startswith(("EHLO", "HELO")):
                self.say("250 sink")
            elif word.startswith("RCPT") and self.server.refuses:
                self.say(self.server.refuses)
            elif word == "DATA":
                self.say("354 go on")
                self.server.taken.append(self.letter())
                if self.server.hangs_up:
                    return
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def letter(self) -> str:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        return b"".join(lines).decode()

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def sink() -> Iterator[Sink]:
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
