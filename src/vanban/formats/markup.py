"""HTML of unknown origin as a stream of tags and words, in one pass over it whatever it holds.

The standard library's parser looks for the end of an open comment from each of its beginnings anew: a
file of nothing else would take it hours.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"[A-Za-z][\w:\-]{0,60}")
_ATTRIBUTE = re.compile(
    r"[\s/]{0,2000}([^\s/>=\"'][^\s/>=]{0,200})?(?:\s{0,200}=\s{0,200}(?=([\"'])?))?"
)
_BARE = re.compile(r"[^\s>]{0,4000}")
_NO_SIGN = re.compile(r"&#[xX]?[0-9a-fA-F]{50,};?")
_LONGEST = 4_000  # characters of a value that may say something


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    is_end: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def read(text: str) -> Iterator[Tag | str]:
    """Tags and words in order. What is never closed goes to the end of the file, as browsers have it."""
    at, size = 0, len(text)
    while at < size:
        opening = text.find("<", at)
        if opening < 0:
            yield _unescaped(text[at:])
            return
        if opening > at:
            yield _unescaped(text[at:opening])
        tag, at = _tag(text, opening)
        if tag is None:
            continue
        yield tag
        if isinstance(tag, Tag) and tag.name in ("script", "style") and not tag.is_end:
            at = _past(text, tag.name, at)


def _unescaped(text: str) -> str:
    """Signs for the names and numbers that stand for them; a number too long for any is unknown."""
    return html.unescape(_NO_SIGN.sub("&#0;", text) if "&#" in text else text)


def _tag(text: str, start: int) -> tuple[Tag | str | None, int]:
    """What begins at a “<”, and where the text goes on behind it."""
    following = text[start + 1 : start + 2]
    if text.startswith("<!--", start):
        return None, _behind(text, "-->", start + 4)
    if following in ("!", "?"):
        return None, _behind(text, ">", start + 1)
    is_end = following == "/"
    name = _NAME.match(text, start + 1 + is_end)
    if not name:
        return "<", start + 1
    attributes, end = _attributes(text, name.end())
    return Tag(name[0].lower(), is_end, attributes), end


def _behind(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while at < len(text):
        if text[at] == ">":
            return attributes, at + 1
        found = _ATTRIBUTE.match(text, at)
        end = found.end() if found else at
        if found and found[2]:
            closing = text.find(found[2], end + 1)
            if closing < 0:
                return attributes, len(text)
            value, end = text[end + 1 : closing], closing + 1
        elif found and found[0].rstrip().endswith("="):
            bare = _BARE.match(text, end)
            value = bare[0] if bare else ""
            end += len(value)
        else:
            value = ""
        if found and found[1] and len(value) <= _LONGEST:
            attributes.setdefault(found[1].lower(), _unescaped(value))
        at = max(end, at + 1)
    return attributes, len(text)


def _past(text: str, name: str, at: int) -> int:
    """Behind a script or style: at its closing tag, at the end of the file where it has none."""
    while (at := text.find("</", at)) >= 0:
        if text[at + 2 : at + 2 + len(name)].lower() == name:
            return at
        at += 2
    return len(text)
