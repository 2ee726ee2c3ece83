"""What is over its period, and what is kept past it all the same: holds on cases, placed and lifted by who leads them.

Nothing goes by itself. What is due is shown; that it be erased is asked by one and decided by another
(services/erasing.py, services/clearing.py); no case goes while a hold stands.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.approval import Approval
from app.models.case import Case
from app.models.erasure import Erasure
from app.models.legal_hold import LegalHold
from app.queries import over_period
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Once, Work
from app.vocabulary import catalog
from app.vocabulary.retention import Period
from app.vocabulary.role import Role

PAGE = 50
CLEARING = "clearing"
KEEPERS = (Role.AGENCY_SUPERVISOR, Role.HOTLINE_OPERATOR)
"""Who sees what is due in her agency: its supervisor, and in the hotline, which has none, who keeps its contacts."""


@dataclass(frozen=True)
class DueCase:
    """A closed case over its period, by pseudonym; until when a hold stands, and whether its erasure is asked."""

    case_id: UUID
    reference: str
    closed_on: date
    held_until: date | None
    is_asked: bool

    @property
    def can_be_asked(self) -> bool:
        """Whether its erasure can be asked now."""
        return self.held_until is None and not self.is_asked


@dataclass(frozen=True)
class Due:
    """What of an agency's data is over its period: a page of cases by pseudonym, the rest as numbers; the periods.

    `waiting` are classes whose clearing is asked already.
    """

    cases: tuple[DueCase, ...]
    numbers: dict[str, int]
    by: dict[str, Period]
    has_more: bool = False
    waiting: frozenset[str] = frozenset()


def kept() -> tuple[Period, ...]:
    """How long each class of data is kept here."""
    return tuple(unit_of_work.current().periods.values())


def due(actor: Actor, page: int = 1) -> Due:
    """What is due in the actor's agency. Raises Forbidden for who neither supervises nor keeps its contacts."""
    if not any(actor.has(role) for role in KEEPERS):
        raise Forbidden("wrong_role")
    with unit_of_work.write(actor) as work:
        known = work.database.periods
        found = due_cases(work, page)
        cases = tuple(found[:PAGE])
        numbers = {
            name: over_period.number(work.session, actor, name, known[name].ended_before(work.today))
            for name in over_period.CLASSES
        }
        asked = waiting(work)
        work.audit("retention:listed", cases=[str(one.case_id) for one in cases], numbers=numbers)
        work.commit()
    return Due(cases, numbers, known, len(found) > PAGE, asked)


def waiting(work: Work) -> frozenset[str]:
    """The classes of the actor's agency whose clearing waits for another, as far as she may see it."""
    own = (Approval.kind == CLEARING, Approval.agency_id == work.actor.agency_id)
    stands = (Approval.state == "asked", Approval.expires_at > work.now)
    rows = work.session.execute(select(Approval.asked).where(*own, *stands)).scalars()
    return frozenset(json.loads(row)["what"] for row in rows)


def due_cases(work: Work, page: int = 1, among: Collection[UUID] = ()) -> list[DueCase]:
    """A page of the cases that are due, the longest closed first, and one more; or those of them that are named."""
    before = work.database.periods["case"].ended_before(work.today)
    erased, asked = (select(Erasure.case_id).where(Erasure.state == state) for state in ("done", "asked"))
    own = (Case.status == "closed", Case.lead_agency_id == work.actor.agency_id, Case.id.not_in(erased))
    named = (Case.id.in_(among),) if among else ()
    rows = work.session.execute(
        select(Case.id, Case.reference, Case.closed_on, func.max(LegalHold.until), Case.id.in_(asked))
        .outerjoin(LegalHold, (LegalHold.case_id == Case.id) & standing(work))
        .where(*own, *named, Case.closed_on < before)
        .group_by(Case.id, Case.reference, Case.closed_on)
        .order_by(Case.closed_on, Case.reference)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [DueCase(row[0], row[1], row[2] or before, row[3], row[4]) for row in rows]


def standing(work: Work) -> Any:
    """That a hold stands today."""
    return LegalHold.lifted_at.is_(None) & (LegalHold.until >= work.today)


def is_held(work: Work, case_id: UUID) -> bool:
    """Whether a hold stands on the case."""
    held = select(LegalHold.id).where(LegalHold.case_id == case_id, standing(work))
    return work.session.execute(held.limit(1)).first() is not None


def refuse_held(work: Work, case_id: UUID) -> None:
    """Raise Conflict("under_hold") while a hold stands on the case."""
    if work.parts.holds_are_heeded and is_held(work, case_id):
        raise Conflict("under_hold")


def place(actor: Actor, case_id: UUID, reason: str, until: date, once: Once | None = None) -> dict[str, str]:
    """Place a hold on a case, open or closed.

    Raises NotFound for a case that the actor's agency does not lead or she may not see, Forbidden for who is no
    supervisor, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        hold_id = uuid4()
        made = {"hold_id": str(hold_id)}
        refuse_not_led(work, case_id)
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if reason not in catalog.get("hold_reason"):
            raise Invalid({"reason": "unknown_choice"})
        if until < work.today:
            raise Invalid({"until": "date_in_past"})
        row: dict[str, Any] = {"id": hold_id, "case_id": case_id, "agency_id": work.actor.agency_id}
        row |= {"reason": reason, "until": until}
        row |= {"placed_by_id": work.actor.member_id, "placed_at": work.now}
        work.session.execute(insert(LegalHold), [row])
        work.audit("hold:placed", case_id, hold=hold_id, reason=reason)
        work.commit()
        return made


def lift(actor: Actor, hold_id: UUID, once: Once | None = None) -> None:
    """Lift a hold. Raises NotFound for one that does not stand in the actor's agency, Forbidden as `place`."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        case_id = work.session.execute(select(LegalHold.case_id).where(LegalHold.id == hold_id)).scalar_one_or_none()
        if case_id is None:
            raise NotFound
        refuse_not_led(work, case_id)
        lifted = {"lifted_at": work.now, "lifted_by_id": work.actor.member_id}
        if not work.change(update(LegalHold).where(LegalHold.id == hold_id, standing(work)).values(**lifted)):
            raise NotFound
        work.audit("hold:lifted", case_id, hold=hold_id)
        work.commit()


def refuse_not_led(work: Work, case_id: UUID) -> None:
    """Raise NotFound where the actor's agency does not lead the case, Forbidden where she does not supervise it."""
    lead = work.session.execute(select(Case.lead_agency_id).where(Case.id == case_id)).scalar_one_or_none()
    if lead is None or lead != work.actor.agency_id:
        raise NotFound
    if not work.actor.has(Role.AGENCY_SUPERVISOR):
        raise Forbidden("wrong_role")
