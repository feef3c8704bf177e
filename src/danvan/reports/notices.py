"""The messages that reports send."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danvan.notices.actions import tell
from danvan.org import told
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from .models import Report


@in_vietnamese
def submitted(report: Report) -> None:
    """To the addressee, unless it is its own or the report's duty has told it already."""
    if report.unit_id == report.addressee_id:
        return
    assignment = report.assignment
    if assignment is not None and assignment.duty.confirmed_by_id == report.addressee_id:
        return
    tell(
        told.of_units([report.addressee_id]),
        event=f"report submitted {report.pk}",
        text=_("%(unit)s gửi báo cáo %(period)s")
        % {"unit": report.unit, "period": report.as_period.label},
        about=report,
        needs_action=True,
    )


@in_vietnamese
def returned(report: Report, draft: Report, *, places: int) -> None:
    """To the unit: what it is to send again; leads to the draft of the next version."""
    text = ngettext(
        "%(addressee)s trả lại báo cáo %(period)s, %(places)d chỗ cần bổ sung",
        "%(addressee)s trả lại báo cáo %(period)s, %(places)d chỗ cần bổ sung",
        places,
    ) % {"addressee": report.addressee, "period": report.as_period.label, "places": places}
    if report.again_by:
        text += _(", gửi lại trước %(day)s") % {"day": printed(report.again_by)}
    tell(
        told.of_units([report.unit_id]),
        event=f"report returned {report.pk}",
        text=f"{text}.",
        about=draft,
        needs_action=True,
    )


@in_vietnamese
def accepted(report: Report) -> None:
    tell(
        told.of_units([report.unit_id]),
        event=f"report accepted {report.pk}",
        text=_("%(addressee)s đã chấp nhận báo cáo %(period)s")
        % {"addressee": report.addressee, "period": report.as_period.label},
        about=report,
    )
