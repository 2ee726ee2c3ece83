"""flask db: make the roles, bring the schema up to date."""

import os

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import make_url

from app.services import schema

db = AppGroup("db", help="The database: roles and schema.")


@db.command("bootstrap")
@click.option("--superuser-url", envvar="DATABASE_SUPERUSER_URL", required=True, help="Used once, kept nowhere.")
def bootstrap(superuser_url: str) -> None:
    """Make the three roles and the database, once, as a superuser."""
    schema.bootstrap(superuser_url, os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"])
    click.echo("Roles and database are there.")


@db.command("upgrade")
@click.argument("revision", default="head")
@click.option(
    "--replace-key", is_flag=True, help="After a change of the key file: let the database believe the new one."
)
def upgrade(revision: str, replace_key: bool) -> None:
    """Bring the schema to a revision and tell the database the key that contexts are signed with, as the owner."""
    settings = current_app.config["SETTINGS"]
    schema.upgrade(settings.owner_url, make_url(settings.database_url).username or "throughcare_app", revision)
    if revision == "head":
        keyring = current_app.extensions["database"].vault.keyring
        schema.give_context_key(settings.owner_url, keyring, replaces=replace_key)
    click.echo(f"The schema is at {revision}.")
