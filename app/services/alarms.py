"""The location of a house is known to somebody dangerous: raised by anyone who works there, stood down by two.

Raising it is one act: the house takes nobody from now on, everybody who lives there must leave, bookings need another
place, the address lies under a new key, and those who run the house are told. Whom else to tell is for them to pick.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select, update

from app.cipher import new_key
from app.errors import Conflict, Invalid, NotFound, Refusal
from app.models.agency import Agency
from app.models.house_period import AlarmTold, PremisesAlarm, PremisesPeriod
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.addresses import own_house, read_address, seal_address
from app.services.house_locks import lock_house
from app.services.house_periods import COMPROMISED, NewPeriod, cut_short, store_period, tell_leads
from app.services.house_residents import cancel_moves, displace_bookings, plan_moves
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.vocabulary import catalog

TABLE = PremisesAlarm.__tablename__
WHO_RUN_IT = ("shelter_coordinator", "agency_supervisor")


def sound(actor: Actor, account: str, once: Once | None = None, premises_id: UUID | None = None) -> dict[str, str]:
    """Raise the alarm for a house of the actor's own shelter. Gives it.

    Raises NotFound where it is no house of hers, Invalid without an account or a house, Conflict("alarm_stands").
    """
    with unit_of_work.write(actor) as work:
        alarm_id, period_id = uuid4(), uuid4()
        made = {"alarm_id": str(alarm_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        house = own_house(work, premises_id)
        if not account.strip():
            raise Invalid({"account": "required"})
        lock_house(work, house.premises_id)
        _shut(work, house.agency_id, house.premises_id, period_id)
        _store(work, alarm_id, period_id, house.agency_id, house.premises_id, account)
        expected = displace_bookings(work, house.agency_id, house.premises_id, work.today, None)
        there = plan_moves(work, house.agency_id, house.premises_id, period_id, is_secret=True)
        _renew_address(work, house.premises_id, house.agency_id)
        tell(work, [Telling(house.agency_id, "premises:compromised", role=role) for role in WHO_RUN_IT])
        tell_leads(work, expected, "premises:expected_elsewhere")
        work.audit("alarm:raised", alarm=alarm_id, premises=house.premises_id, residents=len(there))
        work.commit()
        return made


def _shut(work: Work, agency_id: UUID, premises_id: UUID, period_id: UUID) -> None:
    """From today, without an end; what was running or announced gives way, and comes back when the alarm is over."""
    in_the_way = list(_to_come(work, premises_id, work.today))
    if any(one.kind == COMPROMISED for one in in_the_way):
        raise Conflict("alarm_stands")
    for one in in_the_way:
        cut_short(work, one)
    new = NewPeriod(COMPROMISED, "location_known", work.today, residents_leave=True)
    store_period(work, period_id, agency_id, premises_id, new)
    cut = [one.id for one in in_the_way]
    work.change(update(PremisesPeriod).where(PremisesPeriod.id.in_(cut)).values(cut_by_id=period_id))


def _to_come(work: Work, premises_id: UUID, today: date) -> Iterable[PremisesPeriod]:
    return work.session.execute(
        select(PremisesPeriod).where(
            PremisesPeriod.premises_id == premises_id,
            or_(PremisesPeriod.to_on.is_(None), PremisesPeriod.to_on > today),
            or_(PremisesPeriod.to_on.is_(None), PremisesPeriod.to_on > PremisesPeriod.from_on),
        )
    ).scalars()


def _store(work: Work, alarm_id: UUID, period_id: UUID, agency_id: UUID, premises_id: UUID, account: str) -> None:
    key = new_key()
    row: dict[str, Any] = {"id": alarm_id, "agency_id": agency_id, "premises_id": premises_id, "period_id": period_id}
    row |= {"raised_by_id": work.actor.member_id, "raised_at": work.now}
    row |= {"account": work.vault.seal(key, account, TABLE, "account", alarm_id)}
    row |= {"wrapped": work.vault.wrap(key, alarm_id, TABLE, agency_id)}
    work.session.execute(insert(PremisesAlarm), [row])


def _renew_address(work: Work, premises_id: UUID, agency_id: UUID) -> None:
    """The same address under a new key: what was taken away of the old row and its key opens nothing any more."""
    try:
        address, version = read_address(work, premises_id, agency_id)
    except Refusal:
        return
    seal_address(work, premises_id, address, version + 1)


def find_standing_alarm(work: Work, alarm_id: UUID) -> PremisesAlarm:
    """An alarm of the actor's own shelter that has not been stood down; raises NotFound, Conflict("alarm_is_over")."""
    found = work.session.execute(
        select(PremisesAlarm).where(PremisesAlarm.id == alarm_id, PremisesAlarm.agency_id == work.actor.agency_id)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound
    if found.signed_at is not None:
        raise Conflict("alarm_is_over")
    return found


def tell_agencies(actor: Actor, alarm_id: UUID, chosen: Iterable[UUID], once: Once | None = None) -> None:
    """Tell agencies of an alarm: each gets a notice that names no person and no address. Who knows is not told twice.

    Raises NotFound, Invalid where none is chosen or one is not known, Conflict("alarm_is_over").
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        alarm, asked = find_standing_alarm(work, alarm_id), set(chosen) - {actor.agency_id}
        known = select(Agency.id).where(Agency.id.in_(asked), Agency.is_active.is_(True))
        found = set(work.session.execute(known).scalars())
        if not asked or asked - found:
            raise Invalid({"agencies": "required" if not asked else "unknown_choice"})
        told = select(AlarmTold.told_agency_id).where(AlarmTold.alarm_id == alarm_id)
        fresh = sorted(found - set(work.session.execute(told).scalars()))
        rows = [
            {
                "id": uuid4(),
                "alarm_id": alarm_id,
                "agency_id": alarm.agency_id,
                "told_agency_id": agency_id,
                "told_by_id": actor.member_id,
                "told_at": work.now,
            }
            for agency_id in fresh
        ]
        if rows:
            work.session.execute(insert(AlarmTold), rows)
        tell(work, [Telling(agency_id, "premises:warned") for agency_id in fresh])
        work.audit("alarm:told", alarm=alarm_id, agencies=[str(one) for one in fresh])
        work.commit()


def draft_stand_down(actor: Actor, alarm_id: UUID, reason: str, note: str, once: Once | None = None) -> None:
    """Say why the alarm is to be stood down; it takes another person's signature.

    Raises NotFound, Invalid by field, Conflict("alarm_is_over"), Conflict("draft_stands").
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        alarm = find_standing_alarm(work, alarm_id)
        faults = {"reason": "unknown_choice"} if reason not in catalog.get("stand_down_reason") else {}
        faults |= {} if note.strip() else {"note": "required"}
        if faults:
            raise Invalid(faults)
        key = work.vault.unwrap(alarm.wrapped, alarm_id, TABLE, alarm.agency_id)
        values: dict[str, Any] = {"drafted_by_id": actor.member_id, "drafted_at": work.now, "down_reason": reason}
        values |= {"down_note": work.vault.seal(key, note, TABLE, "down_note", alarm_id)}
        drafted = update(PremisesAlarm).where(PremisesAlarm.id == alarm_id, PremisesAlarm.drafted_by_id.is_(None))
        if work.change(drafted.values(**values)) != 1:
            raise Conflict("draft_stands")
        tell(work, [Telling(alarm.agency_id, "premises:stand_down_waits", role=role) for role in WHO_RUN_IT])
        work.audit("alarm:stand_down_drafted", alarm=alarm_id, reason=reason)
        work.commit()


def drop_draft(actor: Actor, alarm_id: UUID, once: Once | None = None) -> None:
    """The alarm goes on: the draft is taken back by its author, or the second person does not sign it.

    Raises NotFound, Conflict("alarm_is_over").
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        find_standing_alarm(work, alarm_id)
        nothing = dict.fromkeys(("drafted_by_id", "drafted_at", "down_reason", "down_note"))
        work.change(update(PremisesAlarm).where(PremisesAlarm.id == alarm_id).values(**nothing))
        work.audit("alarm:stand_down_dropped", alarm=alarm_id)
        work.commit()


def sign_stand_down(actor: Actor, alarm_id: UUID, once: Once | None = None) -> None:
    """Sign what another person drafted: the house is open again from today, plans to leave are cancelled.

    What was running or announced when the alarm was raised stands again. Raises NotFound, Refusal("second_person") for
    the author of the draft, Conflict("no_draft"), Conflict("alarm_is_over").
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        alarm = find_standing_alarm(work, alarm_id)
        if alarm.drafted_by_id is None:
            raise Conflict("no_draft")
        if alarm.drafted_by_id == actor.member_id:
            raise Refusal("second_person")
        lock_house(work, alarm.premises_id)
        signed = update(PremisesAlarm).where(
            PremisesAlarm.id == alarm_id,
            PremisesAlarm.signed_by_id.is_(None),
            PremisesAlarm.drafted_by_id == alarm.drafted_by_id,
        )
        if work.change(signed.values(signed_by_id=actor.member_id, signed_at=work.now)) != 1:
            raise Conflict("alarm_is_over")
        _open_again(work, alarm)
        _tell_it_is_over(work, alarm_id)
        work.audit("alarm:stood_down", alarm=alarm_id, premises=alarm.premises_id, reason=alarm.down_reason)
        work.commit()


def _open_again(work: Work, alarm: PremisesAlarm) -> None:
    period = work.session.execute(select(PremisesPeriod).where(PremisesPeriod.id == alarm.period_id)).scalar_one()
    cut_short(work, period)
    cancel_moves(work, alarm.agency_id, alarm.period_id)
    before = select(PremisesPeriod).where(PremisesPeriod.cut_by_id == alarm.period_id)
    for one in work.session.execute(before).scalars().all():
        _restore(work, one)


def _restore(work: Work, period: PremisesPeriod) -> None:
    """One that has not begun stands as it was, with its plans; of one that had, what is left of its days."""
    if period.from_on >= work.today:
        stands = {"to_on": period.planned_to_on, "planned_to_on": None, "ended_at": None, "ended_by_id": None}
        work.change(update(PremisesPeriod).where(PremisesPeriod.id == period.id).values(**stands, cut_by_id=None))
        return
    to_on, again_id = period.planned_to_on, uuid4()
    if to_on is not None and to_on <= work.today:
        return
    again = NewPeriod(period.kind, period.reason, work.today, to_on, residents_leave=period.residents_leave)
    store_period(work, again_id, period.agency_id, period.premises_id, again)
    if period.residents_leave:
        plan_moves(work, period.agency_id, period.premises_id, again_id, is_secret=False)


def _tell_it_is_over(work: Work, alarm_id: UUID) -> None:
    told = work.session.execute(select(AlarmTold.told_agency_id).where(AlarmTold.alarm_id == alarm_id)).scalars().all()
    work.change(update(AlarmTold).where(AlarmTold.alarm_id == alarm_id).values(over_at=work.now))
    tell(work, [Telling(agency_id, "premises:warning_over") for agency_id in told])
