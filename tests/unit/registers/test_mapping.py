"""Mappings: stored and made again, checked when made; presets; proposals for files that nobody has mapped."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.registers import (
    MetricRule,
    RegisterFault,
    RegisterMapping,
    best_preset,
    from_dict,
    preset,
    preset_names,
    propose,
    read,
)
from app.registers.codes import code_of
from app.registers.folding import clean, fold
from app.registers.mapping import CODED_FIELDS
from app.registers.person_names import SplitName, split
from app.vocabulary import catalog
from bench.given_registers import FOLDER

STORED = preset("police").to_dict()
LISTS = {
    "citizenship": "country",
    "form": "exploitation_form",
    "door": "entry_door",
    "child": "yes_no_unknown",
    "recruitment": "recruitment_promise",
    "recruiter_sex": "sex",
    "destination": "country",
}


@pytest.mark.parametrize("name", preset_names())
def test_a_mapping_stored_is_the_mapping_made_again(name: str) -> None:
    assert from_dict(preset(name).to_dict()) == preset(name)


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_named_in_three_languages(name: str) -> None:
    assert set(preset(name).label) == {"en", "sq", "sr"}


def test_an_unknown_preset_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        preset("nobody")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"columns": {"surname": ["Mbiemri"], "shoe_size": ["x"]}}, "shoe_size"),
        ({"columns": {"age": ["Mosha"]}}, "full_name"),
        ({"columns": "Emri"}, "columns"),
        ({"columns": {"surname": [1]}}, "columns"),
        ({"states": []}, "states"),
        ({"states": [{"metric": "sold", "on": "identified_on"}]}, "sold"),
        ({"states": [{"metric": "identified", "on": "birth_date"}]}, "birth_date"),
        ({"states": [{"on": "identified_on"}]}, "states"),
        ({"states": ["identified"]}, "states"),
        ({"date_order": "ydm"}, "date_order"),
        ({"date_order": 4}, "date_order"),
        ({"name_order": "shuffled"}, "name_order"),
        ({"codes": {"surname": {"a": "b"}}}, "surname"),
        ({"codes": {"sex": {"a": 1}}}, "codes"),
        ({"required": ["shoe_size"]}, "shoe_size"),
        ({"constants": {"door": 1}}, "constants"),
        ({"label": "Police"}, "label"),
    ],
    ids=str,
)
def test_a_mapping_that_cannot_be_one_is_refused_with_what_is_wrong(changes: Mapping[str, Any], named: str) -> None:
    with pytest.raises(RegisterFault) as refused:
        from_dict({**STORED, **changes})

    assert (refused.value.kind, refused.value.column) == ("mapping_invalid", named)


def test_a_mapping_without_columns_is_refused() -> None:
    with pytest.raises(RegisterFault, match="mapping_invalid"):
        from_dict({"name": "x"})


def test_an_agency_may_have_words_of_its_own() -> None:
    assert code_of("region", "Dardania") is None
    assert code_of("region", "DARDANIA", {"Dardania": "prishtine"}) == "prishtine"


@pytest.mark.parametrize("field", [field for field in CODED_FIELDS if field != "assistance"])
def test_the_words_of_a_field_lead_to_codes_that_its_list_has(field: str) -> None:
    codes = catalog.get(LISTS.get(field, field))

    assert all(
        code_of(field, label) == code.code for code in codes for label in (code.code, code.label.sq, code.label.sr)
    )


@pytest.mark.parametrize(
    ("field", "word", "code"),
    [
        ("recruitment", "Ofertë pune", "job"), ("recruiter_relation", "family friend", "friend"),
        ("education", "Klasa 9", "lower_secondary"), ("destination", "Maqedonia", "MK"), ("recruiter_sex", "žena", "F"),
        ("sex", "Ž", "F"), ("sex", "мушко", "M"), ("sex", "Feminine", "F"), ("citizenship", "XKX", "XK"),
        ("citizenship", "Maqedoni", "MK"), ("citizenship", "UKR", "UA"), ("region", "Đakovica", "gjakove"),
        ("region", "Peć", "peje"), ("form", "SexualExploitation", "sexual_exploitation"),
        ("form", "lypje", "forced_begging"), ("scope", "internally", "internal"), ("scope", "i brendshëm", "internal"),
        ("scope", "cross-border", "cross_border"), ("door", "centre for social work", "social_work"),
        ("door", "hotline", "hotline"), ("door", "self", "self"), ("assistance", "refuzoi", "refused"),
        ("assistance", "mbrojtësi i viktimave", "accepted"), ("child", "e mitur", "yes"),
    ],
)  # fmt: skip
def test_words_of_three_languages_lead_to_the_code(field: str, word: str, code: str) -> None:
    assert code_of(field, word) == code


@pytest.mark.parametrize("name", preset_names())
def test_the_preset_of_a_register_of_2007_is_found_by_its_headings(name: str) -> None:
    table = read((FOLDER / "2007" / f"{name}.csv").read_bytes())

    assert best_preset(table) == preset(name)


def test_no_preset_is_found_for_headings_of_another_kind() -> None:
    assert best_preset(read(b"Ime,Prezime\nJelena,Ilic\n")) is None


def test_a_mapping_is_proposed_from_serbian_headings() -> None:
    headings = "Rb;Prezime i ime;Datum rođenja;Pol;Državljanstvo;Datum identifikacije;Boja"

    guess = propose(read(f"{headings}\n1;Ilić Ana;1.2.1990;ž;Srbija;3.4.2007;x\n".encode()))

    assert {field: headings[0] for field, headings in guess.mapping.columns.items()} == {
        "source_key": "Rb",
        "full_name": "Prezime i ime",
        "birth_date": "Datum rođenja",
        "sex": "Pol",
        "citizenship": "Državljanstvo",
        "identified_on": "Datum identifikacije",
    }
    assert guess.unplaced == ("Boja",)
    assert (guess.mapping.name_order, guess.mapping.date_order) == ("surname_first", "dmy")
    assert guess.mapping.states == (MetricRule("identified", "identified_on", always=True),)


@pytest.mark.parametrize(
    ("dates", "order"),
    [(["1990-05-03"], "ymd"), (["03.05.1990"], "dmy"), (["05/23/1990"], "mdy"), (["05/23/1990", "23/05/1990"], "dmy")],
)
def test_the_order_of_dates_is_proposed_from_the_cells(dates: list[str], order: str) -> None:
    rows = "\n".join(f"Arta,{day}" for day in dates)

    assert propose(read(f"Name,Date of birth\n{rows}\n".encode())).mapping.date_order == order


def test_nothing_is_proposed_for_a_file_without_names() -> None:
    with pytest.raises(RegisterFault, match="column_missing"):
        propose(read(b"Age,Sex\n17,F\n"))


@pytest.mark.parametrize(
    ("name", "order", "expected"),
    [
        ("Gashi, Arta", "given_first", SplitName("Arta", "Gashi")),
        ("Arta Gashi", "given_first", SplitName("Arta", "Gashi")),
        ("Gashi Arta", "surname_first", SplitName("Arta", "Gashi")),
        ("Arta Besa Gashi", "given_first", SplitName("Arta Besa", "Gashi")),
        ("GASHI Arta", "given_first", SplitName("Arta", "GASHI")),
        ("GASHI ARTA", "given_first", SplitName("GASHI", "ARTA")),
        ("Arta", "given_first", SplitName("Arta", "")),
        ("Gashi", "surname_first", SplitName("", "Gashi")),
        ("Berisha (Gashi), Arta", "given_first", SplitName("Arta", "Berisha", "Gashi")),
        ("Arta Berisha e lindur Gashi", "given_first", SplitName("Arta", "Berisha", "Gashi")),
        ("Ana Ilić zvana Anči", "given_first", SplitName("Ana", "Ilić", "Anči")),
    ],
)
def test_a_name_is_split_as_it_was_written(name: str, order: str, expected: SplitName) -> None:
    assert split(name, order, ",") == expected


@pytest.mark.parametrize(
    ("one", "other"), [("Shtetësia", "SHTETESIA"), ("Đakovica", "djakovica"), ("Пећ", "peć"), ("a_b-c", "A B C")]
)
def test_words_are_compared_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_cell_is_cleaned_of_what_nobody_sees() -> None:
    assert clean("\u200b Arta \u00a0 Gashi\ufeff ") == "Arta Gashi"
    assert clean("'=Arta") == "=Arta"
    assert clean("'t Hart") == "'t Hart"


def test_a_mapping_made_by_hand_is_checked_too() -> None:
    with pytest.raises(RegisterFault, match="mapping_invalid"):
        RegisterMapping("x", {"surname": ("S",)}, ())
