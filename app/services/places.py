"""Shelters as an advocate or social worker chooses among them: free beds, reasons for and against. A human decides."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from app.queries import directory, free_beds
from app.queries.directory import ShelterRow
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

    row: ShelterRow
    free_beds: int
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]

    @property
    def shelter_id(self) -> UUID:
        """The shelter."""
        return self.row.shelter.agency_id


def suggestions(actor: Actor, case_id: UUID) -> list[Suggestion]:
    """The shelters for a case that is open to the actor, the most fitting first; raises NotFound for any other."""
    with unit_of_work.read(actor) as work:
        return suggest(work, find_standing(work, case_id))


def suggest(work: Work, known: Standing) -> list[Suggestion]:
    """The same inside a unit of work."""
    apart = kept_apart_places(work, known.case_id)
    free = free_counts(work, known.case_id)
    found = [_suggestion(row, known, free, apart) for row in directory.shelters(work.session, work.actor)]
    return sorted(found, key=lambda one: (bool(one.reasons_against), one.free_beds == 0, not one.reasons_for))


def _suggestion(row: ShelterRow, known: Standing, free: Counter[UUID], apart: frozenset[UUID]) -> Suggestion:
    shelter = row.shelter
    against = NOT_SUITABLE if shelter.agency_id in apart else reasons_against(shelter, known)
    speaks = [] if against else reasons_for(shelter, known)
    return Suggestion(row, free[shelter.agency_id], tuple(speaks), tuple(against))


def free_counts(work: Work, keeping: UUID | None = None) -> Counter[UUID]:
    """How many beds each shelter has free tonight: a number, whoever is in the others."""
    with work.as_system("placement"):
        beds = free_beds.free(work.session, work.actor, work.today, work.now, keeping)
    return Counter(bed.agency_id for bed in beds)
