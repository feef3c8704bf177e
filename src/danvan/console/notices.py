from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan.notices import actions
from danvan.notices.choices import Way
from danvan.notices.models import Notice, Preference
from danvan.org.models import Person

from .doors import Request, officer

HOURS = range(6, 18)  # of the office's day, in which a digest can come

# What a notice is about → the page where it is found.
PAGES = {
    "documents.document": "console:proofread",
    "documents.delivery": "console:delivery",
    "documents.exchangepackage": "console:package",
    "duties.assignment": "console:assignment",
    "duties.difficulty": "console:difficulty",
    "org.person": "console:person",
    "reports.report": "console:report",
    "scores.score": "console:score",
}
LISTS = {
    "org.unit": "console:work",  # work of the unit that is none any more
    "scores.campaign": "console:scores",
    "org.delegation": "console:work",  # where one's colleague's post is chosen
}


@dataclass(frozen=True)
class Row:
    notice: Notice
    url: str


def _row(notice: Notice) -> Row:
    if notice.subject_kind in LISTS:
        return Row(notice, reverse(LISTS[notice.subject_kind]))
    return Row(notice, reverse(PAGES[notice.subject_kind], args=[notice.subject]))


@officer
def notices(request: Request) -> HttpResponse:
    """What one has been told: what asks for something first."""
    own = Notice.objects.of(request.actor.own_id)
    to_do = own.unread().filter(needs_action=True)
    rest = own.exclude(pk__in=to_do.values("pk"))
    context = {
        "to_do": [_row(one) for one in to_do[:100]],
        "rest": [_row(one) for one in rest[:100]],
    }
    return render(request, "console/notices/list.html", context)


@require_POST
@officer
def mark_read(request: Request) -> HttpResponse:
    actions.mark_read(request.actor.own_id)
    return redirect("console:notices")


class SettingsForm(forms.Form):
    way = forms.ChoiceField(
        label=gettext_lazy("Nhận thư điện tử"), choices=Way.choices, widget=forms.RadioSelect
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Giờ nhận thư tổng hợp"),
        choices=[(hour, f"{hour:02d}:00") for hour in HOURS],
        coerce=int,
        help_text=gettext_lazy("Vào ngày làm việc. Ngày nghỉ không gửi."),
    )


@officer
def notice_settings(request: Request) -> HttpResponse:
    """How one wants to be told by e-mail; every digest leads here."""
    own = request.actor.own_id
    known = Preference.objects.filter(recipient=own).first() or Preference(recipient=own)
    form = SettingsForm(request.POST or None, initial={"way": known.way, "hour": known.hour})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.prefer(own, way=Way(values["way"]), hour=values["hour"])
        messages.success(request, _("Đã lưu cài đặt thông báo."))
        return redirect("console:notice_settings")
    person = Person.objects.filter(user=own).first()
    context = {"form": form, "email": person.email if person else ""}
    status = 400 if form.errors else 200
    return render(request, "console/notices/settings.html", context, status=status)


urlpatterns = [
    path("thong-bao/", notices, name="notices"),
    path("thong-bao/cai-dat/", notice_settings, name="notice_settings"),
    path("thong-bao/da-doc/", mark_read, name="mark_notices_read"),
]
