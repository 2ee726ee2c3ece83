"""flask tick: the clock job, once or again and again."""

import time

import click
from flask import current_app

from app.errors import Unavailable
from app.services import ticking, unit_of_work


@click.command("tick")
@click.option("--every", type=click.IntRange(min=5), default=None, help="Seconds between rounds; once without it.")
def tick(every: int | None) -> None:
    """Write lapsed clocks and free holds that are over."""
    unit_of_work.bind(current_app.extensions["database"])
    while True:
        try:
            done = ticking.tick()
            if every is None or done.lapsed or done.freed:
                click.echo(f"{done.lapsed} clocks lapsed, {done.freed} holds freed")
        except Unavailable:
            click.echo("the database is away; trying again", err=True)
        if every is None:
            return
        time.sleep(every)
