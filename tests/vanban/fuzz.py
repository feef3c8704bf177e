"""Fuzzing led by coverage: `make fuzz`. Bytes and texts of any kind, within seconds each.

A crash, or an input that takes longer than the limit (a pattern that backtracks), ends the run and
is kept beside it. Samples of our own are where it starts from.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vanban"]):
    import vanban
    from vanban.formats import plain  # noqa: F401 - instrumented although imported late

from tests.vanban import samples

KINDS = ("outline", "citations", "duties", "indicators", "figures", "criteria", "findings")


def one_input(data: bytes) -> None:
    """The first byte decides: a file of any kind, or a text."""
    try:
        if data[:1] < b"\x80":
            check(vanban.read_bytes(data[1:], "x"))
        else:
            check(vanban.read(data[1:].decode("utf-8", "replace")))
    except vanban.Unreadable:
        pass


def check(document: vanban.Document) -> None:
    reading = document.as_json()
    for kind in KINDS:
        for item in reading[kind]:
            assert reading["text"][item["start"] : item["end"]] == item["text"]


def seeds(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("PLAN", "PARTY_GUIDANCE", "DECISION", "REPORT", "WRAPPED"):
        (folder / name).write_bytes(b"\xff" + getattr(samples, name).encode())


if __name__ == "__main__":
    corpus = Path("var/fuzz")
    seeds(corpus)
    limits = ["-timeout=5", "-max_len=16000", "-rss_limit_mb=2048", "-artifact_prefix=var/fuzz-"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], str(corpus)], one_input)
    atheris.Fuzz()
