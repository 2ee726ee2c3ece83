"""Whom others turn to in an agency, and who answers in her place: set by an administrator, read by everyone."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert

from app.errors import Invalid
from app.models.agency import FocalPoint, Member
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.agencies import find
from app.services.unit_of_work import Once, Work

FOCAL, BACKUP = "focal", "backup"


@dataclass(frozen=True)
class Point:
    """A member and the number under which others reach her; without one, that of her duty."""

    member_id: UUID
    phone: str | None = None


def set_points(
    actor: Actor, agency_id: UUID, focal: Point | None, backup: Point | None, once: Once | None = None
) -> dict[str, str]:
    """Say who the focal point of an agency is and who her backup; None leaves the place empty.

    Raises NotFound, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        find(work, agency_id)
        if backup is not None and focal is not None and backup.member_id == focal.member_id:
            raise Invalid({BACKUP: "same_member"})
        rows = [_row(work, agency_id, place, point) for place, point in ((FOCAL, focal), (BACKUP, backup)) if point]
        work.change(delete(FocalPoint).where(FocalPoint.agency_id == agency_id))
        if rows:
            work.session.execute(insert(FocalPoint), rows)
        work.audit("agency:focal_points_set", agency=agency_id, members=[row["member_id"] for row in rows])
        work.commit()
        return made


def _row(work: Work, agency_id: UUID, place: str, point: Point) -> dict[str, object]:
    member = work.session.get(Member, point.member_id)
    if member is None or member.agency_id != agency_id or not member.is_active:
        raise Invalid({place: "not_of_agency"})
    return {"agency_id": agency_id, "place": place, "member_id": member.id, "phone": point.phone}
