"""flask retention: what is over its period, holds on cases, and asking that what is due be erased."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from app.errors import Refusal
from app.security.actor import Actor
from app.services import accounts, clearing, erasing, unit_of_work
from app.services import retention as service
from app.services.retention import Due

retention = AppGroup("retention", help="How long data are kept; holds. Erasing itself: flask erase approve.")
BY = click.option("--by", required=True, help="The sign-in of the supervisor of the agency that leads the cases.")


def _member(sign_in: str) -> Actor:
    unit_of_work.bind(current_app.extensions["database"])
    try:
        return accounts.load_actor(sign_in)
    except LookupError:
        raise click.ClickException("Nobody who works here has this sign-in name.") from None


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None


def _pages(member: Actor) -> Iterator[Due]:
    """All that is due, page by page."""
    page, found = 1, service.due(member)
    yield found
    while found.has_more:
        page, found = page + 1, service.due(member, page + 1)
        yield found


@retention.command("due")
@BY
def due(by: str) -> None:
    """What is over its period: cases by pseudonym, the rest as numbers."""
    with _in_words():
        pages = list(_pages(_member(by)))
    for one in (case for page in pages for case in page.cases):
        held = f", held until {one.held_until}" if one.held_until else ""
        click.echo(f"{one.reference} {one.case_id}, closed {one.closed_on:%Y-%m}{held}")
    for name, number in pages[0].numbers.items():
        click.echo(f"{name}: {number} kept for more than {pages[0].by[name].months} months")


@retention.command("ask")
@BY
def ask(by: str) -> None:
    """Ask that every case that is due and not held be erased; another person decides of each."""
    with _in_words():
        member = _member(by)
        for one in [case for page in _pages(member) for case in page.cases]:
            if one.can_be_asked:
                click.echo(erasing.ask(member, one.case_id, "period_over")["erasure_id"])


@retention.command("clear")
@click.argument("what")
@BY
def clear(what: str, by: str) -> None:
    """Ask that what is over its period be cleared: signal, hotline_contact, register_draft or notice."""
    with _in_words():
        click.echo(f"asked for {clearing.ask(_member(by), what)}")


@retention.command("hold")
@click.argument("case_id", type=click.UUID)
@BY
@click.option("--reason", required=True, help="proceedings, compensation, complaint or court_order.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The last day on which it holds.")
def hold(case_id: UUID, by: str, reason: str, until: datetime) -> None:
    """Keep a case past its period; prints the hold."""
    with _in_words():
        click.echo(service.place(_member(by), case_id, reason, until.date())["hold_id"])


@retention.command("lift")
@click.argument("hold_id", type=click.UUID)
@BY
def lift(hold_id: UUID, by: str) -> None:
    """Lift a hold."""
    with _in_words():
        service.lift(_member(by), hold_id)
    click.echo("lifted")
