"""flask import: a register from the command line, by the same service as the pages. flask link: run the linker now."""

import os
import sys
import tomllib
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.errors import Refusal
from app.registers import mapping
from app.registers.faults import ERROR, RegisterFault
from app.registers.mapping import RegisterMapping
from app.registers.mend import rows_to_mend
from app.security.actor import Actor
from app.security.policy import allows
from app.services import accounts, linking, register_drafts, register_mappings, registers, unit_of_work
from app.services.register_drafts import Trial
from app.services.registers import Receipt
from app.vocabulary import catalog
from app.web.phrases import phrase
from app.web.registers.words import fault_sentence, file_sentence

PERMISSION = "register:import"
SOME_LEFT_OUT = 3
LANGUAGE = "en"  # what the commands speak


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "sign_in", required=True, help="Sign-in name of the supervisor whose agency keeps the register.")
@click.option("--mapping", "named", help="A preset, a mapping that the agency keeps, or a TOML file. Best fit without.")
@click.option("--year", type=click.IntRange(1990, 2100), help="The year that the register is of.")
@click.option("--dry-run", is_flag=True, help="Say what it would become; take nothing in.")
@click.option("--mend", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows to mend to this file.")
@with_appcontext
def import_register(
    file: Path, sign_in: str, named: str | None, year: int | None, dry_run: bool, mend: Path | None
) -> None:
    """Take a register in. Ends with 0 if every row is in, 3 if rows were left out, 1 if nothing was done."""
    unit_of_work.bind(current_app.extensions["database"])
    with force_locale(LANGUAGE):
        actor = _actor(sign_in)
        try:
            tried = register_drafts.try_content(actor, file.read_bytes(), _mapping(actor, named), year)
            _tell_faults(tried)
            if mend is not None:
                _keep(mend, rows_to_mend(tried.table, tried.parsed.faults, "To mend", fault_sentence))
            if dry_run:
                _tell_trial(tried)
            else:
                _tell_receipt(registers.import_file(actor, file.read_bytes(), tried.mapping, year))
        except RegisterFault as fault:
            raise click.ClickException(file_sentence(fault)) from None
        except Refusal as refusal:
            raise click.ClickException(phrase(refusal.key)) from None
    sys.exit(SOME_LEFT_OUT if tried.left_out else 0)


def _keep(file: Path, rows: bytes) -> None:
    """Write rows of people, names and all, for their owner alone to read, also where the file was there before."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600), "wb") as out:
            os.fchmod(out.fileno(), 0o600)
            out.truncate()
            out.write(rows)
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}") from None


def _actor(sign_in: str) -> Actor:
    try:
        actor = accounts.load_actor(sign_in)
    except LookupError:
        raise click.ClickException("Nobody who works here has this sign-in name.") from None
    if not allows(actor.roles, PERMISSION):
        raise click.ClickException("Only a supervisor of an agency takes in its register.")
    return actor


def _mapping(actor: Actor, named: str | None) -> RegisterMapping | None:
    if named is None:
        return None
    known = register_mappings.mappings(actor)
    if named in known:
        return known[named]
    path = Path(named)
    if not path.is_file():
        raise click.ClickException(f"There is no mapping of this name; there are: {', '.join(known)}.")
    try:
        return mapping.from_dict({"name": path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))})
    except (tomllib.TOMLDecodeError, UnicodeError):
        raise click.ClickException("The mapping is no TOML file.") from None


def _tell_faults(tried: Trial) -> None:
    for fault in tried.parsed.faults:
        grave = "to mend" if fault.severity == ERROR else "to look at"
        click.echo(f"row {fault.row}, {grave}: {fault_sentence(fault)}", err=True)


def _tell_trial(tried: Trial) -> None:
    click.echo(f"read as: {tried.mapping.name}")
    click.echo(f"rows that can be taken in: {len(tried.parsed.rows)}, to mend first: {tried.left_out}")
    for metric, months in tried.months.items():
        for (year, month), number in sorted(months.items()):
            click.echo(f"{_metric(metric)}, {month:02}/{year}: {number}")
    click.echo("Nothing was taken in.")


def _tell_receipt(receipt: Receipt) -> None:
    if receipt.was_there:
        click.echo("This file was taken in before. Nothing was changed.")
    click.echo(f"receipt {receipt.import_id}: {receipt.rows} rows taken in, read as {receipt.mapping_name}")
    click.echo(f"already there: {receipt.already_there}, left out: {receipt.left_out}")
    for metric, number in receipt.facts.items():
        click.echo(f"{_metric(metric)}: {number}")


def _metric(code: str) -> str:
    label: str = catalog.get("metric").label(code, LANGUAGE)
    return label


@click.command("link")
@with_appcontext
def link_now() -> None:
    """Compare all records and say how many people they are."""
    unit_of_work.bind(current_app.extensions["database"])
    found = linking.relink()
    click.echo(f"{found.records} records, {found.people} people; linked pairs: {found.sure}, waiting: {found.doubtful}")
