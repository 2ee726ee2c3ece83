"""Signals and other doors into the mechanism, made through the services."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.services import hotline, operations, signals
from app.services.cases import Opening
from app.services.hotline import NewContact
from app.services.operations import NewOperation, NewVenue
from app.services.signals import NewSignal
from app.services.unit_of_work import Once
from tests.factories.placed import DIRECT
from tests.factories.world import A_DAY, SIGNAL, World

NOTICED = "Sleeps at the work site; the foreman keeps the passports."
WAY = {"safe_contact": "phone", "contact_detail": "+383 00 555 666"}
CODED = {
    "region": "prishtine",
    "sex": "F",
    "age_group": "adult",
    "language": "sqi",
    "urgency": "today",
    "place": "work_site",
    "person_knows": "yes",
}


def sent_signal(
    world: World, to: str = "advocacy_prishtine", by: str = "labour.inspector", once: str = "", **told: Any
) -> UUID:
    """A signal of the labour inspector's, to an advocacy office unless told otherwise."""
    new = NewSignal(world.agencies[to], {**CODED, **told}, NOTICED, WAY)
    return signals.send(world.actor(by), new, Once(once, "digest") if once else None)


def many_signals(world: World, number: int) -> None:
    """So many of them."""
    for _ in range(number):
        sent_signal(world)


def take_up(world: World, signal_id: UUID, by: str, **more: str) -> UUID:
    """Open the case that a signal leads to, by the first act of the one who takes it up."""
    first = ("advocacy", "open_directly") if by.startswith("advocate") else ("identification", "record_signal")
    answers = {**(DIRECT if by.startswith("advocate") else SIGNAL), **more}
    return UUID(signals.take_up(world.actor(by), signal_id, Opening(*first, answers, A_DAY))["case_id"])


CONTACT = {
    "part_of_day": "evening",
    "channel": "phone",
    "language": "sqi",
    "caller": "person",
    "topic": "sexual_exploitation",
    "region": "prishtine",
    "outcome": "advised",
}


def logged_contact(world: World, note: str = "") -> UUID:
    """A contact of the hotline's."""
    return hotline.log(world.actor("hotline.operator"), NewContact(A_DAY, CONTACT, note))


COUNTS = {"screened": 4, "presumed": 2, "arrests": 1, "home_searches": 1}


def venue(world: World, code: str = "V-014", by: str = "investigator") -> UUID:
    """A venue of the police's."""
    return operations.add_venue(world.actor(by), NewVenue(code, "bar", "prizren", "Behind the old mill"))


def held(world: World, on: date = A_DAY, code: str = "V-014", by: str = "investigator", **counts: int) -> UUID:
    """A raid at a venue that is registered."""
    new = NewOperation("raid", "tip_off", on, code, {**COUNTS, **counts}, "Two doors, one locked.")
    return operations.record(world.actor(by), new)
