"""One step for many assignments: those that were ticked, or all that a filter holds."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import NOT_ACCEPTED, missing_year, rows_of, say_reminded
from danvan.console.typed import as_uuid
from danvan.duties import access, actions, ending, extending, themes
from danvan.duties.models import Assignment, Duty, Theme
from danvan.org.access import require, works
from danvan.workdays.rules import MissingYear

from .filters import ListFilter, chips, filtered, in_words
from .lists import sheet_of

MOST = 2_000  # at once


class ExtendForm(forms.Form):
    due_on = DayField(label=gettext_lazy("Hạn mới"), widget=forms.DateInput(format="%d/%m/%Y"))
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(label=gettext_lazy("Chủ đề, chương trình"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = themes.current(clock.today()).values_list("pk", "title", "year_from")
        offer(self, "theme", [(str(pk), f"{title} ({year})") for pk, title, year in found])


FORMS: dict[str, type[forms.Form]] = {
    "extend": ExtendForm,
    "rescind": ReasonForm,
    "label": ThemeForm,
}
WORDS = {  # what is asked, and the button that does it
    "extend": (gettext_lazy("Gia hạn các việc đã chọn"), gettext_lazy("Gia hạn")),
    "rescind": (gettext_lazy("Thôi giao các việc đã chọn"), pgettext_lazy("nút", "Thôi giao")),
    "label": (gettext_lazy("Gắn nhiệm vụ vào chủ đề"), gettext_lazy("Gắn vào chủ đề")),
}


@dataclass(frozen=True)
class Chosen:
    rows: list[Assignment]
    said: str  # the filter in words, where all of it was chosen
    back: str  # the page it was chosen on
    passed_over: int = 0  # of others' work


def _chosen(request: Request) -> Chosen:
    """What was ticked, or all of the filter, of what one may see."""
    back = request.POST.get("back", "")
    is_address = back.startswith("/")  # else it would be taken for the name of a page
    if not is_address or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("console:assignments")
    if request.POST.get("all"):
        asked = QueryDict(request.POST.get("query", "")[:2000])
        form = ListFilter(asked, by=request.actor)
        rows = filtered(form).by_due()[:MOST]
        return Chosen(rows_of(rows), in_words(chips(form, asked)), back)
    ids = [one for one in map(as_uuid, _ids(request)) if one]
    rows = access.visible_to(request.actor).filter(pk__in=ids[:MOST]).by_due()
    return Chosen(rows_of(rows), "", back)


def _ids(request: Request) -> list[str]:
    """Ticked one by one in a list, or in one field of a matrix."""
    return [one for some in request.POST.getlist("chosen") for one in some.split(",")]


@require_POST
@officer
def bulk(request: Request) -> HttpResponse:
    """Remind and export are done at once; what changes a day or ends work asks for its reason first."""
    require(works(request.actor))
    step = request.POST.get("do", "")
    if step not in {"export", "extend", "rescind"}:
        require(access.can_remind(request.actor))
    if step not in {"export", "remind", *FORMS}:
        raise BadRequest(step)
    chosen = _chosen(request)
    if not chosen.rows:
        messages.warning(request, _("Chưa chọn việc nào."))
        return redirect(chosen.back)
    if step == "export":
        return sheet_of(chosen.rows, chosen.said)
    if step in FORMS:
        return _asked(request, step, _to_steer(request, chosen) if step != "label" else chosen)
    late = [one for one in chosen.rows if one.is_open]
    if late:
        say_reminded(request, actions.remind(late, by=request.actor))
    _say_passed_over(request, len(chosen.rows) - len(late))
    return redirect(chosen.back)


def _to_steer(request: Request, chosen: Chosen) -> Chosen:
    """Those whose day and end are the actor's to say; the others are passed over."""
    rows = [one for one in chosen.rows if access.can_steer(request.actor, one)]
    require(bool(rows))
    return replace(chosen, rows=rows, passed_over=len(chosen.rows) - len(rows))


def _asked(request: Request, step: str, chosen: Chosen) -> HttpResponse:
    """The page that says how many, whose, and asks for the rest; then the step itself."""
    is_answered = "confirmed" in request.POST
    form = FORMS[step](request.POST if is_answered else None)
    done = _done(request, step, chosen, form) if is_answered and form.is_valid() else None
    if done is not None:
        said = {
            "extend": _("Đã gia hạn %(count)d việc."),
            "rescind": _("Đã thôi giao %(count)d việc."),
            "label": _("Đã gắn %(count)d nhiệm vụ vào chủ đề."),
        }[step]
        messages.success(request, said % {"count": done})
        if step != "label":
            _say_passed_over(request, len(chosen.rows) + chosen.passed_over - done)
        return redirect(chosen.back)
    units = Counter(one.unit.name for one in chosen.rows)
    context = {
        "form": form,
        "do": step,
        "heading": WORDS[step][0],
        "button": WORDS[step][1],
        "chosen": chosen,
        "ids": ",".join(str(one.pk) for one in chosen.rows),
        "units": units.most_common(),
        "duties": len({one.duty_id for one in chosen.rows}),
    }
    status = 400 if is_answered else 200
    return render(request, "console/duties/bulk.html", context, status=status)


def _done(request: Request, step: str, chosen: Chosen, form: forms.Form) -> int | None:
    """How many were done; None where nothing can be, and the form says why."""
    by, values = request.actor, form.cleaned_data
    try:
        if step == "extend":
            return extending.extend(
                chosen.rows, due_on=values["due_on"], reason=values["reason"], by=by
            ).done
        if step == "rescind":
            return ending.rescind(chosen.rows, reason=values["reason"], by=by).done
    except NOT_ACCEPTED as refusal:
        form.add_error(None, str(refusal))
        return None
    except MissingYear as missing:
        form.add_error(None, missing_year(missing))
        return None
    duties = Duty.objects.filter(pk__in={one.duty_id for one in chosen.rows})
    return themes.label(Theme.objects.get(pk=values["theme"]), list(duties), by=by)


def _say_passed_over(request: Request, count: int) -> None:
    if count:
        said = _("%(count)d việc bỏ qua: đã xong, đã kết thúc hoặc không thuộc quyền.")
        messages.warning(request, said % {"count": count})
