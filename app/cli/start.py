"""`flask start`: from whatever is there to a served application, in one process start. Each part of it is a service."""

import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo
from sqlalchemy import make_url

from app import demo, journal
from app.cli.server import HOST, OWNER_ONLY, serve, share_memory
from app.cli.tick import tick
from app.demo import founding, founding_work
from app.demo.setup import is_empty
from app.services import schema, unit_of_work
from app.services.key_fit import refuse_foreign_keys
from app.services.unit_of_work import Database
from app.vocabulary import catalog
from config import DEFAULT_PORT, Settings

SECONDS_BETWEEN_TICKS = 60
PR_SET_PDEATHSIG = 1


@click.command("start")
def start() -> None:
    """Prepare the database, then serve on this machine, with the clock job beside the server."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.config["SETTINGS"]
    database: Database = app.extensions["database"]
    port = _free_port()
    os.umask(OWNER_ONLY)
    _migrate(settings)
    schema.give_context_key(settings.owner_url, database.vault.keyring)
    database.refuse_unsafe_role()
    refuse_foreign_keys(database)
    unit_of_work.bind(database)
    if not settings.is_production:
        _show_demo(settings)
    database.engine.dispose()  # no connection may be shared with the processes made below
    share_memory()
    _beside(lambda: _keep_ticking(app))
    serve(app, port)


def _free_port() -> int:
    """The port asked for; ends with a sentence where it is no number or taken."""
    asked = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not asked.isdecimal() or not 0 < int(asked) < 65_536:
        raise click.ClickException(f"PORT={asked} is no port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(asked)))
        except OSError:
            raise click.ClickException(f"Port {asked} is taken. Another one: PORT=8001 make run") from None
    return int(asked)


def _migrate(settings: Settings) -> None:
    if not schema.is_current(settings.owner_url):
        click.echo("Bringing the database up to date ...")
        schema.upgrade(settings.owner_url, make_url(settings.database_url).username or "throughcare_app")


def _show_demo(settings: Settings) -> None:
    """Load the demo where nothing is yet, and say how to sign in: one line a role."""
    if is_empty():
        click.echo("Loading the demo ...")
        demo.load()
        founding.load()
        founding_work.load()
    names: dict[str, str] = {}
    for _, member in demo.MEMBERS:
        for role in member.roles:
            names.setdefault(role, member.sign_in)
    labels = {code.code: code.label.en for code in catalog.get("role").codes}
    width = max(map(len, labels.values()))
    click.echo("This is a demonstration: everything in it is invented, and nothing real belongs into it.")
    click.echo(f"Invented people, one a role; the password of each: {demo.PASSWORD}")
    for role, name in names.items():
        click.echo(f"  {labels[role]:{width}}  {name}")
    click.echo("The code that is asked next: .venv/bin/python -m flask --app wsgi demo code NAME")
    click.echo(f"Passkeys are made for a name, not for a number: to try one, open {settings.public_address}/")


def _beside(job: Callable[[], None]) -> None:
    """Run a job in a process of its own that ends when this one does, however it does."""
    if os.fork():
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    job()
    sys.exit(0)


def _keep_ticking(app: Flask) -> None:
    """Run `flask tick` for ever; when it falls over, that is said and it is started again."""
    while True:
        try:
            tick.main(
                args=["--every", str(SECONDS_BETWEEN_TICKS)],
                standalone_mode=False,
                obj=ScriptInfo(create_app=lambda: app),
            )
        except Exception as fault:  # any: the server beside it goes on, and so must the clocks
            journal.note("tick_failed", "error", fault)
        time.sleep(SECONDS_BETWEEN_TICKS)
