"""The sessions of browsers: kept on the server, found by the digest of their token, over in time, ended at once."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, String, bindparam, cast, delete, func, insert, select, update
from sqlalchemy.engine import Row

from app.cipher import digest
from app.models.agency import Agency, Cover, Member, MemberRole, SignInSession
from app.models.emergency import EmergencyOpening
from app.security.actor import Actor, Emergency, system_actor
from app.security.scoped_session import KEPT
from app.security.step_up import FRESH
from app.services import emergency_ends, unit_of_work
from app.services.unit_of_work import Work

SEEN_EVERY = timedelta(minutes=1)
WAITS = timedelta(minutes=10)
"""How long a right password waits for the second factor."""


@dataclass(frozen=True)
class Limits:
    """How long a session may lie idle, how long where the last page showed what is sealed, and how long it may live."""

    idle: timedelta
    longest: timedelta
    sealed: timedelta

    def end_of(self, created: datetime, seen: datetime, *, is_sealed: bool) -> datetime:
        """When a session is over unless it is used before."""
        return min(seen + (self.sealed if is_sealed else self.idle), created + self.longest)


@dataclass(frozen=True)
class BrowserSession:
    """What the web keeps for one browser, and who is signed in there."""

    token: str
    values: dict[str, Any]
    actor: Actor | None
    language: str | None
    waiting: UUID | None = None
    """Whose password was right in this browser, while her second factor is waited for: nobody is signed in."""
    is_fresh: bool = False
    """Whether her second factor was given a moment ago."""
    ends_at: datetime | None = None
    seconds_left: int = 0


roles_of_member = (
    select(func.aggregate_strings(MemberRole.role, ","))
    .where(MemberRole.member_id == Member.id)
    .correlate(Member)
    .scalar_subquery()
)


_TODAY = bindparam("today", type_=Date())
# Who has opened a case in an emergency is at work, and what she opened is hers alone: to who stands in for her it would
# be one more assignment, without a reason and not to read alone.
_AT_AN_EMERGENCY = select(EmergencyOpening.member_id).where(EmergencyOpening.ended_at.is_(None))
covers_of_member = (
    select(func.aggregate_strings(cast(Cover.member_id, String), ","))
    .where(Cover.covered_by_id == Member.id, Cover.from_on <= _TODAY, Cover.to_on >= _TODAY)
    .where(Cover.member_id.not_in(_AT_AN_EMERGENCY))
    .correlate(Member)
    .scalar_subquery()
)


def _emergency(column: Any) -> Any:
    """What a member has opened in an emergency and not closed."""
    found = select(column).where(EmergencyOpening.member_id == Member.id, EmergencyOpening.ended_at.is_(None))
    return found.correlate(Member).scalar_subquery()


def actor_of(row: Row[Any], emergency: Emergency | None = None) -> Actor:
    """The actor that a row of a member with her agency, roles and covers tells of."""
    covered = {UUID(member) for member in (row.covers or "").split(",") if member}
    return Actor(
        member_id=row.member_id,
        agency_id=row.agency_id,
        agency_kind=row.kind,
        roles=frozenset((row.roles or "").split(",")) - {""},
        stands_for=frozenset({row.member_id} | covered),
        emergency=emergency,
        name=row.name,
    )


def find_session(browser_token: str, limits: Limits, *, is_sealed: bool = False) -> BrowserSession | None:
    """The session of a browser with its actor, in one query; None where there is none or its time is over.

    `is_sealed` says that the page asked for shows what is sealed: after it a session may lie idle for less long.
    """
    database = unit_of_work.current()
    if not database.parts.sessions_end_at_once and browser_token in database.remembered:
        remembered: BrowserSession = database.remembered[browser_token]
        return remembered
    with unit_of_work.read(system_actor("sign_in")) as work:
        row = _session_row(work, browser_token)
        if row is None or work.now > limits.end_of(row.created_at, row.seen_at, is_sealed=row.is_sealed):
            return None
        if row.member_id is not None and not row.is_active:
            return None
        found = _found(work, row, browser_token, limits, is_sealed=is_sealed)
        is_due = _is_due(work, row, is_sealed=is_sealed)
        is_over = row.emergency_ends is not None and row.emergency_ends <= work.now
        is_over = is_over and work.parts.emergencies_are_held
    if is_over:
        emergency_ends.end_over()  # before she sees anything: the clock may be late, and this may not
    if found is None:
        return None
    if is_due:
        _touch(browser_token, is_sealed=is_sealed)
    if found.actor is not None and not database.parts.sessions_end_at_once:
        database.remembered[browser_token] = found
    return found


def _is_due(work: Work, row: Any, *, is_sealed: bool) -> bool:
    return bool(row.seen_at < work.now - SEEN_EVERY or row.is_sealed != is_sealed)


def _found(work: Work, row: Any, browser_token: str, limits: Limits, *, is_sealed: bool) -> BrowserSession | None:
    """The session that a row tells of; None where it has waited too long for the second factor."""
    waits = row.member_id is not None and row.factor is None
    if waits and row.created_at < work.now - WAITS:
        return None
    seen = work.now if _is_due(work, row, is_sealed=is_sealed) else row.seen_at
    ends_at = limits.end_of(row.created_at, seen, is_sealed=is_sealed)
    return BrowserSession(
        browser_token,
        json.loads(row.kept),
        actor_of(row, _running(work, row)) if row.member_id is not None and not waits else None,
        row.language,
        waiting=row.member_id if waits else None,
        is_fresh=row.stepped_up_at is not None and row.stepped_up_at > work.now - FRESH,
        ends_at=ends_at,
        seconds_left=int((ends_at - work.now).total_seconds()),
    )


def _running(work: Work, row: Any) -> Emergency | None:
    if row.emergency_case is None or row.emergency_ends <= work.now or not work.parts.emergencies_are_held:
        return None
    return Emergency(row.emergency_case, row.emergency_ends)


_SESSION = (
    select(
        SignInSession.values.label("kept"),
        SignInSession.created_at,
        SignInSession.seen_at,
        SignInSession.is_sealed,
        SignInSession.member_id,
        Member.agency_id,
        Member.name,
        Member.language,
        Member.is_active,
        Agency.kind,
        SignInSession.factor,
        SignInSession.stepped_up_at,
        roles_of_member.label("roles"),
        covers_of_member.label("covers"),
        _emergency(EmergencyOpening.case_id).label("emergency_case"),
        _emergency(EmergencyOpening.ends_at).label("emergency_ends"),
    )
    .outerjoin(Member, Member.id == SignInSession.member_id)
    .outerjoin(Agency, Agency.id == Member.agency_id)
    .where(SignInSession.token_digest == bindparam("token_digest"))
    .execution_options(**KEPT)
)


def _session_row(work: Work, browser_token: str) -> Any:
    return work.session.execute(_SESSION, {"today": work.today, "token_digest": digest(browser_token)}).first()


def _touch(browser_token: str, *, is_sealed: bool) -> None:
    with unit_of_work.write(system_actor("sign_in")) as work:
        work.session.execute(
            update(SignInSession)
            .where(SignInSession.token_digest == digest(browser_token))
            .values(seen_at=work.now, is_sealed=is_sealed)
        )
        work.commit_unaudited()


def keep_values(browser_token: str | None, values: dict[str, Any]) -> str:
    """Store what the web keeps for a browser; gives the token, a new one where there was none."""
    kept = browser_token or secrets.token_urlsafe(32)
    with unit_of_work.write(system_actor("sign_in")) as work:
        changed = work.change(
            update(SignInSession)
            .where(SignInSession.token_digest == digest(kept))
            .values(values=json.dumps(values), seen_at=work.now)
        )
        if changed == 0:
            kept = kept if browser_token is None else secrets.token_urlsafe(32)
            begin_session(work, kept, None, values)
        work.commit_unaudited()
    return kept


def begin_session(
    work: Work,
    browser_token: str,
    member_id: UUID | None,
    values: dict[str, Any],
    factor: str | None = None,
    network: str = "",
) -> None:
    """A session of a browser from now on, within the caller's transaction; the token is kept as its digest.

    Without a factor that the member gave it waits for one and opens nothing.
    """
    work.session.execute(
        insert(SignInSession).values(
            token_digest=digest(browser_token),
            member_id=member_id,
            values=json.dumps(values),
            created_at=work.now,
            seen_at=work.now,
            factor=factor,
            stepped_up_at=work.now if factor else None,
            network=network,
        )
    )


def end_session(browser_token: str) -> None:
    """End a browser's session; the token is dead from the commit on."""
    with unit_of_work.write(system_actor("sign_in")) as work:
        work.session.execute(delete(SignInSession).where(SignInSession.token_digest == digest(browser_token)))
        work.audit("session:ended")
        work.commit()
