"""The papers of the procedures are those that the definitions make; a broken promise ends the check with one."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from app.cli.sop import DOCS, papers, sop
from tests.support.definitions import FOLDER, changed
from workflows import registry
from workflows.definition import Procedure
from workflows.load import load_folder

SMALL = load_folder(FOLDER / "small")
BROKEN = changed(SMALL, "identification", "identify", without=["checked_guardian_if_child"])
Check = Callable[..., Result]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> Check:
    """Run the command over one definition, as though it were all that is shipped."""

    def run(procedure: Procedure, *changed_since: str) -> Result:
        monkeypatch.setattr(registry, "names", lambda: (procedure.name,))
        monkeypatch.setattr(registry, "get", lambda _name: procedure)
        monkeypatch.setattr(registry, "changed_since_release", lambda: changed_since)
        return CliRunner().invoke(sop, ["check"], obj=ScriptInfo(create_app=lambda: Flask("bare")))

    return run


def test_the_papers_in_docs_are_made_from_the_shipped_definitions() -> None:
    written = {name: (DOCS / name).read_text(encoding="utf-8") for name in papers()}

    assert written == papers(), "write them anew: flask sop render"


def test_a_sound_definition_ends_well_with_each_slice_and_the_situations_reached(check: Check) -> None:
    done = check(SMALL)

    assert (done.exit_code, done.output.startswith("small: sound\n")) == (0, True)
    assert "situations reached" in done.output


def test_a_broken_promise_ends_with_one_and_a_path_that_a_person_can_read(check: Check) -> None:
    done = check(BROKEN)

    assert (done.exit_code, done.output.startswith("small: NOT SOUND\n")) == (1, True)
    assert "  identify asks for no guardian\n  1. investigator: presume" in done.output


def test_a_released_version_that_was_changed_ends_with_one(check: Check) -> None:
    done = check(SMALL, "small")

    assert (done.exit_code, "small: changed since it was released" in done.output) == (1, True)
