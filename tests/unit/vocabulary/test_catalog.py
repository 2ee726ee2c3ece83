"""What must hold for every code list of the system, whoever adds one."""

import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from app.vocabulary import catalog
from app.vocabulary.code import LANGUAGES

ROOT = Path(__file__).parents[3]


def _toml(pattern: str) -> list[tuple[str, dict[str, Any]]]:
    paths = sorted(ROOT.glob(pattern))
    return [(str(path.relative_to(ROOT)), tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths]


def _lists_named_by_forms() -> Iterator[tuple[str, str]]:
    for path, document in _toml("workflows/sop/*/forms.toml"):
        fields = (field for form in document["form"].values() for field in form.get("field", []))
        yield from ((path, field["codes"]) for field in fields if "codes" in field)


# A register's fields that have a list of another name. Headings and assistance are not coded by a list.
LIST_OF_FIELD = {
    "citizenship": "country",
    "form": "exploitation_form",
    "door": "entry_door",
    "child": "yes_no_unknown",
    "recruitment": "recruitment_promise",
    "recruiter_sex": "sex",
    "destination": "country",
}
NOT_CODED = {"headings", "assistance"}


def _codes_of_words() -> Iterator[tuple[str, str, str]]:
    for path, document in _toml("app/registers/words/*.toml"):
        field = Path(path).stem
        codes = () if field in NOT_CODED else document
        # A citizenship with a slash states the community as well.
        yield from ((path, LIST_OF_FIELD.get(field, field), code) for code in codes if "/" not in code)
        yield from ((path, "community", code.partition("/")[2]) for code in codes if "/" in code)


def _codes_of_presets() -> Iterator[tuple[str, str, str]]:
    for path, document in _toml("app/registers/presets/*.toml"):
        constants = document.get("constants", {})
        yield from ((path, LIST_OF_FIELD.get(field, field), code) for field, code in constants.items())
        for field, words in document.get("codes", {}).items():
            yield from ((path, LIST_OF_FIELD.get(field, field), code) for code in words.values())


FORM_LISTS = sorted(set(_lists_named_by_forms()))
REGISTER_CODES = sorted({*_codes_of_words(), *_codes_of_presets()})


@pytest.mark.parametrize(("name", "language"), list(product(catalog.names(), LANGUAGES)))
def test_every_code_of_a_list_has_a_wording_in_each_language(name: str, language: str) -> None:
    wordings = [wording for _, wording in catalog.get(name).choices(language)]

    assert [wording for wording in wordings if not wording or wording != wording.strip()] == []


@pytest.mark.parametrize("name", catalog.names())
def test_every_list_says_which_standard_it_follows(name: str) -> None:
    code_list = catalog.get(name)

    assert code_list.standard
    assert all(code.standard for code in code_list.codes)


@pytest.mark.parametrize("name", catalog.names())
def test_every_list_has_something_to_choose(name: str) -> None:
    assert len(catalog.get(name).choices("en")) >= 2


@pytest.mark.parametrize(("name", "language"), list(product(catalog.names(), LANGUAGES)))
def test_no_two_codes_of_a_list_read_the_same(name: str, language: str) -> None:
    wordings = [wording for _, wording in catalog.get(name).choices(language)]

    assert sorted(wordings) == sorted(set(wordings))


@pytest.mark.parametrize("name", catalog.names())
def test_serbian_wordings_are_in_latin_script(name: str) -> None:
    wordings = "".join(wording for _, wording in catalog.get(name).choices("sr"))

    assert not [letter for letter in wordings if "\N{CYRILLIC CAPITAL LETTER IE WITH GRAVE}" <= letter <= "ӿ"]


def test_unknown_list_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="'colour'"):
        catalog.get("colour")


@pytest.mark.parametrize(
    ("name", "absent"),
    [
        ("country", ["unknown", "refused", "not_asked"]),
        ("community", ["unknown", "refused", "not_asked"]),
        ("gender", ["unknown", "refused", "not_asked"]),
        ("answer", ["unknown", "refused", "not_asked"]),
        ("language", ["unknown", "not_asked"]),
        ("exploitation_form", ["unknown", "not_asked"]),
        ("sex", ["unknown"]),
        ("age_band", ["unknown"]),
        ("scope", ["unknown"]),
        ("region", ["unknown"]),
    ],
)
def test_answers_that_say_nothing_are_codes_of_their_own(name: str, absent: list[str]) -> None:
    keys = catalog.get(name).keys()

    assert [code for code in absent if code not in keys] == []


@pytest.mark.parametrize(("path", "name"), FORM_LISTS)
def test_every_list_that_a_form_names_exists(path: str, name: str) -> None:
    assert name in catalog.names(), f"{path} names the code list {name!r}; add it to app/vocabulary"


@pytest.mark.parametrize(("path", "name", "code"), REGISTER_CODES)
def test_every_code_that_a_register_gives_exists(path: str, name: str, code: str) -> None:
    assert code in catalog.get(name), f"{path} gives {code!r}, which is not in the code list {name!r}"
