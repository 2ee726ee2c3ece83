"""Who works on a case inside an agency, who stands in for whom, and who is barred: the agency supervisor's acts.

Row-level security and the scope hold her to her own agency and to cases that are open to her.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from app.errors import Forbidden, Invalid, NotFound, Refusal
from app.models.agency import Cover, Member, MemberRole
from app.models.case import CaseBar, CaseStaff
from app.queries import caseload
from app.queries.caseload import CaseRow
from app.security.actor import Actor
from app.security.policy import CASE_ROLES, allows
from app.services import unit_of_work
from app.services.case_keys import open_keys
from app.services.emergency_ends import keep_on
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work

LONGEST_COVER = timedelta(days=366)


@dataclass(frozen=True)
class NewCover:
    """Someone stands in for a colleague, both days included."""

    member_id: UUID
    covered_by_id: UUID
    from_on: date
    to_on: date


@dataclass(frozen=True)
class HandedOver:
    """How many of a colleague's cases changed hands, and how many could not."""

    moved: int
    kept: int


def assign(actor: Actor, case_id: UUID, member_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Let a member of the agency work on a case; she is told. Raises NotFound, Forbidden, Invalid by field."""
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id)}
        if work.once(once, made) is not None:
            return made
        find(work, case_id)
        if is_barred(work, case_id, member_id):
            raise Invalid({"member": "barred_from_this"})
        _put_on(work, case_id, _colleague(work, member_id, "member").id)
        work.audit("case:assigned", case_id, member=member_id)
        work.commit()
        return made


def release(actor: Actor, case_id: UUID, member_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Take a member off a case; it may then be nobody's, and stands so in the caseload. Raises NotFound, Forbidden."""
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id)}
        if work.once(once, made) is not None:
            return made
        find(work, case_id)
        if _take_off(work, case_id, member_id) == 0:
            raise NotFound
        work.audit("case:released", case_id, member=member_id)
        work.commit()
        return made


def hand_over(actor: Actor, from_id: UUID, to_id: UUID, once: Once | None = None) -> HandedOver:
    """Give all open cases of one member to another, but those from which the other is barred.

    Raises NotFound, Forbidden, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        _require_supervisor(work)
        known = work.session.get(Member, from_id)
        if known is None or known.agency_id != actor.agency_id:
            raise NotFound
        if work.once(once, {"member_id": str(from_id)}) is not None:
            return HandedOver(0, 0)
        if to_id == from_id:
            raise Invalid({"member": "same_member"})
        to = _colleague(work, to_id, "member")
        hers = _open_cases_of(work, from_id)
        moved = [case_id for case_id in hers if not is_barred(work, case_id, to_id)]
        for case_id in moved:
            _take_off(work, case_id, from_id)
            _put_on(work, case_id, to.id)
            work.audit("case:assigned", case_id, member=to_id, before=from_id)
        if moved:
            work.commit()
        return HandedOver(len(moved), len(hers) - len(moved))


def _open_cases_of(work: Work, member_id: UUID) -> list[UUID]:
    found: list[UUID] = []
    after = None
    while rows := caseload.open_cases(work.session, work.actor, member_id=member_id, after=after):
        found += [row.case_id for row in rows]
        after = (rows[-1].opened_on, rows[-1].case_id)
    return found


def find(work: Work, case_id: UUID) -> CaseRow:
    """A case of which the supervisor's agency is a party now. Raises NotFound, Forbidden for who does not supervise."""
    _require_supervisor(work)
    found = caseload.one_case(work.session, work.actor, case_id)
    if found is None:
        raise NotFound
    return found


def _require_supervisor(work: Work) -> None:
    if not allows(work.actor.roles, "case:assign"):
        raise Forbidden("wrong_role")


def _colleague(work: Work, member_id: UUID, field: str) -> Member:
    """A member of the agency who works there now with a role that sees cases; raises Invalid at the field."""
    role = select(MemberRole.role).where(MemberRole.member_id == member_id, MemberRole.role.in_(sorted(CASE_ROLES)))
    member = work.session.get(Member, member_id)
    if member is None or member.agency_id != work.actor.agency_id or not member.is_active:
        raise Invalid({field: "not_of_agency"})
    if work.session.execute(role.limit(1)).first() is None:
        raise Invalid({field: "not_of_agency"})
    return member


def is_barred(work: Work, case_id: UUID, member_id: UUID) -> bool:
    """Whether a bar of the agency stands against a member in a case."""
    bar = select(CaseBar.id).where(
        CaseBar.case_id == case_id, CaseBar.member_id == member_id, CaseBar.lifted_at.is_(None)
    )
    return work.session.execute(bar.limit(1)).first() is not None


def _put_on(work: Work, case_id: UUID, member_id: UUID) -> None:
    live = select(CaseStaff.id).where(
        CaseStaff.case_id == case_id, CaseStaff.member_id == member_id, CaseStaff.ended_at.is_(None)
    )
    if work.session.execute(live).first() is not None:
        keep_on(work, case_id, member_id)
        return
    agency_id = work.actor.agency_id
    assert agency_id is not None  # noqa: S101 - supervisors have an agency
    row = {"case_id": case_id, "agency_id": agency_id, "member_id": member_id, "since": work.now}
    work.session.execute(insert(CaseStaff), [{"id": uuid4(), **row}])
    if member_id != work.actor.member_id:
        tell(work, [Telling(agency_id, "case:assigned", case_id, member_id=member_id)])


def _take_off(work: Work, case_id: UUID, member_id: UUID) -> int:
    return work.change(
        update(CaseStaff)
        .where(CaseStaff.case_id == case_id, CaseStaff.member_id == member_id, CaseStaff.ended_at.is_(None))
        .where(CaseStaff.agency_id == work.actor.agency_id)
        .values(ended_at=work.now)
    )


def bar(actor: Actor, case_id: UUID, member_id: UUID, reason: str, once: Once | None = None) -> dict[str, str]:
    """Bar a member from a case, above every other right of hers; she does not learn of it.

    Raises NotFound, Forbidden, Invalid by field, Refusal("bar_not_yourself").
    """
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id)}
        if work.once(once, made) is not None:
            return made
        find(work, case_id)
        if not reason.strip():
            raise Invalid({"reason": "required"})
        if member_id == actor.member_id:
            raise Refusal("bar_not_yourself")
        member = work.session.get(Member, member_id)
        if member is None or member.agency_id != actor.agency_id:
            raise Invalid({"barred": "not_of_agency"})
        if is_barred(work, case_id, member_id):
            raise Invalid({"barred": "barred_already"})
        bar_id, keys = uuid4(), open_keys(work, case_id)
        row = {
            "id": bar_id,
            "case_id": case_id,
            "agency_id": actor.agency_id,
            "member_id": member_id,
            "set_by_id": actor.member_id,
            "set_at": work.now,
            "reason": work.vault.seal(keys.content, reason, "case_bar", "reason", bar_id),
        }
        work.session.execute(insert(CaseBar), [row])
        _take_off(work, case_id, member_id)
        work.audit("bar:set", case_id, bar=bar_id, member=member_id)
        work.commit()
        return made


def lift_bar(actor: Actor, bar_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Lift a bar; the case does not become hers again by that. Gives the case. Raises NotFound, Forbidden."""
    with unit_of_work.write(actor) as work:
        _require_supervisor(work)
        found = work.session.get(CaseBar, bar_id)
        if found is None:
            raise NotFound
        made = {"case_id": str(found.case_id)}
        if work.once(once, made) is not None:
            return made
        work.change(update(CaseBar).where(CaseBar.id == bar_id, CaseBar.lifted_at.is_(None)).values(lifted_at=work.now))
        work.audit("bar:lifted", found.case_id, bar=bar_id, member=found.member_id)
        work.commit()
        return made


def cover(actor: Actor, new: NewCover, once: Once | None = None) -> dict[str, str]:
    """Let a member stand in for a colleague between two days; it ends by itself. Raises Forbidden, Invalid by field."""
    with unit_of_work.write(actor) as work:
        _require_supervisor(work)
        cover_id = uuid4()
        made = {"cover_id": str(cover_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        _check_cover(work, new)
        agency_id = _colleague(work, new.member_id, "member").agency_id
        _colleague(work, new.covered_by_id, "covered_by")
        row = {"member_id": new.member_id, "covered_by_id": new.covered_by_id}
        days = {"from_on": new.from_on, "to_on": new.to_on}
        work.session.execute(insert(Cover), [{"id": cover_id, "agency_id": agency_id, **row, **days}])
        tell(work, [Telling(agency_id, "cover:set", member_id=new.covered_by_id)])
        work.audit("cover:set", cover=cover_id, member=new.member_id, by=new.covered_by_id)
        work.commit()
        return made


def _check_cover(work: Work, new: NewCover) -> None:
    faults = {}
    if new.covered_by_id == new.member_id:
        faults["covered_by"] = "same_member"
    if new.to_on < new.from_on:
        faults["to_on"] = "ends_before_start"
    elif new.to_on < work.today:
        faults["to_on"] = "already_over"
    elif new.to_on - new.from_on > LONGEST_COVER:
        faults["to_on"] = "cover_too_long"
    if faults:
        raise Invalid(faults)


def end_cover(actor: Actor, cover_id: UUID, once: Once | None = None) -> None:
    """End a cover now; one of today alone, or that has not begun, is as if it had never been. Raises NotFound."""
    with unit_of_work.write(actor) as work:
        _require_supervisor(work)
        found = work.session.get(Cover, cover_id)
        if once is not None and work.earlier(once) is not None:
            return
        if found is None or found.agency_id != actor.agency_id:
            raise NotFound
        work.once(once, {"cover_id": str(cover_id)})
        if found.from_on >= work.today:
            work.change(delete(Cover).where(Cover.id == cover_id))
        elif found.to_on >= work.today:
            yesterday = work.today - timedelta(days=1)
            work.change(update(Cover).where(Cover.id == cover_id).values(to_on=yesterday))
        work.audit("cover:ended", cover=cover_id, member=found.member_id, by=found.covered_by_id)
        work.commit()
