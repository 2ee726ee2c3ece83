"""flask tick: the clock job, once or again and again."""

import time

import click
from flask import current_app

from app import journal
from app.cli.audit import places
from app.errors import Unavailable, Unconfigured
from app.services import checkpoints, ticking, unit_of_work


@click.command("tick")
@click.option("--every", type=click.IntRange(min=5), default=None, help="Seconds between rounds; once without it.")
def tick(every: int | None) -> None:
    """Write lapsed clocks and free holds that are over."""
    unit_of_work.bind(current_app.extensions["database"])
    while True:
        try:
            done = ticking.tick()
            if every is not None:
                journal.note("ticked", lapsed=done.lapsed, freed=done.freed)
            else:
                click.echo(f"{done.lapsed} clocks lapsed, {done.freed} holds freed")
            _keep_checkpoints()
        except Unavailable:
            journal.note("tick_unavailable", "error")
        if every is None:
            return
        time.sleep(every)


def _keep_checkpoints() -> None:
    """A demo makes its own key; a real installation is told at each round that it has none."""
    if not current_app.config["SETTINGS"].is_production:
        checkpoints.make_keys(places())
    try:
        checkpoints.take_if_due(places())
    except Unconfigured as fault:
        click.echo(f"no checkpoint of the record: {fault}", err=True)
