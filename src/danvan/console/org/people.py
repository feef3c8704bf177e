"""People, the posts they hold, and who is in charge where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.audit.models import AuditEntry
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentence
from danvan.org import access, people
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.choices import Level, Role, UnitKind
from danvan.org.models import Delegation, Membership, Person, Post, Unit, with_units
from danvan.org.people import NotAccepted
from danvan.text import fold
from danvan.workdays.rules import printed

from .unit_choice import OF, OFFERED, UnitField, as_id, called, day_asked, resolve

DAY = timedelta(days=1)
ANYBODY = Person()  # for asking whether there is anybody whom one may appoint


# The list


@officer
def listing(request: Request) -> HttpResponse:
    """Who holds which post, on a day."""
    require(access.can_see_units(request.actor))
    day = day_asked(request.GET.get("date"))
    posts = Post.objects.held(day).select_related("person").order_by("person__sort_key", "id")
    unit, unclear = _unit_asked(request, day)
    page = Paginator(_filtered(posts, request, unit, day), 50).get_page(request.GET.get("page"))
    page.object_list = with_units(page.object_list, day)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "day": day,
        "roles": Role.choices,
        "unclear": unclear,
        "asked": asked.urlencode(),
        "is_filtered": any(request.GET.get(key) for key in ("q", "unit", "role", "date")),
        "missing": _without(Role.OFFICER, clock.today()).count(),
        "can_add": access.can_manage_people(request.actor),
        "can_appoint": _can_appoint_anybody(request.actor),
    }
    return render(request, "console/people/list.html", context)


def _unit_asked(request: Request, day: date) -> tuple[Unit | None, str]:
    """The unit that is filtered for: by its id or as typed; what was typed unclearly is said."""
    typed = request.GET.get("unit", "").strip()[:300]
    if not typed:
        return None, ""
    if pk := as_id(typed):
        return Unit.objects.named(day).filter(pk=pk).first(), ""
    try:
        return resolve(typed, day), ""
    except forms.ValidationError as refused:
        return None, " ".join(refused.messages)


def _filtered(
    posts: QuerySet[Post], request: Request, unit: Unit | None, day: date
) -> QuerySet[Post]:
    if unit:
        posts = posts.filter(unit__in=Unit.objects.within(unit, day).values("pk"))
    role = request.GET.get("role", "")
    if role in Role.values:
        posts = posts.filter(role=role)
    for word in fold(request.GET.get("q", "")[:100]).split():
        posts = posts.filter(person__folded__contains=word)
    return posts


def _can_appoint_anybody(by: Actor) -> bool:
    """In one's own unit at least."""
    return by.unit is not None and access.can_appoint(by, by.unit, Role.OFFICER, ANYBODY)


# Where nobody is in charge


IN_CHARGE = {  # what every unit must have (Kế hoạch: lãnh đạo phụ trách, cán bộ theo dõi)
    "officer": Role.OFFICER,
    "leader": Role.LEADER_IN_CHARGE,
}
WITHOUT_POSTS = [UnitKind.COMMITTEE, UnitKind.HAMLET]


def _without(role: Role, day: date) -> QuerySet[Unit]:
    """Units in which nobody does this; a coordinator does an officer's work."""
    held = Post.objects.held(day).filter(unit=OuterRef("pk"))
    doing = held.in_charge(day) if role == Role.OFFICER else held.filter(role=role)
    return Unit.objects.existing(day).exclude(kind__in=WITHOUT_POSTS).filter(~Exists(doing))


@officer
def unassigned(request: Request) -> HttpResponse:
    """Units where nobody is in charge, by level."""
    require(access.can_see_units(request.actor))
    today = clock.today()
    missing = request.GET.get("thieu")
    who = missing if missing in IN_CHARGE else "officer"
    found = _without(IN_CHARGE[who], today)
    level = request.GET.get("level", "")
    named = Unit.objects.named(today).filter(pk__in=found.values("pk"))
    shown = named.filter(level=level) if level in Level.values else named
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    levels = list(found.order_by().values_list("level", flat=True))
    context = {
        "page": page,
        "who": who,
        "role": IN_CHARGE[who],
        "counts": {key: _without(role, today).count() for key, role in IN_CHARGE.items()},
        "levels": [(one, levels.count(one)) for one in Level if one in levels],
        "level": level,
        "all": Unit.objects.existing(today).exclude(kind__in=WITHOUT_POSTS).count(),
        "can_appoint": [
            one.pk
            for one in page
            if access.can_appoint(request.actor, one, IN_CHARGE[who], ANYBODY)
        ],
    }
    return render(request, "console/people/unassigned.html", context)


# One person


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
    posts = _named(found.posts.order_by("-validity"))
    sees_more = access.can_see_contact(by, found, posts)
    context = {
        "person": found,
        "posts": [_held(by, found, one) for one in posts],
        "now": [one for one in posts if today in one.validity],
        "given": _delegations(Delegation.objects.filter(post__person=found)),
        "received": _delegations(Delegation.objects.filter(to=found)),
        "seats": _seats(found),
        "sees_more": sees_more,
        "history": _history(found, posts) if sees_more else [],
        "can_change": access.can_manage_people(by),
        "can_appoint": _can_appoint_anybody(by) and found.user_id != by.user_id,
    }
    return render(request, "console/people/person.html", context)


def _named(posts: Iterable[Post]) -> list[Post]:
    """Each with its unit, by the name that it had on the post's last day, or has."""
    rows = list(posts)
    ids = {one.unit_id for one in rows}
    names = Unit.objects.prefetch_related("names").in_bulk(ids)
    for one in rows:
        unit = names[one.unit_id]
        day = _last_day_of(one)
        called = [name.name for name in unit.names.all() if day in name.validity]
        one.unit = Unit(pk=unit.pk, code=unit.code, kind=unit.kind, level=unit.level)
        one.unit.name = called[0] if called else unit.name
    return rows


def _last_day_of(post: Post) -> date:
    today = clock.today()
    end = post.validity.upper
    return end - DAY if end is not None and end <= today else max(today, post.validity.lower)


def _held(by: Actor, found: Person, post: Post) -> Held:
    is_now = clock.today() in post.validity
    open_ended = post.validity.upper is None or post.validity.upper > clock.today()
    can_change = access.can_appoint(by, post.unit, Role(post.role), found)
    can_delegate = is_now and access.can_delegate(by, post)
    return Held(post, is_now, open_ended and can_change, can_delegate)


def _delegations(found: QuerySet[Delegation]) -> list[Delegation]:
    rows = list(found.select_related("post__person", "to").order_by("-validity")[:20])
    posts = {one.pk: one for one in _named(one.post for one in rows)}
    for one in rows:
        one.post = posts[one.post_id]
    return rows


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


# Adding and changing a person


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


# Posts


def people_found(words: str) -> list[tuple[Person, str]]:
    """People called so, each with the unit of a post held today: tells namesakes apart."""
    folded = fold(words)
    if len(folded) < 2:
        return []
    exact = Case(When(folded=folded, then=0), default=1)
    found = Person.objects.order_by(exact, "sort_key")
    for word in folded.split():
        found = found.filter(folded__contains=word)
    rows = list(found[:OFFERED])
    posts = Post.objects.held(clock.today()).filter(person__in=rows)
    units = {one.person_id: one.unit.name for one in with_units(posts, clock.today())}
    return [(one, units.get(one.pk, "")) for one in rows]


def written(one: Person, unit: str) -> str:
    return f"{one.name}{OF}{unit}" if unit else one.name


class PersonWidget(forms.TextInput):
    """A name that is typed; where scripts run, people who fit are offered."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]["attrs"]
        widget |= {
            "autocomplete": "off",
            "list": f"{widget.get('id', name)}-people",
            "data-offer": reverse("console:person_options"),
        }
        return context


class PersonField(forms.CharField):
    """A person by name; a name that several bear is asked about."""

    widget = PersonWidget
    default_error_messages = {"required": gettext_lazy("Ghi họ và tên.")}

    def __init__(self, **values: Any) -> None:
        super().__init__(max_length=300, **values)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        name, _of, unit = words.partition(OF)
        near = people_found(name)
        rows = [
            (one, place)
            for one, place in near
            if one.folded == fold(name) and (not unit or fold(unit) == fold(place))
        ]
        if len(rows) == 1:
            return rows[0][0]
        if rows or near:
            raise forms.ValidationError(
                _("Chọn một trong: %(names)s.")
                % {"names": "; ".join(written(*one) for one in (rows or near)[:4])}
            )
        raise forms.ValidationError(
            _("Chưa có người tên “%(name)s”. Thêm người này trước.") % {"name": name}
        )


@officer
def options(request: Request) -> HttpResponse:
    """People whose names fit what is typed so far."""
    require(access.can_see_units(request.actor))
    found = people_found(request.GET.get("q", "")[:100])
    context = {"options": [written(*one) for one in found]}
    return render(request, "console/org/event_options.html", context)


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
    require(_can_appoint_anybody(by))
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
    post = _named([post])[0]
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


# Acting for a colleague


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
    for one in _delegations(found):
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
        found += _named(rest.exclude(pk__in=[one.pk for one in found]))
    return [one for one in found if access.can_delegate(by, one)]


@officer
def delegate(request: Request) -> HttpResponse:
    """Lend the rights of a post for a time."""
    by, today = request.actor, clock.today()
    posts = _lendable(by)
    asked = as_id(request.POST.get("post") or request.GET.get("post"))
    if asked and asked not in {one.pk for one in posts}:
        found = Post.objects.held(today).select_related("person").filter(pk=asked)
        others = [one for one in _named(found) if access.can_delegate(by, one)]
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
    _named([found.post])
    require(access.can_delegate(request.actor, found.post))
    if request.method != "POST":
        return render(request, "console/people/delegation_end.html", {"delegation": found})
    people.end_delegation(found, by=request.actor)
    messages.success(request, _("Đã thôi ủy quyền cho %(name)s.") % {"name": found.to.name})
    return redirect("console:delegations")


urlpatterns = [
    path("to-chuc/nguoi/", listing, name="people"),
    path("to-chuc/nguoi/them/", add, name="add_person"),
    path("to-chuc/nguoi/tim/", options, name="person_options"),
    path("to-chuc/nguoi/<uuid:pk>/", person, name="person"),
    path("to-chuc/nguoi/<uuid:pk>/sua/", change, name="change_person"),
    path("to-chuc/chua-phan-cong/", unassigned, name="without_officer"),
    path("to-chuc/phan-cong/", appoint, name="appoint"),
    path("to-chuc/chuc-vu/<uuid:pk>/sua/", change_post, name="change_post"),
    path("to-chuc/chuc-vu/<uuid:pk>/thoi/", end_post, name="end_post"),
    path("to-chuc/uy-quyen/", delegations, name="delegations"),
    path("to-chuc/uy-quyen/them/", delegate, name="delegate"),
    path("to-chuc/uy-quyen/<uuid:pk>/thoi/", end_delegation, name="end_delegation"),
]
