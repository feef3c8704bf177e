"""Which citations say that a document carries out a directive of a body above."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from danvan.documents.choices import CitationStanding, Relation
from danvan.documents.models import Citation, Document, squeeze
from danvan.org.choices import Level
from danvan.org.models import Unit, UnitPath

# Kinds that ask something of those below, and such as only give ground unless carried out by words.
_DIRECTS = ("Nghị quyết", "Chỉ thị", "Kết luận", "Kế hoạch", "Chương trình", "Đề án", "Hướng dẫn")
_GROUNDS = ("Quyết định", "Quy định", "Quy chế", "Nghị định", "Công văn", "Luật", "Pháp lệnh")
# Kinds in which a body says what it will do.
_CARRIES_OUT = (
    *_DIRECTS,
    "Quyết định",
    "Quy chế",
    "Quy định",
    "Phương án",
)
_RANK = {level: rank for rank, level in enumerate(Level.values)}
_WORDS = re.compile(r"(?:thực hiện|triển khai|thi hành|quán triệt|cụ thể hóa)\b", re.IGNORECASE)


def concretising(rows: Sequence[Citation]) -> list[Citation]:
    """Links to be made: of each document of a unit to each directive above it that it carries out."""
    able = [row for row in rows if row.target is not None and _says_so(row)]
    units = _units(row.document for row in able)
    above = _above(units.values())
    known = set(
        Citation.objects.filter(
            relation=Relation.CONCRETISES, document__in={row.document_id for row in able}
        ).values_list("document", "target")
    )
    made: dict[tuple[UUID, UUID], Citation] = {}
    for row in able:
        upper, unit = row.target, units.get(row.document_id)
        if upper is None or unit is None or (row.document_id, upper.pk) in known:
            continue
        if _is_above(upper, row.document, unit, above.get(unit.pk, set())):
            made.setdefault((row.document_id, upper.pk), _link(row, upper))
    return list(made.values())


def _says_so(row: Citation) -> bool:
    document, upper = row.document, row.target
    if upper is None or upper.pk == document.pk or not document.kind.startswith(_CARRIES_OUT):
        return False
    kind = upper.kind or row.kind
    if row.number and squeeze(row.number) in squeeze(document.title):
        return kind.startswith((*_DIRECTS, *_GROUNDS)) and bool(_WORDS.search(document.title))
    return row.relation == Relation.BASIS and kind.startswith(_DIRECTS)


def _units(documents: Iterable[Document]) -> dict[UUID, Unit]:
    """The unit whose document each is: its issuer; without one here, the unit that filed it."""
    own = {}
    for one in documents:
        if one.issued_by_id or not one.issuer_level:
            own[one.pk] = one.issued_by_id or one.filed_by_id
        elif one.issuer_level != Level.CENTRAL:
            own[one.pk] = one.filed_by_id
    units = Unit.objects.in_bulk({unit for unit in own.values() if unit})
    return {document: units[unit] for document, unit in own.items() if unit}


def _above(units: Iterable[Unit]) -> dict[UUID, set[UUID]]:
    above: dict[UUID, set[UUID]] = {}
    paths = UnitPath.objects.filter(unit__in=set(units))
    for unit, ancestor in paths.values_list("unit", "ancestor"):
        above.setdefault(unit, set()).add(ancestor)
    return above


def _is_above(upper: Document, lower: Document, unit: Unit, ancestors: set[UUID]) -> bool:
    """By the tree; where the issuer stands in none, by its level."""
    if upper.issued_by_id == unit.pk or upper.issuer_key == lower.issuer_key:
        return False
    if upper.issued_by_id in ancestors:
        return True
    level = lower.issuer_level or unit.level
    if upper.issuer_level == Level.CENTRAL:
        return level != Level.CENTRAL
    if upper.issuer_level == Level.PROVINCE:
        return level != Level.PROVINCE or _leads(upper.issuer_key, lower.issuer_key)
    known = upper.issued_by_id is not None or not upper.issuer_level
    return not known and _RANK[upper.issuer_level] < _RANK.get(level, 0)


_PARTY = "tinh uy"
_STATE = ("uy ban nhan dan", "hoi dong nhan dan")


def _leads(upper: str, lower: str) -> bool:
    """Of two bodies of a province, by their keys: the Party committee, then council and committee."""
    if upper.startswith(_PARTY):
        return True
    return upper.startswith(_STATE) and not lower.startswith((_PARTY, *_STATE))


def _link(row: Citation, upper: Document) -> Citation:
    return Citation(
        document=row.document,
        target=upper,
        relation=Relation.CONCRETISES,
        kind=row.kind,
        number=row.number,
        number_squeezed=row.number_squeezed,
        issued_on=row.issued_on,
        issuer=row.issuer,
        text=row.text,
        standing=CitationStanding.RESOLVED,
    )
