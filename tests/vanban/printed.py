"""A plan of an invented province as offices print it: DOCX, its PDF by LibreOffice, its scan."""

import functools
from datetime import date

import pytest

from danvan.documents.official.layout import (
    Bullet,
    Heading,
    Note,
    OfficialDocument,
    Paragraph,
    Table,
)
from danvan.documents.official.pdf import as_pdf, converter
from danvan.documents.official.writing import write

COLUMNS = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
WORK = (
    ("Rà soát bộ thủ tục cấp tỉnh", "Văn phòng UBND tỉnh", "Các sở, ngành", "Quý I"),
    ("Tập huấn kỹ năng đối thoại", "Sở Nội vụ", "Ban Dân vận Tỉnh ủy", "Tháng 4"),
    ("Khảo sát mức độ hài lòng", "Sở Khoa học và Công nghệ", "UBND cấp xã", "Trước 30/6"),
    ("Kiểm tra việc tiếp công dân", "Thanh tra tỉnh", "Sở Tư pháp", "Quý III"),
    ("Phát động thi đua “Dân vận khéo”", "Sở Nội vụ", "Mặt trận Tổ quốc tỉnh", "Tháng 5"),
)
PLAN = OfficialDocument(
    issuer=["Ủy ban nhân dân", "tỉnh An Phúc"],
    sign="KH-UBND",
    number="57",
    kind="Kế hoạch",
    title="Thực hiện công tác dân vận của chính quyền các cấp tỉnh An Phúc năm 2024",
    place="An Phúc",
    issued_on=date(2024, 2, 19),
    preamble=[
        "Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022;",
        "Thực hiện Chương trình số 14-CTr/TU ngày 08 tháng 01 năm 2024 của Ban Thường vụ Tỉnh ủy về "
        "công tác vận động nhân dân, Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:",
    ],
    body=[
        Heading(1, "I. Mục đích, yêu cầu"),
        Heading(2, "1. Mục đích"),
        Paragraph(
            "Tạo chuyển biến rõ nét trong nhận thức của đội ngũ cán bộ, công chức về trách nhiệm phục vụ "
            "người dân và doanh nghiệp; củng cố niềm tin của người dân đối với bộ máy chính quyền."
        ),
        Heading(2, "2. Yêu cầu"),
        Bullet("Mỗi đơn vị chọn ít nhất một việc khó, người dân đang chờ, để giải quyết dứt điểm."),
        Bullet(
            "Việc thực hiện phải đúng thẩm quyền, đúng tiến độ, tránh hình thức; lấy mức độ hài lòng làm "
            "thước đo kết quả của từng cơ quan, từng người đứng đầu."
        ),
        Heading(1, "II. Nhiệm vụ và giải pháp"),
        Heading(2, "1. Cải cách thủ tục hành chính"),
        Bullet(
            "Văn phòng Ủy ban nhân dân tỉnh chủ trì, phối hợp với Sở Tư pháp rà soát quy trình liên thông, "
            "trình Chủ tịch Ủy ban nhân dân tỉnh trước ngày 30 tháng 4 năm 2024."
        ),
        Bullet(
            "Các sở, ban, ngành công khai đầy đủ thủ tục hành chính tại bộ phận một cửa và trên trang thông "
            "tin điện tử; xử lý 100% phản ánh, kiến nghị của người dân trong thời hạn luật định."
        ),
        Heading(2, "2. Tiếp công dân, đối thoại"),
        Bullet(
            "Thanh tra tỉnh tham mưu kế hoạch kiểm tra trách nhiệm tiếp công dân của người đứng đầu, báo cáo "
            "kết quả về Ủy ban nhân dân tỉnh trước ngày 15/10/2024."
        ),
        Bullet(
            [
                "Ủy ban nhân dân các xã, phường tổ chức đối thoại trực tiếp với nhân dân theo quy chế đã ban hành",
                Note(
                    "Quyết định số 612/QĐ-UBND ngày 03/4/2021 của Ủy ban nhân dân tỉnh về quy chế đối thoại "
                    "giữa người đứng đầu chính quyền với nhân dân trên địa bàn."
                ),
                " ít nhất hai lần trong năm, trong đó một lần về đất đai, giải phóng mặt bằng và một lần về "
                "chính sách an sinh xã hội, bảo đảm mọi ý kiến nêu ra đều được ghi biên bản, được phân công "
                "người trả lời và được theo dõi đến khi có kết quả cuối cùng theo đúng quy định",
                Note("Việc theo dõi thực hiện trên phần mềm dùng chung của tỉnh."),
                ", không để kéo dài sang năm sau.",
            ]
        ),
        Heading(2, "3. Phong trào thi đua “Dân vận khéo”"),
        Paragraph(
            "Sở Nội vụ hướng dẫn tiêu chí, lựa chọn và nhân rộng các mô hình tiêu biểu trong lĩnh vực xây "
            "dựng nông thôn mới, chuyển đổi số và bảo vệ môi trường."
        ),
        Heading(1, "III. Chỉ tiêu"),
        Paragraph("1. 100% cán bộ, công chức được quán triệt Kế hoạch này."),
        Paragraph("2. Ít nhất 92% hồ sơ thủ tục hành chính được giải quyết đúng hạn."),
        Heading(1, "IV. Tổ chức thực hiện"),
        Heading(2, "1. Sở Nội vụ"),
        Bullet(
            "Chủ trì, phối hợp với các cơ quan liên quan theo dõi, đôn đốc việc thực hiện Kế hoạch."
        ),
        Bullet(
            "Tổng hợp, báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện trước ngày 10 tháng 12 năm 2024."
        ),
        Heading(2, "2. Sở Tài chính"),
        Paragraph(
            "Thẩm định dự toán kinh phí, trình cấp có thẩm quyền xem xét, bố trí theo khả năng ngân sách."
        ),
        Heading(2, "3. Các sở, ban, ngành; Ủy ban nhân dân các xã, phường"),
        Bullet(
            "Xây dựng kế hoạch cụ thể của đơn vị, gửi Sở Nội vụ trước ngày 15 tháng 3 năm 2024."
        ),
        Bullet("Định kỳ hằng quý báo cáo kết quả về Sở Nội vụ trước ngày 20 của tháng cuối quý."),
        Paragraph("Phân công cụ thể theo bảng sau:"),
        Table(COLUMNS, [(str(n + 1), *WORK[n % len(WORK)]) for n in range(15)]),
        Paragraph(
            "Trên đây là Kế hoạch thực hiện công tác dân vận của chính quyền các cấp năm 2024, yêu cầu các "
            "cơ quan, đơn vị nghiêm túc triển khai."
        ),
    ],
    recipients=[
        "Thường trực Tỉnh ủy (b/c)",
        "Các sở, ban, ngành thuộc tỉnh và Ủy ban nhân dân các xã, phường",
        "Lưu: VT, NC",
    ],
    authority=["TM. Ủy ban nhân dân", "KT. Chủ tịch"],
    signer_role="Phó Chủ tịch",
    signer="Hoàng Thị Bích Vân",
)


@functools.cache
def docx() -> bytes:
    return write(PLAN)


@functools.cache
def pdf() -> bytes:
    """The plan printed; tests that need it are skipped where LibreOffice is missing."""
    if converter() is None:
        pytest.skip("LibreOffice is not installed")
    return as_pdf(docx())
