"""What a release says before it is one, and the look for personal data in it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from danvan.text import fold

from . import rules
from .choices import ReleaseKind


@dataclass(frozen=True)
class Content:
    """What a release will say, and of what it speaks."""

    kind: ReleaseKind
    subject: UUID
    address: str  # its slug
    title: str
    summary: str
    issued_by: str
    body: dict[str, Any]  # {"facts": [[label, value]], "blocks": [{"kind": …}]}

    @property
    def sha256(self) -> str:
        return rules.fingerprint(self.title, self.summary, self.body)

    @property
    def doubts(self) -> list[rules.Doubt]:
        """What in it may be personal data."""
        return rules.find_personal_data(
            "\n".join([self.title, self.summary, rules.words_of(self.body)])
        )


@dataclass(frozen=True)
class Candidate:
    """Something that may be released, before it is put together."""

    kind: ReleaseKind
    subject: UUID
    title: str


def address(*words: str) -> str:
    """Kế hoạch, 15/KH-UBND, 2024 → ke-hoach-15-kh-ubnd-2024."""
    return slugify(fold(" ".join(words)).replace("/", " "))[:100]
