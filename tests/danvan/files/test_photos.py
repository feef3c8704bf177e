"""What a camera hides in a photograph goes; the picture stays as it was, the right way up."""

import io
import time

import pytest
from PIL import Image, ImageOps

from danvan.files.photos import without_place
from danvan.files.rules import JPEG, PDF, PNG, WEBP, media_type

GPS, ORIENTATION, ARTIST = 0x8825, 0x0112, 0x013B
KINDS = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}


def photo(form: str, *, way_up: int = 6, **saved: object) -> bytes:
    picture = Image.new("RGB", (40, 20), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, 10, 10))
    exif = picture.getexif()
    exif[ORIENTATION], exif[ARTIST] = way_up, "Nguyen Thu"
    exif.get_ifd(GPS).update({1: "N", 2: (10.0, 21.0, 3.0), 3: "E", 4: (106.0, 4.0, 5.0)})
    out = io.BytesIO()
    picture.save(out, form, exif=exif, **saved)
    return out.getvalue()


def seen(data: bytes) -> bytes:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB").tobytes()


@pytest.mark.parametrize("saved", [{}, {"progressive": True}, {"comment": b"So 5 Le Loi"}])
def test_a_jpeg_keeps_its_picture_and_which_way_up_it_is(saved):
    data = photo("JPEG", **saved)

    found = without_place(data, JPEG)

    assert seen(found) == seen(data)
    assert dict(Image.open(io.BytesIO(found)).getexif()) == {ORIENTATION: 6}
    assert b"Nguyen Thu" in data
    assert not any(word in found for word in (b"Nguyen Thu", b"Le Loi"))


def test_what_a_phone_puts_behind_the_picture_goes():
    data = photo("JPEG") + b"ftypmp42 +10.7626+106.6601/"

    assert not without_place(data, JPEG).endswith(b"/")


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_pictures_of_other_forms(form):
    data = photo(form, way_up=1, **({"lossless": True} if form == "WEBP" else {}))

    found = without_place(data, KINDS[form])

    assert seen(found) == seen(data)
    assert not Image.open(io.BytesIO(found)).getexif()
    assert media_type(found) == KINDS[form]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.7 GPS", PDF), (b"\xff\xd8\xff\xe1", JPEG), (b"\xff\xd8\xff\xd9", JPEG), (b"", None)],
)
def test_what_is_no_photograph_or_broken_stays(data, kind):
    assert without_place(data, kind) == data


def test_a_picture_that_breaks_off_gives_no_place_away():
    """As a telephone sends it where the line is bad: it opens, and says where it was taken."""
    whole = photo("JPEG")
    data = whole[: whole.rindex(b"\xff\xd9") - 3]
    assert b"Nguyen Thu" in data

    found = without_place(data, JPEG)

    assert b"Nguyen Thu" not in found
    assert found.endswith(data[-20:])


@pytest.mark.parametrize(
    "made",
    [b"\xff\xe0\x00\x02", b"\xff\xd0", b"\xff", b"\xff\xda\x00\x02" + b"\xff\x00" * 1000],
)
def test_a_picture_made_to_be_slow_is_not(made):
    data = b"\xff\xd8" + made * (20_000_000 // len(made))
    began = time.process_time()

    without_place(data, JPEG)

    assert time.process_time() - began < 2
