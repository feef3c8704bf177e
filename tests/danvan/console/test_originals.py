from io import BytesIO
from threading import BoundedSemaphore

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from danvan.console.documents.originals import leaves
from danvan.console.documents.sources import Mark
from danvan.documents import actions
from tests.factories import ReadingFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db

TEXT = "KẾ HOẠCH\nSở Tư pháp xây dựng kế hoạch\ngửi Sở Nội vụ"
MAP = [
    {"offset": 0, "paragraph": 0, "page": 1, "box": [50, 40, 120, 52]},
    {"offset": 9, "paragraph": 1, "page": 1, "box": [50, 280, 190, 292]},
    {"offset": 38, "paragraph": 1, "page": 2, "box": [50, 40, 130, 52]},
]
DUTY = {"start": 9, "end": 51, "text": TEXT[9:], "action": "Xây dựng kế hoạch", "confidence": 0.9}


def reading(**more):
    picture = BytesIO()
    Image.new("L", (210, 297), "white").save(picture, "PNG")
    result = {"pages": [[210, 297], [210, 297]], "map": MAP, "duties": [DUTY], **more}
    found = ReadingFactory(text=TEXT, result=result)
    found.document.attachment.content.save("trang.png", ContentFile(picture.getvalue()))
    found.document.attachment.save()
    return found


@pytest.fixture
def by(client):
    signed_in(client, coordinator())
    return client


def proofread(client, found, **asked):
    return client.get(reverse("console:proofread", args=[found.document_id]), asked)


def test_words_over_two_pages_are_framed_on_both_and_numbered_once():
    found = leaves(reading(), [Mark(9, 51, "duties-0", 1, "tone-warn")])

    first, second = ([(one.top, one.label) for one in leaf.frames] for leaf in found)
    assert first == [(280, "1")]
    assert second == [(40, "")]
    assert found[0].frames[0].width == 140


def test_words_without_a_place_have_no_frame():
    found = reading(map=[{"offset": 0, "paragraph": 0}])

    assert [leaf.frames for leaf in leaves(found, [Mark(9, 51, "duties-0", 1)])] == [[], []]


def test_the_pages_are_shown_where_asked_for_and_stay_chosen(by):
    found = reading(format="pdf")
    picture = reverse("console:page_picture", args=[found.document_id, 2])

    words = proofread(by, found).content.decode()
    pages = proofread(by, found, source="pages").content.decode()
    again = proofread(by, found).content.decode()

    assert "data-source" in words and picture not in words
    assert picture in pages and 'data-span="duties-0"' in pages
    assert picture in again


def test_a_scan_shows_its_pages_first(by):
    found = reading(format="pdf-scan")

    assert reverse("console:page_picture", args=[found.document_id, 1]) in (
        proofread(by, found).content.decode()
    )


def test_words_are_chosen_in_the_words(by):
    found = reading(format="pdf-scan")

    assert "data-source" in proofread(by, found, add="duties").content.decode()


def test_a_text_without_pages_offers_none(by):
    found = ReadingFactory(text=TEXT, result={"duties": [DUTY]})

    assert "Trang gốc" not in proofread(by, found, source="pages").content.decode()


def test_a_page_is_a_picture_that_nobody_keeps(by):
    found = reading()

    response = by.get(reverse("console:page_picture", args=[found.document_id, 1]))

    assert response["Content-Type"] == "image/png"
    assert "no-store" in response["Cache-Control"]
    assert Image.open(BytesIO(response.content)).width == 1_200


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_not_found(by, number):
    found = reading()

    address = reverse("console:page_picture", args=[found.document_id, number])
    assert by.get(address).status_code == 404


def test_few_pages_are_drawn_at_one_time(by, monkeypatch):
    monkeypatch.setattr(actions, "_PICTURES", BoundedSemaphore(1))
    monkeypatch.setattr(actions, "_PICTURE_PATIENCE", 0.01)
    address = reverse("console:page_picture", args=[reading().document_id, 1])

    with actions._PICTURES:
        crowded = by.get(address)

    assert (crowded.status_code, crowded["Retry-After"]) == (503, "5")
    assert by.get(address).status_code == 200


def test_criteria_have_a_tab_where_there_are_some(by):
    row = {"start": 0, "end": 8, "text": "KẾ HOẠCH", "label": "1", "name": "Kế hoạch", "most": 2.5}
    found = reading(criteria=[{**row, "level": 1, "confidence": 0.9, "because": "cột Điểm tối đa"}])

    with_some = proofread(by, found, tab="criteria").content.decode()
    without = proofread(by, reading()).content.decode()

    assert "2,5" in with_some
    assert "tab=criteria" not in without


def test_the_weakest_stand_first(by):
    weak = [{**DUTY, "start": place, "confidence": sure} for place, sure in ((9, 0.5), (38, 0.3))]
    found = reading(duties=[DUTY, *weak])

    page = proofread(by, found).content.decode()

    places = [page.index(f'id="duties-{number}"') for number in (2, 1, 0)]
    assert places == sorted(places)


def test_a_finding_says_where_why_and_how_sure(by):
    row = {"start": 9, "end": 19, "text": "Sở Tư pháp", "code": "ratio", "confidence": 0.95}
    found = reading(findings=[{**row, "message": "Không khớp.", "because": "Hai số chia nhau"}])

    page = proofread(by, found, tab="findings").content.decode()

    for words in ("Không khớp.", "Sở Tư pháp", "Hai số chia nhau", "cao"):
        assert words in page


def test_the_surest_finding_stands_first_and_each_waits_for_an_answer(by):
    row = {"start": 9, "end": 19, "text": "Sở Tư pháp", "code": "ratio", "message": "Lệch."}
    sure = (0.5, 0.95, 0.7)
    found = reading(findings=[{**row, "confidence": one} for one in sure])

    page = proofread(by, found, tab="findings").content.decode()

    places = [page.index(f'id="findings-{number}"') for number in (1, 2, 0)]
    assert places == sorted(places)
    assert "còn 3 mục cần xem kỹ" in page
    assert "Đúng tất cả" not in page


@pytest.mark.parametrize(
    ("view", "said"), [("confirm_item", "Đúng là sai sót"), ("drop_item", "Không phải sai sót")]
)
def test_a_finding_is_one_or_none(by, view, said):
    row = {"start": 9, "end": 19, "text": "Sở Tư pháp", "confidence": 0.9, "message": "Lệch."}
    found = reading(findings=[row])

    by.post(reverse(f"console:{view}", args=[found.document_id]), {"item": "findings:0"})
    page = proofread(by, found, tab="findings").content.decode()

    assert said in page
    assert "Hoàn tác" in page
    assert "không còn mục nào cần xem kỹ" in page


def test_a_page_is_drawn_once_and_never_shown_without_the_right(by, client, monkeypatch):
    found = reading()
    found.document.registered_on = None
    found.document.save()
    address = reverse("console:page_picture", args=[found.document_id, 1])
    first = by.get(address)
    monkeypatch.setattr(actions.apart, "picture", None)

    again = by.get(address)
    other = signed_in(client, actor()).get(address)

    assert again.content == first.content
    assert other.status_code == 404


def test_labels_that_would_lie_on_each_other_are_one():
    marks = [Mark(9, 20, "a", 2), Mark(9, 24, "b", 1), Mark(38, 51, "c", 3)]

    found = leaves(reading(), marks)

    labels = [{one.name: one.label for one in leaf.frames} for leaf in found]
    assert labels == [{"a": "", "b": "1…"}, {"c": "3"}]
