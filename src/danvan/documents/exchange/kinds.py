"""Kinds of document as the exchange numbers them (DocumentType/Type).

SĐ1:2022 QCVN 102:2016/BTTTT has a list; it was not at hand. Seen for a Công văn: 18 (the default of
the axis's kit for .NET, and its place in Nghị định 30/2020/NĐ-CP, Điều 7), 1 (its kit for Java, which
writes 1 for a Thông tư, too) and 71 (an enterprise's system, October 2025); TypeDetail is 0 in all.
Therefore a reader goes by TypeName, and a writer always writes it.
"""

from vanban.lexicon.kinds import KINDS

_BY_DECREE_30 = {
    kind.lower(): place for place, kind in enumerate(list(KINDS)[:29], start=1)
}  # Điều 7 lists 29
_ANY = 1


def number_of(kind: str) -> int:
    """The kind's number among the administrative ones; what the kit writes for any where it has none."""
    return _BY_DECREE_30.get(kind.lower(), _ANY)
