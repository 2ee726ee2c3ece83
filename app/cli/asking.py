"""Who asks a command for numbers, over which days, and what it answers where it refuses."""

from datetime import date, datetime, timedelta
from typing import Any

import click
from flask import current_app

from app.errors import Refusal
from app.security.actor import Actor
from app.security.policy import allows
from app.services import accounts, unit_of_work
from app.vocabulary.period import Period, april_year, month, quarter, year
from app.web.phrases import phrase

LANGUAGE = "en"  # what the commands speak
DAY = click.DateTime(["%Y-%m-%d"])
A_YEAR = click.IntRange(1990, 2100)
PARTS = [*map(str, range(1, 13)), "q1", "q2", "q3", "q4", "april"]


def with_options(*options: Any) -> Any:
    """A decorator that gives a command these options, in this order."""

    def given(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return given


over_days = with_options(
    click.option("--as", "sign_in", required=True, help="Sign-in name of the supervisor who asks."),
    click.option("--year", "of_year", type=A_YEAR, help="A year, whole if no part is named."),
    click.option("--part", type=click.Choice(PARTS), help="A month, a quarter, or april: 1 April to 31 March."),
    click.option("--first", type=DAY, help="The first day of another range."),
    click.option("--last", type=DAY, help="Its last day."),
    click.option("--as-of", type=DAY, help="As it was known at the end of a past day."),
)
"""The options that say who asks and over which days."""


def reader(sign_in: str, permission: str, refused: str) -> Actor:
    """The member who asks. Raises ClickException where there is none, and in the words given where she may not."""
    unit_of_work.bind(current_app.extensions["database"])
    try:
        actor = accounts.load_actor(sign_in)
    except LookupError:
        raise click.ClickException("Nobody who works here has this sign-in name.") from None
    if not allows(actor.roles, permission, actor.agency_kind):
        raise click.ClickException(refused)
    return actor


def refusal_words(refusal: Refusal) -> str:
    """Why it is refused: a sentence for each field, or one for all."""
    fields = getattr(refusal, "fields", {})
    return "; ".join(phrase(key) for key in fields.values()) or phrase(refusal.key)


def day_of(moment: datetime | None) -> date | None:
    """The day that an option names."""
    return moment.date() if moment else None


def period_of(of_year: int | None, part: str | None, first: date | None, last: date | None) -> Period:
    """The days asked for. Raises ClickException where they are none."""
    if first and last:
        if last < first:
            raise click.ClickException("The last day must not be before the first.")
        return Period(first, last + timedelta(days=1))
    if of_year is None or first or last:
        raise click.ClickException("Name a year, or the first and the last day.")
    if part == "april":
        return april_year(of_year)
    if part and part.startswith("q"):
        return quarter(of_year, int(part[1:]))
    return month(of_year, int(part)) if part else year(of_year)


def told(figure: int | None) -> str:
    """A number; that it is not shown is no number."""
    return "not shown" if figure is None else str(figure)
