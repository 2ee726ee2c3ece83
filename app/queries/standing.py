"""Where a case stands, in one statement: all that a step is judged by, and what is needed to seal and to store it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, String, Table, bindparam, case, cast, func, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import ScalarSelect

from app.models.case import Case, CaseKey, CaseParty
from app.models.emergency import EmergencyOpening
from app.models.help import Consent
from app.models.intake import PlaceNeed
from app.models.placement import Stay
from app.models.record import ClientRecord, Guardian
from app.models.workflow import CaseClock, Signature, WorkflowRun
from app.security.actor import Actor
from app.security.scoped_session import KEPT


@dataclass(frozen=True)
class PartyRow:
    """An agency that is a party now."""

    agency_id: UUID
    agency_kind: str
    kind: str


@dataclass(frozen=True)
class RunningClock:
    """A clock that runs."""

    id: UUID
    name: str
    due: str
    is_paused: bool = False

    @property
    def due_at(self) -> datetime:
        """When its time is over, in UTC."""
        moment = datetime.fromisoformat(self.due)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True)
class SignedRow:
    """A signature under the current draft of a track."""

    track: str
    role: str
    member_id: str


@dataclass(frozen=True)
class Standing:
    """A case as the runner needs it."""

    case_id: UUID
    reference: str
    origin: str
    entry_door: str
    opened_on: date
    status: str
    lead_agency_id: UUID
    procedure: str
    digest: str
    states: dict[str, str]
    set_aside_from: dict[str, str]
    row_version: int
    record_id: UUID
    record_version: int
    identity: bytes | None
    sex: str
    age_band: str
    is_child: bool
    age_in_doubt: bool
    citizenship: str
    region: str
    form: str
    scope: str
    recruitment: str
    recruiter_relation: str
    recruiter_sex: str
    means_of_control: str
    education: str
    destination: str
    language: str
    has_safe_contact: bool
    guardian_checked: bool
    guardian_suspect: bool
    open_stay_id: UUID | None
    identity_key: bytes | None
    content_key: bytes | None
    parties: tuple[PartyRow, ...]
    consents: frozenset[tuple[str, str]]
    clocks: tuple[RunningClock, ...]
    signatures: tuple[SignedRow, ...]
    place_need: str | None = None
    emergency_at: datetime | None = None
    """When it was last opened in an emergency."""

    @property
    def disability(self) -> str:
        """Whether a place must be fit for a disability: yes, no or unknown."""
        return self._needs[0]

    @property
    def has_children(self) -> str:
        """Whether children come with her: yes, no or unknown."""
        return self._needs[1]

    @property
    def children(self) -> int | None:
        """How many children come with her; None where it is not known."""
        return None if self.has_children == "unknown" else sum(map(int, self._needs[2:]))

    @property
    def babies(self) -> int:
        """How many of them need a cot."""
        return int(self._needs[2])

    @property
    def _needs(self) -> list[str]:
        return (self.place_need or "unknown|unknown|0|0|0").split("|")

    def is_party(self, agency_id: UUID | None) -> bool:
        """Whether the agency is a party now."""
        return any(party.agency_id == agency_id for party in self.parties)


_party, _consent, _clock = CaseParty.__table__, Consent.__table__, CaseClock.__table__
_signature, _guardian, _stay, _key = Signature.__table__, Guardian.__table__, Stay.__table__, CaseKey.__table__
_need, _opening = PlaceNeed.__table__, EmergencyOpening.__table__


def _joined(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    text: ColumnElement[str] = cast(columns[0], String)
    for column in columns[1:]:
        text = text + literal("|") + cast(column, String)
    return text


def _listed(table: Table | Any, text: ColumnElement[str], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    found = select(func.aggregate_strings(text, ";")).where(table.c.case_id == Case.id, *conditions)
    return found.correlate(Case).scalar_subquery()


def _latest_guardian(column: ColumnElement[bool]) -> ScalarSelect[Any]:
    found = select(column).where(_guardian.c.case_id == Case.id, _guardian.c.to_on.is_(None))
    return found.order_by(_guardian.c.from_on.desc()).limit(1).correlate(Case).scalar_subquery()


def _wrapped(kind: str) -> ScalarSelect[Any]:
    held = (_key.c.case_id == Case.id, _key.c.holder_id == bindparam("holder"), _key.c.kind == kind)
    found = select(_key.c.wrapped).where(*held)
    return found.correlate(Case).scalar_subquery()


_PARTIES = _listed(
    _party, _joined(_party.c.agency_id, _party.c.agency_kind, _party.c.kind), _party.c.ended_at.is_(None)
)
_CONSENTS = _listed(_consent, _joined(_consent.c.purpose, _consent.c.recipient_kind), _consent.c.withdrawn_at.is_(None))
_CLOCKS = _listed(
    _clock,
    _joined(_clock.c.id, _clock.c.name, _clock.c.due_at, case((_clock.c.paused_at.is_(None), ""), else_="paused")),
    _clock.c.stopped_at.is_(None),
    _clock.c.voided_at.is_(None),
)
_SIGNATURES = _listed(
    _signature, _joined(_signature.c.track, _signature.c.role, _signature.c.member_id), _signature.c.voided_at.is_(None)
)
_OPEN_STAY = (
    select(_stay.c.id)
    .where(_stay.c.case_id == Case.id, _stay.c.left_on.is_(None))
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)

_PLACE_NEED = (
    select(
        _joined(
            _need.c.has_disability,
            _need.c.has_children,
            _need.c.children_under_3,
            _need.c.children_3_to_11,
            _need.c.children_12_to_17,
        )
    )
    .where(_need.c.case_id == Case.id)
    .order_by(_need.c.recorded_at.desc(), _need.c.id)
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)

_EMERGENCY = (
    select(_opening.c.opened_at)
    .where(_opening.c.case_id == Case.id)
    .order_by(_opening.c.opened_at.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)

_COLUMNS = (
    Case.id.label("case_id"),
    Case.reference,
    Case.origin,
    Case.entry_door,
    Case.opened_on,
    Case.status,
    Case.lead_agency_id,
    WorkflowRun.procedure,
    WorkflowRun.digest,
    WorkflowRun.states,
    WorkflowRun.set_aside_from,
    WorkflowRun.row_version,
    ClientRecord.id.label("record_id"),
    ClientRecord.row_version.label("record_version"),
    ClientRecord.identity,
    ClientRecord.sex,
    ClientRecord.age_band,
    ClientRecord.is_child,
    ClientRecord.age_in_doubt,
    ClientRecord.citizenship,
    ClientRecord.region,
    ClientRecord.form,
    ClientRecord.scope,
    ClientRecord.recruitment,
    ClientRecord.recruiter_relation,
    ClientRecord.recruiter_sex,
    ClientRecord.means_of_control,
    ClientRecord.education,
    ClientRecord.destination,
    ClientRecord.language,
    ClientRecord.has_safe_contact,
    func.coalesce(_latest_guardian(_guardian.c.is_checked), False).label("guardian_checked"),
    func.coalesce(_latest_guardian(_guardian.c.is_suspect), False).label("guardian_suspect"),
    _OPEN_STAY.label("open_stay_id"),
    _PARTIES.label("parties"),
    _CONSENTS.label("consents"),
    _CLOCKS.label("clocks"),
    _SIGNATURES.label("signatures"),
    _PLACE_NEED.label("place_need"),
    _EMERGENCY.label("emergency_at"),
)


_STANDING = (
    select(
        *_COLUMNS,
        cast(_wrapped("identity"), LargeBinary).label("identity_key"),
        cast(_wrapped("content"), LargeBinary).label("content_key"),
    )
    .join(WorkflowRun, WorkflowRun.case_id == Case.id)
    .join(ClientRecord, ClientRecord.case_id == Case.id)
    .where(Case.id == bindparam("this_case"))
    .execution_options(**KEPT)
)


def standing(session: Session, actor: Actor, case_id: UUID) -> Standing | None:
    """The case as it stands; None where it is not open to the actor or has no run."""
    row = session.execute(_STANDING, {"this_case": case_id, "holder": actor.agency_id}).first()
    return None if row is None else _standing(dict(row._mapping))


def _standing(values: dict[str, Any]) -> Standing:
    parties = tuple(PartyRow(UUID(agency), kind, basis) for agency, kind, basis in _split(values["parties"]))
    consents = frozenset((purpose, recipient) for purpose, recipient in _split(values["consents"]))
    clocks = tuple(
        RunningClock(UUID(one), name, due, bool(still)) for one, name, due, still in _split(values["clocks"])
    )
    signatures = tuple(SignedRow(track, role, member) for track, role, member in _split(values["signatures"]))
    lists = {"parties": parties, "consents": consents, "clocks": clocks, "signatures": signatures}
    return Standing(**{**values, **lists})


def _split(text: str | None) -> list[list[str]]:
    return [item.split("|") for item in (text or "").split(";") if item]
