"""XML written by hand: receivers want every prefix exactly as in the samples of the exchange.

A library that tidies prefixes away writes the same XML, and some receivers refuse it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from xml.sax.saxutils import escape, quoteattr

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Writer:
    def __init__(self) -> None:
        self._out = StringIO()
        self._out.write('<?xml version="1.0" encoding="utf-8"?>\n')

    @contextmanager
    def inside(self, tag: str, **attributes: str) -> Iterator[None]:
        """Attributes by their names, `:` written as `__`: xmlns__edXML="…"."""
        told = _told(attributes)
        self._out.write(f"<{tag}{told}>\n")
        yield
        self._out.write(f"</{tag}>\n")

    def say(self, tag: str, words: object, **attributes: str) -> None:
        """An element with its text; nothing where there is nothing to say."""
        if words not in (None, ""):
            told = _told(attributes)
            self._out.write(f"<{tag}{told}>{escape(_NO_XML.sub('', str(words)))}</{tag}>\n")

    @property
    def data(self) -> bytes:
        return self._out.getvalue().encode()


def _told(attributes: dict[str, str]) -> str:
    return "".join(
        f" {name.replace('__', ':')}={quoteattr(value)}" for name, value in attributes.items()
    )
