"""The findings in real documents, where they are at hand: those written down, none beyond them."""

from pathlib import Path

import pytest

import vanban
from tests.vanban.expected_findings import EXPECTED, OTHERS

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "documents"


def _found(path, expected):
    """The findings as code and the expected words where they stand in the place, else the place."""
    findings = vanban.read_file(path).findings
    words = [words for _, words, _ in expected] + [""] * len(findings)
    return [
        (one.code, said if said and said in one.span.text else one.span.text)
        for one, said in zip(findings, words, strict=False)
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_five_source_documents(name):
    paths = sorted(DOCUMENTS.glob(f"{name}_*.txt"))
    if not paths:
        pytest.skip("the source documents are not at hand")

    assert _found(paths[0], EXPECTED[name]) == [row[:2] for row in EXPECTED[name]]


def test_the_other_documents():
    paths = [path for path in sorted(DOCUMENTS.glob("*.txt")) if path.name[:3] not in EXPECTED]
    if not paths:
        pytest.skip("the documents are not at hand")

    for path in paths:
        expected = OTHERS.get(path.name.split("_")[0], [])
        assert _found(path, expected) == [row[:2] for row in expected], path.name
