"""Why a file cannot be read, said to the person who gave it."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):
    """A file that holds no text to read. `code` is for programs, `str()` for people (Vietnamese)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    message: str


EMPTY = Reason("empty", "Tệp “{name}” không có nội dung. Kiểm tra tệp gốc.")
TOO_LARGE = Reason(
    "too_large",
    "Tệp “{name}” lớn hơn 50 MB. Chia nhỏ văn bản hoặc bỏ bớt hình ảnh rồi tải lên lại.",
)
NOT_DOCUMENT = Reason(
    "not_document",
    "Tệp “{name}” không phải văn bản đọc được (DOCX, ODT, PDF, bản quét, HTML, TXT, Markdown). Chọn tệp khác. Chưa có gì được lưu.",
)
OLD_WORD = Reason(
    "not_document",
    "Tệp “{name}” ở định dạng Word cũ (.doc) hoặc định dạng Office cũ, không đọc được. Mở bằng Word, "
    "lưu thành DOCX rồi tải lên lại. Chưa có gì được lưu.",
)
RTF = Reason(
    "not_document",
    "Tệp “{name}” ở định dạng RTF, không đọc được. Mở bằng Word, lưu thành DOCX rồi tải lên lại. "
    "Chưa có gì được lưu.",
)
NO_PDF = Reason(
    "missing_tool",
    "Chưa đọc được tệp PDF “{name}” vì máy chủ chưa cài pypdfium2. Báo quản trị cài pypdfium2, hoặc tải "
    "lên bản DOCX.",
)
NO_PILLOW = Reason(
    "missing_tool",
    "Chưa đọc được hình ảnh “{name}” vì máy chủ chưa cài Pillow. Báo quản trị cài Pillow, hoặc tải lên "
    "bản DOCX.",
)
NO_TESSERACT = Reason(
    "missing_tool",
    "Tệp “{name}” là bản quét; máy chủ chưa cài Tesseract để nhận dạng chữ. Báo quản trị cài các gói "
    "tesseract-ocr và tesseract-ocr-vie, hoặc tải lên bản DOCX.",
)
NO_VIETNAMESE = Reason(
    "missing_tool",
    "Tệp “{name}” là bản quét; Tesseract trên máy chủ thiếu bộ chữ tiếng Việt. Báo quản trị cài gói "
    "tesseract-ocr-vie, hoặc tải lên bản DOCX.",
)
PDF_NO_TEXT = Reason(
    "no_text", "Tệp PDF “{name}” không có chữ nào đọc được. Kiểm tra tệp gốc hoặc quét lại rõ hơn."
)
IMAGE_NO_TEXT = Reason(
    "no_text",
    "Không nhận ra chữ nào trong hình ảnh “{name}”. Quét lại thẳng, rõ, từ 200 dpi trở lên.",
)
TOO_LONG = Reason(
    "too_large",
    "Tệp “{name}” có quá nhiều trang hoặc quá phức tạp. Chia nhỏ văn bản rồi tải lên lại.",
)
BOMB = Reason(
    "too_large",
    "Hình ảnh “{name}” quá lớn. Lưu lại ở 200–300 dpi rồi tải lên.",
)
SLOW_SCAN = Reason(
    "too_large",
    "Nhận dạng chữ trong “{name}” mất quá nhiều thời gian. Quét lại ở 200–300 dpi rồi tải lên.",
)
LOCKED_PDF = Reason(
    "locked",
    "Tệp PDF “{name}” được bảo vệ bằng mật khẩu. Bỏ mật khẩu, lưu lại rồi tải lên.",
)
NO_PICTURE = Reason(
    "no_picture", "Tệp “{name}” không có hình trang để xem: chỉ PDF và bản quét có. Xem phần chữ."
)
DAMAGED_PDF = Reason(
    "damaged",
    "Tệp “{name}” bị hỏng. Xuất lại PDF hoặc quét lại từ bản gốc rồi tải lên.",
)
ONLY_PICTURES = Reason(
    "no_text",
    "Tệp “{name}” là bản quét chưa có chữ (DOCX chỉ chứa hình ảnh). Lưu thành PDF rồi tải lên để nhận "
    "dạng chữ, hoặc tải lên bản DOCX có chữ.",
)
DAMAGED = Reason(
    "damaged",
    "Tệp “{name}” bị hỏng hoặc không an toàn. Mở bằng Word, lưu thành bản mới rồi tải lên lại.",
)
UNSAFE = Reason(
    "unsafe",
    "Tệp “{name}” bị hỏng hoặc không an toàn. Mở bằng Word, lưu thành bản mới rồi tải lên lại.",
)
LOCKED = Reason(
    "locked",
    "Tệp “{name}” được bảo vệ bằng mật khẩu. Mở bằng Word, bỏ mật khẩu, lưu lại rồi tải lên.",
)

TOO_HARD = Reason(
    "too_hard",
    "Đọc tệp “{name}” mất quá nhiều thời gian hoặc bộ nhớ nên đã dừng. Chia văn bản thành nhiều tệp nhỏ "
    "hoặc bỏ bớt bảng, hình ảnh rồi tải lên lại.",
)
CRASHED = Reason(
    "crashed",
    "Chương trình đọc dừng đột ngột khi đọc tệp “{name}”. Mở bằng Word, lưu thành bản DOCX mới rồi tải "
    "lên lại; nếu vẫn lỗi, báo cho quản trị hệ thống.",
)


def refuse(reason: Reason, name: str) -> Unreadable:
    return Unreadable(reason.code, reason.message.format(name=name))
