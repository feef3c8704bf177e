"""Names of laws and ordinances in force or often cited, without the word “Luật”, in small letters.

A name that is not here is read up to the first word that cannot belong to it.
"""

LAWS = """
an ninh mạng
an ninh quốc gia
an toàn, vệ sinh lao động
an toàn thông tin mạng
an toàn thực phẩm
ban hành văn bản quy phạm pháp luật
ban hành văn bản quy phạm pháp luật của hội đồng nhân dân, ủy ban nhân dân
bảo hiểm xã hội
bảo hiểm y tế
bảo vệ bí mật nhà nước
bảo vệ dữ liệu cá nhân
bảo vệ môi trường
bảo vệ quyền lợi người tiêu dùng
bảo vệ và phát triển rừng
bầu cử
bầu cử đại biểu quốc hội và đại biểu hội đồng nhân dân
bầu cử đại biểu quốc hội và đại biểu hđnd
biên phòng việt nam
bình đẳng giới
cán bộ, công chức
cán bộ, công chức, viên chức
căn cước
căn cước công dân
cảnh sát biển việt nam
chăn nuôi
chính quyền địa phương
chuyển đổi số
công an nhân dân
công chứng
công đoàn
công nghệ cao
công nghệ thông tin
công nghiệp công nghệ số
cư trú
dân quân tự vệ
dân số
di sản văn hóa
doanh nghiệp
dược
du lịch
dữ liệu
đất đai
đầu tư
đầu tư công
đấu thầu
đê điều
điện ảnh
điện lực
đường bộ
giá
giao dịch điện tử
giáo dục
giáo dục đại học
giáo dục nghề nghiệp
giáo dục quốc phòng và an ninh
giao thông đường bộ
giám định tư pháp
hải quan
hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác
hình sự
hòa giải ở cơ sở
hòa giải, đối thoại tại tòa án
hoạt động giám sát của quốc hội và hội đồng nhân dân
hoạt động chữ thập đỏ
hộ tịch
hôn nhân và gia đình
hợp tác xã
kế toán
khám bệnh, chữa bệnh
khiếu nại
khiếu nại, tố cáo
khoa học và công nghệ
kiểm toán nhà nước
kinh doanh bất động sản
lao động
lâm nghiệp
lưu trữ
lực lượng dự bị động viên
lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở
lý lịch tư pháp
mặt trận tổ quốc việt nam
nghĩa vụ quân sự
ngân sách nhà nước
người cao tuổi
người khuyết tật
người lao động việt nam đi làm việc ở nước ngoài theo hợp đồng
nhà giáo
nhà ở
nuôi con nuôi
phòng bệnh
phòng cháy và chữa cháy
phòng cháy, chữa cháy và cứu nạn, cứu hộ
phòng, chống bạo lực gia đình
phòng, chống bệnh truyền nhiễm
phòng, chống ma túy
phòng, chống mua bán người
phòng, chống tác hại của rượu, bia
phòng, chống tác hại của thuốc lá
phòng, chống tham nhũng
phòng, chống thiên tai
phổ biến, giáo dục pháp luật
phòng thủ dân sự
quản lý thuế
quản lý, sử dụng tài sản công
quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ
quốc phòng
quy hoạch
quy hoạch đô thị
quy hoạch đô thị và nông thôn
sĩ quan quân đội nhân dân việt nam
sở hữu trí tuệ
tài nguyên nước
tần số vô tuyến điện
thanh niên
thanh tra
thể dục, thể thao
thi đua, khen thưởng
thi hành án dân sự
thi hành án hình sự
thống kê
thủ đô
thú y
thủy lợi
thủy sản
thực hành tiết kiệm, chống lãng phí
thực hiện dân chủ ở cơ sở
thuế
tiếp cận thông tin
tiếp công dân
tín ngưỡng, tôn giáo
tố cáo
tố tụng dân sự
tố tụng hành chính
tố tụng hình sự
tổ chức chính phủ
tổ chức chính quyền địa phương
tổ chức hội đồng nhân dân và ủy ban nhân dân
tổ chức hđnd và ubnd
tổ chức quốc hội
tổ chức tòa án nhân dân
tổ chức viện kiểm sát nhân dân
trách nhiệm bồi thường của nhà nước
trật tự, an toàn giao thông đường bộ
trẻ em
trồng trọt
trợ giúp pháp lý
trưng cầu ý dân
viên chức
viễn thông
việc làm
xây dựng
xử lý vi phạm hành chính
xuất bản
ưu đãi người có công với cách mạng
dân sự
hàng hải việt nam
""".strip().splitlines()
