"""Where a sentence may be cut short, and where it may not: for the titles of duties."""

# What begins with one of these can be left out: a purpose, a ground, a manner, a condition.
PHRASES = (
    "để",
    "nhằm",
    "theo",
    "trên cơ sở",
    "căn cứ",
    "đối với",
    "thông qua",
    "gắn với",
    "gắn liền với",
    "góp phần",
    "bảo đảm",
    "đảm bảo",
    "phục vụ",
    "phù hợp với",
    "ban hành kèm theo",
    "trong đó",
    "từ đó",
    "qua đó",
    "nhất là",
    "đặc biệt là",
    "đặc biệt",
    "trọng tâm là",
    "nếu",
    "khi",
    "trước khi",
    "sau khi",
    "trong",
    "tại",
    "trên địa bàn",
    "bằng",
    "kết hợp với",
    "làm cơ sở",
    "hướng tới",
    "không để",
    "giai đoạn",
    "đồng thời",
)
# Words before one of the PHRASES that hold on to it: “kèm theo”, “không để”, “quán triệt trong”.
HOLDERS = ("kèm", "tiếp", "không", "nêu", "ghi", "nằm", "bên", "từ", "đến", "tính", "làm", "vừa")
# PHRASES that are the first half of another word: “theo dõi”, “trong sạch”, “tại chỗ”.
HALVES = (
    "theo dõi",
    "theo đuổi",
    "trong sạch",
    "trong sáng",
    "tại chỗ",
    "bằng khen",
    "bằng cấp",
    "khi nào",
    "để lại",
    "tại chức",
    "là chính",
)

# Words that no title ends with: what they lead to is missing.
LINKS = frozenset(
    """
    và hoặc của về cho với để nhằm theo tại trong đến tới từ bằng các những mọi mỗi từng là mà nếu khi
    như vì thì sẽ đã đang giữa kèm không rất
    """.split()
)

# After a comma these go on with a name or a list that only means something as a whole:
# “sở, ban, ngành”, “xã, phường, thị trấn”, “cán bộ, công chức, viên chức”, “phòng, chống”.
PARTS_OF_LISTS = (
    "ban",
    "ngành",
    "phòng",
    "phường",
    "xã",
    "thị xã",
    "thị trấn",
    "thành phố",
    "quận",
    "huyện",
    "thành ủy",
    "thị ủy",
    "thôn",
    "tổ dân phố",
    "khu phố",
    "công chức",
    "viên chức",
    "người lao động",
    "đoàn viên",
    "hội viên",
    "đảng viên",
    "đơn vị",
    "địa phương",
    "đoàn thể",
    "tổ chức",
    "chính quyền",
    "chống",
    "bài",
    "tố cáo",
    "an toàn",
    "vệ sinh",
)
