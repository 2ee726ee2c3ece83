"""What an administrator does with people: adds them, changes their roles, lets them go. First passwords are made here.

She sees no case: what becomes of a leaver's cases is settled through the agency's own standing, and told to its
supervisor alone.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update

from app.errors import Invalid, NotFound, Refusal
from app.models.agency import Agency, DutyShift, Member, MemberRole, SignInSession
from app.models.case import CaseParty, CaseStaff
from app.models.workflow import Referral
from app.security.actor import Actor
from app.security.policy import ROLES_OF_KIND, STEP_TAKERS
from app.services import unit_of_work
from app.services.accounts import set_secret
from app.services.administration import NewMember, add_member
from app.services.agencies import NOT_OPEN, carries_cases
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.vocabulary.role import Role

SIGN_IN = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
SHORTEST, LONGEST = 3, 40
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 5


@dataclass(frozen=True)
class Profile:
    """What can be changed of a person."""

    name: str
    roles: tuple[str, ...]
    sex: str = "unknown"
    language: str = "en"
    duty_phone: str | None = None


@dataclass(frozen=True)
class Admitted:
    """Who was given a first password; `password` is None where the same form had been sent before."""

    member_id: UUID
    password: str | None


def new_password() -> str:
    """A first password that nobody chose: twenty letters and digits in four groups."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def add(actor: Actor, agency_id: UUID, sign_in: str, profile: Profile, once: Once | None = None) -> Admitted:
    """Add a person to an agency with roles that its kind has. Raises NotFound, Invalid by field."""
    with unit_of_work.write(actor) as work:
        member_id, password = uuid4(), new_password()
        earlier = work.once(once, {"member_id": str(member_id)})
        if earlier is not None:
            return Admitted(UUID(earlier["member_id"]), None)
        agency = work.session.get(Agency, agency_id)
        if agency is None or not agency.is_active:
            raise NotFound
        wanted = sign_in.strip().lower()
        _check(work, agency.kind, profile, wanted)
        new = NewMember(
            wanted, profile.name, profile.roles, password, profile.language, profile.sex, profile.duty_phone, True
        )
        add_member(work, agency_id, new, member_id)
        work.audit("member:added", member=member_id, agency=agency_id, roles=sorted(profile.roles))
        work.commit()
        return Admitted(member_id, password)


def _check(work: Work, kind: str, profile: Profile, sign_in: str | None = None) -> None:
    faults = {}
    if not profile.roles or not set(profile.roles) <= set(ROLES_OF_KIND.get(kind, ())):
        faults["roles"] = "role_not_of_agency"
    if sign_in is not None:
        if not (SHORTEST <= len(sign_in) <= LONGEST and SIGN_IN.fullmatch(sign_in)):
            faults["sign_in"] = "sign_in_shape"
        elif work.session.execute(select(Member.id).where(Member.sign_in == sign_in)).first():
            faults["sign_in"] = "sign_in_taken"
    if faults:
        raise Invalid(faults)


def change(actor: Actor, member_id: UUID, profile: Profile, once: Once | None = None) -> dict[str, str]:
    """Change a person's name, roles and the like; the roles hold from her next click on.

    Without a role that takes steps her open cases go to the agency's queue. Raises NotFound, Invalid by field,
    Refusal("last_supervisor"), Refusal("last_administrator").
    """
    with unit_of_work.write(actor) as work:
        made = {"member_id": str(member_id)}
        if work.once(once, made) is not None:
            return made
        member, kind = find(work, member_id)
        _check(work, kind, profile)
        before, after = _roles(work, member_id), set(profile.roles)
        _refuse_last(work, member, lost=before - after)
        _set_roles(work, member_id, before, after)
        values = {name: getattr(profile, name) for name in ("name", "sex", "language", "duty_phone")}
        work.change(update(Member).where(Member.id == member_id).values(**values))
        if before & STEP_TAKERS and not after & STEP_TAKERS:
            _release(work, member)
        work.audit("member:changed", member=member_id, roles=sorted(after))
        work.commit()
        return made


def find(work: Work, member_id: UUID) -> tuple[Member, str]:
    """A person and the kind of her agency; raises NotFound."""
    row = work.session.execute(
        select(Member, Agency.kind).join(Agency, Agency.id == Member.agency_id).where(Member.id == member_id)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _roles(work: Work, member_id: UUID) -> set[str]:
    return set(work.session.execute(select(MemberRole.role).where(MemberRole.member_id == member_id)).scalars())


def _set_roles(work: Work, member_id: UUID, before: set[str], after: set[str]) -> None:
    gone, fresh = sorted(before - after), sorted(after - before)
    if gone:
        work.change(delete(MemberRole).where(MemberRole.member_id == member_id, MemberRole.role.in_(gone)))
    if fresh:
        work.session.execute(insert(MemberRole), [{"member_id": member_id, "role": role} for role in fresh])


def _refuse_last(work: Work, member: Member, lost: Iterable[str]) -> None:
    """No agency with open cases without a supervisor, no system without an administrator."""
    if Role.ADMINISTRATOR in lost and _others(work, member, Role.ADMINISTRATOR) == 0:
        raise Refusal("last_administrator")
    if Role.AGENCY_SUPERVISOR in lost:
        _refuse_unowned(work, member)


def _refuse_unowned(work: Work, member: Member) -> None:
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


def deactivate(actor: Actor, member_id: UUID, once: Once | None = None) -> UUID:
    """Let a person go: her sessions end at once, her open cases and claimed referrals go back to the agency's queue.

    Gives her agency. Raises NotFound, Refusal("not_yourself"), ("last_supervisor"), ("last_administrator").
    """
    with unit_of_work.write(actor) as work:
        member, kind = find(work, member_id)
        if work.once(once, {"member_id": str(member_id)}) is not None:
            return member.agency_id
        if member_id == actor.member_id:
            raise Refusal("not_yourself")
        _refuse_last(work, member, lost=_roles(work, member_id) & {Role.ADMINISTRATOR})
        if Role.AGENCY_SUPERVISOR in ROLES_OF_KIND.get(kind, ()):
            _refuse_unowned(work, member)
        work.change(update(Member).where(Member.id == member_id).values(is_active=False))
        work.change(
            update(DutyShift)
            .where(DutyShift.member_id == member_id, DutyShift.starts_at < work.now)
            .where((DutyShift.ends_at.is_(None)) | (DutyShift.ends_at > work.now))
            .values(ends_at=work.now)
        )
        work.change(delete(DutyShift).where(DutyShift.member_id == member_id, DutyShift.starts_at >= work.now))
        _end_sessions(work, member_id)
        _release(work, member)
        work.audit("member:deactivated", member=member_id, agency=member.agency_id)
        work.commit()
        return member.agency_id


def _end_sessions(work: Work, member_id: UUID) -> None:
    with work.as_system("sign_in"):
        work.change(delete(SignInSession).where(SignInSession.member_id == member_id))


def _release(work: Work, member: Member) -> None:
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


def activate(actor: Actor, member_id: UUID, once: Once | None = None) -> Admitted:
    """Take a person back, with a fresh first password. Raises NotFound, Refusal("agency_is_closed")."""
    with unit_of_work.write(actor) as work:
        password = new_password()
        member, _ = find(work, member_id)
        if work.once(once, {"member_id": str(member_id)}) is not None:
            return Admitted(member_id, None)
        agency = work.session.get(Agency, member.agency_id)
        if agency is None or not agency.is_active:
            raise Refusal("agency_is_closed")
        work.change(update(Member).where(Member.id == member_id).values(is_active=True))
        _give(work, member_id, password)
        work.audit("member:activated", member=member_id)
        work.commit()
        return Admitted(member_id, password)


def renew_password(actor: Actor, member_id: UUID, once: Once | None = None) -> Admitted:
    """Give a person who lost hers a new first password; whoever is signed in with the old one is signed out.

    Raises NotFound, also for who was let go.
    """
    with unit_of_work.write(actor) as work:
        password = new_password()
        member, _ = find(work, member_id)
        if not member.is_active:
            raise NotFound
        if work.once(once, {"member_id": str(member_id)}) is not None:
            return Admitted(member_id, None)
        _give(work, member_id, password)
        _end_sessions(work, member_id)
        work.audit("member:password_renewed", member=member_id)
        work.commit()
        return Admitted(member_id, password)


def _give(work: Work, member_id: UUID, password: str) -> None:
    with work.as_system("sign_in"):
        set_secret(work, member_id, password, is_first=True)
