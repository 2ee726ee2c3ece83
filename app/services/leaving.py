"""Leaving at high risk: her wish, the approvals that are asked, the safety plan that is offered.

An approval binds nobody. Where one is missing or refused and she wishes to leave, her house's supervisor and the agency
that leads the case are told; where she has left without, they are told too. Nothing stops the record that she leaves.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Conflict, Invalid, NotFound
from app.models.leaving import ExitApproval, ExitWish, SafetyOffer
from app.models.placement import Stay
from app.queries import leaving as query
from app.queries.leaving import ApprovalRow, Exit
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.case_keys import unwrap_keys
from app.services.notices import Telling, tell
from app.services.stays import find_open, through
from app.services.unapproved import is_unapproved, tellings_of
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from app.vocabulary import catalog

TABLE = ExitWish.__tablename__
ROLES = {"police": "investigator", "prosecution": "prosecutor"}


@dataclass(frozen=True)
class ExitPage:
    """What a house sees of it: with her own words, where the case is open to the house."""

    stay_id: UUID
    has_left: bool
    leaving: Exit
    words: str


def page(work: Work, stay_id: UUID) -> Looked[ExitPage]:
    """The page of a stay of the house, also of one that has ended; raises NotFound for any other."""
    stay = _own(work, stay_id)
    found = query.of_stay(work.session, work.actor, stay_id, stay.case_id)
    shown = ExitPage(stay_id, stay.left_on is not None, found, _words(work, stay, found))
    return Looked(shown, stay.case_id, detail={"stay": str(stay_id)})


def _words(work: Work, stay: Stay, found: Exit) -> str:
    if found.wish is None or found.wish.words is None:
        return ""
    try:
        known = find_standing(work, stay.case_id)
        keys = unwrap_keys(work, stay.case_id, known.identity_key, known.content_key)
    except NotFound:
        return ""
    return str(work.vault.open(keys.content, found.wish.words, TABLE, "words", found.wish.id))


def offer_is_due(actor: Actor, stay_id: UUID) -> bool:
    """Whether she has left at high risk and nobody has recorded that a safety plan was offered."""
    with unit_of_work.read(actor) as work:
        stay = _own(work, stay_id)
        found = query.of_stay(work.session, actor, stay_id, stay.case_id)
        return stay.left_on is not None and found.is_high and found.offer is None


def record_wish(
    actor: Actor, stay_id: UUID, wish: str, words: str = "", said_on: date | None = None, once: Once | None = None
) -> None:
    """Record what she says of leaving, her words sealed with the case.

    Raises NotFound for a stay that is not open or not the house's, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        stay, on = find_open(work, stay_id), said_on or work.today
        if wish not in catalog.get("exit_wish"):
            raise Invalid({"wish": "unknown_choice"})
        if on > work.today:
            raise Invalid({"said_on": "date_in_future"})
        wish_id = uuid4()
        row = {"id": wish_id, "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id, "wish": wish}
        author = {"said_on": on, "recorded_by_id": actor.member_id, "recorded_at": work.now}
        sealed = through(work, stay, lambda known: _seal(work, known, wish_id, words))
        work.session.execute(insert(ExitWish), [row | author | {"words": sealed}])
        if wish == "leave":
            through(work, stay, lambda known: _escalate(work, known, stay.id, stay.agency_id))
        work.audit("exit:wish", stay.case_id, stay=stay.id)
        work.commit()


def _seal(work: Work, known: Standing, wish_id: UUID, words: str) -> bytes | None:
    if not words.strip():
        return None
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    return work.vault.seal(keys.content, words, TABLE, "words", wish_id)


def ask(actor: Actor, stay_id: UUID, once: Once | None = None) -> int:
    """Ask police and prosecution, where they are parties and have neither approved nor a question waiting; how many.

    Nobody is told of a case who is no party to it. Raises NotFound for a stay that is not open, not the house's, or of
    a case that is not open to it, Conflict("nobody_to_ask").
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return 0
        stay = find_open(work, stay_id)
        known = find_standing(work, stay.case_id)
        kinds = query.of_stay(work.session, actor, stay_id, stay.case_id).to_ask
        asked = [party for party in known.parties if party.agency_kind in kinds]
        if not asked:
            raise Conflict("nobody_to_ask")
        rows = [
            {
                "id": uuid4(),
                "case_id": stay.case_id,
                "agency_id": stay.agency_id,
                "stay_id": stay.id,
                "asked_agency_id": party.agency_id,
                "asked_kind": party.agency_kind,
                "asked_by_id": actor.member_id,
                "asked_at": work.now,
            }
            for party in asked
        ]
        work.session.execute(insert(ExitApproval), rows)
        tell(
            work,
            [Telling(one.agency_id, "exit:asked", stay.case_id, ROLES[one.agency_kind]) for one in asked],
        )
        work.audit("exit:asked", stay.case_id, stay=stay.id, asked=len(asked))
        work.commit()
        return len(asked)


def asked_of(work: Work) -> Looked[list[ApprovalRow]]:
    """What the actor's agency was asked."""
    found = query.asked_of(work.session, work.actor)
    return Looked(found, shown=[one.case_id for one in found])


def question(work: Work, approval_id: UUID) -> Looked[ApprovalRow]:
    """One question to the actor's agency; raises NotFound for any other."""
    found = query.one(work.session, work.actor, approval_id)
    if found is None:
        raise NotFound
    return Looked(found, found.case_id, detail={"approval": str(approval_id)})


def answer(
    actor: Actor,
    approval_id: UUID,
    is_approved: bool | None,
    reason: str,
    answered_on: date | None = None,
    once: Once | None = None,
) -> None:
    """Answer for the police or the prosecution, once: another answer is asked anew.

    Raises NotFound, Conflict("exit_answered"), Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        found, on = question(work, approval_id).found, answered_on or work.today
        if is_approved is None:
            raise Invalid({"is_approved": "required"})
        if reason not in catalog.get("exit_answer_reason"):
            raise Invalid({"reason": "unknown_choice"})
        if on > work.today:
            raise Invalid({"answered_on": "date_in_future"})
        said = {"is_approved": is_approved, "reason": reason, "answered_on": on, "answered_by_id": actor.member_id}
        unanswered = (ExitApproval.id == approval_id, ExitApproval.is_approved.is_(None))
        if work.change(update(ExitApproval).where(*unanswered).values(**said, recorded_at=work.now)) == 0:
            raise Conflict("exit_answered")
        _tell_house(work, found, is_approved=is_approved)
        work.audit("exit:answered", found.case_id, approval=approval_id, approved=is_approved)
        work.commit()


def _tell_house(work: Work, found: ApprovalRow, *, is_approved: bool) -> None:
    """The house is told of any answer; of a refusal against her wish its supervisor and the lead agency too."""
    house = work.session.execute(select(ExitApproval.agency_id).where(ExitApproval.id == found.id)).scalar_one()
    tell(work, [Telling(house, "exit:answered", found.case_id, "shelter_coordinator")])
    if not is_approved and query.wishes_to_leave(work.session, work.actor, found.stay_id):
        _escalate(work, find_standing(work, found.case_id), found.stay_id, house)


def _escalate(work: Work, known: Standing, stay_id: UUID, house_id: UUID) -> None:
    if is_unapproved(work, known, stay_id):
        tell(work, tellings_of(known, house_id, "exit:conflict"))


def record_offer(
    actor: Actor, stay_id: UUID, answer_code: str, offered_on: date | None = None, once: Once | None = None
) -> None:
    """Record that a safety plan was offered, before or after she left, and what she said.

    Raises NotFound for a stay that is not the house's, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        stay, on = _own(work, stay_id), offered_on or work.today
        if answer_code not in catalog.get("safety_offer_answer"):
            raise Invalid({"answer": "unknown_choice"})
        if on > work.today:
            raise Invalid({"offered_on": "date_in_future"})
        row = {"id": uuid4(), "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id}
        said = {"answer": answer_code, "offered_on": on, "recorded_by_id": actor.member_id, "recorded_at": work.now}
        work.session.execute(insert(SafetyOffer), [row | said])
        work.audit("exit:safety_offered", stay.case_id, stay=stay.id)
        work.commit()


def _own(work: Work, stay_id: UUID) -> Stay:
    own = select(Stay).where(Stay.id == stay_id, Stay.agency_id == work.actor.agency_id)
    stay = work.session.execute(own).scalar_one_or_none()
    if stay is None:
        raise NotFound
    return stay
