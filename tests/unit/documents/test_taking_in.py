"""Files are told by what they hold; pictures lose all but their points; what can act is refused."""

import re
import time
from io import BytesIO

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from app.documents.faults import Refused
from app.documents.names import tidy_name
from app.documents.taking_in import take_in
from tests.support import files

SECONDS = 8
"""Of the processor, on a slow machine; it is a tenth of that otherwise, and hours where a search is careless."""
PICTURES = {name: made for name, (kind, made) in files.GOOD.items() if kind in ("jpeg", "png", "webp")}


@pytest.mark.parametrize(("kind", "content"), files.GOOD.values(), ids=files.GOOD)
def test_what_people_have_is_taken_by_what_it_holds(kind: str, content: bytes) -> None:
    assert take_in(content).format == kind


@pytest.mark.parametrize(("reason", "content"), files.BAD.values(), ids=files.BAD)
def test_what_does_harm_is_refused_with_its_reason(reason: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        take_in(content)

    assert refused.value.key == reason


@pytest.mark.parametrize("filling", files.BUSY.values(), ids=files.BUSY)
def test_a_paper_made_to_keep_the_server_busy_costs_a_moment(filling: bytes) -> None:
    began = time.process_time()

    _answer(files.pdf(filling))

    assert time.process_time() - began < SECONDS


def test_a_search_that_begins_anew_at_each_word_costs_many_times_as_much() -> None:
    paper = files.pdf(b"stream\n" * 4_000)
    began = time.process_time()
    _answer(paper)
    between = time.process_time()

    re.sub(rb"stream\n.*?endstream", b"", paper, flags=re.DOTALL)

    assert time.process_time() - between > 20 * (between - began)


def _answer(content: bytes) -> str:
    try:
        return take_in(content).format
    except Refused as refused:
        return refused.key


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES)
def test_of_a_picture_nothing_stays_but_its_points(content: bytes) -> None:
    kept = take_in(content).content

    with Image.open(BytesIO(kept)) as seen:
        assert (dict(seen.getexif()), set(seen.info) & {"exif", "xmp", "comment", "Comment", "icc_profile"}) == (
            {},
            set(),
        )
    assert [
        one for one in (files.MARK, files.SCRIPT, files.CAMERA.encode(), b"GPS", b"PK\x03\x04") if one in kept
    ] == []


def test_the_corpus_holds_what_is_to_be_taken_out() -> None:
    with Image.open(BytesIO(files.with_position())) as seen:
        told = seen.getexif()
        assert (told[Base.Make], len(told.get_ifd(IFD.GPSInfo))) == (files.CAMERA, 2)
    assert files.MARK in files.with_words()
    assert len(files.BAD) >= 30


def test_a_picture_that_lay_on_its_side_stands_upright() -> None:
    with Image.open(BytesIO(take_in(files.with_position()).content)) as seen:
        assert seen.size == (60, 80)


NAMES = {
    "C:\\Users\\her\\Arta.JPG": ("jpeg", "Arta.jpg"),
    "../../etc/passwd": ("text", "passwd.txt"),
    "photo.php.jpeg": ("jpeg", "photo-php.jpg"),
    "raport\r\nSet-Cookie: a=1.pdf": ("pdf", "raport Set-Cookie a 1.pdf"),
    "txt.\u202egpj.exe": ("pdf", "txt- gpj-exe.pdf"),
    "Vlerësimi i 3 marsit": ("text", "Vlerësimi i 3 marsit.txt"),
    "": ("png", "document.png"),
    "....": ("png", "document.png"),
    "a" * 300 + ".png": ("png", "a" * 100 + ".png"),
}


@pytest.mark.parametrize(("told", "kind", "kept"), [(one, *two) for one, two in NAMES.items()], ids=range(len(NAMES)))
def test_a_name_is_a_name_and_nothing_else(told: str, kind: str, kept: str) -> None:
    assert tidy_name(told, kind) == kept
