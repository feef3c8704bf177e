from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danvan import clock
from danvan.accounts.access import can_manage_accounts
from danvan.documents.access import can_exchange, can_see_reviews, can_settle
from danvan.duties.access import can_assign, can_lead, can_see_matrix
from danvan.notices.models import Notice
from danvan.org.access import can_change_units, can_see_audit, can_see_rights, can_see_units, works
from danvan.org.actors import Actor
from danvan.org.choices import Role

from .doors import Request
from .duties.own.pending import pending_of

# The pages, in the order of the pipeline: label, address, first part of the path.
PAGES = (
    (_("Việc của tôi"), "console:work", ""),
    (_("Văn bản"), "console:documents", "van-ban"),
    (_("Nhiệm vụ"), "console:matrix", "nhiem-vu"),
    (_("Sổ theo dõi"), "console:registers", "so"),
    (_("Số liệu"), "console:figures", "so-lieu"),
    (_("Báo cáo"), "console:reports", "bao-cao"),
    (_("Chấm điểm"), "console:scores", "cham-diem"),
    (_("Công khai"), "console:publication", "cong-khai"),
    (_("Tổ chức"), "console:org", "to-chuc"),
)
MANY = 999  # more are not told apart
# A list of years of work opens with what is still to do.
BEGINS = {"console:assignments": "?state=open"}
# A second page of a room.
BESIDE = {"console:proposals": "console:reviews"}
FOR_WHO_DOES_NOT_WORK = {"console:org"}

# The rooms of a page, by the first part of its path: label, address, who goes in.
Room = tuple[Promise, str, Callable[[Actor], bool]]


def _does_work(by: Actor) -> bool:
    """Who only follows has nothing of his own to do."""
    return works(by) and by.role != Role.READER_ONLY


_WORK: tuple[Room, ...] = (
    (_("Việc của tôi"), "console:work", _does_work),
    (_("Điều hành"), "console:leader", can_lead),
)
ROOMS: dict[str, tuple[Room, ...]] = {
    "": _WORK,
    "dieu-hanh": _WORK,
    "van-ban": (
        (_("Danh sách"), "console:documents", works),
        (_("Chương trình phối hợp"), "console:programmes", works),
        (_("Viện dẫn chưa rõ"), "console:citations", can_settle),
        (_("Căn cứ hết hiệu lực"), "console:ended_bases", can_see_reviews),
        (_("Văn bản đến"), "console:arrivals", works),
        (_("Gói edXML"), "console:packages", can_exchange),
    ),
    "nhiem-vu": (
        (_("Ma trận"), "console:matrix", can_see_matrix),
        (_("Danh sách"), "console:assignments", works),
        (_("Kế hoạch"), "console:plans", works),
        (_("Lịch"), "console:calendar", works),
        (_("Chủ đề, chương trình"), "console:themes", works),
        (_("Khó khăn, vướng mắc"), "console:difficulties", works),
        (_("Đề xuất"), "console:proposals", can_assign),
    ),
    "to-chuc": (
        (_("Cây tổ chức"), "console:org", can_see_units),
        (pgettext_lazy("trang", "Sự kiện"), "console:unit_events", can_see_units),
        (_("Người và chức vụ"), "console:people", can_see_units),
        (_("Ban Chỉ đạo"), "console:committees", can_see_units),
        (pgettext_lazy("trang", "Ủy quyền"), "console:delegations", can_see_units),
        (_("Quyền"), "console:rights", can_see_rights),
        (_("Tài khoản"), "console:accounts", can_manage_accounts),
        (_("Lịch làm việc"), "console:office_calendar", can_see_units),
        (_("Nhập từ Excel"), "console:import_org", can_change_units),
    ),
}


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    is_current: bool
    count: str = ""  # of what waits


def frame(request: Request) -> dict[str, Any]:
    """What every page of the console shows around its content."""
    return {
        "body_name": settings.DANVAN_BODY,
        "is_demo": settings.DEMO,
        "demo_accounts": import_string(settings.DEMO_ACCOUNTS) if settings.DEMO else [],
        "today": clock.today(),
        "actor": getattr(request, "actor", None),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "rooms": SimpleLazyObject(lambda: _rooms(request)),
        "unread_notices": SimpleLazyObject(lambda: _unread(request)),
    }


def _navigation(request: Request) -> list[Entry]:
    actor = request.actor
    if not actor:
        return []
    here = _first_part(request)
    waiting = _waiting(request)
    shown = [page for page in PAGES if works(actor) or page[1] in FOR_WHO_DOES_NOT_WORK]
    entries = [
        Entry(
            str(label),
            _address(_page(name, actor)),
            here == first or (here == "dieu-hanh" and name == "console:work"),
            waiting if name == "console:work" else "",
        )
        for label, name, first in shown
    ]
    if can_see_audit(actor):
        entries.append(Entry(str(_("Nhật ký")), reverse("console:audit"), here == "nhat-ky"))
    return entries


def _first_part(request: Request) -> str:
    return request.path.strip("/").split("/")[0]


def _rooms(request: Request) -> list[Entry]:
    """The tabs over every page on top of a part of the console, each sees those that open to him."""
    actor, match = request.actor, request.resolver_match
    here = match.view_name if match else ""
    return [
        Entry(str(label), url + BEGINS.get(name, ""), here in {name, BESIDE.get(name)})
        for label, name, may in ROOMS.get(_first_part(request), ())
        if may(actor)
        for url in [reverse(name)]
    ]


def _address(name: str) -> str:
    return reverse(name) + BEGINS.get(name, "")


def _page(name: str, actor: Actor) -> str:
    """Who follows one unit has a list where others have the matrix."""
    if name == "console:matrix" and not can_see_matrix(actor):
        return "console:assignments"
    return name


def _waiting(request: Request) -> str:
    """How much waits for the actor: of his unit's work, and for his word about others'."""
    actor = request.actor
    if actor.unit is None or not works(actor):
        return ""
    count = pending_of(request).total
    return f"{MANY}+" if count > MANY else str(count or "")


def _unread(request: Request) -> int:
    user, actor = request.user, getattr(request, "actor", None)
    if actor and actor.unit is not None and works(actor):
        return pending_of(request).unread
    return Notice.objects.of(user.pk).unread().count() if user.is_authenticated else 0
