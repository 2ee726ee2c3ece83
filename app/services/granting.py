"""The grant of a role: asked by an administrator, given once another person has approved it, and seen by the agency."""

import json
from collections.abc import Iterable
from uuid import UUID

from app.errors import Conflict, Refusal
from app.models.agency import Agency, Member
from app.models.approval import Approval
from app.security.policy import ROLES_OF_KIND
from app.services import approvals, role_changes
from app.services.approvals import Asking
from app.services.unit_of_work import Work

KIND = "role"


def ask(work: Work, member: Member, gives: Iterable[str], takes: Iterable[str] = ()) -> None:
    """Ask that a member be given roles, and that those she has in their place be taken with it.

    Where nobody else is asked, for the control of the tests, they are hers at once. Raises as `approvals.ask` does.
    """
    asked = {"gives": sorted(gives), "takes": sorted(takes)}
    if not work.parts.two_give_a_role:
        _carry_out(work, member, asked)
        return
    approvals.ask(work, Asking(KIND, member.agency_id, member.id, asked))


def carry_out(work: Work, approval: Approval) -> None:
    """Give exactly the roles that were approved, as far as the person and her agency are still there for them.

    Raises Conflict("approval_outdated") and what `role_changes.replace` raises.
    """
    assert approval.subject_id is not None  # noqa: S101 - asked about a member
    member, kind = role_changes.find(work, approval.subject_id)
    asked = json.loads(approval.asked)
    agency = work.session.get(Agency, member.agency_id)
    stands = member.is_active and agency is not None and agency.is_active and member.agency_id == approval.agency_id
    if not stands or not set(asked["gives"]) <= set(ROLES_OF_KIND.get(kind, ())):
        raise Conflict("approval_outdated")
    _carry_out(work, member, asked)


def _carry_out(work: Work, member: Member, asked: dict[str, list[str]]) -> None:
    before = role_changes.roles_of(work, member.id)
    after = (before - set(asked["takes"])) | set(asked["gives"])
    role_changes.replace(work, member, before, after)
    work.audit("member:roles_given", member=member.id, agency=member.agency_id, roles=sorted(after))


def refuse_to_oneself(work: Work, member_id: UUID) -> None:
    """Nobody gives herself a role: that she tried is written down, and it is refused. Raises Refusal."""
    if member_id == work.actor.member_id and work.parts.two_give_a_role:
        work.audit("approval:refused_to_oneself", member=member_id)
        work.commit()
        raise Refusal("not_to_yourself")
