"""What one asks and another must approve: kept exactly as it was asked, told to who decides, over after seven days.

Who decides is the supervisor of the agency it concerns, and where it has none an administrator; never who asked, never
who it is about. What is done once it is approved stands in `deciding`, by kind.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.cipher import digest
from app.errors import Refusal
from app.models.agency import Member, MemberRole
from app.models.approval import Approval
from app.services.audit import canonical
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work
from app.vocabulary.role import Role

LASTS = timedelta(days=7)
DIGESTED = ("id", "kind", "agency_id", "subject_id", "asked", "asked_by_id", "expires_at")
DECIDING = (Role.AGENCY_SUPERVISOR.value, Role.ADMINISTRATOR.value)


@dataclass(frozen=True)
class Asking:
    """What is asked: of which kind, whose matter it is, about whom, and the very words that are approved."""

    kind: str
    agency_id: UUID
    subject_id: UUID | None
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class Decider:
    """A member who decides, and for which agency she does."""

    member_id: UUID
    agency_id: UUID


@dataclass(frozen=True)
class Panel:
    """The supervisors of agencies and the administrators: who decides on what is read off here."""

    supervisors: tuple[Decider, ...]
    administrators: tuple[Decider, ...]

    def of(self, agency_id: UUID, concerned: Collection[UUID | None]) -> tuple[Decider, ...]:
        """Who decides on a matter of the agency; `concerned` are who asked and who it is about."""
        own = [one for one in self.supervisors if one.agency_id == agency_id]
        free = [one for one in own if one.member_id not in concerned]
        return tuple(free) or tuple(one for one in self.administrators if one.member_id not in concerned)


def panel(work: Work, agency_ids: Iterable[UUID]) -> Panel:
    """Who can decide on matters of some agencies."""
    rows = work.session.execute(
        select(Member.id, Member.agency_id, MemberRole.role)
        .join(MemberRole, MemberRole.member_id == Member.id)
        .where(Member.is_active.is_(True), MemberRole.role.in_(DECIDING))
        .where((MemberRole.role == Role.ADMINISTRATOR.value) | Member.agency_id.in_(sorted(set(agency_ids))))
        .order_by(Member.id)
    ).all()
    supervisors = [Decider(row.id, row.agency_id) for row in rows if row.role == Role.AGENCY_SUPERVISOR.value]
    administrators = [Decider(row.id, row.agency_id) for row in rows if row.role == Role.ADMINISTRATOR.value]
    return Panel(tuple(supervisors), tuple(administrators))


def ask(work: Work, asking: Asking) -> UUID:
    """Write down what another must approve, within the caller's transaction, and tell who decides.

    It takes the place of what stood of the kind about the same member. Raises Refusal("not_to_yourself"),
    Refusal("nobody_to_approve").
    """
    asker = work.actor.member_id
    if asking.subject_id is not None and asking.subject_id == asker:
        raise Refusal("not_to_yourself")
    deciders = panel(work, [asking.agency_id]).of(asking.agency_id, (asker, asking.subject_id))
    if not deciders:
        raise Refusal("nobody_to_approve")
    if asking.subject_id is not None:
        withdraw(work, asking.kind, asking.subject_id)
    row: dict[str, Any] = {"id": uuid4(), "kind": asking.kind, "agency_id": asking.agency_id}
    row |= {"subject_id": asking.subject_id, "asked": canonical(asking.asked), "asked_by_id": asker}
    row |= {"asked_at": work.now, "expires_at": work.now + LASTS, "state": "asked"}
    row["digest"] = digest_of(row)
    work.session.execute(insert(Approval), [row])
    kind = f"{asking.kind}:asked"
    tell(work, [Telling(one.agency_id, kind, member_id=one.member_id) for one in deciders])
    told = {"approval": row["id"], "kind": asking.kind, "subject": asking.subject_id, "digest": row["digest"]}
    work.audit("approval:asked", agency=asking.agency_id, asked=dict(asking.asked), **told)
    made: UUID = row["id"]
    return made


def withdraw(work: Work, kind: str, subject_id: UUID) -> None:
    """Take back what stands of a kind about a member: she was let go, or something else is asked in its place."""
    stands = (Approval.kind == kind, Approval.subject_id == subject_id, Approval.state == "asked")
    work.change(update(Approval).where(*stands).values(state="withdrawn"))


def digest_of(row: Mapping[str, Any]) -> str:
    """The digest of all that was asked, by whom, for whom, until when."""
    return digest(canonical({name: row[name] for name in DIGESTED}))


def expire(work: Work, agency_id: UUID) -> int:
    """End what nobody decided in time, of one agency; who asked is told. Gives how many there were."""
    over = (Approval.agency_id == agency_id, Approval.state == "asked", Approval.expires_at <= work.now)
    asked = (
        select(Approval.id, Approval.kind, Member.id.label("by"), Member.agency_id)
        .join(Member, Member.id == Approval.asked_by_id)
        .where(*over)
        .order_by(Approval.id)
    )
    found = work.session.execute(asked).all()
    if found:
        work.change(update(Approval).where(*over, Approval.id.in_([one.id for one in found])).values(state="expired"))
        tell(work, [Telling(one.agency_id, f"{one.kind}:expired", member_id=one.by) for one in found])
    return len(found)
