"""Lines of codes become lines of words: every code of a list of several, no cell that begins as a formula does."""

from app.queries.count_members import CODED
from app.services.count_stream import MOST_KNOWN, Words
from app.vocabulary import means_of_control

AGENCY = "0d4c7b56-6b7e-4a4e-9c52-3f8f14f5e1aa"
PERSON = "a1b2c3d4-0000-4000-8000-000000000001"


def _row(who: str = PERSON, agency: str = AGENCY, metric: str = "identified", **said: str) -> bytes:
    coded = [said.get(name, "unknown") for name in CODED]
    return "\t".join([who, "2007-03-05", agency, metric, *coded]).encode()


def _lines(*rows: bytes, by_person: bool = True, agency: str = "Advocacy, west") -> list[str]:
    words = Words("en", by_person=by_person)
    words.agencies = {AGENCY: agency}
    return [line.decode() for line in words.lines(rows)]


def test_a_person_is_named_by_her_pseudonym_and_a_case_by_its_reference() -> None:
    assert _lines(_row())[0].startswith("P-A1B2C3D4,2007-03-05,")
    assert _lines(_row(who="KS-ABCDEFGH"), by_person=False)[0].startswith("KS-ABCDEFGH,2007-03-05,")


def test_codes_are_put_into_words_and_a_name_with_a_comma_into_quotes() -> None:
    line = _lines(_row(sex="F"))[0]

    assert '"Advocacy, west",Identified victims,Female,' in line
    assert line.endswith("\n")


def test_each_of_several_codes_has_its_words() -> None:
    line = _lines(_row(means_of_control="debt_bondage;physical_threats"))[0]

    assert "debt_bondage" not in line
    assert means_of_control.LISTS[0].label("physical_threats", "en") in line
    assert "Debt bondage; " in line


def test_what_begins_as_a_formula_does_is_put_behind_an_apostrophe() -> None:
    assert ",'=HYPERLINK(1)," in _lines(_row(), agency="=HYPERLINK(1)")[0]
    assert ",'+signal," in _lines(_row(metric="+signal"))[0]


def test_a_code_that_its_list_does_not_have_shows_itself_and_signs_of_copy_are_undone() -> None:
    assert ",a\\b," in _lines(_row(metric="a\\\\b"))[0]
    assert ",a\tb," in _lines(_row(metric="a\\tb"))[0]
    assert ",Not known,," in _lines(_row(form="\\N"))[0]


def test_no_more_combinations_are_kept_than_said() -> None:
    words = Words("en", by_person=True)

    lines = sum(1 for _ in words.lines(_row(metric=f"m{number}") for number in range(MOST_KNOWN + 5)))

    assert lines == MOST_KNOWN + 5
    assert len(words.known) == 5
