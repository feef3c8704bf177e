"""Words of the genre: what means the same, what says little, what takes back half of what is said."""

# One group a line; the words of a group count as one word.
_SAME = """
cán bộ công chức viên chức | cb cc vc | cbccvc | công chức viên chức | cán bộ công chức
người lao động | nlđ
ủy ban nhân dân | uỷ ban nhân dân | ubnd
hội đồng nhân dân | hđnd
mặt trận tổ quốc | ủy ban mặt trận tổ quốc | ủy ban mặt trận tổ quốc việt nam | ubmttq | ubmttqvn | mttq | mặt trận
thủ tục hành chính | tthc
cải cách hành chính | cchc
quy chế dân chủ | qcdc | quy chế thực hiện dân chủ
thực hiện dân chủ ở cơ sở | dân chủ ở cơ sở | dân chủ cơ sở | dccs
bảo hiểm y tế | bhyt | thẻ bảo hiểm y tế
bảo hiểm xã hội | bhxh
an ninh trật tự | antt
nông thôn mới | ntm
đồng bào dân tộc thiểu số | đồng bào dtts | dtts
ban chỉ đạo | bcđ
đoàn thể | các đoàn thể | tổ chức chính trị xã hội | các tổ chức chính trị xã hội | đoàn thể chính trị xã hội | hội đoàn thể
bộ phận một cửa | trung tâm phục vụ hành chính công | một cửa | trung tâm hành chính công | nơi tiếp nhận hồ sơ
trang thông tin điện tử | cổng thông tin điện tử | website | trang web | cổng thông tin
phổ biến | quán triệt | học tập | triển khai học tập | nghiên cứu học tập | truyền đạt
tuyên truyền | giới thiệu | truyền thông | vận động tuyên truyền
phân công | giao | bố trí | cử |  giao nhiệm vụ | cắt cử | chọn cử | sắp xếp người
rà soát | soát xét | rà lại | kiểm tra lại
cắt giảm | rút ngắn | giảm bớt | giảm | bớt | bớt được | cắt bớt
thời gian giải quyết | thời hạn giải quyết | số ngày xử lý | số ngày chờ | ngày giải quyết | thời gian xử lý | thời hạn xử lý
khảo sát | điều tra xã hội học | phát phiếu lấy ý kiến | lấy phiếu thăm dò | thăm dò ý kiến | phát phiếu hỏi | hỏi ý kiến
hài lòng | vừa lòng | ưng ý | mức độ hài lòng | sự hài lòng | độ hài lòng
người dân | nhân dân | bà con | công dân | dân | quần chúng nhân dân | cộng đồng dân cư | cư dân
tiếp công dân | tiếp dân | tiếp nhân dân
người đứng đầu | thủ trưởng | giám đốc | chủ tịch | giám đốc sở | chủ tịch ủy ban nhân dân | trưởng ban | cấp trưởng
lãnh đạo | phó giám đốc | phó chủ tịch | ban giám đốc
đối thoại | gặp gỡ đối thoại | gặp gỡ trao đổi | tiếp xúc đối thoại
giải quyết | xử lý | giải quyết dứt điểm | xử lý dứt điểm | giải quyết xong
khiếu nại | khiếu kiện
phức tạp kéo dài | phức tạp tồn đọng lâu năm | tồn đọng kéo dài | kéo dài phức tạp | tồn đọng | kéo dài
phương án xử lý | hướng giải quyết | phương án giải quyết | hướng xử lý
lập danh mục | thống kê | lập danh sách | tổng hợp danh mục
trễ hạn | trễ | trễ hẹn | quá hạn | chậm trễ | không đúng hẹn | sai hẹn | chậm hạn
xin lỗi | thư xin lỗi | cáo lỗi
trả lời | phúc đáp | phản hồi | hồi đáp | giải đáp
sửa đổi bổ sung | sửa đổi | bổ sung | chỉnh sửa | hoàn thiện | chỉnh lý | điều chỉnh | cập nhật
kiện toàn | củng cố | sắp xếp lại tổ chức | bổ sung nhân sự
công khai | niêm yết | niêm yết công khai | dán công khai | dán | yết thị | công khai niêm yết | công bố | công bố công khai | thông báo công khai
ký kết | ký | thống nhất ký
chương trình phối hợp | quy chế phối hợp | kế hoạch phối hợp
góp ý | hỏi ý dân | hỏi ý kiến nhân dân | lấy ý kiến | tham gia ý kiến | xin ý kiến | ra lấy ý kiến
hộ nghèo | người nghèo | gia đình nghèo
nhà tạm nhà dột nát | nhà tạm | nhà dột nát | nhà ở tạm bợ | nhà xiêu vẹo
huy động | vận động | tranh thủ | xin |  kêu gọi | quyên góp
nguồn lực xã hội | mạnh thường quân | nhà hảo tâm | nguồn xã hội hóa | xã hội hóa | các nguồn lực
hỗ trợ | giúp | giúp đỡ | trợ giúp
trực tuyến | qua mạng | trên môi trường mạng | trên mạng
kiểm tra | thanh tra kiểm tra | giám sát kiểm tra
đột xuất | không báo trước | bất ngờ
kỷ luật kỷ cương | kỷ cương kỷ luật | kỷ cương hành chính | kỷ luật hành chính | kỷ cương | kỷ luật kỷ cương hành chính
công vụ | hoạt động công vụ
đơn vị trực thuộc | phòng ban | phòng ban trực thuộc | các phòng | đơn vị thuộc sở
tập huấn | bồi dưỡng | học nghiệp vụ |  đào tạo bồi dưỡng | huấn luyện | mở lớp
lớp | khóa | khóa học
kỹ năng | cách | nghiệp vụ
thi đua | phong trào thi đua
phát động | hưởng ứng phát động
biểu dương | khen thưởng | tôn vinh | tuyên dương | biểu dương khen thưởng
điển hình | tiêu biểu | gương điển hình | điển hình tiên tiến
nhân rộng | nhân ra | phổ biến nhân rộng
đăng ký | đăng ký xây dựng | xây dựng và đăng ký
gửi | nộp | đưa về |  chuyển về | báo cáo về
tự chấm điểm | chấm điểm | tự đánh giá chấm điểm | tự chấm
phiếu tự chấm | phiếu chấm điểm | bảng tự chấm | phiếu
báo cáo | thông tin báo cáo
kết quả thực hiện | tình hình thực hiện | tình hình kết quả
sơ kết | đánh giá giữa kỳ
tổng kết | đánh giá cuối năm
số hóa | điện tử hóa | chuyển thành dữ liệu điện tử
đường dây nóng | số điện thoại đường dây nóng | số máy đường dây nóng | hotline
ứng xử | giao tiếp ứng xử
đi cơ sở | xuống cơ sở | về cơ sở | xuống địa bàn | đi địa bàn
nắm tình hình | nắm bắt tình hình | nắm
phân loại rác tại nguồn | phân loại rác | phân loại rác tại nhà
túi ni lông | túi nilon | túi nhựa
hạn chế | bớt dùng | giảm sử dụng
ấp | khu phố | thôn | tổ dân phố | khóm | bản | khu dân cư
đóng góp | mức đóng góp | góp
bàn và quyết định trực tiếp | bàn quyết định trực tiếp | bàn quyết định | bàn và quyết
nhà văn hóa | nhà sinh hoạt cộng đồng
hiến đất | hiến tặng đất
góp công | góp ngày công | ngày công
mở rộng đường | mở đường | làm đường | nâng cấp đường
chiếu sáng | đèn chiếu sáng | đèn đường
thiên tai | bão lũ | mưa lũ | lũ lụt | thiên tai bão lũ
gia đình chính sách | người có công | gia đình có công | đối tượng chính sách
thăm tặng quà | thăm hỏi tặng quà | đến thăm và tặng quà | tặng quà
cuộc thi | hội thi | thi
đoàn viên hội viên | hội viên đoàn viên
tìm hiểu | tìm hiểu về
lực lượng vũ trang | công an quân sự | bộ đội công an | quân đội công an
người có uy tín | già làng trưởng bản | chức sắc
doanh nghiệp | công ty | cơ sở sản xuất kinh doanh
nơi làm việc | tại doanh nghiệp
hòa giải thành | tỷ lệ hòa giải thành
giám sát phản biện xã hội | giám sát phản biện | giám sát và phản biện xã hội
bồi thường tái định cư | đền bù tái định cư | phương án bồi thường
đồ án quy hoạch | quy hoạch
phê duyệt | trình phê duyệt | quyết định phê duyệt | thông qua
hồ sơ | giấy tờ
hướng dẫn | chỉ dẫn
thành lập | lập
gây phiền hà sách nhiễu | phiền hà sách nhiễu | nhũng nhiễu | sách nhiễu | gây khó dễ
theo dõi | đôn đốc
chuyên mục | mục | mục hỏi đáp | trang chuyên đề
phụ trách | lo | đảm trách | phụ trách theo dõi | đảm nhận | theo dõi phụ trách | làm đầu mối | đầu mối
thông báo kết luận | kết luận
hằng năm | hàng năm | năm 2026 | trong năm
hội nghị | cuộc họp | buổi họp
nghe dân nói | lắng nghe dân
phát thanh | truyền thanh | loa truyền thanh | hệ thống truyền thanh
lắng nghe | tiếp thu
gửi danh sách | báo tên | báo danh sách | gửi tên
công tác dân vận | mảng dân vận | việc dân vận
tham dự | tham gia | đi học | dự
người cao tuổi | người già | cụ già
"""

# Little is said by them: nearly every duty could hold them.
COMMON = frozenset(
    """thực hiện tổ chức triển khai tăng cường tiếp tục đẩy mạnh nâng cao xây dựng công tác chủ động
    phối hợp bảo đảm đảm nghiêm túc kịp thời hiệu quả chất lượng tốt đầy đủ theo quy định cơ quan
    đơn vị địa phương các của và với về cho từ đến trong trên tại vào do là được có để khi sau trước
    những này đó như cùng bằng ở ra lên việc một số hoàn thành xong chậm nhất hết cuối đầu năm tháng
    quý ngày hằng hàng mỗi lần ít tối thiểu định kỳ đạt trở thuộc thẩm quyền ban hành nhằm qua đối
    theo mọi tất cả toàn thể toàn bộ trực tiếp cụ nội dung nhiệm vụ kết phạm vi quản lý sở tỉnh xã
    phường huyện ngành cấp mà phải sẽ đã đang bộ phận phòng văn trực""".split()
)

# What leaves it open whether anything is done.
HEDGES = (
    "nếu có điều kiện",
    "khi có điều kiện",
    "trong điều kiện cho phép",
    "nếu điều kiện cho phép",
    "khi điều kiện cho phép",
    "trong khả năng",
    "tùy tình hình",
    "tuỳ tình hình",
    "tùy theo tình hình",
    "tùy điều kiện",
    "tùy theo điều kiện",
    "tùy khả năng",
    "nếu sắp xếp được",
    "khi sắp xếp được",
    "nếu cần",
    "khi cần thiết",
    "nếu thấy cần",
    "nếu được bố trí kinh phí",
    "khi có kinh phí",
    "khi được cấp kinh phí",
    "nếu có kinh phí",
    "có thể xem xét",
    "xem xét việc",
    "từng bước xem xét",
    "nghiên cứu khả năng",
)

# Words of all, and words that make a part of it.
WHOLE = (
    "100%",
    "100 %",
    "toàn thể",
    "toàn bộ",
    "tất cả",
    "mọi ",
    "tất thảy",
    "đầy đủ",
)
PART = (
    "một số",
    "chủ chốt",
    "thí điểm",
    "điểm một",
    "một phần",
    "một vài",
    "trưởng, phó phòng",
    "đại diện",
    "chọn điểm",
    "trọng điểm",
)

# Kinds that are named together (“|”: or so); a plan that names fewer of them is narrower.
KINDS = (
    ("khiếu nại", "tố cáo", "kiến nghị", "phản ánh"),
    ("hộ nghèo", "cận nghèo", "hưởng chính sách"),
    ("người cao tuổi|người già|cụ già", "khuyết tật|tàn tật"),
    ("tập thể|đơn vị", "cá nhân|người"),
)


def same() -> dict[str, str]:
    """Phrase → the word that stands for its group."""
    found: dict[str, str] = {}
    for place, line in enumerate(filter(None, _SAME.split("\n"))):
        for phrase in line.split(" | "):
            found.setdefault(phrase.strip(), f"={place}")
    return found
