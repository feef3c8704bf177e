"""XML of unknown origin, read as a stream: no DOCTYPE, no entities, nothing fetched."""

from __future__ import annotations

from typing import Protocol
from xml.parsers import expat

from vanban.formats.unreadable import DAMAGED, UNSAFE, Unreadable, refuse

DEPTH = 400  # elements inside one another


class Handler(Protocol):
    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


def parse(data: bytes, handler: Handler, name: str) -> None:
    """Tell the handler every element; tags and attributes come without their namespace."""
    if not data:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    guard = _Guard(handler, name)
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = guard.refuse
    parser.EntityDeclHandler = guard.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refuse(DAMAGED, name) from error


class _Bare(dict[str, str]):
    """Names without their namespace, each cut once."""

    def __missing__(self, name: str) -> str:
        bare = self[name] = name.rpartition(" ")[2]
        return bare


class _Guard:
    def __init__(self, handler: Handler, name: str) -> None:
        self._handler, self._name, self._depth = handler, name, 0
        self._names = _Bare()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise refuse(UNSAFE, self._name)
        names = self._names
        bare = {names[key]: value for key, value in attributes.items()} if attributes else {}
        self._handler.start(names[tag], bare)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._handler.end(self._names[tag])

    def refuse(self, *_: object) -> Unreadable:
        raise refuse(UNSAFE, self._name)
