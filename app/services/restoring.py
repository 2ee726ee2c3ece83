"""Restoring a backup into an empty database, and proving it. A damaged one is refused before anything is written."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url

from app.cipher import Tampered
from app.security import sealed_stream
from app.security.keyring import Keyring
from app.security.sealed_stream import OpenPiece, OtherKey
from app.services.backup_proof import BackupRefused, Manifest, prove
from app.services.backups import LENGTH
from app.services.postgres_programs import program, reached, reason
from app.services.schema import MIGRATIONS, give_context_key, passing_database
from app.services.unit_of_work import make_engine


@dataclass(frozen=True)
class Opening:
    """A backup that lies open, the key that it was sealed to, and how its pieces are opened."""

    file: BinaryIO
    private: bytes
    open_piece: OpenPiece

    def pieces(self) -> Iterator[bytes]:
        """What was sealed, from the beginning; raises BackupRefused at the first piece that is damaged."""
        try:
            yield from sealed_stream.opened(self.file, self.private, self.open_piece)
        except OtherKey:
            raise BackupRefused("the backup was made for another backup key") from None
        except Tampered:
            raise BackupRefused("the backup is damaged: it was altered or cut off. Nothing was written") from None

    def manifest(self) -> Manifest:
        """What the backup says of itself; walks to its end, so that it is whole when this comes back."""
        head = bytearray()
        needed = LENGTH
        for piece in self.pieces():
            if len(head) < needed:
                head += piece
                needed = LENGTH + int.from_bytes(head[:LENGTH], "big")
        return Manifest(**json.loads(head[LENGTH:needed]))

    def database(self) -> Iterator[bytes]:
        """The database in the backup, behind its manifest."""
        pieces = self.pieces()
        head = next(pieces)
        left = LENGTH + int.from_bytes(head[:LENGTH], "big")
        while left > len(head):
            left -= len(head)
            head = next(pieces)
        yield head[left:]
        yield from pieces


@contextmanager
def open_backup(
    file: Path, private: bytes, open_piece: OpenPiece = sealed_stream.authentic
) -> Iterator[tuple[Opening, Manifest]]:
    """A backup and its manifest, once it is known to be whole. Raises BackupRefused."""
    try:
        handle = file.open("rb")
    except OSError as fault:
        raise BackupRefused(f"{file.name} cannot be read ({type(fault).__name__})") from None
    with handle:
        opening = Opening(handle, private, open_piece)
        manifest = opening.manifest()
        newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
        if manifest.revision != newest:
            raise BackupRefused(
                f"the backup is of schema {manifest.revision}, this version has {newest}:"
                " restore it with the version that made it, then upgrade"
            )
        yield opening, manifest


def restore(opened: tuple[Opening, Manifest], url: str, keyring: Keyring) -> list[str]:
    """Restore into the empty database at `url` and prove it; gives what was proved, in words.

    Raises BackupRefused where the database is not empty or of the other kind, or the proof fails.
    """
    opening, manifest = opened
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    if manifest.database != kind:
        raise BackupRefused(f"the backup is of {manifest.database}, the database is {kind}")
    if kind == "sqlite":
        return _into_file(opening, manifest, Path(make_url(url).database or ""), keyring)
    _into_postgresql(opening, url)
    give_context_key(url, keyring)
    return _proved(url, manifest, keyring)


def verify(opened: tuple[Opening, Manifest], administrator_url: str, keyring: Keyring) -> list[str]:
    """Restore into a database that is thrown away afterwards; gives what was proved.

    For PostgreSQL, `administrator_url` is of one who may make databases.
    """
    if opened[1].database == "sqlite":
        with tempfile.TemporaryDirectory(prefix="throughcare-verify-") as folder:
            return restore(opened, f"sqlite:///{Path(folder) / 'restored.db'}", keyring)
    if not administrator_url:
        raise BackupRefused("name the address of a role that may make a database for the time of the proof")
    with passing_database(administrator_url) as url:
        return restore(opened, url, keyring)


def _proved(url: str, manifest: Manifest, keyring: Keyring) -> list[str]:
    engine = make_engine(url, pool_size=1)
    try:
        with engine.connect() as connection:
            return prove(connection, manifest, keyring)
    finally:
        engine.dispose()


def _into_file(opening: Opening, manifest: Manifest, target: Path, keyring: Keyring) -> list[str]:
    """The file takes its name only once it is proved."""
    if target.exists() and target.stat().st_size:
        raise BackupRefused(f"{target.name} is not empty: a backup is restored into an empty place only")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".restore-") as folder:
        restored = Path(folder) / "restored.db"
        with restored.open("wb") as out:
            out.writelines(opening.database())
            out.flush()
            os.fsync(out.fileno())
        told = _proved(f"sqlite:///{restored}", manifest, keyring)
        restored.chmod(0o600)
        restored.replace(target)
    return told


def _into_postgresql(opening: Opening, url: str) -> None:
    engine = make_engine(url, pool_size=1)
    with engine.connect() as connection:
        held = inspect(connection).get_table_names()
    engine.dispose()
    if held:
        raise BackupRefused("the database is not empty: a backup is restored into an empty one only")
    address, environment = reached(url)
    arguments = ["--no-owner", "--exit-on-error", "--single-transaction", "--no-password", f"--dbname={address}"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own arguments
            [program("pg_restore"), *arguments], stdin=subprocess.PIPE, stdout=said, stderr=said, env=environment
        ) as restoring,
    ):
        assert restoring.stdin is not None  # noqa: S101 - a pipe was asked for
        with suppress(BrokenPipeError):  # it gave up: why is what it said
            restoring.stdin.writelines(opening.database())
            restoring.stdin.close()
        if restoring.wait():
            said.seek(0)
            raise BackupRefused(f"pg_restore failed, and nothing was written{reason(said.read())}")
