"""flask keys: how many values lie under which root key, a new root, and taking the old one away."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.errors import Conflict
from app.services import renewing_keys, unit_of_work
from app.services.renewing_keys import Lying
from app.web.phrases import phrase
from config import Settings

keys = AppGroup("keys", help="The root key: look, renew, retire the old one. Keep a copy of the key file apart.")


def _settings() -> Settings:
    unit_of_work.bind(current_app.extensions["database"])
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _say(lying: Lying) -> None:
    for root, number in sorted(lying.by_root.items()):
        click.echo(f"root {root}{' (newest)' if root == lying.newest else ''}: {number} values and tokens")
    click.echo(f"under old roots: {lying.old}; under no known root: {lying.unreadable}")


@keys.command("status")
def status() -> None:
    """How many sealed values and search tokens lie under which root."""
    settings = _settings()
    _say(renewing_keys.look(settings.owner_url, settings.key_file))


@keys.command("rotate")
def rotate() -> None:
    """Make a new root and seal everything anew under it; stopped, it goes on where it stood. Work may go on."""
    settings = _settings()
    _say(renewing_keys.renew(settings.owner_url, settings.key_file))


@keys.command("retire")
def retire() -> None:
    """Take old roots out of the key file; refused while anything lies under one."""
    settings = _settings()
    try:
        number = renewing_keys.retire(settings.owner_url, settings.key_file)
    except Conflict as refused:
        raise click.ClickException(phrase(refused.key)) from None
    click.echo(
        f"{number} old root{'s' if number > 1 else ''} retired; old copies of the key file still open old backups"
    )
