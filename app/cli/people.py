"""flask people: the first administrators of an installation; everybody else is added by them, in a browser."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.errors import Invalid, Refusal
from app.services import beginning, unit_of_work
from app.web.phrases import phrase

people = AppGroup("people", help="The first administrators of an installation.")


@people.command("begin")
@click.option(
    "--administrator",
    "administrators",
    type=(str, str),
    multiple=True,
    required=True,
    metavar="SIGN_IN NAME",
    help="Once for each of them; two at least.",
)
def begin(administrators: tuple[tuple[str, str], ...]) -> None:
    """Add the first administrators of an empty database; prints the invitation of each, once."""
    unit_of_work.bind(current_app.extensions["database"])
    try:
        found = beginning.begin(administrators)
    except Refusal as refusal:
        keys = refusal.fields.values() if isinstance(refusal, Invalid) else [refusal.key]
        raise click.ClickException("; ".join(map(phrase, keys))) from None
    for one in found:
        click.echo(f"{one.sign_in}  {one.invitation}")
    click.echo("Hand each over in person. For three days it is used at /invitation to choose a password.")
