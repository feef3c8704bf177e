"""Who may do what, as the access rules declare it; and who may see the work of a unit."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import Role
from danvan.org.models import Unit
from danvan.org.rights import Right, rights
from danvan.org.sight import Because, Seer, who_may_see

# The stages that declare rights, in the order of the pipeline.
STAGES: dict[str, str | Promise] = {
    "documents": _("Văn bản"),
    "duties": _("Nhiệm vụ"),
    "records": _("Sổ theo dõi"),
    "figures": _("Số liệu"),
    "reports": _("Báo cáo"),
    "scores": _("Chấm điểm"),
    "publication": _("Công khai"),
    "org": _("Tổ chức, con người"),
    "accounts": _("Tài khoản"),
}


@dataclass(frozen=True)
class Line:
    """One right, with the roles of the page that have it."""

    right: Right
    roles: list[tuple[Role, bool]]


@officer
def all_rights(request: Request) -> HttpResponse:
    """What each role may do and by which article; to most people, what they themselves may."""
    require(access.can_see_rights(request.actor))
    sees_all = access.can_see_all_rights(request.actor)
    chosen = _chosen(request.GET.get("role")) if sees_all else request.actor.role
    shown = [one for one in rights() if chosen is None or chosen in one.roles]
    if not sees_all and request.actor.acting_for is not None:
        shown = [one for one in shown if not one.in_person]
    columns = [chosen] if chosen else list(Role)
    groups = [
        (
            label,
            [
                Line(one, [(role, role in one.roles) for role in columns])
                for one in shown
                if one.stage == stage
            ],
        )
        for stage, label in STAGES.items()
    ]
    context = {
        "groups": [(label, lines) for label, lines in groups if lines],
        "count": len(shown),
        "columns": columns,
        "roles": Role.choices,
        "chosen": chosen,
        "sees_all": sees_all,
    }
    return render(request, "console/rights/rights.html", context)


def _chosen(asked: str | None) -> Role | None:
    return Role(asked) if asked in Role.values else None


@dataclass(frozen=True)
class Group:
    """Those who may see it for one reason."""

    because: Because
    seers: list[Seer]


@officer
def may_see(request: Request) -> HttpResponse:
    """Which posts may see what a unit does, and why."""
    require(access.can_see_units(request.actor))
    named = Unit.objects.named(clock.today())
    unit = get_object_or_404(named, pk=_id(request.GET.get("unit")))
    asked = {_id(one) for one in request.GET.getlist("asked") if one} - {unit.pk}
    seers = who_may_see(unit, asked=asked)
    found = [
        Group(because, [one for one in seers if one.because == because]) for because in Because
    ]
    context = {"unit": unit, "groups": [one for one in found if one.seers], "count": len(seers)}
    return render(request, "console/rights/who_may_see.html", context)


def _id(asked: str | None) -> UUID:
    try:
        return UUID(asked or "")
    except ValueError:
        raise Http404 from None


urlpatterns = [
    path("to-chuc/quyen/", all_rights, name="rights"),
    path("to-chuc/ai-duoc-xem/", may_see, name="who_may_see"),
]
