"""What the guards ask of the person that no row says as it is: an asylum claim, a period over, a birthday."""

from datetime import date

from app.queries.standing import Standing
from app.security.vault import IDENTITY
from app.services.intake import ADULT, age_on
from app.services.unit_of_work import Work

CLAIM_STANDS = ("claimed", "granted")
"""States of an asylum claim in which nobody turns to the country of origin."""


def claims_asylum(known: Standing) -> bool:
    """Whether a claim stands, one that was set aside too."""
    return (known.set_aside_from.get("asylum") or known.states.get("asylum")) in CLAIM_STANDS


def has_lapsed(work: Work, known: Standing, name: str) -> bool:
    """Whether a clock of that name runs and its time is over."""
    return any(one.name == name and one.due_at < work.now and not one.is_paused for one in known.clocks)


def has_come_of_age(work: Work, known: Standing, on: date) -> bool:
    """Whether a child is of age on a day, as far as it is known. Only the answer leaves the sealed record."""
    holder = work.actor.agency_id
    if not known.is_child or known.identity is None or known.identity_key is None or holder is None:
        return False
    key = work.vault.unwrap(known.identity_key, known.case_id, IDENTITY, holder)
    age = age_on(work.vault.open(key, known.identity, "client_record", "identity", known.record_id), on)
    return age is not None and age >= ADULT
