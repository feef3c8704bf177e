"""Documents that other units sent to one's own."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.console.doors import Request, officer
from danvan.documents import access
from danvan.documents.choices import DeliveryState
from danvan.documents.exchange import sending
from danvan.documents.models import Delivery
from danvan.org.access import require, works
from danvan.refusals import NotAccepted

DELIVERIES = {
    DeliveryState.SENT: "wait",
    DeliveryState.RECEIVED: "done",
    DeliveryState.REFUSED: "warn",
}


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do từ chối"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: gửi nhầm nơi nhận; tệp không mở được."),
        error_messages={"required": gettext_lazy("Ghi lý do từ chối để nơi gửi biết.")},
    )


def _arrived(request: Request) -> QuerySet[Delivery]:
    own = access.deliveries_of(request.actor).filter(unit__in=request.actor.work_units)
    return own.select_related("document__attachment", "document__filed_by").order_by("-sent_at")


@officer
def arrivals(request: Request) -> HttpResponse:
    """What other units sent to one's own; what nobody has confirmed stands first."""
    require(works(request.actor))
    found = _arrived(request).order_by("-state", "-sent_at")
    waiting = found.filter(state=DeliveryState.SENT).count()
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, DELIVERIES[DeliveryState(one.state)]) for one in page],
        "waiting": waiting,
    }
    return render(request, "console/documents/exchange_arrivals.html", context)


@officer
def arrival(request: Request, pk: str) -> HttpResponse:
    """One document that came: [Đã nhận], or back with a reason."""
    delivery = get_object_or_404(_arrived(request), pk=pk)
    is_refusing = request.POST.get("answer") == "refuse"
    form = RefuseForm(request.POST if is_refusing else None)
    if request.method == "POST":
        require(access.can_receive(request.actor, delivery))
        try:
            if not is_refusing:
                sending.receive(delivery, by=request.actor)
                messages.success(request, _("Đã báo nhận văn bản."))
                return redirect("console:document", delivery.document_id)
            if form.is_valid():
                sending.refuse(delivery, by=request.actor, **form.cleaned_data)
                messages.success(request, _("Đã từ chối nhận; nơi gửi được báo lý do."))
                return redirect("console:arrivals")
        except NotAccepted as refusal:
            form.add_error(None, str(refusal))
    context = {
        "delivery": delivery,
        "document": delivery.document,
        "tone": DELIVERIES[DeliveryState(delivery.state)],
        "form": form,
        "can_receive": access.can_receive(request.actor, delivery),
        "is_waiting": delivery.state == DeliveryState.SENT,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/exchange_arrival.html", context, status=status)


urlpatterns = [
    path("van-ban/den/", arrivals, name="arrivals"),
    path("van-ban/den/<uuid:pk>/", arrival, name="arrival"),
]
