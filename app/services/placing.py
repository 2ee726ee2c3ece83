"""Beds as steps use them: holds, arrivals, extensions, departures. The database forbids two people in one bed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.cipher import new_key
from app.errors import Conflict, Invalid
from app.models.placement import Bed, BedHold, Stay, StayKey
from app.services.act import Act

HOLD = timedelta(days=3)
EMERGENCY_HOLD = timedelta(days=1)
SAFETY_FIELDS = ("alias", "alerts", "allergies", "children_present")
TAKEN = ("stay_one_a_bed", "stay_one_a_record", "bed_hold_one_a_bed")


def _write(act: Act, statement: Any, rows: list[dict[str, Any]] | None = None) -> Any:
    """Execute; raises Conflict("bed_taken") where the database says that someone else has the bed."""
    try:
        return act.work.session.execute(statement, rows) if rows is not None else act.work.session.execute(statement)
    except IntegrityError as fault:
        if any(name in str(fault.orig) for name in TAKEN):
            raise Conflict("bed_taken") from None
        raise


def _bed(act: Act) -> Bed:
    bed_id = act.answer_id("bed")
    bed = act.work.session.get(Bed, bed_id) if bed_id else None
    if bed is None or not bed.is_active:
        raise Invalid({"bed": "required"})
    return bed


def _day(act: Act, name: str, otherwise: date) -> date:
    value = act.answers.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else (value or otherwise)


def hold_bed(act: Act) -> None:
    """Keep a bed until she is expected, a few days more; expires by itself."""
    bed = _bed(act)
    if bed.agency_id != act.work.actor.agency_id:
        raise Invalid({"bed": "not_yours"})
    expected = _day(act, "expected_on", act.occurred_on)
    until = max(_day(act, "hold_until", expected + HOLD), expected + timedelta(days=1))
    _hold(act, bed, expected, until)


def open_emergency_bed(act: Act) -> None:
    """A bed tonight, on a provisional rating, with no act of the police (decision 24)."""
    bed = _bed(act)
    act.placed_at = bed.agency_id
    _hold(act, bed, act.occurred_on, act.occurred_on + EMERGENCY_HOLD)


def _hold(act: Act, bed: Bed, from_on: date, to_on: date) -> None:
    _free_lapsed(act, bed.id)
    row = {
        "id": uuid4(),
        "case_id": act.case_id,
        "agency_id": bed.agency_id,
        "bed_id": bed.id,
        "from_on": from_on,
        "to_on": to_on,
        "expires_at": _end_of(to_on, act.work.now),
        "state": "held",
        "event_id": act.event_id,
    }
    _write(act, insert(BedHold), [row])


def _end_of(day: date, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)


def _free_lapsed(act: Act, bed_id: UUID) -> None:
    """A hold whose time is over keeps nobody out, whether or not the clock job has passed by."""
    with act.work.as_system("placement"):
        act.work.change(
            update(BedHold)
            .where(BedHold.bed_id == bed_id, BedHold.state == "held", BedHold.expires_at <= act.work.now)
            .values(state="expired")
        )


def release_hold(act: Act) -> None:
    """Her holds end: used where she arrives, released otherwise."""
    state = "used" if "open_stay" in act.outcome.effects else "released"
    act.work.change(update(BedHold).where(BedHold.case_id == act.case_id, BedHold.state == "held").values(state=state))


def open_stay(act: Act) -> None:
    """She has arrived: the stay before ends where this is a transfer, and the new one begins."""
    bed = _bed(act)
    if bed.agency_id != act.work.actor.agency_id:
        raise Invalid({"bed": "not_yours"})
    stay_id, key = uuid4(), new_key()
    previous = act.standing.open_stay_id
    if previous is not None:
        _leave(act, previous, "transfer")
    safety = {name: act.answers[name] for name in SAFETY_FIELDS if act.answers.get(name) not in (None, "")}
    row = {
        "id": stay_id,
        "case_id": act.case_id,
        "agency_id": bed.agency_id,
        "bed_id": bed.id,
        "record_id": act.standing.record_id,
        "previous_stay_id": previous,
        "event_id": act.event_id,
        "arrived_on": act.occurred_on,
        "expected_until": _day(act, "expected_until", act.occurred_on) if act.answers.get("expected_until") else None,
        "recorded_at": act.work.now,
        "safety": act.vault.seal(key, safety, "stay", "safety", stay_id),
    }
    _write(act, insert(Stay), [row])
    wrapped = act.vault.wrap(key, stay_id, "stay", bed.agency_id)
    act.work.session.execute(insert(StayKey), [{"stay_id": stay_id, "agency_id": bed.agency_id, "wrapped": wrapped}])


def close_stay(act: Act) -> None:
    """She has left; the safety minimum goes with her (decision 34)."""
    if act.standing.open_stay_id is not None:
        _leave(act, act.standing.open_stay_id, str(act.answers.get("destination") or "unknown"))


def _leave(act: Act, stay_id: UUID, destination: str) -> None:
    arrived = act.work.session.execute(select(Stay.arrived_on).where(Stay.id == stay_id)).scalar_one_or_none()
    if arrived is not None and arrived > act.occurred_on:
        raise Invalid({"occurred_on": "before_arrival"})
    act.work.change(update(Stay).where(Stay.id == stay_id).values(left_on=act.occurred_on, destination=destination))
    act.work.change(delete(StayKey).where(StayKey.stay_id == stay_id))


def extend_stay(act: Act) -> None:
    """A new expected end."""
    act.work.change(
        update(Stay)
        .where(Stay.id == act.standing.open_stay_id)
        .values(expected_until=_day(act, "expected_until", act.occurred_on))
    )
