"""What follows where someone leaves at high risk without the approvals: it is told, and never stopped."""

from uuid import UUID

from app.queries import leaving as query
from app.queries.standing import Standing
from app.services.matching_places import is_high
from app.services.notices import Telling
from app.services.unit_of_work import Work


def is_unapproved(work: Work, known: Standing, stay_id: UUID) -> bool:
    """Whether she is at high risk and police or prosecution have not approved that she leaves."""
    if not is_high(known):
        return False
    return bool(query.of_stay(work.session, work.actor, stay_id, known.case_id).missing)


def tellings_of(known: Standing, house_id: UUID, kind: str) -> list[Telling]:
    """The house's supervisor and the agency that leads the case."""
    of_house = Telling(house_id, kind, known.case_id, role="agency_supervisor")
    return [of_house, Telling(known.lead_agency_id, kind, known.case_id)]


def told_of(work: Work, known: Standing, stay_id: UUID, house_id: UUID) -> list[Telling]:
    """Whom a departure is told to: nobody where all have approved or the risk is not high."""
    return tellings_of(known, house_id, "exit:unapproved") if is_unapproved(work, known, stay_id) else []
