"""Posts given, changed and ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import UnitField, as_id, called
from danvan.org import access, people
from danvan.org.access import require
from danvan.org.choices import Role
from danvan.org.models import Person, Post, Unit
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed

from .choosing import PersonField
from .named import ANYBODY, DAY, can_appoint_anybody, with_their_units


class AppointForm(forms.Form):
    use_required_attribute = False
    person = PersonField(label=gettext_lazy("Người"))
    unit = UnitField(label=gettext_lazy("Đơn vị"))
    role = forms.ChoiceField(label=gettext_lazy("Vai trò trong danvan"))
    title = forms.CharField(
        label=gettext_lazy("Chức vụ"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Như trong quyết định: Phó Giám đốc, Chủ tịch UBND xã."),
    )
    from_ = DayField(label=gettext_lazy("Từ ngày"), widget=forms.DateInput)
    to = DayField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("Để trống nếu chưa biết."),
    )


@officer
def appoint(request: Request) -> HttpResponse:
    """Give a person a post: “Phân công”."""
    by, today = request.actor, clock.today()
    require(can_appoint_anybody(by))
    unit_id, person_id = (as_id(request.GET.get(key)) for key in ("unit", "person"))
    unit = Unit.objects.named(today).filter(pk=unit_id).first() if unit_id else None
    chosen = Person.objects.filter(pk=person_id).first() if person_id else None
    roles = [
        (one.value, one.label)
        for one in Role
        if by.unit and access.can_appoint(by, by.unit, one, ANYBODY)
    ]
    role = request.GET.get("role", "")
    initial = {
        "unit": called(unit, today) if unit else "",
        "person": chosen.name if chosen else "",
        "role": role if role in dict(roles) else Role.OFFICER,
        "from_": today,
    }
    form = AppointForm(request.POST or None, initial=initial)
    offer(form, "role", roles)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        require(access.can_appoint(by, said["unit"], Role(said["role"]), said["person"]))
        try:
            people.appoint(**_appointed(said), by=by)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            done = _("Đã phân công %(name)s: %(role)s, %(unit)s.") % {
                "name": said["person"].name,
                "role": Role(said["role"]).label,
                "unit": said["unit"].name,
            }
            messages.success(request, done)
            return redirect("console:unit" if unit else "console:person", _after(unit, said))
    context = {
        "form": form,
        "unit": unit,
        "person": chosen,
        "can_add": access.can_manage_people(by),
    }
    status = 400 if form.errors else 200
    return render(request, "console/people/appoint.html", context, status=status)


def _appointed(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "role": Role(said["role"])}


def _after(unit: Unit | None, said: dict[str, Any]) -> Any:
    return unit.pk if unit else said["person"].pk


class PostForm(forms.Form):
    """A post's title and days, corrected."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Chức vụ"), max_length=120, required=False)
    from_ = DayField(label=gettext_lazy("Từ ngày"), widget=forms.DateInput)
    to = DayField(label=gettext_lazy("Đến hết ngày"), required=False, widget=forms.DateInput)


class EndForm(forms.Form):
    use_required_attribute = False
    on = DayField(
        label=gettext_lazy("Thôi giữ từ ngày"),
        widget=forms.DateInput,
        help_text=gettext_lazy("Ngày đầu tiên không còn giữ vai trò này."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Chuyển công tác, nghỉ hưu, phân công lại…"),
    )


def _post_to_change(request: Request, pk: str) -> Post:
    post = get_object_or_404(Post.objects.select_related("person"), pk=pk)
    post = with_their_units([post])[0]
    require(access.can_appoint(request.actor, post.unit, Role(post.role), post.person))
    return post


@officer
def change_post(request: Request, pk: str) -> HttpResponse:
    """Correct a post's title or days."""
    post = _post_to_change(request, pk)
    end = post.validity.upper
    held = {"title": post.title, "from_": post.validity.lower, "to": end - DAY if end else None}
    form = PostForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_post(post, **form.cleaned_data, by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("console:person", post.person_id)
    context = {"form": form, "post": post, "heading": _("Sửa chức vụ"), "button": _("Lưu")}
    status = 400 if form.errors else 200
    return render(request, "console/people/post.html", context, status=status)


@officer
def end_post(request: Request, pk: str) -> HttpResponse:
    """A post is held no longer."""
    post = _post_to_change(request, pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            people.end_post(post, **said, by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            done = _("%(name)s thôi giữ %(role)s từ ngày %(day)s.") % {
                "name": post.person.name,
                "role": post.get_role_display(),
                "day": printed(said["on"]),
            }
            messages.success(request, done)
            return redirect("console:person", post.person_id)
    context = {
        "form": form,
        "post": post,
        "heading": _("Thôi giữ chức vụ"),
        "button": _("Thôi giữ chức vụ"),
    }
    status = 400 if form.errors else 200
    return render(request, "console/people/post.html", context, status=status)
