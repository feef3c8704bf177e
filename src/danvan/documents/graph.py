"""What stands around a document: what it rests on, what carries it out, what took its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from danvan.statements import kept

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
_TIE = ("document", "target", "relation")
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


# A citation, as much of it as the graph needs: what cites, what is cited, how.
Tie = tuple[UUID, UUID, str]


@dataclass(frozen=True)
class _Place:
    """Where a document that was met stands; its own row is read at the end, with all others."""

    column: int
    relation: Relation
    is_upper: bool

    @property
    def leads_on(self) -> bool:
        return self.relation not in _IN_PLACE_OF and self.relation != Relation.MENTIONS


@dataclass
class _Walk:
    """The documents found so far; each stands where it was met first."""

    middle: UUID
    limit: int
    places: dict[UUID, _Place] = field(default_factory=dict)
    edges: dict[tuple[UUID, UUID], Edge] = field(default_factory=dict)
    left_out: set[UUID] = field(default_factory=set)

    def meet(self, tie: Tie, *, is_upper: bool, column: int) -> None:
        """The other end of a citation, as it is seen from the nearer one."""
        lower, upper, told = tie
        other, relation = upper if is_upper else lower, Relation(told)
        if other != self.middle and other not in self.places:
            if len(self.places) >= self.limit:
                self.left_out.add(other)
                return
            self.places[other] = _Place(column, relation, is_upper)
        self.edges.setdefault((lower, upper), Edge(lower, upper, relation))


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
    walk = _Walk(document.pk, limit)
    for tie in _upper([document.pk], _STRENGTH, seen):
        walk.meet(tie, is_upper=True, column=-1)
    for tie in _lower([document.pk], _STRENGTH, seen, limit):
        walk.meet(tie, is_upper=False, column=1)
    _ended_by(walk, document, seen)
    for step in range(2, depth + 1):
        left, right = (_at(walk, side * (step - 1)) for side in (-1, 1))
        strong = (Relation.BASIS, Relation.CONCRETISES)
        for tie in _upper(left, strong, seen) if left else ():
            walk.meet(tie, is_upper=True, column=-step)
        for tie in _lower(right, strong[1:], seen, limit) if right else ():
            walk.meet(tie, is_upper=False, column=step)
    nodes = _nodes(walk, on)
    middle = Node(document, state_of(document, on), 0)
    return Graph(middle, nodes, tuple(walk.edges.values()), left_out=len(walk.left_out))


def _nodes(walk: _Walk, on: date) -> tuple[Node, ...]:
    found = {one.pk: one for one in _documents(ids=set(walk.places))}
    return tuple(
        Node(found[pk], state_of(found[pk], on), one.column, one.relation, one.is_upper)
        for pk, one in walk.places.items()
    )


@kept
def _documents(ids: set[UUID]) -> QuerySet[Document]:
    """As much of them as a graph shows."""
    found = Document.objects.filter(pk__in=ids).select_related("issued_by")
    return found.defer("folded", "authority", "signer_role", "signer", "recipients")


def _at(walk: _Walk, column: int) -> list[UUID]:
    return [pk for pk, one in walk.places.items() if one.column == column and one.leads_on]


def _upper(
    lower: list[UUID], relations: Iterable[Relation], seen: QuerySet[Document] | None
) -> Iterable[Tie]:
    """What documents rest on and mention, the strongest ties first."""
    found = Citation.objects.filter(
        document__in=lower, relation__in=list(relations), target__isnull=False
    )
    if seen is not None:
        found = found.filter(target__in=seen)
    return found.order_by(_RANK, "start", "id").values_list(*_TIE)


def _lower(
    upper: list[UUID],
    relations: Iterable[Relation],
    seen: QuerySet[Document] | None,
    limit: int,
) -> Iterable[Tie]:
    """What carries documents out, rests on them and mentions them; the newest first of a kind.

    Of each kind the newest are found by the index: a document may be cited a hundred thousand times.
    """
    wanted = limit * 2  # some are met before, some cite it twice
    found = Citation.objects.filter(target__in=upper)
    if seen is not None:
        found = found.filter(document__in=seen)
    first, *rest = [
        found.filter(relation=one)
        .order_by("-id")
        .annotate(rank=Value(_STRENGTH.index(one)))
        .values_list(*_TIE, "rank", "id")[:wanted]
        for one in relations
    ]
    ties = first.union(*rest, all=True).order_by("rank", "-id")[:wanted] if rest else first
    return [(lower, upper, told) for lower, upper, told, *_place in ties]


def _ended_by(walk: _Walk, document: Document, seen: QuerySet[Document] | None) -> None:
    """What ended it, and what it ended, where no citation tells: it stands below the middle then,
    whatever else ties the two.
    """
    known = Document.objects.all() if seen is None else seen
    either = Q(ended_by=document) | Q(pk=document.ended_by_id)
    for pk in known.filter(either).values_list("pk", flat=True)[: walk.limit]:
        took_its_place = pk == document.ended_by_id
        ends = (pk, document.pk) if took_its_place else (document.pk, pk)
        walk.places[pk] = _Place(1 if took_its_place else -1, Relation.REPLACES, not took_its_place)
        walk.edges[ends] = Edge(*ends, Relation.REPLACES)
