"""Encodings of Vietnamese from before Unicode, and the words by which a text is known as Vietnamese.

A file in one of these that is opened without its typeface reads “Céng hßa x· héi chñ nghÜa”: each byte
shows as a Western letter. The tables give, for such letters (Windows-1252), what they stand for.
"""

from __future__ import annotations

import unicodedata
from itertools import product

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng
VOWELS = "aăâeêioôơuưy"
LETTERS = tuple(
    unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)
) + ("đ",)  # the small letters that carry a mark, and the plain vowels

# TCVN 5712:1993, VN3 (“ABC”; the typefaces .Vn…): small letters by code, from 0xB5.
# Capitals with a tone have no code: the capital typefaces (.Vn…H) show the small letters as capitals.
_TCVN3_MARKED = "ĂÂÊÔƠƯĐăâêôơưđ"  # 0xA1 … 0xAE
_TCVN3_TONED = {
    0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờở", 0xEC: "ỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
TCVN3 = {chr(0xA1 + at): letter for at, letter in enumerate(_TCVN3_MARKED)} | {
    chr(first + at): letter
    for first, letters in _TCVN3_TONED.items()
    for at, letter in enumerate(letters)
}

# VNI-Windows: a vowel and, behind it, a letter that stands for its marks; ơ ư đ and some of i, y alone.
_VNI_ALONE = {
    "ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư", "ñ": "đ", "Ñ": "Đ",
    "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
    "Í": "Í", "Ì": "Ì", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ",
}  # fmt: skip
_VNI_TONE = {"ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323"}
_VNI_HAT = {"â": "", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "á": "\u0301", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "é": "\u0301", "ë": "\u0323"}


def _vni() -> dict[str, str]:
    small = {vowel + sign: vowel + tone for vowel in "aeouy" for sign, tone in _VNI_TONE.items()}
    small |= {shown + sign: letter + tone for shown, letter in (("ô", "ơ"), ("ö", "ư"))
              for sign, tone in _VNI_TONE.items()}  # fmt: skip
    small |= {v + sign: v + "\u0302" + tone for v in "aeo" for sign, tone in _VNI_HAT.items()}
    small |= {"a" + sign: "a\u0306" + tone for sign, tone in _VNI_BREVE.items()}
    small = {shown: unicodedata.normalize("NFC", letter) for shown, letter in small.items()}
    capital = {shown.upper(): letter.upper() for shown, letter in small.items()}
    first = {shown[0].upper() + shown[1]: letter.upper() for shown, letter in small.items()}
    return small | first | capital | _VNI_ALONE


VNI = _vni()

# VISCII (RFC 1456), from 0x80; six more capitals stand among the control codes.
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"  # 0x80
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"  # 0x90
    "Õắằặấầẩậẽẹếềểễệố"  # 0xA0
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"  # 0xB0
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"  # 0xC0
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"  # 0xD0
    "àáâãảăữẫèéêẻìíĩỉ"  # 0xE0
    "đựòóôõỏọụùúũủýợỮ"  # 0xF0
)
VISCII = dict(enumerate(_VISCII_HIGH, 0x80)) | {
    0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
}  # fmt: skip

# The commonest syllables with a mark in documents of offices.
FREQUENT = frozenset(
    "và của các được là với những không có đã cho để này một về tại từ đến trên dưới trong ngày tháng năm số "
    "việc thực hiện công tác dân vận tỉnh huyện xã phường thị trấn thành phố ủy uỷ nhân ban đảng bộ chính quyền "
    "cộng hòa hoà hội chủ nghĩa việt nam độc lập tự do hạnh phúc kế hoạch báo cáo quyết định nghị chỉ thông tư "
    "luật điều khoản mục căn cứ theo đề xét nhiệm vụ giải pháp mục đích yêu cầu nội dung tổ chức kết quả "
    "đơn vị sở ngành lãnh đạo cán viên đoàn thể mặt trận quốc phối hợp trì tiếp tục tăng cường nâng cao chất lượng "
    "kiểm tra giám sát đánh giá tuyên truyền phát triển kinh tế xây dựng cơ quan địa bàn người hộ nghèo đạt tỷ lệ "
    "đồng triệu cả nước nhà quản lý hành cải cách thủ tướng tịch trưởng phó ký nơi nhận lưu kính gửi trước sau "
    "thời gian chậm nhất hằng quý bí thư hướng dẫn trách phát động phong trào đối thoại khiếu nại tố cáo trả lời "
    "ý kiến đơn đúng hạn đẩy mạnh bảo đảm quy chế cử tri sống đời vào còn nhiều phải đó cũng đều ở lại rất "
    "thì mà nếu khi đang sẽ bị đi đầu tư vốn lao động nông thôn mới giáo dục y tế văn hóa hoá thể môi trường".split()
)
FREQUENT_MARKED = frozenset(word for word in FREQUENT if not word.isascii())
