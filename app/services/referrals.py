"""Answering a referral: seen, claimed, accepted (becoming a party), declined, withdrawn."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, update

from app.errors import Conflict, Invalid, NotFound
from app.models.workflow import Referral
from app.security.actor import Actor
from app.security.row_rules import PENDING
from app.services import held_reading, parties, unit_of_work
from app.services.calendar import end_of
from app.services.case_keys import drop_packet, share_keys, take_over_keys
from app.services.case_search import find_here_too
from app.services.notices import Telling, tell
from app.services.party_ends import take_back
from app.services.unit_of_work import Once, Work
from app.services.workflow_runner import StepRequest, advance, find_standing

LONGEST_WAIT = timedelta(days=366)


def find_waiting(work: Work, referral_id: UUID) -> Referral:
    """A referral that waits for the actor's agency, kept so until the commit; raises NotFound for any other."""
    return _waiting(work, Referral.id == referral_id, Referral.to_agency_id == work.actor.agency_id)


def _waiting(work: Work, *which: ColumnElement[bool]) -> Referral:
    # Locked, so that who answers or takes back at the same moment waits, and then finds none that waits.
    found = select(Referral).where(*which, Referral.state.in_(PENDING)).with_for_update()
    referral = work.session.execute(found).scalar_one_or_none()
    if referral is None:
        raise NotFound
    return referral


def open_waiting(actor: Actor, referral_id: UUID) -> None:
    """Note that the receiver has seen it; the first look stamps the time. Raises Stopped for one case too many."""
    with held_reading.reporting(actor), unit_of_work.write(actor) as work:
        referral = find_waiting(work, referral_id)
        held_reading.refuse_too_much(work, referral.case_id)
        if referral.seen_at is None:
            referral.seen_at, referral.seen_by_id, referral.state = work.now, actor.member_id, "seen"
        work.audit("referral:opened", referral.case_id, referral=referral.id)
        work.commit()


def claim(actor: Actor, referral_id: UUID) -> None:
    """Take it out of the colleagues' hands, without answering yet."""
    with unit_of_work.write(actor) as work:
        referral = find_waiting(work, referral_id)
        referral.claimed_at, referral.claimed_by_id, referral.state = work.now, actor.member_id, "claimed"
        if referral.seen_at is None:
            referral.seen_at, referral.seen_by_id = work.now, actor.member_id
        work.audit("referral:claimed", referral.case_id, referral=referral.id)
        work.commit()


def accept(
    actor: Actor,
    referral_id: UUID,
    answers: Mapping[str, Any],
    occurred_on: date | None = None,
    once: Once | None = None,
) -> dict[str, str]:
    """Accept: become a party, take over the keys, and take the receiver's step, all or nothing.

    Raises NotFound for a referral that does not wait for the actor's agency, Conflict("referral_answered"), and what
    `take_step` raises.
    """
    with unit_of_work.write(actor) as work:
        case_id, event_id = _case_of(work, referral_id), uuid4()
        earlier = work.once(once, {"case_id": str(case_id)})
        if earlier is not None:
            return earlier
        referral = find_waiting(work, referral_id)
        parties.join_by_referral(work, referral, referral.basis, "call" if referral.basis == "duty" else "referral")
        keys = take_over_keys(work, referral)
        assert actor.agency_id is not None  # noqa: S101 - members have an agency
        share_keys(work, keys, actor.agency_id)
        _answer(work, referral, "accepted", event_id=event_id)
        request = StepRequest(case_id, referral.track, referral.accepts, answers, occurred_on, referral_id=referral.id)
        known = find_standing(work, case_id)
        advance(work, known, request, event_id)
        find_here_too(work, known, keys.identity)
        tell(work, [Telling(referral.from_agency_id, "referral:accepted", case_id, values={"track": referral.track})])
        work.audit("referral:accepted", case_id, referral=referral.id, event=event_id)
        work.commit()
        return {"case_id": str(case_id)}


def decline(
    actor: Actor, referral_id: UUID, answers: Mapping[str, Any], reason: str, once: Once | None = None
) -> dict[str, str]:
    """Decline with a coded reason: the track goes back to where someone else can be asked; no case is left unowned.

    The step is taken through the sender's standing, for the receiver never was a party. Raises as `accept` does.
    """
    with unit_of_work.write(actor) as work:
        case_id = _case_of(work, referral_id)
        earlier = work.once(once, {"referral_id": str(referral_id)})
        if earlier is not None:
            return earlier
        referral = find_waiting(work, referral_id)
        drop_packet(work, referral)
        values = {"track": referral.track, "reason": reason}
        tell(work, [Telling(referral.from_agency_id, "referral:declined", case_id, values=values)])
        with work.answering_for(referral.from_agency_id):
            # Declined, it has left the receiver's sight: the database refuses to let her write what she cannot read.
            _answer(work, referral, "declined", reason=reason)
            if referral.declines:
                request = StepRequest(case_id, referral.track, referral.declines, answers, referral_id=referral.id)
                advance(work, find_standing(work, case_id), request, uuid4())
        work.audit("referral:declined", case_id, referral=referral.id, reason=reason)
        work.commit()
        return {"referral_id": str(referral_id)}


def withdraw(actor: Actor, referral_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Take back a referral that the actor's agency sent and nobody has answered; the receiver is told.

    Raises NotFound for any other, and for a case that is not open to the actor.
    """
    with unit_of_work.write(actor) as work:
        earlier = work.once(once, {"referral_id": str(referral_id)})
        if earlier is not None:
            return earlier
        referral = _waiting(work, Referral.id == referral_id, Referral.from_agency_id == actor.agency_id)
        take_back(work, referral)
        work.commit()
        return {"referral_id": str(referral_id)}


def set_last_day(actor: Actor, referral_id: UUID, day: date, once: Once | None = None) -> dict[str, str]:
    """Say until which day, included, a referral that the actor's agency sent waits for its answer.

    Raises NotFound for any other, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        earlier = work.once(once, {"referral_id": str(referral_id)})
        if earlier is not None:
            return earlier
        referral = _waiting(work, Referral.id == referral_id, Referral.from_agency_id == actor.agency_id)
        if day < work.today:
            raise Invalid({"last_day": "already_over"})
        if day - work.today > LONGEST_WAIT:
            raise Invalid({"last_day": "waits_too_long"})
        referral.expires_at = end_of(day)
        work.audit("referral:last_day_set", referral.case_id, referral=referral.id)
        work.commit()
        return {"referral_id": str(referral_id)}


def answered(actor: Actor, once: Once) -> dict[str, str]:
    """What an answer that was sent before with the same key has led to; raises NotFound where there was none."""
    with unit_of_work.read(actor) as work:
        made = work.earlier(once)
    if made is None:
        raise NotFound
    return made


def _case_of(work: Work, referral_id: UUID) -> UUID:
    found = work.session.execute(
        select(Referral.case_id).where(Referral.id == referral_id, Referral.to_agency_id == work.actor.agency_id)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def _answer(
    work: Work, referral: Referral, decision: str, *, reason: str | None = None, event_id: UUID | None = None
) -> None:
    # By statement, not by attribute: the join above must still find it waiting, and the row may then be out of sight.
    changed = work.change(
        update(Referral)
        .where(Referral.id == referral.id, Referral.state.in_(PENDING))
        .values(
            state=decision,
            decision=decision,
            decline_reason=reason,
            seen_at=referral.seen_at or work.now,
            seen_by_id=referral.seen_by_id or work.actor.member_id,
            decided_at=work.now,
            decided_by_id=work.actor.member_id,
            accepted_event_id=event_id,
        )
    )
    if changed == 0:
        raise Conflict("referral_answered")
