"""Is the journal as it was written? Every entry and every seal is read once, as a stream.

What can be done to it in the database, and by what it is found:

    an entry changed              its hash differs from its seal's, and the seal is genuine
    an entry deleted              its seal is there
    an entry put in, backdated    it was sealed long after younger ones, or its moment is not its id's
    an entry of a day to come     it was sealed before its own moment
    a seal written by hand        its mac needs the key, which is not in the database
    seals changed places          the mac is genuine for another position
    seals deleted in the middle   positions have a gap
    the end cut off               the remembered head, or a printed digest, lies beyond the end
    the whole chain made anew     macs; with a stolen key the head, or a printed digest
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from danvan import clock

from . import head, rules
from .models import AuditEntry, Digest, Seal

CHUNK = 2000
SHOWN = 50  # findings told one by one
NEARBY = 5000  # how far from its place a seal is looked for
SEARCHES = 20  # how many seals are looked for
TOO_LONG = 15 * 60 * 1000  # milliseconds without a seal; the sealer comes every minute
LONGEST = 60 * 60 * 1000  # milliseconds that a transaction may take


def _of_a_calendar(moment: str) -> str:
    """PostgreSQL knows moments, infinity among them, that nobody else can read."""
    return f"{moment} BETWEEN '0001-01-02Z' AND '9999-12-30Z'"


_WALK = f"""
    SELECT s.position, s.entry, s.form, s.hash, s.mac,
           CASE WHEN {_of_a_calendar("s.sealed_at")}
                THEN (extract(epoch FROM s.sealed_at) * 1000000)::bigint ELSE 0 END,
           CASE WHEN {_of_a_calendar("e.at")} THEN e.at END, e.by_name, e.verb, e.subject_label, e.id IS NOT NULL,
           {rules.CANONICAL[1]}
    FROM audit_seal s LEFT JOIN audit_auditentry e ON e.id = s.entry
    ORDER BY s.position
"""
_FIRST = datetime(1970, 1, 2, tzinfo=clock.ZONE)
_WITHOUT_SEAL = """
    SELECT e.id, e.by_name, e.subject_label FROM audit_auditentry e
    WHERE e.id < %s AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry = e.id)
    ORDER BY e.id
"""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or a run of the same at neighbouring positions."""

    kind: str
    position: int  # 0: none
    what: str
    to: int = 0  # the last position of the run


@dataclass(frozen=True)
class Verification:
    entries: int  # sealed entries that were read
    waiting: int  # entries too young to be sealed
    findings: tuple[Finding, ...]
    more: int = 0  # findings beyond those told

    @property
    def is_intact(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class _Row:
    position: int
    entry: UUID
    form: int
    hash: bytes
    mac: bytes
    sealed_micros: int
    at: datetime | None
    by_name: str | None
    verb: str | None
    label: str | None
    is_there: bool
    canonical: str

    @property
    def says(self) -> rules.Sealed:
        return rules.Sealed(self.form, self.position, self.entry, self.sealed_micros, self.hash)

    @property
    def named(self) -> str:
        """“vị trí 12, 14:05 ngày 05/03/2026, Nguyễn Thị Mai, 15/KH-UBND”."""
        place = _("vị trí %(position)s") % {"position": number(self.position)}
        if self.at is None:
            return f"{place}, {_made(self.entry)}"
        return ", ".join(
            filter(None, [place, _moment(self.at), self.by_name, (self.label or "")[:80]])
        )


@transaction.atomic
def verify(kept: tuple[rules.Statement, bytes] | None = None) -> Verification:
    """Read the whole chain; `kept` is a printed digest to hold it against."""
    known = head.remembered()
    walk = _Walk(kept)
    found = _summed_up(_everything(walk, known, kept))
    told = tuple(islice(found, SHOWN))
    more = sum(1 for _one in found)
    waiting = AuditEntry.objects.filter(pk__gte=_young()).exclude(
        pk__in=Seal.objects.filter(entry__gte=_young()).values("entry")
    )
    return Verification(
        entries=walk.entries,
        waiting=waiting.count(),
        findings=told,
        more=more,
    )


def _everything(
    walk: "_Walk", known: head.Head | None, kept: tuple[rules.Statement, bytes] | None
) -> Iterator[Finding]:
    yield from walk.findings()
    if known is not None:
        yield from _against_head(known, walk.last)
    yield from _against_digests()
    if kept is not None:
        yield from _against_kept(*kept, last=walk.last)
    yield from _without_seal()


def _summed_up(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The same wrong at neighbouring positions is told once: from, to."""
    first: Finding | None = None
    last = 0
    for one in findings:
        if first is not None and one.kind == first.kind and one.position == last + 1 and last:
            last = one.position
            continue
        if first is not None:
            yield _run(first, last)
        first, last = one, one.position
    if first is not None:
        yield _run(first, last)


def _run(first: Finding, last: int) -> Finding:
    if last <= first.position:
        return first
    said = _("%(first)s Như vậy đến vị trí %(last)s (%(count)s mục).") % {
        "first": first.what,
        "last": number(last),
        "count": number(last - first.position + 1),
    }
    return Finding(first.kind, first.position, said, last)


class _Walk:
    """One way along the chain, keeping nothing but where it is."""

    def __init__(self, kept: tuple[rules.Statement, bytes] | None) -> None:
        self.entries = 0
        self.last = 0
        self._kept = kept
        self._before = rules.BEGINNING
        self._youngest = 0  # moment of the youngest entry sealed in an earlier turn
        self._turn = 0, 0  # when the turn of this seal was, and its youngest
        self._is_anchored = True  # the seal before this one is genuine
        self._searched = 0
        self._key = head.key()
        # Where the day is fixed, moments are not those of the ids.
        self._is_day_fixed = settings.DANVAN_TODAY is not None

    def findings(self) -> Iterator[Finding]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(_WALK)
            while rows := cursor.fetchmany(CHUNK):
                for values in rows:
                    yield from self._look_at(_row(values))

    def _look_at(self, row: _Row) -> Iterator[Finding]:
        follows = row.position == self.last + 1
        if not follows:
            yield _gap(self.last, row.position)
        self.entries += row.is_there
        is_genuine = row.says.is_vouched_for(row.mac, self._key)
        is_anchored, self._is_anchored = self._is_anchored and follows, is_genuine
        if not is_genuine:
            yield self._not_genuine(row)
        elif not row.is_there:
            yield _finding("missing", row, _("Mục đã bị xóa: %(entry)s."))
        elif not is_anchored:
            return self._go_on(row)  # what stood before it is not known: nothing to hash it with
        elif rules.chained(self._before, row.canonical) != row.hash:
            yield _finding("changed", row, _("Mục đã bị sửa sau khi niêm phong: %(entry)s."))
        else:
            yield from self._backdated(row)
        self._go_on(row)

    def _go_on(self, row: _Row) -> None:
        moment = rules.moment_of(row.entry)
        if moment > row.sealed_micros // 1000 + LONGEST and not self._is_day_fixed:
            moment = 0  # of a day to come: what follows is not late because of it
        turn, youngest = self._turn
        if row.sealed_micros != turn:
            self._youngest = max(self._youngest, youngest)
            self._turn = row.sealed_micros, moment
        else:
            self._turn = turn, max(youngest, moment)
        self._before, self.last = row.hash, row.position

    def _not_genuine(self, row: _Row) -> Finding:
        self._searched += 1
        near = range(max(1, row.position - NEARBY), row.position + NEARBY)
        for place in near if self._searched <= SEARCHES else ():
            said = rules.Sealed(row.form, place, row.entry, row.sealed_micros, row.hash)
            if place != row.position and said.is_vouched_for(row.mac, self._key):
                what = _("Niêm phong bị đổi chỗ: %(entry)s; chỗ đúng là vị trí %(place)s.")
                named = {"entry": row.named, "place": number(place)}
                return Finding("reordered", row.position, what % named)
        return _finding(
            "forged", row, _("Niêm phong không do hệ thống lập (mã xác nhận sai): %(entry)s.")
        )

    def _backdated(self, row: _Row) -> Iterator[Finding]:
        """Put in later than it says: sealed long after younger ones, or of another moment than its id."""
        moment = rules.moment_of(row.entry)
        turn, youngest = self._turn
        before = max(self._youngest, youngest) if row.sealed_micros != turn else self._youngest
        if moment < before - LONGEST:
            yield _finding(
                "backdated", row, _("Mục được chèn vào sau, ghi lùi thời điểm: %(entry)s.")
            )
            return
        if self._is_day_fixed and row.at is not None:
            return
        of_another_moment = row.at is None or abs(row.at.timestamp() * 1000 - moment) > LONGEST
        if of_another_moment or moment > row.sealed_micros // 1000 + LONGEST:
            yield _finding(
                "backdated", row, _("Thời điểm ghi không khớp với lúc mục được lập: %(entry)s.")
            )


def _row(values: tuple[Any, ...]) -> _Row:
    position, entry, form, hashed, mac, *rest = values
    return _Row(position, entry, form, bytes(hashed), bytes(mac), *rest)


def _finding(kind: str, row: _Row, what: str) -> Finding:
    return Finding(kind, row.position, what % {"entry": row.named})


def _gap(last: int, position: int) -> Finding:
    said = _("Thiếu niêm phong từ vị trí %(first)s đến %(last)s: %(count)s mục đã bị xóa.")
    numbers = {
        "first": number(last + 1),
        "last": number(position - 1),
        "count": number(position - last - 1),
    }
    return Finding("gap", last + 1, said % numbers)


def _against_head(known: head.Head, last: int) -> Iterator[Finding]:
    if known.position > last:
        yield Finding(
            "cut",
            last + 1,
            _(
                "Phần cuối đã bị cắt: nhật ký từng có đến vị trí %(known)s, nay chỉ còn đến %(last)s (mất %(count)s mục)."
            )
            % {
                "known": number(known.position),
                "last": number(last),
                "count": number(known.position - last),
            },
        )
    elif not head.holds(known):
        yield Finding(
            "recomputed",
            known.position,
            _(
                "Chuỗi đã bị lập lại: mã băm ở vị trí %(position)s không phải mã mà máy chủ đã ghi nhớ."
            )
            % {"position": number(known.position)},
        )


def _against_digests() -> Iterator[Finding]:
    """Every day's digest is genuine, none is missing, and the chain still goes through it."""
    ordinary = Seal.objects.filter(sealed_at__range=(_FIRST, clock.now() + timedelta(days=1)))
    first = ordinary.order_by("position").first()
    expected = first.sealed_at.astimezone(clock.ZONE).date() if first else None
    for one in Digest.objects.order_by("day").iterator(CHUNK):
        while expected is not None and expected < one.day:
            said = _("Thiếu bản niêm phong ngày %(day)s.") % {"day": f"{expected:%d/%m/%Y}"}
            yield Finding("digest_missing", 0, said)
            expected += timedelta(days=1)
        expected = one.day + timedelta(days=1)
        said_then = rules.Statement(one.day, one.entries, one.position, bytes(one.hash))
        yield from _against_statement(
            said_then, bytes(one.mac), _("Bản niêm phong ngày %(day)s") % {"day": f"{one}"}
        )


def _against_kept(said: rules.Statement, mac: bytes, *, last: int) -> Iterator[Finding]:
    name = _("Bản giữ ngoài của ngày %(day)s") % {"day": f"{said.day:%d/%m/%Y}"}
    if said.position > last:
        yield Finding(
            "cut",
            last + 1,
            _("%(name)s ghi đến vị trí %(position)s, nhật ký chỉ còn đến %(last)s: đã bị cắt.")
            % {"name": name, "position": number(said.position), "last": number(last)},
        )
        return
    yield from _against_statement(said, mac, name)


def _against_statement(said: rules.Statement, mac: bytes, name: str) -> Iterator[Finding]:
    if said.mac(head.key()) != mac:
        yield Finding("digest_forged", 0, _("%(name)s có mã xác nhận sai.") % {"name": name})
    if said.position and not head.holds(head.Head(said.position, said.hash)):
        yield Finding(
            "recomputed",
            said.position,
            _(
                "%(name)s không khớp: chuỗi đã bị sửa hoặc lập lại ở vị trí %(position)s trở về trước."
            )
            % {"name": name, "position": number(said.position)},
        )


def _without_seal() -> Iterator[Finding]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_WITHOUT_SEAL, [_young()])
        first, count = None, 0
        while rows := cursor.fetchmany(CHUNK):
            first = first or rows[0]
            count += len(rows)
    if first is not None:
        entry, by_name, label = first
        yield Finding(
            "unsealed",
            0,
            _(
                "%(count)s mục quá lâu chưa niêm phong, cũ nhất: %(entry)s. Kiểm tra tiến trình chạy nền; mục chèn thẳng vào cơ sở dữ liệu cũng hiện ở đây."
            )
            % {"count": number(count), "entry": f"{_made(entry)}, {by_name}, {label[:80]}"},
        )


def _young() -> UUID:
    """Entries from this id on need no seal yet."""
    return rules.first_id_at(rules.moment_of(uuid7()) - TOO_LONG)


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _made(entry: UUID) -> str:
    """When an id says that it was made; as it stands where that is no moment."""
    try:
        return _moment(datetime.fromtimestamp(rules.moment_of(entry) / 1000, clock.ZONE))
    except (ValueError, OverflowError, OSError):
        return str(entry)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(clock.ZONE):%H:%M:%S %d/%m/%Y}"


def sealed_so_far() -> int:
    return Seal.objects.aggregate(last=Max("position"))["last"] or 0
