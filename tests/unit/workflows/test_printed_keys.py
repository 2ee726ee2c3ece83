"""What a form says about its paper: its number, and who signs it by hand."""

from pathlib import Path

import pytest

from tests.support.definitions import edited
from workflows.definition import Procedure
from workflows.load import DefinitionFault, load_folder


def test_a_form_says_its_number_and_who_signs_it_by_hand(tmp_path: Path, tiny: Procedure) -> None:
    said = '[form.F2]\nnumber = "F14"\nsigns = ["person", "guardian", "worker"]'

    found = load_folder(edited("tiny", tmp_path, "forms.toml", "[form.F2]", said))

    assert (found.forms["F2"].number, found.forms["F2"].signs) == ("F14", ("person", "guardian", "worker"))
    assert (tiny.forms["F2"].number, tiny.forms["F2"].signs) == (None, ())
    assert found.digest != tiny.digest


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ('signs = ["lawyer"]', "forms.toml: form.F2.signs: there is no signer 'lawyer'"),
        ("number = 2", "forms.toml: form.F2.number: must be a str"),
    ],
)
def test_a_wrong_number_or_signer_is_a_fault(tmp_path: Path, said: str, fault: str) -> None:
    folder = edited("tiny", tmp_path, "forms.toml", "[form.F2]", f"[form.F2]\n{said}")

    with pytest.raises(DefinitionFault) as found:
        load_folder(folder)

    assert [str(one) for one in found.value.faults] == [fault]


def test_what_is_not_said_leaves_the_digest_as_it_was(tmp_path: Path, tiny: Procedure) -> None:
    silent = load_folder(edited("tiny", tmp_path, "forms.toml", "[form.F2]", "[form.F2]\nsigns = []"))

    assert silent.digest == tiny.digest
