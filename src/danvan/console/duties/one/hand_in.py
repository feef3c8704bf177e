"""What a unit hands in: words, a file, a photograph, a document by its number, records of its registers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock, pipeline
from danvan.console.choosing import offer
from danvan.console.doors import Request
from danvan.console.duties.rows import NOT_ACCEPTED
from danvan.console.uploads import too_large
from danvan.documents.models import Document
from danvan.duties import actions
from danvan.duties.actions import Proof
from danvan.duties.models import Assignment
from danvan.org.actors import Actor
from danvan.periods import parse, window
from danvan.records import access as record_access
from danvan.records.models import Record
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed

from .finding import document_numbered

MOST = 60  # records that are offered


class HandInForm(forms.Form):
    """The result of an assignment; at least one thing that proves it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp minh chứng"),
        required=False,
        help_text=gettext_lazy("DOCX, PDF, XLSX, ảnh hoặc TXT, đến 50 MB."),
    )
    photo = forms.FileField(
        label=gettext_lazy("Chụp ảnh minh chứng"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=gettext_lazy("Ảnh được xóa thông tin vị trí."),
    )
    note = forms.CharField(
        label=gettext_lazy("Kết quả"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Ghi ngắn gọn đã làm gì, khi nào; cần một trong hai, tệp hoặc lời. Không ghi tên người dân."
        ),
    )
    records = forms.MultipleChoiceField(
        label=gettext_lazy("Bản ghi trong sổ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    document = forms.CharField(
        label=gettext_lazy("Hoặc số, ký hiệu văn bản đã có trong hệ thống"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Ví dụ 27/KH-STP, hoặc 27/KH-STP ngày 5/3/2024."),
    )

    def __init__(self, *args: Any, assignment: Assignment, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.offered: list[Record] = []
        if assignment.duty.asks_for_a_plan:
            self.fields["file"].label = _("Tệp kế hoạch")
            self.fields["file"].help_text = _(
                "DOCX, ODT, PDF hoặc bản quét: tệp được đọc để đối chiếu với kế hoạch của tỉnh."
            )
            del self.fields["photo"], self.fields["records"]
        else:
            self.offered = records_of(assignment, by=by)
            offer(self, "records", [(str(one.pk), _said(one)) for one in self.offered])

    def clean_document(self) -> Document | None:
        typed = self.cleaned_data["document"].strip()
        return document_numbered(typed, by=self.by) if typed else None

    @property
    def chosen(self) -> list[Record]:
        wanted = set(getattr(self, "cleaned_data", {}).get("records") or [])
        return [one for one in self.offered if str(one.pk) in wanted]

    @property
    def proofs(self) -> list[Proof]:
        """The photograph by itself, and what was typed with its file."""
        said = self.cleaned_data
        photo = Proof(file=_sent(said.get("photo")))
        return [
            photo,
            Proof(note=said["note"], file=_sent(said["file"]), document=said["document"]),
        ]


def _sent(file: Any) -> tuple[bytes, str] | None:
    return (file.read(), file.name) if file else None


def _said(record: Record) -> str:
    return f"{record.kept_in.label}, {printed(record.occurred_on)}: {record.summary}"[:200]


def records_of(assignment: Assignment, *, by: Actor) -> list[Record]:
    """Of the unit's own registers in the time of the assignment, the newest first."""
    own = record_access.visible_to(by).filter(unit__in=by.work_units).counting()
    within = own.within(_time_of(assignment)).select_related("definition", "unit")
    return list(within.order_by("-occurred_on", "-pk")[:MOST])


def _time_of(assignment: Assignment) -> tuple[date, date]:
    """Of a recurring duty its period; else from the document's day, or the year's begin, until now."""
    if assignment.occurrence:
        return window(parse(assignment.occurrence))
    laid = assignment.assigned_at.astimezone(clock.ZONE).date()
    document = assignment.duty.document
    begin = (document.issued_on if document else None) or date(laid.year, 1, 1)
    return min(begin, laid), date.max


def hands_in(request: Request, one: Assignment) -> HandInForm | None:
    """Hands in, or puts by, what was sent; the form comes back where it says what is wrong."""
    form = HandInForm(request.POST, request.FILES, assignment=one, by=request.actor)
    if reason := too_large(request):
        form.add_error("file", reason)
    if not form.is_valid():
        return form
    try:
        said = _hand_in(request, one, form, form.proofs)
    except NOT_ACCEPTED as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "note", str(refusal))
        return form
    messages.success(request, said)
    return None


def _hand_in(request: Request, one: Assignment, form: HandInForm, proofs: Sequence[Proof]) -> str:
    if "put_by" in request.POST:
        pipeline.hand_in_result(one, proofs, records=form.chosen, by=request.actor, is_whole=False)
        return _("Đã thêm minh chứng. Việc chưa nộp kết quả.")
    *_rest, typed = proofs
    if typed.file and one.duty.asks_for_a_plan:
        pipeline.hand_in_plan(one, *typed.file, by=request.actor, note=typed.note)
    else:
        pipeline.hand_in_result(one, proofs, records=form.chosen, by=request.actor)
    return _("Đã nộp kết quả.")


class AnswerForm(forms.Form):
    """What is noted of a request."""

    note = forms.CharField(
        label=gettext_lazy("Kết quả"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ghi ngắn gọn đã làm gì, khi nào. Không ghi tên người dân."),
    )


def answers(request: Request, one: Assignment) -> AnswerForm | None:
    form = AnswerForm(request.POST)
    if form.is_valid():
        takes_part = "declined" not in request.POST
        try:
            actions.answer(
                one, by=request.actor, note=form.cleaned_data["note"], takes_part=takes_part
            )
        except NotAccepted as reason:
            form.add_error("note", str(reason))
        else:
            messages.success(request, _("Đã ghi phản hồi."))
            return None
    return form
