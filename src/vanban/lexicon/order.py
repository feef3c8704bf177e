"""Words that count: ordinals of parts and clauses, quarters, capacities of signing."""

ORDINALS = "nhất hai ba tư bốn năm sáu bảy bẩy tám chín mười".split() + [
    f"mười {word}" for word in "một hai ba bốn tư lăm sáu bảy tám chín".split()
]
CARDINALS = "một hai ba bốn năm sáu bảy tám chín mười".split()
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}

# Nghị định 30/2020/NĐ-CP, Điều 13.
CAPACITIES = ("TM", "T/M", "KT", "K/T", "TL", "T/L", "TUQ", "Q")
ROLES = (
    "CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "BÍ THƯ",
    "PHÓ BÍ THƯ",
    "GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "TỔNG GIÁM ĐỐC",
    "CHÁNH",
    "PHÓ CHÁNH",
    "TRƯỞNG",
    "PHÓ TRƯỞNG",
    "PHÓ",
    "HIỆU TRƯỞNG",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "THỦ TƯỚNG",
    "CỤC TRƯỞNG",
    "CHI CỤC TRƯỞNG",
    "VỤ TRƯỞNG",
    "VIỆN TRƯỞNG",
    "TỔNG BÍ THƯ",
    "ỦY VIÊN",
    "TỔ TRƯỞNG",
    "ĐỘI TRƯỞNG",
    "CHỈ HUY TRƯỞNG",
    "CHÍNH ỦY",
    "TỔNG THANH TRA",
    "KHỐI TRƯỞNG",
    "Chủ tịch",
    "Phó Chủ tịch",
    "Giám đốc",
    "Phó Giám đốc",
    "Trưởng",
    "Phó Trưởng",
    "Bí thư",
    "Phó Bí thư",
    "Chánh",
    "Phó Chánh",
    "Hiệu trưởng",
)
