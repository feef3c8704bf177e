import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.documents import actions
from danvan.documents.models import Correction, Document, Reading
from danvan.duties.models import Assignment, Duty, Evidence
from danvan.files.models import Attachment
from danvan.org.choices import Role
from tests.factories import (
    AssignmentFactory,
    AttachmentFactory,
    DocumentFactory,
    DutyFactory,
    ReadingFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db

TEXT = "\n".join(
    [
        "KẾ HOẠCH",
        "1. Sở Tư pháp xây dựng kế hoạch chậm nhất ngày 31/3/2024.",
        "2. Các cơ quan hữu quan cung cấp số liệu.",
        "Đã đối thoại 164 cuộc.",
    ]
)
HTMX = {"HTTP_HX_REQUEST": "true"}


def _item(words, **values):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, "confidence": 0.9, **values}


def _result():
    due = {"kind": "date", "date": "2024-03-31", "inclusive": True}
    return {
        "header": {"number": "15/KH-UBND", "date": "2024-02-20", "kind": "Kế hoạch"},
        "header_spans": {"kind": {"start": 0, "end": 8, "confidence": 0.9, "because": "a"}},
        "outline": [_item("1. Sở Tư pháp", label="1", level=1, title="Sở Tư pháp", path="1")],
        "duties": [
            _item(
                "Sở Tư pháp xây dựng kế hoạch chậm nhất ngày 31/3/2024",
                action="Xây dựng kế hoạch",
                lead=["Sở Tư pháp"],
                due={**due, **_item("chậm nhất ngày 31/3/2024")},
            ),
            _item(
                "Các cơ quan hữu quan cung cấp số liệu",
                action="Cung cấp số liệu",
                lead=["Các cơ quan hữu quan"],
                because="Chủ thể đứng đầu câu",
            ),
        ],
        "figures": [_item("164 cuộc", name="số cuộc đối thoại", value=164, unit="cuộc")],
    }


@pytest.fixture
def justice(db):
    return UnitFactory(called="Sở Tư pháp")


@pytest.fixture
def by(db, on_day):
    on_day(2024, 3, 18)
    return coordinator()


@pytest.fixture
def reading(by, justice):
    return ReadingFactory(text=TEXT, result=_result(), document__filed_by=by.unit)


def _page(view, reading, /, **query):
    return reverse(f"console:{view}", args=[reading.document_id], query=query or None)


def _file(data, name="ke-hoach.txt"):
    return {"file": SimpleUploadedFile(name, data)}


# The register.


def test_the_register_is_searched_with_and_without_diacritics(client, by):
    DocumentFactory(number="15/KH-UBND", folded=" 15 kh ubnd ke hoach dan van ")
    DocumentFactory(number="04/KH-UBND", folded=" 4 kh ubnd ke hoach doi thoai ")
    signed_in(client, by)

    for words in ("dân vận", "DAN VAN", "15/kh"):
        answer = client.get(reverse("console:documents"), {"q": words})
        assert [row.document.number for row in answer.context["rows"]] == ["15/KH-UBND"]


def test_a_documents_own_number_comes_first_and_what_was_sought_is_marked(client, by):
    own = DocumentFactory(
        number="25-NQ/TW",
        issued_on="2013-06-03",
        title="Công tác dân vận",
        folded=" 25 nq tw cong tac dan van ",
    )
    DocumentFactory(
        number="9/KH-UBND",
        title=f"{'Về kế hoạch ' * 20}thực hiện 25-NQ/TW",
        folded=" 9 kh ubnd thuc hien 25 nq tw ",
    )
    signed_in(client, by)

    answer = client.get(reverse("console:documents"), {"q": "25 nq tw"})

    assert [row.document for row in answer.context["rows"]][0] == own
    assert len(answer.context["rows"]) == 2
    page = answer.content.decode()
    assert "<mark>25</mark>-<mark>NQ</mark>/<mark>TW</mark>" in page
    assert "… " in page  # a long title begins near it


def test_the_register_keeps_its_query_count(client, by, django_assert_max_num_queries):
    for _time in range(30):
        ReadingFactory()
    signed_in(client, by)

    with django_assert_max_num_queries(20):
        client.get(reverse("console:documents"))


def test_an_officer_sees_what_is_registered_and_what_is_his_units(client, reading):
    officer = actor()
    DocumentFactory(number="1/QĐ")
    DocumentFactory(number="2/QĐ", registered_on=None, filed_by=officer.unit)
    DocumentFactory(number="3/QĐ", registered_on=None)

    page = signed_in(client, officer).get(reverse("console:documents")).content.decode()

    assert "1/QĐ" in page
    assert "2/QĐ" in page
    assert "3/QĐ" not in page
    assert "Thêm văn bản" not in page


@pytest.mark.parametrize(("role", "offered"), [(Role.COORDINATOR, True), (Role.READER_ONLY, False)])
def test_checking_is_offered_to_who_may(client, reading, role, offered):
    page = signed_in(client, actor(role)).get(reverse("console:documents")).content.decode()

    assert (_page("proofread", reading) in page) is offered
    assert "Chờ đối chiếu" in page


def test_the_register_is_not_for_the_administrator(client, db):
    response = signed_in(client, actor(Role.ADMINISTRATOR)).get(reverse("console:documents"))

    assert response.status_code == 403


# Taking a file in.


def test_a_file_is_taken_in_and_leads_to_its_proofreading(client, by):
    response = signed_in(client, by).post(reverse("console:documents"), _file(TEXT.encode()))

    document = Document.objects.get()
    assert response.url == reverse("console:proofread", args=[document.pk])
    with document.attachment.content.open("rb") as kept:
        assert kept.read() == TEXT.encode()


def _docx(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return packed.getvalue()


ENTITY = """<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>"""


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (bytes(range(1, 256)) * 20, "a.docx", "không phải văn bản đọc được"),
        (b"", "a.txt", "“a.txt” không có nội dung"),
        (b" \n\n ", "a.txt", "không có nội dung"),
        (_docx(word__document=b"0" * 30_000_000), "bomb.docx", "hỏng hoặc không an toàn"),
        (_docx(word__document=ENTITY), "xxe.docx", "hỏng hoặc không an toàn"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x90" * 300, "a.png", "bị hỏng"),
        (b"%PDF-1.7 /Font", "a.pdf", "bị hỏng"),
    ],
    ids=["bytes", "empty", "blank", "bomb", "entity", "png", "pdf"],
)
def test_what_is_no_document_is_said_and_nothing_is_kept(client, by, data, name, said):
    response = signed_in(client, by).post(reverse("console:documents"), _file(data, name))

    assert response.status_code == 400
    assert said in response.content.decode()
    assert Document.objects.count() == Attachment.objects.count() == 0


def test_a_file_past_the_limit_is_said_with_its_size(client, by, settings):
    settings.DANVAN_UPLOAD_LIMIT = 1024 * 1024

    response = signed_in(client, by).post(
        reverse("console:documents"), _file(b"chu " * 500_000, "a.txt")
    )

    assert response.status_code == 400
    assert "Tệp 2\u00a0MB vượt mức 1\u00a0MB" in response.content.decode()
    assert Document.objects.count() == 0


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPRAISER, Role.READER_ONLY])
def test_adding_is_for_the_coordinator(client, db, role):
    response = signed_in(client, actor(role)).post(
        reverse("console:documents"), _file(TEXT.encode())
    )

    assert response.status_code == 403
    assert Document.objects.count() == 0


# While it is being read.


@pytest.mark.parametrize("state", ["queued", "reading"])
def test_while_it_is_read_the_page_says_so(client, by, state):
    reading = ReadingFactory(state=state, read_at=None)
    signed_in(client, by)

    page = client.get(_page("proofread", reading))
    again = client.get(_page("proofread", reading), **HTMX)

    assert "Đang đọc…" in page.content.decode()
    assert re.fullmatch(r"Đã chờ \d+ giây\.", again.content.decode())
    assert "HX-Refresh" not in again


def test_when_it_is_read_the_waiting_page_comes_again(client, by, reading):
    response = signed_in(client, by).get(_page("proofread", reading), **HTMX)

    assert response["HX-Refresh"] == "true"


def test_what_could_not_be_read_says_why(client, by):
    reading = ReadingFactory(state="unreadable", read_at=None, problem="Tệp bị hỏng.")

    assert "Tệp bị hỏng." in signed_in(client, by).get(_page("proofread", reading)).content.decode()


# Proofreading.


def test_the_open_name_comes_first_and_deadlines_are_computed(client, by, reading):
    page = signed_in(client, by).get(_page("proofread", reading)).content.decode()

    assert page.index('id="duties-1"') < page.index('id="duties-0"')
    assert "Chưa rõ đơn vị: “Các cơ quan hữu quan”." in page
    assert "hết Thứ Hai, 01/4/2024" in page
    assert "Đã xem 0/7, còn 1 mục cần xem kỹ" in page
    assert 'data-span="duties-0" data-number="1"' in page


@pytest.mark.parametrize("tab", ["header", "outline", "citations", "indicators", "figures", "x"])
def test_every_tab_opens(client, by, reading, tab):
    assert signed_in(client, by).get(_page("proofread", reading, tab=tab)).status_code == 200


def test_an_empty_tab_says_how_to_add(client, by, reading):
    page = signed_in(client, by).get(_page("proofread", reading, tab="indicators"))

    assert "Không thấy chỉ tiêu nào." in page.content.decode()
    assert "bôi đen chữ trong nguồn để thêm" in page.content.decode()


def test_a_big_reading_keeps_its_query_count(client, by, justice, django_assert_max_num_queries):
    line = "Sở Tư pháp xây dựng kế hoạch và gửi báo cáo về Sở Nội vụ chậm nhất ngày 31/3/2024. " * 5
    due = {"kind": "date", "date": "2024-03-31", "text": "31/3"}
    step = len(line) + 1
    rows = [
        {"start": n * step, "end": n * step + 60, "text": "a", "lead": [f"Sở {n}"], "due": due}
        for n in range(80)
    ]
    reading = ReadingFactory(text=f"{line}\n" * 80, result={"duties": rows, "figures": rows})
    signed_in(client, by)
    client.get(reverse("console:documents"))  # the first page after signing in keeps the session

    for tab in ("duties", "figures"):
        with django_assert_max_num_queries(20):
            client.get(_page("proofread", reading, tab=tab))


def test_a_get_writes_nothing(client, by, reading):
    signed_in(client, by)

    for query in ({}, {"edit": "duties:0"}, {"add": "duties", "start": 0, "end": 8}):
        client.get(_page("proofread", reading, **query))
    for name in ("confirm_item", "drop_item", "confirm_reading", "register_reading", "add_item"):
        assert client.get(_page(name, reading)).status_code == 405

    assert Correction.objects.count() == 0


@pytest.mark.parametrize("offset", ["²", "9" * 5000, "-1"])
def test_an_offset_that_is_no_number_adds_nothing(client, by, reading, offset):
    asked = {"add": "duties", "start": offset, "end": offset}

    assert signed_in(client, by).get(_page("proofread", reading, **asked)).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OFFICER, 404), (Role.APPRAISER, 403), (Role.READER_ONLY, 403)]
)
def test_proofreading_is_refused_to_others(client, reading, role, status):
    signed_in(client, actor(role))

    assert client.get(_page("proofread", reading)).status_code == status
    for name in ("confirm_item", "drop_item", "undo_item", "correct_item", "answer_name"):
        assert client.post(_page(name, reading), {"item": "duties:0"}).status_code == status
    assert client.post(_page("confirm_reading", reading)).status_code == status
    assert Correction.objects.count() == 0


def test_an_officer_proofreads_his_own_units_document_only_until_it_is_anothers(client, reading):
    reading.document.registered_on = "2024-02-21"
    reading.document.save()

    assert signed_in(client, actor()).get(_page("proofread", reading)).status_code == 403


def test_confirming_an_item_leads_back_to_it(client, by, reading):
    signed_in(client, by)

    for _time in range(2):
        response = client.post(_page("confirm_item", reading), {"item": "duties:0"})

    assert response.url.endswith("?tab=duties#duties-0")
    assert reading.corrections.count() == 1


def test_with_scripts_only_the_item_and_the_counts_come_back(client, by, reading):
    response = signed_in(client, by).post(
        _page("confirm_item", reading), {"item": "duties:0"}, **HTMX
    )

    page = response.content.decode()
    assert 'id="duties-0"' in page
    assert 'id="duties-1"' not in page
    assert "Đã xem 1/7" in page
    assert 'hx-swap-oob="true"' in page


def test_a_dropped_item_can_be_taken_back(client, by, reading):
    signed_in(client, by)

    dropped = client.post(_page("drop_item", reading), {"item": "duties:0"}, **HTMX)
    back = client.post(_page("undo_item", reading), {"item": "duties:0"}, **HTMX)

    assert "Đã loại 1 nhiệm vụ khỏi kết quả đọc." in dropped.content.decode()
    assert "Hoàn tác" in dropped.content.decode()
    assert "Đã loại" not in back.content.decode()


def test_an_item_that_is_not_there_is_not_found(client, by, reading):
    response = signed_in(client, by).post(_page("confirm_item", reading), {"item": "duties:99"})

    assert response.status_code == 404


def test_an_item_is_corrected_in_its_form(client, by, reading):
    signed_in(client, by)
    typed = {
        "item": "duties:0",
        "action": "Ban hành kế hoạch",
        "lead": "Sở Tư pháp\nSở Nội vụ",
        "due_kind": "date",
        "due_date": "15/4/2024",
        "due_inclusive": "on",
    }

    form = client.get(_page("proofread", reading, edit="duties:0"))
    client.post(_page("correct_item", reading), typed)

    assert "chậm nhất ngày 31/3/2024" in form.content.decode()
    values = actions.items(reading)["duties"][0].values
    assert values["action"] == "Ban hành kế hoạch"
    assert values["lead"] == ["Sở Tư pháp", "Sở Nội vụ"]
    assert values["due"]["date"] == "2024-04-15"


@pytest.mark.parametrize(("headers", "status"), [({}, 400), (HTMX, 422)])
def test_a_mistyped_date_comes_back_with_what_was_typed(client, by, reading, headers, status):
    typed = {
        "item": "duties:0",
        "action": "Chữ vừa gõ",
        "due_kind": "date",
        "due_date": "31/2/2024",
    }

    response = signed_in(client, by).post(_page("correct_item", reading), typed, **headers)

    assert response.status_code == status
    assert "Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026." in response.content.decode()
    assert "Chữ vừa gõ" in response.content.decode()
    assert Correction.objects.count() == 0


def test_a_field_of_the_header_is_corrected(client, by, reading):
    signed_in(client, by).post(
        _page("correct_item", reading), {"item": "header:number", "value": "16/KH-UBND"}
    )

    header = {item.key: item for item in actions.items(reading)["header"]}
    assert header["header:number"].values["value"] == "16/KH-UBND"


@pytest.mark.parametrize(
    "where",
    [
        {"start": TEXT.index("Đã đối"), "end": TEXT.index("164")},
        {"words": "Đã  đối thoại "},
    ],
    ids=["offsets", "words"],
)
def test_chosen_words_become_an_item_once(client, by, reading, where):
    signed_in(client, by)
    page = client.get(_page("proofread", reading, add="duties", **where)).content.decode()
    key = page.split('name="item" value="duties:+')[1].split('"')[0]
    start, end = TEXT.index("Đã đối"), TEXT.index(" 164")
    typed = {"item": f"duties:+{key}", "start": start, "end": end, "action": "Đối thoại"}

    for _time in range(2):
        response = client.post(_page("add_item", reading), typed)

    added = [item for item in actions.items(reading)["duties"] if item.state == "added"]
    assert response.url.endswith(f"#duties-{key}")
    assert [(one.start, one.end) for one in added] == [(start, end)]
    assert f'name="start" value="{start}"' in page
    assert f'name="end" value="{end}"' in page


def test_words_that_are_not_in_the_source_are_said(client, by, reading):
    page = signed_in(client, by).get(_page("proofread", reading, add="duties", words="không có"))

    assert "Không thấy những chữ này trong nguồn." in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"item": "duties:+x", "start": 0, "end": 5},
        {"item": "outline:+00000000-0000-0000-0000-000000000000", "start": 0, "end": 5},
        {"item": "duties:+00000000-0000-0000-0000-000000000000", "start": 9000, "end": 9001},
        {"item": "duties:+00000000-0000-0000-0000-000000000000"},
    ],
)
def test_adding_elsewhere_is_not_found(client, by, reading, typed):
    response = signed_in(client, by).post(_page("add_item", reading), {**typed, "action": "a"})

    assert response.status_code == 404
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("answer", ["units", "group", "nobody"])
def test_an_open_name_is_answered(client, by, reading, justice, answer):
    typed = {
        "units": {"units": [str(justice.pk)]},
        "group": {"group": "departments"},
        "nobody": {"nobody": "1"},
    }[answer]
    question = {"item": "duties:1", "name": "Các cơ quan hữu quan"}
    signed_in(client, by)

    asked = client.get(_page("proofread", reading, **question)).content.decode()
    response = client.post(_page("answer_name", reading), {**question, **typed})

    means = set(actions.answers(reading)["Các cơ quan hữu quan"])
    departments = {str(justice.pk), str(by.unit_id)}
    assert means == {"units": {str(justice.pk)}, "group": departments, "nobody": set()}[answer]
    assert response.url.endswith("#duties-1")
    assert "Chọn nhóm" in asked


def test_nothing_chosen_is_no_answer(client, by, reading):
    question = {"item": "duties:1", "name": "Các cơ quan hữu quan"}

    response = signed_in(client, by).post(_page("answer_name", reading), question, follow=True)

    assert "Chưa chọn đơn vị nào." in response.content.decode()
    assert actions.answers(reading) == {}


def test_confirming_with_an_open_name_is_refused_and_names_it(client, by, reading):
    response = signed_in(client, by).post(_page("confirm_reading", reading), follow=True)

    assert "Chưa rõ đơn vị: “Các cơ quan hữu quan”" in response.content.decode()
    assert Duty.objects.count() == 0


def test_confirming_lays_the_duties_and_says_on_how_many(client, by, reading, justice):
    actions.answer_name(reading, "Các cơ quan hữu quan", by=by, means=[])
    signed_in(client, by)

    for _time in range(2):
        response = client.post(_page("confirm_reading", reading), follow=True)

    page = response.content.decode()
    assert "Đã xác nhận. 1 nhiệm vụ được giao cho 1 đơn vị." in page
    assert "Xem ma trận" in page
    assert Assignment.objects.get().unit == justice


def test_a_confirmed_reading_is_shown_without_buttons(client, by, reading):
    Reading.objects.update(state="proofread")
    signed_in(client, by)

    page = client.get(_page("proofread", reading, edit="duties:0")).content.decode()
    response = client.post(_page("drop_item", reading), {"item": "duties:0"}, follow=True)

    assert "data-key=" not in page
    assert "Kết quả đọc đã được xác nhận" in response.content.decode()


def test_an_officer_registers_his_units_plan_and_lays_no_duties(client, justice):
    officer = actor(unit=justice)
    reading = ReadingFactory(text=TEXT, result=_result(), document__filed_by=justice)
    signed_in(client, officer)

    page = client.get(_page("proofread", reading)).content.decode()
    response = client.post(_page("register_reading", reading), follow=True)

    assert "Xác nhận kết quả đọc" in page
    assert "Xác nhận và giao nhiệm vụ" not in page
    assert "Đã xác nhận kết quả đọc." in response.content.decode()
    assert Duty.objects.count() == 0
    assert Document.objects.registered().count() == 1


# Many items at once.


def _many():
    line = _item("Đã đối thoại", action="Đối thoại")
    weak = {"confidence": 0.4}
    return {
        "duties": [
            *({**line, "because": "Rõ"} for _time in range(3)),
            *({**line, **weak, "because": f"Hàng {n} của bảng: cột trống"} for n in (1, 2)),
            {**line, **weak, "because": "Khác"},
            {**line, "lead": ["Các cơ quan hữu quan"]},
        ]
    }


@pytest.fixture
def many(by, justice):
    return ReadingFactory(text=TEXT, result=_many(), document__filed_by=by.unit)


def _confirmed(reading):
    return [item.key for item in actions.items(reading)["duties"] if item.state == "confirmed"]


@pytest.mark.parametrize(
    ("together", "asked", "keys"),
    [
        ("sure", "Xác nhận cả 3 mục là đúng?", {"duties:0", "duties:1", "duties:2"}),
        ("duties:3", "Xác nhận cả 2 mục là đúng?", {"duties:3", "duties:4"}),
    ],
)
def test_many_items_are_asked_about_once_and_confirmed(client, by, many, together, asked, keys):
    signed_in(client, by)

    page = client.get(_page("proofread", many)).content.decode()
    question = client.get(_page("proofread", many, tab="duties", together=together))
    for _time in range(2):
        client.post(_page("confirm_items", many), {"tab": "duties", "together": together})

    assert f"together={together}" in page.replace("%3A", ":")
    assert asked in question.content.decode()
    assert set(_confirmed(many)) == keys
    assert many.corrections.count() == len(keys)


@pytest.mark.parametrize("together", ["duties:5", "duties:6", "duties:99", ""])
def test_what_stands_alone_or_asks_who_is_not_confirmed_with_others(client, by, many, together):
    signed_in(client, by)

    client.post(_page("confirm_items", many), {"tab": "duties", "together": together})

    assert many.corrections.count() == 0


def test_each_of_many_is_taken_back_alone(client, by, many):
    signed_in(client, by)
    client.post(_page("confirm_items", many), {"tab": "duties", "together": "sure"})

    client.post(_page("undo_item", many), {"item": "duties:1"})

    assert _confirmed(many) == ["duties:0", "duties:2"]


def test_many_items_of_a_confirmed_reading_stay(client, by, many):
    Reading.objects.update(state="proofread")

    response = signed_in(client, by).post(
        _page("confirm_items", many), {"tab": "duties", "together": "sure"}, follow=True
    )

    assert many.corrections.count() == 0
    assert "Kết quả đọc đã được xác nhận" in response.content.decode()


def test_the_page_and_the_question_before_confirming_count_alike(client, by, many):
    actions.answer_name(many, "Các cơ quan hữu quan", by=by, means=[])
    signed_in(client, by)
    client.post(_page("confirm_items", many), {"tab": "duties", "together": "sure"})

    page = client.get(_page("proofread", many)).content.decode()
    asked = client.get(_page("ask_to_confirm", many)).content.decode()

    assert "Đã xem 4/7" in page
    assert "Còn 3 mục chưa ai xem lại." in asked


def test_a_plan_of_a_year_gone_by_can_be_registered_without_laying_its_duties(client, by, many):
    actions.answer_name(many, "Các cơ quan hữu quan", by=by, means=[])
    signed_in(client, by)

    asked = client.get(_page("ask_to_confirm", many)).content.decode()
    client.post(_page("register_reading", many))

    assert _page("register_reading", many) in asked
    many.refresh_from_db()
    assert many.state == "proofread"
    assert not many.document.duties.exists()


# The same document once more.


def test_the_same_file_again_is_said_with_a_link_to_the_earlier(client, by, reading):
    kept = AttachmentFactory(sha256=reading.document.attachment.sha256)
    again = ReadingFactory(document__attachment=kept, document__registered_on=None)
    signed_in(client, by)

    page = client.get(_page("proofread", again)).content.decode()

    assert "Tệp này đã được tải lên trước đó:" in page
    assert reverse("console:document", args=[reading.document_id]) in page


def test_the_same_number_body_and_day_again_is_said(client, by):
    same = {"number": "15/KH-UBND", "number_squeezed": "15/kh-ubnd", "issued_on": "2024-02-20"}
    first = DocumentFactory(**same, issuer="UBND tỉnh", attachment__sha256="a" * 64)
    again = ReadingFactory(
        document=DocumentFactory(
            **same, issuer="UBND tỉnh", registered_on=None, attachment__sha256="b" * 64
        )
    )
    other = ReadingFactory(
        document=DocumentFactory(
            **same, issuer="UBND huyện", registered_on=None, attachment__sha256="c" * 64
        )
    )
    signed_in(client, by)

    said = client.get(_page("proofread", again)).content.decode()
    silent = client.get(_page("proofread", other)).content.decode()

    assert "Đã có văn bản cùng số, cùng cơ quan, cùng ngày:" in said
    assert reverse("console:document", args=[first.pk]) in said
    assert "Đã có văn bản cùng số" not in silent


def test_an_earlier_document_that_one_may_not_see_is_not_told_of(client, reading):
    officer = actor()
    Document.objects.update(registered_on=None)
    kept = AttachmentFactory(sha256=reading.document.attachment.sha256)
    again = ReadingFactory(
        document__attachment=kept, document__registered_on=None, document__filed_by=officer.unit
    )

    page = signed_in(client, officer).get(_page("proofread", again)).content.decode()

    assert "trước đó" not in page


def test_a_tab_is_swapped_with_scripts_and_brings_its_pane_and_words(client, by, reading):
    page = signed_in(client, by).get(_page("proofread", reading, tab="figures"), **HTMX)

    assert 'id="result"' in page.content.decode()
    assert 'id="proof-words"' in page.content.decode()


@pytest.mark.parametrize(
    ("path", "said"), [("IV.1", "mục IV.1"), ("Phụ lục I, mục II", ">Phụ lục I, mục II<")]
)
def test_a_duty_says_in_which_part_of_the_text_it_stands(client, by, reading, path, said):
    reading.result["duties"][0]["heading"] = {"path": path, "title": "a"}
    reading.save()

    page = signed_in(client, by).get(_page("proofread", reading)).content.decode()

    assert said in page


# One document.


def test_a_duty_leads_to_its_words_in_the_document(client, by, reading):
    row = _result()["duties"][0]
    duty = DutyFactory(document=reading.document, start=row["start"], end=row["end"])
    AssignmentFactory(duty=duty, done=True)
    AssignmentFactory(duty=duty)

    page = signed_in(client, by).get(_page("document", reading, duty=duty.pk)).content.decode()

    assert page.count('id="nguon"') == 1
    assert '<mark id="nguon"' in page
    assert "xong 1/2" in page


def test_a_document_shows_what_carries_it_out_and_links_what_it_cites(client, by):
    upper, lower = DocumentFactory(number="1/KH"), DocumentFactory(number="2/KH")
    actions.concretise(lower, upper, by=by)
    signed_in(client, by)

    of_upper = client.get(reverse("console:document", args=[upper.pk])).content.decode()
    of_lower = client.get(reverse("console:document", args=[lower.pk])).content.decode()

    assert reverse("console:document", args=[lower.pk]) in of_upper
    assert reverse("console:document", args=[upper.pk]) in of_lower


def test_a_document_keeps_its_query_count(client, by, reading, django_assert_max_num_queries):
    for place in range(20):
        AssignmentFactory(duty=DutyFactory(document=reading.document, start=place, end=place + 1))
    signed_in(client, by)
    client.get(reverse("console:documents"))  # the first page after signing in keeps the session

    with django_assert_max_num_queries(20):
        client.get(_page("document", reading))


def test_a_document_not_yet_registered_is_another_units_secret(client, reading):
    response = signed_in(client, actor()).get(_page("document", reading))

    assert response.status_code == 404


# Kept files.


def test_a_kept_file_is_saved_never_shown(client, by):
    kept = AttachmentFactory(name="Kế hoạch “2024”.html", media_type="text/plain")
    DocumentFactory(attachment=kept)

    response = signed_in(client, by).get(reverse("console:attachment", args=[kept.pk]))

    assert b"".join(response.streaming_content) == b"thu."
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_kept_file_is_for_who_may_see_what_holds_it(client, db):
    officer = actor()
    own = AssignmentFactory(unit=officer.unit)
    for place, assignment in enumerate((own, AssignmentFactory())):
        Evidence.objects.create(
            assignment=assignment,
            attachment=AttachmentFactory(name=f"{place}.txt"),
            by_name="a",
            at=assignment.assigned_at,
        )
    waiting = DocumentFactory(registered_on=None)
    signed_in(client, officer)

    found = {}
    for kept in Attachment.objects.all():
        response = client.get(reverse("console:attachment", args=[kept.pk]))
        b"".join(response)  # read to its end, the file is closed
        found[kept] = response.status_code

    assert found[own.evidence.get().attachment] == 200
    assert found[Attachment.objects.get(name="1.txt")] == 404
    assert found[waiting.attachment] == 404
    assert found[own.duty.document.attachment] == 200


def test_what_was_only_registered_lays_its_duties_later(client, by, many):
    actions.answer_name(many, "Các cơ quan hữu quan", by=by, means=[])
    signed_in(client, by).post(_page("register_reading", many))
    page = reverse("console:document", args=[many.document_id])

    registered = client.get(page).content.decode()
    asked = client.get(_page("ask_to_confirm", many)).content.decode()
    client.post(_page("confirm_reading", many))

    assert "mới chỉ đăng ký" in registered
    assert _page("ask_to_confirm", many) in registered
    assert _page("register_reading", many) not in asked
    assert Duty.objects.filter(document=many.document, origin="text").exists()
    assert "mới chỉ đăng ký" not in client.get(page).content.decode()


def test_an_unclear_name_in_a_registered_reading_leads_to_taking_back(client, by, many):
    signed_in(client, by).post(_page("register_reading", many))

    response = client.get(_page("ask_to_confirm", many), follow=True)

    assert "Chọn Rút xác nhận để mở lại kết quả đọc." in response.content.decode()
    assert response.resolver_match.url_name == "document"
