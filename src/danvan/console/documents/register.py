"""“Văn bản: danh sách”: is there such a document, does it still hold, who has concretised it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import vanban
from danvan import clock, pipeline
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.console.sheets import MOST, Head, answer, workbook
from danvan.console.typed import counted
from danvan.console.uploads import too_large
from danvan.documents import access, validity
from danvan.documents.choices import ReadingState, Validity
from danvan.documents.citations import settling
from danvan.documents.models import Document, DocumentQuerySet, Reading
from danvan.duties.following.concretising import concretised
from danvan.duties.models import Duty
from danvan.files.actions import Refused, empty
from danvan.org.access import require, works
from danvan.org.actors import Actor
from danvan.org.choices import Level

PAGE = 50
COUNTED = 1_000  # more than this is not counted: “hơn 1.000 văn bản”

TONES = {
    ReadingState.QUEUED: "idle",
    ReadingState.READING: "work",
    ReadingState.READ: "wait",
    ReadingState.PROOFREAD: "done",
    ReadingState.UNREADABLE: "warn",
}
HOLDS = {
    Validity.IN_FORCE: "done",
    Validity.NOT_YET: "wait",
    Validity.ENDING: "warn",
    Validity.SUSPENDED: "warn",
    Validity.ENDED: "warn",
    Validity.REPLACED: "warn",
    Validity.UNKNOWN: "idle",
}
KINDS = (
    "Nghị quyết",
    "Chỉ thị",
    "Kết luận",
    "Quyết định",
    "Quy định",
    "Quy chế",
    "Kế hoạch",
    "Chương trình",
    "Hướng dẫn",
    "Đề án",
    "Thông báo",
    "Báo cáo",
    "Công văn",
    "Luật",
    "Nghị định",
    "Thông tư",
)
OWN = "own"
CARDS, DISCARDED = "card", "discarded"


class AddForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp văn bản"),
        error_messages={
            "required": gettext_lazy("Chọn tệp văn bản rồi bấm Thêm văn bản."),
        },
    )


class Filters(forms.Form):
    """What of the register is asked for; each stands in the address."""

    q = forms.CharField(
        label=gettext_lazy("Tìm theo số, ký hiệu, trích yếu, cơ quan"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Cấp ban hành"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Năm ban hành"), required=False)
    validity = forms.ChoiceField(label=gettext_lazy("Hiệu lực"), required=False)
    reading = forms.ChoiceField(label=gettext_lazy("Kết quả đọc"), required=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        every = ("", _("Tất cả"))
        levels = [(one.value, one.label) for one in Level if one != Level.HAMLET]
        offer(self, "level", [every, *levels, (OWN, _("Đơn vị mình"))])
        offer(self, "kind", [every, *((one, one) for one in KINDS)])
        this_year = clock.today().year
        offer(self, "year", [every, *((str(one), str(one)) for one in range(this_year, 1997, -1))])
        offer(self, "validity", [every, *Validity.choices])
        states = [(one.value, one.label) for one in ReadingState]
        more = [(CARDS, _("Chưa có tệp")), (DISCARDED, _("Tệp đã bỏ"))]
        offer(self, "reading", [every, *states, *more])
        self.fields["q"].widget.attrs |= {"class": "form-control document-search"}
        self.fields["q"].widget.attrs["placeholder"] = _("Gõ không dấu cũng được")
        for name in ("level", "kind", "year", "validity", "reading"):
            self.fields[name].widget.attrs["class"] = "form-select"

    @property
    def asked(self) -> dict[str, str]:
        """Those in force. What cannot be chosen asks for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def in_words(self) -> str:
        return "; ".join(
            f"{self.fields[name].label}: {self._label(name, value)}"
            for name, value in self.asked.items()
        )

    def _label(self, name: str, value: str) -> str:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return value
        return str(dict(field.choices)[value])  # type: ignore[arg-type]


def found_by(asked: dict[str, str], by: Actor) -> DocumentQuerySet:
    """The documents that are asked for. Cards of national documents come when they are looked for."""
    documents = access.visible_to(by)
    match asked.get("reading", ""):
        case "":
            if not asked:
                documents = documents.filter(attachment__isnull=False)
        case state if state == CARDS:
            documents = documents.filter(attachment=None)
        case state if state == DISCARDED:
            documents = access.kept_for(by).filter(discarded_at__isnull=False)
        case ReadingState.PROOFREAD:
            documents = documents.filter(registered_on__isnull=False, attachment__isnull=False)
        case state:
            documents = documents.filter(registered_on=None).read_as(ReadingState(state))
    if level := asked.get("level"):
        documents = _of_level(documents, level, by)
    if kind := asked.get("kind"):
        documents = documents.filter(kind=kind)
    if year := asked.get("year"):
        documents = documents.filter(
            issued_on__gte=date(int(year), 1, 1), issued_on__lte=date(int(year), 12, 31)
        )
    if how := asked.get("validity"):
        documents = documents.registered().holding(Validity(how), clock.today())
    return documents.sought(asked.get("q", ""))


def _of_level(documents: DocumentQuerySet, level: str, by: Actor) -> DocumentQuerySet:
    if level == OWN:
        filed = Q(issued_by=None, filed_by=by.unit_id) & ~Q(issuer_level=Level.CENTRAL)
        return documents.filter(Q(issued_by=by.unit_id) | filed)
    return documents.filter(issuer_level=level)


@dataclass(frozen=True)
class Row:
    document: Document
    state: ReadingState | None
    can_check: bool
    duties: int
    concretised: tuple[int, int] | None  # units that have, of those that should

    @property
    def label(self) -> str:
        return str(self.state.label) if self.state else ""

    @property
    def tone(self) -> str:
        return TONES[self.state] if self.state else "idle"

    @property
    def waits(self) -> bool:
        return self.state == ReadingState.READ

    @property
    def holds(self) -> Validity:
        return self.document.validity(clock.today())

    @property
    def holds_tone(self) -> str:
        return HOLDS[self.holds]


def rows_of(documents: Sequence[Document], by: Actor) -> list[Row]:
    """With what is counted of them: three questions for all."""
    states = _states(documents)
    counted = Duty.objects.filter(document__in=documents).values_list("document")
    duties = dict(counted.annotate(count=Count("id")).order_by())
    units = concretised([one for one in documents if one.registered_on])
    return [
        Row(
            one,
            states.get(one.pk),
            access.can_check(by, one),
            duties.get(one.pk, 0),
            units.get(one.pk),
        )
        for one in documents
    ]


def _states(documents: Iterable[Document]) -> dict[UUID, ReadingState]:
    newest = (
        Reading.objects.filter(document__in=documents)
        .order_by("document", "-id")
        .distinct("document")
        .values_list("document", "state")
    )
    return {document: ReadingState(state) for document, state in newest}


@dataclass(frozen=True)
class Page:
    """Some of what was found; how much there is, is counted only so far as one reads it."""

    documents: Sequence[Document]
    number: int
    count: int
    has_next: bool

    @property
    def is_more(self) -> bool:
        return self.count > COUNTED

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def page_of(found: DocumentQuerySet, number: int, *, typed: str = "") -> Page:
    """What waits to be proofread first, then of the number that is typed, then the newest."""
    start = (number - 1) * PAGE
    documents = _in_order(found, start, start + PAGE + 1, typed)
    count = found.order_by()[: COUNTED + 1].count()
    return Page(documents[:PAGE], number, count, len(documents) > PAGE)


def _in_order(found: DocumentQuerySet, start: int, end: int, typed: str = "") -> list[Document]:
    shown = found.select_related("attachment", "filed_by", "ended_by")
    first = list(shown.filter(registered_on=None).order_by("-filed_at")[:end])
    registered = shown.registered().newest_first()
    if typed and len(first) < end:
        numbered = registered.numbered(typed)
        first += numbered[: end - len(first)]
        registered = registered.exclude(pk__in=numbered.order_by().values("pk"))
    rest = registered[max(0, start - len(first)) : max(0, end - len(first))]
    return [*first[start:end], *rest]


@officer
def documents(request: Request) -> HttpResponse:
    """The register of documents; a file that is dropped on it is taken in and read."""
    require(works(request.actor))
    if request.method != "POST":
        return _register(request, AddForm())
    require(access.can_add(request.actor))
    form = AddForm(request.POST, request.FILES)
    if reason := too_large(request):
        form.fields["file"].error_messages["required"] = reason
    if file := request.FILES.get("file"):
        form.fields["file"].error_messages["empty"] = empty(file.name or "")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            reading = pipeline.take_in(file.read(), file.name, by=request.actor)
        except (vanban.Unreadable, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("console:proofread", reading.document_id)
    return _register(request, form)


def _register(request: Request, form: AddForm) -> HttpResponse:
    actor = request.actor
    filters = Filters(request.GET)
    asked = filters.asked
    number = max(1, counted(request.GET.get("page", "")))
    page = page_of(found_by(asked, actor), number, typed=asked.get("q", ""))
    rows = rows_of(page.documents, actor)
    context = {
        "form": form,
        "filters": filters,
        "asked": asked,
        "words": asked.get("q", ""),
        "page": page,
        "rows": rows,
        "waiting": sum(row.waits for row in rows),
        "can_add": access.can_add(actor),
        "can_exchange": access.can_exchange(actor),
        "open_citations": settling.how_many() if access.can_settle(actor) else 0,
        "ended_bases": validity.how_many_to_review(actor, clock.today()),
        "can_review": access.can_see_reviews(actor),
        "export": urlencode(asked),
        "limit": settings.DANVAN_UPLOAD_LIMIT,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/list.html", context, status=status)


@officer
def export(request: Request) -> HttpResponse:
    """What is on screen, all pages of it, as XLSX."""
    require(works(request.actor))
    filters = Filters(request.GET)
    found = _in_order(found_by(filters.asked, request.actor), 0, MOST, filters.asked.get("q", ""))
    data = workbook(
        _("Danh sách văn bản"),
        [
            Head(_("Số, ký hiệu"), 20),
            Head(_("Ngày ban hành"), 14),
            Head(_("Cơ quan ban hành"), 32),
            Head(_("Loại"), 16),
            Head(_("Trích yếu"), 60),
            Head(_("Người ký"), 24),
            Head(_("Hiệu lực"), 20),
            Head(_("Hết hiệu lực từ"), 14),
            Head(_("Được thay thế bởi"), 28),
        ],
        (_line(one) for one in found),
        filtered=filters.in_words(),
        frozen_columns=1,
    )
    return answer(data, _("Danh sách văn bản"))


def _line(document: Document) -> list[Any]:
    return [
        document.number or document.file_name,
        document.issued_on,
        document.issuer,
        document.kind,
        document.title,
        document.signer,
        str(document.validity(clock.today()).label) if document.registered_on else "",
        document.ended_on,
        str(document.ended_by or ""),
    ]


urlpatterns: list[Any] = [
    path("van-ban/", documents, name="documents"),
    path("van-ban/xuat/", export, name="export_documents"),
]
