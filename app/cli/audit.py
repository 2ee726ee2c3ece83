"""flask audit: verify the chains."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app.services import auditing, unit_of_work

audit = AppGroup("audit", help="The record of acts and looks.")


@audit.command("verify")
def verify() -> None:
    """Walk every chain; exits with 1 where one is broken."""
    unit_of_work.bind(current_app.extensions["database"])
    verdicts = auditing.verify_all()
    for verdict in verdicts:
        click.echo(f"chain {verdict.chain:2}: {verdict.entries} entries, {verdict.fault or 'whole'}")
    sys.exit(1 if any(verdict.fault for verdict in verdicts) else 0)
