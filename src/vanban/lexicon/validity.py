"""Documents that plans and reports cite: their dates, how long they held, what replaced them.

As known in 2026. A number alone names no document: number and date do. `valid_to` is the last day in
force, “-” where nothing is known to have replaced it; “verified” is yes where a source was read. What
later documents only continue, without a word of replacing it, holds on.
"""

# One document a line; “-” where nothing is known.
CENTRAL = """
kind | number | date | valid_from | valid_to | verified | replaced_by | issuer | subject | name | source
Nghị quyết | 25-NQ/TW | 2013-06-03 | - | - | no | - | Ban Chấp hành Trung ương | công tác dân vận | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị quyết | 25-NQ/TW | 2003-03-12 | - | - | no | - | Ban Chấp hành Trung ương | công tác tôn giáo | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị quyết | 24-NQ/TW | 2003-03-12 | - | - | no | - | Ban Chấp hành Trung ương | công tác dân tộc | - | thấy ghi thống nhất trong các văn bản viện dẫn
Kết luận | 114-KL/TW | 2015-07-14 | - | - | no | - | Ban Bí thư | công tác dân vận của cơ quan nhà nước | - | thấy ghi thống nhất trong các văn bản viện dẫn
Quyết định | 290-QĐ/TW | 2010-02-25 | - | 2021-07-29 | no | Quyết định số 23-QĐ/TW ngày 30/7/2021 | Bộ Chính trị | Quy chế công tác dân vận | - | Quyết định số 23-QĐ/TW ngày 30/7/2021, chưa đọc điều khoản thay thế
Quyết định | 23-QĐ/TW | 2021-07-30 | 2021-07-30 | - | no | - | - | Quy chế công tác dân vận | - | thấy ghi thống nhất trong các văn bản viện dẫn
Quyết định | 217-QĐ/TW | 2013-12-12 | - | - | yes | - | Bộ Chính trị | giám sát và phản biện xã hội | - | đã đối chiếu
Quyết định | 218-QĐ/TW | 2013-12-12 | - | - | yes | - | Bộ Chính trị | góp ý xây dựng Đảng | - | đã đối chiếu
Quyết định | 99-QĐ/TW | 2017-10-03 | - | - | no | - | Ban Bí thư | vai trò của nhân dân | - | thấy ghi thống nhất trong các văn bản viện dẫn
Quy định | 124-QĐ/TW | 2018-02-02 | - | - | no | - | Ban Bí thư | giám sát | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 30-CT/TW | 1998-02-18 | - | - | no | - | Bộ Chính trị | quy chế dân chủ ở cơ sở | - | chưa đối chiếu nguồn
Kết luận | 65-KL/TW | 2010-03-04 | - | - | no | - | Ban Bí thư | Chỉ thị số 30-CT/TW | - | thấy ghi thống nhất trong các văn bản viện dẫn
Kết luận | 65-KL/TW | 2019-10-30 | - | - | no | - | - | công tác dân tộc | - | chưa đối chiếu nguồn
Kết luận | 120-KL/TW | 2016-01-07 | - | - | no | - | Bộ Chính trị | quy chế dân chủ ở cơ sở | - | thấy ghi thống nhất trong các văn bản viện dẫn
Kết luận | 43-KL/TW | 2019-01-07 | - | - | no | - | Ban Bí thư | Nghị quyết số 25-NQ/TW | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị quyết | 43-NQ/TW | 2023-11-24 | - | - | no | - | Ban Chấp hành Trung ương | đại đoàn kết toàn dân tộc | - | chưa đối chiếu nguồn
Chỉ thị | 49-CT/TW | 2015-10-20 | - | - | no | - | Ban Bí thư | vùng đồng bào dân tộc thiểu số | - | thấy ghi thống nhất trong các văn bản viện dẫn
Quy định | 11-QĐi/TW | 2019-02-18 | - | - | yes | - | Bộ Chính trị | tiếp dân, đối thoại | - | Kết luận số 215-KL/TW (11/2025) sửa đổi, chưa thay thế
Quy định | 205-QĐ/TW | 2019-09-23 | - | 2023-07-10 | no | Quy định số 114-QĐ/TW ngày 11/7/2023 | Bộ Chính trị | kiểm soát quyền lực | - | chưa đối chiếu nguồn
Quy định | 114-QĐ/TW | 2023-07-11 | - | - | no | - | Bộ Chính trị | kiểm soát quyền lực | - | chưa đối chiếu nguồn
Chỉ thị | 05-CT/TW | 2016-05-15 | - | - | yes | - | Bộ Chính trị | Hồ Chí Minh | - | Kết luận số 01-KL/TW ngày 18/5/2021
Kết luận | 01-KL/TW | 2021-05-18 | - | - | yes | - | Bộ Chính trị | Hồ Chí Minh | - | Kết luận số 01-KL/TW
Nghị quyết | 18-NQ/TW | 2017-10-25 | - | - | yes | - | Ban Chấp hành Trung ương | tổ chức bộ máy | - | Kết luận số 121-KL/TW ngày 24/01/2025
Nghị quyết | 19-NQ/TW | 2017-10-25 | - | - | yes | - | Ban Chấp hành Trung ương | đơn vị sự nghiệp công lập | - | Kết luận số 121-KL/TW ngày 24/01/2025
Kết luận | 121-KL/TW | 2025-01-24 | - | - | yes | - | Ban Chấp hành Trung ương | tổ chức bộ máy | - | đã đối chiếu
Chỉ thị | 35-CT/TW | 2014-05-26 | - | - | yes | - | Bộ Chính trị | khiếu nại, tố cáo | - | đã đối chiếu
Kết luận | 107-KL/TW | 2024-12-24 | - | - | yes | - | Bộ Chính trị | khiếu nại, tố cáo | - | đã đối chiếu
Kết luận | 62-KL/TW | 2009-12-08 | - | - | no | - | Bộ Chính trị | Mặt trận Tổ quốc | - | thấy ghi thống nhất trong các văn bản viện dẫn
Kết luận | 101-KL/TW | 2014-09-03 | - | - | no | - | Ban Bí thư | đạo tin lành | - | thấy ghi thống nhất trong các văn bản viện dẫn
Kết luận | 102-KL/TW | 2014-09-22 | - | - | no | - | Bộ Chính trị | hội quần chúng | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 18-CT/TW | 2018-01-10 | - | - | no | - | Bộ Chính trị | công tác tôn giáo | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 51-CT/TW | 1989-04-12 | - | - | no | - | Ban Bí thư | Hội người mù | - | thấy ghi thống nhất trong các văn bản viện dẫn
Thông báo | 165-TB/TW | 1998-09-04 | - | - | no | - | Thường vụ Bộ Chính trị | Phật giáo Hòa Hảo | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 59-CT/TW | 2000-12-15 | - | - | no | - | Bộ Chính trị | Hội Nông dân | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị quyết | 09-NQ/TW | 2002-01-08 | - | - | no | - | Bộ Chính trị | Cựu Chiến binh | - | thấy ghi thống nhất trong các văn bản viện dẫn
Kết luận | 66-KL/TW | 2010-03-04 | - | - | no | - | Ban Bí thư | Nghị quyết số 09-NQ/TW | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 43-CT/TW | 2010-06-08 | - | - | no | - | Ban Bí thư | Hội Chữ thập đỏ | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 43-CT/TW | 2015-05-14 | - | - | no | - | Ban Bí thư | chất độc hóa học | - | thấy ghi thống nhất trong các văn bản viện dẫn
Kế hoạch | 1273-KH/BDVTW | 2017-10-12 | - | - | no | - | Ban Dân vận Trung ương | cuộc thi báo chí | - | thấy ghi thống nhất trong các văn bản viện dẫn
Công văn | 1294-CV/BDVTW | 2017-10-12 | - | - | no | - | Ban Dân vận Trung ương | Cuộc thi báo chí | - | thấy ghi thống nhất trong các văn bản viện dẫn
Pháp lệnh | 34/2007/PL-UBTVQH11 | 2007-04-20 | - | 2023-06-30 | yes | Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 | Ủy ban Thường vụ Quốc hội | dân chủ ở xã, phường, thị trấn | Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn | Luật số 10/2022/QH15, có hiệu lực từ 01/7/2023
Luật | 10/2022/QH15 | 2022-11-10 | 2023-07-01 | - | yes | - | Quốc hội | - | Luật Thực hiện dân chủ ở cơ sở | đã đối chiếu
Nghị định | 04/2015/NĐ-CP | 2015-01-09 | - | 2023-08-13 | no | Nghị định số 59/2023/NĐ-CP ngày 14/8/2023 | Chính phủ | dân chủ trong hoạt động của cơ quan hành chính nhà nước | - | Nghị định số 59/2023/NĐ-CP, đối chiếu một phần
Nghị định | 59/2023/NĐ-CP | 2023-08-14 | - | - | no | - | Chính phủ | dân chủ ở cơ sở | - | đối chiếu một phần
Nghị định | 61/2023/NĐ-CP | - | - | - | yes | - | Chính phủ | hương ước, quy ước | - | Nghị định số 61/2023/NĐ-CP, Điều 10
Thông tư | 01/2016/TT-BNV | 2016-01-13 | - | 2023-08-13 | no | Nghị định số 59/2023/NĐ-CP ngày 14/8/2023 | Bộ Nội vụ | Nghị định số 04/2015/NĐ-CP | - | hết hiệu lực theo Nghị định số 04/2015/NĐ-CP, chưa đối chiếu nguồn
Nghị định | 60/2013/NĐ-CP | 2013-06-19 | - | 2018-12-31 | no | Nghị định số 149/2018/NĐ-CP | Chính phủ | dân chủ tại nơi làm việc | - | chưa đối chiếu nguồn
Nghị định | 149/2018/NĐ-CP | - | 2019-01-01 | 2021-01-31 | no | Nghị định số 145/2020/NĐ-CP | Chính phủ | dân chủ tại nơi làm việc | - | chưa đối chiếu nguồn
Nghị định | 145/2020/NĐ-CP | - | 2021-02-01 | - | no | - | Chính phủ | Bộ luật Lao động | - | chưa đối chiếu nguồn
Chỉ thị | 16/CT-TTg | 2016-05-16 | - | - | no | - | Thủ tướng Chính phủ | công tác dân vận | - | thấy ghi thống nhất trong các văn bản viện dẫn; Chỉ thị số 33/CT-TTg ngày 26/11/2021 tiếp tục, không ghi thay thế
Chỉ thị | 33/CT-TTg | 2021-11-26 | - | - | yes | - | Thủ tướng Chính phủ | công tác dân vận | - | tên văn bản
Chỉ thị | 13/CT-TTg | 2015-06-10 | - | - | no | - | Thủ tướng Chính phủ | trách nhiệm của người đứng đầu | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 10/CT-TTg | 2019-04-22 | - | - | no | - | Thủ tướng Chính phủ | nhũng nhiễu | - | thấy ghi thống nhất trong các văn bản viện dẫn
Chỉ thị | 23/CT-TTg | 2021-09-02 | - | - | yes | - | Thủ tướng Chính phủ | cải cách hành chính | - | tên văn bản
Nghị quyết | 01/NQ-CP | 2018-01-01 | - | - | no | - | Chính phủ | kế hoạch phát triển kinh tế - xã hội | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị quyết | 08/NQ-CP | 2018-01-24 | - | - | no | - | Chính phủ | Nghị quyết số 19-NQ/TW | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị quyết | 10/NQ-CP | 2018-02-03 | - | - | no | - | Chính phủ | Nghị quyết số 18-NQ/TW | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị quyết | 17/NQ-CP | 2019-03-07 | - | - | no | - | Chính phủ | Chính phủ điện tử | - | thấy ghi thống nhất trong các văn bản viện dẫn
Nghị định | 61/2018/NĐ-CP | 2018-04-23 | - | 2025-06-30 | no | Nghị định số 118/2025/NĐ-CP | Chính phủ | một cửa | - | Nghị định số 118/2025/NĐ-CP, đối chiếu một phần
Nghị định | 118/2025/NĐ-CP | - | 2025-07-01 | - | no | - | Chính phủ | một cửa | - | đối chiếu một phần
Nghị định | 30/2020/NĐ-CP | 2020-03-05 | 2020-03-05 | - | yes | - | Chính phủ | công tác văn thư | - | đã đối chiếu
Nghị định | 09/2019/NĐ-CP | 2019-01-24 | 2019-03-12 | - | yes | - | Chính phủ | chế độ báo cáo | - | đã đối chiếu
Nghị định | 13/2023/NĐ-CP | - | - | 2025-12-31 | yes | Nghị định số 356/2025/NĐ-CP ngày 31/12/2025 | Chính phủ | bảo vệ dữ liệu cá nhân | - | Nghị định số 356/2025/NĐ-CP, có hiệu lực từ 01/01/2026
Nghị định | 356/2025/NĐ-CP | 2025-12-31 | 2026-01-01 | - | yes | - | Chính phủ | bảo vệ dữ liệu cá nhân | - | đã đối chiếu
Thông tư | 02/2021/TT-TTCP | - | - | 2024-03-04 | yes | Thông tư số 01/2024/TT-TTCP, nay là Thông tư số 06/2025/TT-TTCP | Thanh tra Chính phủ | báo cáo công tác thanh tra | - | Thông tư số 01/2024/TT-TTCP
Thông tư | 01/2024/TT-TTCP | 2024-01-20 | 2024-03-05 | 2025-09-29 | yes | Thông tư số 06/2025/TT-TTCP ngày 29/9/2025 | Thanh tra Chính phủ | báo cáo công tác thanh tra | - | Thông tư số 06/2025/TT-TTCP
Thông tư | 06/2025/TT-TTCP | 2025-09-29 | 2025-09-30 | - | yes | - | Thanh tra Chính phủ | báo cáo công tác thanh tra | - | đã đối chiếu
Thông tư | 07/2014/TT-TTCP | - | - | 2021-11-14 | yes | Thông tư số 05/2021/TT-TTCP ngày 01/10/2021 | Thanh tra Chính phủ | xử lý đơn | - | Thông tư số 05/2021/TT-TTCP, có hiệu lực từ 15/11/2021
Thông tư | 05/2021/TT-TTCP | 2021-10-01 | 2021-11-15 | - | yes | - | Thanh tra Chính phủ | xử lý đơn | - | đã đối chiếu
Luật | 42/2013/QH13 | - | 2014-07-01 | - | yes | - | Quốc hội | - | Luật Tiếp công dân | Luật số 136/2025/QH15 sửa đổi, chưa thay thế
Luật | 02/2011/QH13 | - | - | - | yes | - | Quốc hội | - | Luật Khiếu nại | sửa đổi, chưa thay thế
Luật | 25/2018/QH14 | - | 2019-01-01 | - | yes | - | Quốc hội | - | Luật Tố cáo | sửa đổi, chưa thay thế
Luật | 104/2016/QH13 | - | 2018-07-01 | - | no | - | Quốc hội | - | Luật Tiếp cận thông tin | thấy ghi thống nhất trong các văn bản viện dẫn
Luật | 77/2015/QH13 | 2015-06-19 | - | 2025-02-28 | yes | Luật Tổ chức chính quyền địa phương số 72/2025/QH15 | Quốc hội | - | Luật Tổ chức chính quyền địa phương | Luật số 65/2025/QH15, rồi Luật số 72/2025/QH15
Luật | 65/2025/QH15 | - | - | 2025-06-15 | yes | Luật Tổ chức chính quyền địa phương số 72/2025/QH15 | Quốc hội | - | Luật Tổ chức chính quyền địa phương | Luật số 72/2025/QH15
Luật | 72/2025/QH15 | 2025-06-16 | 2025-06-16 | - | yes | - | Quốc hội | - | Luật Tổ chức chính quyền địa phương | số hiệu
Luật | 22/2008/QH12 | 2008-11-13 | - | 2025-06-30 | no | Luật Cán bộ, công chức số 80/2025/QH15 | Quốc hội | - | Luật Cán bộ, công chức | chưa đối chiếu nguồn
Luật | 58/2010/QH12 | 2010-11-15 | - | 2026-06-30 | no | Luật Viên chức số 129/2025/QH15 | Quốc hội | - | Luật Viên chức | Luật số 129/2025/QH15, có hiệu lực từ 01/7/2026; ngày của luật cũ chưa đối chiếu nguồn
Bộ luật | 10/2012/QH13 | 2012-06-18 | - | 2020-12-31 | no | Bộ luật Lao động số 45/2019/QH14 | Quốc hội | - | Bộ luật Lao động | chưa đối chiếu nguồn
Bộ luật | 45/2019/QH14 | - | 2021-01-01 | - | no | - | Quốc hội | - | Bộ luật Lao động | chưa đối chiếu nguồn
Luật | 15/2003/QH11 | 2003-11-26 | - | 2023-12-31 | no | Luật Thi đua, khen thưởng số 06/2022/QH15 | Quốc hội | - | Luật Thi đua, khen thưởng | chưa đối chiếu nguồn
Luật | 06/2022/QH15 | - | 2024-01-01 | - | no | - | Quốc hội | - | Luật Thi đua, khen thưởng | chưa đối chiếu nguồn
""".strip()

# Documents of provinces, by the province that must be named in the text: only their dates are known.
PROVINCIAL: dict[str, str] = {
    "Tiền Giang": """
Quyết định | 41-QĐ/TU | 2010-11-24
Công văn | 115-CV/TU | 2016-01-28
Công văn | 2857/UBND-NC | 2016-06-28
Nghị quyết | 14-NQ/TU | 2018-01-11
Nghị quyết | 15/NQ-HĐND | 2017-12-08
""",
    "Trà Vinh": """
Quyết định | 553/QĐ-UBND | 2016-03-15
Kế hoạch | 70-KH/TU | 2017-12-04
Chỉ thị | 15-CT/TU | 2014-03-14
Kế hoạch | 71-KH/TU | 2018-01-08
Kế hoạch | 72-KH/TU | 2018-01-08
Kế hoạch | 30-KH/BDVTU | 2017-10-18
Công văn | 08-CV/BCĐ | 2017-12-11
Quy chế | 01-QCPH/UBND-BDVTU | 2015-05-29
Chương trình | 161-CTr/BCSĐUBND-BDVTU | 2016-12-28
Hướng dẫn | 457/HD-UBND | 2016-03-03
Quyết định | 1893-QĐ/TU | 2016-12-28
Kế hoạch | 115-KH/TU | 2019-03-13
Đề án | 05-ĐA/TU | 2018-06-21
Quyết định | 638/QĐ-UBND | 2018-04-05
Quyết định | 639/QĐ-UBND | 2018-04-05
Quyết định | 24/2019/QĐ-UBND | 2019-10-25
Quyết định | 1949/QĐ-UBND | 2018-10-02
Kế hoạch | 39/KH-UBND | 2019-05-10
Kế hoạch | 19/KH-UBND | 2020-04-06
""",
    "Tây Ninh": """
Chương trình | 04-CTr/BDVTU-BCSDUBND | 2021-10-21
Kế hoạch | 34-KH/BDVTU-BCSDUBND | 2022-03-01
Nghị quyết | 18-NQ/TU | 2013-10-07
Quyết định | 1743/QĐ-UBND | 2021-08-02
Kế hoạch | 1026/KH-UBND | 2022-03-25
""",
    "Kiên Giang": """
Chương trình | 51-CTr/TU | 2016-10-03
Chỉ thị | 11-CT/TU | 2019-08-01
Kế hoạch | 151-KH/TU | 2019-03-04
Công văn | 836-CV/TU | 2019-03-06
Công văn | 837-CV/TU | 2019-03-06
Công văn | 872-CV/TU | 2019-05-14
Công văn | 937-CV/TU | 2019-10-07
Công văn | 952-CV/TU | 2019-10-29
Chương trình | 52-CTr/BDV-BCSDUBND | 2017-04-19
Kế hoạch | 400-KH/BDV-BCSDUBND | 2019-05-27
Công văn | 731/UBND-VHXH | 2019-06-13
Quyết định | 1018/QĐ-UBND | 2019-05-03
Quyết định | 1826-QĐ/TU | 2019-05-03
Chương trình | 12-CTr/TU | 2016-02-03
Thông báo | 1823-TB/TU | 2019-11-05
""",
}
