"""Shelters as an advocate or social worker chooses among them: free beds, reasons for and against. A human decides."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.queries import free_beds, shelter_intake
from app.queries.shelter_intake import PlaceRow
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.matching_places import reasons_against, reasons_for
from app.services.placement_facts import kept_apart_places
from app.services.unit_of_work import Work
from app.services.workflow_runner import find_standing

NOT_SUITABLE = ["not_suitable"]
"""All that is ever said of a place that she is kept apart from (decision 28)."""


@dataclass(frozen=True)
class Suggestion:
    """One shelter: how many beds are free tonight, and what speaks for and against it, as reason keys."""

    row: PlaceRow
    free_beds: int
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]

    @property
    def shelter_id(self) -> UUID:
        """The shelter."""
        return self.row.shelter.agency_id


def suggestions(actor: Actor, case_id: UUID, on: date | None = None) -> list[Suggestion]:
    """The shelters for a case that is open to the actor, the most fitting first; raises NotFound for any other.

    Each is shown as it is on the day asked, today where none is.
    """
    with unit_of_work.read(actor) as work:
        return suggest(work, find_standing(work, case_id), on)


def suggest(work: Work, known: Standing, on: date | None = None) -> list[Suggestion]:
    """The same inside a unit of work."""
    apart = kept_apart_places(work, known.case_id)
    free = free_counts(work, known.case_id)
    rows = shelter_intake.places_on(work.session, work.actor, on or work.today)
    found = [_suggestion(row, known, free, apart) for row in rows]
    return sorted(found, key=lambda one: (bool(one.reasons_against), one.free_beds == 0, not one.reasons_for))


def _suggestion(row: PlaceRow, known: Standing, free: Counter[UUID], apart: frozenset[UUID]) -> Suggestion:
    shelter_id = row.shelter.agency_id
    against = NOT_SUITABLE if shelter_id in apart else reasons_against(row, known)
    speaks = [] if against else reasons_for(row, known)
    return Suggestion(row, free[shelter_id], tuple(speaks), tuple(against))


def free_counts(work: Work, keeping: UUID | None = None) -> Counter[UUID]:
    """How many beds each shelter has free tonight: a number, whoever is in the others."""
    with work.as_system("placement"):
        beds = free_beds.free(work.session, work.actor, work.today, work.now, keeping)
    return Counter(bed.agency_id for bed in beds)
