"""flask counts: the numbers of a period and the facts behind them, by the same services as the pages."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale

from app.errors import Refusal
from app.queries.count_facts import Only
from app.queries.count_members import CODED
from app.security.actor import Actor
from app.security.policy import allows
from app.services import accounts, count_stream, unit_of_work
from app.services import counts as service
from app.services.counts import CountRequest, Report
from app.vocabulary.breakdown import BREAKDOWN, codes_of
from app.vocabulary.metric import MAIN, METRIC
from app.vocabulary.period import Period, april_year, month, quarter, year
from app.web.phrases import phrase

READ, EXPORT = "count:read", "count:export"
LANGUAGE = "en"  # what the commands speak
HEADINGS = ("who", "day", "agency", "count", *CODED)
DAY = click.DateTime(["%Y-%m-%d"])
PARTS = [*map(str, range(1, 13)), "q1", "q2", "q3", "q4", "april"]

counts = AppGroup("counts", help="Who was counted in a period.")


def _asking(command: Any) -> Any:
    """The options that say what is counted, and for whom."""
    options = [
        click.option("--as", "sign_in", required=True, help="Sign-in name of the supervisor who asks."),
        click.option("--year", "of_year", type=click.IntRange(1990, 2100), help="A year, whole if no part is named."),
        click.option("--part", type=click.Choice(PARTS), help="A month, a quarter, or april: 1 April to 31 March."),
        click.option("--first", type=DAY, help="The first day of another range."),
        click.option("--last", type=DAY, help="Its last day."),
        click.option("--as-of", type=DAY, help="As it was known at the end of a past day."),
        click.option("--count", "metrics", multiple=True, type=click.Choice(METRIC.keys()), help="Which counts."),
        click.option("--by", "dimensions", multiple=True, type=click.Choice(BREAKDOWN.keys()), help="Broken down by."),
        click.option("--only", help="People of one row alone, such as citizenship:XK."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@counts.command("show")
@_asking
def show(sign_in: str, **asked: Any) -> None:
    """Print the numbers, a line each: breakdown, row, count, agency, number. "not shown" is no number."""
    with force_locale(LANGUAGE):
        try:
            report = service.report(_reader(sign_in), _request(**asked))
        except Refusal as refusal:
            raise click.ClickException(_words(refusal)) from None
        for line in _lines(report):
            click.echo("\t".join(line))


@counts.command("facts")
@_asking
def facts(sign_in: str, **asked: Any) -> None:
    """Write every fact behind the numbers as CSV, by pseudonym or by the case's reference; it is recorded."""
    with force_locale(LANGUAGE):
        try:
            for block in count_stream.facts(_reader(sign_in, EXPORT), _request(**asked), HEADINGS, LANGUAGE):
                sys.stdout.buffer.write(block)
        except Refusal as refusal:
            raise click.ClickException(_words(refusal)) from None


def _reader(sign_in: str, permission: str = READ) -> Actor:
    unit_of_work.bind(current_app.extensions["database"])
    try:
        actor = accounts.load_actor(sign_in)
    except LookupError:
        raise click.ClickException("Nobody who works here has this sign-in name.") from None
    if not allows(actor.roles, permission):
        raise click.ClickException("Only supervisors and the national coordinator read counts.")
    return actor


def _words(refusal: Refusal) -> str:
    fields = getattr(refusal, "fields", {})
    return "; ".join(phrase(key) for key in fields.values()) or phrase(refusal.key)


def _request(
    of_year: int | None,
    part: str | None,
    first: datetime | None,
    last: datetime | None,
    as_of: datetime | None,
    metrics: tuple[str, ...],
    dimensions: tuple[str, ...],
    only: str | None,
) -> CountRequest:
    period = _period(of_year, part, first.date() if first else None, last.date() if last else None)
    return CountRequest(period, metrics or MAIN, dimensions, as_of.date() if as_of else None, only=_row(only))


def _period(of_year: int | None, part: str | None, first: date | None, last: date | None) -> Period:
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


def _row(named: str | None) -> Only | None:
    if named is None:
        return None
    dimension, _, value = named.partition(":")
    if dimension not in BREAKDOWN or value not in codes_of(dimension):
        raise click.ClickException("There is no such row. One is named like citizenship:XK.")
    return Only(dimension, value)


def _lines(report: Report) -> Iterator[tuple[str, ...]]:
    for whose, block in (("own", report.own), ("all", report.nation)):
        if block is None:
            continue
        for metric, figure in zip(report.request.metrics, block.figures, strict=True):
            yield whose, "", "", metric, _told(figure)
        for table in block.tables.values():
            for value, figures in table.rows:
                for metric, figure in zip(report.request.metrics, figures, strict=True):
                    yield whose, table.dimension, value, metric, _told(figure)
    for row in report.agencies:
        for metric, figure in zip(report.request.metrics, row.figures, strict=True):
            yield "agency", row.agency.name_en, "", metric, _told(figure)


def _told(figure: int | None) -> str:
    return "not shown" if figure is None else str(figure)
