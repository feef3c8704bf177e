import hashlib

import pytest

from danvan.accounts import rules

MINE = rules.of_ones_own(
    "Trần Thị Mai Phương", "mai.phuong", "phuong.tran@tinh.example", "Sở Nội vụ", "Tân Giang"
)


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("mật khẩu", {"matkhau", "maatjkhaaur", "ma6t5kha6u3", "mk"}),
        ("đường", {"duong", "dduwowngf", "d9u7o7ng2"}),
        ("Hà Nội", {"hanoi", "hafnooij", "ha2no6i5", "hn"}),
    ],
)
def test_words_are_typed_without_marks_in_telex_and_in_vni(words, ways):
    assert rules.typed(words) == ways


@pytest.mark.parametrize(
    "password",
    [
        "Matkhau@123",
        "matkhau123456",
        "Mật-Khẩu@2024",
        "maatjkhaaur1",
        "ma6t5kha6u3!!",
        "M@tkhau2024!",
        "Vietnam2024@",
        "Hanoi@2024",
        "Thang12@2024",
        "thang3nam2024",
        "anhyeuem123",
        "Chucmungnammoi2025",
        "Khongbiet@123",
        "nguyenvana@123",
        "danvan2024!!",
        "qwertyuiop123",
        "Abc@123456",
        "0912345678",
        # one's own name, unit and province
        "tranthimaiphuong",
        "MaiPhuong@1980",
        "phuong1980@",
        "SoNoiVu@2024",
        "TanGiang@2024",
        "tan-giang-2024",
        "mai.phuong.2024",
    ],
)
def test_what_people_usually_take_is_easily_guessed(password):
    assert rules.score(password, MINE) < rules.LEAST_SCORE


@pytest.mark.parametrize(
    "password",
    [
        "gach-muoi-thuyen-sao",
        "tối nay ăn cá kho",
        "con ngua xanh an bun",
        "x7Kq!mZp2v",
        "k#9$v!T2&m",
        "correct horse battery staple",
    ],
)
def test_four_words_or_ten_random_signs_are_strong(password):
    assert rules.score(password, MINE) >= rules.LEAST_SCORE


def test_the_name_is_easy_for_its_bearer_alone():
    assert rules.score("lehoangkhai-1980", rules.of_ones_own("Lê Hoàng Khải")) < 3
    assert rules.score("lehoangkhai-1980", MINE) >= 3


@pytest.mark.parametrize("password", ["a" * 64_000, "ab1!" * 16_000, "matkhau" * 9_000])
def test_a_long_password_takes_no_longer(password):
    assert rules.score(password, MINE) in range(5)  # unbounded it takes minutes


LEAKED = ["matkhau", "iloveyou", "hanoi123", "abc123", "tinhyeu", "anhyeuem", "12345678"]


@pytest.fixture
def breached(tmp_path):
    """As the downloader writes it: hashes in order, each with how often it was seen."""
    digests = sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in LEAKED)
    file = tmp_path / "pwned.txt"
    file.write_bytes(b"".join(f"{one}:{n * 37}\r\n".encode() for n, one in enumerate(digests, 1)))
    return file


@pytest.mark.parametrize("password", LEAKED)
def test_every_breached_password_is_found(breached, password):
    assert rules.is_breached(password, breached)


@pytest.mark.parametrize("password", [f"chua-lo-{n}" for n in range(40)])
def test_no_other_is_found(breached, password):
    assert not rules.is_breached(password, breached)


def test_an_empty_file_holds_none(tmp_path):
    (tmp_path / "empty.txt").touch()

    assert not rules.is_breached("matkhau", tmp_path / "empty.txt")
