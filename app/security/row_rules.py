"""The conditions that the scope is made of: who is a live party, who is in a house, who is asked."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, literal_column, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.models.approval import Approval
from app.models.audit import Notice
from app.models.case import Case, CaseBar, CaseKey, CaseParty, CaseStaff
from app.models.funding import FundingPayee
from app.models.house_period import RelocationPlace
from app.models.house_trouble import Complaint
from app.models.meeting import Meeting, MeetingAgency
from app.models.operation import Operation, OperationMember
from app.models.signal import Signal
from app.models.unsent import UnsentForm
from app.models.workflow import (
    Referral,
)
from app.security.actor import LINKER_DESK, Actor
from app.vocabulary.role import Role

# Aliases of our own: a query that joins the same tables must not be taken for the table inside the rule.
_party = CaseParty.__table__.alias("scope_party")
_staff = CaseStaff.__table__.alias("scope_staff")
_reader = OperationMember.__table__.alias("scope_reader")
_bar = CaseBar.__table__.alias("scope_bar")
_guest = MeetingAgency.__table__.alias("scope_guest")
_called = Meeting.__table__.alias("scope_called")
_payee = FundingPayee.__table__.alias("scope_payee")

PENDING = ("sent", "seen", "claimed")


def _there_is(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """A row that is looked for by its index, row by row of the statement.

    The offset changes nothing but the plan: without it PostgreSQL reads all cases of the reader into a table of hashes
    before it shows her one.
    """
    return select(literal_column("1")).where(*conditions).offset(literal_column("0")).exists()


def _is_one_of(column: InstrumentedAttribute[UUID] | ColumnElement[UUID], ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Most members stand for themselves alone; a list is written into the text of a statement anew each time."""
    return column == ids[0] if len(ids) == 1 else column.in_(ids)


def not_barred(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    """No standing bar of this member on the case (decision 2): above every other right."""
    if actor.member_id is None:
        return true()
    return ~_there_is(_bar.c.case_id == case_id, _bar.c.member_id == actor.member_id, _bar.c.lifted_at.is_(None))


def _in_team(actor: Actor, case_id: Any = _party.c.case_id, agency_id: Any = _party.c.agency_id) -> ColumnElement[bool]:
    """Assigned staff, their cover, or the supervisor; said of the party row, which names the agency."""
    if actor.oversees:
        return true()
    return _there_is(
        _staff.c.case_id == case_id,
        _staff.c.agency_id == agency_id,
        _staff.c.ended_at.is_(None),
        _is_one_of(_staff.c.member_id, sorted(actor.stands_for)),
    )


def _is_party(actor: Actor, case_id: Any, standing: ColumnElement[bool]) -> ColumnElement[bool]:
    if actor.agency_id is None:
        return false()
    party = _there_is(_party.c.case_id == case_id, _party.c.agency_id == actor.agency_id, standing, _in_team(actor))
    return and_(party, not_barred(actor, case_id))


# Constants stand in the text: each bound value of a rule costs time in every statement that it is put on.
_LIVE = _party.c.ended_at.is_(None)
_KEPT_KINDS: tuple[Any, ...] = (literal_column("'handed_over'"), literal_column("'closed'"))
_KEPT = _party.c.end_kind.in_(_KEPT_KINDS)


def is_live_party(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    """Her agency is a party now, she is in the team, and she is not barred: the case is open to her."""
    return _is_party(actor, case_id, _LIVE)


def has_pointer(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    """Her agency is a party, or handed over or saw it closed: pseudonym, states and dates are hers (decision 1)."""
    return _is_party(actor, case_id, or_(_LIVE, _KEPT))


def own_agency(actor: Actor, column: Any) -> ColumnElement[bool]:
    """The column names the agency of the actor."""
    return false() if actor.agency_id is None else column == actor.agency_id


def is_system(actor: Actor, *names: str) -> ColumnElement[bool]:
    """The actor is one of the system's own."""
    return true() if actor.system in names else false()


def referral(actor: Actor) -> ColumnElement[bool]:
    """In the queue of the agency that was asked, until it answers; else of the live parties."""
    queued = and_(
        own_agency(actor, Referral.to_agency_id),
        Referral.state.in_([literal_column(f"'{state}'") for state in PENDING]),
    )
    return and_(not_barred(actor, Referral.case_id), or_(queued, is_live_party(actor, Referral.case_id)))


def in_house(entity: Any, *systems: str) -> "Rule":
    """What is a house's own, whoever is on duty there, and the live parties'."""
    return lambda actor: or_(
        and_(own_agency(actor, entity.agency_id), not_barred(actor, entity.case_id)),
        is_live_party(actor, entity.case_id),
        is_system(actor, *systems),
    )


def of_house(actor: Actor, entity: Any) -> ColumnElement[bool]:
    """The house alone, and placing: no other party to the case learns of it."""
    own = and_(own_agency(actor, entity.agency_id), not_barred(actor, entity.case_id))
    return or_(own, is_system(actor, "placement", "tick"))


def of_beds(entity: Any) -> "Rule":
    """The shelter's, placing's and the statistics': what tells of a bed and of nobody."""
    systems = ("placement", "tick", "statistics")
    return lambda actor: or_(own_agency(actor, entity.agency_id), is_system(actor, *systems))


def destination(actor: Actor) -> ColumnElement[bool]:
    """The agency that places her, while the case is open to the actor, and the driver who is named."""
    row = RelocationPlace
    mine = and_(own_agency(actor, row.agency_id), is_live_party(actor, row.case_id))
    if actor.member_id is None:
        return mine
    return or_(mine, and_(row.driver_id == actor.member_id, not_barred(actor, row.case_id)))


def complaint(actor: Actor) -> ColumnElement[bool]:
    """Its receiver's; past the house its supervisor's; never the member's whom it is about."""
    answers = true() if actor.has(Role.AGENCY_SUPERVISOR) or actor.system == "tick" else Complaint.made_to == "house"
    about_another = or_(Complaint.about_member_id.is_(None), Complaint.about_member_id != actor.member_id)
    others = true() if actor.member_id is None else about_another
    return and_(own_agency(actor, Complaint.agency_id), not_barred(actor, Complaint.case_id), answers, others)


def counted(entity: Any) -> "Rule":
    """The agency's own; the statistics count them, and open no note: that lies under the agency's key."""
    return lambda actor: true() if _is_counting(actor) else own_agency(actor, entity.agency_id)


def _is_counting(actor: Actor) -> bool:
    return actor.system == "statistics" or actor.has(Role.STATISTICS_SUPERVISOR)


def operation(actor: Actor) -> ColumnElement[bool]:
    """Who recorded it, the named members, their cover, and the supervisor; the statistics count them."""
    own = true() if actor.system == "statistics" else own_agency(actor, Operation.agency_id)
    if actor.oversees or actor.system == "statistics":
        return own
    members = sorted(actor.stands_for)
    named = _there_is(_reader.c.operation_id == Operation.id, _is_one_of(_reader.c.member_id, members))
    return and_(own, or_(_is_one_of(Operation.made_by_id, members), named))


def linking(actor: Actor) -> ColumnElement[bool]:
    """Who says which records are one person."""
    return true() if actor.system in ("linker", "statistics") or actor.has(Role.LINK_REVIEWER) else false()


def drafting(actor: Actor) -> ColumnElement[bool]:
    """Who writes versions of the procedure."""
    return true() if actor.system == "setup" or actor.has(Role.ADMINISTRATOR) else false()


def approval(actor: Actor) -> ColumnElement[bool]:
    """The supervisor's whose agency it concerns, the administrators', and hers who asked."""
    if actor.has(Role.ADMINISTRATOR):
        return true()
    mine = false() if actor.member_id is None else Approval.asked_by_id == actor.member_id
    return or_(own_agency(actor, Approval.agency_id), mine) if actor.oversees else mine


def hers(actor: Actor) -> ColumnElement[bool]:
    """What a member has typed and not sent: her own alone; the clock takes it away."""
    if actor.system == "tick":
        return true()
    if actor.member_id is None:
        return false()
    return and_(own_agency(actor, UnsentForm.agency_id), UnsentForm.member_id == actor.member_id)


def reads_releases(actor: Actor) -> ColumnElement[bool]:
    """Common knowledge: any member, and the system's own actor that reads what a process does not hold yet."""
    return true() if actor.agency_id is not None or actor.system == "setup" else false()


def case(actor: Actor) -> ColumnElement[bool]:
    """Whoever has at least the pointer."""
    return has_pointer(actor, Case.id)


def party_row(actor: Actor) -> ColumnElement[bool]:
    """All of an open case; else her agency's own, but not one that consent no longer bears."""
    own = and_(
        own_agency(actor, CaseParty.agency_id),
        or_(CaseParty.ended_at.is_(None), CaseParty.end_kind.in_(_KEPT_KINDS)),
        _in_team(actor, CaseParty.case_id, CaseParty.agency_id),
        not_barred(actor, CaseParty.case_id),
    )
    return or_(own, is_live_party(actor, CaseParty.case_id))


def bars(actor: Actor) -> ColumnElement[bool]:
    """The supervisor's; of a bar against herself she learns nothing either."""
    if not actor.oversees:
        return false()
    return and_(own_agency(actor, CaseBar.agency_id), not_barred(actor, CaseBar.case_id))


def notices(actor: Actor) -> ColumnElement[bool]:
    """Her agency's, but none about a case from which she is barred."""
    return and_(own_agency(actor, Notice.agency_id), not_barred(actor, Notice.case_id))


def keys(actor: Actor) -> ColumnElement[bool]:
    """The wraps of one's own agency while it is a live party; those of the linker's desk for linking."""
    if actor.system == "linker":
        return CaseKey.holder_id == LINKER_DESK
    return and_(own_agency(actor, CaseKey.holder_id), is_live_party(actor, CaseKey.case_id))


def people(actor: Actor) -> ColumnElement[bool]:
    """Who links, and who counts people."""
    return or_(linking(actor), true() if actor.has(Role.STATISTICS_SUPERVISOR) else false())


def signal(actor: Actor) -> ColumnElement[bool]:
    """The sender's and the receiver's; what the sender is shown of it is its pages' matter, and the keys'."""
    return or_(own_agency(actor, Signal.from_agency_id), own_agency(actor, Signal.to_agency_id))


def invited(actor: Actor, meeting_id: Any) -> ColumnElement[bool]:
    """Her agency called the meeting or is invited to it."""
    if actor.agency_id is None:
        return false()
    is_guest = _there_is(_guest.c.meeting_id == meeting_id, _guest.c.agency_id == actor.agency_id)
    has_called = _there_is(_called.c.id == meeting_id, _called.c.agency_id == actor.agency_id)
    return or_(is_guest, has_called)


def funded(actor: Actor, entity: Any, grant_id: Any) -> ColumnElement[bool]:
    """Who reads all money; else what her agency recorded, and what pays for a place of hers."""
    if actor.has(Role.STATISTICS_SUPERVISOR) or actor.has(Role.NATIONAL_COORDINATOR):
        return true()
    if actor.agency_id is None:
        return false()
    is_paid = _there_is(_payee.c.grant_id == grant_id, _payee.c.agency_id == actor.agency_id)
    return or_(own_agency(actor, entity.agency_id), is_paid)


def paid_for(actor: Actor) -> ColumnElement[bool]:
    """The places that a grant pays for: to a shelter itself alone, beside how many there are."""
    if actor.has(Role.STATISTICS_SUPERVISOR) or actor.has(Role.NATIONAL_COORDINATOR):
        return true()
    return own_agency(actor, FundingPayee.agency_id)


Rule = Callable[[Actor], ColumnElement[bool]]


def of_party(entity: Any, *systems: str) -> Rule:
    """A table of a case that a live party sees whole."""
    return lambda actor: or_(is_live_party(actor, entity.case_id), is_system(actor, *systems))


def kept(entity: Any) -> Rule:
    """The same, and what an agency recorded itself stays with it when the case goes on without it."""
    return lambda actor: or_(
        is_live_party(actor, entity.case_id),
        and_(own_agency(actor, entity.agency_id), has_pointer(actor, entity.case_id)),
    )


def of_agency(entity: Any) -> Rule:
    """A table whose rows are an agency's own."""
    return lambda actor: own_agency(actor, entity.agency_id)
