"""Passkeys: a key that stays in a member's device signs what it is asked, once, for our own address and no other.

What is asked stands in the row of the browser's session: for five minutes, until it is signed or something else is
asked there. The browser is told it and keeps nothing.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    parse_authentication_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from app.cipher import Tampered, digest
from app.errors import NotFound, Refusal
from app.models.agency import Agency, Member, MemberRole, MemberSecret, SignInSession
from app.models.factor import Passkey
from app.security.actor import Actor, system_actor
from app.security.second_factor import needs_passkey
from app.services import unit_of_work
from app.services.notices import tell_member
from app.services.passkey_answers import LONGEST, read_made, read_signed
from app.services.signed_in import end_others_of
from app.services.unit_of_work import Once, Work

LASTS = timedelta(minutes=5)
"""How long what is asked waits to be signed."""
CHALLENGE = 32
LONGEST_NAME = 1023
"""Bytes of what a device may call its key, by the standard; PostgreSQL keeps no more than 2,700 apart."""
AT_MOST = 10
KEY, TABLE, COLUMN = "factors", "passkey", "public_key"
NAME = "Throughcare"


@dataclass(frozen=True)
class Site:
    """Where this installation is reached: a key signs for its host, and says which address it was asked at."""

    address: str

    @property
    def host(self) -> str:
        """The host's name."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True)
class Signed:
    """What a browser sends of a key, as it came, and the address that it has to be for."""

    told: str
    site: Site


@dataclass(frozen=True)
class Asked:
    """What a browser has a key sign; and whether a code of an app would do as well."""

    options: str
    takes_codes: bool


@dataclass(frozen=True)
class Kept:
    """One of a member's own passkeys."""

    id: UUID
    name: str
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class OwnPage:
    """A member's own passkeys, and what a browser has a device make one more by."""

    kept: tuple[Kept, ...]
    options: str
    is_asked_for: bool
    """Whether her role asks for one: then the last one stays."""

    @property
    def may_remove(self) -> bool:
        """Whether one of them can be taken away."""
        return len(self.kept) > 1 or not self.is_asked_for


@dataclass(frozen=True)
class Key:
    """A key that is kept: its row, and its public half."""

    id: UUID
    public: bytes


def mine(actor: Actor) -> list[Kept]:
    """One's own passkeys, the oldest first."""
    with unit_of_work.read(actor) as work, work.as_system("sign_in"):
        columns = (Passkey.id, Passkey.name, Passkey.made_at, Passkey.last_used_at)
        found = select(*columns).where(Passkey.member_id == actor.member_id).order_by(Passkey.made_at, Passkey.id)
        return [Kept(*row) for row in work.session.execute(found)]


def own_page(actor: Actor, browser_token: str, site: Site) -> OwnPage:
    """One's own passkeys, and what one more is made by in this browser. Raises NotFound as `asked_to_make`."""
    options = asked_to_make(actor, browser_token, site)
    return OwnPage(tuple(mine(actor)), options, needs_passkey(actor.roles, actor.agency_kind))


def asked_to_sign(member_id: UUID, browser_token: str, site: Site) -> Asked | None:
    """Ask the member in that browser for a signature of one of her keys; None where she has none.

    What was asked there before is over. Raises NotFound where the browser has no session of hers.
    """
    with unit_of_work.read(system_actor("sign_in")) as work:
        known = _known(work, member_id)
    if not known:
        return None
    with unit_of_work.write(system_actor("sign_in")) as work:
        options = generate_authentication_options(
            rp_id=site.host,
            challenge=_fresh_challenge(work, member_id, browser_token),
            timeout=int(LASTS.total_seconds() * 1000),
            allow_credentials=known,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        asked = Asked(options_to_json(options), takes_codes=not are_demanded(work, member_id))
        work.commit_unaudited()
        return asked


def asked_to_make(actor: Actor, browser_token: str, site: Site) -> str:
    """What a browser has a device make a key by, for a member who is signed in there.

    Raises NotFound where the browser has no session of hers.
    """
    assert actor.member_id is not None  # noqa: S101 - only members have passkeys
    with unit_of_work.write(system_actor("sign_in")) as work:
        sign_in = work.session.execute(select(Member.sign_in).where(Member.id == actor.member_id)).scalar_one()
        options = generate_registration_options(
            rp_id=site.host,
            rp_name=NAME,
            user_name=sign_in,
            user_id=actor.member_id.bytes,
            challenge=_fresh_challenge(work, actor.member_id, browser_token),
            timeout=int(LASTS.total_seconds() * 1000),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.DISCOURAGED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=_known(work, actor.member_id),
        )
        work.commit_unaudited()
        return options_to_json(options)


def add(actor: Actor, browser_token: str, name: str, signed: Signed, once: Once | None = None) -> bool:
    """Keep a key that a device of the member's has made; she is told, and signed out in every other browser.

    Else a session that a false page got by a code before would outlast the codes.

    Raises Refusal("passkey_refused") for what is not the answer to what was asked, ("passkey_known") for a key that is
    kept already, ("passkey_many").
    """
    assert actor.member_id is not None  # noqa: S101 - only members have passkeys
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return True
        with work.as_system("sign_in"):
            _hold(work, actor.member_id)
            challenge = _spent(work, actor.member_id, browser_token)
            made = challenge and _made(work, signed, challenge)
            if not made:
                raise Refusal("passkey_refused")
            _keep(work, actor.member_id, name, made)
            end_others_of(work, actor.member_id, browser_token)
            tell_member(work, actor.member_id, "account:passkey_added")
        work.audit("passkey:added", member=actor.member_id)
        work.commit()
        return True


def remove(actor: Actor, passkey_id: UUID, once: Once | None = None, *, keeping: str = "") -> bool:
    """Take one of one's own passkeys away; she is told, and signed out in every browser but `keeping`.

    The device may be lost, with a session open in it, which would make itself another.

    Raises NotFound; Refusal("passkey_last") where her role asks for one and she has no other: else whoever sits down at
    her screen could go back to codes.
    """
    assert actor.member_id is not None  # noqa: S101 - only members have passkeys
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return True
        with work.as_system("sign_in"):
            _hold(work, actor.member_id)  # two browsers take one each away
            kept = work.session.execute(select(Passkey.id).where(Passkey.member_id == actor.member_id)).scalars().all()
            if passkey_id not in kept:
                raise NotFound
            if len(kept) == 1 and needs_passkey(actor.roles, actor.agency_kind):
                raise Refusal("passkey_last")
            work.between_check_and_act()
            work.change(delete(Passkey).where(Passkey.id == passkey_id, Passkey.member_id == actor.member_id))
            end_others_of(work, actor.member_id, keeping)
            tell_member(work, actor.member_id, "account:passkey_removed")
        work.audit("passkey:removed", member=actor.member_id)
        work.commit()
        return True


def forget(work: Work, member_id: UUID) -> None:
    """Take all of a member's passkeys away, within the caller's transaction, as signing in."""
    work.change(delete(Passkey).where(Passkey.member_id == member_id))


def are_demanded(work: Work, member_id: UUID) -> bool:
    """Whether a member signs with a passkey and no code is taken of her, within the caller's transaction."""
    if not work.parts.passkeys_are_demanded:
        return False
    roles = select(func.aggregate_strings(MemberRole.role, ",")).where(MemberRole.member_id == member_id)
    found = work.session.execute(
        select(Agency.kind, roles.scalar_subquery().label("roles"))
        .join(Member, Member.agency_id == Agency.id)
        .where(Member.id == member_id, select(Passkey.id).where(Passkey.member_id == member_id).exists())
    ).first()
    return found is not None and needs_passkey(frozenset((found.roles or "").split(",")) - {""}, found.kind)


def is_lacking(work: Work) -> bool:
    """Whether the actor's role asks for a passkey and she has none yet, within the caller's transaction."""
    if work.actor.member_id is None or not needs_passkey(work.actor.roles, work.actor.agency_kind):
        return False
    hers = select(Passkey.id).where(Passkey.member_id == work.actor.member_id).limit(1)
    with work.as_system("sign_in"):
        return work.session.execute(hers).first() is None


def takes(work: Work, member_id: UUID, browser_token: str, signed: Signed) -> bool:
    """Whether it is what the member was asked in that browser, signed by a key of hers; it is spent from now on.

    Within the caller's transaction, as signing in. A key that does not count on has a copy: it is refused, that is
    written down, and she is told.
    """
    challenge = _spent(work, member_id, browser_token)
    key = _named(work, member_id, signed)
    count = _count_signed(work, key, challenge, signed) if key and challenge else None
    if key is None or count is None:
        return False
    goes_on = Passkey.sign_count < count if count else Passkey.sign_count == 0
    used = update(Passkey).where(Passkey.id == key.id, *((goes_on,) if work.parts.passkeys_are_checked else ()))
    if work.change(used.values(sign_count=count, last_used_at=work.now)) == 1:
        return True
    tell_member(work, member_id, "account:passkey_copied")
    work.audit("passkey:copied", member=member_id)
    return False


def _hold(work: Work, member_id: UUID) -> None:
    """Let whoever changes a member's passkeys or password come one after another: each ends sessions of the rest."""
    work.session.execute(select(MemberSecret.member_id).where(MemberSecret.member_id == member_id).with_for_update())


def _known(work: Work, member_id: UUID) -> list[PublicKeyCredentialDescriptor]:
    found = select(Passkey.credential_id).where(Passkey.member_id == member_id).order_by(Passkey.made_at, Passkey.id)
    return [PublicKeyCredentialDescriptor(id=one) for one in work.session.execute(found).scalars()]


def _in_browser(member_id: UUID, browser_token: str) -> Sequence[Any]:
    return SignInSession.token_digest == digest(browser_token), SignInSession.member_id == member_id


def _fresh_challenge(work: Work, member_id: UUID, browser_token: str) -> bytes:
    fresh = secrets.token_bytes(CHALLENGE)
    asked = update(SignInSession).where(*_in_browser(member_id, browser_token))
    if work.change(asked.values(challenge=fresh, challenged_at=work.now)) == 0:
        raise NotFound
    return fresh


def _spent(work: Work, member_id: UUID, browser_token: str) -> bytes | None:
    """What was asked in that browser and is not over: of two who bring its signature one alone has it."""
    here = _in_browser(member_id, browser_token)
    asked = select(SignInSession.challenge).where(*here, SignInSession.challenged_at > work.now - LASTS)
    challenge = work.session.execute(asked).scalar_one_or_none()
    if challenge is None or not work.parts.codes_are_spent:
        return challenge
    taken = update(SignInSession).where(*here, SignInSession.challenge == challenge).values(challenge=None)
    return challenge if work.change(taken) == 1 else None


def _named(work: Work, member_id: UUID, signed: Signed) -> Key | None:
    """The key of the member's that the browser says has signed."""
    try:
        credential_id = parse_authentication_credential_json(signed.told[:LONGEST]).raw_id
    except Exception:  # any: it is text of whoever sends it, and the library says of no list what it raises
        return None
    columns = (Passkey.id, Passkey.public_key)
    hers = (Passkey.member_id == member_id, Passkey.credential_id == credential_id)
    row = work.session.execute(select(*columns).where(*hers)).first()
    try:
        return row and Key(row.id, work.vault.open_bytes(_sealing(work), row.public_key, TABLE, COLUMN, member_id))
    except Tampered:  # put there by somebody who writes into the database and has not our keys
        return None


def _count_signed(work: Work, key: Key, challenge: bytes, signed: Signed) -> int | None:
    """How far the device has counted, where it signed what was asked, here, for whom it knew by finger or number."""
    if not work.parts.passkeys_are_checked:
        return 0
    try:
        verified = verify_authentication_response(
            credential=read_signed(signed.told),
            expected_challenge=challenge,
            expected_rp_id=signed.site.host,
            expected_origin=signed.site.address,
            credential_public_key=key.public,
            credential_current_sign_count=0,  # compared by the database, as it writes the new one
            require_user_verification=True,
        )
    except Exception:  # any, as above
        return None
    return verified.new_sign_count


def _made(work: Work, signed: Signed, challenge: bytes) -> VerifiedRegistration | None:
    try:
        made = verify_registration_response(
            credential=read_made(signed.told),
            expected_challenge=challenge,
            expected_rp_id=signed.site.host,
            expected_origin=signed.site.address,
            require_user_verification=True,
        )
        # What could never sign would shut her out of codes where her role asks for a passkey.
        decoded_public_key_to_cryptography(decode_credential_public_key(made.credential_public_key))
    except Exception:  # any, as above
        return None
    return made if len(made.credential_id) <= LONGEST_NAME else None


def _keep(work: Work, member_id: UUID, name: str, made: VerifiedRegistration) -> None:
    if len(_known(work, member_id)) >= AT_MOST:
        raise Refusal("passkey_many")
    row = {
        "id": uuid4(),
        "member_id": member_id,
        "credential_id": made.credential_id,
        "public_key": work.vault.seal_bytes(_sealing(work), made.credential_public_key, TABLE, COLUMN, member_id),
        "sign_count": made.sign_count,
        "name": name,
        "made_at": work.now,
    }
    add = (pg_insert if work.is_postgresql else sqlite_insert)(Passkey).values(row).on_conflict_do_nothing()
    if work.session.execute(add.returning(Passkey.id)).first() is None:
        raise Refusal("passkey_known")


def _sealing(work: Work) -> bytes:
    return work.vault.keyring.named(KEY)
