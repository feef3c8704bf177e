"""What an access rule declares: what it allows, to which roles, and by which article.

A rule's roles are asked before the rule itself, so that the page of rights, which is made of what
is declared here, promises nothing to a role that the rule does not keep.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .actors import Actor
from .choices import Role

WORKING = frozenset(Role) - {Role.ADMINISTRATOR}  # who take part in the work
DOING = frozenset({Role.OFFICER, Role.LEADER_IN_CHARGE, Role.COORDINATOR})  # who do their unit's
LEADING = frozenset({Role.READER_ONLY, Role.LEADER_IN_CHARGE})
FOLLOWING = frozenset({Role.COORDINATOR, Role.APPRAISER}) | LEADING  # the coordinator: all units
COORDINATING = frozenset({Role.COORDINATOR})
ADMINISTERING = frozenset({Role.ADMINISTRATOR})

# Where no law speaks, danvan decides: docs/decisions.
BY_POSTS = _("Quyết định thiết kế 0020 của danvan")

Words = str | Promise
Rule = TypeVar("Rule", bound=Callable[..., Any])


@dataclass(frozen=True)
class Right:
    """One rule of an access.py, as it declares itself."""

    stage: str
    name: str  # of the function
    what: Words  # “Giao nhiệm vụ của văn bản”
    roles: frozenset[Role]
    law: Words  # “Nghị định 09/2019/NĐ-CP, Điều 8”
    only: Words  # the further condition, a sentence
    in_person: bool  # never in an absent colleague's name


_declared: dict[tuple[str, str], Right] = {}


def right(
    what: Words,
    *,
    roles: Iterable[Role],
    law: Words,
    only: Words,
    in_person: bool = False,
    otherwise: Callable[[], Any] = bool,
) -> Callable[[Rule], Rule]:
    """Declare a rule `(by, …)`. To other roles it answers `otherwise()`: no, or a queryset of none."""
    allowed = frozenset(roles)

    def declare(rule: Rule) -> Rule:
        *_package, stage, _module = rule.__module__.split(".")
        told = Right(stage, rule.__name__, what, allowed, law, only, in_person)
        _declared[stage, rule.__name__] = told

        @wraps(rule)
        def asked(by: Actor, *args: Any, **kwargs: Any) -> Any:
            if by.role not in allowed or (in_person and by.acting_for is not None):
                return otherwise()
            return rule(by, *args, **kwargs)

        return cast(Rule, asked)

    return declare


def rights() -> list[Right]:
    """Every right that is declared, as its stage declares them."""
    return list(_declared.values())


def of_rule(rule: Callable[..., Any]) -> Right | None:
    """What a function declares; none for one that is no rule."""
    return _declared.get((rule.__module__.split(".")[-2], rule.__name__))
