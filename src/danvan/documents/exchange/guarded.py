"""XML of unknown origin as a small tree: no DOCTYPE, no entities, nothing fetched, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from .package import Malformed

_DEPTH = 40  # elements inside one another; a package has nine
_ELEMENTS = 20_000
_WORDS = 2_000  # characters of a name, a subject; a file's base64 is asked for as `text`


@dataclass
class Node:
    """An element by its bare name: envelopes differ in prefixes, and in whether they have any."""

    name: str
    namespace: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def all(self, name: str) -> list[Node]:
        return [one for one in self.children if one.name == name]

    def find(self, *path: str) -> Node | None:
        """The first element at the path, below this one."""
        node: Node | None = self
        for name in path:
            node = next(iter(node.all(name)), None) if node else None
        return node

    def words(self, *path: str) -> str:
        """The text at the path on one line; empty where there is none."""
        node = self.find(*path)
        return " ".join(node.text[: 2 * _WORDS].split())[:_WORDS] if node else ""

    def anywhere(self, name: str) -> Iterator[Node]:
        """Not inside a signature: what stands there the signature does not cover."""
        for one in self.children:
            if one.name == name:
                yield one
            if one.name != "Signature":
                yield from one.anywhere(name)


def tree(data: bytes) -> Node:
    """Raises Malformed for what is no XML, or is more than a package ever is."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 20
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Malformed(
            _(
                "Tệp không phải gói edXML: không đọc được XML. Xuất lại gói từ phần mềm quản lý văn bản rồi nhập lại."
            )
        ) from error
    if reader.root is None:
        raise Malformed(_("Tệp không có nội dung. Kiểm tra tệp gốc."))
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= _DEPTH or self._count > _ELEMENTS:
            self.refuse()
        namespace, _space, name = tag.rpartition(" ")
        bare = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(name, namespace, bare)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        self._open[-1].pieces.append(text)

    def refuse(self, *_parts: object) -> None:
        raise Malformed(
            _(
                "Gói không an toàn nên không được mở (XML có khai báo kiểu, thực thể hoặc lồng quá sâu). Báo nơi gửi lập lại gói."
            )
        )
