"""Who sees which rows, as WHERE clauses: the twin of the database's policies, put on every ORM query by itself.

How they are put there is in scoped_session. What goes round the ORM (plain tables, text) is not scoped: on PostgreSQL
row-level security holds underneath.
"""

from typing import Any

from sqlalchemy import or_

from app.models.approval import Approval
from app.models.audit import Notice
from app.models.case import Case, CaseBar, CaseKey, CaseParty, CaseStaff
from app.models.companion import CompanionStay
from app.models.count import CountCell, CountDelta, CountFact
from app.models.document import CaseDocument
from app.models.edition import EditionMember, ReportEdition
from app.models.emergency import EmergencyOpening
from app.models.erasure import Erasure, KeptNights
from app.models.funding import FundingChange, FundingGrant, FundingPayee
from app.models.help import Consent, KeepApart, Note, ServiceGiven, UnmetNeed
from app.models.hotline import HotlineContact
from app.models.house_life import Acknowledgement, Appointment, Belonging, HouseText, LimitReview, MovementLimit
from app.models.house_period import AlarmTold, PremisesAlarm, Relocation, RelocationPlace
from app.models.house_trouble import Complaint, Incident, IncidentStep
from app.models.intake import PlaceNeed
from app.models.leaving import ExitApproval, ExitWish, SafetyOffer
from app.models.legal_hold import LegalHold
from app.models.meeting import Meeting, MeetingAgency, MeetingCase, MeetingFollowUp
from app.models.operation import Operation, OperationCase, OperationMember, Venue, VenueVisit
from app.models.person_request import PersonRequest
from app.models.placement import BedHold, FormerStay, Stay, StayKey
from app.models.premises import AddressOpening, ShelterAddress
from app.models.proceeding import ProceedingStep
from app.models.record import (
    ClientRecord,
    FormerPerson,
    Guardian,
    KeptLink,
    LinkPair,
    RecordChange,
    RecordPerson,
    SearchToken,
)
from app.models.register import RegisterDraft, RegisterImport, RegisterMapping, RegisterRow
from app.models.signal import Signal, SignalCase, SignalKey
from app.models.stay_life import Overstay, StayConflict, StayCorrection, StayTransfer
from app.models.transnational import TransnationalPacket
from app.models.unsent import UnsentForm
from app.models.version import CaseMove, ProcedureDraft, ProcedureRelease
from app.models.void import BedVoid, VoidRevision
from app.models.workflow import (
    CallAttempt,
    CaseClock,
    CaseEvent,
    ClockExemption,
    ClockPause,
    ClockSilence,
    FormerClock,
    PacketKey,
    Referral,
    Signature,
    WorkflowRun,
)
from app.security.row_rules import (
    Rule,
    approval,
    bars,
    case,
    complaint,
    counted,
    destination,
    drafting,
    funded,
    has_pointer,
    hers,
    in_house,
    invited,
    is_system,
    kept,
    keys,
    linking,
    notices,
    of_agency,
    of_beds,
    of_house,
    of_party,
    operation,
    own_agency,
    paid_for,
    party_row,
    people,
    reads_releases,
    referral,
    signal,
)

PARTY_ONLY = (
    ClockPause,
    ClockExemption,
    ClockSilence,
    Signature,
    Consent,
    Guardian,
    CallAttempt,
    RecordChange,
    SignalCase,
    OperationCase,
    TransnationalPacket,
    MeetingCase,
    MeetingFollowUp,
    PlaceNeed,
    ExitApproval,
    CaseDocument,
)
"""Tables of a case that a live party sees whole."""

KEPT_WHEN_HANDED_OVER = (CaseEvent, Note, ServiceGiven, PersonRequest, LegalHold)
"""Tables of a case of which an agency keeps what it recorded itself after handing over (decision 1)."""

OWN_AGENCY = (
    CaseStaff,
    PacketKey,
    StayKey,
    SearchToken,
    RegisterMapping,
    RegisterImport,
    RegisterDraft,
    RegisterRow,
    SignalKey,
    OperationMember,
    Venue,
    VenueVisit,
    ShelterAddress,
    AddressOpening,
    VoidRevision,
    Erasure,
    ReportEdition,
    EditionMember,
    PremisesAlarm,
    HouseText,
)
"""Tables whose rows are an agency's own."""

OF_HOUSE = (LimitReview, Acknowledgement, Belonging, Appointment, Incident, IncidentStep)
"""What a shelter wrote of its residents, and of what happened in it."""
PLACED = (BedHold, Overstay, StayTransfer, StayCorrection, ExitWish, SafetyOffer)
"""What a house records of who is or will be with it: it keeps that while consent is withdrawn."""

RULES: dict[Any, Rule] = {
    **{entity: of_party(entity) for entity in PARTY_ONLY},
    **{entity: kept(entity) for entity in KEPT_WHEN_HANDED_OVER},
    **{entity: of_agency(entity) for entity in OWN_AGENCY},
    **{entity: in_house(entity, "placement", "tick") for entity in PLACED},
    Case: case,
    CaseParty: party_row,
    CaseBar: bars,
    CaseKey: keys,
    WorkflowRun: lambda actor: has_pointer(actor, WorkflowRun.case_id),
    CaseMove: lambda actor: has_pointer(actor, CaseMove.case_id),
    ProcedureDraft: drafting,
    ProcedureRelease: reads_releases,
    ClientRecord: of_party(ClientRecord, "linker"),
    KeepApart: of_party(KeepApart, "placement"),
    UnmetNeed: of_party(UnmetNeed, "statistics"),
    CaseClock: of_party(CaseClock, "statistics"),
    FormerClock: of_party(FormerClock, "statistics"),
    Referral: referral,
    Signal: signal,
    StayConflict: lambda actor: of_house(actor, StayConflict),
    BedVoid: of_beds(BedVoid),
    Stay: in_house(Stay, "placement", "tick", "statistics"),
    FormerStay: in_house(FormerStay, "statistics"),
    KeptNights: lambda actor: or_(own_agency(actor, KeptNights.agency_id), is_system(actor, "statistics")),
    CompanionStay: in_house(CompanionStay, "placement", "tick", "statistics"),
    MovementLimit: in_house(MovementLimit, "statistics"),
    LimitReview: in_house(LimitReview),
    Relocation: in_house(Relocation, "placement", "tick"),
    RelocationPlace: destination,
    AlarmTold: lambda actor: or_(own_agency(actor, AlarmTold.agency_id), own_agency(actor, AlarmTold.told_agency_id)),
    **{entity: in_house(entity) for entity in OF_HOUSE},
    Complaint: complaint,
    **{entity: counted(entity) for entity in (CountFact, CountCell, CountDelta, HotlineContact)},
    ProceedingStep: lambda actor: or_(own_agency(actor, ProceedingStep.agency_id), is_system(actor, "statistics")),
    Notice: notices,
    EmergencyOpening: of_party(EmergencyOpening, "sign_in"),
    Operation: operation,
    Approval: approval,
    UnsentForm: hers,
    LinkPair: linking,
    RecordPerson: people,
    FormerPerson: people,
    KeptLink: linking,
    Meeting: lambda actor: invited(actor, Meeting.id),
    MeetingAgency: lambda actor: invited(actor, MeetingAgency.meeting_id),
    FundingGrant: lambda actor: funded(actor, FundingGrant, FundingGrant.id),
    FundingPayee: paid_for,
    FundingChange: lambda actor: funded(actor, FundingChange, FundingChange.grant_id),
}
"""The rule of every scoped table. A table of a case that is missing here fails the catalogue test."""
