"""Kinds of document as the exchange numbers them (DocumentType).

SĐ1:2022 QCVN 102:2016/BTTTT has a list in two parts, A normative and B administrative. Of its numbers
only one was seen in use (Công văn = 18), and it is the place of that kind in Nghị định 30/2020/NĐ-CP,
Điều 7; the others are taken to follow the same order. Unverified: therefore a reader goes by TypeName,
and a writer always writes it.
"""

from vanban.lexicon.kinds import KINDS

NORMATIVE, ADMINISTRATIVE = 1, 2
_BY_DECREE_30 = {
    kind.lower(): place for place, kind in enumerate(list(KINDS)[:29], start=1)
}  # Điều 7 lists 29
_NORMATIVE = {"luật", "bộ luật", "pháp lệnh", "nghị định", "thông tư", "lệnh"}


def part_of(kind: str) -> int:
    """Type: normative or administrative."""
    return NORMATIVE if kind.lower() in _NORMATIVE else ADMINISTRATIVE


def number_of(kind: str) -> int:
    """TypeDetail: the kind's number among the administrative ones; 0 where it has none."""
    return _BY_DECREE_30.get(kind.lower(), 0)
