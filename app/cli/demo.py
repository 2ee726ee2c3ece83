"""flask demo: what can be added to the demonstration. Production has none of it."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo import founding, founding_work
from app.services import unit_of_work

demo = AppGroup("demo", help="Additions to the demonstration.")


@demo.command("founding")
def load_founding() -> None:
    """Take in invented registers and the work of 1999 to 2012 whose numbers are those of the founding documents."""
    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException("Production has no demonstration.")
    unit_of_work.bind(current_app.extensions["database"])
    founding.load()
    founding_work.load()
    click.echo("The registers and the work of 1999 to 2012 are in.")
