"""What a house records of a stay of its own beside its steps: overstay, why she was transferred, days put right."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Conflict, Invalid, NotFound
from app.models.placement import Stay
from app.models.stay_life import Overstay, StayConflict, StayCorrection, StayTransfer
from app.security.actor import Actor
from app.services import coming_along, overlaps, restating, turnaround, unit_of_work
from app.services.placing import MOVED_TO_SHELTER, MOVED_WITHIN, write_placed
from app.services.stays import find_open
from app.services.unit_of_work import Once, Work
from app.vocabulary import catalog


def decide_overstay(
    actor: Actor,
    stay_id: UUID,
    *,
    is_agreed: bool | None,
    agreed_by: str,
    reason: str,
    agreed_until: date | None = None,
    decided_on: date | None = None,
    once: Once | None = None,
) -> None:
    """Record that she may stay after her expected end, by whom, why and until when, or that it is not agreed.

    Raises NotFound for a stay that is not open or not the house's, Conflict("not_overdue"), Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        stay, on = find_open(work, stay_id), decided_on or work.today
        if stay.expected_until is None or stay.expected_until >= work.today:
            raise Conflict("not_overdue")
        _refuse(is_agreed, agreed_by, reason, agreed_until, on, work)
        asked = {"is_agreed": is_agreed, "agreed_until": agreed_until if is_agreed else None, "agreed_by": agreed_by}
        said = {"expected_until": stay.expected_until, "reason": reason, "decided_on": on}
        work.session.execute(insert(Overstay), [_of(work, stay) | asked | said])
        work.audit("stay:overstay", stay.case_id, stay=stay.id, agreed=is_agreed)
        work.commit()


def _refuse(
    is_agreed: bool | None, agreed_by: str, reason: str, agreed_until: date | None, on: date, work: Work
) -> None:
    if is_agreed is None:
        raise Invalid({"is_agreed": "required"})
    if agreed_by not in catalog.get("overstay_decider"):
        raise Invalid({"agreed_by": "unknown_choice"})
    if reason not in catalog.get("extension_reason"):
        raise Invalid({"reason": "unknown_choice"})
    if is_agreed and (agreed_until is None or agreed_until < work.today):
        raise Invalid({"agreed_until": "required" if agreed_until is None else "today_or_later"})
    if on > work.today:
        raise Invalid({"decided_on": "date_in_future"})


def say_why_transferred(actor: Actor, stay_id: UUID, kind: str, reason: str, once: Once | None = None) -> None:
    """Record why she goes, or went, from a stay of the house to another place. Raises NotFound, Invalid by field."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        stay = _own(work, stay_id)
        if kind not in catalog.get("transfer_kind"):
            raise Invalid({"kind": "unknown_choice"})
        if reason not in catalog.get("transfer_reason"):
            raise Invalid({"reason": "unknown_choice"})
        work.session.execute(insert(StayTransfer), [_of(work, stay) | {"kind": kind, "reason": reason}])
        work.audit("stay:transfer_reason", stay.case_id, stay=stay.id)
        work.commit()


def correct_departure(actor: Actor, stay_id: UUID, left_on: date | None, once: Once | None = None) -> None:
    """Put right the day on which she left the house; what was written before is kept.

    Children who left with her and the days for making the bed ready follow. Raises NotFound, Invalid for the day,
    Conflict where the stay has not ended ("not_left"), went on in another bed ("went_on") or the bed was another's.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        stay = _own(work, stay_id)
        before = stay.left_on
        if before is None:
            raise Conflict("not_left")
        if stay.destination in (MOVED_WITHIN, MOVED_TO_SHELTER):
            raise Conflict("went_on")
        if left_on is None or left_on > work.today or left_on < stay.arrived_on:
            in_future = left_on is not None and left_on > work.today
            raise Invalid({"left_on": "date_in_future" if in_future else "before_arrival"})
        turnaround.follow(work, stay.id, stay.agency_id, left_on)
        coming_along.follow(work, stay.id, before, left_on)
        moved = restating.stays(work, Stay.id == stay.id).execution_options(synchronize_session=False)
        write_placed(work, moved.values(left_on=left_on))
        work.session.execute(insert(StayCorrection), [_of(work, stay) | {"before_on": before, "after_on": left_on}])
        overlaps.look_at(work, stay.record_id)
        work.audit("stay:day_corrected", stay.case_id, stay=stay.id)
        work.commit()


def settle_days(actor: Actor, stay_id: UUID, settlement: str, once: Once | None = None) -> None:
    """Say of a stay whose days need checking how they stand. Raises NotFound, Invalid for no such answer."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        stay = _own(work, stay_id)
        if settlement == overlaps.GONE or settlement not in catalog.get("dates_settlement"):
            raise Invalid({"settlement": "unknown_choice"})
        if _settle(work, stay.id, settlement) == 0:
            raise NotFound
        work.audit("stay:days_checked", stay.case_id, stay=stay.id)
        work.commit()


def _settle(work: Work, stay_id: UUID, settlement: str) -> int:
    waiting = (StayConflict.stay_id == stay_id, StayConflict.settled_at.is_(None))
    answered = {"settled_at": work.now, "settled_by_id": work.actor.member_id, "settlement": settlement}
    return work.change(update(StayConflict).where(*waiting).values(**answered))


def _of(work: Work, stay: Stay) -> dict[str, object]:
    own = {"id": uuid4(), "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id}
    return {**own, "recorded_by_id": work.actor.member_id, "recorded_at": work.now}


def _own(work: Work, stay_id: UUID) -> Stay:
    own = select(Stay).where(Stay.id == stay_id, Stay.agency_id == work.actor.agency_id)
    stay = work.session.execute(own).scalar_one_or_none()
    if stay is None:
        raise NotFound
    return stay
