"""flask counts work and acts: the work in numbers and the acts behind it, by the same services as its page."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.cli.asking import LANGUAGE, day_of, over_days, period_of, reader, refusal_words, told
from app.errors import Refusal
from app.services import tallies
from app.services.counts import Reader
from app.services.tallies import WorkReport, WorkRequest
from app.web.tallies.files import csv_blocks

READ = "tally:read"
REFUSED = "Only supervisors and the national coordinator read the work in numbers."


@click.command("work")
@over_days
@with_appcontext
def work(sign_in: str, **asked: Any) -> None:
    """Print the work in numbers, a line each: whose, by what, row, what, number. "not shown" is no number."""
    with force_locale(LANGUAGE):
        try:
            report = tallies.report(reader(sign_in, READ, REFUSED), _request(**asked))
        except Refusal as refusal:
            raise click.ClickException(refusal_words(refusal)) from None
        for line in _lines(report):
            click.echo("\t".join(line))


@click.command("acts")
@over_days
@with_appcontext
def acts(sign_in: str, **asked: Any) -> None:
    """Write every act behind the numbers as CSV, the numbers for who sees sums alone; it is recorded."""
    with force_locale(LANGUAGE):
        try:
            for block in csv_blocks(reader(sign_in, READ, REFUSED), _request(**asked)):
                sys.stdout.buffer.write(block)
        except Refusal as refusal:
            raise click.ClickException(refusal_words(refusal)) from None


def _request(
    of_year: int | None, part: str | None, first: datetime | None, last: datetime | None, as_of: datetime | None
) -> WorkRequest:
    return WorkRequest(period_of(of_year, part, day_of(first), day_of(last)), day_of(as_of))


def _lines(report: WorkReport) -> Iterator[tuple[str, ...]]:
    whose = "own" if report.reader is Reader.AGENCY else "all"
    for one in report.tallies:
        yield whose, "", "", one.tally, told(one.total) if one.is_told else "not kept"
        for dimension, rows in one.tables:
            for code, figure in rows:
                yield whose, dimension, code, one.tally, told(figure)
        for agency, figure in one.agencies:
            yield "agency", agency.name_en, "", one.tally, told(figure)
