"""A post lent to another for some days."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import as_id
from danvan.org import access, people
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Delegation, Post
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed

from .choosing import PersonField
from .named import DAY, lent_posts, with_their_units


class DelegateForm(forms.Form):
    use_required_attribute = False
    post = forms.ChoiceField(label=gettext_lazy("Vai trò được làm thay"))
    to = PersonField(label=gettext_lazy("Người làm thay"))
    from_ = DayField(label=gettext_lazy("Từ ngày"), widget=forms.DateInput)
    to_day = DayField(label=gettext_lazy("Đến hết ngày"), widget=forms.DateInput)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Nghỉ phép, đi công tác, đi học…"),
    )


@dataclass(frozen=True)
class Lent:
    """A delegation as a row."""

    delegation: Delegation
    is_over: bool
    can_end: bool


def _lent(by: Actor, found: QuerySet[Delegation]) -> list[Lent]:
    today = clock.today()
    rows = []
    for one in lent_posts(found):
        is_over = one.validity.upper <= today
        rows.append(Lent(one, is_over, not is_over and access.can_delegate(by, one.post)))
    return rows


@officer
def delegations(request: Request) -> HttpResponse:
    """Who acts for whom: one's own, and those one answers for."""
    by = request.actor
    require(access.can_see_units(by))
    own = Delegation.objects.filter(post__person__user=by.user_id)
    received = Delegation.objects.filter(to__user=by.user_id)
    others = Delegation.objects.filter(validity__endswith__gt=clock.today()).exclude(
        pk__in=[*own.values_list("pk", flat=True), *received.values_list("pk", flat=True)]
    )
    if not access.can_manage_people(by):
        leads = by.role == Role.LEADER_IN_CHARGE
        others = others.filter(post__unit=by.unit_id) if leads else others.none()
    context = {
        "given": _lent(by, own),
        "received": _lent(by, received),
        "others": _lent(by, others),
        "can_delegate": bool(_lendable(by)),
        "acting_for": by.acting_for,
    }
    return render(request, "console/people/delegations.html", context)


def _lendable(by: Actor) -> list[Post]:
    """The posts that one may lend: one's own; as leader those of the unit."""
    found = [*by.posts]
    if by.unit and by.role == Role.LEADER_IN_CHARGE:
        rest = Post.objects.held(clock.today()).filter(unit=by.unit).select_related("person")
        found += with_their_units(rest.exclude(pk__in=[one.pk for one in found]))
    return [one for one in found if access.can_delegate(by, one)]


@officer
def delegate(request: Request) -> HttpResponse:
    """Lend the rights of a post for a time."""
    by, today = request.actor, clock.today()
    posts = _lendable(by)
    asked = as_id(request.POST.get("post") or request.GET.get("post"))
    if asked and asked not in {one.pk for one in posts}:
        found = Post.objects.held(today).select_related("person").filter(pk=asked)
        others = [one for one in with_their_units(found) if access.can_delegate(by, one)]
        require(bool(others))
        posts = [*others, *posts]
    require(bool(posts))
    initial = {"from_": today, "post": request.GET.get("post")}
    form = DelegateForm(request.POST or None, initial=initial)
    choices = [
        (str(one.pk), f"{one.person.name}: {one.get_role_display()}, {one.unit}") for one in posts
    ]
    offer(form, "post", choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        post = next(one for one in posts if str(one.pk) == said.pop("post"))
        try:
            made = people.delegate(post, **said, by=by)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            done = _("%(name)s làm thay đến hết ngày %(day)s.") % {
                "name": made.to.name,
                "day": printed(made.validity.upper - DAY),
            }
            messages.success(request, done)
            return redirect("console:delegations")
    status = 400 if form.errors else 200
    return render(request, "console/people/delegate.html", {"form": form}, status=status)


@officer
def end_delegation(request: Request, pk: str) -> HttpResponse:
    """From today on nobody acts for the holder."""
    found = get_object_or_404(Delegation.objects.select_related("post__person", "to"), pk=pk)
    with_their_units([found.post])
    require(access.can_delegate(request.actor, found.post))
    if request.method != "POST":
        return render(request, "console/people/delegation_end.html", {"delegation": found})
    people.end_delegation(found, by=request.actor)
    messages.success(request, _("Đã thôi ủy quyền cho %(name)s.") % {"name": found.to.name})
    return redirect("console:delegations")
