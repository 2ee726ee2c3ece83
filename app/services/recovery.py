"""Ten codes that each stand in once for a member's app: shown when they are made, kept as digests, told when used."""

import re
import secrets
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update

from app.cipher import digest
from app.models.factor import RecoveryCode
from app.security.actor import Actor, system_actor
from app.services import unit_of_work
from app.services.notices import tell_member
from app.services.unit_of_work import Work

NUMBER = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 5


def drawn(groups: int = GROUPS) -> str:
    """A code that nobody chose: groups of five letters and digits that are not taken for one another."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(groups))


def bare(typed: str) -> str:
    """A code as it is compared, however it was typed."""
    return re.sub(r"[^a-z0-9]", "", typed.lower())


def make(work: Work, member_id: UUID) -> tuple[str, ...]:
    """Ten fresh codes in place of all before, within the caller's transaction, as signing in."""
    forget(work, member_id)
    codes = tuple(drawn() for _ in range(NUMBER))
    rows = [{"id": uuid4(), "member_id": member_id, "digest": digest(bare(one)), "made_at": work.now} for one in codes]
    work.session.execute(insert(RecoveryCode), rows)
    return codes


def forget(work: Work, member_id: UUID) -> None:
    """Take all codes away, within the caller's transaction, as signing in."""
    work.change(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))


def spend(work: Work, member_id: UUID, typed: str) -> bool:
    """Whether it is a code of the member's that was not used; it is used from now on, and she is told."""
    unused = () if not work.parts.codes_are_spent else (RecoveryCode.used_at.is_(None),)
    hers = (RecoveryCode.member_id == member_id, RecoveryCode.digest == digest(bare(typed)), *unused)
    if work.change(update(RecoveryCode).where(*hers).values(used_at=work.now)) == 0:
        return False
    tell_member(work, member_id, "account:recovery_used")
    work.audit("factor:recovery_used", member=member_id)
    return True


def left(actor: Actor) -> int:
    """How many of one's own codes were not used yet."""
    with unit_of_work.read(system_actor("sign_in")) as work:
        hers = (RecoveryCode.member_id == actor.member_id, RecoveryCode.used_at.is_(None))
        return int(work.session.execute(select(func.count()).select_from(RecoveryCode).where(*hers)).scalar_one())


def renew(actor: Actor) -> tuple[str, ...]:
    """Ten fresh codes for oneself; those before are dead."""
    assert actor.member_id is not None  # noqa: S101 - only members have codes
    with unit_of_work.write(actor) as work:
        with work.as_system("sign_in"):
            codes = make(work, actor.member_id)
            tell_member(work, actor.member_id, "account:recovery_renewed")
        work.audit("factor:recovery_renewed", member=actor.member_id)
        work.commit()
        return codes
