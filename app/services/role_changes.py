"""What becomes of a member whose roles change: her sessions, her open cases, and who must not be lost."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from app.errors import NotFound, Refusal
from app.models.agency import Agency, Member, MemberRole
from app.models.case import CaseParty, CaseStaff
from app.models.workflow import Referral
from app.security.policy import STEP_TAKERS
from app.services.agencies import NOT_OPEN, carries_cases
from app.services.notices import Telling, tell
from app.services.signed_in import end_all_of
from app.services.unit_of_work import Work
from app.vocabulary.role import Role


def find(work: Work, member_id: UUID) -> tuple[Member, str]:
    """A person and the kind of her agency; raises NotFound."""
    row = work.session.execute(
        select(Member, Agency.kind).join(Agency, Agency.id == Member.agency_id).where(Member.id == member_id)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def roles_of(work: Work, member_id: UUID) -> set[str]:
    """The roles that a member has."""
    return set(work.session.execute(select(MemberRole.role).where(MemberRole.member_id == member_id)).scalars())


def replace(work: Work, member: Member, before: set[str], after: set[str]) -> None:
    """Write the roles that a member has from now on; where they differ she is signed out and signs in anew.

    Without a role that takes steps her open cases go to the agency's queue. Raises Refusal("last_supervisor",
    "last_administrator").
    """
    if before == after:
        return
    refuse_last(work, member, lost=before - after)
    gone, fresh = sorted(before - after), sorted(after - before)
    # What gives a role is the approval of a second person: nobody writes one in her own name.
    with work.as_system("setup"):
        if gone:
            work.change(delete(MemberRole).where(MemberRole.member_id == member.id, MemberRole.role.in_(gone)))
        if fresh:
            work.session.execute(insert(MemberRole), [{"member_id": member.id, "role": role} for role in fresh])
    end_all_of(work, member.id)
    if before & STEP_TAKERS and not after & STEP_TAKERS:
        release(work, member)


def refuse_last(work: Work, member: Member, lost: Iterable[str]) -> None:
    """No agency with open cases without a supervisor, no system without an administrator."""
    if Role.ADMINISTRATOR in lost and _others(work, member, Role.ADMINISTRATOR) == 0:
        raise Refusal("last_administrator")
    if Role.AGENCY_SUPERVISOR in lost:
        refuse_unowned(work, member)


def refuse_unowned(work: Work, member: Member) -> None:
    """Raise Refusal("last_supervisor") where without her an agency with open cases has no supervisor."""
    alone = _others(work, member, Role.AGENCY_SUPERVISOR, member.agency_id) == 0
    if alone and carries_cases(work, member.agency_id):
        raise Refusal("last_supervisor")


def _others(work: Work, member: Member, role: Role, agency_id: UUID | None = None) -> int:
    """How many other active members have the role, of the agency where one is named."""
    found = (
        select(func.count())
        .select_from(Member)
        .join(MemberRole, MemberRole.member_id == Member.id)
        .where(MemberRole.role == role.value, Member.is_active.is_(True), Member.id != member.id)
    )
    if agency_id is not None:
        found = found.where(Member.agency_id == agency_id)
    number: int = work.session.execute(found).scalar_one()
    return number


def release(work: Work, member: Member) -> None:
    """Her open cases have nobody now but whoever else is assigned; what she had claimed can be claimed again."""
    with work.answering_for(member.agency_id):
        open_case = select(CaseParty.case_id).where(
            CaseParty.case_id == CaseStaff.case_id,
            CaseParty.agency_id == member.agency_id,
            CaseParty.ended_at.is_(None),
            CaseParty.case_state.not_in(NOT_OPEN),
        )
        hers = (CaseStaff.member_id == member.id, CaseStaff.ended_at.is_(None))
        left = work.change(update(CaseStaff).where(*hers, open_case.exists()).values(ended_at=work.now))
        left += work.change(
            update(Referral)
            .where(
                Referral.to_agency_id == member.agency_id,
                Referral.claimed_by_id == member.id,
                Referral.state == "claimed",
            )
            .values(state="seen", claimed_by_id=None, claimed_at=None)
        )
        if left:
            tell(work, [Telling(member.agency_id, "member:left", role=Role.AGENCY_SUPERVISOR.value)])
