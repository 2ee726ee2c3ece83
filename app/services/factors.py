"""The second factor: a passkey, or six digits of an app that tells the time, each taken once. Nobody is in without one.

Between the password and the factor a browser has a session that only waits: it belongs to a member and opens nothing.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, insert, inspect, select, update

from app.cipher import digest
from app.errors import NotFound, Refusal
from app.models.agency import Member, MemberSecret, SignInSession
from app.models.factor import MemberFactor
from app.security.actor import Actor, system_actor
from app.security.networks import network_prefix
from app.services import passkeys, recovery, unit_of_work
from app.services.passkeys import Signed
from app.services.sessions import begin_session
from app.services.sign_in_tries import Try
from app.services.unit_of_work import Database, Work

SECONDS = 30
AROUND = (0, -1, 1)
"""Steps of the clock whose code is taken: this one, and one to each side for clocks that are a little off."""
DIGITS = re.compile(r"[0-9]{6}", re.ASCII)
PURPOSE, TABLE, COLUMN = "factors", "member_factor", "secret"
ISSUER = "Throughcare"
CODE, RECOVERY, PASSKEY = "code", "recovery", "passkey"


@dataclass(frozen=True)
class Enrolment:
    """What an app is set up with: the secret as a person types it, and as it is drawn for a camera."""

    secret: str
    address: str


def prepare(work: Work, member_id: UUID) -> None:
    """Make a secret for a member who has none that she confirmed, within the caller's transaction, as signing in."""
    known = work.session.execute(select(MemberFactor.member_id).where(MemberFactor.member_id == member_id)).first()
    if known is None:
        enrol(work, member_id, None)


def enrol(work: Work, member_id: UUID, confirmed_at: datetime | None) -> None:
    """Give a member a fresh secret, within the caller's transaction, as signing in."""
    sealed = work.vault.seal(_key(work), pyotp.random_base32(), TABLE, COLUMN, member_id)
    row = {"member_id": member_id, "secret": sealed, "last_step": -1, "made_at": work.now, "confirmed_at": confirmed_at}
    work.session.execute(insert(MemberFactor), [row])


def forget(work: Work, member_id: UUID) -> None:
    """Take a member's factors away, within the caller's transaction, as signing in: she sets up anew."""
    work.change(delete(MemberFactor).where(MemberFactor.member_id == member_id))
    passkeys.forget(work, member_id)
    recovery.forget(work, member_id)


def enrolment(member_id: UUID) -> Enrolment | None:
    """What a member who waits with her password sets her app up with; None where she has done so."""
    with unit_of_work.read(system_actor("sign_in")) as work:
        row = _factor(work, member_id)
        if row is None or row.confirmed_at is not None:
            return None
        secret = _secret(work, row)
        return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=row.sign_in, issuer_name=ISSUER))


def enter(member_id: UUID, waiting: str, given: str | Signed, network: str, *, enrolling: bool = False) -> str:
    """Turn the session that waits into one that is signed in, under a new token, by what was given.

    Raises Refusal("code_wrong"), ("passkey_refused"), ("passkey_asked") for a code where a passkey is demanded,
    ("sign_in_throttled"); NotFound where nobody waits. The first code of a fresh secret confirms it.
    """
    with unit_of_work.write(system_actor("sign_in")) as work:
        row = _factor(work, member_id)
        if row is None or (row.confirmed_at is None) is not enrolling:
            raise NotFound
        factor = _checked(work, row, given, waiting, network)
        mine = (SignInSession.token_digest == digest(waiting), SignInSession.member_id == member_id)
        if work.change(delete(SignInSession).where(*mine)) == 0:
            raise NotFound
        if enrolling:
            work.change(update(MemberFactor).where(MemberFactor.member_id == member_id).values(confirmed_at=work.now))
            work.audit("factor:confirmed", member=member_id)
        fresh = secrets.token_urlsafe(32)
        begin_session(work, fresh, member_id, {}, factor, network_prefix(network))
        Try(work, row.sign_in, network).note(succeeded=True)
        work.audit("sign_in:succeeded", member=member_id, factor=factor)
        work.commit()
        return fresh


def step_up(actor: Actor, browser_token: str, given: str | Signed, network: str) -> bool:
    """Take the factor once more in a session that is signed in, before what asks for a fresh one.

    Raises the same refusals as `enter`.
    """
    with unit_of_work.write(system_actor("sign_in")) as work:
        row = _factor(work, actor.member_id)
        if row is None:
            raise NotFound
        factor = _checked(work, row, given, browser_token, network)
        mine = (SignInSession.token_digest == digest(browser_token), SignInSession.member_id == actor.member_id)
        work.change(update(SignInSession).where(*mine).values(factor=factor, stepped_up_at=work.now))
        work.audit("session:stepped_up", member=actor.member_id, factor=factor)
        work.commit()
        return True


def demo_code(sign_in: str) -> str:
    """The code that an invented person's app would show now; raises LookupError for everyone else."""
    with unit_of_work.read(system_actor("sign_in")) as work:
        member_id = work.session.execute(
            select(Member.id)
            .join(MemberSecret, MemberSecret.member_id == Member.id)
            .where(Member.sign_in == sign_in, MemberSecret.is_demo.is_(True))
        ).scalar_one_or_none()
        row = _factor(work, member_id)
        if row is None:
            raise LookupError(sign_in)
        return pyotp.TOTP(_secret(work, row)).generate_otp(_step(work.now))


def _key(work: Work) -> bytes:
    return work.vault.keyring.named(PURPOSE)


def _secret(work: Work, row: Any) -> str:
    return str(work.vault.open(_key(work), row.secret, TABLE, COLUMN, row.member_id))


def _factor(work: Work, member_id: UUID | None) -> Any:
    """The factor of a member who works here, with the name she signs in with."""
    return work.session.execute(
        select(MemberFactor.member_id, MemberFactor.secret, MemberFactor.confirmed_at, Member.sign_in)
        .join(Member, Member.id == MemberFactor.member_id)
        .where(MemberFactor.member_id == member_id, Member.is_active.is_(True))
    ).first()


def _checked(work: Work, row: Any, given: str | Signed, browser_token: str, network: str) -> str:
    """Which factor it is that was given, spent from now on; what is none is written down, and refused."""
    tried = Try(work, row.sign_in, network)
    tried.refuse_where_held_up()
    factor, fault = _judged(work, row, given, browser_token)
    if factor:
        return factor
    tried.note(succeeded=False)
    work.audit("factor:refused", member=row.member_id, fault=fault)
    work.commit()
    raise Refusal(fault)


def _judged(work: Work, row: Any, given: str | Signed, browser_token: str) -> tuple[str, str]:
    """Which factor it is, or what is wrong with it. Where a passkey is demanded a code is not even compared."""
    is_set_up = row.confirmed_at is not None
    if isinstance(given, Signed):
        is_hers = is_set_up and passkeys.takes(work, row.member_id, browser_token, given)
        return PASSKEY if is_hers else "", "passkey_refused"
    plain, fault = re.sub(r"\s", "", given), "code_wrong"
    if DIGITS.fullmatch(plain):
        fault = "passkey_asked" if passkeys.are_demanded(work, row.member_id) else fault
        if fault == "code_wrong" and _takes(work, row, plain):
            return CODE, ""
    return RECOVERY if is_set_up and recovery.spend(work, row.member_id, plain) else "", fault


def _takes(work: Work, row: Any, typed: str) -> bool:
    """Whether it is the code of a step of the clock after the last one that was taken; it is the last one from now on.

    The database compares and writes in one statement: of two browsers with the same code one is refused.
    """
    now, app = _step(work.now), pyotp.TOTP(_secret(work, row))
    for step in (now + shift for shift in AROUND):
        if secrets.compare_digest(app.generate_otp(step), typed):
            later = () if not work.parts.codes_are_spent else (MemberFactor.last_step < step,)
            taken = update(MemberFactor).where(MemberFactor.member_id == row.member_id, *later)
            return work.change(taken.values(last_step=step)) == 1
    return False


def _step(now: datetime) -> int:
    return int(now.timestamp()) // SECONDS


def demo_people(database: Database) -> int:
    """How many invented people could sign in; none where the tables are still to be made or brought up to date."""
    with database.read(system_actor("sign_in")) as work:
        tables, name = inspect(work.session.connection()), MemberSecret.__tablename__
        known = {column["name"] for column in tables.get_columns(name)} if tables.has_table(name) else set()
        if MemberSecret.is_demo.key not in known:
            return 0
        found = select(func.count()).select_from(MemberSecret).where(MemberSecret.is_demo.is_(True))
        return int(work.session.execute(found).scalar_one())
