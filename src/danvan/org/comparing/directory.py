"""Which unit a code or a name means on a day, among the known ones and those of the file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_noop

from danvan.org.alike import alike
from danvan.text import fold, in_digits

from .known import DAY, KnownUnit, holds, overlap
from .plans import Reason, Ref, UnitPlan

_MANY = 500  # units of one name, too many to tell apart by anything but their code


class Directory:
    """The known units and the rows of the file, found by what they are called."""

    def __init__(self, known: Iterable[KnownUnit], plans: Sequence[UnitPlan]) -> None:
        self.known = {one.id: one for one in known if one.names}
        self.plans = plans
        self._by_code = {one.code: one.id for one in self.known.values()}
        self._by_name = _Index()
        for one in self.known.values():
            for name in one.names:
                others = (name.short_name, *name.aliases)
                self._by_name.add(Ref(known=one.id), name.name, others)
        self._rows_by_code: dict[str, int] = {}
        for at, plan in enumerate(plans):
            if plan.code:
                self._rows_by_code.setdefault(plan.code, at)
            self._by_name.add(
                Ref(row=at), plan.row["name"], (plan.row["short_name"], *plan.aliases)
            )
        self._matched: dict[int, str] = {}
        for at in range(len(plans)):
            self.match(at)

    def written_alike(self, name: str) -> set[Ref]:
        """Known ones of the same letters without their marks."""
        return self._by_name.written_alike(name)

    def find(self, words: str, since: date, until: date | None, *, deep: int = 0) -> Ref | Reason:
        """The unit that a code or a name means in a time."""
        code = words.lower()
        if code in self._by_code:
            return self._if_lives(Ref(known=self._by_code[code]), words, since, until)
        if code in self._rows_by_code:
            return self._as_known(Ref(row=self._rows_by_code[code]), deep)
        ended: list[Ref] = []
        for candidates in self._by_name.search(words):
            if len(candidates) > _MANY:
                return _several(len(candidates), words)
            refs = {self._as_known(one, deep) for one in candidates}
            living = [one for one in refs if self._lives(one, since, until)]
            if len(living) > 1:
                living = [one for one in living if self._lives(one, since, since + DAY)] or living
            if len(living) == 1:
                return living[0]
            if living:
                return _several(len(living), words)
            ended += refs
        if ended:
            return self._if_lives(ended[0], words, since, until)
        return Reason(
            "",
            gettext_noop("Không có đơn vị “%(words)s” trong tệp hay trong danh sách."),
            {"words": words[:80]},
        )

    def _if_lives(self, ref: Ref, words: str, since: date, until: date | None) -> Ref | Reason:
        if self._lives(ref, since, until):
            return ref
        first, last = self.life(ref)
        if last is not None and last <= since:
            msgid, day = gettext_noop("“%(words)s” đã kết thúc từ ngày %(day)s."), last
        else:
            msgid, day = gettext_noop("“%(words)s” đến ngày %(day)s mới có."), first
        return Reason("", msgid, {"words": words[:80], "day": in_digits(day)})

    def life(self, ref: Ref) -> tuple[date, date | None]:
        one = self.known[ref.known] if ref.known else self.plans[ref.row]
        return one.since, one.until

    def level(self, ref: Ref) -> str:
        return self.known[ref.known].level if ref.known else self.plans[ref.row].level

    def name(self, ref: Ref) -> str:
        return self.known[ref.known].name if ref.known else self.plans[ref.row].row["name"]

    def _lives(self, ref: Ref, since: date, until: date | None) -> bool:
        return overlap(since, until, *self.life(ref))

    def _as_known(self, ref: Ref, deep: int) -> Ref:
        """A row that means a unit which is known is that unit."""
        if ref.known:
            return ref
        found = self.match(ref.row, deep + 1) if deep < 40 else ""
        return Ref(known=found) if found else ref

    def match(self, at: int, deep: int = 0) -> str:
        """The known unit that a row means: by its code, else by its name and the unit above."""
        if at in self._matched:
            return self._matched[at]
        plan = self.plans[at]
        if plan.code:
            self._matched[at] = self._by_code.get(plan.code, "")
            return self._matched[at]
        same = [
            self.known[ref.known]
            for ref in self._by_name.known_as(plan.row["name"])
            if self._lives(ref, plan.since, plan.until)
        ]
        self._matched[at] = ""  # while it is looked for: who asks for it in a circle gets none
        found = self._under_the_same(plan, same, deep) if same else []
        if len(found) > 1:
            on_the_day = [one for one in found if holds(one.since, one.until, plan.since)]
            found = on_the_day if len(on_the_day) == 1 else found
        if len(found) > 1:
            plan.refuse(
                "name",
                gettext_noop("Đã có %(count)s đơn vị tên này. Ghi mã đơn vị, hoặc Trực thuộc."),
                count=len(found),
            )
        self._matched[at] = found[0].id if len(found) == 1 else ""
        return self._matched[at]

    def _under_the_same(self, plan: UnitPlan, same: list[KnownUnit], deep: int) -> list[KnownUnit]:
        words = plan.row["parent"]
        if not words:
            tops = [one for one in same if not one.places]
            return tops or same
        parent = self.find(words, plan.since, plan.until, deep=deep)
        if not isinstance(parent, Ref) or not parent.known:
            return []
        return [
            one
            for one in same
            if any(
                place.parent == parent.known
                and overlap(plan.since, plan.until, place.since, place.until)
                for place in one.places
            )
        ]


def _several(count: int, words: str) -> Reason:
    msgid = gettext_noop("Có %(count)s đơn vị tên “%(words)s”. Ghi mã đơn vị thay cho tên.")
    return Reason("", msgid, {"count": count, "words": words[:80]})


class _Index:
    """Units by how they are called: their names before what they are called in short."""

    def __init__(self) -> None:
        self._named: dict[str, set[Ref]] = defaultdict(set)
        self._called: dict[str, set[Ref]] = defaultdict(set)
        self._bare: dict[str, set[Ref]] = defaultdict(set)
        self._known: dict[str, set[Ref]] = defaultdict(set)
        self._known_bare: dict[str, set[Ref]] = defaultdict(set)

    def add(self, ref: Ref, name: str, others: Iterable[str]) -> None:
        if name:
            self._named[alike(name)].add(ref)
            self._bare[_bare(name)].add(ref)
            if ref.known:
                self._known[alike(name)].add(ref)
                self._known_bare[_bare(name)].add(ref)
        for one in others:
            if one:
                self._called[alike(one)].add(ref)

    def known_as(self, name: str) -> set[Ref]:
        return self._known.get(alike(name), set())

    def written_alike(self, name: str) -> set[Ref]:
        """Known ones of the same letters without their marks."""
        return self._known_bare.get(_bare(name), set()) - self.known_as(name)

    def search(self, words: str) -> list[set[Ref]]:
        """Who may be meant, the likelier first."""
        found = (
            self._named.get(alike(words), set()),
            self._called.get(alike(words), set()),
            self._bare.get(_bare(words), set()),
        )
        return [one for one in found if one]


def _bare(name: str) -> str:
    return fold(alike(name))
