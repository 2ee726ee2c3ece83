"""flask audit: the key of the checkpoints, checkpoints, an export, and the verification of the chains."""

import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app import audit_verify
from app.audit_verify import WHOLE, Checkpoint
from app.errors import Unconfigured
from app.services import auditing, checkpoints, unit_of_work
from app.services.checkpoints import Places

FILE = click.Path(dir_okay=False, path_type=Path)

audit = AppGroup("audit", help="The record of acts and looks.")


def places() -> Places:
    """Where this installation keeps the key and the file of its checkpoints."""
    settings = current_app.config["SETTINGS"]
    return Places(settings.signing_key, settings.checkpoints)


@audit.command("keys")
def keys() -> None:
    """Make the key that signs checkpoints; one that is there stays."""
    made = checkpoints.make_keys(places())
    click.echo("The key was made." if made else "There is a key already; it stays.")
    click.echo(f"Verifiers need {places().public_key.name}.")


@audit.command("checkpoint")
def checkpoint() -> None:
    """Sign how long each chain is now, and append it to the file of checkpoints."""
    unit_of_work.bind(current_app.extensions["database"])
    try:
        made = checkpoints.take(places())
    except Unconfigured as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"checkpoint {made.number} of {made.entries} entries")


@audit.command("export")
@click.argument("file", type=FILE)
def export(file: Path) -> None:
    """Write all chains to a file that is verified without a database: python -m app.audit_verify FILE."""
    unit_of_work.bind(current_app.extensions["database"])
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as lines, auditing.chains() as found:
        lines.writelines(f"{line}\n" for line in audit_verify.export_lines(found))


@audit.command("verify")
@click.option("--checkpoints", "file", type=FILE, help="Signed checkpoints, as kept outside the database.")
@click.option("--public-key", type=FILE, help="The key that they are verified with.")
def verify(file: Path | None, public_key: Path | None) -> None:
    """Walk every chain; exits with 1 where one is broken, with 2 where the checkpoints cannot be read."""
    unit_of_work.bind(current_app.extensions["database"])
    found = auditing.report(*_signed(file, public_key))
    for line in audit_verify.report_lines(found):
        click.echo(line)
    sys.exit(0 if found.kind == WHOLE else 1)


def _signed(file: Path | None, public_key: Path | None) -> tuple[list[Checkpoint], list[str]]:
    if file is None and public_key is None:
        return [], []
    if file is None or public_key is None:
        raise click.UsageError("checkpoints and the key that they are verified with go together")
    try:
        return audit_verify.read_checkpoint_file(file, audit_verify.load_public_key(public_key))
    except (OSError, ValueError) as fault:
        raise click.UsageError(f"the checkpoints cannot be read ({type(fault).__name__})") from None
