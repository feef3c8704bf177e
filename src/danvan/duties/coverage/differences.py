"""Two sentences side by side: the words that one has and the other has not."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LITTLE = {
    "và",
    "các",
    "của",
    "những",
    "là",
    "được",
    "để",
    "cho",
    "tại",
    "về",
    "với",
    "trong",
    "từ",
}


@dataclass(frozen=True)
class Piece:
    words: str
    differs: bool


def side_by_side(upper: str, lower: str) -> tuple[list[Piece], list[Piece]]:
    """The pieces of both, joined by blanks; with nothing to compare to, nothing differs."""
    one, other = upper.split(), lower.split()
    if not other:
        return [Piece(" ".join(one), False)] if one else [], []
    above, below = [False] * len(one), [False] * len(other)
    for kind, i, i_end, j, j_end in SequenceMatcher(
        None, _folded(one), _folded(other), autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        for marks, start, end in ((above, i, i_end), (below, j, j_end)):
            marks[start:end] = [True] * (end - start)
    return _pieces(one, above), _pieces(other, below)


def _folded(words: Sequence[str]) -> list[str]:
    return [word.strip(".,;:()“”").lower() for word in words]


def _pieces(words: Sequence[str], differs: Sequence[bool]) -> list[Piece]:
    found: list[Piece] = []
    for word, differing in zip(words, differs, strict=True):
        if found and found[-1].differs == differing:
            found[-1] = Piece(f"{found[-1].words} {word}", differing)
        else:
            found.append(Piece(word, differing))
    return [
        Piece(one.words, one.differs and not set(one.words.lower().split()) <= _LITTLE)
        for one in found
    ]
