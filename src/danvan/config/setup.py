"""What an empty database needs before anybody works: the definitions that the stages ship."""

from pathlib import Path

from danvan.definitions import actions as definitions
from danvan.documents.citations import knowledge

STAGES = ("workdays", "org", "duties", "records", "figures", "reports", "scores")


def load_definitions() -> int:
    """Load the data of every stage; returns how many definitions are new."""
    package = Path(__file__).resolve().parents[1]
    return sum(definitions.load(package / stage / "data") for stage in STAGES)


def load_documents() -> int:
    """The national documents that are known, with how they hold; returns how many are new."""
    return knowledge.load()
