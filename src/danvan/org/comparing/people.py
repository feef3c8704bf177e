"""The rows of people, judged: each row a post."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop

from danvan.org.alike import alike
from danvan.org.sheets.shape import Row
from danvan.text import fold, in_digits

from .known import Held, KnownPerson, overlap
from .labels import chosen
from .plans import PostPlan, Reason, Ref, begin
from .units import Units

_PHONE = re.compile(r"[+(]?\d[\d .()/-]{2,28}")
Appoints = Callable[[Ref, str, KnownPerson | None], bool]


class People:
    """The rows of people, judged: each row a post."""

    def __init__(
        self,
        rows: Sequence[Row],
        known: Iterable[KnownPerson],
        units: Units,
        *,
        default: date,
        may_appoint: Appoints,
    ) -> None:
        self.plans = [PostPlan(row, default) for row in rows]
        self._units, self._may_appoint = units, may_appoint
        self._by_email: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        for one in known:
            for email in {one.email.lower(), one.account.lower()} - {""}:
                self._by_email[email].append(one)
            self._by_name[alike(one.name)].append(one)
        self._firsts: dict[object, int] = {}
        self._posts: dict[object, list[PostPlan]] = defaultdict(list)
        for at, plan in enumerate(self.plans):
            begin(plan)
            self._judge(at, plan)

    def _judge(self, at: int, plan: PostPlan) -> None:
        row = plan.row
        if len(row["name"]) > 120:
            plan.refuse("name", gettext_noop("Dài quá %(count)s ký tự."), count=120)
        plan.address, plan.role = chosen(plan, "address"), chosen(plan, "role")
        if not row["role"]:
            plan.refuse("role", gettext_noop("Chưa ghi vai trò."))
        self._judge_addresses(plan)
        if not row["unit"]:
            plan.refuse("unit", gettext_noop("Chưa ghi đơn vị."))
        else:
            self._find_unit(plan)
        if plan.reasons:
            plan.is_new = True
            return
        self._find_person(at, plan)
        if not plan.reasons:
            self._judge_post(plan)
        if plan.reasons or not plan.unit or not plan.appoints:
            return
        if not self._may_appoint(plan.unit, plan.role, plan.person):
            plan.refuse(
                "role",
                gettext_noop("Không tự giao vai trò cho mình, và chỉ giao vai trò mình được giao."),
            )

    def _judge_addresses(self, plan: PostPlan) -> None:
        row = plan.row
        plan.email = row["email"].lower()
        if plan.email and "email" not in row.wrong:
            try:
                validate_email(plan.email)
            except ValidationError:
                plan.refuse(
                    "email",
                    gettext_noop("“%(words)s” không phải địa chỉ thư điện tử."),
                    words=row["email"][:80],
                )
        if row["phone"] and not _PHONE.fullmatch(row["phone"]):
            plan.refuse(
                "phone",
                gettext_noop("“%(words)s” không phải số điện thoại."),
                words=row["phone"][:40],
            )

    def _find_unit(self, plan: PostPlan) -> None:
        found = self._units.directory.find(plan.row["unit"], plan.since, plan.until)
        if isinstance(found, Reason):
            plan.refuse("unit", found.msgid, **found.values)
            return
        if found.row >= 0 and self._units.plans[found.row].reasons:
            plan.refuse(
                "unit",
                gettext_noop("Đơn vị ở dòng %(number)s của trang “Đơn vị” chưa nhập được."),
                number=self._units.plans[found.row].row.number,
            )
            return
        plan.unit = found
        first, last = self._units.directory.life(found)
        if first > plan.since:
            plan.refuse(
                "since",
                gettext_noop("%(name)s đến ngày %(day)s mới có."),
                name=self._units.directory.name(found),
                day=in_digits(first),
            )
        elif last is not None and (plan.until is None or plan.until > last):
            plan.refuse(
                "until",
                gettext_noop("%(name)s kết thúc từ ngày %(day)s: ghi Đến ngày trước đó."),
                name=self._units.directory.name(found),
                day=in_digits(last),
            )

    def _find_person(self, at: int, plan: PostPlan) -> None:
        row, unit = plan.row, plan.unit
        of_email = self._by_email.get(plan.email, []) if plan.email else []
        if len(of_email) > 1:
            plan.refuse("email", gettext_noop("Thư điện tử này đang ghi ở nhiều người."))
        elif of_email:
            plan.person = of_email[0]
            if fold(plan.person.name) != fold(row["name"]):
                plan.refuse(
                    "email",
                    gettext_noop("Thư điện tử này đã là của %(name)s."),
                    name=plan.person.name,
                )
        else:
            here = [
                one
                for one in self._by_name.get(alike(row["name"]), [])
                if unit and any(post.unit == unit.known for post in one.posts)
            ]
            self._find_by_name(plan, here)
        if plan.reasons or plan.person:
            return
        by_name = ("name", alike(row["name"]), unit)
        keys = [("email", plan.email)] if plan.email else [by_name]
        plan.first = next((self._firsts[one] for one in keys if one in self._firsts), at)
        first = self.plans[plan.first]
        if fold(first.row["name"]) != fold(row["name"]):
            plan.refuse(
                "email",
                gettext_noop("Thư điện tử này ở dòng %(number)s là của người khác."),
                number=first.row.number,
            )
            return
        self._firsts.setdefault(keys[0], plan.first)
        self._firsts.setdefault(by_name, plan.first)

    def _find_by_name(self, plan: PostPlan, here: list[KnownPerson]) -> None:
        if len(here) > 1:
            plan.refuse(
                "name",
                gettext_noop("Đơn vị có %(count)s người tên này. Ghi thư điện tử."),
                count=len(here),
            )
        elif here and plan.email and here[0].email:
            plan.refuse(
                "email",
                gettext_noop(
                    "Đơn vị đã có %(name)s với thư %(email)s. Đổi thư trên trang người đó."
                ),
                name=here[0].name,
                email=here[0].email,
            )
        elif here:
            plan.person = here[0]

    def _judge_post(self, plan: PostPlan) -> None:
        person, unit = plan.person, plan.unit
        assert unit is not None  # a row without one has its reason
        key = (person.id if person else plan.first, unit, plan.role)
        for other in self._posts[key]:
            if overlap(plan.since, plan.until, other.since, other.until):
                plan.refuse(
                    "since",
                    gettext_noop("Người này giữ vai trò này ở dòng %(number)s trong thời gian đó."),
                    number=other.row.number,
                )
                return
        self._posts[key].append(plan)
        if person is None:
            plan.is_new = True
            return
        held = [
            one
            for one in person.posts
            if (one.unit, one.role) == (unit.known, plan.role)
            and overlap(plan.since, plan.until, one.since, one.until)
        ]
        if held:
            self._compare(plan, held)
        else:
            plan.changes.add("post")
        for column, was, now in (
            ("address", person.address, plan.address),
            ("email", person.email, plan.email),
            ("phone", person.phone, plan.row["phone"]),
        ):
            if now and now.lower() != was.lower():
                plan.changes.add(column)

    def _compare(self, plan: PostPlan, held: list[Held]) -> None:
        post = held[0]
        row = plan.row
        if len(held) > 1 or (row["since"] and plan.since < post.since):
            plan.refuse(
                "since",
                gettext_noop("Trùng thời gian với vai trò này đã ghi từ ngày %(day)s."),
                day=in_digits(post.since),
            )
        elif row["until"] and plan.until != post.until:
            plan.refuse(
                "until",
                gettext_noop(
                    "Đã giữ vai trò này từ ngày %(day)s. Cho thôi giữ trên trang người đó."
                ),
                day=in_digits(post.since),
            )
        else:
            plan.post = post
            if row["title"] and row["title"] != post.title:
                plan.changes.add("title")
