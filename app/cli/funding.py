"""flask counts funding: what is paid for in a year, and the grants behind it, by the same services as the pages."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.cli.asking import A_YEAR, LANGUAGE, reader, refusal_words
from app.errors import Refusal
from app.queries import funding as query
from app.queries.funding import Grant
from app.services import costs
from app.services.costs import CostRequest, Costs
from app.services.reading import look
from app.vocabulary.funding import CURRENCY
from app.web.amounts import amount_words
from app.web.costs import words
from app.web.filters import agency_name
from app.web.funding.words import grant_amount, place_list

READ = "funding:read"
REFUSED = "Only shelters, the statistics supervisor and the national coordinator read what is paid for."
Line = tuple[str, ...]


@click.command("funding")
@click.option("--as", "sign_in", required=True, help="Sign-in name of the member who asks.")
@click.option("--year", "of_year", required=True, type=A_YEAR, help="The year.")
@click.option("--currency", type=click.Choice(CURRENCY.keys()), help="Without one, the currency used most.")
@with_appcontext
def funding(sign_in: str, of_year: int, currency: str | None) -> None:
    """Print what is paid for, a line each: of what, its name, row, what, amount. Struck out grants are left out.

    A place or all of them together with what was granted and what falls into the year; who pays, with what falls into
    it; each grant of which a day lies in the year, a part of one, and the share that its source tells of.
    """
    with force_locale(LANGUAGE):
        try:
            actor = reader(sign_in, READ, REFUSED)
            report = costs.report(actor, CostRequest(of_year, currency))
            grants = look(actor, query.touching, first=date(of_year, 1, 1), last=date(of_year, 12, 31))
        except Refusal as refusal:
            raise click.ClickException(refusal_words(refusal)) from None
        for line in (*_places(report), *_payers(report), *_grants(grants, report.currency)):
            click.echo("\t".join(" ".join(cell.split()) for cell in line))


def _places(report: Costs) -> Iterator[Line]:
    for row in report.places:
        of, name = ("all", "") if row.place is None else ("place", words.named(row))
        sums = {"granted": row.now.granted, "falls": row.now.fell, **row.now.by_kind}
        for what, found in sums.items():
            yield of, name, "", what, words.sum_words(found, report.currency)
        yield of, name, "", "bed_nights", words.nights_words(row.now)
        yield of, name, "", "cost_of_a_night", words.per_night_words(row.now, report.currency)


def _payers(report: Costs) -> Iterator[Line]:
    for one in report.shares:
        yield "payer", agency_name(one.payer), one.payer.kind, "falls", words.sum_words(one.sum, report.currency)


def _grants(grants: Sequence[Grant], currency: str) -> Iterator[Line]:
    for one in _parts_after_wholes(grants):
        if one.is_struck_out or one.row.currency != currency:
            continue
        of, payer = "part" if one.row.part_of_id else "grant", agency_name(one.row)
        yield of, payer, "; ".join(place_list(one)), "amount", grant_amount(one)
        if one.row.share_amount is not None:
            share = amount_words(one.row.share_amount, currency, is_approximate=one.row.is_approximate)
            yield of, payer, str(one.row.share_of), "share", share


def _parts_after_wholes(grants: Sequence[Grant]) -> list[Grant]:
    places: dict[UUID | None, int] = {one.row.id: place for place, one in enumerate(grants)}

    def place(one: Grant) -> tuple[int, bool]:
        is_part = one.row.part_of_id in places
        return places.get(one.row.part_of_id, places[one.row.id]), is_part

    return sorted(grants, key=place)
