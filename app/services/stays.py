"""What a shelter does with a stay of its own: extends it, moves her to another bed, records that she leaves.

A stay is the shelter's even when it is no party to the case any more: nothing can stop the record that an adult leaves
(decision 19). The step is then taken through the agency that leads the case, still as the member who records it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select, text

from app.errors import Conflict, Invalid, NotFound
from app.models.case import Case
from app.models.placement import Bed, Room, Stay, StayKey
from app.queries.standing import Standing, standing
from app.security.actor import Actor
from app.services import coming_along, unit_of_work
from app.services.act import StepRequest
from app.services.placement_facts import house_is_open, is_free, lock_beds
from app.services.placing import MOVED_WITHIN, begin_stay, leave_bed
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import advance
from workflows import registry
from workflows.definition import Form, Label

Result = TypeVar("Result")
TRACK = "shelter"
ACTIONS = frozenset({"extend", "leave"})


@dataclass(frozen=True)
class AskedOfStay:
    """A step that a stay can take: its words and its questions."""

    label: Label
    form: Form


def asked(actor: Actor, stay_id: UUID, action: str) -> AskedOfStay:
    """What the step asks. Raises NotFound for a stay that is not the shelter's or has ended, Conflict where the track
    does not allow the step.
    """
    with unit_of_work.read(actor) as work:
        return through(work, find_open(work, stay_id), lambda known: _asked(known, action))


def _asked(known: Standing, action: str) -> AskedOfStay:
    procedure = registry.get(known.procedure, known.digest)
    transition = procedure.transition(TRACK, known.states[TRACK], action)
    if transition is None or transition.form is None or action not in ACTIONS:
        raise Conflict("illegal_step")
    return AskedOfStay(transition.label, procedure.forms[transition.form])


def take(
    actor: Actor,
    stay_id: UUID,
    action: str,
    answers: Mapping[str, Any],
    occurred_on: date | None = None,
    once: Once | None = None,
) -> dict[str, str]:
    """Extend a stay or record that she leaves. Raises NotFound like `asked`, and what `take_step` raises."""
    with unit_of_work.write(actor) as work:
        event_id = uuid4()
        made = {"stay_id": str(stay_id), "event_id": str(event_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if action not in ACTIONS:
            raise NotFound
        stay = find_open(work, stay_id)
        request = StepRequest(stay.case_id, TRACK, action, answers, occurred_on)
        through(work, stay, lambda known: advance(work, known, request, event_id))
        work.audit(f"stay:{action}", stay.case_id, stay=stay_id, event=event_id)
        work.commit()
        return made


def find_open(work: Work, stay_id: UUID) -> Stay:
    """A stay of the actor's own shelter that has not ended; raises NotFound for any other."""
    stay = work.session.execute(
        select(Stay).where(Stay.id == stay_id, Stay.agency_id == work.actor.agency_id, Stay.left_on.is_(None))
    ).scalar_one_or_none()
    if stay is None:
        raise NotFound
    return stay


def standing_of(work: Work, stay: Stay) -> Standing:
    """Where the case of a stay of the actor's own stands, as `take` sees it; raises NotFound where nobody leads it."""
    return through(work, stay, lambda known: known)


def through(work: Work, stay: Stay, use: Callable[[Standing], Result]) -> Result:
    """Use the case's standing as the shelter has it, or the agency that leads the case where the shelter has none."""
    for agency_id in (stay.agency_id, lead_of(work, stay)):
        if agency_id is None:
            continue
        with work.answering_for(agency_id):
            known = standing(work.session, work.actor, stay.case_id)
            if known is not None and known.is_party(agency_id):
                return use(known)
    raise NotFound


def lead_of(work: Work, stay: Stay) -> UUID | None:
    """Which agency leads the case of an open stay of the actor's own; nothing else of the case is told."""
    if work.is_postgresql:
        asked_of = text("SELECT lead_of_stay(:stay_id)")
        found: UUID | None = work.session.connection().execute(asked_of, {"stay_id": stay.id}).scalar_one_or_none()
        return found
    cases = Case.__table__
    lead = select(cases.c.lead_agency_id).where(cases.c.id == stay.case_id)
    return work.session.connection().execute(lead).scalar_one_or_none()


def move(
    actor: Actor, stay_id: UUID, bed_id: UUID, occurred_on: date | None = None, once: Once | None = None
) -> dict[str, str]:
    """Move a resident to another bed of the house; where someone is in it, the two change places.

    The stay ends in the one bed and goes on in the other, so that who slept where can be shown. Raises NotFound for a
    stay or bed that is not the shelter's, Conflict("bed_taken") for a bed held for someone else, Invalid for the day.
    """
    with unit_of_work.write(actor) as work:
        next_id = uuid4()
        made = {"stay_id": str(next_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        on = occurred_on or work.today
        if on > work.today:
            raise Invalid({"occurred_on": "date_in_future"})
        stay = find_open(work, stay_id)
        bed = work.session.get(Bed, bed_id)
        if bed is None or not bed.is_active or bed.agency_id != actor.agency_id:
            raise NotFound
        if bed.is_cot:
            raise Invalid({"bed": "a_cot"})
        if bed.id == stay.bed_id:
            raise Invalid({"bed": "same_bed"})
        if not _in_one_house(work, stay, bed) and not house_is_open(work, bed, on):
            raise Conflict("house_is_shut")
        moves = [Move(next_id, stay, bed.id), *_who_must_yield(work, stay, bed, on)]
        _change_beds(work, moves, on)
        for one in moves:
            work.audit("stay:moved", one.stay.case_id, stay=one.stay.id, to=one.next_id)
        work.commit()
        return made


def _in_one_house(work: Work, stay: Stay, bed: Bed) -> bool:
    """Within a house that takes nobody its residents still change beds."""
    of_stay = select(Room.premises_id).join(Bed, Bed.room_id == Room.id).where(Bed.id == stay.bed_id)
    of_bed = select(Room.premises_id).where(Room.id == bed.room_id)
    return work.session.execute(of_stay).scalar_one() == work.session.execute(of_bed).scalar_one()


@dataclass(frozen=True)
class Move:
    """A stay that goes on in another bed, under a new id."""

    next_id: UUID
    stay: Stay
    bed_id: UUID


def _who_must_yield(work: Work, stay: Stay, bed: Bed, on: date) -> list[Move]:
    """The resident of the wanted bed, who takes the bed that becomes free."""
    lock_beds(work, [stay.bed_id, bed.id])
    other = work.session.execute(select(Stay).where(Stay.bed_id == bed.id, Stay.left_on.is_(None))).scalar_one_or_none()
    if other is not None:
        return [Move(uuid4(), other, stay.bed_id)]
    if not is_free(work, bed.id, stay.case_id, on):
        raise Conflict("bed_taken")
    return []


def _change_beds(work: Work, moves: list[Move], on: date) -> None:
    """Close all, then open all: at no moment are two in one bed."""
    kept = [(one, open_safety(work, one.stay), stay_key(work, one.stay)) for one in moves]
    along = [coming_along.of_stay(work, one.stay.id) for one in moves]
    for one in moves:
        leave_bed(work, one.stay.id, on, MOVED_WITHIN, is_swap=len(moves) > 1)
    for one, safety, key in kept:
        begin_stay(work, one.next_id, _stay_row(one, on), safety, key)
    for one, children in zip(moves, along, strict=True):
        coming_along.go_on(work, children, one.next_id, _stay_row(one, on))


def _stay_row(move: Move, on: date) -> dict[str, Any]:
    kept = {name: getattr(move.stay, name) for name in ("case_id", "agency_id", "record_id", "expected_until")}
    return kept | {"bed_id": move.bed_id, "previous_stay_id": move.stay.id, "arrived_on": on}


def stay_key(work: Work, stay: Stay) -> bytes | None:
    """The key of a stay of the actor's own shelter: it goes along to another bed of the house. None once it is gone."""
    wrapped = work.session.execute(select(StayKey.wrapped).where(StayKey.stay_id == stay.id)).scalar_one_or_none()
    if wrapped is None or work.actor.agency_id is None:
        return None
    return work.vault.unwrap(wrapped, stay.id, "stay", work.actor.agency_id)


def open_safety(work: Work, stay: Stay) -> dict[str, Any]:
    """The safety minimum of a stay of the actor's own shelter; empty once its key is gone."""
    wrapped = work.session.execute(select(StayKey.wrapped).where(StayKey.stay_id == stay.id)).scalar_one_or_none()
    return opened_safety(work, stay.id, stay.safety, wrapped)


def opened_safety(work: Work, stay_id: UUID, sealed: bytes | None, wrapped: bytes | None) -> dict[str, Any]:
    """The same of a row that brought its wrapped key along."""
    if sealed is None or wrapped is None or work.actor.agency_id is None:
        return {}
    key = work.vault.unwrap(wrapped, stay_id, "stay", work.actor.agency_id)
    opened: dict[str, Any] = work.vault.open(key, sealed, "stay", "safety", stay_id)
    return opened
