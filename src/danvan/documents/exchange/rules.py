"""Which entries of “Nơi nhận” are recipients, and how each can be reached."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from danvan.documents.choices import DeliveryWay

LETTER = 20 * 1024 * 1024  # bytes of a file that mail servers still take
_FOR_WHAT = re.compile(r"\((?:để |b/c|báo cáo|phối hợp|thực hiện|để biết)[^)]*\)", re.IGNORECASE)
_KEPT = re.compile(r"^lưu\b", re.IGNORECASE)  # “Lưu: VT, NC” stays at home
_BEFORE_2020 = "000.00.00."  # of a body of the first level, by QCVN 102:2016/BTTTT
_ABOVE = re.compile(r"^như (?:trên|điều|kính gửi)\b", re.IGNORECASE)  # said elsewhere in the text


def entries(printed: Iterable[str]) -> Iterator[str]:
    """“- Sở Tư pháp (để thực hiện);” → “Sở Tư pháp”; without what is no recipient."""
    for line in printed:
        entry = " ".join(_FOR_WHAT.sub("", line).strip(" -–;.,\t").split())
        if entry and not _KEPT.match(entry) and not _ABOVE.match(entry):
            yield entry


def ways(*, works_here: bool, in_exchange: bool = False) -> tuple[DeliveryWay, ...]:
    """How a recipient can be reached, the usual way first: e-mail and paper are the fall-back."""
    found = [DeliveryWay.SYSTEM] if works_here else []
    if in_exchange:
        found.append(DeliveryWay.EDXML)
    return (*found, DeliveryWay.FILE, DeliveryWay.MAIL)


def package_id(code: str, issued_on: date | None, number: str) -> str:
    """“000.00.04.G14,2012/08/06,267/VPCP-TTĐT”: issuer, day and number, as the exchange joins them."""
    return f"{code},{issued_on:%Y/%m/%d},{number}" if issued_on else f"{code},,{number}"


def same_organ(code: str) -> set[str]:
    """“000.00.00.G12” and “G12” are one body, before and after QĐ 20/2020/QĐ-TTg.

    So it stands in a package of the national axis, sent to both. Of bodies below the first level
    no rule is known: there the codes are data.
    """
    top = code.removeprefix(_BEFORE_2020)
    return {top, f"{_BEFORE_2020}{top}"} if top and "." not in top else {code}


def days_waiting(sent_at: datetime, now: datetime) -> int:
    return max(0, (now.date() - sent_at.astimezone(now.tzinfo).date()).days)
