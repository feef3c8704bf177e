"""Verbs of duty: how an order begins, and what stands between a doer and his task."""

# How an imperative sentence begins, in small letters; one or two syllables.
OPENERS = frozenset(
    """
    ban hành|bám sát|bảo đảm|bảo vệ|báo cáo|biểu dương|bình chọn|bố trí|bổ sung|bồi dưỡng|bãi bỏ
    cải cách|cải thiện|cập nhật|cân đối|chăm lo|chấm điểm|chấn chỉnh|chấp hành|chỉ đạo|chú trọng
    chú ý|chuẩn bị|chủ động|chủ trì|chuyển|chịu trách|công bố|công khai|coi trọng|củng cố|cung cấp
    cụ thể|cử|duy trì|dự báo|dự toán|đa dạng|đánh giá|đào tạo|đảm bảo|đăng ký|đăng tải|đăng|đẩy mạnh
    đẩy nhanh|đấu tranh|đề cao|đề nghị|đề xuất|điều chỉnh|điều hành|đôn đốc|đối thoại|đổi mới
    định hướng|định kỳ|động viên|đưa|gắn|ghi chép|giải quyết|giải thích|giám sát|giáo dục|giao|giúp
    giữ vững|giữ gìn|giới thiệu|gửi|gởi|hạn chế|hoàn thành|hoàn thiện|hoàn chỉnh|huy động|hỗ trợ
    hưởng ứng|hướng dẫn|hướng mạnh|hệ thống|khảo sát|khai thác|khắc phục|khẩn trương|khen thưởng
    khuyến khích|khuyến nghị|kiểm soát|kiểm tra|kiến nghị|kiện toàn|kiên quyết|kịp thời|kết hợp
    kết nối|làm tốt|làm rõ|làm|lãnh đạo|lập|lắng nghe|lấy|liên hệ|lồng ghép|lưu trữ|lựa chọn|mở rộng
    mở|nắm bắt|nắm|nâng cao|nâng|nêu cao|nghiên cứu|nghiêm túc|nghiêm cấm|ngăn chặn|nhân rộng
    niêm yết|nỗ lực|phát hiện|phát huy|phát động|phát triển|phân công|phân loại|phân tích|phân bổ
    phấn đấu|phần đấu|phê duyệt|phê bình|phòng chống|phòng ngừa|phòng,|phối hợp|phổ biến|phục vụ
    phụ trách|quan tâm|quản lý|quán triệt|quy định|quyết liệt|quyết định|rà soát|rút kinh|rút ngắn
    sắp xếp|sơ kết|sử dụng|sửa đổi|tạo|tăng cường|tăng|tập huấn|tập trung|tập hợp|tham dự|tham gia
    tham mưu|thành lập|thanh tra|thăm|thẩm định|theo dõi|thi hành|thiết lập|thiết kế|thống kê
    thống nhất|thông báo|thông tin|thông qua|thu hút|thu thập|thực hành|thực hiện|thường xuyên
    thúc đẩy|tích cực|tiến hành|tiếp nhận|tiếp thu|tiếp tục|tiếp công|tiếp xúc|tìm hiểu|tổ chức
    tổng hợp|tổng kết|tôn vinh|trang bị|tranh thủ|triển khai|trình|trực tiếp|trả lời|trao đổi
    trên cơ|tuân thủ|tuyên dương|tuyên truyền|tuyển chọn|tuyển dụng|tư vấn|tự kiểm|tự đánh|ưu tiên
    ứng dụng|vận động|vận hành|vận dụng|xác định|xác minh|xây dựng|xem xét|xét|xóa|xử lý|xử phạt
    yêu cầu|ký kết|ký|in ấn|cấp phát|chi trả|thanh toán|quyết toán|thu|nộp|thay thế|chống|ngăn ngừa
    căn cứ|đối với|nếu|trường hợp|hàng năm|hằng năm|hàng quý|hằng quý|hàng tháng|hằng tháng|hàng tuần
    hằng tuần|sau khi|khi|trước khi|trong quá|cần|phải|theo chức|chuyển đổi|số hóa|cắt giảm|đơn giản
    tháo gỡ|đồng hành|nhân cấp|gìn giữ|bảo tồn|tôn tạo|khơi dậy|lan tỏa|tôn trọng|trọng tâm|thí điểm
    cam kết|chấm dứt|bàn giao|tổ chức,|thống nhất,|trích|tạm dừng|ghi nhận|khẳng định|luân chuyển|đặt
    đấu nối|chia sẻ|rèn luyện|tu dưỡng|gương mẫu|nhận thức|quy hoạch|sắp xếp,|tinh giản|thường trực
    giữ|đưa vào|đổi|tiết kiệm|bám|xác nhận|hòa giải|phản ánh|phát|dành|tặng|trao|nghiệm thu|chăm sóc
    đầu tư|đầu tranh|tạo điều|tăng tỷ|giảm|dạy|học tập|tự|có kế|có giải|có biện|có trách|có văn|có hình|mời
    nghiêm chỉnh|phê chuẩn|hợp tác|tận dụng|bồi thường|lập hồ|không để|không tổ|không|hết sức|luôn
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
) - {""}

# Words before the verb that do not change whether a sentence is an order.
CONNECTIVES = (
    "Đồng thời",
    "đồng thời",
    "Bên cạnh đó",
    "bên cạnh đó",
    "Qua đó",
    "qua đó",
    "Từ đó",
    "từ đó",
    "Ngoài ra",
    "Trước mắt",
    "Đặc biệt",
    "Hàng năm",
    "Hằng năm",
    "Mặt khác",
    "Song song đó",
    "Cùng với đó",
    "Riêng",
    "Ngoài nhiệm vụ trên",
)

# What ends the name of a doer: the beginning of what he does. All in small letters.
PREDICATES = (
    "có trách nhiệm",
    "chịu trách nhiệm",
    "kính đề nghị",
    "đề nghị",
    "yêu cầu",
    "có nhiệm vụ",
    "có kế hoạch",
    "có văn bản",
    "chủ trì",
    "chù trì",
    "chủ động",
    "phối hợp",
    "phối kết hợp",
    "cùng với",
    "tiếp tục",
    "tăng cường",
    "tăng",
    "thường xuyên",
    "kịp thời",
    "khẩn trương",
    "nghiêm túc",
    "tích cực",
    "quan tâm",
    "phải",
    "cần",
    "căn cứ",
    "trên cơ sở",
    "theo chức năng",
    "theo nhiệm vụ",
    "theo thẩm quyền",
    "tùy theo",
    "tham mưu",
    "tham gia",
    "chỉ đạo",
    "chỉ định",
    "rà soát",
    "xây dựng",
    "thực hiện",
    "triển khai",
    "tổ chức thực hiện",
    "tổ chức triển khai",
    "tổ chức tuyên truyền",
    "tổ chức quán triệt",
    "tổ chức phổ biến",
    "tổ chức tập huấn",
    "tổ chức kiểm tra",
    "tổ chức góp ý",
    "tổ chức đối thoại",
    "tổ chức tổng kết",
    "tổ chức tốt",
    "tổ chức hội nghị",
    "tổ chức các",
    "tổ chức lấy",
    "tổ chức đánh giá",
    "tổ chức rà soát",
    "tổ chức tiếp",
    "ban hành",
    "hướng dẫn",
    "theo dõi",
    "đôn đốc",
    "báo cáo",
    "gửi",
    "gởi",
    "lãnh đạo triển khai",
    "lãnh đạo, chỉ đạo",
    "lãnh đạo thực hiện",
    "lãnh đạo việc",
    "quán triệt",
    "nghiên cứu",
    "đẩy mạnh",
    "nâng cao",
    "nêu cao",
    "cụ thể hóa",
    "bố trí",
    "bảo đảm",
    "đảm bảo",
    "tạo điều kiện",
    "tạo mọi điều kiện",
    "giám sát",
    "kiểm tra",
    "tập trung",
    "đổi mới",
    "phát huy",
    "thống nhất",
    "định kỳ",
    "làm tốt",
    "chấm điểm",
    "làm đầu mối",
    "làm cơ quan",
    "tiếp công dân",
    "tiếp nhận",
    "thông báo",
    "thông tin",
    "phụ trách",
    "hoàn thành",
    "hoàn thiện",
    "duy trì",
    "vận động",
    "tuyên truyền",
    "lồng ghép",
    "đưa nội dung",
    "ký kết",
    "xem xét",
    "giải quyết",
    "giúp",
    "hỗ trợ",
    "phân công",
    "thẩm định",
    "tổng hợp",
    "lựa chọn",
    "đăng tải",
    "đăng tin",
    "cung cấp",
    "đề xuất",
    "phổ biến",
    "lập kế hoạch",
    "lập danh sách",
    "lập dự toán",
    "cử cán bộ",
    "cử người",
    "bám sát",
    "đánh giá",
    "cập nhật",
    "chấp hành",
    "xử lý",
    "nắm tình hình",
    "nắm bắt",
    "nắm chắc",
    "rút kinh nghiệm",
    "sơ kết",
    "tổng kết",
    "trực tiếp",
    "chuẩn bị",
    "phản ánh",
    "trình",
    "thành lập",
    "kiện toàn",
    "củng cố",
    "phát động",
    "quản lý",
    "khuyến khích",
    "hằng năm",
    "hàng năm",
    "hằng quý",
    "hàng quý",
    "hằng tháng",
    "hàng tháng",
    "sử dụng",
    "tự chấm",
    "tự đánh giá",
    "tự kiểm tra",
    "tự rà soát",
    "gương mẫu",
    "đăng ký",
    "niêm yết",
    "công khai",
    "chăm lo",
    "ưu tiên",
    "huy động",
    "phấn đấu",
    "hòa giải",
    "xác định",
    "xác minh",
    "quy định",
    "dựa trên",
    "là cơ quan",
    "tiến hành",
    "kiểm soát",
    "tuyển chọn",
    "chuyển",
    "đồng hành",
    "đấu tranh",
    "đồng chủ trì",
    "thi hành",
    "quyết định",
    "ủy quyền",
    "tổ chức ",
)
