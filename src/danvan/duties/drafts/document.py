"""A unit's plan as an official document, and the same read again: what is printed is what was meant."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from danvan import clock
from danvan.documents import issuing
from danvan.documents.official import layout, writing
from danvan.duties.choices import Decision
from danvan.duties.drafts import words
from danvan.duties.models import PlanDraft, PlanDraftLine
from danvan.org.models import Unit

PRINTED = {Decision.TAKEN_UP, Decision.DIVIDED, Decision.DELEGATED, Decision.OWN}
KIND = "Kế hoạch"


def write(draft: PlanDraft) -> bytes:
    return writing.write(document(draft))


def file_name(draft: PlanDraft) -> str:
    """ke-hoach-2024-STP-ban-1: what it is, of when, of whom."""
    whose = issuing.sign_of(_named(draft).name)
    return f"ke-hoach-{draft.year}-{whose}-ban-{draft.version}"


def document(draft: PlanDraft) -> layout.OfficialDocument:
    on = draft.issued_on or clock.today()
    unit, province = _named(draft), issuing.province(on)
    leader = issuing.leader_of(draft.unit, on)
    authority, role = issuing.signing(unit.name, leader.title if leader else "")
    return layout.OfficialDocument(
        superior="" if issuing.is_committee(unit.name) else _superior(unit, province),
        issuer=issuing.issuer_lines(unit.name),
        sign=f"KH-{issuing.sign_of(unit.name)}",
        number=draft.number.partition("/")[0].strip(),
        issued_on=draft.issued_on,
        kind=KIND,
        title=draft.title,
        place=issuing.place_of(unit.name, province.name if province else ""),
        bases=lines_of(draft.bases),
        preamble=[_opening(draft, unit)],
        body=list(_body(draft, unit)),
        recipients=lines_of(draft.recipients),
        authority=authority,
        signer_role=role,
        signer=leader.person.name if leader else "",
    )


def lines_of(text: str) -> list[str]:
    """What stands on each line, without marks of lists and stops."""
    lines = (line.strip().lstrip("-+•").strip().rstrip(" .;,") for line in text.splitlines())
    return [line for line in lines if line]


def printed(draft: PlanDraft) -> list[PlanDraftLine]:
    """The lines that are in the document, in its order."""
    own, of_others = parts(draft)
    return [line for _lead, group in (*_by_lead(own), *_by_lead(of_others)) for line in group]


def parts(draft: PlanDraft) -> tuple[list[PlanDraftLine], list[PlanDraftLine]]:
    """What stands under II, and under III: what others do, and what is said of the plan itself."""
    lines = [line for line in draft.lines.all() if line.decision in PRINTED and line.action.strip()]
    return [one for one in lines if not _is_of_others(one)], [
        one for one in lines if _is_of_others(one)
    ]


def _is_of_others(line: PlanDraftLine) -> bool:
    is_of_the_plan = line.duty_id is None and words.OF_THE_PLAN in line.action.lower()
    return line.decision == Decision.DELEGATED or is_of_the_plan


def _named(draft: PlanDraft) -> Unit:
    if draft.issued_on is None and "name" in vars(draft.unit):  # by its name of today
        return draft.unit
    return Unit.objects.named(draft.issued_on or clock.today()).get(pk=draft.unit_id)


def _superior(unit: Unit, province: Unit | None) -> str:
    """The body above, by its name of the day; the province's where none is known."""
    on = clock.today()
    under = Unit.objects.named(on).filter(children__unit=unit, children__validity__contains=on)
    above = under.first() or province
    return above.name if above else ""


def _opening(draft: PlanDraft, unit: Unit) -> str:
    whose = issuing.in_full(unit.name)
    title = words.lowered(draft.title.strip().rstrip("."))
    return f"{whose} ban hành Kế hoạch {title.removesuffix(f' của {whose}')} như sau:"


def _body(draft: PlanDraft, unit: Unit) -> Iterable[layout.Block]:
    own, of_others = parts(draft)
    number = 0
    for title, blocks in (
        ("Mục đích, yêu cầu", [layout.Paragraph(f"{one}.") for one in lines_of(draft.purpose)]),
        ("Nội dung, nhiệm vụ", list(groups(own))),
        ("Tổ chức thực hiện", list(groups(of_others))),
    ):
        if blocks:
            number += 1
            yield layout.Heading(1, f"{'I' * number}. {title}")
            yield from blocks
    title = words.lowered(draft.title.strip().rstrip("."))
    whose = issuing.in_full(unit.name)
    of = "" if title.endswith((whose, unit.name)) else f" của {whose}"
    yield layout.Paragraph(f"Trên đây là Kế hoạch {title}{of}.")


def _by_lead(lines: Sequence[PlanDraftLine]) -> list[tuple[str, list[PlanDraftLine]]]:
    """Under each that leads what it does, in the order in which they first stand."""
    order = {line.lead: place for place, line in reversed(list(enumerate(lines)))}
    ordered = sorted(lines, key=lambda one: order[one.lead])
    return [(lead, list(group)) for lead, group in groupby(ordered, key=lambda one: one.lead)]


def groups(lines: Sequence[PlanDraftLine]) -> Iterable[layout.Block]:
    for number, (lead, group) in enumerate(_by_lead(lines), start=1):
        yield layout.Heading(2, f"{number}. {words.raised(lead)}")
        for line in group:
            yield layout.Bullet(words.sentence(line.action, line.cooperating, line.due))
