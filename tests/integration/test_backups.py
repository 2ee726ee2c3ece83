"""A backup made while people work restores to one moment, proves it, and a damaged one goes in nowhere (T6.10)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import create_engine, func, select, text, update

from app.models.agency import Agency
from app.models.record import ClientRecord
from app.security import sealed_stream
from app.security.keyring import Keyring
from app.services import backups, restoring
from app.services.backup_proof import BackupRefused, Manifest
from tests.factories.backed_up import (
    DAMAGES,
    after_an_act,
    backup_url,
    empty_place,
    heads,
    one_letter_changed,
    without_authentication,
    written_to,
)
from tests.factories.world import World
from tests.security.relations import above
from tests.support.promises import scaled, tell

PRIVATE, PUBLIC = sealed_stream.new_pair()
TIMES = scaled(2, 20)
NAME = "Zyra e Avokatit"


@pytest.fixture
def case_id(world: World) -> UUID:
    """A case to write to."""
    return world.with_advocate()


def _keyring(world: World) -> Keyring:
    return world.database.vault.keyring


def _made(world: World, folder: Path, name: str = "one.backup") -> Path:
    backups.make(backup_url(world), folder / name, PUBLIC, _keyring(world))
    return folder / name


def _restored(world: World, file: Path, folder: Path) -> list[str]:
    with empty_place(world, folder) as url, restoring.open_backup(file, PRIVATE) as opened:
        return restoring.restore(opened, url, _keyring(world))


def _round(world: World, folder: Path, number: int, done: list[int]) -> tuple[list[str], int]:
    """One backup made after another act, and restored: what was proved, and how many acts are in it."""
    after_an_act(done)
    here = folder / str(number)
    here.mkdir()
    manifest = backups.make(backup_url(world), here / "one.backup", PUBLIC, _keyring(world))
    return _restored(world, here / "one.backup", here), heads(manifest.heads)


def _told(world: World, figure: str) -> None:
    tell("T6.10", "PostgreSQL" if world.database.is_postgresql else "SQLite", figure)


@pytest.mark.promise("T6.10")
def test_backups_made_while_fifty_acts_a_second_go_on_all_restore(world: World, case_id: UUID, tmp_path: Path) -> None:
    with written_to(world, case_id) as done:
        rounds = [_round(world, tmp_path, number, done) for number in range(TIMES)]
    entries = [acts for _, acts in rounds]

    assert [len(proved) for proved, _ in rounds] == [4] * TIMES
    assert all("1 sealed records were opened" in proved[3] for proved, _ in rounds)
    assert (entries == sorted(entries), len(set(entries)) > 1, sum(done) > 0) == (True, True, True)
    _told(world, f"{TIMES} of {TIMES} backups restored and proved, {sum(done)} acts meanwhile")


@pytest.mark.promise("T6.10")
def test_a_damaged_backup_is_refused_before_anything_is_written(world: World, case_id: UUID, tmp_path: Path) -> None:
    whole = _made(world, tmp_path).read_bytes()

    with empty_place(world, tmp_path) as url:
        said = {name: _said_of(world, tmp_path / "damaged", damage(whole), url) for name, damage in DAMAGES.items()}
        assert _tables(url) == []

    assert said == dict.fromkeys(DAMAGES, "the backup is damaged: it was altered or cut off. Nothing was written")
    _told(world, f"{len(said)} of {len(DAMAGES)} kinds of damage refused")


def _said_of(world: World, file: Path, content: bytes, url: str) -> str:
    file.write_bytes(content)
    try:
        with _opened(file) as opened:
            restoring.restore(opened, url, _keyring(world))
    except BackupRefused as refused:
        return str(refused)
    return "restored"


def _opened(file: Path) -> AbstractContextManager[tuple[restoring.Opening, Manifest]]:
    return restoring.open_backup(file, PRIVATE)


def _tables(url: str) -> list[str]:
    engine = create_engine(url)
    kind = "sqlite_master WHERE type = 'table'" if url.startswith("sqlite") else "pg_tables WHERE schemaname = 'public'"
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT 1 FROM {kind}")).scalars().all()  # noqa: S608 - two texts of ours
    engine.dispose()
    return list(found)


@pytest.mark.promise("T6.10")
def test_without_authentication_a_changed_letter_goes_into_the_database(
    world: World, case_id: UUID, tmp_path: Path
) -> None:
    with above(world).begin() as connection:
        connection.execute(update(Agency).where(Agency.key == "advocacy_prishtine").values(name_en=NAME))
    file = _made(world, tmp_path)
    with file.open("rb") as held:
        plain = b"".join(sealed_stream.opened(held, PRIVATE))
    file.write_bytes(one_letter_changed(file.read_bytes(), plain, NAME.encode()))

    with (
        empty_place(world, tmp_path) as url,
        restoring.open_backup(file, PRIVATE, without_authentication) as opened,
    ):
        restoring.restore(opened, url, _keyring(world))
        assert "[yra e Avokatit" in _names(url)
    with pytest.raises(BackupRefused, match="damaged"), _opened(file):
        pass


def _names(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.execute(select(Agency.name_en)).scalars())
    engine.dispose()
    return found


def test_a_backup_tells_nothing_to_who_has_it_and_lies_open_to_its_owner_alone(
    world: World, case_id: UUID, tmp_path: Path
) -> None:
    file = _made(world, tmp_path)
    content = file.read_bytes()

    assert [word for word in (b"client_record", b"advocacy_prishtine", b"SQLite", b"PGDMP") if word in content] == []
    assert file.stat().st_mode & 0o777 == 0o600
    assert [*tmp_path.glob("*.part"), *tmp_path.glob(".*")] == []


def test_neither_the_key_of_the_data_nor_the_one_that_opens_backups_is_in_it(
    world: World, case_id: UUID, tmp_path: Path
) -> None:
    with _made(world, tmp_path).open("rb") as held:
        plain = b"".join(sealed_stream.opened(held, PRIVATE))
    root = _keyring(world).root

    assert b"client_record" in plain
    assert [key for key in (root, root.hex().encode(), PRIVATE, PRIVATE.hex().encode()) if key in plain] == []


def test_it_opens_with_no_other_backup_key(world: World, case_id: UUID, tmp_path: Path) -> None:
    file = _made(world, tmp_path)

    with (
        pytest.raises(BackupRefused, match="another backup key"),
        restoring.open_backup(file, sealed_stream.new_pair()[0]),
    ):
        pass


def test_it_is_proved_with_the_keys_of_the_installation_and_no_others(
    world: World, case_id: UUID, tmp_path: Path
) -> None:
    file = _made(world, tmp_path)

    with (
        empty_place(world, tmp_path) as url,
        _opened(file) as opened,
        pytest.raises(BackupRefused, match="not the one the data were sealed with"),
    ):
        restoring.restore(opened, url, Keyring(bytes(32)))


def test_a_record_of_acts_that_was_broken_before_the_backup_does_not_prove(
    world: World, case_id: UUID, tmp_path: Path
) -> None:
    with above(world).begin() as connection:
        connection.exec_driver_sql(
            "ALTER TABLE audit_entry DISABLE TRIGGER USER"
            if world.database.is_postgresql
            else "DROP TRIGGER audit_entry_no_update"
        )
        connection.exec_driver_sql("UPDATE audit_entry SET action = 'x:y' WHERE position = 1")
    file = _made(world, tmp_path)

    with pytest.raises(BackupRefused, match="audit chain"):
        _restored(world, file, tmp_path)


def test_a_sealed_record_that_does_not_open_does_not_prove(world: World, case_id: UUID, tmp_path: Path) -> None:
    with above(world).begin() as connection:
        connection.execute(update(ClientRecord).values(identity=bytes(80)))
    file = _made(world, tmp_path)

    with pytest.raises(BackupRefused, match="a sealed record does not open"):
        _restored(world, file, tmp_path)


def test_it_is_restored_into_an_empty_place_alone(world: World, case_id: UUID, tmp_path: Path) -> None:
    file = _made(world, tmp_path)

    with pytest.raises(BackupRefused, match="not empty"), _opened(file) as opened:
        restoring.restore(opened, world.owner_url, _keyring(world))


def test_it_takes_no_other_files_place(world: World, case_id: UUID, tmp_path: Path) -> None:
    _made(world, tmp_path)

    with pytest.raises(BackupRefused, match="is there already"):
        _made(world, tmp_path)


@pytest.mark.promise("T6.10")
@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_the_applications_role_may_make_none(world: World, case_id: UUID, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="may not act as throughcare_backup: its dump would be empty"):
        backups.make(world.settings.database_url, tmp_path / "one.backup", PUBLIC, _keyring(world))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.promise("T6.10")
@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_what_the_applications_role_sees_would_be_a_backup_of_nobody(world: World, case_id: UUID) -> None:
    seen = [_records(url) for url in (world.settings.database_url, world.owner_url)]

    assert seen == [0, 1]


def _records(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(select(func.count()).select_from(ClientRecord.__table__)).scalar_one()
    engine.dispose()
    return int(found)


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_where_the_program_is_missing_it_says_so(
    world: World, case_id: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))

    with pytest.raises(BackupRefused, match="pg_dump is not on this machine"):
        _made(world, tmp_path)

    assert list(tmp_path.iterdir()) == []
