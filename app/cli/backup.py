"""flask backup and flask restore: a sealed copy of the database, the proof that it restores, the keys in escrow."""

import os
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.cipher import KEY_BYTES
from app.security import sealed_stream
from app.security.keyring import Keyring
from app.services import backups, escrow, restoring
from app.services.backup_proof import BackupRefused

A_FILE = click.Path(path_type=Path, dir_okay=False)
KEY = click.option("--key", "key_file", type=A_FILE, envvar="BACKUP_KEY_FILE", required=True, help="Opens backups.")


class _OrFile(AppGroup):
    """What is no command of the group is the file to write."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        known = not args or args[0] in self.commands or args[0].startswith("-")
        return super().resolve_command(ctx, args if known else ["make", *args])


backup = _OrFile("backup", help="`flask backup FILE` makes one; the other commands prove it and keep the keys.")


def _keyring() -> Keyring:
    keyring: Keyring = current_app.extensions["database"].vault.keyring
    return keyring


def _bytes(text: str, what: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise click.ClickException(f"{what} is no key")
    return key


def _private(key_file: Path) -> bytes:
    try:
        return _bytes(key_file.read_text("ascii"), key_file.name)
    except (OSError, ValueError):
        raise click.ClickException(f"{key_file.name} cannot be read") from None


def _say(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)


@backup.command("new-key")
@click.argument("file", type=A_FILE)
def new_key(file: Path) -> None:
    """Make the key that opens backups, to be kept away from the server; prints what the server needs to make them."""
    private, public = sealed_stream.new_pair()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise click.ClickException(f"{file.name} cannot be written") from None
    with os.fdopen(handle, "w") as out:
        out.write(private.hex() + "\n")
    click.echo(f"BACKUP_KEY={public.hex()}")


@backup.command("make", hidden=True)
@click.argument("file", type=A_FILE)
@click.option("--to", "public", envvar="BACKUP_KEY", required=True, help="The public key, as new-key printed it.")
@click.option("--url", envvar="DATABASE_BACKUP_URL", help="Of a role that may act as the backup role.")
def make(file: Path, public: str, url: str | None) -> None:
    """Write a sealed backup to a new file."""
    settings = current_app.config["SETTINGS"]
    try:
        manifest = backups.make(url or settings.owner_url, file, _bytes(public, "BACKUP_KEY"), _keyring())
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, schema {manifest.revision}")


@backup.command("verify")
@click.argument("file", type=A_FILE)
@KEY
@click.option("--scratch-url", envvar="DATABASE_SCRATCH_URL", default="", help="Of a role that may make databases.")
def verify(file: Path, key_file: Path, scratch_url: str) -> None:
    """Restore it into a database that is thrown away, and say what was proved; ends with 1 where it was not."""
    try:
        with restoring.open_backup(file, _private(key_file)) as opened:
            click.echo(f"made at {opened[1].made_at}, schema {opened[1].revision}")
            _say(restoring.verify(opened, scratch_url, _keyring()))
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("The backup restores.")


@backup.command("keys")
@click.option("--to", "kept_by", type=A_FILE, multiple=True, required=True, help="A new file for each of two people.")
@click.option("--with", "others", type=A_FILE, multiple=True, help="Another key file, such as the one of backups.")
def keys(kept_by: tuple[Path, ...], others: tuple[Path, ...]) -> None:
    """Seal the key file so that two people open it together and neither alone; writes a share for each."""
    if len(kept_by) != 2:
        raise click.UsageError("name two files: --to FILE --to FILE")
    files = [current_app.config["SETTINGS"].key_file, *others]
    try:
        escrow.split(files, (kept_by[0], kept_by[1]))
    except (BackupRefused, OSError) as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("Give each file to one person, and leave none on this machine.")


@backup.command("open-keys")
@click.argument("first", type=A_FILE)
@click.argument("second", type=A_FILE)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def open_keys(first: Path, second: Path, folder: Path) -> None:
    """Put the key files back from both shares."""
    try:
        _say(escrow.join((first, second), folder))
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None


@click.command("restore")
@click.argument("file", type=A_FILE)
@KEY
@with_appcontext
def restore(file: Path, key_file: Path) -> None:
    """Restore a backup into this installation's database, which must be empty, and prove it."""
    settings = current_app.config["SETTINGS"]
    try:
        with restoring.open_backup(file, _private(key_file)) as opened:
            _say(restoring.restore(opened, settings.owner_url, _keyring()))
    except BackupRefused as refused:
        click.echo(f"Error: {refused}", err=True)
        sys.exit(1)
    click.echo("Restored.")
