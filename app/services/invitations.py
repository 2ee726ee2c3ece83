"""Invitations: what an administrator hands over so that a person chooses a password that nobody else ever knows."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from app.cipher import digest
from app.errors import Invalid
from app.models.agency import Agency, Member, SignInSession
from app.models.factor import Invitation
from app.security.actor import system_actor
from app.security.networks import network_prefix
from app.security.passwords import fault_of
from app.services import factors, recovery, unit_of_work
from app.services.accounts import set_secret
from app.services.notices import tell_member
from app.services.sessions import begin_session
from app.services.sign_in_tries import Try
from app.services.unit_of_work import Work

VALID = timedelta(hours=72)
GROUPS = 4


def make(work: Work, member_id: UUID, by: UUID | None = None) -> str:
    """A fresh invitation in place of all before, within the transaction of the administrator who makes it.

    In a set-up `by` stands for her.
    """
    code, by = recovery.drawn(GROUPS), by or work.actor.member_id
    with work.as_system("sign_in"):
        open_ones = (Invitation.member_id == member_id, Invitation.ended_at.is_(None))
        work.change(update(Invitation).where(*open_ones).values(ended_at=work.now))
        row = {"id": uuid4(), "member_id": member_id, "digest": digest(recovery.bare(code)), "made_by_id": by}
        work.session.execute(insert(Invitation), [{**row, "made_at": work.now, "expires_at": work.now + VALID}])
    return code


def accept(code: str, password: str, network: str, old_token: str | None) -> str:
    """Choose a password by an invitation, which is over then; gives a session that waits for the second factor.

    Raises Invalid by field: one that is used, replaced, too old or unknown, all alike; a password that is easily
    guessed. Raises Refusal("sign_in_throttled").
    """
    with unit_of_work.write(system_actor("sign_in")) as work:
        tried = Try(work, recovery.bare(code), network)
        tried.refuse_where_held_up()
        row = _open(work, code)
        if row is None:
            tried.note(succeeded=False)
            work.audit("invitation:refused")
            work.commit()
            raise Invalid({"invitation": "invitation_dead"})
        fault = fault_of(password, _own_words(row))
        if fault:
            raise Invalid({"password": fault})
        _end(work, row.id)
        set_secret(work, row.member_id, password)
        gone = (SignInSession.member_id == row.member_id) | (SignInSession.token_digest == digest(old_token or ""))
        work.change(delete(SignInSession).where(gone))
        fresh = secrets.token_urlsafe(32)
        begin_session(work, fresh, row.member_id, {}, network=network_prefix(network))
        factors.prepare(work, row.member_id)
        tell_member(work, row.member_id, "account:invitation_used")
        work.audit("invitation:accepted", member=row.member_id)
        work.commit()
        return fresh


def _open(work: Work, code: str) -> Any:
    """The invitation with whom it is for, where it still stands."""
    stands = () if not work.parts.codes_are_spent else (Invitation.ended_at.is_(None),)
    return work.session.execute(
        select(Invitation.id, Invitation.member_id, Member.name, Member.sign_in, Agency.name_en, Agency.name_sq)
        .join(Member, Member.id == Invitation.member_id)
        .join(Agency, Agency.id == Member.agency_id)
        .where(Invitation.digest == digest(recovery.bare(code)), Invitation.expires_at > work.now, *stands)
        .where(Member.is_active.is_(True))
        .with_for_update(of=Invitation)
    ).first()


def _end(work: Work, invitation_id: UUID) -> None:
    work.change(update(Invitation).where(Invitation.id == invitation_id).values(ended_at=work.now))


def _own_words(row: Any) -> Iterator[str]:
    """What is known of a person and so is no secret of hers."""
    for text in (row.name, row.sign_in, row.name_en, row.name_sq):
        yield text
        yield from text.replace(".", " ").replace("-", " ").split()
