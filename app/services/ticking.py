"""The clock job: goes agency by agency, reminds and writes what has lapsed once, frees what nobody may hold longer,
and has new records linked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, or_, select, update

from app.models.agency import Agency, RequestKey, SignInAttempt, SignInSession
from app.models.placement import BedHold
from app.security.actor import system_actor
from app.services import (
    approvals,
    clock_notices,
    complaints,
    counting,
    emergency_ends,
    incidents,
    lapsing,
    limits,
    linking,
    overlaps,
    referral_ends,
    transnational,
    unit_of_work,
    unsent,
)
from app.services.placing import displace_overstayed
from app.services.sign_in_tries import no_longer_counted

NOBODYS_KEPT = timedelta(hours=1)
"""Of a browser in which nobody signed in: everybody who can reach the service makes as many as he likes."""
KEYS_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Ticked:
    """What one round found."""

    lapsed: int
    freed: int
    has_linked: bool = False


def tick(longest_session: timedelta = timedelta(hours=12)) -> Ticked:
    """One round over all agencies; running it twice at once, or again, tells nothing twice."""
    with unit_of_work.read(system_actor("tick")) as work:
        agencies = list(work.session.execute(select(Agency.id).where(Agency.is_active)).scalars())
    left: set[UUID] = set()
    rounds = [_tick_agency(agency_id, left) for agency_id in agencies]
    emergency_ends.end_over()
    _sweep(longest_session)
    linked = linking.relink_if_new()
    overlaps.find_all()
    counting.fold_up()
    # Last: what it stumbles over in cases whose owner is gone keeps nothing else of the round from its turn.
    _end_left_behind(agencies if left else [], left)
    return Ticked(sum(lapsed for lapsed, _ in rounds), sum(freed for _, freed in rounds), linked is not None)


def _end_left_behind(agencies: list[UUID], left: set[UUID]) -> None:
    """Who asked is gone, and the receiver does not see who leads: each agency ends what is in cases that it leads."""
    for agency_id in agencies:
        with unit_of_work.write(system_actor("tick", agency_id)) as work:
            if referral_ends.end_left_behind(work, agency_id, left):
                work.commit()


def _tick_agency(agency_id: UUID, left: set[UUID]) -> tuple[int, int]:
    with unit_of_work.write(system_actor("tick", agency_id)) as work:
        reminded = clock_notices.write_reminders(work, agency_id)
        lapsed = clock_notices.write_lapsed(work, agency_id)
        freed = work.change(
            update(BedHold)
            .where(BedHold.agency_id == agency_id, BedHold.state == "held", BedHold.expires_at <= work.now)
            .values(state="expired")
        )
        left |= (lost := referral_ends.left_behind(work, agency_id))
        expired = referral_ends.expire(work, agency_id, lost)
        unclaimed = referral_ends.free_claims(work, agency_id, work.today)
        displaced = displace_overstayed(work, agency_id, work.today)
        ended = lapsing.end_periods(work, agency_id)
        unanswered = transnational.remind(work, agency_id)
        told = {"reminded": reminded, "lapsed": lapsed, "expired": expired, "unclaimed": unclaimed, "ended": ended}
        told["approvals"] = approvals.expire(work, agency_id)
        told["limits"] = limits.remind(work, agency_id)
        told["incidents"] = incidents.remind(work, agency_id) + incidents.forget(work, agency_id)
        told["complaints"] = complaints.remind(work, agency_id)
        if freed or displaced or unanswered or any(told.values()):
            work.audit("clock:ticked", freed=freed, displaced=displaced, unanswered=unanswered, told=told)
            work.commit()
    return lapsed, freed


def _sweep(longest_session: timedelta) -> None:
    """What is of no use any more: dead sessions, old tries to sign in, keys of forms long since sent."""
    with unit_of_work.write(system_actor("sign_in")) as work:
        now: datetime = work.now
        nobodys = and_(SignInSession.member_id.is_(None), SignInSession.seen_at < now - NOBODYS_KEPT)
        work.change(delete(SignInSession).where(or_(SignInSession.created_at < now - longest_session, nobodys)))
        work.change(delete(SignInAttempt).where(no_longer_counted(now)))
        work.commit_unaudited()
    with unit_of_work.write(system_actor("tick")) as work:
        work.change(delete(RequestKey).where(RequestKey.at < work.now - KEYS_KEPT))
        unsent.forget_old(work)
        work.commit_unaudited()
