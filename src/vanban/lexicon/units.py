"""Units of quantities and things counted in plans and reports; the longest that fits is the unit."""

from __future__ import annotations


def _words(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.strip().splitlines() if line.strip())


SCALES = ("nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ")  # “220 nghìn tấn”, “1,2 triệu lượt”
MONEY = (
    *("nghìn tỷ đồng", "ngàn tỷ đồng", "tỷ đồng", "tỉ đồng", "triệu đồng", "ngàn đồng"),
    *("nghìn đồng", "đồng", "đ", "triệu USD", "tỷ USD", "tỉ USD", "USD", "đô la Mỹ", "tỷ", "tỉ"),
)
MEASURES = (
    *("km2", "km²", "km", "Km", "m2", "m²", "m3", "m³", "ha", "Ha", "héc ta", "hecta", "hécta"),
    *("tấn", "tạ", "yến", "kg", "lít", "kWh", "MW", "MWp", "KVA", "mét", "mét vuông", "m", "dBA"),
    *("sào", "công đất", "điểm phần trăm", "điểm %", "bậc", "hạng"),
)

# Places and people are counted in chains too: “xã, phường, thị trấn”, “đoàn viên, hội viên”.
PLACES = _words("""
tỉnh
thành phố
huyện
thị xã
quận
xã
phường
thị trấn
đặc khu
thôn
bản
ấp
khóm
xóm
buôn
làng
tổ dân phố
khu phố
khu dân cư
tổ nhân dân
sở
ban
ngành
đoàn thể
""")
PEOPLE = _words("""
cán bộ
công chức
viên chức
đảng viên
đoàn viên
hội viên
chiến sĩ
chiến sỹ
công nhân
công nhân lao động
người lao động
lao động
học sinh
sinh viên
học viên
giáo viên
nhà giáo
thanh niên
thiếu nhi
phụ nữ
nông dân
cử tri
đại biểu
báo cáo viên
tuyên truyền viên
hòa giải viên
cộng tác viên
tình nguyện viên
người dân
nhân dân
quần chúng
người
""")
COUNTS = _words("""
lượt
lượt đoàn
lượt tiếp
lượt công dân
lượt hộ
lượt khách
lượt hồ sơ
lượt nghe
lượt xem
lượt truy cập
lượt chia sẻ
lượt thí sinh
lượt bệnh nhân
lượt đơn vị
công dân
thành viên
đối tượng
bệnh nhân
thí sinh
khách
du khách
cháu
trẻ em
trẻ
em
cụ
đồng chí
già làng
người có uy tín
chức sắc
chức việc
tín đồ
hộ
hộ gia đình
hộ dân
hộ kinh doanh
gia đình
nhân khẩu
khẩu
cặp
tập thể
cá nhân
mô hình, điển hình
mô hình
điển hình
gương
công trình, phần việc
công trình
phần việc
dự án
đề án
tiểu dự án
chương trình
kế hoạch
nhiệm vụ
đề tài
sáng kiến
giải pháp
sản phẩm
cơ quan, đơn vị
đơn vị, địa phương
tổ chức, cá nhân
tập thể, cá nhân
sở, ban, ngành
sở, ngành
sở, ban, ngành, địa phương
cơ quan
đơn vị
địa phương
doanh nghiệp
hợp tác xã
tổ hợp tác
công ty
cơ sở
cửa hàng
gian hàng
trang trại
chợ
trạm
trường
phòng học
phòng
điểm trường
bệnh viện
nhà máy
xí nghiệp
tổ chức
tổ chức đảng
tổ chức cơ sở đảng
đảng bộ
đảng ủy
cấp ủy
chi bộ
chi hội
chi đoàn
công đoàn cơ sở
công đoàn
đoàn cơ sở
câu lạc bộ
nghiệp đoàn
tổ
nhóm
nhóm Zalo
đội
đội hình
đội tuyển
đoàn
khối
bộ phận
ban chỉ đạo
hội đồng
cụm
ủy ban
vụ
vụ việc
vụ án
việc
đơn
đơn thư
đơn hàng
trường hợp
ca
ổ dịch
hồ sơ
thủ tục
dịch vụ
dịch vụ công
giao dịch
tài khoản
tài liệu
văn bản
nghị quyết
quyết định
chỉ thị
công văn
thông báo
báo cáo
hướng dẫn
tờ trình
quy định
quy chế
quy ước
hương ước
dự thảo
kết luận
giấy chứng nhận
giấy phép
giấy mời
giấy khen
bằng khen
cờ thi đua
huân chương
huy chương
danh hiệu
giải
giải thưởng
bản
cam kết
thỏa ước
hợp đồng
phiếu
biên bản
chữ ký
ý kiến
ý kiến, kiến nghị
kiến nghị
phản ánh
phản ánh, kiến nghị
câu hỏi
khiếu nại
tố cáo
cuộc
đợt
lần
lớp
buổi
hội nghị
hội thảo
hội thi
hội diễn
tọa đàm
diễn đàn
kỳ họp
phiên họp
phiên
phiên chợ
phiên tòa
hội chợ
chuyến
tua
tour
suất
phần
túi quà
túi
thùng
chai
hộp
gói
bao
bộ
khẩu trang
liều
mũi
mẫu
xét nghiệm
căn
ngôi
nhà
nhà văn hóa
cây
con
đàn
cầu
cống
bến
bể
giếng
tuyến
trục
ngõ
điểm
điểm cầu
điểm du lịch
cột
bóng đèn
camera
máy
thiết bị
xe
tàu
thuyền
ghe
phương tiện
sim
thẻ
sổ
tin, bài
tin bài
tin
bài
bài viết
bài báo
trang
chuyên trang
chuyên mục
chuyên đề
phóng sự
video
clip
ảnh
pano
pa nô
áp phích
băng rôn
lá cờ
cờ
tờ rơi
tờ gấp
tờ
cuốn
quyển
đầu sách
bản tin
kênh
fanpage
loa
môn
tiết mục
vận động viên
chỉ tiêu
tiêu chí
nội dung
tình huống
danh mục
tội phạm
bị can
bị cáo
chốt
khu công nghiệp
khu tái định cư
khu vực
cánh đồng
vườn
ngày công
ngày
giờ
tháng
tuổi
bếp ăn
dân tộc
di tích
lễ hội
tủ sách
thư viện
nghệ nhân
doanh nhân
chủ tàu
tiểu thương
Mẹ
mẹ
thương binh
liệt sĩ
chuyên gia
bác sĩ
y bác sĩ
tổ viên
hạng mục
gói thầu
thửa đất
thửa
lô
nền
dòng
chòi
quà
giống
bậc
""")
COUNTS += tuple(f"lượt {word}" for word in PEOPLE if word not in ("người dân", "nhân dân"))

# Printed with a capital within a sentence: “Trao 12 Bằng khen”, “phê duyệt 22 Quyết định”.
_CAPITALISED = (
    *("Quyết định", "Kế hoạch", "Nghị quyết", "Thông báo", "Công văn", "Báo cáo", "Giấy khen"),
    *("Bằng khen", "Giấy chứng nhận", "Giấy phép", "Chi bộ", "Chi hội", "Đảng bộ", "Huân chương"),
    *("Tổ", "Đoàn", "Hội nghị", "Tờ trình", "Chỉ thị", "Hợp tác xã", "HTX", "CLB", "TTHC"),
)
COUNTS += _CAPITALISED

# What a text has in numbers without counting it: “06 nhiệm vụ trọng tâm”, “10 nội dung sau”.
PARTS_OF_TEXTS = frozenset(
    ["nhiệm vụ", "nội dung", "giải pháp", "tiêu chí", "mục", "khu vực", "bước", "nhóm"]
)

# No unit begins with one of these.
NO_UNITS = frozenset(
    """
    và với của cho đến tới từ trong ngoài trên dưới tại ở là có được bị đã đang sẽ theo về để do bằng so như khi
    mà thì nên hay hoặc nhưng nếu vì bởi qua lại vào ra lên xuống cả các những mỗi từng một hai ba bốn năm ngày
    tháng quý tuần giờ phút giây tuổi khóa kỳ nhiệm đầu cuối giữa sau trước tăng giảm đạt chiếm còn hoàn thành
    nghìn ngàn triệu tỷ tỉ vạn chục trăm phần thứ nhất cùng gồm đối theo tương gần hơn khoảng ước độ mức loại cấp
    nay này đó kia ấy không chưa thuộc giao xây tổ nhằm nhận nêu quy sửa ban thực tiếp triển lần điều khoản điểm
    tiểu chương mục số giai đồng nước bước khâu yêu quan nguyên lĩnh mặt hướng chủ trụ lợi biết không vừa rồi sáng
    hàng hằng chiều tối hôm mùng rưỡi trở bài học hình thức tốt ý nghĩa yếu tố nhóm giải nội vấn đột chữ
    """.split()
)
