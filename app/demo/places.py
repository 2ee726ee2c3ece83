"""The demo's places beyond their beds: addresses that are invented as everything here."""

from datetime import timedelta

from app.clock import local_day, utc_now
from app.queries.houses import own_houses
from app.services import accounts, addresses, house_periods
from app.services.house_periods import NewPeriod
from app.services.reading import look

UNDER_REPAIR = "willow.coordinator"
REPAIRS = timedelta(days=14)

ADDRESSES = {
    "secure.coordinator": "Rruga e Shembullit 1, Prishtinë\nRing twice; the guard asks for the word of the day.",
    "foreign.coordinator": "Rruga e Shembullit 2, Prishtinë",
    "child.coordinator": "Rruga e Shembullit 3, Prishtinë\nEntrance from the yard.",
    "shelter.coordinator": "Rruga e Shembullit 4, Prizren",
    "men.coordinator": "Rruga e Shembullit 5, Pejë",
    "semi.coordinator": "Rruga e Shembullit 6, Prishtinë\nSecond floor.",
    "ngo2.coordinator": "Rruga e Shembullit 7, Gjilan",
    "lime.coordinator": "Rruga e Shembullit 8, Prishtinë",
    "oak.coordinator": "Rruga e Shembullit 9, Ferizaj",
    "birch.coordinator": "Rruga e Shembullit 10, Pejë",
    "willow.coordinator": "Rruga e Shembullit 11, Gjakovë",
    "maple.coordinator": "Rruga e Shembullit 12, Mitrovicë",
    "pine.coordinator": "Rruga e Shembullit 13, Gjilan",
}


def record_addresses() -> None:
    """Each shelter's coordinator seals where it is."""
    for sign_in, address in ADDRESSES.items():
        addresses.write(accounts.load_actor(sign_in), address)


def suspend_for_repairs() -> None:
    """One house takes nobody for two weeks from today; nobody has to leave it."""
    keeper, today = accounts.load_actor(UNDER_REPAIR), local_day(utc_now())
    house = look(keeper, own_houses)[0]
    repairs = NewPeriod("suspended", "repairs", today, today + REPAIRS, "The roof")
    house_periods.set_period(keeper, house.premises_id, repairs)
