"""Whom a house tells of what happens to a resident: those who lead and follow her case. Never a name, never a place."""

from app.queries.standing import Standing
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work

FOLLOWS = ("advocacy", "social_work")
"""Kinds of agencies that follow a resident. The police are told nothing of her life in a house (decision 24)."""


def tell_followers(work: Work, known: Standing, kind: str, **values: str) -> None:
    """Tell the agency that leads the case, and of a child the social worker; where the police lead, who assists her."""
    followers = [one for one in known.parties if one.agency_kind in FOLLOWS]
    is_child = known.is_child or known.age_in_doubt
    leads = [one for one in followers if one.agency_id == known.lead_agency_id] or followers
    also = [one for one in followers if is_child and one.agency_kind == "social_work"]
    told = dict.fromkeys(one.agency_id for one in (*leads, *also))
    tell(work, [Telling(agency_id, kind, known.case_id, values=values) for agency_id in told])
