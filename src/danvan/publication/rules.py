"""What may be public: personal data is looked for before anything is released; and what is frozen."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

NAME = r"(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]*){2,5}"  # Nguyễn Thị Sáu: two to five words with a capital
SAID_OF_A_PERSON = (
    r"sinh\s+(?:năm|ngày)|năm\s+sinh|ngụ|cư\s+trú|thường\s+trú|tạm\s+trú|trú\s+tại|địa\s+chỉ"
    r"|căn\s+cước|CCCD|CMND|điện\s+thoại|số\s+tài\s+khoản"
)
PATTERNS = {
    "số căn cước (12 chữ số)": re.compile(r"(?<![\d.,/-])\d{12}(?![\d/])"),
    "số chứng minh nhân dân (9 chữ số)": re.compile(r"(?<![\d.,/-])\d{9}(?![\d/])"),
    "số điện thoại": re.compile(  # 0912 345 678 · 0275.3822.111 · +84 912345678
        r"(?<![\d.,/-])(?:\+84|0)(?:[ .-]?\d){9,10}(?![\d/])"
    ),
    "địa chỉ thư điện tử": re.compile(  # a name is no longer than 64 characters
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    ),
    "người và thông tin riêng": re.compile(  # bà Nguyễn Thị Sáu, sinh năm 1960, ngụ ấp 3
        rf"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị){NAME}[^.;\n]{{0,80}}?(?:{SAID_OF_A_PERSON})"
    ),
}


@dataclass(frozen=True)
class Doubt:
    """What may be somebody's personal data."""

    what: str
    words: str


def find_personal_data(text: str) -> list[Doubt]:
    """Everything in the text that looks like personal data, each once.

    The name and post of who signs an official document is public and no doubt.
    """
    found = [
        Doubt(what, " ".join(match.group().split()))
        for what, pattern in PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    return list(dict.fromkeys(found))


def words_of(body: Mapping[str, Any]) -> str:
    """All that a frozen body says, a line for each piece."""
    return "\n".join(_strings(body))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key != "kind":
                yield from _strings(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _strings(one)


def fingerprint(title: str, summary: str, body: Mapping[str, Any]) -> str:
    """The sha256 of what is released, the same however its keys are ordered."""
    said = {"title": title, "summary": summary, "body": body}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def heading(text: str, level: int) -> dict[str, Any]:
    return {"kind": "heading", "level": min(level, 3), "text": text}


def paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "text": text}


def bullets(items: Sequence[str]) -> dict[str, Any]:
    return {"kind": "list", "items": list(items)}


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The first column names the row; each cell stands beside the head of its column."""
    return {
        "kind": "table",
        "caption": caption,
        "columns": list(columns),
        "rows": [[list(pair) for pair in zip(columns, row, strict=True)] for row in rows],
    }


LONGEST_HEADING = 120  # characters; a clause that runs on is a paragraph with a number


@dataclass(frozen=True)
class Line:
    """A line of a document's text; level 1 and more where the outline says that it is a heading."""

    text: str
    level: int = 0

    @property
    def is_heading(self) -> bool:
        return bool(self.level) and len(self.text) <= LONGEST_HEADING and self.text[-1:] != "."


def blocks(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Headings, paragraphs, and lines with a dash gathered into lists."""
    made: list[dict[str, Any]] = []
    for line in lines:
        if not line.text:
            continue
        if line.is_heading:
            made.append(heading(line.text, line.level))
        elif line.text[0] not in "-+•":
            made.append(paragraph(line.text))
        elif made and made[-1]["kind"] == "list":
            made[-1]["items"].append(line.text[1:].strip())
        else:
            made.append(bullets([line.text[1:].strip()]))
    return made


def lines_of(text: str, headings: Iterable[tuple[int, int]], *, start: int, end: int) -> list[Line]:
    """The lines of text[start:end]; `headings` are where headings begin, with their level."""
    levels = dict(headings)
    found, place = [], start
    for row in text[start:end].split("\n"):
        begin = place + len(row) - len(row.lstrip())
        found.append(Line(row.strip(), levels.get(begin, 0)))
        place += len(row) + 1
    return found
