"""Titles of duties, in sentences of our own."""

import pytest

import vanban
from vanban.titles import LONGEST

FRAME = "KẾ HOẠCH\nCông tác năm 2031\nI. TỔ CHỨC THỰC HIỆN\n- {}\n"

CASES = [
    # what fits stays, with whom it goes to, without its day
    ("Báo cáo kết quả tiếp công dân, đối thoại 6 tháng đầu năm về Thanh tra tỉnh chậm nhất ngày 20/6/2031.",
     "Báo cáo kết quả tiếp công dân, đối thoại 6 tháng đầu năm về Thanh tra tỉnh"),
    # the doer is told by the lead
    ("Sở Tài chính thẩm tra dự toán của các trường, hoàn thành trước ngày 15/4/2031.",
     "Thẩm tra dự toán của các trường"),
    ("Chi cục Thủy lợi có trách nhiệm kiểm tra các hồ chứa trong quý II năm 2031.", "Kiểm tra các hồ chứa"),
    ("Giám đốc các sở phải rà soát quy chế làm việc (hoàn thành trong tháng 9/2031).", "Rà soát quy chế làm việc"),
    # a day that stands first
    ("Định kỳ hằng quý, trước ngày 10 của tháng cuối quý, báo cáo tiến độ về Sở Xây dựng.",
     "Báo cáo tiến độ về Sở Xây dựng"),
    ("Thời gian gửi danh sách về Sở Y tế chậm nhất ngày 05/5/2031.", "Gửi danh sách về Sở Y tế"),
    # a day in the middle
    ("Tổ chức họp dân ít nhất 02 lần trong năm và niêm yết biên bản họp.", "Tổ chức họp dân và niêm yết biên bản họp"),
    # partners have a place of their own; who only helps is told whom
    ("Chủ trì, phối hợp với Sở Công Thương và UBND các huyện thẩm định hồ sơ vay vốn.",
     "Chủ trì thẩm định hồ sơ vay vốn"),
    ("Phối hợp với Sở Công Thương kiểm tra giá bán lẻ.", "Phối hợp với Sở Công Thương kiểm tra giá bán lẻ"),
    ("Phối hợp với Sở Công Thương, Cục Quản lý thị trường, Công an tỉnh và các đơn vị liên quan kiểm tra giá bán lẻ "
     "tại các chợ.", "Phối hợp kiểm tra giá bán lẻ tại các chợ"),
    # too long: the recipient and the end go first
    ("Gửi bảng tổng hợp số liệu đất đai của xã về Sở Nông nghiệp và Môi trường để tổng hợp, trình Ủy ban nhân dân "
     "tỉnh quyết định.", "Gửi bảng tổng hợp số liệu đất đai của xã về Sở Nông nghiệp và Môi trường"),
    # a clause is better than a long list
    ("Sửa chữa, nâng cấp các tuyến đường liên xã; xử lý nghiêm phương tiện chở quá tải trọng, xe hết niên hạn, xe không "
     "đăng kiểm.", "Sửa chữa, nâng cấp các tuyến đường liên xã"),
    # before the purpose, the ground, the manner
    ("Xây dựng cơ sở dữ liệu hộ tịch điện tử nhằm rút ngắn thời gian giải quyết thủ tục hành chính cho người dân vùng "
     "sâu, vùng xa.", "Xây dựng cơ sở dữ liệu hộ tịch điện tử"),
    ("Hướng dẫn các trường lập kế hoạch dạy học trên cơ sở chương trình giáo dục phổ thông và điều kiện thực tế của "
     "từng địa bàn dân cư.", "Hướng dẫn các trường lập kế hoạch dạy học trên cơ sở chương trình giáo dục phổ thông"),
    # “sở, ban, ngành” and “phòng, chống” are one
    ("Kiểm tra công tác phòng, chống cháy rừng tại các khu rừng đặc dụng, rừng phòng hộ, các khu du lịch sinh thái và "
     "khu dân cư ven rừng.", "Kiểm tra công tác phòng, chống cháy rừng tại các khu rừng đặc dụng, rừng phòng hộ"),
    # “kèm theo”, “theo dõi”, “không để” are no joints
    ("Theo dõi, đôn đốc tiến độ.", "Theo dõi, đôn đốc tiến độ"),
    # who only helps, in three words
    ("Sở Y tế phối kết hợp với Sở Tài chính, Sở Kế hoạch và Đầu tư và Ủy ban nhân dân các huyện, thành phố trong tỉnh kiểm tra, "
     "đôn đốc việc giữ nếp sống văn minh tại các chợ dân sinh.",
     "Phối kết hợp kiểm tra, đôn đốc việc giữ nếp sống văn minh tại các chợ dân sinh"),
    # a signed document without its date and issuer
    ("Triển khai thực hiện Chỉ thị số 05/CT-UBND ngày 12 tháng 3 năm 2031 của Chủ tịch Ủy ban nhân dân tỉnh về tiết "
     "kiệm điện.", "Triển khai thực hiện Chỉ thị số 05/CT-UBND về tiết kiệm điện"),
    # a circumstance before the order
    ("Trường hợp đơn không thuộc thẩm quyền thì hướng dẫn người dân gửi đến đúng cơ quan.",
     "Hướng dẫn người dân gửi đến đúng cơ quan"),
    # no quotation is torn
    ("Phát động phong trào “Xanh nhà, sạch ngõ, đẹp phố, an toàn giao thông, văn minh đô thị, nghĩa tình xóm làng” "
     "trong toàn dân.", "Phát động phong trào…"),
    # nothing fits
    ("Bố trí cán bộ trực tiếp hướng dẫn người cao tuổi chưa có lương hưu kê khai hồ sơ hưởng các chế độ trợ giúp "
     "thường xuyên của địa phương.",
     "Bố trí cán bộ trực tiếp hướng dẫn người cao tuổi chưa có lương hưu kê khai hồ sơ…"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "title"), CASES)
def test_title(sentence, title):
    (duty,) = vanban.read(FRAME.format(sentence)).duties

    assert duty.action == title
    assert len(title.split()) <= LONGEST


def test_a_very_long_sentence_has_a_title_too():
    (duty,) = vanban.read(FRAME.format("Xây dựng " + "(để, theo “" * 20_000 + ".")).duties

    assert 0 < len(duty.action.split()) <= LONGEST
