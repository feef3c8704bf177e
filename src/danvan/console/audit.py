from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, register_converter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from procrastinate.exceptions import AlreadyEnqueued

from danvan import clock
from danvan.audit import actions, digests, rules, tasks
from danvan.audit.models import AuditEntry, Digest
from danvan.audit.verifying import number, sealed_so_far
from danvan.org.access import can_see_audit, can_see_whole_audit, require
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Delegation, Person, Post, Unit
from danvan.text import fold

from .changes import Change, Teller
from .choosing import offer
from .doors import Request, officer
from .phrases import phrase
from .records.forms import DayField

PAGE = 50
AT_ONCE = 100_000  # entries that are verified while one waits: some seconds
IDENTITY_READ = {"identity_read", "people_exported"}  # what is told of people as such

# Part of the work → the stages whose things it names.
GROUPS = {
    "documents": gettext_lazy("Văn bản"),
    "duties": gettext_lazy("Nhiệm vụ"),
    "records": gettext_lazy("Sổ theo dõi"),
    "figures": gettext_lazy("Số liệu"),
    "reports": gettext_lazy("Báo cáo"),
    "scores": gettext_lazy("Chấm điểm"),
    "publication": gettext_lazy("Công khai"),
    "org": gettext_lazy("Đơn vị, con người"),
    "accounts": gettext_lazy("Tài khoản, đăng nhập"),
    "audit": gettext_lazy("Nhật ký"),
}
# What the administrator sees inside of; of the work he sees who did what, and no content.
OPEN_TO_ADMINISTRATORS = {"org", "accounts", "notices", "audit"}


@dataclass(frozen=True)
class Row:
    entry: AuditEntry
    did: str
    changes: list[Change]
    is_hidden: bool


class Filter(forms.Form):
    """Which entries; all of it stands in the address."""

    first = DayField(label=gettext_lazy("Từ ngày"), required=False)
    last = DayField(label=gettext_lazy("Đến ngày"), required=False)
    person = forms.CharField(label=gettext_lazy("Người"), required=False, max_length=120)
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Nhóm việc"), required=False)
    thing = forms.CharField(label=gettext_lazy("Trên cái gì"), required=False, max_length=120)

    def __init__(self, data: QueryDict, *, all_units: bool) -> None:
        super().__init__(data)
        if not all_units:
            del self.fields["unit"]
        else:
            units = Unit.objects.named(clock.today()).existing(clock.today())
            offer(self, "unit", [("", _("Tất cả")), *((one.code, one.name) for one in units)])
        offer(self, "group", [("", _("Tất cả")), *GROUPS.items()])

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in ("unit", "group") if name in self.fields]

    @property
    def is_used(self) -> bool:
        return any(self.cleaned_data.values())

    def of(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        said = self.cleaned_data
        if first := said.get("first"):
            entries = entries.filter(at__gte=_midnight(first))
        if last := said.get("last"):
            entries = entries.filter(at__lt=_midnight(last + timedelta(days=1)))
        if person := said.get("person"):
            people = Person.objects.filter(folded__contains=fold(person))
            entries = entries.filter(by_user__in=people.values("user"))
        if unit := said.get("unit"):
            entries = entries.filter(by_unit__in=Unit.objects.filter(code=unit).values("pk"))
        if group := said.get("group"):
            entries = entries.filter(subject_kind__startswith=f"{group}.")
        if thing := said.get("thing"):
            entries = entries.filter(subject_label__icontains=thing.replace("\x00", ""))
        return entries


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.ZONE)


@officer
def journal(request: Request) -> HttpResponse:
    """Who did what, when, and what changed by it; in sentences."""
    require(can_see_audit(request.actor))
    return _journal(request, _seen_by(request.actor).exclude(verb__in=IDENTITY_READ), "audit")


@officer
def identities(request: Request) -> HttpResponse:
    """Who opened what is covered."""
    require(can_see_audit(request.actor))
    entries = _seen_by(request.actor).filter(verb__in=IDENTITY_READ)
    return _journal(request, entries, "audit_identities")


def _seen_by(by: Actor) -> QuerySet[AuditEntry]:
    """Everything, or what people of one's own unit did and what was done to it and to its posts."""
    if can_see_whole_audit(by):
        return AuditEntry.objects.all()
    posts = list(Post.objects.filter(unit=by.unit_id).values_list("pk", flat=True))
    lent = Delegation.objects.filter(post__in=posts).values_list("pk", flat=True)
    about = [by.unit_id, *posts, *lent]
    return AuditEntry.objects.filter(Q(by_unit=by.unit_id) | Q(subject__in=about))


def _journal(request: Request, entries: QuerySet[AuditEntry], tab: str) -> HttpResponse:
    sees_all = can_see_whole_audit(request.actor)
    asked = Filter(request.GET, all_units=sees_all)
    found = asked.of(entries) if asked.is_valid() else entries
    with suppress(ValueError):
        found = found.filter(pk__lt=UUID(request.GET.get("before", "")))
    shown = list(found[: PAGE + 1])
    context = {
        "tab": tab,
        "asked": asked,
        "is_filtered": asked.is_valid() and asked.is_used,
        "rows": _rows(shown[:PAGE], request.actor),
        "before": shown[PAGE - 1].pk if len(shown) > PAGE else None,
        "sealed": number(sealed_so_far()),
        "sees_all": sees_all,
        "check": AuditEntry.objects.filter(verb="checked").first() if sees_all else None,
    }
    return render(request, "console/audit/journal.html", context)


def _rows(entries: list[AuditEntry], by: Actor) -> list[Row]:
    teller = Teller(one for one in entries if _may_read(by, one))
    return [_row(one, teller, by) for one in entries]


def _row(entry: AuditEntry, teller: Teller, by: Actor) -> Row:
    if _may_read(by, entry):
        return Row(entry, phrase(entry), teller.changes(entry), is_hidden=False)
    has_more = bool(entry.before or entry.after or entry.reason or entry.details)
    entry.details, entry.reason = {}, ""
    return Row(entry, phrase(entry).rstrip(" :“”"), [], is_hidden=has_more)


def _may_read(by: Actor, entry: AuditEntry) -> bool:
    """The administrator runs the system: contents of the work are not his."""
    stage = entry.subject_kind.partition(".")[0]
    return by.role != Role.ADMINISTRATOR or stage in OPEN_TO_ADMINISTRATORS


@require_POST
@officer
def check(request: Request) -> HttpResponse:
    """Verify the whole journal, now or, where it is long, in the background."""
    require(can_see_whole_audit(request.actor))
    if sealed_so_far() > AT_ONCE:
        with suppress(AlreadyEnqueued):
            tasks.check.defer(by=tasks.carried(request.actor))
        messages.info(
            request,
            _("Đang kiểm tra %(count)s mục. Có thể rời trang này; kết quả sẽ hiện ở đây.")
            % {"count": number(sealed_so_far())},
        )
        return redirect("console:audit")
    found = actions.check(by=request.actor)
    if found.is_intact:
        said = _("Đã kiểm tra %(count)s mục, không mục nào bị sửa.")
        messages.success(request, said % {"count": number(found.entries)})
    else:
        said = _("Đã kiểm tra %(count)s mục: %(wrong)s chỗ không đúng. Xem bên dưới.")
        wrong = len(found.findings) + found.more
        messages.error(request, said % {"count": number(found.entries), "wrong": wrong})
    return redirect("console:audit")


@officer
def kept_digests(request: Request) -> HttpResponse:
    """The digests of the days, to be printed and kept."""
    require(can_see_whole_audit(request.actor))
    context = {
        "tab": "audit_digests",
        "sees_all": True,
        "so_far": digests.digest_of(clock.today()),
        "days": Digest.objects.all()[:400],
    }
    return render(request, "console/audit/digests.html", context)


@officer
def kept_digest(request: Request, day: date) -> HttpResponse:
    """One day's digest on a sheet of paper."""
    require(can_see_whole_audit(request.actor))
    found = _digest(day)
    context = {
        "digest": found,
        "hash": rules.grouped(bytes(found.hash)),
        "mac": rules.grouped(bytes(found.mac)),
        "is_over": day < clock.today(),
    }
    return render(request, "console/audit/digest.html", context)


@officer
def digest_text(request: Request, day: date) -> HttpResponse:
    """The same as a text, which `danvan audit verify --from-digest` reads."""
    require(can_see_whole_audit(request.actor))
    text = digests.text_of(_digest(day), body=settings.DANVAN_BODY)
    name = f"niem-phong-nhat-ky-{day:%Y-%m-%d}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _digest(day: date) -> Digest:
    found = digests.digest_of(day)
    if found is None:
        raise Http404
    return found


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"


register_converter(DayConverter, "day")

urlpatterns = [
    path("nhat-ky/", journal, name="audit"),
    path("nhat-ky/danh-tinh/", identities, name="audit_identities"),
    path("nhat-ky/kiem-tra/", check, name="audit_check"),
    path("nhat-ky/niem-phong/", kept_digests, name="audit_digests"),
    path("nhat-ky/niem-phong/<day:day>/", kept_digest, name="audit_digest"),
    path("nhat-ky/niem-phong/<day:day>/tai/", digest_text, name="audit_digest_text"),
]
