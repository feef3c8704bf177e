"""The codes that a unit bears in the systems of the state."""

import re
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from danvan.audit.actions import record
from danvan.org.actors import Actor
from danvan.org.choices import CodeSystem
from danvan.org.models import Unit, UnitCode
from danvan.refusals import NotAccepted
from danvan.text import in_digits

from .lives import begin_change, existing_on

CODE_FORMS = {
    # Provinces, districts until 30/6/2025, communes: QĐ 124/2004/QĐ-TTg, QĐ 19/2025/QĐ-TTg
    CodeSystem.STATISTICS: re.compile(r"\d{2}|\d{3}|\d{5}"),
    # QĐ 20/2020/QĐ-TTg, and the form of QCVN 102:2016 before it
    CodeSystem.AGENCY: re.compile(r"[A-Z]\d{2}(?:\.\d{1,4})*|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"),
}


@transaction.atomic
def give_code(unit: Unit, system: CodeSystem, code: str, *, on: date, by: Actor) -> UnitCode:
    """The unit's code in a system from a day on; the one that it had ends."""
    begin_change(by)
    system, code = CodeSystem(system), code.strip().upper()
    if len(code) > 35 or not CODE_FORMS[system].fullmatch(code):
        raise NotAccepted(
            _("“%(code)s” không đúng dạng của %(system)s.")
            % {"code": code, "system": system.label.lower()}
        )
    name, until = existing_on(unit, on)
    of_system = unit.codes.filter(system=system)
    later = of_system.filter(validity__startswith__gte=on).first()
    current = later or of_system.filter(validity__contains=on).first()
    if current and current.code == code:
        return current
    if later:
        raise NotAccepted(
            _("Từ ngày %(day)s đơn vị đã có mã %(code)s: chọn một ngày sau đó.")
            % {"day": in_digits(later.validity.lower), "code": later.code}
        )
    taken = UnitCode.objects.filter(
        system=system, code=code, validity__overlap=DateRange(on, until)
    ).exclude(unit=unit)
    if other := taken.first():
        name = Unit.objects.named(max(on, other.validity.lower)).get(pk=other.unit_id).name
        raise NotAccepted(
            _("Mã %(code)s là của %(unit)s trong thời gian đó.") % {"code": code, "unit": name}
        )
    was = {"code": current.code if current else ""}
    if current:
        current.validity = DateRange(current.validity.lower, on)
        current.save(update_fields=["validity"])
    given = UnitCode.objects.create(
        unit=unit, system=system, code=code, validity=DateRange(on, until)
    )
    unit.name = name
    record(
        unit,
        "unit_code_given",
        by=by,
        before=was,
        after={"code": code},
        system=system.label,
        code=code,
        on=in_digits(on),
    )
    return given
