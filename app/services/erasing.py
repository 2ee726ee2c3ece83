"""Erasing a closed case: asked by one member of the agency that leads it, done by its supervisor, another person.

The keys of the case are destroyed, and with them in one transaction tokens, links' evidence, imported rows, drafts,
stored answers and all that was sealed. What stays is a record without a name, which person it was, coarse dimensions,
and days cut to the month (decision 10). The nights of its stays are kept by month: a month's bed-nights stay the same;
its arrivals, departures and lengths of stay are told no more.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.case import Case
from app.models.erasure import Erasure, KeptNights
from app.queries import kept_nights
from app.queries.kept_nights import Slept
from app.security.actor import Actor
from app.services import erased_rows, unit_of_work, unsent
from app.services.notices import Telling, tell
from app.services.retention import refuse_held
from app.services.unit_of_work import Once, Work
from app.vocabulary import catalog
from app.vocabulary.role import Role


def ask(actor: Actor, case_id: UUID, reason: str, once: Once | None = None) -> dict[str, str]:
    """Ask that a closed case be erased; the supervisor is told.

    Raises NotFound for a case that the actor's agency does not lead or she may not see, Invalid by field,
    Conflict("not_closed", "erasure_asked", "under_hold").
    """
    with unit_of_work.write(actor) as work:
        erasure_id = uuid4()
        made = {"erasure_id": str(erasure_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        _closed(work, case_id)
        refuse_held(work, case_id)
        if reason not in catalog.get("erasure_reason"):
            raise Invalid({"reason": "unknown_choice"})
        standing = select(Erasure.id).where(Erasure.case_id == case_id, Erasure.state != "refused")
        if work.session.execute(standing).first() is not None:
            raise Conflict("erasure_asked")
        assert actor.agency_id is not None  # noqa: S101 - members have an agency
        row = {"id": erasure_id, "case_id": case_id, "agency_id": actor.agency_id, "reason": reason}
        row |= {"state": "asked", "asked_by_id": actor.member_id, "asked_at": work.now}
        write(work, [row])
        tell(work, [Telling(actor.agency_id, "erasure:asked", case_id, role=Role.AGENCY_SUPERVISOR)])
        work.audit("case:erasure_asked", case_id, erasure=erasure_id, reason=reason)
        work.commit()
        return made


def write(work: Work, rows: list[dict[str, Any]]) -> None:
    """Write down what is asked. Raises Conflict("erasure_asked") where somebody else asks at this moment."""
    try:
        work.session.execute(insert(Erasure), rows)
    except IntegrityError:
        raise Conflict("erasure_asked") from None


def refuse(actor: Actor, erasure_id: UUID, once: Once | None = None) -> None:
    """Say no: the case stays. Raises as `approve` does."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        erasure = _asked(work, erasure_id)
        _decide(work, erasure, "refused")
        work.audit("case:erasure_refused", erasure.case_id, erasure=erasure_id)
        work.commit()


def approve(actor: Actor, erasure_id: UUID, once: Once | None = None) -> None:
    """Erase: there is no way back.

    Raises NotFound for what was not asked in the actor's agency, Forbidden for one who is no supervisor or who asked
    herself, Conflict("not_closed", "under_hold") where the case was reopened or a hold was placed meanwhile.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        erasure = _asked(work, erasure_id)
        _closed(work, erasure.case_id)
        refuse_held(work, erasure.case_id)
        _decide(work, erasure, "done")
        nights = _keep_nights(work, erasure.case_id)
        unsent.forget_case(work, erasure.case_id)
        if work.is_postgresql:
            work.session.connection().execute(text("SELECT erase_case(:id)"), {"id": erasure_id})
        else:
            erased_rows.erase(work, erasure.case_id)
        work.audit("case:erased", erasure.case_id, erasure=erasure_id, nights=nights)
        work.commit()


def _closed(work: Work, case_id: UUID) -> None:
    found = work.session.execute(select(Case.status, Case.lead_agency_id).where(Case.id == case_id)).first()
    if found is None or found.lead_agency_id != work.actor.agency_id:
        raise NotFound
    if found.status != "closed":
        raise Conflict("not_closed")


def _asked(work: Work, erasure_id: UUID) -> Erasure:
    own = (Erasure.id == erasure_id, Erasure.agency_id == work.actor.agency_id, Erasure.state == "asked")
    erasure = work.session.execute(select(Erasure).where(*own)).scalar_one_or_none()
    if erasure is None:
        raise NotFound
    if not work.actor.has(Role.AGENCY_SUPERVISOR) or erasure.asked_by_id == work.actor.member_id:
        raise Forbidden("another_decides")
    return erasure


def _decide(work: Work, erasure: Erasure, state: str) -> None:
    """Raises NotFound where another supervisor decided while this one was reading."""
    decided = {"state": state, "decided_by_id": work.actor.member_id, "decided_at": work.now}
    standing = (Erasure.id == erasure.id, Erasure.state == "asked")
    if work.change(update(Erasure).where(*standing).values(**decided)) == 0:
        raise NotFound


def _keep_nights(work: Work, case_id: UUID) -> int:
    """Write the nights of the case's stays by month, and of the children who came along; gives how many they were.

    Those that another record of the person slept as well are that record's, for who counts a person once.
    """
    with work.as_system("statistics"):
        found = kept_nights.of_person(work.session, work.actor, case_id)
        own = [one for one in found if one.case_id == case_id]
        others = [one for one in found if one.case_id != case_id]
        rows = [row for one in own for row in _kept(one, others, work.today)]
        children = kept_nights.of_children(work.session, work.actor, case_id)
        rows += [row for child in children for row in _kept(child, (), work.today)]
        if rows:
            work.session.execute(insert(KeptNights), rows)
    return sum(row["nights"] for row in rows)


def _kept(stay: Slept, others: Iterable[Slept], today: date) -> list[dict[str, Any]]:
    """By month; a stay of no night has a row of none, which says that its days are told no more."""
    nights, here, anywhere = stay.nights(today), set[date](), set[date]()
    for other in (one for one in others if one.is_cot == stay.is_cot):
        anywhere |= other.nights(today)
        here |= other.nights(today) if other.agency_id == stay.agency_id else set()
    counts = [Counter(night.replace(day=1) for night in kept) for kept in (nights, nights - here, nights - anywhere)]
    of = {"agency_id": stay.agency_id, "stay_id": stay.stay_id, "record_id": stay.record_id, "is_cot": stay.is_cot}
    return [
        {"id": uuid4(), "month": month, "nights": number, "once_here": counts[1][month], "once": counts[2][month], **of}
        for month, number in (counts[0] or {stay.arrived_on.replace(day=1): 0}).items()
    ]
