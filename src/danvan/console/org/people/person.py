"""One person: posts, delegations, committees; added, and changed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.audit.models import AuditEntry
from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import as_id
from danvan.console.phrases import sentence
from danvan.org import access, people
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Delegation, Membership, Person, Post, Unit
from danvan.refusals import NotAccepted

from .named import can_appoint_anybody, lent_posts, with_their_units


@dataclass(frozen=True)
class Held:
    """A post on its holder's page."""

    post: Post
    is_now: bool
    can_change: bool
    can_delegate: bool


@officer
def person(request: Request, pk: str) -> HttpResponse:
    """One person: posts over time, who acts for whom, committees, history."""
    by, today = request.actor, clock.today()
    require(access.can_see_units(by))
    found = get_object_or_404(Person, pk=pk)
    posts = with_their_units(found.posts.order_by("-validity"))
    sees_more = access.can_see_contact(by, found, posts)
    context = {
        "person": found,
        "posts": [_held(by, found, one) for one in posts],
        "now": [one for one in posts if today in one.validity],
        "given": lent_posts(Delegation.objects.filter(post__person=found)),
        "received": lent_posts(Delegation.objects.filter(to=found)),
        "seats": _seats(found),
        "sees_more": sees_more,
        "history": _history(found, posts) if sees_more else [],
        "can_change": access.can_manage_people(by),
        "can_appoint": can_appoint_anybody(by) and found.user_id != by.user_id,
    }
    return render(request, "console/people/person.html", context)


def _held(by: Actor, found: Person, post: Post) -> Held:
    is_now = clock.today() in post.validity
    open_ended = post.validity.upper is None or post.validity.upper > clock.today()
    can_change = access.can_appoint(by, post.unit, Role(post.role), found)
    can_delegate = is_now and access.can_delegate(by, post)
    return Held(post, is_now, open_ended and can_change, can_delegate)


def _seats(found: Person) -> list[Membership]:
    """Seats in committees, newest first, each with its committee's name."""
    rows = list(found.memberships.select_related("term").order_by("-term__validity")[:20])
    committees = Unit.objects.prefetch_related("names").in_bulk(
        {one.term.committee_id for one in rows}
    )
    for one in rows:
        one.term.committee = committees[one.term.committee_id]
    return rows


def _history(found: Person, posts: list[Post]) -> list[Any]:
    subjects = [found.pk, *(one.pk for one in posts)]
    return [sentence(one) for one in AuditEntry.objects.filter(subject__in=subjects)[:50]]


class PersonForm(forms.Form):
    use_required_attribute = False
    form_of_address = forms.ChoiceField(
        label=gettext_lazy("Xưng hô"),
        choices=[("", gettext_lazy("Không ghi")), ("ông", "ông"), ("bà", "bà")],
        required=False,
    )
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử công vụ"),
        required=False,
        help_text=gettext_lazy("Thư mời tạo tài khoản được gửi đến đây."),
    )
    phone = forms.CharField(label=gettext_lazy("Điện thoại cơ quan"), max_length=30, required=False)


@officer
def add(request: Request) -> HttpResponse:
    """Somebody new; then a post for him, in the unit that one came from."""
    require(access.can_manage_people(request.actor))
    form = PersonForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    unit = as_id(request.POST.get("unit") or request.GET.get("unit"))
    context = {"form": form, "unit": unit}
    if request.method == "POST" and form.is_valid():
        try:
            made = people.add_person(**form.cleaned_data, by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã thêm %(name)s.") % {"name": made.name})
            asked = f"?person={made.pk}" + (f"&unit={unit}" if unit else "")
            return redirect(reverse("console:appoint") + asked)
    status = 400 if form.errors else 200
    return render(request, "console/people/form.html", context, status=status)


@officer
def change(request: Request, pk: str) -> HttpResponse:
    require(access.can_manage_people(request.actor))
    found = get_object_or_404(Person, pk=pk)
    held = {name: getattr(found, name) for name in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_person(found, **form.cleaned_data, by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("console:person", pk)
    context = {"form": form, "person": found}
    status = 400 if form.errors else 200
    return render(request, "console/people/form.html", context, status=status)
