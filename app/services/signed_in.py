"""Where a member is signed in, and ending it: one's own, one's other ones, those of a member, everybody's.

A session that is ended is gone with the commit: the next request of its browser finds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.sql import ColumnElement

from app.cipher import digest
from app.errors import NotFound
from app.models.agency import Member, SignInSession
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Once, Work

HANDLE = 16
"""So many digits of the digest name a session on a page: no more than a name, for the token is no part of it."""


@dataclass(frozen=True)
class Place:
    """One browser in which a member is signed in."""

    handle: str
    began_at: datetime
    seen_at: datetime
    network: str
    is_here: bool


def places(actor: Actor, here: str) -> list[Place]:
    """Where the member herself is signed in, the latest first; `here` is the token of the browser that asks."""
    with unit_of_work.read(actor) as work, work.as_system("sign_in"):
        rows = work.session.execute(
            select(SignInSession.token_digest, SignInSession.created_at, SignInSession.seen_at, SignInSession.network)
            .where(SignInSession.member_id == actor.member_id, SignInSession.factor.is_not(None))
            .order_by(SignInSession.seen_at.desc(), SignInSession.token_digest)
        ).all()
    kept = digest(here)
    return [
        Place(row.token_digest[:HANDLE], row.created_at, row.seen_at, row.network, row.token_digest == kept)
        for row in rows
    ]


def end_one(actor: Actor, handle: str) -> bool:
    """End one of one's own sessions. Raises NotFound where none of hers is called so."""
    with unit_of_work.write(actor) as work:
        hers = (
            SignInSession.member_id == actor.member_id,
            SignInSession.token_digest.startswith(handle, autoescape=True),
        )
        if len(handle) != HANDLE or _end(work, hers) == 0:
            raise NotFound
        work.audit("session:ended_elsewhere")
        work.commit()
        return True


def end_others(actor: Actor, here: str) -> bool:
    """End all of one's own sessions but the one of the browser that asks."""
    with unit_of_work.write(actor) as work:
        assert actor.member_id is not None  # noqa: S101 - only members sign in
        work.audit("session:ended_elsewhere", ended=end_others_of(work, actor.member_id, here))
        work.commit()
        return True


def end_of_member(actor: Actor, member_id: UUID, once: Once | None = None) -> UUID:
    """Sign a member out wherever she is signed in; gives her agency. Raises NotFound."""
    with unit_of_work.write(actor) as work:
        agency_id = work.session.execute(select(Member.agency_id).where(Member.id == member_id)).scalar_one_or_none()
        if agency_id is None:
            raise NotFound
        if work.once(once, {"member_id": str(member_id)}) is not None:
            return agency_id
        work.audit("session:ended_by_administrator", member=member_id, ended=end_all_of(work, member_id))
        work.commit()
        return agency_id


def end_everyone(actor: Actor, here: str, once: Once | None = None) -> bool:
    """Sign everyone out, but for the browser of the administrator who does it."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return True
        work.audit("session:ended_for_everyone", ended=_end(work, (SignInSession.token_digest != digest(here),)))
        work.commit()
        return True


def end_all_of(work: Work, member_id: UUID) -> int:
    """End a member's sessions within the caller's transaction; gives how many there were."""
    return _end(work, (SignInSession.member_id == member_id,))


def end_others_of(work: Work, member_id: UUID, here: str) -> int:
    """The same, but for the session of the browser whose token it is."""
    return _end(work, (SignInSession.member_id == member_id, SignInSession.token_digest != digest(here)))


def _end(work: Work, which: Sequence[ColumnElement[bool]]) -> int:
    with work.as_system("sign_in"):
        return work.change(delete(SignInSession).where(*which))
