"""Who looked at the people of an agency: the entries of the record about its cases. Times, actions, ids; no names."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member, MemberRole
from app.models.audit import AuditCheckpoint, AuditEntry
from app.models.case import Case, CaseParty
from app.security.actor import Actor

PAGE = 50
# What tells of more than a look, and not to everybody: that records were linked, that somebody complained about a
# house, who is barred, from whom she is kept apart, that an erasure is asked.
UNTOLD = ("link:", "complaint:", "bar:", "keep_apart:", "case:erasure", "exit:")
# What is not told where an alarm keeps a place from the reader, whoever did it: who drives her, and who asked where to.
UNTOLD_IN_ALARM = ("move:", "address:")
Hidden = Mapping[UUID, frozenset[UUID]]
"""The agencies of whose looks a reader is not told, by case."""


@dataclass(frozen=True)
class Entry:
    """One entry about a case."""

    at: datetime
    member_id: UUID
    agency_id: UUID | None
    action: str
    case_id: UUID | None


@dataclass(frozen=True)
class Who:
    """A member with her roles, and her agency's name."""

    id: UUID
    agency_id: UUID
    name: str
    roles: tuple[str, ...]
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class SignedLine:
    """A checkpoint as it was signed."""

    number: int
    at: datetime
    entries: int
    content: str
    signature: str


def cases(session: Session, actor: Actor, case_id: UUID | None = None) -> dict[UUID, str]:
    """The cases that the agency is party to, or was when they were closed, by id with their codes."""
    here = and_(CaseParty.case_id == Case.id, CaseParty.agency_id == actor.agency_id)
    stands = or_(CaseParty.ended_at.is_(None), CaseParty.end_kind == "closed")
    asked = select(Case.id, Case.reference).join(CaseParty, here).where(stands)
    if case_id is not None:
        asked = asked.where(Case.id == case_id)
    return {row.id: row.reference for row in session.execute(asked)}


def entries(
    session: Session,
    actor: Actor,
    cases: Collection[UUID],
    hidden: Hidden,
    since: datetime,
    page: int,
    size: int = PAGE,
) -> Sequence[Entry]:
    """A page of what was written down about the cases since a moment, and one entry more where there are more."""
    alike: dict[frozenset[UUID], list[UUID]] = {}
    for case_id, agencies in hidden.items():
        alike.setdefault(agencies, []).append(case_id)
    kept_back = (and_(AuditEntry.case_id.in_(of), _by(agencies)) for agencies, of in alike.items())
    told = and_(AuditEntry.case_id.in_(cases), *(not_(one) for one in kept_back))
    return _found(session, told, since, page, size)


def entries_of(
    session: Session, actor: Actor, case_id: UUID, hidden: frozenset[UUID], since: datetime, page: int, size: int = PAGE
) -> Sequence[Entry]:
    """As `entries`, of one case: also the lists on which it was shown, which name it in their detail."""
    named = or_(AuditEntry.case_id == case_id, AuditEntry.detail.contains(f'"{case_id}"', autoescape=True))
    told = and_(named, not_(_by(hidden))) if hidden else named
    return _found(session, told, since, page, size)


def _by(hidden: frozenset[UUID]) -> ColumnElement[bool]:
    """What one of the hidden did, and what would tell of the place whoever did it."""
    of_place = (AuditEntry.action.startswith(prefix, autoescape=True) for prefix in UNTOLD_IN_ALARM)
    return or_(AuditEntry.agency_id.in_(sorted(hidden)), *of_place)


def _found(session: Session, about: object, since: datetime, page: int, size: int) -> list[Entry]:
    table = AuditEntry.__table__
    asked = (
        select(table.c.at, table.c.member_id, table.c.agency_id, table.c.action, table.c.case_id)
        .where(about, table.c.at >= since, table.c.member_id.is_not(None))  # type: ignore[arg-type]
        .where(*(~table.c.action.startswith(prefix, autoescape=True) for prefix in UNTOLD))
        .order_by(table.c.at.desc(), table.c.chain, table.c.position.desc())
        .offset((page - 1) * size)
        .limit(size + 1)
    )
    return [Entry(*row) for row in session.execute(asked)]


def people(session: Session, actor: Actor, ids: Collection[UUID]) -> dict[UUID, Who]:
    """Members by id, with roles and agency."""
    rows = session.execute(
        select(
            Member.id,
            Member.agency_id,
            Member.name,
            MemberRole.role,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Agency, Agency.id == Member.agency_id)
        .outerjoin(MemberRole, MemberRole.member_id == Member.id)
        .where(Member.id.in_(ids))
        .order_by(MemberRole.role)
    )
    found: dict[UUID, Who] = {}
    for row in rows:
        before = found[row.id].roles if row.id in found else ()
        roles = (*before, row.role) if row.role else before
        found[row.id] = Who(row.id, row.agency_id, row.name, roles, row.name_en, row.name_sq, row.name_sr)
    return found


def latest_checkpoint(session: Session, actor: Actor) -> SignedLine | None:
    """The latest signed checkpoint."""
    table = AuditCheckpoint.__table__
    row = session.execute(select(table).order_by(table.c.number.desc()).limit(1)).first()
    return None if row is None else SignedLine(*row)
