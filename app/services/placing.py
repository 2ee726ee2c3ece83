"""Beds as steps use them: holds, arrivals, extensions, departures. The database forbids two people in one bed.

Which shelter knows of her follows from where she is: with each step a shelter that neither has her nor expects her
stops being a party. It keeps the pointer and what it recorded itself, as after any handing over (decision 1).
"""

from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.cipher import new_key
from app.clock import COUNTRY_ZONE
from app.errors import Conflict, Invalid
from app.models.help import UnmetNeed
from app.models.placement import Bed, BedHold, Stay, StayKey
from app.models.void import Turnaround
from app.models.workflow import Referral
from app.queries.unmet_needs import still_waiting
from app.services import coming_along, overlaps, party_ends, restating, turnaround, unapproved
from app.services.act import Act
from app.services.limit_ends import end_with_stay
from app.services.notices import Telling, tell
from app.services.placement_facts import A_NIGHT, booked, day_of, held_for_others
from app.services.unit_of_work import Work

SAFETY_FIELDS = ("alias", "alerts", "allergies", "children_present")
TAKEN = {
    "stay_one_a_bed": "bed_taken",
    "bed_hold_one_a_bed": "bed_taken",
    "stay_one_a_record": "already_sheltered",
    "stay_in_void_bed": "bed_void",
    "bed_hold_of_void_bed": "bed_void",
    "bed_void_one_a_bed": "void_already",
    "bed_void_of_used_bed": "bed_in_use_then",
    "bed_void_of_used_cot": "bed_in_use_then",
    "stay_in_void_cot": "bed_void",
    "companion_one_a_cot": "cot_taken",
    "companion_in_bed": "not_a_cot",
    "resident_in_cot": "a_cot",
}
EXPECTED = ("held", "needs_place", "expired")
MOVED_TO_SHELTER, MOVED_WITHIN = "other_shelter", "other_bed"
KEPT_UNTIL = time(12)


def write_placed(work: Work, statement: Any, rows: list[dict[str, Any]] | None = None) -> None:
    """Insert or change stays or holds; raises Conflict where the database says that bed or person is taken already."""
    try:
        work.session.execute(statement, rows)
    except IntegrityError as fault:
        for name, key in TAKEN.items():
            if name in str(fault.orig):
                raise Conflict(key) from None
        raise


def _bed(act: Act) -> Bed:
    bed_id = act.answer_id("bed")
    bed = act.work.session.get(Bed, bed_id) if bed_id else None
    if bed is None or not bed.is_active:
        raise Invalid({"bed": "required"})
    if bed.is_cot:
        raise Invalid({"bed": "a_cot"})
    return bed


def _own_bed(act: Act) -> Bed:
    bed = _bed(act)
    if bed.agency_id != act.work.actor.agency_id:
        raise Invalid({"bed": "not_yours"})
    return bed


def hold_bed(act: Act) -> None:
    """Keep a bed until she is expected, a few days more; expires by itself."""
    bed = _own_bed(act)
    from_on, to_on = booked(act.answers, act.occurred_on)
    if from_on < act.occurred_on:
        raise Invalid({"expected_on": "before_this_day"})
    _hold(act, bed, from_on, to_on)


def open_emergency_bed(act: Act) -> None:
    """A bed tonight, on a provisional rating, with no act of the police (decision 24)."""
    bed = _bed(act)
    act.placed_at = bed.agency_id
    withdraw_requests(act)
    _hold(act, bed, act.occurred_on, act.occurred_on + A_NIGHT)


def _hold(act: Act, bed: Bed, from_on: date, to_on: date) -> None:
    turnaround.free_lapsed(act.work, bed.id)
    row = {
        "id": uuid4(),
        "case_id": act.case_id,
        "agency_id": bed.agency_id,
        "bed_id": bed.id,
        "from_on": from_on,
        "to_on": to_on,
        # The last night ends in the morning, not at midnight: whoever arrives late still finds her bed.
        "expires_at": datetime.combine(to_on, KEPT_UNTIL, COUNTRY_ZONE),
        "state": "held",
        "event_id": act.event_id,
    }
    write_placed(act.work, insert(BedHold), [row])


def release_hold(act: Act) -> None:
    """Her holds end, used where she arrives; otherwise the one shelter that stays is the one where she is, if any."""
    arrives = "open_stay" in act.outcome.effects
    end_holds(act, "used" if arrives else "released")
    withdraw_requests(act)
    if not arrives:
        _end_other_shelters(act, _shelter_of(act, act.standing.open_stay_id))


def end_holds(act: Act, state: str) -> None:
    """All that is held for her, or was and ran out, is settled."""
    act.work.change(
        update(BedHold).where(BedHold.case_id == act.case_id, BedHold.state.in_(EXPECTED)).values(state=state)
    )


def withdraw_requests(act: Act) -> None:
    """A question that a shelter has not answered yet is taken back: she is no longer looking for that place."""
    party_ends.take_back_waiting(act.work, Referral.case_id == act.case_id, Referral.track == "shelter")


def open_stay(act: Act) -> None:
    """She has arrived: the stay before ends where this is a transfer, and the new one begins."""
    bed = _own_bed(act)
    until = day_of(act.answers, "expected_until")
    if until is not None and until < act.occurred_on:
        raise Invalid({"expected_until": "before_this_day"})
    previous = act.standing.open_stay_id
    along = coming_along.of_stay(act.work, previous) if previous else []
    if previous is not None:
        leave_bed(act.work, previous, act.occurred_on, MOVED_TO_SHELTER)
    row = {
        "case_id": act.case_id,
        "agency_id": bed.agency_id,
        "bed_id": bed.id,
        "record_id": act.standing.record_id,
        "previous_stay_id": previous,
        "event_id": act.event_id,
        "arrived_on": act.occurred_on,
        "expected_until": until,
    }
    safety = {name: act.answers[name] for name in SAFETY_FIELDS if act.answers.get(name) not in (None, "")}
    stay_id = uuid4()
    begin_stay(act.work, stay_id, row, safety)
    coming_along.go_on(act.work, along, stay_id, row)
    act.work.change(update(UnmetNeed).where(*still_waiting(act.case_id)).values(met_on=act.occurred_on))
    _end_other_shelters(act, bed.agency_id)


def begin_stay(
    work: Work, stay_id: UUID, row: dict[str, Any], safety: dict[str, Any], key: bytes | None = None
) -> None:
    """Write a stay with its safety minimum under a key of its own; what is only planned for the bed gives way.

    Within a house the key goes along: what the house wrote under it opens until she leaves. Raises Conflict where the
    bed or the person is taken.
    """
    key = key or new_key()
    sealed = work.vault.seal(key, safety, "stay", "safety", stay_id)
    turnaround.give_way(work, row["agency_id"], row["bed_id"], row["arrived_on"])
    known = {"recorded_at": work.now, "known_since": work.now}
    write_placed(work, insert(Stay), [{"id": stay_id, "safety": sealed, **known, **row}])
    wrapped = work.vault.wrap(key, stay_id, "stay", row["agency_id"])
    work.session.execute(insert(StayKey), [{"stay_id": stay_id, "agency_id": row["agency_id"], "wrapped": wrapped}])
    _displace(work, row, row["expected_until"])
    overlaps.look_at(work, row["record_id"])


def close_stay(act: Act) -> None:
    """She has left; the safety minimum goes with her (decision 34), and no shelter is a party any longer."""
    stay_id = act.standing.open_stay_id
    if stay_id is not None:
        destination = str(act.answers.get("destination") or "unknown")
        house_id = leave_bed(act.work, stay_id, act.occurred_on, destination)
        act.tellings += unapproved.told_of(act.work, act.standing, stay_id, house_id)
    _end_other_shelters(act, None)


def leave_bed(work: Work, stay_id: UUID, left_on: date, destination: str, *, is_swap: bool = False) -> UUID:
    """End a stay and destroy the key of its safety minimum; the bed is made ready. Gives the house that she leaves.
    Raises Invalid for a day before the arrival.

    The key is the old shelter's own and goes through its standing: it may be another shelter that records the arrival.
    """
    found = select(Stay.arrived_on, Stay.agency_id, Stay.case_id, Stay.bed_id, Turnaround.days)
    left = found.outerjoin(Turnaround, Turnaround.agency_id == Stay.agency_id).where(Stay.id == stay_id)
    stay = work.session.execute(left).one()
    if stay.arrived_on > left_on:
        raise Invalid({"occurred_on": "before_arrival"})
    work.change(restating.stays(work, Stay.id == stay_id).values(left_on=left_on, destination=destination))
    with work.answering_for(stay.agency_id):
        work.change(delete(StayKey).where(StayKey.stay_id == stay_id))
        coming_along.leave_with(work, stay_id, left_on)
        if stay.days and not is_swap:
            turnaround.make_ready(work, stay_id, stay.bed_id, left_on, stay.days)
        if destination != MOVED_WITHIN:
            end_with_stay(work, stay.case_id, stay.agency_id, left_on)
    house_id: UUID = stay.agency_id
    return house_id


def extend_stay(act: Act) -> None:
    """A new expected end; whoever was to have the bed in the meantime needs another place."""
    stay = act.work.session.execute(select(Stay).where(Stay.id == act.standing.open_stay_id)).scalar_one_or_none()
    if stay is None:
        raise Conflict("no_open_stay")
    until = day_of(act.answers, "expected_until")
    if until is None or until < act.occurred_on:
        raise Invalid({"expected_until": "before_this_day"})
    act.work.change(update(Stay).where(Stay.id == stay.id).values(expected_until=until))
    row = {"bed_id": stay.bed_id, "case_id": act.case_id, "agency_id": stay.agency_id, "arrived_on": stay.arrived_on}
    _displace(act.work, row, until)


def _displace(work: Work, stay: dict[str, Any], until: date | None) -> None:
    """Bookings of other cases that a stay runs into need another place; their shelter is told (decision 19)."""
    met = held_for_others(work, stay["bed_id"], stay["case_id"], stay["arrived_on"], until)
    with work.as_system("placement"):
        if work.change(update(BedHold).where(*met).values(state="needs_place")):
            tell(work, [Telling(stay["agency_id"], "bed:needs_place", role="shelter_coordinator")])


def displace_overstayed(work: Work, agency_id: UUID, today: date) -> int:
    """Bookings that begin while an overdue resident is still there need another place; gives how many."""
    there = select(Stay.id).where(
        Stay.bed_id == BedHold.bed_id,
        Stay.left_on.is_(None),
        Stay.expected_until < today,
        Stay.case_id != BedHold.case_id,
    )
    found = work.change(
        update(BedHold)
        .where(BedHold.agency_id == agency_id, BedHold.state == "held", BedHold.from_on <= today, there.exists())
        .values(state="needs_place")
    )
    if found:
        tell(work, [Telling(agency_id, "bed:needs_place", role="shelter_coordinator")])
    return found


def _shelter_of(act: Act, stay_id: UUID | None) -> UUID | None:
    if stay_id is None:
        return None
    return act.work.session.execute(select(Stay.agency_id).where(Stay.id == stay_id)).scalar_one_or_none()


def _end_other_shelters(act: Act, where_she_is: UUID | None) -> None:
    """By consent or by duty, a shelter's standing rests on her being there or expected there."""
    keeps = (where_she_is, act.standing.lead_agency_id)
    there = [one.agency_id for one in act.standing.parties if one.agency_kind == "shelter"]
    ended = [agency_id for agency_id in there if agency_id not in keeps]
    # Her own standing last: it is what the others are ended by.
    ended.sort(key=lambda agency_id: agency_id == act.work.actor.agency_id)
    end = partial(party_ends.end_standing, act.work, act.case_id)
    lead_id = act.standing.lead_agency_id
    act.after += [partial(end, agency_id, "handed_over", lead_id) for agency_id in ended]
