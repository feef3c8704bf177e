from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.audit.models import AuditEntry
from danvan.org.access import require, works
from danvan.publication import access, actions, composing
from danvan.publication.choices import BASIS, ReleaseKind, ReleaseState
from danvan.publication.contents import Candidate, Content
from danvan.publication.models import Release
from danvan.refusals import NotAccepted

from .doors import Request, officer
from .phrases import Sentence, told

CANDIDATE = ("wait", gettext_lazy("Chờ công khai"))
TONES = {
    ReleaseState.RELEASED: "done",
    ReleaseState.REPLACED: "idle",
    ReleaseState.TAKEN_DOWN: "idle",
}


@dataclass(frozen=True)
class Row:
    """Something that may be or has been released, and its last version."""

    kind: ReleaseKind
    subject: UUID
    title: str
    basis: str | Promise
    tone: str
    state: str | Promise
    release: Release | None

    @property
    def is_public(self) -> bool:
        return self.release is not None and self.release.is_public


@officer
def publication(request: Request) -> HttpResponse:
    """What waits for release, and what is public."""
    require(works(request.actor))
    newest: dict[tuple[str, UUID], Release] = {}
    for one in access.visible_to(request.actor).order_by("version"):
        newest[one.kind, one.subject] = one
    may_be = composing.candidates() if access.can_release(request.actor) else []
    rows = [_row(one, newest.pop((one.kind, one.subject), None)) for one in may_be]
    rows += [_row(_again(one), one) for one in newest.values()]
    context = {
        "waiting": [row for row in rows if row.release is None],
        "released": [row for row in rows if row.release is not None],
        "public_count": sum(row.is_public for row in rows),
        "can_release": access.can_release(request.actor),
    }
    return render(request, "console/publication/list.html", context)


def _again(release: Release) -> Candidate:
    return Candidate(ReleaseKind(release.kind), release.subject, release.title)


def _row(candidate: Candidate, release: Release | None) -> Row:
    state = ReleaseState(release.state) if release else None
    tone, label = (TONES[state], state.label) if state else CANDIDATE
    return Row(
        kind=candidate.kind,
        subject=candidate.subject,
        title=candidate.title,
        basis=BASIS[candidate.kind],
        tone=tone,
        state=label,
        release=release,
    )


def _content(kind: str, subject: UUID) -> Content:
    """What would be released now."""
    if kind not in ReleaseKind.values:
        raise Http404
    content = composing.compose(ReleaseKind(kind), subject)
    if content is None:
        raise Http404
    return content


def _history(kind: str, subject: UUID) -> list[Sentence]:
    """What happened to every version of a thing that was public."""
    versions = Release.objects.filter(kind=kind, subject=subject)
    return told(AuditEntry.objects.filter(subject__in=versions.values("pk"))[:100])


def _current(content: Content) -> Release | None:
    return Release.objects.current().filter(kind=content.kind, subject=content.subject).first()


@officer
def preview(request: Request, kind: str, subject: UUID) -> HttpResponse:
    """As the people would see it, in the portal's own frame."""
    require(access.can_release(request.actor))
    content = _content(kind, subject)
    return render(request, "console/publication/preview.html", {"content": content})


class ReleaseForm(forms.Form):
    """The answer to what looks like personal data; asked for only where something does."""

    accepted_because = forms.CharField(
        label=gettext_lazy("Lý do được công khai"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Ví dụ: số điện thoại đường dây nóng của cơ quan. Lý do được lưu trong nhật ký."
        ),
    )


@officer
def release(request: Request, kind: str, subject: UUID) -> HttpResponse:
    """Asked once; replaces the public version where there is one."""
    require(access.can_release(request.actor))
    content = _content(kind, subject)
    current = _current(content)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = actions.replace if current else actions.release
        try:
            made = act(content, by=request.actor, **form.cleaned_data)
        except NotAccepted as reason:
            form.add_error("accepted_because", str(reason))
        else:
            messages.success(request, _("Đã công khai “%s”.") % made.title)
            return redirect("console:publication")
    context = {
        "content": content,
        "current": current,
        "is_same": current is not None and current.sha256 == content.sha256,
        "doubts": content.doubts,
        "form": form,
        "history": _history(content.kind, content.subject),
    }
    status = 400 if form.is_bound else 200
    return render(request, "console/publication/release.html", context, status=status)


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Ghi lý do gỡ; lý do được lưu trong nhật ký.")},
    )


@officer
def take_down(request: Request, pk: UUID) -> HttpResponse:
    require(access.can_release(request.actor))
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.take_down(found, by=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã gỡ “%s” khỏi trang công khai.") % found.title)
        return redirect("console:publication")
    context = {"release": found, "form": form, "history": _history(found.kind, found.subject)}
    status = 400 if form.is_bound else 200
    return render(request, "console/publication/take_down.html", context, status=status)


urlpatterns = [
    path("cong-khai/", publication, name="publication"),
    path("cong-khai/<slug:kind>/<uuid:subject>/xem/", preview, name="release_preview"),
    path("cong-khai/<slug:kind>/<uuid:subject>/", release, name="release"),
    path("cong-khai/ban/<uuid:pk>/go/", take_down, name="take_down"),
]
