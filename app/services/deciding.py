"""Deciding on what another has asked: what was shown is what is approved, and what is approved is done, once."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select, update

from app.errors import Conflict, Forbidden, NotFound
from app.models.agency import Member
from app.models.approval import Approval
from app.security.actor import Actor
from app.services import approvals, clearing, granting, lines_of_people, retention, unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work

DONE: dict[str, Callable[[Work, Approval], None]] = {
    retention.CLEARING: clearing.carry_out,
    granting.KIND: granting.carry_out,
    lines_of_people.KIND: lines_of_people.carry_out,
}
"""What is done once a request of a kind is approved."""


def decide(actor: Actor, approval_id: UUID, shown: str, *, approves: bool, once: Once | None = None) -> bool:
    """Approve what was asked, and it is done in the same transaction; or refuse it. `shown` is the digest of it.

    Raises NotFound for what does not stand or is not shown to her, Forbidden("another_approves") for who asked, who it
    is about and who does not decide on it, Conflict("approval_over", "approval_changed"), and what the act refuses.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return approves
        one = _standing(work, approval_id)
        _refuse_unfit(work, one, shown)
        decided = {"decided_by_id": actor.member_id, "decided_at": work.now}
        state = "approved" if approves else "refused"
        stands = (Approval.id == one.id, Approval.state == "asked")
        if work.change(update(Approval).where(*stands).values(state=state, **decided)) == 0:
            raise NotFound
        if approves:
            DONE[one.kind](work, one)
        _tell(work, one, state)
        work.audit(f"approval:{state}", approval=one.id, kind=one.kind, subject=one.subject_id, digest=one.digest)
        work.commit()
        return approves


def _standing(work: Work, approval_id: UUID) -> Approval:
    """The request, held until the end of the transaction: two who decide at once come one after the other."""
    found = select(Approval).where(Approval.id == approval_id, Approval.state == "asked").with_for_update()
    one = work.session.execute(found).scalar_one_or_none()
    if one is None:
        raise NotFound
    return one


def _refuse_unfit(work: Work, one: Approval, shown: str) -> None:
    if one.expires_at <= work.now:
        raise Conflict("approval_over")
    concerned = (one.asked_by_id, one.subject_id)
    deciders = approvals.panel(work, [one.agency_id]).of(one.agency_id, concerned)
    if work.actor.member_id not in [decider.member_id for decider in deciders]:
        raise Forbidden("another_approves")
    kept = {name: getattr(one, name) for name in approvals.DIGESTED}
    if shown != one.digest or approvals.digest_of(kept) != one.digest:
        raise Conflict("approval_changed")


def _tell(work: Work, one: Approval, state: str) -> None:
    """Who asked hears either; the whole agency hears what was given, whoever decided."""
    asker = select(Member.agency_id).where(Member.id == one.asked_by_id)
    agency_id: UUID = work.session.execute(asker).scalar_one()
    tellings = [Telling(agency_id, f"{one.kind}:{state}", member_id=one.asked_by_id)]
    if state == "approved":
        tellings.append(Telling(one.agency_id, f"{one.kind}:done"))
    tell(work, tellings)
