"""What an agency's supervisor does with a clock by hand: pauses and resumes it, exempts from it, turns reminders off.

Only with clocks that are hers to answer for: those that her agency started, or of which its roles are reminded.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, select, update

from app.errors import Forbidden, Invalid, NotFound, Refusal
from app.models.agency import Member, MemberRole
from app.models.workflow import CaseClock, ClockExemption, ClockPause, ClockSilence, WorkflowRun
from app.security.actor import Actor
from app.security.policy import allows
from app.services import pausing, restating, unit_of_work
from app.services.calendar import end_of
from app.services.case_keys import open_keys
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import ROLE_KIND
from app.vocabulary.role import Role
from workflows import registry
from workflows.definition import Procedure

LONGEST_EXEMPTION = timedelta(days=366)


@dataclass(frozen=True)
class NewExemption:
    """Until which day a lapse does not count, who approved of it, and why."""

    until_on: date
    approved_by_id: UUID
    reason: str


@dataclass(frozen=True)
class FoundClock:
    """A clock that is the agency's to answer for, with the procedure of its case."""

    clock: CaseClock
    procedure: Procedure

    @property
    def made(self) -> dict[str, str]:
        """Where an act on it leads back to."""
        return {"case_id": str(self.clock.case_id)}


def is_answered_for(procedure: Procedure, name: str, agency_id: UUID, actor: Actor) -> bool:
    """Whether a clock is the actor's agency's to answer for: it started it, or its roles are reminded of it."""
    own_roles = {role for role, kind in ROLE_KIND.items() if kind == actor.agency_kind}
    return agency_id == actor.agency_id or bool(own_roles & set(procedure.clocks[name].reminds))


def find(work: Work, clock_id: UUID) -> FoundClock:
    """A clock of a case that is open to the supervisor. Raises NotFound; Forbidden where another agency answers."""
    if not allows(work.actor.roles, "clock:manage"):
        raise Forbidden("wrong_role")
    row = work.session.execute(
        select(CaseClock, WorkflowRun.procedure, WorkflowRun.digest)
        .join(WorkflowRun, WorkflowRun.case_id == CaseClock.case_id)
        .where(CaseClock.id == clock_id, CaseClock.voided_at.is_(None))
    ).first()
    if row is None:
        raise NotFound
    procedure = registry.get(row.procedure, row.digest)
    if not is_answered_for(procedure, row[0].name, row[0].agency_id, work.actor):
        raise Forbidden("wrong_role")
    return FoundClock(row[0], procedure)


def _running(work: Work, clock_id: UUID) -> FoundClock:
    found = find(work, clock_id)
    if found.clock.stopped_at is not None:
        raise Refusal("clock_is_over")
    return found


def pause(actor: Actor, clock_id: UUID, reason: str, once: Once | None = None) -> dict[str, str]:
    """Let a running clock stand still from now on.

    Raises NotFound, Forbidden, Invalid by field, Refusal("clock_is_over"), ("clock_stands"), ("clock_has_lapsed").
    """
    with unit_of_work.write(actor) as work:
        found = find(work, clock_id)
        if work.once(once, found.made) is not None:
            return found.made
        clock = _running(work, clock_id).clock
        if not reason.strip():
            raise Invalid({"reason": "required"})
        if clock.paused_at is not None:
            raise Refusal("clock_stands")
        if clock.due_at < work.now:
            raise Refusal("clock_has_lapsed")
        pause_id = pausing.begin(work, [clock], work.now, begun_by_id=actor.member_id)[0]
        sealed = work.vault.seal(open_keys(work, clock.case_id).content, reason, "clock_pause", "reason", pause_id)
        work.change(update(ClockPause).where(ClockPause.id == pause_id).values(reason=sealed))
        pausing.settle(work, found.procedure, [clock_id])
        work.audit("clock:paused", clock.case_id, clock=clock_id, pause=pause_id)
        work.commit()
        return found.made


def resume(actor: Actor, clock_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Let a clock that stands still run on; it is due as much later.

    Raises NotFound, Forbidden, Refusal("clock_is_over"), Refusal("clock_runs").
    """
    with unit_of_work.write(actor) as work:
        found = find(work, clock_id)
        if work.once(once, found.made) is not None:
            return found.made
        clock = _running(work, clock_id).clock
        if pausing.end(work, [clock_id], work.now, ended_by_id=actor.member_id) == 0:
            raise Refusal("clock_runs")
        pausing.settle(work, found.procedure, [clock_id])
        work.audit("clock:resumed", clock.case_id, clock=clock_id)
        work.commit()
        return found.made


def exempt(actor: Actor, clock_id: UUID, new: NewExemption, once: Once | None = None) -> dict[str, str]:
    """Let a lapse not count as overdue until a day, included; an exemption that stands ends by it.

    Raises NotFound, Forbidden, Invalid by field, Refusal("clock_is_over").
    """
    with unit_of_work.write(actor) as work:
        found = find(work, clock_id)
        if work.once(once, found.made) is not None:
            return found.made
        clock = _running(work, clock_id).clock
        _check_exemption(work, new)
        _revoke(work, clock_id)
        exemption_id, keys = uuid4(), open_keys(work, clock.case_id)
        row = {
            "id": exemption_id,
            "case_id": clock.case_id,
            "agency_id": actor.agency_id,
            "clock_id": clock_id,
            "granted_by_id": actor.member_id,
            "approved_by_id": new.approved_by_id,
            "granted_at": work.now,
            "until_on": new.until_on,
            "reason": work.vault.seal(keys.content, new.reason, "clock_exemption", "reason", exemption_id),
        }
        work.session.execute(insert(ClockExemption), [row])
        work.change(restating.clocks(work, CaseClock.id == clock_id).values(exempt_until=end_of(new.until_on)))
        work.audit("clock:exempted", clock.case_id, clock=clock_id, exemption=exemption_id, by=new.approved_by_id)
        work.commit()
        return found.made


def _check_exemption(work: Work, new: NewExemption) -> None:
    faults = {}
    if not new.reason.strip():
        faults["reason"] = "required"
    if new.until_on < work.today:
        faults["until_on"] = "already_over"
    elif new.until_on - work.today > LONGEST_EXEMPTION:
        faults["until_on"] = "exemption_too_long"
    approver = (
        select(Member.id)
        .join(MemberRole, MemberRole.member_id == Member.id)
        .where(Member.id == new.approved_by_id, Member.agency_id == work.actor.agency_id, Member.is_active.is_(True))
        .where(MemberRole.role == Role.AGENCY_SUPERVISOR.value)
    )
    if work.session.execute(approver).first() is None:
        faults["approved_by"] = "not_a_supervisor"
    if faults:
        raise Invalid(faults)


def _revoke(work: Work, clock_id: UUID) -> int:
    stands = (ClockExemption.clock_id == clock_id, ClockExemption.revoked_at.is_(None))
    ended = {"revoked_at": work.now, "revoked_by_id": work.actor.member_id}
    return work.change(update(ClockExemption).where(*stands).values(**ended))


def end_exemption(actor: Actor, clock_id: UUID, once: Once | None = None) -> dict[str, str]:
    """End an exemption before its day: the clock counts again. Raises NotFound, Forbidden, Refusal("not_exempt")."""
    with unit_of_work.write(actor) as work:
        found = find(work, clock_id)
        if work.once(once, found.made) is not None:
            return found.made
        if found.clock.exempt_until is None or _revoke(work, clock_id) == 0:
            raise Refusal("not_exempt")
        work.change(restating.clocks(work, CaseClock.id == clock_id).values(exempt_until=None))
        work.audit("clock:exemption_ended", found.clock.case_id, clock=clock_id)
        work.commit()
        return found.made


def silence(actor: Actor, clock_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Turn the reminders of this clock off, for this case. Raises NotFound, Forbidden."""
    with unit_of_work.write(actor) as work:
        found = find(work, clock_id)
        if work.once(once, found.made) is not None:
            return found.made
        clock = found.clock
        if work.session.execute(select(ClockSilence.id).where(*_silent(work, clock))).first() is None:
            row = {"case_id": clock.case_id, "agency_id": actor.agency_id, "name": clock.name, "set_at": work.now}
            work.session.execute(insert(ClockSilence), [{"id": uuid4(), "set_by_id": actor.member_id, **row}])
        work.audit("clock:silenced", clock.case_id, clock=clock_id)
        work.commit()
        return found.made


def remind(actor: Actor, clock_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Turn the reminders of this clock on again, for this case. Raises NotFound, Forbidden."""
    with unit_of_work.write(actor) as work:
        found = find(work, clock_id)
        if work.once(once, found.made) is not None:
            return found.made
        work.change(update(ClockSilence).where(*_silent(work, found.clock)).values(lifted_at=work.now))
        work.audit("clock:reminds", found.clock.case_id, clock=clock_id)
        work.commit()
        return found.made


def _silent(work: Work, clock: CaseClock) -> tuple[ColumnElement[bool], ...]:
    of_case = (ClockSilence.case_id == clock.case_id, ClockSilence.agency_id == work.actor.agency_id)
    return *of_case, ClockSilence.name == clock.name, ClockSilence.lifted_at.is_(None)
