"""Signing in and out, and the sessions of browsers. The throttle fails closed and treats all names alike."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, String, and_, bindparam, cast, delete, func, insert, select, update
from sqlalchemy.engine import Row

from app.cipher import digest, token
from app.errors import Invalid, Refusal
from app.models.agency import Agency, Cover, Member, MemberRole, MemberSecret, SignInAttempt, SignInSession
from app.security.actor import Actor, system_actor
from app.security.passwords import hash_password, matches, outdated
from app.security.scoped_session import KEPT
from app.services import unit_of_work
from app.services.unit_of_work import Work

WINDOW = timedelta(minutes=15)
TRIES_PER_NAME, TRIES_PER_NETWORK = 5, 50
SHORTEST_PASSWORD = 12
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Limits:
    """How long a session may lie idle, and how long it may live at all."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class BrowserSession:
    """What the web keeps for one browser, and who is signed in there."""

    token: str
    values: dict[str, Any]
    actor: Actor | None
    language: str | None
    has_first_password: bool = False


_roles = (
    select(func.aggregate_strings(MemberRole.role, ","))
    .where(MemberRole.member_id == Member.id)
    .correlate(Member)
    .scalar_subquery()
)


_TODAY = bindparam("today", type_=Date())
_covers = (
    select(func.aggregate_strings(cast(Cover.member_id, String), ","))
    .where(Cover.covered_by_id == Member.id, Cover.from_on <= _TODAY, Cover.to_on >= _TODAY)
    .correlate(Member)
    .scalar_subquery()
)


def _actor(row: Row[Any]) -> Actor:
    covered = {UUID(member) for member in (row.covers or "").split(",") if member}
    return Actor(
        member_id=row.member_id,
        agency_id=row.agency_id,
        agency_kind=row.kind,
        roles=frozenset((row.roles or "").split(",")) - {""},
        stands_for=frozenset({row.member_id} | covered),
        name=row.name,
    )


def find_session(browser_token: str, limits: Limits) -> BrowserSession | None:
    """The session of a browser with its actor, in one query; None where there is none or its time is over."""
    with unit_of_work.read(system_actor("sign_in")) as work:
        row = _session_row(work, browser_token)
        if row is None or row.seen_at < work.now - limits.idle or row.created_at < work.now - limits.longest:
            return None
        if row.member_id is not None and not row.is_active:
            return None
        actor = _actor(row) if row.member_id is not None else None
        found = BrowserSession(browser_token, json.loads(row.kept), actor, row.language, bool(row.is_first))
        is_due = row.seen_at < work.now - SEEN_EVERY
    if is_due:
        _touch(browser_token)
    return found


_SESSION = (
    select(
        SignInSession.values.label("kept"),
        SignInSession.created_at,
        SignInSession.seen_at,
        SignInSession.member_id,
        Member.agency_id,
        Member.name,
        Member.language,
        Member.is_active,
        Agency.kind,
        MemberSecret.is_first,
        _roles.label("roles"),
        _covers.label("covers"),
    )
    .outerjoin(Member, Member.id == SignInSession.member_id)
    .outerjoin(MemberSecret, MemberSecret.member_id == SignInSession.member_id)
    .outerjoin(Agency, Agency.id == Member.agency_id)
    .where(SignInSession.token_digest == bindparam("token_digest"))
    .execution_options(**KEPT)
)


def _session_row(work: Work, browser_token: str) -> Any:
    return work.session.execute(_SESSION, {"today": work.today, "token_digest": digest(browser_token)}).first()


def _touch(browser_token: str) -> None:
    with unit_of_work.write(system_actor("sign_in")) as work:
        work.session.execute(
            update(SignInSession).where(SignInSession.token_digest == digest(browser_token)).values(seen_at=work.now)
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
            _insert_session(work, kept, None, values)
        work.commit_unaudited()
    return kept


def _insert_session(work: Work, browser_token: str, member_id: UUID | None, values: dict[str, Any]) -> None:
    work.session.execute(
        insert(SignInSession).values(
            token_digest=digest(browser_token),
            member_id=member_id,
            values=json.dumps(values),
            created_at=work.now,
            seen_at=work.now,
        )
    )


def end_session(browser_token: str) -> None:
    """End a browser's session; the token is dead from the commit on."""
    with unit_of_work.write(system_actor("sign_in")) as work:
        work.session.execute(delete(SignInSession).where(SignInSession.token_digest == digest(browser_token)))
        work.audit("session:ended")
        work.commit()


def sign_in(name: str, password: str, network: str, old_token: str | None) -> str:
    """Check name and password under the throttle and start a session with a new token.

    Raises Refusal("sign_in_failed") or Refusal("sign_in_throttled"); an unknown name takes the same way and time.
    """
    with unit_of_work.write(system_actor("sign_in")) as work:
        name_digest, network_digest = _fingerprints(work, name, network)
        if _is_throttled(work, name_digest, network_digest):
            raise Refusal("sign_in_throttled")
        found = work.session.execute(
            select(Member.id, Member.is_active, MemberSecret.password_hash, MemberSecret.is_first)
            .join(MemberSecret, MemberSecret.member_id == Member.id)
            .where(Member.sign_in == name.strip().lower())
        ).first()
        is_right = matches(found.password_hash if found else None, password) and found is not None and found.is_active
        work.session.execute(
            insert(SignInAttempt).values(
                name_digest=name_digest, network_digest=network_digest, at=work.now, succeeded=is_right
            )
        )
        if not is_right or found is None:
            work.audit("sign_in:failed")
            work.commit()
            raise Refusal("sign_in_failed")
        if outdated(found.password_hash):
            set_secret(work, found.id, password, is_first=found.is_first)
        if old_token:
            work.session.execute(delete(SignInSession).where(SignInSession.token_digest == digest(old_token)))
        fresh = secrets.token_urlsafe(32)
        _insert_session(work, fresh, found.id, {})
        work.audit("sign_in:succeeded", member=found.id)
        work.commit()
        return fresh


def _fingerprints(work: Work, name: str, network: str) -> tuple[str, str]:
    key = work.vault.keyring.named("throttle")
    return token(key, name.strip().lower()).hex(), token(key, network).hex()


def _is_throttled(work: Work, name_digest: str, network_digest: str) -> bool:
    since: datetime = work.now - WINDOW
    failed = and_(SignInAttempt.at > since, SignInAttempt.succeeded.is_(False))
    by_name, by_network = work.session.execute(
        select(
            func.count().filter(SignInAttempt.name_digest == name_digest),
            func.count().filter(SignInAttempt.network_digest == network_digest),
        ).where(failed)
    ).one()
    return by_name >= TRIES_PER_NAME or by_network >= TRIES_PER_NETWORK


def set_secret(work: Work, member_id: UUID, password: str, *, is_first: bool = False) -> None:
    """Store a password's hash, within the caller's transaction; a first one opens nothing until it is replaced."""
    row = {"password_hash": hash_password(password), "changed_at": work.now, "is_first": is_first}
    changed = work.change(update(MemberSecret).where(MemberSecret.member_id == member_id).values(**row))
    if changed == 0:
        work.session.execute(insert(MemberSecret).values(member_id=member_id, **row))


def replace_password(actor: Actor, old: str, new: str, keeping: str) -> bool:
    """Replace one's own password; whoever else is signed in with the old one is signed out, `keeping` stays.

    Raises Invalid by field: a wrong old one, a new one that is too short or the same.
    """
    assert actor.member_id is not None  # noqa: S101 - only members have passwords
    with unit_of_work.write(actor) as work:
        with work.as_system("sign_in"):
            _check_replacement(work, actor.member_id, old, new)
            set_secret(work, actor.member_id, new)
            others = (SignInSession.member_id == actor.member_id, SignInSession.token_digest != digest(keeping))
            work.change(delete(SignInSession).where(*others))
        work.audit("member:password_replaced", member=actor.member_id)
        work.commit()
        return True


def _check_replacement(work: Work, member_id: UUID, old: str, new: str) -> None:
    kept = select(MemberSecret.password_hash).where(MemberSecret.member_id == member_id)
    if not matches(work.session.execute(kept).scalar_one_or_none(), old):
        raise Invalid({"old": "password_wrong"})
    if len(new) < SHORTEST_PASSWORD:
        raise Invalid({"new": "password_short"})
    if new == old:
        raise Invalid({"new": "password_same"})


def choose_language(actor: Actor, language: str) -> None:
    """Remember the language that a member reads."""
    with unit_of_work.write(actor) as work:
        work.session.execute(update(Member).where(Member.id == actor.member_id).values(language=language))
        work.audit("member:language_chosen", language=language)
        work.commit()


def load_actor(sign_in_name: str) -> Actor:
    """The actor of a member by sign-in name: for commands and tests; raises LookupError where there is none."""
    with unit_of_work.read(system_actor("sign_in")) as work:
        row = work.session.execute(
            select(
                Member.id.label("member_id"),
                Member.agency_id,
                Member.name,
                Agency.kind,
                _roles.label("roles"),
                _covers.label("covers"),
            )
            .join(Agency, Agency.id == Member.agency_id)
            .where(Member.sign_in == sign_in_name),
            {"today": work.today},
        ).first()
    if row is None:
        raise LookupError(sign_in_name)
    return _actor(row)
