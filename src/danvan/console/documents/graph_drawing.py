"""The picture of the graph: where each box stands and how it is joined. No word overlaps another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from danvan.documents.choices import Relation
from danvan.documents.graph import Graph, Node
from danvan.org.choices import Level, UnitKind
from danvan.text import fold

HEIGHT = 48  # of a box
TALL = 66  # of one in an opened group, which also says whose it is
GAP = 8  # between boxes of a column
ROOMY, TIGHT = (
    (256, 108),
    (212, 60),
)  # width of a box and the way between columns, of few and many columns
TOP = 34  # a column's head
HEADING = 26
FEW = 12  # more on a side fold into groups
ALONE = 2  # a group of so few stays as it is
PAGE = 36  # of an opened group at a time
ABREAST = 3  # of an opened group side by side
MARGIN = 2

_WIDE = set("ABCDĐEGHKLMNOPQRSTUVXYWmw%&@")
_NARROW = set("iIlíìỉĩịj.,:;-/()'| ftr1")
_LEFT = (Relation.BASIS, Relation.CONCRETISES, Relation.MENTIONS)
_RIGHT = (Relation.CONCRETISES, Relation.BASIS, Relation.MENTIONS)


@dataclass(frozen=True)
class Box:
    """A document, or a group of them that is folded."""

    x: float
    y: float
    title: str  # the first line, as it fits
    whole: str  # the same uncut, and more
    note: str  # the second line
    link: str
    classes: str
    column: int
    width: float
    height: float = HEIGHT
    third: str = ""

    @property
    def text_x(self) -> float:
        return self.x + 12

    @property
    def title_y(self) -> float:
        return self.y + 21

    @property
    def note_y(self) -> float:
        return self.y + 39

    @property
    def third_y(self) -> float:
        return self.y + 57


@dataclass(frozen=True)
class Line:
    """From the right edge of one box to the left edge of another."""

    path: str
    classes: str


@dataclass(frozen=True)
class Heading:
    x: float
    y: float
    text: str
    is_section: bool = False
    link: str = ""  # that folds the group again


@dataclass
class Picture:
    width: float = 0
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


@dataclass(frozen=True)
class Folded:
    """Documents of one kind of issuer on one side, that stand for one box."""

    key: str
    label: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Links:
    """Addresses of the picture: the address is its state."""

    centre: Callable[[UUID], str]
    open: Callable[[str], str]
    fold: Callable[[], str]
    more: Callable[[int], str]


@dataclass(frozen=True)
class State:
    """Which group is open, and from which of its documents on."""

    opened: str = ""
    start: int = 0


Counted = dict[tuple[str, str], tuple[int, int]]  # kind and level of unit → concretised, should


def draw(
    graph: Graph, links: Links, state: State, counted: Counted, names: dict[UUID, str]
) -> Picture:
    """The whole picture: columns from left to right, what took its place below the middle."""
    pen = _Pen(graph, links, state, counted, names)
    return pen.draw()


class _Pen:
    def __init__(
        self, graph: Graph, links: Links, state: State, counted: Counted, names: dict[UUID, str]
    ) -> None:
        self.graph, self.links, self.state = graph, links, state
        self.counted, self.names = counted, names
        self.picture = Picture()
        beyond = any(abs(one.column) > 1 for one in graph.nodes)
        self.width, self.across = TIGHT if beyond or state.opened else ROOMY
        self.at: dict[UUID, Box] = {}  # the box in which a document stands

    def draw(self) -> Picture:
        columns = sorted({0, *(one.column for one in self.graph.nodes if not one.is_below)})
        columns = sorted({-1, 1, *columns})
        x: float = MARGIN
        heights = []
        for column in columns:
            width: float = self.width
            if column == 0:
                heights.append(self._middle(x))
            else:
                width, height = self._side(column, x)
                heights.append(height)
            x += width + self.across
        self.picture.width = x - self.across + MARGIN
        self.picture.height = max(heights) + MARGIN
        self._join()
        return self.picture

    # The middle, and what stands below it

    def _middle(self, x: float) -> float:
        self._heading(x, TOP - 14, _("Văn bản này"))
        y: float = TOP
        self._box(self.graph.middle, x, y, "is-middle")
        y += HEIGHT
        below = self.graph.below
        if below:
            y += HEIGHT + HEADING
            self._heading(x, y - 14, _("Thay thế, sửa đổi"))
            for node in below[:FEW]:
                self._box(node, x, y, "is-below", note=_in_place(node))
                y += HEIGHT + GAP
            if len(below) > FEW:
                rest = _("và %(count)d văn bản khác: xem Bảng") % {"count": len(below) - FEW}
                self._heading(x, y + 12, rest, is_section=True)
                y += HEADING
        return y

    # A side

    def _side(self, column: int, x: float) -> tuple[float, float]:
        nodes = self.graph.side(column)
        self._heading(x, TOP - 14, _head(column, nodes, self.counted))
        folds = len(nodes) > FEW
        y: float = TOP
        width: float = self.width
        if not nodes:
            words = _("Không có") if column < 0 else _("Chưa có")
            self._heading(x, y + 20, words, is_section=True)
        for relation in _LEFT if column < 0 else _RIGHT:
            section = [one for one in nodes if one.relation == relation]
            if not section:
                continue
            if section_head := _section(column, relation):
                self._heading(x, y + 14, f"{section_head} ({len(section)})", is_section=True)
                y += HEADING
            for folded in _folded(column, relation, section) if folds else _each(section):
                if folded.key and folded.key == self.state.opened:
                    wide, y = self._opened(folded, column, x, y)
                    width = max(width, wide)
                else:
                    self._put(folded, column, x, y)
                    y += HEIGHT + GAP
            y += GAP
        return width, max(y, TOP + HEIGHT)

    def _put(self, folded: Folded, column: int, x: float, y: float) -> None:
        if not folded.key:
            self._box(folded.nodes[0], x, y)
            return
        ended = sum(one.is_ended for one in folded.nodes)
        count = self._count(folded)
        note = _("%(count)s văn bản · Mở") % {"count": count}
        if ended:
            note = _("%(count)s văn bản, %(ended)d hết hiệu lực") % {"count": count, "ended": ended}
        box = Box(
            x,
            y,
            cut(folded.label, self.width - 24, bold=True),
            f"{folded.label}: {note}",
            cut(note, self.width - 24),
            self.links.open(folded.key),
            "is-group",
            column,
            self.width,
        )
        self.picture.boxes.append(box)
        for node in folded.nodes:
            self.at[node.pk] = box

    def _count(self, folded: Folded) -> str:
        """“88/102”, where it is known of how many units one is awaited."""
        first = folded.nodes[0]
        issuer = first.document.issued_by
        concretises = first.relation == Relation.CONCRETISES and first.column > 0
        if issuer is not None and concretises and (issuer.kind, issuer.level) in self.counted:
            done, should = self.counted[issuer.kind, issuer.level]
            return f"{done}/{should}"
        return str(len(folded.nodes))

    def _opened(self, folded: Folded, column: int, x: float, y: float) -> tuple[float, float]:
        """A group that is opened: side by side, a page of it at a time."""
        shown = folded.nodes[self.state.start : self.state.start + PAGE]
        abreast = ABREAST if len(shown) > FEW else 1
        label = _("%(label)s (%(count)d): thu lại") % {
            "label": folded.label,
            "count": len(folded.nodes),
        }
        self._heading(x, y + 14, label, is_section=True, link=self.links.fold())
        y += HEADING
        for place, node in enumerate(shown):
            row, side = divmod(place, abreast)
            self._box(node, x + side * (self.width + GAP), y + row * (TALL + GAP), "is-opened")
        y += -(-len(shown) // abreast) * (TALL + GAP)
        end = self.state.start + len(shown)
        if len(folded.nodes) > PAGE:
            rest = len(folded.nodes) - end
            following = end if rest else 0
            words = _("còn %(rest)d: xem tiếp") % {"rest": rest} if rest else _("về đầu nhóm")
            self._heading(x, y + 14, words, is_section=True, link=self.links.more(following))
            y += HEADING
        frame = Box(x, y, "", "", "", "", "is-frame", column, self.width)
        for node in folded.nodes:
            self.at.setdefault(node.pk, frame)
        return abreast * (self.width + GAP) - GAP, y

    # Boxes, words, lines

    def _heading(
        self, x: float, y: float, text: str, *, is_section: bool = False, link: str = ""
    ) -> None:
        self.picture.headings.append(Heading(x, y, text, is_section, link))

    def _box(self, node: Node, x: float, y: float, more: str = "", note: str = "") -> None:
        symbol = node.document.number or node.document.kind or node.document.file_name
        year = f", {node.year}" if node.year and str(node.year) not in symbol else ""
        whose = self.names.get(node.document.issued_by_id) if node.document.issued_by_id else None
        validity = str(node.validity.label)
        by = whose or node.document.kind
        second = " · ".join(filter(None, [note or validity, by]))
        is_tall = more == "is-opened"
        about = f"{node.document}{year}. {validity}. {node.document.title}".strip()
        classes = [
            more,
            "is-ended" if node.is_ended else "",
            "is-card" if node.is_card else "",
            "is-quiet" if node.relation == Relation.MENTIONS else "",
        ]
        box = Box(
            x,
            y,
            cut(symbol, self.width - 24 - measure(year, bold=True), bold=True) + year,
            about,
            cut(by if is_tall else second, self.width - 24),
            self.links.centre(node.pk),
            " ".join(filter(None, classes)),
            node.column,
            self.width,
            TALL if is_tall else HEIGHT,
            validity if is_tall else "",
        )
        self.picture.boxes.append(box)
        self.at[node.pk] = box

    def _join(self) -> None:
        """One line between two boxes, however many documents stand in them."""
        drawn = set()
        for edge in self.graph.edges:
            ends = [self.at.get(edge.upper), self.at.get(edge.lower)]
            if ends[0] is None or ends[1] is None or ends[0] is ends[1]:
                continue
            left, right = sorted((one for one in ends if one), key=lambda one: (one.column, one.y))
            if "is-opened" in right.classes or "is-opened" in left.classes:
                left, right = self._to_the_group(left, right)
            key = (left.x, left.y, right.x, right.y)
            if key not in drawn and "is-frame" not in left.classes + right.classes:
                drawn.add(key)
                self.picture.lines.append(_line(left, right, edge.relation))

    def _to_the_group(self, left: Box, right: Box) -> tuple[Box, Box]:
        """An opened group is joined once, at its first box."""
        firsts = {
            column: next(one for one in self.picture.boxes if "is-opened" in one.classes)
            for column in {left.column, right.column}
        }
        if "is-opened" in right.classes:
            right = firsts[right.column]
        if "is-opened" in left.classes:
            left = firsts[left.column]
        return left, right


def _line(left: Box, right: Box, relation: Relation) -> Line:
    quiet = " is-quiet" if relation == Relation.MENTIONS else ""
    if "is-below" in left.classes + right.classes:
        below, above = (left, right) if "is-below" in left.classes else (right, left)
        x = above.x + above.width - 24
        start = above.y + HEIGHT
        return Line(f"M{x:g} {start:g}V{below.y:g}", f"is-{relation}")
    x1, y1 = left.x + left.width, left.y + left.height / 2
    x2, y2 = right.x, right.y + right.height / 2
    bend = (x1 + x2) / 2
    return Line(
        f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}", f"is-{relation}{quiet}"
    )


def _head(column: int, nodes: list[Node], counted: Counted) -> str:
    """“Căn cứ (7)”, “Cụ thể hóa 118/124”: how many of what the column is named after."""
    words, named = (
        (_("Căn cứ"), Relation.BASIS) if column < 0 else (_("Cụ thể hóa"), Relation.CONCRETISES)
    )
    if abs(column) > 1:
        words = _("%(words)s, bước %(step)d") % {"words": words, "step": abs(column)}
    if column == 1 and counted:
        done, should = (sum(numbers) for numbers in zip(*counted.values(), strict=True))
        return f"{words} {done}/{should}"
    count = sum(one.relation == named for one in nodes)
    return f"{words} ({count})" if count else words


def _section(column: int, relation: Relation) -> str:
    """The heading over documents that are not what the column is named after."""
    if column < 0:
        names = {
            Relation.CONCRETISES: _("Được cụ thể hóa ở đây"),
            Relation.MENTIONS: _("Chỉ nhắc đến"),
        }
    else:
        names = {
            Relation.BASIS: _("Lấy văn bản này làm căn cứ"),
            Relation.MENTIONS: _("Nhắc đến văn bản này"),
        }
    return names.get(relation, "")


def _in_place(node: Node) -> str:
    if node.relation == Relation.AMENDS:
        return _("Được sửa đổi") if node.is_upper else _("Sửa đổi, bổ sung")
    return _("Bị thay thế") if node.is_upper else _("Thay thế")


def _each(nodes: Iterable[Node]) -> list[Folded]:
    return [Folded("", "", (one,)) for one in nodes]


def _folded(column: int, relation: Relation, nodes: list[Node]) -> list[Folded]:
    """By kind and level of the issuer; of one who is no unit here, by the kind of document."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(_group(node), []).append(node)
    found: list[Folded] = []
    for label, members in groups.items():
        if len(members) <= ALONE:
            found += _each(members)
        else:
            key = f"{column}.{relation}.{fold(label).replace(' ', '-')}"
            found.append(Folded(key, label, tuple(members)))
    return sorted(found, key=lambda one: -len(one.nodes))


def _group(node: Node) -> str:
    issuer = node.document.issued_by
    if issuer is None:
        return node.document.kind or _("Văn bản khác")
    level = str(Level(issuer.level).label)
    kind = UnitKind(issuer.kind)
    if kind == UnitKind.PEOPLES_COMMITTEE:
        return _("UBND %(level)s") % {"level": level[:1].lower() + level[1:]}
    return f"{kind.label} {level[:1].lower() + level[1:]}"


def measure(text: str, *, bold: bool = False) -> float:
    """How wide words are printed at most, in the picture's units."""
    size = 15 if bold else 13.5
    wide = sum(0.78 if one in _WIDE else 0.40 if one in _NARROW else 0.62 for one in text)
    return wide * size * (1.05 if bold else 1)


def cut(text: str, width: float, *, bold: bool = False) -> str:
    """As much as fits; the whole stands in the title."""
    if measure(text, bold=bold) <= width:
        return text
    while text and measure(f"{text}…", bold=bold) > width:
        text = text[:-1]
    return f"{text.rstrip(' ,·')}…"
