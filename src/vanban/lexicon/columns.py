"""Names of the columns of tables, in small letters; the first row whose words stand there decides."""

NUMBER = frozenset(
    ("stt", "tt", "số tt", "số thứ tự", "s tt", "s.tt", "s.t.t", "t.t", "no", "no.", "thứ tự")
)

# (what the column holds, the words it begins with)
OPENINGS = (
    ("scored", ("tự chấm", "tự đánh giá", "kết quả chấm", "điểm tự", "điểm đạt", "điểm thẩm định")),
    ("scored", ("điểm đánh giá", "điểm kiểm tra", "điểm của", "điểm do", "điểm sau", "điểm được")),
    (
        "criterion",
        ("tiêu chí", "tiêu chuẩn", "nội dung đánh giá", "nội dung chấm", "nội dung tiêu"),
    ),
    ("criterion", ("nội dung, tiêu chí", "nhóm tiêu chí", "các tiêu chí", "lĩnh vực, tiêu chí")),
    ("criterion", ("lĩnh vực/tiêu chí", "tên tiêu chí", "nội dung các tiêu chí")),
    ("partner", ("phối hợp", "cơ quan, đơn vị phối hợp", "nội dung phối hợp với")),
    ("lead", ("nhiệm vụ của ai", "người chủ trì")),
    ("task", ("nội dung", "nhiệm vụ", "công việc", "tên nhiệm vụ", "tên công việc", "hoạt động")),
    ("task", ("đầu việc", "giải pháp", "các nhiệm vụ", "các nội dung", "danh mục nhiệm vụ")),
    (
        "task",
        ("danh mục công việc", "việc cần làm", "tên đề án", "tên hoạt động", "yêu cầu công việc"),
    ),
    ("due", ("thời gian", "thời hạn", "tiến độ", "thời điểm", "hạn hoàn thành", "ngày hoàn thành")),
    ("due", ("hoàn thành trước", "hạn xử lý", "mốc thời gian", "kỳ báo cáo", "hạn báo cáo")),
    ("product", ("sản phẩm", "kết quả dự kiến", "dự kiến kết quả", "dự kiến sản phẩm")),
    ("product", ("kết quả đầu ra", "kết quả/sản phẩm", "kết quả, sản phẩm", "hình thức văn bản")),
    ("product", ("kết quả cần đạt", "kết quả phải đạt", "yêu cầu sản phẩm", "yêu cầu kết quả")),
    ("recipient", ("cấp trình", "nơi nhận báo cáo", "cơ quan nhận", "trình cấp", "đơn vị nhận")),
    ("unit", ("đơn vị tính", "đvt", "đv tính", "đơn vị đo")),
    ("rank", ("xếp hạng", "thứ hạng", "hạng", "xếp loại", "mã số", "mã ", "xếp thứ")),
    ("note", ("ghi chú", "minh chứng", "tài liệu kiểm chứng", "tài liệu minh chứng", "căn cứ")),
    (
        "note",
        ("lý do", "cơ sở pháp lý", "giải trình", "văn bản", "nguồn", "địa điểm", "số điện thoại"),
    ),
)

# (what the column holds, words that stand anywhere in its name)
INSIDE = (
    (
        "lead",
        ("chủ trì", "chịu trách nhiệm", "phụ trách", "đầu mối", "phân công", "trách nhiệm thực"),
    ),
    ("partner", ("phối hợp",)),
    ("scored", ("tự chấm", "chấm điểm", "thẩm định", "phúc tra", "hội đồng chấm")),
    (
        "most",
        ("điểm tối đa", "điểm chuẩn", "thang điểm", "mức điểm", "điểm quy định", "khung điểm"),
    ),
    ("most", ("điểm số tối đa", "số điểm", "điểm thưởng", "điểm trừ", "điểm cộng", "biểu điểm")),
    ("most", ("điểm số", "điểm tối thiểu và tối đa")),
)
MOST = frozenset(("điểm", "tối đa"))
PRODUCT = frozenset(("kết quả", "kết quả đạt được", "yêu cầu", "yêu cầu, kết quả"))

# Who does it: a body and what it does, “Đơn vị thực hiện”, “Người tham mưu”.
DOERS = (
    "cơ quan",
    "đơn vị",
    "bộ phận",
    "phòng",
    "người",
    "ban, ngành",
    "sở",
    "lực lượng",
    "cán bộ",
)
DOING = (
    "thực hiện",
    "tham mưu",
    "được giao",
    "triển khai",
    "xây dựng",
    "báo cáo",
    "chỉ đạo",
    "lãnh đạo",
)

# Things that the rows of a table of numbers name.
ITEMS = (
    "chỉ tiêu", "chỉ số", "tên", "địa phương", "đơn vị", "xã", "huyện", "phường", "lĩnh vực", "danh mục",
    "loại", "cơ quan", "nhóm", "đối tượng", "diễn giải", "ngành", "thôn", "họ và tên", "họ tên", "khoản mục",
    "thị trấn", "hạng mục", "chức danh",
)  # fmt: skip
VALUES = (
    "kế hoạch", "thực hiện", "tỷ lệ", "tỉ lệ", "số lượng", "so sánh", "so với", "tổng", "cộng", "lũy kế",
    "luỹ kế", "kỳ", "số liệu", "cùng kỳ", "ước", "tăng", "giảm", "đạt", "số tiền", "kinh phí", "số",
    "quý", "tháng", "năm", "giá trị", "diện tích", "khối lượng", "trong đó", "nam", "nữ",
)  # fmt: skip
PLACES = (
    "địa phương",
    "xã",
    "huyện",
    "phường",
    "thị trấn",
    "đơn vị hành chính",
    "thôn",
    "địa bàn",
    "tỉnh",
)
PLACE_NAMES = (
    "Xã ",
    "Phường ",
    "Thị trấn ",
    "Huyện ",
    "Thị xã ",
    "Thành phố ",
    "TP ",
    "TP. ",
    "Tỉnh ",
)

# “the same as above”, without blanks and dots
DITTO = frozenset(
    ('"', "”", "“", "''", "’’", "//", "nt", "-nt-", '"nt"', "“nt”", "-", '-"-', "-”-", "″")
)
TOTALS = ("tổng cộng", "tổng điểm", "tổng số điểm", "cộng", "tổng")
