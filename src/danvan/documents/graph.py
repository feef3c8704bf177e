"""What stands around a document: what it rests on, what carries it out, what took its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from .choices import Relation, Validity
from .models import Citation, Document
from .validity import state_of

LIMIT = 200
_STRENGTH = (
    Relation.CONCRETISES,
    Relation.BASIS,
    Relation.REPLACES,
    Relation.AMENDS,
    Relation.MENTIONS,
)
_IN_PLACE_OF = {Relation.REPLACES, Relation.AMENDS}
_RANK = Case(
    *(When(relation=one, then=Value(rank)) for rank, one in enumerate(_STRENGTH)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Node:
    """A document in the graph. `column`: steps from the middle, to the left below 0."""

    document: Document
    validity: Validity
    column: int
    relation: Relation | None = None  # to what it hangs on; none: the middle itself
    is_upper: bool = False  # it is the one that is rested on, replaced, mentioned

    @property
    def pk(self) -> UUID:
        return self.document.pk

    @property
    def is_ended(self) -> bool:
        return self.validity in {Validity.ENDED, Validity.REPLACED}

    @property
    def is_card(self) -> bool:
        return self.document.is_card

    @property
    def year(self) -> int | None:
        return self.document.issued_on.year if self.document.issued_on else None

    @property
    def is_below(self) -> bool:
        """It stands below the middle: it replaced or changed it, or was so itself."""
        return self.relation in _IN_PLACE_OF


@dataclass(frozen=True)
class Edge:
    """`lower` rests on, carries out, replaces, amends or mentions `upper`."""

    lower: UUID
    upper: UUID
    relation: Relation


@dataclass(frozen=True)
class Graph:
    middle: Node
    nodes: tuple[Node, ...]  # without the middle
    edges: tuple[Edge, ...]
    left_out: int = 0  # that are not among the nodes: there were too many

    def side(self, column: int) -> list[Node]:
        return [one for one in self.nodes if one.column == column and not one.is_below]

    @property
    def below(self) -> list[Node]:
        return [one for one in self.nodes if one.is_below]


@dataclass
class _Walk:
    """The nodes found so far; a document stands where it was met first."""

    on: date
    limit: int
    nodes: dict[UUID, Node]
    edges: dict[tuple[UUID, UUID], Edge] = field(default_factory=dict)
    left_out: int = 0

    def meet(self, citation: Citation, *, is_upper: bool, column: int) -> None:
        """The other end of a citation, as it is seen from the nearer one."""
        other = citation.target if is_upper else citation.document
        if other is None or citation.target_id is None:
            return
        relation = Relation(citation.relation)
        ends = (citation.document_id, citation.target_id)
        if other.pk not in self.nodes:
            if len(self.nodes) > self.limit:
                self.left_out += 1
                return
            self.nodes[other.pk] = Node(other, state_of(other, self.on), column, relation, is_upper)
        self.edges.setdefault(ends, Edge(*ends, relation))


def around(
    document: Document,
    on: date,
    *,
    depth: int = 1,
    limit: int = LIMIT,
    seen: QuerySet[Document] | None = None,
) -> Graph:
    """The documents within `depth` steps of one, at most `limit`; those among `seen` alone.

    The first step goes along every relation, further ones along what rests and what concretises.
    """
    middle = Node(document, state_of(document, on), 0)
    walk = _Walk(on, limit, {document.pk: middle})
    for citation in _upper([document.pk], _STRENGTH, seen):
        walk.meet(citation, is_upper=True, column=-1)
    for citation in _lower([document.pk], _STRENGTH, seen, limit):
        walk.meet(citation, is_upper=False, column=1)
    _ended_by(walk, document, seen)
    for step in range(2, depth + 1):
        left, right = (_at(walk, side * (step - 1)) for side in (-1, 1))
        strong = (Relation.BASIS, Relation.CONCRETISES)
        for citation in _upper(left, strong, seen) if left else ():
            walk.meet(citation, is_upper=True, column=-step)
        for citation in _lower(right, strong[1:], seen, limit) if right else ():
            walk.meet(citation, is_upper=False, column=step)
    nodes = tuple(one for one in walk.nodes.values() if one is not middle)
    return Graph(middle, nodes, tuple(walk.edges.values()), left_out=walk.left_out)


def _at(walk: _Walk, column: int) -> list[UUID]:
    return [
        one.pk
        for one in walk.nodes.values()
        if one.column == column and not one.is_below and one.relation != Relation.MENTIONS
    ]


def _upper(
    lower: Iterable[UUID], relations: Iterable[Relation], seen: QuerySet[Document] | None
) -> Iterator[Citation]:
    """What documents rest on and mention, the strongest ties first."""
    found = Citation.objects.filter(
        document__in=list(lower), relation__in=list(relations), target__isnull=False
    )
    if seen is not None:
        found = found.filter(target__in=seen)
    return found.select_related("target__issued_by").order_by(_RANK, "start", "id").iterator()


def _lower(
    upper: Iterable[UUID],
    relations: Iterable[Relation],
    seen: QuerySet[Document] | None,
    limit: int,
) -> Iterator[Citation]:
    """What carries documents out, rests on them and mentions them; the newest first of a kind.

    Of each kind the newest are found by the index: a document may be cited a hundred thousand times.
    """
    wanted = limit * 2  # some are met before, some cite it twice
    found = Citation.objects.filter(target__in=list(upper))
    if seen is not None:
        found = found.filter(document__in=seen)
    first, *rest = [
        found.filter(relation=one).order_by("-id").values("pk")[:wanted] for one in relations
    ]
    newest = first.union(*rest, all=True) if rest else first
    ordered = Citation.objects.filter(pk__in=newest).order_by(_RANK, "-id")
    return iter(ordered.select_related("document__issued_by")[:wanted])


def _ended_by(walk: _Walk, document: Document, seen: QuerySet[Document] | None) -> None:
    """What ended it, and what it ended, where no citation tells."""
    known = (Document.objects.all() if seen is None else seen).select_related("issued_by")
    either = Q(ended_by=document) | Q(pk=document.ended_by_id)
    for one in known.filter(either)[: walk.limit]:
        if one.pk == document.ended_by_id:
            _replaced(walk, one, document, is_upper=False, other=one)
        else:
            _replaced(walk, document, one, is_upper=True, other=one)


def _replaced(
    walk: _Walk, lower: Document, upper: Document, *, is_upper: bool, other: Document
) -> None:
    """Replaced stands below the middle, whatever else ties the two."""
    walk.nodes[other.pk] = Node(
        other, state_of(other, walk.on), 1 if not is_upper else -1, Relation.REPLACES, is_upper
    )
    walk.edges[lower.pk, upper.pk] = Edge(lower.pk, upper.pk, Relation.REPLACES)
