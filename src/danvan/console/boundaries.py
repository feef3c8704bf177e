"""The choice of boundaries in the address of a figure, and what is said of units that changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from danvan import clock
from danvan.figures.boundaries import EVERYTHING, Boundaries, Comparable, Lineage, Step, Units
from danvan.periods import Period, window
from danvan.text import sort_key
from danvan.workdays.rules import printed

NAMED = 6  # more units than this are only counted in a sentence
REFORMS = 2  # the last ones that the switch offers


@dataclass(frozen=True)
class Choice:
    """A link of the switch."""

    label: str
    query: str
    is_current: bool


class BoundarySwitch:
    """Theo địa giới: hiện nay, khi ấy, trước 01/7/2025; kept in the address as `boundaries`.

    There is something to choose where a reform stands between the periods shown and today.
    """

    def __init__(
        self, request: HttpRequest, lineage: Lineage, *, first: Period, chosen: Period
    ) -> None:
        today = clock.today()
        days = sorted({one.on for one in lineage.between(window(first)[0], today)})
        reforms = days[: -REFORMS - 1 : -1]
        self._days = {"": today, "then": min(chosen.last_day, today)}
        self._days |= {str(one): one - timedelta(days=1) for one in reforms}
        typed = request.GET.get("boundaries", "")
        self.typed = typed if typed in self._days and days else ""
        self.day = self._days[self.typed]
        self.choices = [
            Choice(label, _query(request, value), value == self.typed)
            for value, label in self._labels(reforms)
            if days
        ]

    def _labels(self, reforms: Iterable[date]) -> Iterable[tuple[str, str]]:
        yield "", _("hiện nay")
        yield "then", _("khi ấy")
        for one in reforms:
            yield str(one), _("trước %(day)s") % {"day": printed(one)}


def _query(request: HttpRequest, value: str) -> str:
    query = request.GET.copy()
    for key in ("page", "boundaries"):
        query.pop(key, None)
    if value:
        query["boundaries"] = value
    return f"?{query.urlencode()}"


class Words:
    """What is said of units by their last names, on the boundaries of a day."""

    def __init__(self, lineage: Lineage, boundaries: Boundaries) -> None:
        self.lineage = lineage
        self.boundaries = boundaries

    def note(self, *found: Comparable) -> str:
        """Why values cannot be wholly compared; nothing where they can."""
        left_out = dict.fromkeys(one for each in found for one in each.left_out)
        ceded = dict.fromkeys(one for each in found for one in each.ceded)
        reasons = [*map(self._left_out, left_out), *map(self._ceded, ceded)]
        if not reasons:
            return ""
        return _("không so sánh trọn vẹn: %(reasons)s") % {"reasons": "; ".join(reasons)}

    def _left_out(self, unit: UUID) -> str:
        name = self.lineage.last_names[unit]
        if self.lineage.began[unit] > self.boundaries.day:
            return _("%(unit)s còn gồm địa bàn khác, không tách được") % {"unit": name}
        return _("%(unit)s chỉ nhập một phần") % {"unit": name}

    def _ceded(self, step: Step) -> str:
        did = _("%(before)s chuyển một phần sang %(after)s từ %(day)s")
        if step.is_whole:
            did = _("%(before)s nhập vào %(after)s từ %(day)s")
        return did % {
            "before": self.lineage.last_names[step.before],
            "after": self.lineage.last_names[step.after],
            "day": printed(step.on),
        }

    def events(self, of: Units, period: Period) -> list[str]:
        """What happened within a period to these units: “Từ 01/7/2025: UBND xã A, … hợp thành …”."""
        start, end = window(period)
        last = min(end - timedelta(days=1), clock.today())
        steps = self.lineage.between(start - timedelta(days=1), last)
        if of is not EVERYTHING:
            mine = {*of, *self.boundaries.counted(of)}
            steps = [one for one in steps if {one.before, one.after} & mine]
        return [self._event(day, list(found)) for day, found in groupby(steps, lambda one: one.on)]

    def _event(self, day: date, steps: list[Step]) -> str:
        before = {one.before for one in steps}
        after = {one.after for one in steps}
        partly = {one.before for one in steps if not one.is_whole}
        if len(after) == 1 and len(before) <= NAMED:
            did = _("%(before)s nhập thành %(after)s") % {
                "before": self._listed(before, partly),
                "after": self._listed(after),
            }
        elif len(before) == 1 and len(after) <= NAMED:
            did = _("%(before)s chia thành %(after)s") % {
                "before": self._listed(before),
                "after": self._listed(after),
            }
        else:
            did = _("sắp xếp %(before)s đơn vị thành %(after)s đơn vị") % {
                "before": len(before),
                "after": len(after),
            }
        words = {"day": printed(day), "did": did, "basis": steps[0].basis}
        if len({one.basis for one in steps}) == 1:
            return _("Từ %(day)s: %(did)s, theo %(basis)s.") % words
        return _("Từ %(day)s: %(did)s.") % words

    def _listed(self, units: Collection[UUID], partly: Collection[UUID] = ()) -> str:
        wholly = [self.lineage.last_names[one] for one in units if one not in partly]
        in_part = [
            _("một phần %(unit)s") % {"unit": self.lineage.last_names[one]}
            for one in units
            if one in partly
        ]
        return ", ".join([*sorted(wholly, key=sort_key), *sorted(in_part, key=sort_key)])
