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
    "Tệp “{name}” không phải văn bản đọc được (DOCX, TXT, Markdown). Chọn tệp khác. Chưa có gì được lưu.",
)
OLD_WORD = Reason(
    "not_document",
    "Tệp “{name}” ở định dạng Word cũ (.doc) hoặc định dạng Office cũ, không đọc được. Mở bằng Word, "
    "lưu thành DOCX rồi tải lên lại. Chưa có gì được lưu.",
)
PDF = Reason(
    "not_document",
    "Tệp “{name}” là PDF; phiên bản này chưa đọc được PDF. Tải lên bản DOCX hoặc TXT của văn bản. "
    "Chưa có gì được lưu.",
)
PDF_SCAN = Reason(
    "no_text",
    "Tệp “{name}” là bản quét chưa có chữ; chưa đọc được bản quét ở phiên bản này. Tải lên bản DOCX "
    "hoặc TXT của văn bản.",
)
IMAGE = Reason(
    "no_text",
    "Tệp “{name}” là bản quét chưa có chữ (hình ảnh); chưa đọc được bản quét ở phiên bản này. Tải lên "
    "bản DOCX hoặc TXT của văn bản.",
)
ONLY_PICTURES = Reason(
    "no_text",
    "Tệp “{name}” là bản quét chưa có chữ (DOCX chỉ chứa hình ảnh); chưa đọc được bản quét ở phiên bản "
    "này. Tải lên bản DOCX có chữ hoặc TXT.",
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
