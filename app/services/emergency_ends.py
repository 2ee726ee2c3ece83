"""The end of what was opened in an emergency: by who opened it, or by the time, at her next request or the clock's."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.errors import NotFound
from app.models.case import CaseStaff
from app.models.emergency import EmergencyOpening
from app.security.actor import Actor, system_actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.vocabulary.role import Role

_OPENING = select(
    EmergencyOpening.id,
    EmergencyOpening.case_id,
    EmergencyOpening.agency_id,
    EmergencyOpening.member_id,
    EmergencyOpening.staff_id,
).where(EmergencyOpening.ended_at.is_(None))


def close(actor: Actor, once: Once | None = None) -> None:
    """Close what she has opened before its time. Raises NotFound where nothing is."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        with work.as_system("sign_in"):
            found = work.session.execute(_OPENING.where(EmergencyOpening.member_id == actor.member_id)).first()
        if found is None:
            raise NotFound
        _end(work, found)
        work.commit()


def end_over() -> int:
    """End everything whose time is over; gives how much that was. Running it twice at once ends nothing twice."""
    with unit_of_work.write(system_actor("sign_in")) as work:
        over = work.session.execute(_OPENING.where(EmergencyOpening.ends_at <= work.now)).all()
        for found in over:
            _end(work, found)
        if over:
            work.commit()
        return len(over)


def keep_on(work: Work, case_id: UUID, member_id: UUID) -> None:
    """Who is assigned to what she has opened in an emergency keeps it, and does not only read."""
    hers = (EmergencyOpening.case_id == case_id, EmergencyOpening.member_id == member_id)
    work.change(update(EmergencyOpening).where(*hers, EmergencyOpening.ended_at.is_(None)).values(ended_at=work.now))


def _end(work: Work, found: Any) -> None:
    with work.as_system("sign_in"):
        stands = (EmergencyOpening.id == found.id, EmergencyOpening.ended_at.is_(None))
        if work.change(update(EmergencyOpening).where(*stands).values(ended_at=work.now)) == 0:
            return
    with work.answering_for(found.agency_id, member_id=None, stands_for=frozenset[UUID]()):
        hers = (CaseStaff.id == found.staff_id, CaseStaff.ended_at.is_(None))
        work.change(update(CaseStaff).where(*hers).values(ended_at=work.now))
        supervisor = Role.AGENCY_SUPERVISOR.value
        tell(work, [Telling(found.agency_id, "emergency:ended", found.case_id, role=supervisor)])
    work.audit("emergency:ended", found.case_id, emergency=found.id, member=found.member_id)
