"""flask erase: ask that a closed case be erased, and do it in another person's name. There is no way back."""

from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from app.errors import Refusal
from app.security.actor import Actor
from app.services import accounts, erasing, unit_of_work

erase = AppGroup("erase", help="Erase a closed case: asked by one, done by her supervisor.")


def _member(sign_in: str) -> Actor:
    unit_of_work.bind(current_app.extensions["database"])
    try:
        return accounts.load_actor(sign_in)
    except LookupError:
        raise click.ClickException("Nobody who works here has this sign-in name.") from None


@erase.command("ask")
@click.argument("case_id", type=click.UUID)
@click.option("--by", required=True, help="The sign-in of a member of the agency that leads the case.")
@click.option("--reason", required=True, help="person_asked, period_over or ordered.")
def ask(case_id: UUID, by: str, reason: str) -> None:
    """Ask for it; prints what is to be approved."""
    try:
        click.echo(erasing.ask(_member(by), case_id, reason)["erasure_id"])
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None


@erase.command("approve")
@click.argument("erasure_id", type=click.UUID)
@click.option("--by", required=True, help="The sign-in of the supervisor, who is another person.")
def approve(erasure_id: UUID, by: str) -> None:
    """Erase it now."""
    try:
        erasing.approve(_member(by), erasure_id)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("erased")


@erase.command("refuse")
@click.argument("erasure_id", type=click.UUID)
@click.option("--by", required=True, help="The sign-in of the supervisor, who is another person.")
def refuse(erasure_id: UUID, by: str) -> None:
    """Say no; the case stays."""
    try:
        erasing.refuse(_member(by), erasure_id)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("refused")
