"""Name keys: what sounds alike in three alphabets has one key, what is another name has another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import name_parts, part_key, spelling_variants

ALIKE = [
    ("Xhevahire Hoxha", "Dževahire Hodža"),
    ("Xhevahire Hoxha", "DZEVAHIRE HODZA"),
    ("Shkëlzen Gashi", "Škeljzen Gaši"),
    ("Qëndresa", "Ćendresa"),
    ("Gjorgje", "Đorđe"),
    ("Djordje Petrovic", "Ђорђе Петровић"),
    ("Gjorgji", "Ѓорѓи"),
    ("Fitim Thaçi", "Фитим Тачи"),
    ("Ljubica", "Љубица"),
    ("Xhemajl", "Џемајл"),
    ("Dhurata", "Durata"),
    ("Rrezarta Krasniqi", "Rezarta Krasnići"),
    ("Aleksandra", "Alexandra"),
    ("Yuliya", "Юлія"),
    ("Țurcanu", "Turcanu".replace("T", "Ț")),
    ("O’Neil", "O'Neil"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=[f"{one} - {other}" for one, other in ALIKE])
def test_names_have_the_same_keys_in_another_alphabet_or_spelling(one: str, other: str) -> None:
    assert name_parts(one) == name_parts(other)


@pytest.mark.parametrize(("one", "other"), [("Arben", "Arta"), ("Gashi", "Hashi"), ("Besa", "Vesa"), ("Gjoka", "Joka")])
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert part_key(one) != part_key(other)


def test_a_hyphen_parts_a_name_and_an_apostrophe_does_not() -> None:
    assert name_parts("Gashi-Berisha D'Angelo") == ("gasi", "berisa", "dangelo")


@pytest.mark.parametrize("nothing", ["", "  ", "123", "--", "?", "́"])
def test_a_name_without_letters_has_no_parts(nothing: str) -> None:
    assert name_parts(nothing) == ()


@given(st.sampled_from([pair[0] for pair in ALIKE]))
def test_keys_are_the_same_without_marks_and_in_capitals(name: str) -> None:
    bare = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))

    assert name_parts(name.upper()) == name_parts(name)
    assert name_parts(unicodedata.normalize("NFD", name)) == name_parts(name)
    assert len(name_parts(bare)) == len(name_parts(name))


@given(st.text(max_size=40))
def test_any_text_has_keys_of_bare_letters(text: str) -> None:
    parts = name_parts(text)

    assert all(part and part == part.casefold() for part in parts)
    assert not any(unicodedata.combining(letter) for part in parts for letter in part)


@pytest.mark.parametrize(
    ("asked", "stored"),
    [("Bona", "Valbona"), ("Valbona", "Bona"), ("Hona", "Jehona"), ("Nela", "Ornela"), ("Ornela", "Nela"),
     ("Saša", "Aleksandra"), ("Alb", "Albulena"), ("Artë", "Arta"), ("Gash", "Gashi"), ("Zebona", "Bona")],
)  # fmt: skip
def test_variants_of_a_name_asked_for_reach_the_name_stored(asked: str, stored: str) -> None:
    assert part_key(stored) in spelling_variants(asked)


@pytest.mark.parametrize(("asked", "stored"), [("Ana", "Diana"), ("Arta", "Arben"), ("", "Arta"), ("?", "Arta")])
def test_variants_do_not_reach_a_name_that_only_ends_alike(asked: str, stored: str) -> None:
    assert part_key(stored) not in spelling_variants(asked)
