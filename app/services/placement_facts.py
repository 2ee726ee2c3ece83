"""Facts about the place that a step names: whether it fits her, is kept apart from her, and the bed is free."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, text, union

from app.errors import Refusal
from app.models.help import KeepApart
from app.models.placement import Bed, BedHold, Room, Stay
from app.models.void import BedVoid, Turnaround
from app.queries import periods, relocations
from app.queries.shelter_intake import place_on
from app.queries.standing import Standing
from app.services.house_locks import lock_house
from app.services.matching_places import reasons_against
from app.services.unit_of_work import Work
from workflows.definition import Transition
from workflows.facts import Facts

PLACE_GUARDS = frozenset({"not_kept_apart", "place_fits", "bed_is_free"})
SHELTER = "shelter"
A_NIGHT = timedelta(days=1)
HOLD = timedelta(days=3)

_stay, _hold, _mark, _void = Stay.__table__, BedHold.__table__, KeepApart.__table__, BedVoid.__table__


def with_place(work: Work, known: Standing, facts: Facts, transition: Transition | None) -> Facts:
    """The facts with what is known of the chosen shelter or bed; untouched for a step that asks for none."""
    if transition is None or not PLACE_GUARDS & _guards_of(transition):
        return facts
    bed_id, shelter_id = facts.answers.get("bed"), facts.answers.get("shelter")
    if work.actor.agency_kind == SHELTER and shelter_id:
        _refuse_naming(work, known.case_id)
    bed = work.session.get(Bed, UUID(str(bed_id))) if bed_id else None
    place_id = bed.agency_id if bed else (UUID(str(shelter_id)) if shelter_id else None)
    place = place_on(work.session, work.actor, place_id, facts.today) if place_id else None
    if place is None:
        return facts
    found = replace(
        facts,
        kept_apart=place.shelter.agency_id in kept_apart_places(work, known.case_id),
        place_fits=not reasons_against(place, known),
        bed_is_free=bed is not None and _can_be_given(work, bed, known.case_id, facts, transition),
    )
    work.between_check_and_act()
    return found


def _guards_of(transition: Transition) -> frozenset[str]:
    also = frozenset(PLACE_GUARDS) if any(step.track == "shelter" for step in transition.also) else frozenset()
    return frozenset(transition.requires) | also


def kept_apart_places(work: Work, case_id: UUID) -> frozenset[UUID]:
    """The shelters where she may not be: marked themselves, or with someone there, or expected there, from whom she is
    kept apart (decision 28). One statement; marks made in the other's case count as well.
    """
    there = union(
        select(_stay.c.case_id, _stay.c.agency_id).where(_stay.c.left_on.is_(None)),
        select(_hold.c.case_id, _hold.c.agency_id).where(
            _hold.c.state.in_(("held", "needs_place")), _hold.c.expires_at > work.now
        ),
    ).subquery()
    other = or_(
        (_mark.c.case_id == case_id) & (_mark.c.other_case_id == there.c.case_id),
        (_mark.c.other_case_id == case_id) & (_mark.c.case_id == there.c.case_id),
    )
    places = union(
        select(_mark.c.shelter_id).where(
            _mark.c.case_id == case_id, _mark.c.shelter_id.is_not(None), _mark.c.lifted_at.is_(None)
        ),
        select(there.c.agency_id).join(_mark, other).where(_mark.c.lifted_at.is_(None)),
    )
    with work.as_system("placement"):
        return frozenset(work.session.execute(places).scalars())


def lock_beds(work: Work, bed_ids: Iterable[UUID]) -> None:
    """Hold the beds for this transaction, so that of two who want one the second waits and then sees it taken.

    The database forbids two in one bed without this; but two inserts into an exclusion constraint at once can end as a
    deadlock, which is no answer for a person at the door. SQLite has one writer at a time anyway.
    """
    if work.is_postgresql:
        for key in sorted(int.from_bytes(bed_id.bytes[:8], signed=True) for bed_id in bed_ids):
            work.session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _can_be_given(work: Work, bed: Bed, case_id: UUID, facts: Facts, transition: Transition) -> bool:
    if not bed.is_active or bed.is_cot:
        return False
    lock_beds(work, [bed.id])
    if "hold_bed" in transition.effects:
        from_on, to_on = booked(facts.answers, facts.today)
        return house_is_open(work, bed, from_on, to_on) and _can_be_booked(work, bed, case_id, from_on, to_on)
    return house_is_open(work, bed, facts.today) and is_free(work, bed.id, case_id, facts.today)


def house_is_open(work: Work, bed: Bed, from_on: date, to_on: date | None = None) -> bool:
    """Whether the house of a bed takes people on the day, or on all days of a booking; nobody shuts it meanwhile."""
    premises_id = work.session.execute(select(Room.premises_id).where(Room.id == bed.room_id)).scalar_one()
    lock_house(work, premises_id, gives=True)
    return not periods.shut_between(work.session, work.actor, premises_id, from_on, to_on or from_on + A_NIGHT)


def _refuse_naming(work: Work, case_id: UUID) -> None:
    """Raise Refusal("placer_writes") where an alarm stands: the house that she leaves does not say where she goes."""
    if relocations.hidden_shelters(work.session, work.actor, [case_id]):
        raise Refusal("placer_writes")


def _can_be_booked(work: Work, bed: Bed, case_id: UUID, from_on: date, to_on: date) -> bool:
    """Whether it is free then, and made ready after whoever is expected to leave it before."""
    ready = work.session.get(Turnaround, bed.agency_id)
    return is_free(work, bed.id, case_id, from_on, to_on, timedelta(days=ready.days if ready else 0))


def booked(answers: Any, occurred_on: date) -> tuple[date, date]:
    """The nights that a booking keeps: from the day she is expected, a few days more unless said otherwise."""
    expected = day_of(answers, "expected_on") or occurred_on
    return expected, max(day_of(answers, "hold_until") or expected + HOLD, expected + A_NIGHT)


def day_of(answers: Any, name: str) -> date | None:
    """A day among the answers, which come as ISO text from a page and as dates from code."""
    value = answers.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else (value or None)


def is_free(
    work: Work,
    bed_id: UUID,
    case_id: UUID,
    from_on: date,
    to_on: date | None = None,
    turnaround: timedelta = timedelta(),
) -> bool:
    """Whether nobody else has the bed and it is not out of use.

    For a stay, which has no end yet (`to_on` None), nobody may be in it from that day on, nor hold it for that night;
    what is only planned gives way (decision 19). For a booking of [from_on, to_on) a resident counts until she is
    expected to leave, and the days in which the bed is made ready after her.
    """
    left, expected = _stay.c.left_on, _stay.c.expected_until
    is_there = or_(left.is_(None), left > from_on)
    if to_on is not None:
        is_expected = and_(left.is_(None), or_(expected.is_(None), expected > from_on - turnaround))
        is_there = and_(_stay.c.arrived_on < to_on, or_(left > from_on, is_expected))
    stays = [
        _stay.c.bed_id == bed_id,
        _stay.c.case_id != case_id,
        is_there,
        or_(left.is_(None), left > _stay.c.arrived_on),
    ]
    held = held_for_others(work, bed_id, case_id, from_on, to_on or from_on + A_NIGHT)
    void = _is_void(bed_id, from_on, to_on or max(from_on, work.today) + A_NIGHT)
    with work.as_system("placement"):
        taken = or_(exists().where(*stays), exists().where(*held), exists().where(void))
        return not work.session.execute(select(taken)).scalar_one()


def _is_void(bed_id: UUID, from_on: date, to_on: date) -> ColumnElement[bool]:
    """The bed is out of use on one of these days."""
    return and_(
        _void.c.bed_id == bed_id,
        _void.c.from_on < to_on,
        or_(_void.c.to_on.is_(None), and_(_void.c.to_on > from_on, _void.c.to_on > _void.c.from_on)),
    )


def held_for_others(
    work: Work, bed_id: UUID, case_id: UUID, from_on: date, to_on: date | None
) -> list[ColumnElement[bool]]:
    """The live bookings of a bed by other cases that overlap [from_on, to_on), as conditions on bed_hold."""
    conditions = [
        _hold.c.bed_id == bed_id,
        _hold.c.state == "held",
        _hold.c.case_id != case_id,
        _hold.c.to_on > from_on,
        _hold.c.expires_at > work.now,
    ]
    return conditions if to_on is None else [*conditions, _hold.c.from_on < to_on]
