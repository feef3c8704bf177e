"""Actions done under the database's own eyes, and a list of those that there are to do."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from tests.watching import watching

CHANGES_STATE = {  # entry's verb → the field that it must show as it was and as it is
    "acknowledged": "state",
    "submitted": "state",
    "completed": "state",
    "accepted": "state",
    "returned": "state",
    "answered": "state",
    "contested": "state",
    "upheld": "state",
    "suspended": "state",
    "resumed": "state",
    "transferred": "state",
    "rescinded": "state",
    "closed": "state",
    "reinstated": "state",
    "extended": "due_on",
    "amended": "data",
    "kept": "state",
    "voided": "state",
    "superseded": "state",
    "wrote": "narrative",
    "score_submitted": "state",
    "score_final": "state",
    "replaced": "state",
    "taken_down": "state",
}
WITH_REASON = {
    "returned",
    "voided",
    "kept",
    "taken_down",
    "contested",
    "suspended",
    "rescinded",
    "closed",
    "extended",
    "discarded",
    "delivery_refused",
}
done: set[str] = set()  # in this run, by whichever file


def did(action: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """Do it, and hold what the database saw against what was recorded."""
    with watching() as seen:
        answer = action(*arguments, **named)
    name = _name(action)
    done.add(name)
    assert seen.changed, f"{name} changed nothing"
    assert seen.unrecorded == {}, name
    for entry in seen.entries:
        if field := CHANGES_STATE.get(entry.verb):
            assert {field} <= entry.before.keys() & entry.after.keys(), f"{name}: {entry.verb}"
            assert entry.before[field] != entry.after[field]
        assert entry.reason or entry.verb not in WITH_REASON, f"{name}: {entry.verb} asks why"
    return answer


def actions_of(*stages: str) -> set[str]:
    """Every public function of a stage by which somebody changes something.

    In `actions.py` all that ask who acts; in the modules beside it those that open a transaction.
    """
    return {
        _name(found)
        for stage in stages
        for module in _modules(f"danvan.{stage}")
        for name, found in vars(module).items()
        if inspect.isfunction(found)
        and found.__module__ == module.__name__
        and not name.startswith("_")
        and "by" in inspect.signature(found).parameters
        and (module.__name__.endswith(".actions") or hasattr(found, "__wrapped__"))
    }


def _name(action: Callable[..., Any]) -> str:
    """danvan.duties.actions.assign → duties.assign; danvan.duties.life.tell → duties.life.tell."""
    return f"{action.__module__.removeprefix('danvan.').removesuffix('.actions')}.{action.__name__}"


def _modules(package: str) -> Iterator[Any]:
    for found in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
        if not found.name.endswith((".access", ".models")) and ".migrations" not in found.name:
            yield import_module(found.name)
