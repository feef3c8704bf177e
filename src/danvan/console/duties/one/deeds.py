"""What may be done with one assignment: a page of its own for each deed, and the menu of all."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from danvan.console.doors import Request, View, officer
from danvan.console.duties.rows import missing_year
from danvan.duties import access, actions, cascading, ending, extending, life
from danvan.duties.choices import ExtensionState
from danvan.duties.models import Assignment
from danvan.duties.states import Deed, may
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.workdays.rules import MissingYear, printed

from . import deed_forms as forms
from .finding import found

Rule = Callable[[Actor, Assignment], bool]
Do = Callable[[Assignment, Any, Actor], str]  # does it; returns what is said then


@dataclass(frozen=True)
class Page:
    """One deed: its address and words, what it asks, and the action that it calls."""

    deed: Deed
    slug: str
    title: str | Promise
    consequence: str | Promise
    form: type[forms.DeedForm]
    may: Rule
    do: Do
    template: str = "console/duties/assignment_deed.html"

    @property
    def name(self) -> str:
        return self.deed.value


def _contest(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    life.contest(one, reason=said["reason"], by=by)
    return _("Đã gửi đề nghị xem lại đến %(unit)s. Hạn vẫn tính.") % {"unit": one.asking}


def _uphold(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    life.uphold(one, answer=said["answer"], by=by)
    return _("Đã giữ nguyên việc và trả lời đơn vị.")


def _ask_extension(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    extending.ask_extension(one, wanted_on=said["wanted_on"], reason=said["reason"], by=by)
    return _("Đã gửi đề nghị gia hạn đến %(unit)s.") % {"unit": one.asking}


def _extend(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    if said["due_on"]:
        extending.extend([one], due_on=said["due_on"], reason=said["reason"], by=by)
    else:
        extending.extend_by([one], days=said["days"], reason=said["reason"], by=by)
    return _new_day(one)


def _new_day(one: Assignment) -> str:
    one.refresh_from_db()
    if one.due_on is None:
        return _("Đã lưu.")
    return _("Đã gia hạn đến %(day)s.") % {"day": printed(one.due_on)}


def _grant(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    asked = one.extensions.filter(state=ExtensionState.ASKED).first()
    if asked is None:
        return _("Đề nghị này đã được trả lời.")
    if said["is_refused"]:
        extending.refuse_extension(asked, answer=said["answer"], by=by)
        return _("Đã trả lời: không gia hạn.")
    extending.grant_extension(asked, due_on=said["due_on"], answer=said["answer"], by=by)
    return _new_day(one)


def _suspend(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    extending.suspend(one, reason=said["reason"], by=by)
    return _("Đã tạm dừng. Những ngày tạm dừng không tính vào hạn.")


def _resume(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    resumed = extending.resume(one, by=by)
    day = {"day": printed(resumed.due_on) if resumed.due_on else "—"}
    return _("Việc làm tiếp từ hôm nay, hạn mới %(day)s.") % day


def _transfer(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    ending.transfer(one, to=said["unit"], reason=said["reason"], due_on=said["due_on"], by=by)
    return _("Đã chuyển việc đến %(unit)s.") % {"unit": said["unit"]}


def _rescind(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    ending.rescind([one], reason=said["reason"], by=by)
    return _("Đã thôi giao việc này.")


def _close(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    ending.close([one], reason=said["reason"], by=by)
    return _("Đã kết thúc theo dõi.")


def _send_back(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    actions.send_back(one, reason=said["reason"], again_by=said["again_by"], by=by)
    return _("Đã trả lại đơn vị kèm lý do.")


def _entrust(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    person = said["chosen"]
    life.entrust(one, person, by=by)
    if person is None:
        return _("Đã bỏ phân công.")
    return _("Đã phân công cho %(person)s.") % {"person": person}


def _progress(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    life.tell(one, said["text"], percent=said["percent"], key=said["key"], by=by)
    return _("Đã cập nhật tiến độ.")


def _cascade(one: Assignment, said: dict[str, Any], by: Actor) -> str:
    fresh = cascading.cascade(
        one,
        said["chosen"],
        due_on=said["due_on"],
        back=said["set_back"],
        is_confirmed=said["is_confirmed"],
        by=by,
    )
    return _("Đã giao %(count)d đơn vị cấp dưới.") % {"count": len(fresh)}


# In the order of the menu: what the unit does, then what those do who asked for it.
PAGES = (
    Page(
        Deed.CONTEST,
        "de-nghi-xem-lai",
        pgettext_lazy("nút", "Đề nghị xem lại"),
        gettext_lazy(
            "Nơi giao việc được báo và sẽ giữ nguyên, chuyển đơn vị khác hoặc thôi giao. Trong lúc chờ, "
            "hạn vẫn tính."
        ),
        forms.ReasonForm,
        access.can_do,
        _contest,
    ),
    Page(
        Deed.ENTRUST,
        "phan-cong",
        gettext_lazy("Phân công"),
        gettext_lazy(
            "Người được phân công nhận thông báo; việc hiện ở mục “Của tôi” của người ấy."
        ),
        forms.EntrustForm,
        access.can_do,
        _entrust,
    ),
    Page(
        Deed.PROGRESS,
        "tien-do",
        gettext_lazy("Cập nhật tiến độ"),
        gettext_lazy("Nơi giao việc thấy tiến độ. Việc chỉ xong khi nộp kết quả."),
        forms.ProgressForm,
        access.can_do,
        _progress,
    ),
    Page(
        Deed.ASK_EXTENSION,
        "de-nghi-gia-han",
        gettext_lazy("Đề nghị gia hạn"),
        gettext_lazy("Hạn chỉ đổi khi nơi giao việc đồng ý; trong lúc chờ, hạn cũ vẫn tính."),
        forms.AskExtensionForm,
        access.can_do,
        _ask_extension,
    ),
    Page(
        Deed.CASCADE,
        "giao-cap-duoi",
        gettext_lazy("Giao cấp dưới"),
        gettext_lazy(
            "Các đơn vị trực thuộc nhận cùng nhiệm vụ này, nộp kết quả cho đơn vị mình và chờ đơn vị mình "
            "xác nhận. Đơn vị đã có việc này không bị giao lần nữa."
        ),
        forms.CascadeForm,
        access.can_do,
        _cascade,
        template="console/duties/assignment_cascade.html",
    ),
    Page(
        Deed.SEND_BACK,
        "tra-lai",
        pgettext_lazy("nút", "Trả lại"),
        gettext_lazy("Đơn vị nhận thông báo kèm lý do và nộp lại; lần nộp trước vẫn được giữ."),
        forms.SendBackForm,
        access.can_decide,
        _send_back,
    ),
    Page(
        Deed.UPHOLD,
        "giu-nguyen",
        gettext_lazy("Giữ nguyên việc đã giao"),
        gettext_lazy("Việc vẫn của đơn vị, trở lại “Chờ tiếp nhận”; đơn vị nhận câu trả lời."),
        forms.AnswerForm,
        access.can_steer,
        _uphold,
    ),
    Page(
        Deed.DECIDE_EXTENSION,
        "tra-loi-gia-han",
        gettext_lazy("Trả lời đề nghị gia hạn"),
        gettext_lazy("Hạn mới rơi vào ngày nghỉ thì lùi đến ngày làm việc kế tiếp."),
        forms.DecideExtensionForm,
        access.can_steer,
        _grant,
        template="console/duties/assignment_extension.html",
    ),
    Page(
        Deed.EXTEND,
        "gia-han",
        gettext_lazy("Gia hạn"),
        gettext_lazy("Đơn vị nhận thông báo; hạn đầu vẫn được giữ trong “Hạn này tính thế nào”."),
        forms.ExtendForm,
        access.can_steer,
        _extend,
    ),
    Page(
        Deed.SUSPEND,
        "tam-dung",
        pgettext_lazy("nút", "Tạm dừng"),
        gettext_lazy("Từ hôm nay việc đứng lại và không tính quá hạn, đến khi cho làm tiếp."),
        forms.ReasonForm,
        access.can_steer,
        _suspend,
    ),
    Page(
        Deed.RESUME,
        "lam-tiep",
        gettext_lazy("Cho làm tiếp"),
        gettext_lazy("Hạn lùi thêm đúng số ngày đã tạm dừng, rồi đến ngày làm việc."),
        forms.NothingForm,
        access.can_steer,
        _resume,
    ),
    Page(
        Deed.TRANSFER,
        "chuyen-don-vi",
        gettext_lazy("Chuyển đơn vị"),
        gettext_lazy(
            "Đơn vị nhận có một việc mới với hạn đang có; minh chứng và trao đổi cũ vẫn xem được từ đó."
        ),
        forms.TransferForm,
        access.can_steer,
        _transfer,
    ),
    Page(
        Deed.RESCIND,
        "thoi-giao",
        pgettext_lazy("nút", "Thôi giao"),
        gettext_lazy(
            "Đơn vị không phải làm việc này nữa; những đơn vị mà nó đã giao xuống cũng vậy. Trong ngày "
            "hoàn tác được."
        ),
        forms.ReasonForm,
        access.can_steer,
        _rescind,
    ),
    Page(
        Deed.CLOSE,
        "ket-thuc",
        pgettext_lazy("nút", "Kết thúc theo dõi"),
        gettext_lazy(
            "Không ai theo dõi việc này nữa dù chưa có kết quả. Trong ngày hoàn tác được."
        ),
        forms.ReasonForm,
        access.can_steer,
        _close,
    ),
)


def is_open_to(page: Page, actor: Actor, assignment: Assignment) -> bool:
    """Whether this person can do it now."""
    if not may(page.deed, assignment.state) or not page.may(actor, assignment):
        return False
    if page.deed == Deed.CASCADE:
        return actor.has_units_below
    return True


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    deed: str
    label: str
    url: str


def menu(actor: Actor, assignment: Assignment, *, has_asked: bool) -> list[Entry]:
    """All that this person can do with it now and that asks something first."""
    return [
        Entry(page.name, str(page.title), reverse(f"console:{page.name}", args=[assignment.pk]))
        for page in PAGES
        if is_open_to(page, actor, assignment)
        and (page.deed != Deed.DECIDE_EXTENSION or has_asked)
        and (page.deed != Deed.ASK_EXTENSION or not has_asked)
    ]


def _view(page: Page) -> View:
    @officer
    def deed(request: Request, pk: str) -> HttpResponse:
        one = found(request, pk)
        actor = request.actor
        require(page.may(actor, one))
        is_sent = request.method == "POST"
        form = page.form(request.POST if is_sent else None, assignment=one, actor=actor)
        refusal = ""
        if is_sent and form.is_valid():
            try:
                messages.success(request, page.do(one, _said(form), actor))
            except NotAccepted as reason:
                refusal = str(reason)
            except MissingYear as missing:
                refusal = missing_year(missing)
            else:
                return _done(request, one)
        context = {
            "here": reverse(f"console:{page.name}", args=[one.pk]),
            "assignment": one,
            "page": page,
            "form": form,
            "refusal": refusal,
            "is_possible": is_open_to(page, actor, one),
            "has_nobody_below": page.deed == Deed.CASCADE and not actor.has_units_below,
            "asked": one.extensions.filter(state=ExtensionState.ASKED).first(),
        }
        status = 400 if is_sent else 200
        return render(request, page.template, context, status=status)

    return deed


def _done(request: Request, one: Assignment) -> HttpResponse:
    """To the assignment; where it was asked beside a page, that page shows itself anew."""
    address = reverse("console:assignment", args=[one.pk])
    if request.headers.get("HX-Request"):
        done = json.dumps({"danvan:done": address})
        return HttpResponse(status=204, headers={"HX-Trigger": done})
    return redirect(address)


def _said(form: forms.DeedForm) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    if isinstance(form, forms.EntrustForm | forms.CascadeForm):
        said["chosen"] = form.chosen()
    if isinstance(form, forms.DecideExtensionForm):
        said["is_refused"] = "refuse" in form.data
    return said


urlpatterns: list[URLPattern] = [
    path(f"nhiem-vu/<uuid:pk>/{page.slug}/", _view(page), name=page.name) for page in PAGES
]
