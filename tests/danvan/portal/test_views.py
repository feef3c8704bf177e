import ast
from dataclasses import replace as changed
from pathlib import Path

import pytest
from django.urls import reverse

import danvan.portal
from danvan.publication import actions, composing, rules
from danvan.publication.choices import ReleaseKind
from tests.danvan.publication.factories import content, content_of, own_document, released
from tests.danvan.scores.factories import final
from tests.factories import coordinator

pytestmark = pytest.mark.django_db

HOME = "/cong/"


def at(release):
    return reverse("portal:release", args=[release.slug])


def test_home_shows_what_is_public_to_everyone(client, on_day):
    on_day(2024, 3, 18)
    by = coordinator()
    actions.release(content_of(own_document()), by=by)
    hidden = released(by, title="Kế hoạch đã gỡ", address="da-go")
    actions.take_down(hidden, by=by, reason="Nhầm")

    response = client.get(HOME)

    words = response.content.decode()
    assert "Kế hoạch 15/KH-UBND" in words
    assert "Kế hoạch đã gỡ" not in words
    assert words.count("<h1") == 1
    assert 'lang="vi"' in words


def test_home_with_nothing_says_so(client):
    assert "Chưa có nội dung nào được công khai" in client.get(HOME).content.decode()


def test_a_release_shows_its_frozen_text_and_the_day(client, on_day):
    on_day(2024, 3, 18)
    release = actions.release(content_of(own_document()), by=coordinator())

    words = client.get(at(release)).content.decode()

    assert "<h2>I. MỤC ĐÍCH</h2>" in words
    assert "Theo dõi, đôn đốc." in words
    assert "18/03/2024" in words
    assert words.count("<h1") == 1


def test_results_are_a_table_whose_cells_carry_their_heads(client, on_day):
    on_day(2024, 3, 18)
    stage = final()
    what = composing.compose(ReleaseKind.RESULTS, stage.campaign.pk)
    release = actions.release(what, by=stage.coordinator)

    words = client.get(at(release)).content.decode()

    assert '<th scope="row">Sở Tư pháp</th>' in words
    assert 'data-label="Tổng điểm">95</td>' in words


def test_a_new_version_says_which_it_replaces(client, on_day):
    on_day(2024, 3, 18)
    by, what = coordinator(), content()
    actions.release(what, by=by)
    on_day(2024, 4, 2)
    newer = changed(what, body={"facts": [], "blocks": [rules.paragraph("Bản sửa.")]})
    release = actions.replace(newer, by=by)

    words = client.get(at(release)).content.decode()

    assert "Bản sửa." in words
    assert "Bản này thay bản công khai ngày 18/03/2024." in words


def test_what_was_taken_down_is_gone_in_plain_words(client):
    by = coordinator()
    release = released(by, words="Nội dung riêng")
    actions.take_down(release, by=by, reason="Lộ số điện thoại")

    response = client.get(at(release))

    assert response.status_code == 410
    assert "không còn công khai" in response.content.decode()
    assert "Nội dung riêng" not in response.content.decode()
    assert "Lộ số điện thoại" not in response.content.decode()


@pytest.mark.parametrize("path", ["khong-co/", "khong-co", "a/b/c/"])
def test_an_unknown_address_is_answered_in_the_portals_frame(client, path):
    response = client.get(HOME + path, follow=True)

    assert response.status_code == 404
    assert "nội dung chưa được công khai" in response.content.decode()


def test_words_of_a_release_are_text_never_markup(client):
    release = released(words="<script>alert(1)</script>")

    assert "&lt;script&gt;" in client.get(at(release)).content.decode()


def test_search_with_and_without_diacritics(client):
    released(title="Kế hoạch đối thoại")

    for words in ("đối thoại", "doi thoai", "ĐỐI THOẠI"):
        assert "Kế hoạch đối thoại" in client.get("/cong/tim/", {"q": words}).content.decode()
    assert "Không tìm thấy" in client.get("/cong/tim/", {"q": "biển"}).content.decode()
    assert client.get("/cong/tim/").status_code == 200


@pytest.mark.parametrize("path", [HOME, "/cong/tim/?q=ke+hoach", "/cong/thu/", "/cong/khong-co/"])
def test_everybodys_caches_may_keep_a_page_for_it_holds_nothing_of_a_visitors_own(client, path):
    released(address="thu")

    response = client.get(path)

    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def test_caches_keep_the_languages_apart(client):
    assert "Cookie" in client.get(HOME)["Vary"]


@pytest.mark.parametrize("path", [HOME, "/cong/tim/"])
def test_nothing_can_be_sent_in(client, path):
    assert client.post(path).status_code == 405


def test_pages_ask_the_database_a_few_times_only(client, django_assert_max_num_queries):
    by = coordinator()
    releases = [released(by, address=f"ke-hoach-{number}") for number in range(12)]

    with django_assert_max_num_queries(10):
        client.get(HOME)
    with django_assert_max_num_queries(10):
        client.get(at(releases[0]))


def test_the_portal_imports_nothing_of_ours_but_publication():
    known = set()
    for path in Path(danvan.portal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                known |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                known.add(node.module or "")

    ours = {name for name in known if name.partition(".")[0] == "danvan"}
    assert {".".join(name.split(".")[:2]) for name in ours} == {"danvan.publication"}
