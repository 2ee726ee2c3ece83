"""What a case page shows beside the line of steps: parties, clocks, consents, services, notes, waiting referrals."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BindParameter, Executable, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency, Member
from app.models.case import Case, CaseParty
from app.models.help import Consent, Note, ServiceGiven
from app.models.placement import Stay, StayKey
from app.models.record import ClientRecord
from app.models.workflow import CallAttempt, CaseClock, CaseEvent, Referral, WorkflowRun
from app.queries import clocks as clock_queries
from app.security.actor import Actor
from app.security.row_rules import PENDING
from app.security.scoped_session import KEPT

CLOCKS_AT_MOST = 200
ATTEMPTS_AT_MOST = 50


@dataclass(frozen=True)
class PointerRow:
    """What an agency keeps of a case that it handed over: pseudonym, states and dates."""

    case_id: UUID
    reference: str
    opened_on: date
    status: str
    closed_on: date | None
    procedure: str
    digest: str
    states: dict[str, str]
    set_aside_from: dict[str, str]
    row_version: int


@dataclass(frozen=True)
class RecordRow:
    """What is known of the person beside the standing: the sealed safe contact, and when the snapshot was taken."""

    safe_contact: bytes | None
    snapshot_on: date


@dataclass(frozen=True)
class PartyRow:
    """An agency that is or was a party."""

    agency_id: UUID
    kind: str
    agency_kind: str
    since: datetime
    ended_at: datetime | None
    end_kind: str | None
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class ClockRow:
    """A clock that runs, or that was stopped after its time; `due_at` is from when on it counts as overdue."""

    name: str
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    stopped_at: datetime | None


@dataclass(frozen=True)
class ConsentRow:
    """A consent, live or withdrawn."""

    purpose: str
    recipient_kind: str
    given_by: str
    occurred_on: date
    withdrawn_on: date | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class ServiceRow:
    """A service that was given."""

    service: str
    occurred_on: date
    voided_at: datetime | None
    by: str
    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class NoteRow:
    """A note; `text` is sealed."""

    id: UUID
    sensitivity: str
    occurred_on: date
    recorded_at: datetime
    text: bytes | None
    member_id: UUID
    by: str
    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class SentRow:
    """A referral of the case that has not been answered yet."""

    id: UUID
    track: str
    state: str
    urgency: str
    sent_at: datetime
    seen_at: datetime | None
    to_agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class AttemptRow:
    """A try to call someone about a referral: who tried, whom, and how it went; whose referral it was and who tried."""

    referral_id: UUID
    attempted_at: datetime
    outcome: str
    called: str | None
    by: str | None
    agency_id: UUID
    to_agency_id: UUID | None


_NAMES = (Agency.name_en, Agency.name_sq, Agency.name_sr)
_CASE: BindParameter[UUID] = bindparam("this_case")


def _kept(statement: Executable) -> Executable:
    return statement.execution_options(**KEPT)


_POINTER = _kept(
    select(
        Case.id.label("case_id"),
        Case.reference,
        Case.opened_on,
        Case.status,
        Case.closed_on,
        WorkflowRun.procedure,
        WorkflowRun.digest,
        WorkflowRun.states,
        WorkflowRun.set_aside_from,
        WorkflowRun.row_version,
    )
    .join(WorkflowRun, WorkflowRun.case_id == Case.id)
    .where(Case.id == _CASE)
)

_RECORD = _kept(select(ClientRecord.safe_contact, ClientRecord.snapshot_on).where(ClientRecord.case_id == _CASE))

_PARTIES = _kept(
    select(
        CaseParty.agency_id,
        CaseParty.kind,
        CaseParty.agency_kind,
        CaseParty.since,
        CaseParty.ended_at,
        CaseParty.end_kind,
        *_NAMES,
    )
    .join(Agency, Agency.id == CaseParty.agency_id)
    .where(CaseParty.case_id == _CASE)
    .order_by(CaseParty.ended_at.is_not(None), CaseParty.since, CaseParty.id)
)

_CLOCKS = _kept(
    select(
        CaseClock.name,
        CaseClock.started_at,
        clock_queries.counts_from(CaseClock),
        CaseClock.paused_at,
        CaseClock.stopped_at,
    )
    .where(
        CaseClock.case_id == _CASE,
        CaseClock.voided_at.is_(None),
        or_(CaseClock.stopped_at.is_(None), and_(*clock_queries.missed(CaseClock))),
    )
    .order_by(CaseClock.stopped_at.is_not(None), CaseClock.due_at, CaseClock.id)
    .limit(CLOCKS_AT_MOST)
)

_CONSENTS = _kept(
    select(
        Consent.purpose,
        Consent.recipient_kind,
        Consent.given_by,
        Consent.occurred_on,
        Consent.withdrawn_on,
        Consent.withdrawn_at,
    )
    .outerjoin(CaseEvent, CaseEvent.id == Consent.event_id)
    .where(Consent.case_id == _CASE, CaseEvent.voided_at.is_(None))
    .order_by(Consent.withdrawn_at.is_not(None), Consent.occurred_on, Consent.purpose)
)

_SERVICES = _kept(
    select(
        ServiceGiven.service,
        ServiceGiven.occurred_on,
        ServiceGiven.voided_at,
        Member.name,
        ServiceGiven.agency_id,
        *_NAMES,
    )
    .join(Member, Member.id == ServiceGiven.member_id)
    .join(Agency, Agency.id == ServiceGiven.agency_id)
    .where(ServiceGiven.case_id == _CASE, ServiceGiven.voided_at.is_(None))
    .order_by(ServiceGiven.occurred_on.desc(), ServiceGiven.recorded_at.desc(), ServiceGiven.id)
)

_NOTES = _kept(
    select(
        Note.id,
        Note.sensitivity,
        Note.occurred_on,
        Note.recorded_at,
        Note.text,
        Note.member_id,
        Member.name.label("by"),
        Note.agency_id,
        *_NAMES,
    )
    .join(Member, Member.id == Note.member_id)
    .join(Agency, Agency.id == Note.agency_id)
    .where(Note.case_id == _CASE)
    .order_by(Note.recorded_at.desc(), Note.id)
)

_SENT = _kept(
    select(
        Referral.id,
        Referral.track,
        Referral.state,
        Referral.urgency,
        Referral.sent_at,
        Referral.seen_at,
        Referral.to_agency_id,
        *_NAMES,
    )
    .join(Agency, Agency.id == Referral.to_agency_id)
    .where(Referral.case_id == _CASE, Referral.state.in_(PENDING))
    .order_by(Referral.sent_at, Referral.id)
)

_called, _caller = aliased(Member), aliased(Member)
_ATTEMPTS = _kept(
    select(
        CallAttempt.referral_id,
        CallAttempt.attempted_at,
        CallAttempt.outcome,
        _called.name,
        _caller.name,
        CallAttempt.agency_id,
        func.coalesce(Referral.to_agency_id, _called.agency_id),
    )
    .outerjoin(Referral, Referral.id == CallAttempt.referral_id)
    .outerjoin(_called, _called.id == CallAttempt.member_id)
    .outerjoin(_caller, _caller.id == CallAttempt.by_id)
    .outerjoin(CaseEvent, CaseEvent.id == CallAttempt.event_id)
    .where(CallAttempt.case_id == _CASE, CaseEvent.voided_at.is_(None))
    .order_by(CallAttempt.attempted_at.desc(), CallAttempt.id)
    .limit(ATTEMPTS_AT_MOST)
)

_SAFETY = _kept(
    select(Stay.safety, StayKey.wrapped)
    .join(StayKey, StayKey.stay_id == Stay.id)
    .where(Stay.id == bindparam("this_stay"), Stay.agency_id == bindparam("this_agency"), Stay.safety.is_not(None))
)


def pointer(session: Session, actor: Actor, case_id: UUID) -> PointerRow | None:
    """The case as a pointer, for whoever it is open to at all."""
    row = session.execute(_POINTER, {"this_case": case_id}).first()
    return None if row is None else PointerRow(**row._mapping)


def record(session: Session, actor: Actor, case_id: UUID) -> RecordRow | None:
    """The rest of the client record."""
    row = session.execute(_RECORD, {"this_case": case_id}).first()
    return None if row is None else RecordRow(*row)


def parties(session: Session, actor: Actor, case_id: UUID) -> list[PartyRow]:
    """All that are or were parties, first ones first."""
    rows = session.execute(_PARTIES, {"this_case": case_id})
    return [PartyRow(*row) for row in rows]


def clocks(session: Session, actor: Actor, case_id: UUID) -> list[ClockRow]:
    """The clocks that run, what is due first first, and then those that were stopped too late."""
    rows = session.execute(_CLOCKS, {"this_case": case_id})
    return [ClockRow(*row) for row in rows]


def consents(session: Session, actor: Actor, case_id: UUID) -> list[ConsentRow]:
    """What she agreed to, live ones first; without what was recorded by a step taken back."""
    rows = session.execute(_CONSENTS, {"this_case": case_id})
    return [ConsentRow(*row) for row in rows]


def services(session: Session, actor: Actor, case_id: UUID) -> list[ServiceRow]:
    """What was given, newest first."""
    rows = session.execute(_SERVICES, {"this_case": case_id})
    return [ServiceRow(*row) for row in rows]


def notes(session: Session, actor: Actor, case_id: UUID) -> list[NoteRow]:
    """The notes, newest first."""
    rows = session.execute(_NOTES, {"this_case": case_id})
    return [NoteRow(**row._mapping) for row in rows]


def sent(session: Session, actor: Actor, case_id: UUID) -> list[SentRow]:
    """The referrals of the case that nobody has answered yet."""
    rows = session.execute(_SENT, {"this_case": case_id})
    return [SentRow(**row._mapping) for row in rows]


def attempts(session: Session, actor: Actor, case_id: UUID) -> list[AttemptRow]:
    """The latest tries to call, without those of a step taken back."""
    rows = session.execute(_ATTEMPTS, {"this_case": case_id})
    return [AttemptRow(*row) for row in rows]


def safety(session: Session, actor: Actor, stay_id: UUID) -> tuple[bytes, bytes] | None:
    """The sealed safety minimum of a stay in the actor's shelter, with its wrapped key; None once it is gone."""
    row = session.execute(_SAFETY, {"this_stay": stay_id, "this_agency": actor.agency_id}).first()
    return None if row is None or row[0] is None else (row[0], row[1])
