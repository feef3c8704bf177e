"""The workbook to be filled in."""

from danvan.org.sheets.shape import YES, Row, labels
from danvan.org.sheets.writing import write_empty as empty_workbook
from danvan.text import in_vietnamese


@in_vietnamese
def template() -> bytes:
    """A workbook to be filled in, with examples; names are invented."""
    kinds, levels, roles = labels("kind"), labels("level"), labels("role")
    since, basis = "2025-07-01", "Nghị quyết số 12/NQ-HĐND ngày 30/6/2025"
    cells: list[tuple[str, dict[str, str]]] = [
        (
            "units",
            {
                "name": "UBND tỉnh Tân Giang",
                "short_name": "UBND tỉnh",
                "kind": kinds[0],
                "level": levels[1],
                "since": since,
                "statistics": "01",
                "basis": basis,
            },
        ),
        (
            "units",
            {
                "name": "Sở Nội vụ",
                "aliases": "Sở Nội vụ tỉnh; SNV",
                "kind": kinds[2],
                "level": levels[1],
                "parent": "UBND tỉnh Tân Giang",
                "since": since,
                "basis": basis,
                "leads": YES,
            },
        ),
        (
            "units",
            {
                "name": "UBND xã Bến Đá",
                "short_name": "Xã Bến Đá",
                "kind": kinds[0],
                "level": levels[3],
                "parent": "UBND tỉnh Tân Giang",
                "since": since,
                "statistics": "00070",
                "basis": basis,
            },
        ),
        (
            "people",
            {
                "name": "Trần Thị Mai Phương",
                "address": "bà",
                "email": "mai.phuong@tangiang.example",
                "phone": "0912 000 000",
                "unit": "Sở Nội vụ",
                "role": roles[0],
                "title": "Chuyên viên",
                "since": since,
            },
        ),
    ]
    advice = [
        "Điền trang “Đơn vị” và trang “Con người”; trang này chỉ để xem, không được nhập.",
        "Cấp trên ghi trước hay sau cấp dưới đều được. Ngày ghi dạng 01/07/2025.",
        "Đơn vị mới: để trống Mã đơn vị. Đổi tên, chuyển cấp trên: ghi Mã đơn vị, Từ ngày là ngày đổi, và Quyết định.",
        "Trước khi nhập, danvan cho xem từng dòng sẽ làm gì; dòng lỗi được nêu số dòng, cột và lý do.",
    ]
    rows = [Row(sheet, at, given) for at, (sheet, given) in enumerate(cells, start=1)]
    return empty_workbook(rows, advice)
