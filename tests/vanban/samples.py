"""Texts of our own, in invented provinces, laid out as offices lay them out."""

PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN PHÚC
-------
|
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số: 45/KH-UBND
|
An Phúc, ngày 07 tháng 3 năm 2023
|
KẾ HOẠCH
Triển khai công tác dân vận chính quyền năm 2023
Căn cứ Luật Thanh niên ngày 16 tháng 6 năm 2020;
Căn cứ Nghị quyết số 31-NQ/TU ngày 15/12/2022 của Ban Chấp hành Đảng bộ tỉnh về nhiệm vụ năm 2023,
Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai công tác dân vận chính quyền năm 2023 như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao nhận thức của cán bộ, công chức về công tác dân vận.
2. Yêu cầu
Việc triển khai phải thiết thực, tiết kiệm.
II. NHIỆM VỤ VÀ GIẢI PHÁP
1. Tuyên truyền, quán triệt
- Tiếp tục quán triệt Chỉ thị số 33-CT/TU ngày 02/02/2021 của Tỉnh ủy. Kịp thời biểu dương gương điển hình.
- Các cơ quan, đơn vị chủ động đối thoại với Nhân dân; Sở Tư pháp chủ trì rà soát văn bản trước ngày 30/6/2023.
III. CHỈ TIÊU
1. 100% cán bộ, công chức được quán triệt Kế hoạch này.
2. Ít nhất 85% đơn thư được giải quyết đúng hạn.
IV. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Chủ trì, phối hợp với Ban Dân vận Tỉnh ủy và Ủy ban nhân dân các huyện, thành phố theo dõi việc thực hiện.
- Báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 15/11/2023.
2. Các sở, ban, ngành; Ủy ban nhân dân các huyện, thành phố có trách nhiệm:
- Xây dựng kế hoạch, gửi Sở Nội vụ chậm nhất ngày 31 tháng 3 năm 2023.
3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát việc thực hiện Kế hoạch này.
Trên đây là Kế hoạch triển khai công tác dân vận chính quyền năm 2023./.
Nơi nhận:
- Thường trực Tỉnh ủy (b/c);
- Các sở, ban, ngành tỉnh;
- Lưu: VT, NC.
|
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Trần Thị Minh Hạnh
"""

PARTY_GUIDANCE = """TỈNH ỦY HẢI LƯU                              ĐẢNG CỘNG SẢN VIỆT NAM
BAN DÂN VẬN                                  Hải Lưu, ngày 18 tháng 01 năm 2021
*
Số 12-HD/BDVTU

HƯỚNG DẪN
công tác dân vận năm 2021
-----

Thực hiện Chương trình số 09-CTr/TU, ngày 05-01-2021 của Ban Thường vụ Tỉnh ủy, Ban Dân vận Tỉnh ủy hướng dẫn như sau:

I- NHIỆM VỤ TRỌNG TÂM

1- Tham mưu cấp ủy lãnh đạo công tác dân vận.

2- Ban dân vận các huyện ủy phối hợp với Mặt trận Tổ quốc cùng cấp tổ chức đối thoại ít nhất 01 lần trong năm.

II- TỔ CHỨC THỰC HIỆN

Đề nghị các huyện ủy, thành ủy chỉ đạo xây dựng kế hoạch; định kỳ hằng quý báo cáo về Ban Dân vận Tỉnh ủy trước ngày 20 của tháng cuối quý.

Nơi nhận:                                    T/L BAN THƯỜNG VỤ
- Thường trực Tỉnh ủy (để báo cáo),          TRƯỞNG BAN
- Các huyện, thành ủy,
- Lưu Văn phòng Ban.

                                             Nguyễn Văn Lộc
"""

DECISION = """ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 812/QĐ-UBND | Sơn Hà, ngày 12 tháng 9 năm 2022 |
QUYẾT ĐỊNH
VỀ VIỆC THÀNH LẬP TỔ CÔNG TÁC TIẾP CÔNG DÂN
ỦY BAN NHÂN DÂN TỈNH SƠN HÀ
Căn cứ Luật Cán bộ, công chức ngày 13 tháng 11 năm 2008;
Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức ngày 25 tháng 11 năm 2019;
Căn cứ Luật Tiếp công dân số 42/2013/QH13 được sửa đổi bổ sung bởi Luật số 136/2025/QH15;
Theo đề nghị của Chánh Thanh tra tỉnh tại Tờ trình số 77/TTr-TTT ngày 05/9/2022.
QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác gồm các ông, bà:
1. Bà Lê Thị Hoa - Tổ trưởng.
Điều 2. Nhiệm vụ của Tổ công tác:
- Tham mưu giải quyết các vụ việc phức tạp, kéo dài.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 15/QĐ-UBND ngày 04/01/2020 của Ủy ban nhân dân tỉnh.
Điều 4. Chánh Thanh tra tỉnh, Giám đốc Sở Tư pháp, Chủ tịch Ủy ban nhân dân các huyện chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận:
- Như Điều 4;
- Lưu: VT.
| TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Phạm Quốc Bảo |
"""

REPORT = """BÁO CÁO
Kết quả công tác dân vận năm 2022 và phương hướng, nhiệm vụ năm 2023

I. KẾT QUẢ ĐẠT ĐƯỢC
1. Tiếp công dân
- Toàn huyện tiếp 1.204 lượt người; giải quyết 45/50 đơn khiếu nại, đạt 90%. Tỷ lệ hộ nghèo còn 3,25%, giảm 0,5% so với năm 2021.
- Thu ngân sách đạt 8.256 tỷ đồng, tăng 11,4% so với năm 2021; vận động 1 tỷ 250 triệu đồng.
- Số vụ vi phạm giảm 12 vụ, 03 người.
II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023
1. Tăng cường tiếp xúc, đối thoại với Nhân dân.
2. Phấn đấu kết nạp ít nhất 50 đoàn viên mới.
"""

WRAPPED = """KẾ HOẠCH
Vận động Nhân dân giữ gìn vệ sinh năm 2020
Thực hiện Nghị
quyết số 27-NQ/TW, Nghị quyết số 28-NQ/TW ngày 23/5/2018 của Ban Chấp
hành Trung ương Đảng (khóa XII), Ủy ban nhân dân huyện xây dựng kế
hoạch như sau:
I. NỘI DUNG
1. Mở rộng các
mô hình tự quản, phát triển văn hóa
- xã hội
- Các cơ quan, đơn vị tiếp
tục ủng hộ các mô hình tự quản về văn hóa
- xã hội, giữ gìn cảnh quan nơi làm việc.
"""
