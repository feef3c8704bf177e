"""Family names, in capitals: a signer's name that is printed in capitals begins with one."""

SURNAMES = frozenset(
    """
    NGUYỄN TRẦN LÊ PHẠM HOÀNG HUỲNH PHAN VŨ VÕ ĐẶNG BÙI ĐỖ HỒ NGÔ DƯƠNG LÝ ĐINH TRƯƠNG LÂM MAI ĐÀO VƯƠNG TRỊNH
    HÀ TÔ TẠ CAO CHÂU QUÁCH LƯƠNG LƯU THÁI TỐNG NÔNG MA GIÀNG SÙNG LÒ VI LỤC TRIỆU KIỀU THẠCH CHU DANH BẾ CÙ CHÁNG
    DOÃN ĐÀM ĐỒNG GIÁP HỨA KHUẤT LA LẠI LONG LỮ LÙ MẠC NGHIÊM ÔNG PHÙNG QUAN QUẢNG SẦM THÀO THIỀU TIÊU TÒNG TRÀ TRANG
    TÔN VÀNG VĂN VIÊN YÊN ĐIỂU SIU RƠ KSOR HỜ HẦU HÙNG CẦM CHẨU ÂU BẠCH BÀN BIỆN
    """.split()
)
