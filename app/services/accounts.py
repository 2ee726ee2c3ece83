"""The first half of signing in, and passwords. The second half is in factors, and nobody is signed in without it."""

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from app.cipher import digest
from app.errors import Invalid, Refusal
from app.models.agency import Agency, Member, MemberSecret, SignInSession
from app.security.actor import Actor, system_actor
from app.security.networks import network_prefix
from app.security.passwords import fault_of, hash_password, matches, outdated
from app.services import factors, unit_of_work
from app.services.sessions import actor_of, begin_session, covers_of_member, roles_of_member
from app.services.sign_in_tries import Try
from app.services.signed_in import end_others_of
from app.services.unit_of_work import Work


def sign_in(name: str, password: str, network: str, old_token: str | None) -> str:
    """Check name and password under the throttle and start a session, with a new token, that waits for the factor.

    Raises Refusal("sign_in_failed") or Refusal("sign_in_throttled"); an unknown name takes the same way and time.
    """
    with unit_of_work.write(system_actor("sign_in")) as work:
        tried = Try(work, name, network)
        tried.refuse_where_held_up()
        found = work.session.execute(
            select(Member.id, Member.is_active, MemberSecret.password_hash)
            .join(MemberSecret, MemberSecret.member_id == Member.id)
            .where(Member.sign_in == name.strip().lower())
            .with_for_update(of=MemberSecret)  # a password that is replaced meanwhile signs nobody in
        ).first()
        is_right = _is_right(work, found, password)
        if not is_right or found is None:
            tried.note(succeeded=False)  # a right one is a success only with the second factor
            work.audit("sign_in:failed")
            work.commit()
            raise Refusal("sign_in_failed")
        if outdated(found.password_hash):
            set_secret(work, found.id, password)
        if old_token:
            work.session.execute(delete(SignInSession).where(SignInSession.token_digest == digest(old_token)))
        fresh = secrets.token_urlsafe(32)
        begin_session(work, fresh, found.id, {}, network=network_prefix(network))
        factors.prepare(work, found.id)
        work.audit("sign_in:password_right", member=found.id)
        work.commit()
        return fresh


def _is_right(work: Work, found: Any, password: str) -> bool:
    """Whether it is the password of one who may sign in; an unknown name takes the time that a known one takes."""
    if found is None and not work.parts.unknown_names_cost_time:
        return False
    known = found.password_hash or None if found else None
    return matches(known, password) and found is not None and bool(found.is_active)


def set_secret(work: Work, member_id: UUID, password: str) -> None:
    """Store a password's hash, within the caller's transaction, as signing in."""
    row = {"password_hash": hash_password(password), "changed_at": work.now}
    changed = work.change(update(MemberSecret).where(MemberSecret.member_id == member_id).values(**row))
    if changed == 0:
        work.session.execute(insert(MemberSecret).values(member_id=member_id, is_demo=False, **row))


def replace_password(actor: Actor, old: str, new: str, keeping: str, network: str = "") -> bool:
    """Replace one's own password; whoever else is signed in with the old one is signed out, `keeping` stays.

    Raises Invalid by field: a wrong old one, which counts as a try to sign in; a new one that is too short, easily
    guessed or the same. Raises Refusal("sign_in_throttled").
    """
    assert actor.member_id is not None  # noqa: S101 - only members have passwords
    with unit_of_work.write(actor) as work:
        with work.as_system("sign_in"):
            is_hers, own = _compared(work, actor.member_id, old, network)
            if is_hers:
                _check_replacement(own, old, new)
                set_secret(work, actor.member_id, new)
                end_others_of(work, actor.member_id, keeping)
        work.audit("member:password_replaced" if is_hers else "member:password_refused", member=actor.member_id)
        work.commit()
    if not is_hers:
        raise Invalid({"old": "password_wrong"})
    return True


def _compared(work: Work, member_id: UUID, old: str, network: str) -> tuple[bool, Any]:
    """Whether it is the member's password, and what is known of her; a wrong one is counted before anybody hears of it.

    At a screen that was left open somebody else sits, who would guess until she is back.
    """
    own = work.session.execute(select(Member.name, Member.sign_in).where(Member.id == member_id)).one()
    tried = Try(work, own.sign_in, network)
    tried.refuse_where_held_up()
    kept = select(MemberSecret.password_hash).where(MemberSecret.member_id == member_id)
    is_hers = matches(work.session.execute(kept).scalar_one_or_none(), old)
    if not is_hers:
        tried.note(succeeded=False)
    return is_hers, own


def _check_replacement(own: Any, old: str, new: str) -> None:
    fault = fault_of(new, [*own, *own.name.split()])
    if fault:
        raise Invalid({"new": fault})
    if new == old:
        raise Invalid({"new": "password_same"})


def choose_language(actor: Actor, language: str) -> None:
    """Remember the language that a member reads."""
    with unit_of_work.write(actor) as work:
        work.session.execute(update(Member).where(Member.id == actor.member_id).values(language=language))
        work.audit("member:language_chosen", language=language)
        work.commit()


def load_actor(sign_in_name: str) -> Actor:
    """The actor of a member by sign-in name: for commands and tests; raises LookupError for none and for who left."""
    with unit_of_work.read(system_actor("sign_in")) as work:
        row = work.session.execute(
            select(
                Member.id.label("member_id"),
                Member.agency_id,
                Member.name,
                Agency.kind,
                roles_of_member.label("roles"),
                covers_of_member.label("covers"),
            )
            .join(Agency, Agency.id == Member.agency_id)
            .where(Member.sign_in == sign_in_name, Member.is_active.is_(True)),  # the roles of who was let go stay hers
            {"today": work.today},
        ).first()
    if row is None:
        raise LookupError(sign_in_name)
    return actor_of(row)
