"""Definitions that stand in memory: read like folders, and versions that others keep, asked for once and then held."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.support.definitions import FOLDER
from workflows import registry
from workflows.definition import Procedure
from workflows.load import DefinitionFault, load_folder, load_texts
from workflows.registry import UnknownProcedure
from workflows.texts import TextPlace

LABEL = 'label = { en = "Next", sq = "Tjetra", sr = "Sledeća" }'


def texts_of(name: str) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (FOLDER / name).glob("*.toml")}


@pytest.fixture
def forgetful() -> Iterator[None]:
    registry.forget()
    yield
    registry.forget()


@pytest.mark.parametrize("name", ["tiny", "small"])
def test_texts_are_read_as_the_folder_that_they_were_in(name: str) -> None:
    assert load_texts(name, {name: texts_of(name)}) == load_folder(FOLDER / name)


def test_a_text_extends_another() -> None:
    head = f'name = "next"\nextends = "tiny"\nin_force_from = 2020-01-01\n{LABEL}'

    found = load_texts("next", {"tiny": texts_of("tiny"), "next": {"procedure.toml": head}})

    assert (found.in_force_from, set(found.tracks)) == (date(2020, 1, 1), {"case", "help"})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = " + "[" * 9000, "procedure.toml: : is not TOML"),
        ('name = "x"\nin_force_from = 2020-01-01T10:00:00', "in_force_from: must be a day, without a time"),
        (f'[clock.c]\nwindow = "{"9" * 5000} days"', "is not a window such as"),
        (f"a = {'9' * 5000}", "is not TOML"),
    ],
)
def test_a_text_that_no_reader_can_take_is_a_fault_and_no_crash(text: str, fault: str) -> None:
    with pytest.raises(DefinitionFault, match="procedure.toml") as found:
        load_texts("x", {"x": {"procedure.toml": text}})

    assert fault in str(found.value)


def test_a_place_has_the_parts_of_a_path() -> None:
    file = TextPlace("", "", {"one": {"a.toml": "text"}}) / "one" / "a.toml"

    assert (file.name, file.stem, file.parent.name, file.parent.parent.name) == ("a.toml", "a", "one", "")
    assert (file.read_text(), file.is_file(), file.parent.is_file()) == ("text", True, False)
    assert [one.name for one in file.parent.glob("*.toml")] == ["a.toml"]
    with pytest.raises(FileNotFoundError):
        (file.parent / "b.toml").read_text()
    assert list(TextPlace("none").glob("*")) == []


@pytest.mark.usefixtures("forgetful")
def test_a_version_that_another_keeps_is_asked_for_once(tiny: Procedure, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    keepers: list[registry.Keeper] = []
    monkeypatch.setattr(registry, "_keepers", keepers)

    def keep(name: str, digest: str) -> Procedure | None:
        asked.append((name, digest))
        return tiny if (name, digest) == (tiny.name, tiny.digest) else None

    registry.ask(keep)

    assert [registry.get(tiny.name, tiny.digest) for _ in range(2)] == [tiny, tiny]
    assert asked == [(tiny.name, tiny.digest)]
    assert tiny in registry.all_known()
    assert tiny.digest in registry.known()
    with pytest.raises(UnknownProcedure):
        registry.get(tiny.name, "another")
    with pytest.raises(UnknownProcedure):
        registry.get(tiny.name)


def test_of_several_in_force_the_one_that_came_last_holds(tiny: Procedure) -> None:
    later = replace(tiny, name="later", in_force_from=date(2020, 1, 1))

    assert registry.latest_of([later, tiny], date(2020, 1, 1)) is later
    assert registry.latest_of([later, tiny], date(2019, 12, 31)) is tiny
    with pytest.raises(UnknownProcedure):
        registry.latest_of([later, tiny], date(2009, 12, 31))


def test_the_texts_of_a_shipped_version_are_its_files() -> None:
    assert "procedure.toml" in registry.texts("xk_2013")
    with pytest.raises(UnknownProcedure):
        registry.texts("xk_1999")
