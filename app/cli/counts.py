"""flask counts: the numbers of a period and the facts behind them, by the same services as the pages."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from app.cli.asking import LANGUAGE, day_of, over_days, period_of, reader, refusal_words, told, with_options
from app.errors import Refusal
from app.queries.count_facts import Only
from app.queries.count_members import CODED
from app.services import count_stream
from app.services import counts as service
from app.services.counts import CountRequest, Report
from app.vocabulary.breakdown import BREAKDOWN, codes_of
from app.vocabulary.metric import MAIN, METRIC

READ, EXPORT = "count:read", "count:export"
REFUSED = "Only supervisors and the national coordinator read counts."
HEADINGS = ("who", "day", "agency", "count", *CODED)

counts = AppGroup("counts", help="Who was counted in a period.")


_of_whom = with_options(
    click.option("--count", "metrics", multiple=True, type=click.Choice(METRIC.keys()), help="Which counts."),
    click.option("--by", "dimensions", multiple=True, type=click.Choice(BREAKDOWN.keys()), help="Broken down by."),
    click.option("--only", help="People of one row alone, such as citizenship:XK."),
)


@counts.command("show")
@over_days
@_of_whom
def show(sign_in: str, **asked: Any) -> None:
    """Print the numbers, a line each: breakdown, row, count, agency, number. "not shown" is no number."""
    with force_locale(LANGUAGE):
        try:
            report = service.report(reader(sign_in, READ, REFUSED), _request(**asked))
        except Refusal as refusal:
            raise click.ClickException(refusal_words(refusal)) from None
        for line in _lines(report):
            click.echo("\t".join(line))


@counts.command("facts")
@over_days
@_of_whom
def facts(sign_in: str, **asked: Any) -> None:
    """Write every fact behind the numbers as CSV, by pseudonym or by the case's reference; it is recorded."""
    with force_locale(LANGUAGE):
        try:
            for block in count_stream.facts(reader(sign_in, EXPORT, REFUSED), _request(**asked), HEADINGS, LANGUAGE):
                sys.stdout.buffer.write(block)
        except Refusal as refusal:
            raise click.ClickException(refusal_words(refusal)) from None


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
    period = period_of(of_year, part, day_of(first), day_of(last))
    return CountRequest(period, metrics or MAIN, dimensions, day_of(as_of), only=_row(only))


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
            yield whose, "", "", metric, told(figure)
        for table in block.tables.values():
            for value, figures in table.rows:
                for metric, figure in zip(report.request.metrics, figures, strict=True):
                    yield whose, table.dimension, value, metric, told(figure)
    for row in report.agencies:
        for metric, figure in zip(report.request.metrics, row.figures, strict=True):
            yield "agency", row.agency.name_en, "", metric, told(figure)
