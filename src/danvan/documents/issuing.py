"""Who issues an official document, and who signs it: Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from datetime import date

from danvan.org.choices import Level, Role, UnitKind
from danvan.org.models import Post, Unit

_PASSED_OVER = {"và", "các", "-", "tỉnh"}
_COMMITTEE = "Ủy ban nhân dân"
_HEADS = (  # how a body begins → the post of its head
    ("Sở", "Giám đốc"),
    ("Văn phòng", "Chánh Văn phòng"),
    ("Thanh tra", "Chánh Thanh tra"),
    ("Ban", "Trưởng Ban"),
    ("Ủy ban", "Chủ tịch"),
    ("UBND", "Chủ tịch"),
)


def in_full(name: str) -> str:
    """UBND huyện An Phú Đông → Ủy ban nhân dân huyện An Phú Đông."""
    return name.replace("UBND", _COMMITTEE)


def is_committee(name: str) -> bool:
    return name.startswith(("UBND", _COMMITTEE))


def issuer_lines(name: str) -> tuple[str, ...]:
    """A committee stands on two lines: ỦY BAN NHÂN DÂN / HUYỆN AN PHÚ ĐÔNG."""
    if not is_committee(name):
        return (name,)
    return _COMMITTEE, in_full(name).removeprefix(_COMMITTEE).strip()


def sign_of(name: str) -> str:
    """The body's part of a sign: Sở Nội vụ → SNV, UBND huyện An Phú Đông → UBND."""
    if is_committee(name):
        return "UBND"
    kept = [word for word in name.replace("-", " ").split() if word not in _PASSED_OVER]
    return "".join(word if word.isupper() else word[0].upper() for word in kept)


def signing(name: str, title: str = "") -> tuple[tuple[str, ...], str]:
    """The lines of authority and the post of who signs: Nghị định 30/2020/NĐ-CP, Điều 13.

    `title` is that of who leads the body: a deputy signs for its head (KT.), one who acts as its
    head as such (Q.). Without a title the head's own post is printed.
    """
    authority: tuple[str, ...] = (f"TM. {_COMMITTEE}",) if is_committee(name) else ()
    head = next((post for start, post in _HEADS if name.startswith(start)), "Thủ trưởng")
    if title.startswith("Phó "):
        return (*authority, f"KT. {head}"), title
    if title.startswith("Quyền "):
        return authority, f"Q. {title.removeprefix('Quyền ')}"
    return authority, title or head


_PLACES = ("tỉnh", "huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")


def place_of(name: str, province: str) -> str:
    """Where a body issues its documents: a committee names its place, a department the province's."""
    whose = name if is_committee(name) else province
    words = in_full(whose).removeprefix(_COMMITTEE).strip()
    kind = next((one for one in _PLACES if words.startswith(f"{one} ")), "")
    called = words.removeprefix(kind).strip()
    return f"{kind.capitalize()} {called}" if called.isdigit() else called


def leader_of(unit: Unit, on: date) -> Post | None:
    """Who leads the unit on a day: its head before a deputy.

    Where the post does not say what he is, the line under it stays empty: nobody is guessed.
    """
    led = Post.objects.held(on).filter(unit=unit, role=Role.LEADER_IN_CHARGE).exclude(title="")
    found = led.select_related("person").order_by("validity", "id")
    return min(found, key=lambda one: one.title.startswith("Phó "), default=None)


def province(on: date) -> Unit | None:
    """Its People's Committee, by the name of the day."""
    units = Unit.objects.named(on).existing(on)
    return units.filter(kind=UnitKind.PEOPLES_COMMITTEE, level=Level.PROVINCE).first()
