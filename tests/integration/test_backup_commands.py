"""flask backup and flask restore from one end to the other, in processes apart; the keys in escrow of two."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.factory import create_app
from app.services import escrow
from app.services.backup_proof import BackupRefused
from config import ROOT
from tests.factories.backed_up import empty_place
from tests.factories.world import Template, World, made_world


@pytest.fixture
def app(world: World) -> Flask:
    """The application on a world with one case."""
    world.with_advocate()
    return world.app()


def _run(app: Flask, *arguments: object, **environment: str) -> Result:
    return app.test_cli_runner().invoke(args=[str(one) for one in arguments], env=environment)


def _new_key(app: Flask, folder: Path) -> tuple[Path, str]:
    made = _run(app, "backup", "new-key", folder / "backup.key")
    assert made.exit_code == 0, made.output
    return folder / "backup.key", made.output.strip().removeprefix("BACKUP_KEY=")


def _backed_up(world: World, app: Flask, folder: Path) -> tuple[Path, Path]:
    """A backup made by the command, and the key that opens it."""
    key, public = _new_key(app, folder)
    file = folder / "one.backup"
    done = _run(app, "backup", file, BACKUP_KEY=public, DATABASE_BACKUP_URL=world.owner_url)
    assert done.exit_code == 0, done.output
    return file, key


def _on(world: World, url: str) -> Flask:
    """The application on another database with the same key file."""
    return create_app(replace(world.settings, database_url=url, owner_url=url))


def _in_another_process(world: World, url: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command as an operator gives it, on another database with the same key file."""
    told = {"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "KEY_FILE": str(world.settings.key_file)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | told, capture_output=True, text=True, check=False)


def test_a_backup_restores_in_another_process_and_says_what_was_proved(
    world: World, app: Flask, tmp_path: Path
) -> None:
    file, key = _backed_up(world, app, tmp_path)

    with empty_place(world, tmp_path) as url:
        done = _in_another_process(world, url, "restore", file, "--key", key)
        again = _run(_on(world, url), "restore", file, "--key", key)

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Restored."), done.stderr
    assert ["16 audit chains are whole" in done.stdout, "1 sealed records were opened" in done.stdout] == [True, True]
    assert (again.exit_code, "is not empty" in again.output) == (1, True), again.output


def test_a_damaged_one_ends_with_one_and_a_clear_word(world: World, app: Flask, tmp_path: Path) -> None:
    file, key = _backed_up(world, app, tmp_path)
    file.write_bytes(file.read_bytes()[:-7])

    with empty_place(world, tmp_path) as url:
        done = _run(_on(world, url), "restore", file, "--key", key)

    assert (done.exit_code, type(done.exception)) == (1, SystemExit), done.exception
    assert "damaged: it was altered or cut off. Nothing was written" in done.output
    assert not (tmp_path / "restored.db").exists()


def test_verify_restores_into_a_place_that_is_gone_afterwards(world: World, app: Flask, tmp_path: Path) -> None:
    file, key = _backed_up(world, app, tmp_path)

    done = _run(app, "backup", "verify", file, "--key", key, DATABASE_SCRATCH_URL=world.owner_url)

    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "The backup restores."), done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "none.backup", "--key", "none.key"), "none.key cannot be read"),
        (("some.backup", "--to", "abc"), "BACKUP_KEY is no key"),
        (("keys", "--to", "one.share"), "name two files"),
        (("open-keys", "one.share", "two.share", "."), "one.share is no share"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    sqlite_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)

    done = _run(sqlite_app, "backup", *arguments)

    assert (done.exit_code > 0, said in done.output, "Traceback" in done.output) == (True, True, False)


@pytest.fixture
def sqlite_app(sqlite_template: Template, tmp_path: Path) -> Iterator[Flask]:
    """An application on SQLite, where the database plays no part."""
    with made_world(sqlite_template, tmp_path) as world:
        yield world.app()


@pytest.fixture
def shares(sqlite_app: Flask, tmp_path: Path) -> tuple[Path, Path]:
    """The keys of the installation and of its backups in escrow of two."""
    key, _ = _new_key(sqlite_app, tmp_path)
    one, two = tmp_path / "one.share", tmp_path / "two.share"
    done = _run(sqlite_app, "backup", "keys", "--to", one, "--to", two, "--with", key)
    assert done.exit_code == 0, done.output
    return one, two


def test_two_people_open_the_keys_together(sqlite_app: Flask, tmp_path: Path, shares: tuple[Path, Path]) -> None:
    back = tmp_path / "back"
    back.mkdir()
    held = sqlite_app.config["SETTINGS"].key_file

    done = _run(sqlite_app, "backup", "open-keys", *shares, back)

    assert (done.exit_code, done.output.split()) == (0, ["backup.key", "keys.json"])
    assert (back / "keys.json").read_bytes() == held.read_bytes()
    assert (back / "backup.key").read_bytes() == (tmp_path / "backup.key").read_bytes()
    assert [path.stat().st_mode & 0o777 for path in (*shares, *back.iterdir())] == [0o600] * 4


def test_one_share_opens_nothing_and_tells_nothing(
    sqlite_app: Flask, tmp_path: Path, shares: tuple[Path, Path]
) -> None:
    twice = tmp_path / "twice.share"
    shutil.copy(shares[0], twice)
    root = json.loads(sqlite_app.config["SETTINGS"].key_file.read_text())["root"]

    with pytest.raises(BackupRefused, match="not the two shares"):
        escrow.join((shares[0], twice), tmp_path)

    assert [root in path.read_text() for path in shares] == [False, False]


def test_a_share_that_was_altered_opens_nothing(tmp_path: Path, shares: tuple[Path, Path]) -> None:
    told = json.loads(shares[0].read_text())
    shares[0].write_text(json.dumps(told | {"share": "00" * 32}))

    with pytest.raises(BackupRefused, match="a share was altered"):
        escrow.join(shares, tmp_path)


def test_one_who_held_both_shares_could_open_them_alone(tmp_path: Path, shares: tuple[Path, Path]) -> None:
    back = tmp_path / "back"
    back.mkdir()

    assert escrow.join(shares, back) == ["backup.key", "keys.json"]


def test_the_two_shares_lie_apart(sqlite_app: Flask, tmp_path: Path) -> None:
    done = _run(sqlite_app, "backup", "keys", "--to", tmp_path / "one", "--to", tmp_path / "one")

    assert (done.exit_code, "must lie apart" in done.output) == (1, True)
