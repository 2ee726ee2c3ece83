"""Making a backup: one moment of the database, sealed to a public key, with a manifest. The keys of the data stay out.

SQLite is copied by its own backup interface. PostgreSQL is dumped by the backup role, which reads past row-level
security; a dump by the application's role would come out empty, and is refused.
"""

import json
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import ProgrammingError

from app.security.keyring import Keyring
from app.security.sealed_stream import SealedWriter
from app.services.backup_proof import BackupRefused, Manifest, describe
from app.services.postgres_programs import program, reached, reason
from app.services.schema import BACKUP_ROLE
from app.services.unit_of_work import make_engine

LENGTH = 8
READ = 1024 * 1024


def make(url: str, file: Path, public: bytes, keyring: Keyring) -> Manifest:
    """Write a backup of the database at `url` to a new file that only its owner can read.

    Raises BackupRefused where the file is there, or the role may not see all. Nothing is left of one that failed.
    """
    if file.exists():
        raise BackupRefused(f"{file.name} is there already")
    unfinished = file.with_name(file.name + ".part")
    take = _sqlite if url.startswith("sqlite") else _postgresql
    try:
        with _private(unfinished) as out:
            manifest = take(url, SealedWriter(out, public), keyring)
        os.link(unfinished, file)  # unlike a renaming it never takes another's place
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _begin(sealed: SealedWriter, manifest: Manifest) -> None:
    told = json.dumps(manifest.as_json()).encode()
    sealed.write(len(told).to_bytes(LENGTH, "big") + told)


def _sqlite(url: str, sealed: SealedWriter, keyring: Keyring) -> Manifest:
    source = Path(make_url(url).database or "")
    if not source.is_file():
        raise BackupRefused("there is no database file")
    # The copy lies where the same bytes lie already, for as long as it takes to seal it.
    with tempfile.TemporaryDirectory(dir=source.parent, prefix=".backup-") as folder:
        copy = Path(folder) / "copy.db"
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(copy)) as taken:
            held.backup(taken)
            taken.execute("PRAGMA journal_mode=DELETE")
        engine = make_engine(f"sqlite:///{copy}")
        with engine.connect() as connection:
            manifest = describe(connection, keyring)
        engine.dispose()
        with closing(sqlite3.connect(copy)) as taken:
            taken.execute("PRAGMA journal_mode=DELETE")
        _begin(sealed, manifest)
        with copy.open("rb") as plain:
            _pour(plain.read, sealed)
    sealed.close()
    return manifest


def _postgresql(url: str, sealed: SealedWriter, keyring: Keyring) -> Manifest:
    engine = make_engine(url, pool_size=1)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            _become_backup_role(connection)
            snapshot = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())
            manifest = describe(connection, keyring)
            _begin(sealed, manifest)
            _dump(url, snapshot, sealed)  # while this transaction holds the moment
    finally:
        engine.dispose()
    sealed.close()
    return manifest


def _become_backup_role(connection: Connection) -> None:
    own = connection.execute(text("SELECT current_user")).scalar_one()
    try:
        connection.execute(text("SELECT set_config('role', :role, false)"), {"role": BACKUP_ROLE})
    except ProgrammingError:
        raise BackupRefused(f"{own} may not act as {BACKUP_ROLE}: its dump would be empty") from None
    sees_all = text("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
    if not connection.execute(sees_all).scalar_one():
        raise BackupRefused(f"row-level security holds {BACKUP_ROLE}: its dump would be empty")


def _dump(url: str, snapshot: str, sealed: SealedWriter) -> None:
    address, environment = reached(url)
    arguments = ["--format=custom", "--compress=0", "--no-owner", f"--role={BACKUP_ROLE}", f"--snapshot={snapshot}"]
    arguments.append("--exclude-table-data=context.key")  # of the keys nothing goes into a backup
    command = [program("pg_dump"), *arguments, "--no-password", f"--dbname={address}"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own arguments
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, env=environment
        ) as dumping,
    ):
        assert dumping.stdout is not None  # noqa: S101 - a pipe was asked for
        _pour(dumping.stdout.read, sealed)
        if dumping.wait():
            said.seek(0)
            raise BackupRefused(f"pg_dump failed{reason(said.read())}")


def _pour(read: Callable[[int], bytes], sealed: SealedWriter) -> None:
    while piece := read(READ):
        sealed.write(piece)
