"""Suspending and closing a house, and opening it again. An alarm is raised and stood down in `alarms`.

A house that closes with residents asks where each of them goes; it counts as closed from its day, and whoever is still
there then is overdue to leave and stays recorded: nobody is moved by a date.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.cipher import new_key
from app.errors import Conflict, Invalid, NotFound, Refusal
from app.models.house_period import PremisesPeriod
from app.models.premises import Premises
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.house_locks import lock_house
from app.services.house_residents import Placed, cancel_moves, displace_bookings, plan_moves, residents
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.vocabulary import catalog
from app.vocabulary.role import Role

SETTABLE = frozenset({"suspended", "closed"})
COMPROMISED = "compromised"
ONE_AT_A_TIME = "premises_period_one_at_a_time"
TABLE = PremisesPeriod.__tablename__


@dataclass(frozen=True)
class NewPeriod:
    """What is set: the days are [from_on, to_on), no end where it is not known."""

    kind: str
    reason: str
    from_on: date
    to_on: date | None = None
    note: str = ""
    residents_leave: bool = False


def set_period(actor: Actor, premises_id: UUID, new: NewPeriod, once: Once | None = None) -> dict[str, str]:
    """Suspend or close a house, today or from a day to come. Gives the period.

    Bookings that reach into it need another place. Where residents must leave a plan is opened for each of them, and
    the agencies that lead their cases are told. Raises NotFound for a house that is not the actor's, Invalid by field,
    Conflict("shut_already") where another period stands on one of the days.
    """
    with unit_of_work.write(actor) as work:
        period_id = uuid4()
        made = {"period_id": str(period_id), "premises_id": str(premises_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        agency_id = find_house(work, premises_id)
        _check(work, new)
        lock_house(work, premises_id)
        store_period(work, period_id, agency_id, premises_id, new)
        expected = displace_bookings(work, agency_id, premises_id, new.from_on, new.to_on)
        leaving = must_leave(new)
        if leaving:
            there = plan_moves(work, agency_id, premises_id, period_id, is_secret=False)
            tell_leads(work, there, "premises:closing", {"on": new.from_on.isoformat()})
        tell_leads(work, expected, "premises:expected_elsewhere")
        work.audit("premises:shut", premises=premises_id, kind=new.kind, reason=new.reason)
        work.commit()
        return made


def must_leave(new: NewPeriod) -> bool:
    """Whether residents go: always where it closes, on request where it is suspended."""
    return new.kind == "closed" or new.residents_leave


def find_house(work: Work, premises_id: UUID) -> UUID:
    """The shelter of a house that the actor keeps: her own, or any as an administrator. Raises NotFound."""
    found = work.session.execute(select(Premises.agency_id).where(Premises.id == premises_id)).scalar_one_or_none()
    if found is None or not (found == work.actor.agency_id or work.actor.has(Role.ADMINISTRATOR)):
        raise NotFound
    return found


def _check(work: Work, new: NewPeriod) -> None:
    if new.kind not in SETTABLE:
        raise Invalid({"kind": "unknown_choice"})
    if new.reason not in catalog.get("shut_reason"):
        raise Invalid({"reason": "unknown_choice"})
    if new.from_on < work.today:
        raise Invalid({"from_on": "shut_in_past"})
    if new.to_on is not None and new.to_on <= new.from_on:
        raise Invalid({"to_on": "opens_before_it_shuts"})


def store_period(
    work: Work, period_id: UUID, agency_id: UUID, premises_id: UUID, new: NewPeriod, **otherwise: Any
) -> None:
    """Write a period, its note under a key of its own. Raises Conflict where the days are taken."""
    key, note = new_key(), new.note.strip()
    row = {
        "id": period_id,
        "agency_id": agency_id,
        "premises_id": premises_id,
        "kind": new.kind,
        "reason": new.reason,
        "note": work.vault.seal(key, note, TABLE, "note", period_id) if note else None,
        "wrapped": work.vault.wrap(key, period_id, TABLE, agency_id) if note else None,
        "from_on": new.from_on,
        "to_on": new.to_on,
        "residents_leave": must_leave(new),
        "set_by_id": work.actor.member_id,
        "recorded_at": work.now,
        **otherwise,
    }
    try:
        work.session.execute(insert(PremisesPeriod), [row])
    except IntegrityError as fault:
        if ONE_AT_A_TIME in str(fault.orig):
            raise Conflict("shut_already") from None
        raise


def open_note(work: Work, period_id: UUID, note: bytes | None, wrapped: bytes | None) -> str:
    """The note of a period of the actor's own shelter."""
    if note is None or wrapped is None or work.actor.agency_id is None:
        return ""
    key = work.vault.unwrap(wrapped, period_id, TABLE, work.actor.agency_id)
    return str(work.vault.open(key, note, TABLE, "note", period_id))


def end_period(actor: Actor, period_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Open the house again today, or take an announcement back. Plans to leave by it are cancelled.

    Raises NotFound, Refusal("stand_down_first") for an alarm, Conflict("shut_is_over") for one that has ended.
    """
    with unit_of_work.write(actor) as work:
        period = work.session.get(PremisesPeriod, period_id)
        if period is None:
            raise NotFound
        find_house(work, period.premises_id)
        made = {"premises_id": str(period.premises_id)}
        if work.once(once, made) is not None:
            return made
        if period.kind == COMPROMISED:
            raise Refusal("stand_down_first")
        if period.ended_at is not None or period.to_on is not None and period.to_on <= work.today:
            raise Conflict("shut_is_over")
        lock_house(work, period.premises_id)
        cut_short(work, period)
        cancel_moves(work, period.agency_id, period_id)
        work.audit("premises:opened", premises=period.premises_id, period=period_id)
        work.commit()
        return made


def cut_short(work: Work, period: PremisesPeriod, cut_by_id: UUID | None = None) -> None:
    """End a period today; one that has not begun is taken back: it is empty, and its days are free."""
    work.change(
        update(PremisesPeriod)
        .where(PremisesPeriod.id == period.id)
        .values(
            to_on=max(work.today, period.from_on),
            planned_to_on=period.to_on,
            ended_at=work.now,
            ended_by_id=work.actor.member_id,
            cut_by_id=cut_by_id,
        )
    )


def tell_leads(work: Work, placed: list[Placed], kind: str, values: dict[str, str] | None = None) -> None:
    """Tell the agency that leads each case; nothing of the place stands in it."""
    tell(
        work,
        [Telling(one.lead_agency_id, kind, one.case_id, values=values or {}) for one in placed if one.lead_agency_id],
    )


def count_residents(work: Work, agency_id: UUID, premises_id: UUID) -> int:
    """How many live there: a number."""
    return len(residents(work, agency_id, premises_id))


def record_past(actor: Actor, premises_id: UUID, new: NewPeriod) -> UUID:
    """Write down a period that lies in the past whole: for records taken over, and the demo.

    Raises NotFound, Invalid for days that are not over, Conflict where another period stands on them.
    """
    with unit_of_work.write(actor) as work:
        agency_id, period_id = find_house(work, premises_id), uuid4()
        if new.to_on is not None and (new.to_on <= new.from_on or new.to_on > work.today):
            raise Invalid({"to_on": "date_in_future"})
        if new.from_on > work.today or new.kind not in SETTABLE:
            raise Invalid({"from_on": "date_in_future"})
        store_period(work, period_id, agency_id, premises_id, new)
        work.audit("premises:shut", premises=premises_id, kind=new.kind, reason=new.reason)
        work.commit()
        return period_id
