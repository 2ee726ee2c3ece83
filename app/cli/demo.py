"""flask demo: what can be added to the demonstration. Production has none of it."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo import founding, founding_work
from app.services import factors, unit_of_work

demo = AppGroup("demo", help="Additions to the demonstration.")


@demo.command("code")
@click.argument("name")
def show_code(name: str) -> None:
    """Print the code that the app of an invented person would show now: NAME is the name she signs in with."""
    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException("Production has no demonstration.")
    unit_of_work.bind(current_app.extensions["database"])
    try:
        click.echo(factors.demo_code(name))
    except LookupError:
        raise click.ClickException(f"The demonstration has nobody who signs in as {name}.") from None


@demo.command("founding")
def load_founding() -> None:
    """Take in invented registers and the work of 1999 to 2012 whose numbers are those of the founding documents."""
    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException("Production has no demonstration.")
    unit_of_work.bind(current_app.extensions["database"])
    founding.load()
    founding_work.load()
    click.echo("The registers and the work of 1999 to 2012 are in.")
