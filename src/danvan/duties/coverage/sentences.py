"""The sentences of a plan that may take up a duty: what was read as a duty, and the other points.

A reader that does not know a verb reads no duty; the point stands in the plan all the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .matching import Sentence

_POINT = re.compile(r"^[ \t]*(?:[-+*•–]|[a-zđ]\)|\d+(?:\.\d+)*[.)])[ \t]+(\S.*)$", re.MULTILINE)
_WORDS_AT_LEAST = 6
_END = re.compile(r"^[^\S\n]*nơi nhận", re.IGNORECASE | re.MULTILINE)


def of_duty(key: str, values: Mapping[str, Any]) -> Sentence:
    return Sentence(
        key,
        values.get("text") or values.get("action") or "",
        tuple(values.get("lead") or ()),
        tuple(values.get("cooperating") or ()),
        values.get("due"),
        values.get("deliver_to") or "",
        (values.get("heading") or {}).get("title") or "",
    )


def sentences(text: str, duties: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Sentence]:
    """Duties by key, and every other point of the text as “text:start-end”."""
    duties = list(duties)
    spans = [
        (values["start"], values["end"])
        for _, values in duties
        if values.get("start") is not None and values.get("end") is not None
    ]
    found = [(values.get("start") or 0, of_duty(key, values)) for key, values in duties]
    found += [
        (start, Sentence(f"text:{start}-{end}", text[start:end]))
        for start, end in _points(text, spans)
    ]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _points(text: str, spans: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    end_of_text = max((one.start() for one in _END.finditer(text)), default=len(text))
    for point in _POINT.finditer(text, 0, end_of_text):
        start, end = point.start(1), point.end(1)
        is_sentence = text[start:end].rstrip().endswith((".", ";", ","))  # else a heading
        if not is_sentence or len(text[start:end].split()) < _WORDS_AT_LEAST:
            continue
        if not any(start < other_end and other_start < end for other_start, other_end in spans):
            yield start, end
