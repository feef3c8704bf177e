"""Statements that are put together once: what every page asks, each time with other values.

To put a queryset together and write it as SQL takes Python longer than PostgreSQL takes to answer
it. `kept` does both at the first call and from then on only puts the values in; the SQL is that of
the queryset, so that rules stand in one place. Values are days, instants, ids and words, or sets of
them; what is none, empty, true or of an enumeration decides how the statement is built, and each
such case is kept on its own.
"""

import re
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import wraps
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from psycopg.sql import quote

P = ParamSpec("P")
T = TypeVar("T")

_MANY = (frozenset, set, list, tuple)
_HOLE = re.compile(r"(%%|%s)")


def kept(build: Callable[P, QuerySet[Any, T]]) -> Callable[P, list[T]]:
    """The rows of a queryset whose SQL is kept; `build` is called by name, once for each shape.

    It may use its values only as they are given: a value that is worked out of another, or taken
    from elsewhere, would be kept as it was the first time, and is refused.
    """
    statements: dict[Hashable, _Statement | None] = {}

    @wraps(build)
    def rows(*args: P.args, **values: P.kwargs) -> list[T]:
        if args:
            raise TypeError("a kept statement takes its values by name")
        shape = tuple((name, _shape(value)) for name, value in values.items())
        if shape not in statements:
            statements[shape] = _put_together(build, values)
        statement = statements[shape]
        return statement.rows(values) if statement else []

    return rows


def _shape(value: Any) -> Hashable:
    """What of a value decides how the statement is built."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if not isinstance(value, _MANY):
        return _kind(value)
    kinds = {_kind(one) for one in dict(zip(map(type, value), value, strict=True)).values()}
    if len(kinds) > 1:  # by one of them the others would be asked for
        raise TypeError(f"{value!r} is a set of several kinds")
    return ("many", *kinds)


def _kind(value: Any) -> str:
    for kind in (datetime, date, UUID, str):
        if isinstance(value, kind):
            return kind.__name__
    raise TypeError(f"{value!r} is no value of a kept statement")


@dataclass(frozen=True)
class _Statement:
    queryset: QuerySet[Any, Any]
    compiler: Any
    words: list[str]  # of the SQL, with a hole between each two
    names: list[str]  # of the value for each hole

    def rows(self, values: dict[str, Any]) -> list[Any]:
        found = self.queryset
        compiler = copy(self.compiler)
        compiler.connection = connections[found.db]  # of this thread
        compiler.as_sql = lambda: (self._filled(values), None)
        asked: Any = SimpleNamespace(  # as much of a queryset as its rows are read by
            db=found.db,
            model=found.model,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        rows: Any = found._iterable_class(asked)
        return list(rows)

    def _filled(self, values: dict[str, Any]) -> str:
        written = {name: _written(values[name]) for name in set(self.names)}
        ends = zip(self.names, self.words[1:], strict=True)
        return self.words[0] + "".join([written[name] + words for name, words in ends])


def _written(value: Any) -> str:
    """As the driver would write it; a set as what stands between its brackets."""
    return ", ".join([_literal(one) for one in (value if isinstance(value, _MANY) else [value])])


def _literal(value: Any) -> str:
    """Ids and days, of which there are many, without asking the driver how they are written."""
    if isinstance(value, UUID):
        return f"'{value.hex}'::uuid"
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"'{value.isoformat()}'::date"
    return quote(value)


def _put_together(
    build: Callable[..., QuerySet[Any, Any]], values: dict[str, Any]
) -> _Statement | None:
    """None where the database need not be asked.

    Built with two sets of values that stand for the real ones: what is not the same in both and is
    none of them was worked out, and would go stale.
    """
    stand_ins, others = _stand_ins(values, 0), _stand_ins(values, 1)
    compiled, again = _compiled(build, stand_ins), _compiled(build, others)
    if compiled is None or again is None:
        return None
    queryset, compiler, sql, params = compiled
    if sql != again[2]:
        raise TypeError(f"{build.__qualname__} writes a value into its SQL")
    names = {
        one[0] if isinstance(one, list) else one: name
        for name, one in stand_ins.items()
        if one and not isinstance(one, bool | Enum)
    }
    words, holes, given = [""], list[str](), zip(params, again[3], strict=True)
    for piece in _HOLE.split(sql):
        if piece != "%s":
            words[-1] += "%" if piece == "%%" else piece
            continue
        one, other = next(given)
        name = names.get(one) if isinstance(one, Hashable) else None
        if name:
            holes.append(name)
            words.append("")
        elif one != other or isinstance(one, date | UUID):
            raise TypeError(f"{build.__qualname__} works {one!r} out, or finds it elsewhere")
        else:
            words[-1] += quote(one)
    return _Statement(queryset, compiler, words, holes)


def _compiled(
    build: Callable[..., QuerySet[Any, Any]], values: dict[str, Any]
) -> tuple[QuerySet[Any, Any], Any, str, tuple[Any, ...]] | None:
    found = build(**values)
    compiler = found.query.get_compiler(using=found.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    return found, compiler, sql, tuple(params)


def _stand_ins(values: dict[str, Any], turn: int) -> dict[str, Any]:
    return {
        name: _stand_in(value, 2 * place + turn)
        for place, (name, value) in enumerate(values.items())
    }


def _stand_in(value: Any, number: int) -> Any:
    """Of the same kind, and unlike any other value."""
    if isinstance(value, _MANY):
        return [_stand_in(_plain(one), number) for one in list(value)[:1]]
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, datetime):
        return datetime(1, 1, 2, tzinfo=UTC) + timedelta(seconds=number)
    if isinstance(value, date):
        return date(1, 1, 2) + timedelta(days=number)
    return UUID(int=number) if isinstance(value, UUID) else f"⟨{number}⟩"


def _plain(word: Any) -> Any:
    """In a set a word of an enumeration is one word among others."""
    return str(word) if isinstance(word, str) else word
