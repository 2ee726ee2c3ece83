"""flask import and flask link: the receipt, the faults in words, and how the commands end."""

import stat
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select

from app.models.record import RecordPerson
from app.security.actor import system_actor
from app.services import linking, ticking
from tests.factories import registers
from tests.factories.world import World

POLICE = registers.FOLDER / "police.csv"
WITH_FAULT = (
    "Nr,Data e identifikimit,Emri,Mbiemri,Gjinia,Shtetësia\n"
    "1,13.04.2007,Fatime,Provë,F,Kosovë\n"
    "2,31.02.2007,Zylfije,Provë,F,Kosovë\n"
)


def _run(world: World, *arguments: str) -> Result:
    app = world.app()
    return app.test_cli_runner().invoke(args=list(arguments))


def _people(world: World) -> int:
    with world.database.read(system_actor("linker")) as work:
        return work.session.execute(select(func.count(RecordPerson.person_id.distinct()))).scalar_one()


def test_import_prints_the_receipt(world: World) -> None:
    done = _run(world, "import", str(POLICE), "--as", "police.supervisor", "--year", "2007")

    assert done.exit_code == 0, done.output
    assert "32 rows taken in, read as police" in done.output
    assert "Identified victims: 32" in done.output
    assert "Refused help: 5" in done.output


def test_import_of_the_same_file_says_so(world: World) -> None:
    _run(world, "import", str(POLICE), "--as", "police.supervisor")

    again = _run(world, "import", str(POLICE), "--as", "police.supervisor")

    assert again.exit_code == 0
    assert "This file was taken in before. Nothing was changed." in again.output


def test_dry_run_takes_nothing_in(world: World) -> None:
    tried = _run(world, "import", str(POLICE), "--as", "police.supervisor", "--dry-run")

    assert "rows that can be taken in: 32" in tried.output
    assert "Identified victims, 04/2007:" in tried.output
    assert _people(world) == 0


def test_import_with_a_fault_names_it_writes_the_rows_to_mend_and_ends_with_three(world: World, tmp_path: Path) -> None:
    file, mend = tmp_path / "list.csv", tmp_path / "mend.csv"
    file.write_text(WITH_FAULT, encoding="utf-8")

    done = _run(world, "import", str(file), "--as", "police.supervisor", "--mend", str(mend))

    assert done.exit_code == 3
    assert "row 3, to mend: Data e identifikimit: there is no such day" in done.output
    assert "1 rows taken in" in done.output
    assert "Zylfije" not in done.output
    assert "Zylfije" in mend.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(mend.stat().st_mode) == 0o600


def test_rows_to_mend_are_its_owners_alone_in_a_file_that_all_could_read(world: World, tmp_path: Path) -> None:
    file, mend = tmp_path / "list.csv", tmp_path / "mend.csv"
    file.write_text(WITH_FAULT, encoding="utf-8")
    mend.write_text("what stood there before, and was longer than what is written now\n" * 50)
    mend.chmod(0o644)

    _run(world, "import", str(file), "--as", "police.supervisor", "--mend", str(mend))

    assert stat.S_IMODE(mend.stat().st_mode) == 0o600
    assert "stood there before" not in mend.read_text(encoding="utf-8-sig")


def test_a_folder_that_is_not_there_is_said_in_words(world: World, tmp_path: Path) -> None:
    file, mend = tmp_path / "list.csv", tmp_path / "nowhere" / "mend.csv"
    file.write_text(WITH_FAULT, encoding="utf-8")

    done = _run(world, "import", str(file), "--as", "police.supervisor", "--mend", str(mend))

    assert done.exit_code == 1
    assert "No such file or directory" in done.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--as", "nobody"), "Nobody who works here has this sign-in name."),
        (("--as", "investigator"), "Only a supervisor of an agency takes in its register."),
        (("--as", "police.supervisor", "--mapping", "no such"), "There is no mapping of this name"),
        (("--as", "police.supervisor", "--mapping", "return_partner"), "A column that is needed is not in the file"),
        (("--as", "police.supervisor", "--mapping", str(POLICE)), "The mapping is no TOML file."),
    ],
)
def test_import_that_cannot_be_says_why_and_ends_with_one(
    world: World, arguments: tuple[str, ...], sentence: str
) -> None:
    done = _run(world, "import", str(POLICE), *arguments)

    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_mapping_can_be_a_file_of_its_own(world: World, tmp_path: Path) -> None:
    own, file = tmp_path / "own.toml", tmp_path / "list.csv"
    own.write_text(
        'date_order = "mdy"\nstates = [{ metric = "identified", on = "identified_on" }]\n'
        '[columns]\nfull_name = ["Who"]\nidentified_on = ["When"]\n',
        encoding="utf-8",
    )
    file.write_text("Who,When\nArta Provë,3/27/2007\n", encoding="utf-8")

    done = _run(world, "import", str(file), "--as", "police.supervisor", "--mapping", str(own))

    assert "1 rows taken in, read as own" in done.output
    assert "Identified victims: 1" in done.output


def test_link_says_how_many_people_the_records_are(world: World) -> None:
    registers.take_in(world)

    done = _run(world, "link")

    assert done.output.strip() == "81 records, 41 people; linked pairs: 52, waiting: 3"


def test_clock_job_links_records_that_are_new_and_rests_when_none_is(world: World) -> None:
    world.open_signal()
    world.open_signal(given_name="Besa")

    first, second = ticking.tick(), ticking.tick()

    assert (first.has_linked, second.has_linked) == (True, False)
    assert _people(world) == 2
    assert linking.relink_if_new() is None
