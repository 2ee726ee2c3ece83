"""One referral from its sending to its end: each moment with its time and who, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.errors import NotFound
from app.queries import directory, referrals
from app.queries.directory import FocalRow, Named
from app.queries.referrals import CourseRow
from app.security.row_rules import PENDING
from app.services.case_keys import open_keys
from app.services.unit_of_work import Work
from app.services.viewing import Looked


@dataclass(frozen=True)
class Moment:
    """Something that happened to a referral: what, when, who."""

    kind: str
    at: datetime
    by: Named | None


@dataclass(frozen=True)
class CoursePage:
    """A referral with its moments, oldest first."""

    row: CourseRow
    moments: tuple[Moment, ...]
    sender: Named | None
    receiver: Named | None
    note: str
    is_ours: bool
    focal_points: tuple[FocalRow, ...]

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it."""
        return self.row.state in PENDING

    @property
    def is_accepted(self) -> bool:
        """Whether it was accepted and nobody has told what came of it."""
        return self.row.state == "accepted"


MOMENTS = ("sent", "seen", "claimed", "withdrawn", "returned", "done")


def shown(work: Work, referral_id: UUID) -> Looked[CoursePage]:
    """One that the actor's agency sent or accepted, in a case that is open to her; raises NotFound for any other."""
    row = referrals.course(work.session, work.actor, referral_id)
    if row is None:
        raise NotFound
    names = directory.names(work.session, work.actor, frozenset(_ids(row)))
    is_ours = row.to_agency_id == work.actor.agency_id
    other = row.from_agency_id if is_ours else row.to_agency_id
    note = ""
    if row.return_note:
        keys = open_keys(work, row.case_id)
        note = work.vault.open(keys.content, row.return_note, "referral", "return_note", row.id)
    page = CoursePage(
        row=row,
        moments=_moments(row, names),
        sender=names.get(str(row.from_agency_id)),
        receiver=names.get(str(row.to_agency_id)),
        note=note,
        is_ours=is_ours,
        focal_points=tuple(directory.focal_points(work.session, work.actor, other)),
    )
    return Looked(page, row.case_id, detail={"referral": referral_id})


def _ids(row: CourseRow) -> set[UUID]:
    members: list[UUID | None] = [getattr(row, f"{kind}_by_id") for kind in (*MOMENTS, "decided")]
    return {one for one in (*members, row.from_agency_id, row.to_agency_id) if one is not None}


def _moments(row: CourseRow, names: dict[str, Any]) -> tuple[Moment, ...]:
    found = [(kind, getattr(row, f"{kind}_at"), getattr(row, f"{kind}_by_id")) for kind in MOMENTS]
    found += [(row.decision or "", row.decided_at, row.decided_by_id), ("expired", row.expired_at, None)]
    moments = [Moment(kind, at, names.get(str(by))) for kind, at, by in found if at is not None]
    return tuple(sorted(moments, key=lambda one: one.at))
