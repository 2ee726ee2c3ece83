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
from app.services.matching_places import reasons_against, reasons_for, to_check
from app.services.placement_facts import kept_apart_places
from app.services.unit_of_work import Work
from app.services.workflow_runner import find_standing

NOT_SUITABLE = ("not_suitable",)
"""All that is ever said of a place that she is kept apart from (decision 28)."""


@dataclass(frozen=True)
class Suggestion:
    """One shelter: how many beds are free tonight, and what speaks for and against it, as reason keys."""

    row: PlaceRow
    free_beds: int
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    to_check: tuple[str, ...] = ()
    free_then: int = 0
    free_cots: int = 0

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
    day = on or work.today
    apart = kept_apart_places(work, known.case_id)
    free = free_counts(work, known.case_id)
    then = free if day == work.today else free_counts(work, known.case_id, day)
    cots = free_counts(work, known.case_id, day, cots=True)
    rows = shelter_intake.places_on(work.session, work.actor, day)
    found = [_suggestion(row, known, apart, (free, then, cots)) for row in rows]
    return sorted(found, key=lambda one: (bool(one.reasons_against), one.free_then == 0, not one.reasons_for))


def _suggestion(
    row: PlaceRow, known: Standing, apart: frozenset[UUID], counts: tuple[Counter[UUID], Counter[UUID], Counter[UUID]]
) -> Suggestion:
    shelter_id = row.shelter.agency_id
    free, then, cots = (count[shelter_id] for count in counts)
    if shelter_id in apart:
        return Suggestion(row, free, (), NOT_SUITABLE, (), then, cots)
    against = tuple(reasons_against(row, known))
    speaks = () if against else tuple(reasons_for(row, known))
    return Suggestion(row, free, speaks, against, tuple(to_check(row, known, cots)), then, cots)


def free_counts(
    work: Work, keeping: UUID | None = None, day: date | None = None, *, cots: bool = False
) -> Counter[UUID]:
    """How many beds or cots each shelter has free on a day, tonight where none is named: numbers, and no more."""
    with work.as_system("placement"):
        beds = free_beds.free(work.session, work.actor, day or work.today, work.now, keeping, cots=cots)
    return Counter(bed.agency_id for bed in beds)
