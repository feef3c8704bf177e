"""Targets to reach and results reported: numbers with their units."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.model import Citation, Header, Statistic, Target
from vanban.outline import Section
from vanban.text import Page


def read_targets(page: Page, sections: Sequence[Section]) -> tuple[Target, ...]:
    return ()


def read_statistics(
    page: Page, sections: Sequence[Section], header: Header, cited: Sequence[Citation]
) -> tuple[Statistic, ...]:
    return ()
