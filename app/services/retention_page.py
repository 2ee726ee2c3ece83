"""Pages of what is kept: the holds that stand in an agency, and the page on which one is placed on a case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from app.models.agency import Member
from app.models.case import Case
from app.models.legal_hold import LegalHold
from app.security.actor import Actor
from app.services import erasing, retention, unit_of_work
from app.services.notices import Telling, tell
from app.services.retention import PAGE
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.vocabulary.role import Role


@dataclass(frozen=True)
class Hold:
    """A hold that stands: on which case, why, until when, placed by whom."""

    id: UUID
    case_id: UUID
    reference: str
    reason: str
    until: date
    by: str


@dataclass(frozen=True)
class HoldPage:
    """A page of holds, the first to end first."""

    rows: tuple[Hold, ...]
    has_more: bool


@dataclass(frozen=True)
class PlacePage:
    """The case that is to be kept, and the holds that stand on it already."""

    case_id: UUID
    reference: str
    rows: tuple[Hold, ...]


def holds(work: Work, *, page: int) -> Looked[HoldPage]:
    """The holds that stand on cases that the actor's agency leads."""
    found = _holds(work, PAGE + 1, (page - 1) * PAGE)
    rows = tuple(found[:PAGE])
    return Looked(HoldPage(rows, len(found) > PAGE), shown=sorted({one.case_id for one in rows}))


def to_place(work: Work, *, case_id: UUID) -> Looked[PlacePage]:
    """The page on which a hold is placed. Raises as `retention.place` does."""
    retention.refuse_not_led(work, case_id)
    reference = work.session.execute(select(Case.reference).where(Case.id == case_id)).scalar_one()
    return Looked(PlacePage(case_id, reference, tuple(_holds(work, PAGE, case_id=case_id))), case_id)


def _holds(work: Work, size: int, offset: int = 0, case_id: UUID | None = None) -> list[Hold]:
    own = (Case.lead_agency_id == work.actor.agency_id, retention.standing(work))
    named = (LegalHold.case_id == case_id,) if case_id else ()
    rows = work.session.execute(
        select(LegalHold.id, LegalHold.case_id, Case.reference, LegalHold.reason, LegalHold.until, Member.name)
        .join(Case, Case.id == LegalHold.case_id)
        .join(Member, Member.id == LegalHold.placed_by_id)
        .where(*own, *named)
        .order_by(LegalHold.until, LegalHold.id)
        .limit(size)
        .offset(offset)
    )
    return [Hold(*row) for row in rows]


def ask_all(actor: Actor, case_ids: Collection[UUID], once: Once | None = None) -> int:
    """Ask that those of the cases be erased that are due, not held and not asked for; gives how many.

    Another decides of each. What is not due, or not the actor's, is left out. Raises as `erasing.write` does.
    """
    with unit_of_work.write(actor) as work:
        found = retention.due_cases(work, among=case_ids) if case_ids and actor.has(Role.AGENCY_SUPERVISOR) else []
        asked = {one.case_id: uuid4() for one in found if one.can_be_asked}
        earlier = work.once(once, {"number": str(len(asked))})
        if earlier is not None:
            return int(earlier["number"])
        of: dict[str, Any] = {"agency_id": actor.agency_id, "reason": "period_over", "state": "asked"}
        of |= {"asked_by_id": actor.member_id, "asked_at": work.now}
        if asked and actor.agency_id is not None:
            erasing.write(work, [{"id": asked[one], "case_id": one, **of} for one in asked])
            to = (actor.agency_id, "erasure:asked")
            tell(work, [Telling(*to, one, role=Role.AGENCY_SUPERVISOR) for one in asked])
        for case_id, erasure_id in asked.items():
            work.audit("case:erasure_asked", case_id, erasure=erasure_id, reason="period_over")
        work.audit("retention:asked_all", number=len(asked))
        work.commit()
        return len(asked)
