"""Houses that closed, as the cable of 12 March 2008 tells it (paragraphs 27 and 28).

It says of the shelter for foreign victims: briefly in early 2007, and from mid-December 2007, still closed in early
February 2008. Where it gives no day the demonstration takes one, and the note says so.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.queries import houses
from app.security.actor import Actor
from app.services import accounts, agencies
from app.services.house_periods import NewPeriod, record_past
from app.services.reading import look

PRIZREN = "Prizren"
OF_PVPT = (
    NewPeriod(
        "closed",
        "no_money",
        date(2007, 2, 1),
        date(2007, 3, 1),
        "Early in 2007, briefly: no money for the rent, the location was known, threats to staff and residents."
        " The days are the demonstration’s own.",
    ),
    NewPeriod(
        "closed",
        "no_money",
        date(2007, 12, 15),
        date(2008, 3, 12),
        "Since mid-December 2007, and closed still in early February 2008. The last day is the demonstration’s own.",
    ),
)
OF_PRIZREN = NewPeriod("closed", "no_money", date(2007, 12, 31), note="Its money went to the house in Pristina.")


def record_closures(ids: Mapping[str, UUID]) -> None:
    """The administrator names the house in Prizren; those who keep the houses write down when they were closed."""
    agencies.add_house(accounts.load_actor("administrator"), ids["shelter_child"], PRIZREN)
    children = accounts.load_actor("child.coordinator")
    record_past(children, _house(children, PRIZREN), OF_PRIZREN)
    foreign = accounts.load_actor("foreign.coordinator")
    for period in OF_PVPT:
        record_past(foreign, _house(foreign), period)


def _house(keeper: Actor, name: str | None = None) -> UUID:
    """The one house of the keeper's shelter, or the one of that name."""
    found = look(keeper, houses.own_houses)
    return next(one.premises_id for one in found if name in (None, one.house))
