from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, record_all, seen
from danvan.duties import actions as duties
from danvan.duties.models import Assignment
from danvan.files import actions as files
from danvan.files import photos
from danvan.files.models import Attachment
from danvan.files.rules import media_type
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.heirs import left_to
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

from . import access, definitions, notices, proving, rules
from .choices import UNDER_APPRAISAL, WITH_THE_UNIT, CampaignState, ScoreState
from .models import Campaign, Score, ScoreLine


@transaction.atomic
def open_campaign(*, by: Actor, year: int) -> Campaign:
    """Open the year's scoring, with a sheet for every unit that the table scores. Opened once."""
    require(access.can_open(by))
    table = definitions.in_force(clock.today())
    if table is None:
        raise NotAccepted(_("Chưa có bảng điểm đang áp dụng. Quản trị thêm bảng điểm."))
    campaign, is_new = Campaign.objects.get_or_create(
        year=year,
        defaults={
            "table": table,
            "opens_on": clock.today(),
            "self_score_by": definitions.table_of(table).last_day(year),
        },
    )
    if is_new:
        record(campaign, "campaign_opened", by=by, before=NOTHING, table=str(table))
        scores = _open(campaign, units_scored(campaign), by=by)
        notices.opened(campaign, scores)
    return campaign


def units_scored(campaign: Campaign) -> list[Unit]:
    """The units that the campaign's table scores, as of the day on which it opens.

    Party bodies, the Front and unions are not scored by the State, whatever a table says.
    """
    wanted = set(campaign.scoring_table.scored)
    there = Unit.objects.existing(campaign.opens_on).named(campaign.opens_on)
    return [one for one in there if (one.kind, one.level) in wanted and not one.is_asked]


@transaction.atomic
def open_score(campaign: Campaign, unit: Unit, *, by: Actor) -> Score:
    """Open a sheet for one more unit. Opened once stays the one it is."""
    require(access.can_open(by))
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    existing = campaign.scores.of(unit).first()
    return existing or _open(campaign, [unit], by=by)[0]


def _open(campaign: Campaign, units: list[Unit], *, by: Actor) -> list[Score]:
    scores = Score.objects.bulk_create(Score(campaign=campaign, unit=unit) for unit in units)
    proven = proving.prove(campaign, [one.unit_id for one in scores], today=clock.today())
    lines = [line for score in scores for line in _lines(score)]
    for line in lines:
        if line.code in proven[line.score.unit_id]:
            proving.put(line, proven[line.score.unit_id][line.code])
    ScoreLine.objects.bulk_create(lines)
    record_all(scores, "score_opened", by=by, before=[NOTHING] * len(scores))
    return scores


def _lines(score: Score) -> list[ScoreLine]:
    return [
        ScoreLine(score=score, code=one.code, place=place, max_points=one.max_points)
        for place, one in enumerate(score.campaign.scoring_table.criteria, start=1)
    ]


def _locked(score: Score) -> Score:
    """The sheet with its lines, to be changed by nobody else meanwhile."""
    Score.objects.select_for_update().get(pk=score.pk)
    return Score.objects.whole().get(pk=score.pk)


def _line_of(score: Score, line: ScoreLine) -> ScoreLine:
    return next(one for one in score.lines.all() if one.pk == line.pk)


def _save_proofs(score: Score) -> None:
    proving.refresh([score], today=clock.today())
    for line in score.lines.all():
        if line.criterion.is_proven:
            line.save(
                update_fields=["self_points", "proven_points", "proof_words", "proof_assignments"]
            )


@dataclass(frozen=True)
class Written:
    """What the unit says of one criterion. Of a proven one only the note is its own."""

    points: Decimal | None = None
    note: str = ""
    file: tuple[bytes, str] | None = None  # content, name


@files.atomic()
def write_line(line: ScoreLine, said: Written, *, by: Actor) -> ScoreLine:
    """Score one criterion, with note and evidence. The same said twice changes nothing."""
    score = _locked(line.score)
    require(access.can_score_itself(by, score))
    if score.state not in WITH_THE_UNIT:
        raise NotAccepted(_("Phiếu đã gửi thẩm định nên không sửa được nữa."))
    line = _line_of(score, line)
    before = line.self_points, line.note
    if not line.criterion.is_proven:
        _check(said.points, line)
        line.self_points = said.points
    line.note = said.note.strip()
    is_new_file = _keep_evidence(line, said.file)
    if before == (line.self_points, line.note) and not is_new_file:
        return line
    line.save(update_fields=["self_points", "note"])
    state = score.state
    _begin(score)
    record(
        score,
        "score_written",
        by=by,
        before={"self_points": before[0], "note": before[1], "state": state},
        after={"self_points": line.self_points, "note": line.note, "state": score.state},
        criterion=line.criterion.label,
        evidence=said.file[1] if is_new_file and said.file else "",
    )
    return line


def _check(points: Decimal | None, line: ScoreLine) -> None:
    wrong = rules.wrong_with(points, line.max_points) if points is not None else ""
    if wrong:
        raise NotAccepted(f"{line.criterion.label}: {wrong}")


def _keep_evidence(line: ScoreLine, file: tuple[bytes, str] | None) -> bool:
    """Keep a file beside the line; False where there is none, or the same one is there already."""
    if file is None:
        return False
    data, name = photos.without_place(file[0], media_type(file[0])), file[1]
    if line.attachments.filter(sha256=sha256(data).hexdigest()).exists():
        return False
    line.attachments.add(files.keep(data, name))
    return True


def _begin(score: Score) -> None:
    if score.state == ScoreState.OPEN:
        score.state = ScoreState.SELF_SCORING
        score.save(update_fields=["state"])


@transaction.atomic
def withdraw_evidence(line: ScoreLine, attachment: Attachment, *, by: Actor) -> None:
    """Take a file off a line that is still being written. The file itself is kept."""
    score = _locked(line.score)
    require(access.can_score_itself(by, score))
    if score.state not in WITH_THE_UNIT:
        raise NotAccepted(_("Phiếu đã gửi thẩm định nên không sửa được nữa."))
    if line.attachments.filter(pk=attachment.pk).exists():
        line.attachments.remove(attachment)
        record(score, "evidence_withdrawn", by=by, name=attachment.name)


@transaction.atomic
def submit(score: Score, *, by: Actor) -> Score:
    """Hand the sheet over for appraisal; what is proven stays as of today. Handed over once."""
    score = _locked(score)
    require(access.can_score_itself(by, score))
    if score.state not in WITH_THE_UNIT:
        return score
    was = seen(score) | _points(score)
    _save_proofs(score)
    if missing := missing_on(score):
        raise NotAccepted(_("Chưa gửi được. %(missing)s") % {"missing": " ".join(missing)})
    score.state = ScoreState.SUBMITTED
    score.submitted_at, score.submitted_by = clock.now(), by.name
    score.save(update_fields=["state", "submitted_at", "submitted_by"])
    record(
        score,
        "score_submitted",
        by=by,
        before=was,
        after=seen(score) | _points(score),
        points=rules.in_words(score.self_total),
    )
    _tell_duties(score, by=by)
    notices.submitted(score)
    return score


def _points(score: Score) -> dict[str, dict[str, Decimal | None]]:
    """What the unit has on each line, by its criterion."""
    return {"points": {line.criterion.label: line.self_points for line in score.lines.all()}}


def missing_on(score: Score) -> list[str]:
    """What the unit still owes on its sheet, a sentence each."""
    said = []
    for line in score.lines.all():
        names = {"criterion": line.criterion.label}
        if not line.criterion.is_proven and line.self_points is None:
            said.append(_("Chấm điểm tiêu chí “%(criterion)s”.") % names)
        if line.criterion.needs_evidence and not line.attachments.all():
            said.append(_("Thêm minh chứng cho tiêu chí “%(criterion)s”.") % names)
    return said


def _tell_duties(score: Score, *, by: Actor) -> None:
    """The duty that asked for the sheet is handed in with it, and that of units merged into its own."""
    asked = (
        Assignment.objects.filter(unit__in=left_to(score.unit_id, clock.today()))
        .led()
        .open()
        .filter(due_on__year=score.campaign.year)
        .select_related("duty")
    )
    for one in asked:
        if rules.hands_in_the_sheet(one.duty.deliverable, one.duty.action):
            duties.submit(one, duties.Proof(note=str(score)), by=by)


@transaction.atomic
def appraise(line: ScoreLine, *, by: Actor, points: Decimal, reason: str = "") -> ScoreLine:
    """Give the appraised points of one criterion; points that differ from the unit's say why."""
    score = _locked(line.score)
    line = _line_of(score, line)
    require(access.is_appraiser_of(by, score, line.criterion))
    if score.state not in UNDER_APPRAISAL:
        raise NotAccepted(_still_or_already(score))
    _check(points, line)
    reason = reason.strip()
    if points != line.self_points and not reason:
        raise NotAccepted(_("Điểm thẩm định khác điểm tự chấm: ghi lý do."))
    if (line.appraised_points, line.reason) == (points, reason):
        return line
    before = line.appraised_points
    line.appraised_points, line.reason, line.appraised_by_name = points, reason, by.name
    line.save(update_fields=["appraised_points", "reason", "appraised_by_name"])
    state = score.state
    if score.state == ScoreState.SUBMITTED:
        score.state = ScoreState.APPRAISING
        score.save(update_fields=["state"])
    record(
        score,
        "score_appraised",
        by=by,
        before={"appraised_points": before, "state": state},
        after={"appraised_points": points, "state": score.state},
        reason=reason,
        criterion=line.criterion.label,
    )
    return line


def _still_or_already(score: Score) -> str:
    if score.is_final:
        return _("Kết quả đã chốt nên không sửa được nữa.")
    return _("Đơn vị chưa gửi phiếu nên chưa thẩm định được.")


@transaction.atomic
def keep_self(line: ScoreLine, *, by: Actor) -> ScoreLine:
    """Take over the points that the unit gave itself, or that the system proved."""
    current = ScoreLine.objects.get(pk=line.pk)
    if current.self_points is None:
        raise NotAccepted(_("Tiêu chí này chưa có điểm để giữ. Ghi điểm và lý do."))
    return appraise(line, by=by, points=current.self_points)


@transaction.atomic
def finish(score: Score, *, by: Actor) -> Score:
    """Close the sheet; its result stays. Closed once. The last one closes the campaign."""
    score = _locked(score)
    require(access.can_finish(by, score))
    if score.is_final:
        return score
    if score.state not in UNDER_APPRAISAL:
        raise NotAccepted(_still_or_already(score))
    open_lines = [line.criterion.label for line in score.lines.all() if not line.is_appraised]
    if open_lines:
        raise NotAccepted(
            _("Chưa chốt được: còn tiêu chí chưa thẩm định (%(criteria)s).")
            % {"criteria": "; ".join(open_lines)}
        )
    was = seen(score)
    score.state = ScoreState.FINAL
    score.finished_at, score.finished_by = clock.now(), by.name
    score.save(update_fields=["state", "finished_at", "finished_by"])
    points = rules.in_words(score.appraised_total)
    record(score, "score_final", by=by, before=was, points=points)
    notices.finished(score)
    _close_after_the_last(score.campaign, by=by)
    return score


def _close_after_the_last(campaign: Campaign, *, by: Actor) -> None:
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if (
        campaign.state == CampaignState.OPEN
        and not campaign.scores.exclude(state=ScoreState.FINAL).exists()
    ):
        was = seen(campaign)
        campaign.state = CampaignState.CLOSED
        campaign.save(update_fields=["state"])
        record(campaign, "campaign_closed", by=by, before=was)
