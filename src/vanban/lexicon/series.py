"""Names that together are all there is: a whole divided by them leaves nothing over."""

SERIES: tuple[tuple[str, ...], ...] = (
    ("cấp tỉnh", "cấp huyện", "cấp xã"),
    ("khiếu nại", "tố cáo", "kiến nghị, phản ánh"),
    ("khiếu nại", "tố cáo", "phản ánh, kiến nghị"),
    ("nam", "nữ"),
    ("đã giải quyết", "đang giải quyết"),
    ("trước hạn", "đúng hạn", "quá hạn"),
    ("trực tiếp", "trực tuyến"),
)

# All kinds of administrative units of a level.
UNITS: dict[str, tuple[str, ...]] = {
    "xã": ("xã", "phường", "thị trấn", "đặc khu"),
    "huyện": ("huyện", "quận", "thị xã", "thành phố"),
}
