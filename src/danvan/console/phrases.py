"""What the audit keeps, as sentences: “Bà Mai (Sở Nội vụ) nhắc đơn vị, 08:15 ngày 01/4/2026”."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from danvan.audit.actions import history
from danvan.audit.models import AuditEntry

from .changes import Change, Teller

# Verb → what was done. Where one verb means different things, the kind of subject stands before it.
PHRASES = {
    # documents
    "taken_in": gettext_noop("đưa văn bản vào"),
    "read": gettext_noop("đọc văn bản"),
    "unreadable": gettext_noop("không đọc được văn bản"),
    "item_confirmed": gettext_noop("xác nhận một mục đọc được"),
    "items_confirmed": gettext_noop("xác nhận nhiều mục đọc được"),
    "item_corrected": gettext_noop("sửa một mục đọc được"),
    "item_dropped": gettext_noop("loại một mục đọc được"),
    "item_added": gettext_noop("thêm một mục đọc thiếu"),
    "item_undone": gettext_noop("hoàn tác một mục đã đối chiếu"),
    "proofread": gettext_noop("xác nhận kết quả đọc"),
    "taken_back": gettext_noop("rút xác nhận kết quả đọc"),
    "programme_said": gettext_noop("ghi là chương trình phối hợp, %(parties)s bên"),
    "programme_unsaid": gettext_noop("bỏ ghi chương trình phối hợp"),
    "concretises": gettext_noop("ghi văn bản cụ thể hóa %(upper)s"),
    "concretising_cut": gettext_noop("cắt liên kết cụ thể hóa %(upper)s"),
    "discarded": gettext_noop("bỏ tệp tải lên"),
    "restored": gettext_noop("khôi phục tệp đã bỏ"),
    "annexed": gettext_noop("thêm phụ lục “%(title)s”"),
    "card_made": gettext_noop("ghi văn bản chưa có tệp vào sổ"),
    "took_the_place_of_a_card": gettext_noop("đưa tệp vào chỗ của văn bản chưa có tệp"),
    "citations_settled": gettext_noop("xác định %(count)s viện dẫn “%(printed)s” là văn bản này"),
    "citations_set_aside": gettext_noop("ghi %(count)s viện dẫn “%(printed)s” không cần liên kết"),
    "citation_relinked": gettext_noop("nối “%(printed)s” với %(now)s, trước đó %(was)s"),
    "citation_cut": gettext_noop("cắt liên kết “%(printed)s”, trước đó %(was)s"),
    "citation_given_back": gettext_noop("để hệ thống tự xác định lại “%(printed)s”"),
    "citations_undone": gettext_noop("hoàn tác %(count)s viện dẫn “%(printed)s”"),
    "validity_said": gettext_noop("ghi hiệu lực: %(what)s từ %(on)s"),
    "validity_undone": gettext_noop("bỏ điều ghi về hiệu lực: %(what)s từ %(on)s"),
    "validity_verified": gettext_noop("đối chiếu hiệu lực với bản gốc: %(what)s từ %(on)s"),
    "validity_dismissed": gettext_noop("ghi %(later)s không làm thay đổi hiệu lực"),
    "package_taken": gettext_noop("nhập gói edXML của %(sender)s"),
    "receipt_written": gettext_noop("lập gói báo %(to)s: %(status)s"),
    "package_recalled": gettext_noop("nhập gói thu hồi văn bản của %(sender)s"),
    "package_refused": gettext_noop("nhập gói edXML “%(name)s”, không nhận được"),
    "sent_out": gettext_noop("gửi văn bản đến %(to)s"),
    "sent_again": gettext_noop("gửi lại văn bản đến %(to)s"),
    "delivery_received": gettext_noop("ghi nhận %(to)s đã nhận văn bản"),
    "delivery_refused": gettext_noop("ghi nhận %(to)s từ chối nhận văn bản"),
    # duties
    "proposed": gettext_noop("lập nhiệm vụ"),
    "follow_up_proposed": gettext_noop("đề xuất nhiệm vụ theo mốc của văn bản"),
    "proposal_narrowed": gettext_noop("bỏ đơn vị khỏi đề xuất"),
    "proposal_restored": gettext_noop("hoàn tác, đề xuất lại"),
    "passed_over": gettext_noop("bỏ qua đề xuất"),
    "assigned": gettext_noop("giao việc"),
    "acknowledged": gettext_noop("tiếp nhận"),
    "submitted": gettext_noop("nộp kết quả"),
    "completed": gettext_noop("hoàn thành việc"),
    "credited": gettext_noop("ghi nhận kết quả đã có trước"),
    "accepted": gettext_noop("xác nhận hoàn thành"),
    "returned": gettext_noop("trả lại"),
    "reminded": gettext_noop("nhắc đơn vị"),
    "answered": gettext_noop("ghi phản hồi đề nghị"),
    "declined": gettext_noop("ghi không tham gia"),
    "recomputed": gettext_noop("tính lại thời hạn theo lịch làm việc đã sửa"),
    "calendar_entered": gettext_noop("nhập lịch làm việc năm %(year)s"),
    "calendar_day_entered": gettext_noop("ghi vào lịch làm việc: %(day)s, %(kind)s"),
    "contested": gettext_noop("đề nghị xem lại"),
    "upheld": gettext_noop("xem lại và giữ nguyên việc đã giao"),
    "entrusted": gettext_noop("phân công cho %(to)s"),
    "progressed": gettext_noop("cập nhật tiến độ"),
    "told": gettext_noop("trao đổi"),
    "evidence_added": gettext_noop("thêm minh chứng"),
    "extension_asked": gettext_noop("đề nghị gia hạn đến %(to)s"),
    "extension_refused": gettext_noop("không đồng ý gia hạn"),
    "extended": gettext_noop("gia hạn"),
    "suspended": gettext_noop("tạm dừng"),
    "resumed": gettext_noop("cho làm tiếp"),
    "transferred": gettext_noop("chuyển việc đến %(to)s"),
    "transferred_here": gettext_noop("nhận việc chuyển từ %(from_unit)s"),
    "rescinded": gettext_noop("thôi giao"),
    "closed": gettext_noop("kết thúc theo dõi"),
    "reinstated": gettext_noop("hoàn tác việc thôi giao, kết thúc"),
    "cascaded": gettext_noop("giao %(units)s đơn vị cấp dưới"),
    "difficulty_seen": gettext_noop("đã xem khó khăn, vướng mắc của cấp dưới"),
    "difficulty_raised": gettext_noop("nêu khó khăn, vướng mắc"),
    "difficulty_answered": gettext_noop("trả lời khó khăn, vướng mắc"),
    "difficulty_passed_up": gettext_noop("chuyển cấp trên"),
    "difficulty_reopened": gettext_noop("đề nghị trả lời lại"),
    "difficulty_closed": gettext_noop("kết thúc theo dõi khó khăn, vướng mắc"),
    "covered": gettext_noop("đối chiếu nội dung kế hoạch với nhiệm vụ được giao"),
    "coverage_said": gettext_noop("sửa độ phủ của nhiệm vụ “%(duty)s”"),
    "coverage_undone": gettext_noop("hoàn tác sửa độ phủ của nhiệm vụ “%(duty)s”"),
    "feed_made": gettext_noop("lấy địa chỉ lịch riêng"),
    "feed_renewed": gettext_noop("đổi địa chỉ lịch riêng"),
    "theme_made": gettext_noop("đặt chủ đề, chương trình"),
    "theme_ended": gettext_noop("kết thúc chủ đề, chương trình"),
    "labelled": gettext_noop("gắn vào “%(theme)s”"),
    "unlabelled": gettext_noop("bỏ khỏi “%(theme)s”"),
    "plan_begun": gettext_noop("bắt đầu soạn kế hoạch"),
    "plan_written": gettext_noop("soạn kế hoạch"),
    "plan_set_aside": gettext_noop("viết cùng lúc, bản viết được để riêng"),
    "plan_merged": gettext_noop("chọn một trong hai bản viết cùng lúc"),
    "plan_decided": gettext_noop("quyết định với nhiệm vụ “%(duty)s”"),
    "plan_divided": gettext_noop("chia nhiệm vụ “%(duty)s”"),
    "plan_moved": gettext_noop("đổi thứ tự việc “%(duty)s”"),
    "plan_duties_added": gettext_noop("thêm %(count)s nhiệm vụ được giao vào kế hoạch"),
    "plan_own_added": gettext_noop("thêm việc riêng vào kế hoạch"),
    "plan_task_removed": gettext_noop("bỏ việc “%(duty)s” khỏi kế hoạch"),
    "plan_handed_in": gettext_noop("nộp kế hoạch đã soạn"),
    "plan_reopened": gettext_noop("soạn lại kế hoạch bị trả"),
    # records and figures
    "written": gettext_noop("ghi vào sổ"),
    "amended": gettext_noop("sửa bản ghi"),
    "kept": gettext_noop("giữ số như đã ghi"),
    "voided": gettext_noop("hủy bản ghi"),
    "proved": gettext_noop("nộp làm minh chứng cho “%(assignment)s”"),
    "concluded": gettext_noop("tạo nhiệm vụ từ kết luận: “%(action)s”"),
    "taken": gettext_noop("chốt số liệu"),
    # reports
    "opened": gettext_noop("mở báo cáo"),
    "wrote": gettext_noop("viết báo cáo"),
    "set_aside": gettext_noop("viết cùng lúc, bản viết được để riêng"),
    "claimed": gettext_noop("gắn báo cáo với nhiệm vụ"),
    "superseded": gettext_noop("thay bằng bản báo cáo sau"),
    "merged": gettext_noop("ghép hai bản viết"),
    "reports.report submitted": gettext_noop("gửi báo cáo"),
    "reports.report returned": gettext_noop("trả lại báo cáo"),
    "reports.report accepted": gettext_noop("chấp nhận báo cáo"),
    "remark_settled": gettext_noop("bổ sung theo góp ý"),
    "consolidated": gettext_noop("tổng hợp báo cáo"),
    "passage_taken": gettext_noop("đưa đoạn của đơn vị vào báo cáo"),
    "passage_rewritten": gettext_noop("sửa đoạn trong báo cáo"),
    "passage_dropped": gettext_noop("bỏ đoạn khỏi báo cáo"),
    "issued": gettext_noop("gửi báo cáo tổng hợp"),
    # scores
    "campaign_opened": gettext_noop("mở đợt chấm điểm"),
    "campaign_closed": gettext_noop("kết thúc đợt chấm điểm"),
    "score_opened": gettext_noop("lập phiếu chấm điểm"),
    "score_written": gettext_noop("tự chấm điểm"),
    "evidence_withdrawn": gettext_noop("rút minh chứng"),
    "score_submitted": gettext_noop("gửi phiếu thẩm định"),
    "score_appraised": gettext_noop("thẩm định điểm"),
    "score_final": gettext_noop("chốt kết quả chấm điểm"),
    # units, people, committees
    "unit_established": gettext_noop("ghi thành lập đơn vị từ %(on)s, theo %(basis)s"),
    "unit_renamed": gettext_noop("ghi đổi tên từ %(on)s, theo %(basis)s"),
    "unit_moved": gettext_noop("ghi chuyển cấp trên trực tiếp từ %(on)s, theo %(basis)s"),
    "unit_took_over": gettext_noop("ghi kế thừa %(before_it)s từ %(on)s, theo %(basis)s"),
    "unit_split": gettext_noop("ghi tách ra %(after_it)s từ %(on)s, theo %(basis)s"),
    "unit_ended": gettext_noop("ghi kết thúc hoạt động từ %(on)s, theo %(basis)s"),
    "unit_code_given": gettext_noop("ghi %(system)s %(code)s từ %(on)s"),
    "unit_event_undone": gettext_noop("hoàn tác sự kiện “%(kind)s” ngày %(on)s, theo %(basis)s"),
    "unit_amended": gettext_noop("bổ sung tên viết tắt, tên khác hoặc thứ tự của đơn vị"),
    "unit_imported": gettext_noop("lập đơn vị, nhập từ tệp %(file)s"),
    "import_begun": gettext_noop("tải tệp %(rows)s dòng lên để xem trước"),
    "imported": gettext_noop("nhập %(rows)s dòng từ tệp, để lại %(bad)s dòng lỗi"),
    "import_cancelled": gettext_noop("hủy lần nhập từ tệp"),
    "people_exported": gettext_noop("xuất %(count)s người và vai trò ngày %(on)s ra Excel"),
    "person_added": gettext_noop("thêm người"),
    "person_changed": gettext_noop("sửa thông tin người"),
    "appointed": gettext_noop("giao vai trò %(role)s tại %(unit)s cho %(person)s"),
    "post_changed": gettext_noop("sửa chức danh hoặc thời gian giữ vai trò"),
    "post_ended": gettext_noop("kết thúc vai trò"),
    "delegated": gettext_noop("giao %(to)s làm thay"),
    "delegation_ended": gettext_noop("thôi giao %(to)s làm thay"),
    "term_begun": gettext_noop("lập nhiệm kỳ của %(committee)s"),
    "term_ended": gettext_noop("kết thúc nhiệm kỳ, theo %(reason)s"),
    "committee_reviewed": gettext_noop("ghi kết quả rà soát: %(outcome)s"),
    # publication
    "released": gettext_noop("công khai"),
    "replaced": gettext_noop("thay bằng bản công khai mới"),
    "taken_down": gettext_noop("gỡ nội dung công khai"),
    # the journal itself, and what is covered
    "checked": gettext_noop("kiểm tra toàn vẹn nhật ký"),
    "identity_read": gettext_noop("mở thông tin cá nhân: %(what)s"),
    # accounts
    "signed_in": gettext_noop("đăng nhập"),
    "signed_out": gettext_noop("đăng xuất"),
    "sign_in_failed": gettext_noop("nhập sai mật khẩu"),
    "second_step_failed": gettext_noop("nhập sai mã xác thực"),
    "password_changed": gettext_noop("đổi mật khẩu"),
    "password_reset": gettext_noop("đặt lại mật khẩu qua thư"),
    "second_factor_added": gettext_noop("thêm bước xác thực thứ hai"),
    "second_factor_removed": gettext_noop("gỡ bước xác thực thứ hai"),
    "second_factor_reset": gettext_noop("đặt lại bước xác thực thứ hai"),
    "recovery_codes_made": gettext_noop("tạo mã khôi phục mới"),
    "province_account_linked": gettext_noop("liên kết tài khoản của tỉnh"),
    "province_account_unlinked": gettext_noop("gỡ liên kết với tài khoản của tỉnh"),
    "invited": gettext_noop("mời dùng phần mềm, gửi đến %(email)s"),
    "invitation_withdrawn": gettext_noop("rút lời mời"),
    "account_made": gettext_noop("lập tài khoản theo lời mời"),
    "account_locked": gettext_noop("khóa tài khoản"),
    "account_unlocked": gettext_noop("mở khóa tài khoản"),
    "unit_made": gettext_noop("lập đơn vị khi cài đặt"),
    "account_rescued": gettext_noop("cứu tài khoản từ máy chủ"),
    "sessions_ended": gettext_noop("kết thúc %(ended)s phiên đăng nhập"),
    "policy_changed": gettext_noop("đổi chính sách đăng nhập của %(role)s"),
    "letter_repeated": gettext_noop("gửi lại thư"),
    "letter_withdrawn": gettext_noop("bỏ thư chưa gửi"),
}

FEW = 3  # fields that a sentence tells also of what was just made


@dataclass(frozen=True)
class Sentence:
    who: str
    did: str
    at: datetime
    on: str  # what it was done to
    changes: tuple[Change, ...] = ()
    reason: str = ""
    on_behalf_of: str = ""
    times: int = 1  # what was saved every moment is told once


def phrase(entry: AuditEntry) -> str:
    """What an entry's verb says of its kind of subject."""
    kind, verb = entry.subject_kind, entry.verb
    known = PHRASES.get(f"{kind} {verb}") or PHRASES.get(verb, verb)
    return _(known) % defaultdict(str, entry.details, reason=entry.reason)


def who(entry: AuditEntry) -> str:
    unit = entry.by_post.partition(", ")[2]
    return f"{entry.by_name} ({unit})" if unit else entry.by_name


def sentence(entry: AuditEntry, changes: Iterable[Change] = (), *, times: int = 1) -> Sentence:
    return Sentence(
        who=who(entry),
        did=phrase(entry),
        at=entry.at,
        on=entry.subject_label,
        changes=tuple(changes),
        reason=entry.reason,
        on_behalf_of=entry.on_behalf_of,
        times=times,
    )


def sentences(subject: models.Model) -> list[Sentence]:
    """The history of a thing, newest first, with what changed."""
    return told(history(subject)[:100])


def told(entries: Iterable[AuditEntry]) -> list[Sentence]:
    """Entries as sentences; what one person typed on one page, moment by moment, as one."""
    runs: list[list[AuditEntry]] = []
    for entry in entries:
        if runs and _goes_on(runs[-1][-1], entry):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    shown = {run[0].pk: run[0] for run in runs if len(run) == 1 and not _is_made(run[0])}
    teller = Teller(shown.values())
    return [
        sentence(run[0], teller.changes(run[0]) if run[0].pk in shown else (), times=len(run))
        for run in runs
    ]


def _is_made(entry: AuditEntry) -> bool:
    """A whole thing was made: its page shows what it is."""
    return not entry.before and len(entry.after) > FEW


def _goes_on(later: AuditEntry, entry: AuditEntry) -> bool:
    return (
        entry.verb == later.verb == "wrote"
        and entry.by_user == later.by_user
        and entry.details.get("page") == later.details.get("page")
    )
