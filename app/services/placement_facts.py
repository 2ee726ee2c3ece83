"""Facts about the place that a step names: whether it fits her, is kept apart from her, and the bed is free."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import exists, or_, select

from app.models.help import KeepApart
from app.models.placement import Bed, BedHold, Shelter, Stay
from app.queries.standing import Standing
from app.services.matching_places import reasons_against
from app.services.unit_of_work import Work
from workflows.definition import Transition
from workflows.facts import Facts

PLACE_GUARDS = frozenset({"not_kept_apart", "place_fits", "bed_is_free"})


def with_place(work: Work, known: Standing, facts: Facts, transition: Transition | None) -> Facts:
    """The facts with what is known of the chosen shelter or bed; untouched for a step that asks for none."""
    if transition is None or not PLACE_GUARDS & _guards_of(transition):
        return facts
    bed_id, shelter_id = facts.answers.get("bed"), facts.answers.get("shelter")
    bed = work.session.get(Bed, UUID(str(bed_id))) if bed_id else None
    place_id = bed.agency_id if bed else (UUID(str(shelter_id)) if shelter_id else None)
    if place_id is None:
        return facts
    shelter = work.session.get(Shelter, place_id)
    fits = shelter is not None and not reasons_against(shelter, known)
    return replace(
        facts,
        kept_apart=_is_kept_apart(work, known.case_id, place_id),
        place_fits=fits,
        bed_is_free=bed is not None and _is_free(work, bed.id, known.case_id, facts),
    )


def _guards_of(transition: Transition) -> frozenset[str]:
    also = frozenset(PLACE_GUARDS) if any(step.track == "shelter" for step in transition.also) else frozenset()
    return frozenset(transition.requires) | also


def _is_kept_apart(work: Work, case_id: UUID, place_id: UUID) -> bool:
    """A mark against the place itself, or a resident there from whom she is kept apart (decision 28)."""
    marks, stay = KeepApart.__table__, Stay.__table__
    with work.as_system("placement"):
        there = select(stay.c.case_id).where(stay.c.agency_id == place_id, stay.c.left_on.is_(None))
        residents = set(work.session.execute(there).scalars())
    found = work.session.execute(
        select(marks.c.shelter_id, marks.c.other_case_id, marks.c.case_id).where(
            or_(marks.c.case_id == case_id, marks.c.other_case_id == case_id), marks.c.lifted_at.is_(None)
        )
    ).all()
    return any(
        row.shelter_id == place_id or row.other_case_id in residents or (row.case_id in residents) for row in found
    )


def _is_free(work: Work, bed_id: UUID, case_id: UUID, facts: Facts) -> bool:
    stay, hold = Stay.__table__, BedHold.__table__
    with work.as_system("placement"):
        taken = select(
            or_(
                exists().where(stay.c.bed_id == bed_id, stay.c.left_on.is_(None), stay.c.case_id != case_id),
                exists().where(
                    hold.c.bed_id == bed_id,
                    hold.c.state == "held",
                    hold.c.case_id != case_id,
                    hold.c.from_on <= facts.today,
                    hold.c.to_on > facts.today,
                    hold.c.expires_at > work.now,
                ),
            )
        )
        return not work.session.execute(taken).scalar_one()
