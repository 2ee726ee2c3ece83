"""Who acts: a member of an agency with roles, or one of the system's own actors. Knows no request and no session."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from app.vocabulary.role import Role

LINKER_DESK = uuid.UUID("00000000-0000-0000-0000-000000000001")
"""The holder of identity keys wrapped for the linker and the link reviewers' desk, and of nothing else."""

SYSTEM_ACTORS = frozenset({"sign_in", "tick", "linker", "statistics", "placement", "auditor", "setup"})


@dataclass(frozen=True)
class Emergency:
    """A case that is open to a member for some hours, because she said that it cannot wait: she reads it."""

    case_id: uuid.UUID
    ends_at: datetime


@dataclass(frozen=True)
class Actor:
    """A member acting for her agency; `stands_for` holds herself and those she covers today."""

    member_id: uuid.UUID | None
    agency_id: uuid.UUID | None
    agency_kind: str = ""
    roles: frozenset[str] = frozenset()
    stands_for: frozenset[uuid.UUID] = frozenset()
    system: str = ""
    name: str = field(default="", compare=False)
    emergency: Emergency | None = field(default=None, compare=False)

    def has(self, role: Role) -> bool:
        """Whether she has the role."""
        return role in self.roles

    @property
    def oversees(self) -> bool:
        """Whether all cases of the agency are open: to its supervisor, the clock job, an answer through it."""
        return Role.AGENCY_SUPERVISOR in self.roles or self.system in ("tick", "answering")

    @property
    def context(self) -> str:
        """The text that the database's policies read: member|agency|roles|system|stands_for."""
        members = ",".join(sorted(str(member) for member in self.stands_for))
        roles = ",".join(sorted(self.roles))
        return f"{self.member_id or ''}|{self.agency_id or ''}|{roles}|{self.system}|{members}"


def system_actor(name: str, agency_id: uuid.UUID | None = None) -> Actor:
    """One of the system's own actors, alone or going through one agency; raises ValueError for an unknown name."""
    if name not in SYSTEM_ACTORS:
        raise ValueError(f"no such system actor: {name}")
    return Actor(member_id=None, agency_id=agency_id, system=name)
