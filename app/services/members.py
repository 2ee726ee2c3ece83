"""What an administrator does with people: adds them, asks for their roles, invites them, lets them go.

She gives no role: that takes another person (`granting`). She sees no case: what becomes of a leaver's cases is settled
through the agency's own standing, and told to its supervisor alone.
"""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from app.errors import Invalid, NotFound, Refusal
from app.models.agency import Agency, DutyShift, Member, MemberSecret
from app.security.actor import Actor
from app.security.policy import ROLES_OF_KIND
from app.services import approvals, factors, granting, invitations, role_changes, unit_of_work
from app.services.administration import NewMember, add_member
from app.services.notices import Telling, tell, tell_member
from app.services.signed_in import end_all_of
from app.services.unit_of_work import Once, Work
from app.vocabulary.role import Role

SIGN_IN = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
SHORTEST, LONGEST = 3, 40


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
    """Who was given an invitation; it is None where the same form had been sent before."""

    member_id: UUID
    invitation: str | None


def add(actor: Actor, agency_id: UUID, sign_in: str, profile: Profile, once: Once | None = None) -> Admitted:
    """Add a person to an agency, and ask for the roles, which its kind has: she has none until another approves them.

    Raises NotFound, Invalid by field, Refusal("nobody_to_approve").
    """
    with unit_of_work.write(actor) as work:
        member_id = uuid4()
        earlier = work.once(once, {"member_id": str(member_id)})
        if earlier is not None:
            return Admitted(UUID(earlier["member_id"]), None)
        agency = work.session.get(Agency, agency_id)
        if agency is None or not agency.is_active:
            raise NotFound
        wanted = sign_in.strip().lower()
        _check(work, agency.kind, profile, wanted)
        new = NewMember(wanted, profile.name, (), None, profile.language, profile.sex, profile.duty_phone)
        add_member(work, agency_id, new, member_id)
        invitation = invitations.make(work, member_id)
        work.audit("member:added", member=member_id, agency=agency_id)
        granting.ask(work, role_changes.find(work, member_id)[0], profile.roles)
        work.commit()
        return Admitted(member_id, invitation)


def _check(work: Work, kind: str, profile: Profile, sign_in: str | None = None) -> None:
    faults = {}
    if not profile.roles or not set(profile.roles) <= set(ROLES_OF_KIND.get(kind, ())):
        faults["roles"] = "role_not_of_agency"
    if sign_in is not None:
        shape = sign_in_fault(sign_in)
        if shape:
            faults["sign_in"] = shape
        elif work.session.execute(select(Member.id).where(Member.sign_in == sign_in)).first():
            faults["sign_in"] = "sign_in_taken"
    if faults:
        raise Invalid(faults)


def sign_in_fault(sign_in: str) -> str | None:
    """Why nobody can sign in by such a name: the key of a phrase; None for one that fits."""
    fits = SHORTEST <= len(sign_in) <= LONGEST and SIGN_IN.fullmatch(sign_in)
    return None if fits else "sign_in_shape"


def change(actor: Actor, member_id: UUID, profile: Profile, once: Once | None = None) -> dict[str, str]:
    """Change a person's name and the like, take roles at once, and ask for those that she is to have besides.

    Gives whether roles were asked for under "asked". Where none of her roles stays, she keeps them until the new ones
    are approved. Who loses a role is signed out. Raises NotFound, Invalid by field, Refusal("last_supervisor",
    "last_administrator", "not_to_yourself", "nobody_to_approve").
    """
    with unit_of_work.write(actor) as work:
        member, kind = role_changes.find(work, member_id)
        before, after = role_changes.roles_of(work, member_id), set(profile.roles)
        if after - before:
            granting.refuse_to_oneself(work, member_id)
        made = {"member_id": str(member_id), "asked": "yes" if after - before else ""}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        _check(work, kind, profile)
        _change_roles(work, member, before, after)
        values = {name: getattr(profile, name) for name in ("name", "sex", "language", "duty_phone")}
        work.change(update(Member).where(Member.id == member_id).values(**values))
        work.audit("member:changed", member=member_id, roles=sorted(after & before))
        work.commit()
        return made


def _change_roles(work: Work, member: Member, before: set[str], after: set[str]) -> None:
    fresh, kept = after - before, after & before
    if not fresh:
        role_changes.replace(work, member, before, after)
        return
    role_changes.refuse_last(work, member, lost=before - after)
    if kept:
        role_changes.replace(work, member, before, kept)
    granting.ask(work, member, gives=fresh, takes=() if kept else before)


def deactivate(actor: Actor, member_id: UUID, once: Once | None = None) -> UUID:
    """Let a person go: her sessions end at once, her open cases and claimed referrals go back to the agency's queue.

    Gives her agency. Raises NotFound, Refusal("not_yourself"), ("last_supervisor"), ("last_administrator").
    """
    with unit_of_work.write(actor) as work:
        member, kind = role_changes.find(work, member_id)
        if work.once(once, {"member_id": str(member_id)}) is not None:
            return member.agency_id
        if member_id == actor.member_id:
            raise Refusal("not_yourself")
        role_changes.refuse_last(work, member, lost=role_changes.roles_of(work, member_id) & {Role.ADMINISTRATOR})
        if Role.AGENCY_SUPERVISOR in ROLES_OF_KIND.get(kind, ()):
            role_changes.refuse_unowned(work, member)
        work.change(update(Member).where(Member.id == member_id).values(is_active=False))
        work.change(
            update(DutyShift)
            .where(DutyShift.member_id == member_id, DutyShift.starts_at < work.now)
            .where((DutyShift.ends_at.is_(None)) | (DutyShift.ends_at > work.now))
            .values(ends_at=work.now)
        )
        work.change(delete(DutyShift).where(DutyShift.member_id == member_id, DutyShift.starts_at >= work.now))
        end_all_of(work, member_id)
        role_changes.release(work, member)
        approvals.withdraw(work, granting.KIND, member_id)
        work.audit("member:deactivated", member=member_id, agency=member.agency_id)
        work.commit()
        return member.agency_id


def activate(actor: Actor, member_id: UUID, once: Once | None = None) -> Admitted:
    """Take a person back, with an invitation, and ask for the roles she had: until another approves she has none.

    Raises NotFound, Refusal("agency_is_closed", "nobody_to_approve").
    """
    with unit_of_work.write(actor) as work:
        member, _ = role_changes.find(work, member_id)
        if work.once(once, {"member_id": str(member_id)}) is not None:
            return Admitted(member_id, None)
        agency = work.session.get(Agency, member.agency_id)
        if agency is None or not agency.is_active:
            raise Refusal("agency_is_closed")
        was_let_go = not member.is_active
        work.change(update(Member).where(Member.id == member_id).values(is_active=True))
        invitation = _invite(work, member_id)
        if was_let_go:
            _ask_again(work, member)
        tell(work, [Telling(member.agency_id, "member:invited")])
        work.audit("member:activated", member=member_id)
        work.commit()
        return Admitted(member_id, invitation)


def _ask_again(work: Work, member: Member) -> None:
    had = role_changes.roles_of(work, member.id)
    if had and work.parts.two_give_a_role:
        role_changes.replace(work, member, had, set())
        granting.ask(work, member, had)


def invite(actor: Actor, member_id: UUID, once: Once | None = None, *, renews_factor: bool = False) -> Admitted:
    """Give a person who lost her password an invitation: the old password and every session of hers are dead.

    Her second factor stays unless it is asked that she sets it up anew; she is told of either. Raises NotFound, also
    for who was let go.
    """
    with unit_of_work.write(actor) as work:
        member, _ = role_changes.find(work, member_id)
        if not member.is_active:
            raise NotFound
        if work.once(once, {"member_id": str(member_id)}) is not None:
            return Admitted(member_id, None)
        invitation = _invite(work, member_id)
        if renews_factor:
            with work.as_system("sign_in"):
                factors.forget(work, member_id)
        tell_member(work, member_id, "account:factor_renewed" if renews_factor else "account:invited")
        tell(work, [Telling(member.agency_id, "member:invited")])
        work.audit("member:invited", member=member_id, renews_factor=renews_factor)
        work.commit()
        return Admitted(member_id, invitation)


def _invite(work: Work, member_id: UUID) -> str:
    with work.as_system("sign_in"):
        work.change(update(MemberSecret).where(MemberSecret.member_id == member_id).values(password_hash=""))
    end_all_of(work, member_id)
    return invitations.make(work, member_id)
