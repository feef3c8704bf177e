"""Tables as XLSX: what is on screen, with its filter as a line on top. Other stages may use it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from danvan.text import fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = 9  # as Excel numbers paper
MOST = 10_000  # rows of one file; what is more is said on its last line
_BOLD = Font(bold=True)
_HEAD = PatternFill("solid", fgColor="E3EEF8")
_TURNED = Alignment(text_rotation=90, wrap_text=True, vertical="bottom")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Head:
    """A column: its head, and its width in characters; turned where it is one of many."""

    words: str
    width: int = 16
    is_turned: bool = False


def workbook(
    title: str,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Any]],
    *,
    filtered: str = "",
    frozen_columns: int = 0,
) -> bytes:
    """Title, the filter in words, heads that stay, rows. Dates are dates; no text is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    for place, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = head.width
    sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}4"
    _for_paper(sheet)
    sheet.append([_cell(sheet, title, font=_BOLD)])
    sheet.append([_cell(sheet, filtered or _("Không lọc"))])
    sheet.append(
        [
            _cell(
                sheet,
                head.words,
                font=_BOLD,
                fill=_HEAD,
                alignment=_TURNED if head.is_turned else _WRAPPED,
            )
            for head in heads
        ]
    )
    for place, row in enumerate(rows):
        if place == MOST:
            said = _("Chỉ xuất %(count)s dòng đầu. Lọc hẹp hơn để xuất phần còn lại.")
            sheet.append([_cell(sheet, said % {"count": f"{MOST:,}".replace(",", ".")})])
            break
        sheet.append([_cell(sheet, value, alignment=_WRAPPED) for value in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def answer(content: bytes, name: str) -> HttpResponse:
    """The file as a download."""
    response = HttpResponse(content, content_type=XLSX)
    file = slugify(fold(name)) or "danvan"
    response["Content-Disposition"] = f'attachment; filename="{file}.xlsx"'
    return response


def _for_paper(sheet: Any) -> None:
    """A4 across, as wide as the sheet; heads on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"


def _cell(sheet: Any, value: Any, **style: Any) -> WriteOnlyCell:
    """Text is written as text: what begins with “=” is no formula."""
    cell = WriteOnlyCell(sheet, None)
    if isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    elif isinstance(value, int | float):
        cell.value = value
    elif value is not None:
        cell.value = _printable(str(value))
        cell.data_type = "s"
    for name, one in style.items():
        setattr(cell, name, one)
    return cell


def _printable(words: str) -> str:
    """Without what a cell cannot hold: control characters, and more than Excel takes."""
    return "".join(sign for sign in words if sign >= " " or sign in "\n\t")[:32_000]


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in r"[]:*?/\\")[:31] or "danvan"
