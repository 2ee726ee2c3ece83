"""The clock job: goes agency by agency, writes what has lapsed once, frees what nobody may hold longer, and has
new records linked.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from app.models.agency import Agency, RequestKey, SignInAttempt, SignInSession
from app.models.placement import BedHold
from app.models.workflow import CaseClock, WorkflowRun
from app.security.actor import system_actor
from app.services import linking, transnational, unit_of_work
from app.services.notices import Telling, tell
from app.services.placing import displace_overstayed
from app.services.unit_of_work import Work
from workflows import registry

BATCH = 500
KEYS_KEPT = timedelta(days=2)
ATTEMPTS_KEPT = timedelta(days=1)


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
    rounds = [_tick_agency(agency_id) for agency_id in agencies]
    _sweep(longest_session)
    linked = linking.relink_if_new()
    return Ticked(sum(lapsed for lapsed, _ in rounds), sum(freed for _, freed in rounds), linked is not None)


def _tick_agency(agency_id: UUID) -> tuple[int, int]:
    with unit_of_work.write(system_actor("tick", agency_id)) as work:
        lapsed = _write_lapsed(work, agency_id)
        freed = work.change(
            update(BedHold)
            .where(BedHold.agency_id == agency_id, BedHold.state == "held", BedHold.expires_at <= work.now)
            .values(state="expired")
        )
        displaced = displace_overstayed(work, agency_id, work.today)
        reminded = transnational.remind(work, agency_id)
        if lapsed or freed or displaced or reminded:
            work.audit("clock:ticked", lapsed=lapsed, freed=freed, displaced=displaced, reminded=reminded)
            work.commit()
    return lapsed, freed


def _write_lapsed(work: Work, agency_id: UUID) -> int:
    """The lapse notice of a clock is an event written once: who is told comes from the definition (decision 12)."""
    rows = work.session.execute(
        select(CaseClock.id, CaseClock.case_id, CaseClock.name, WorkflowRun.procedure)
        .join(WorkflowRun, WorkflowRun.case_id == CaseClock.case_id)
        .where(
            CaseClock.agency_id == agency_id,
            CaseClock.stopped_at.is_(None),
            CaseClock.voided_at.is_(None),
            CaseClock.lapse_noticed_at.is_(None),
            CaseClock.due_at < work.now,
        )
        .limit(BATCH)
    ).all()
    if not rows:
        return 0
    claim = update(CaseClock).where(CaseClock.id.in_([row.id for row in rows]), CaseClock.lapse_noticed_at.is_(None))
    claimed = set(work.session.execute(claim.values(lapse_noticed_at=work.now).returning(CaseClock.id)).scalars())
    told: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for row in (row for row in rows if row.id in claimed):
        rule = registry.get(row.procedure).clocks[row.name]
        told[(row.case_id, row.name)] |= {*rule.reminds, *rule.tells}
    tell(
        work,
        [
            Telling(agency_id, "clock:lapsed", case_id, role, values={"clock": name})
            for (case_id, name), roles in told.items()
            for role in sorted(roles)
        ],
    )
    return len(claimed)


def _sweep(longest_session: timedelta) -> None:
    """What is of no use any more: dead sessions, old tries to sign in, keys of forms long since sent."""
    with unit_of_work.write(system_actor("sign_in")) as work:
        now: datetime = work.now
        work.change(delete(SignInSession).where(SignInSession.created_at < now - longest_session))
        work.change(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_KEPT))
        work.commit_unaudited()
    with unit_of_work.write(system_actor("tick")) as work:
        work.change(delete(RequestKey).where(RequestKey.at < work.now - KEYS_KEPT))
        work.commit_unaudited()
