"""What one case shows to one reader: assembled, opened and masked in the unit of work that also records the look."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.errors import NotFound
from app.queries import case_file, directory, moves, timeline
from app.queries.case_file import AttemptRow, ClockRow, ConsentRow, PartyRow, PointerRow, SentRow, ServiceRow
from app.queries.directory import OnDuty
from app.queries.linked_cases import LinkedRow, neighbours
from app.queries.relocations import MoveRow
from app.queries.standing import Standing, standing
from app.queries.timeline import EventRow
from app.security.fields import IDENTITY, IN_STATES, Relation, is_open, open_names, readable
from app.security.policy import classes_of
from app.services import case_versions, moving, procedures
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.correction_page import Correctable, correctable
from app.services.hidden_places import Hidden, has_sheltered, hidden, must_leave
from app.services.procedures import Answer, Offer, StageRow, TrackRow
from app.services.unit_of_work import Work
from app.services.viewing import Looked, full_name
from workflows.definition import Label, Procedure

ROW_TYPES = frozenset({"agency", "user", "shelter", "bed"})
"""Questions whose answers are ids of rows."""


@dataclass(frozen=True)
class Entry:
    """One step on the line of what happened."""

    id: UUID
    label: Label
    track_label: Label
    to_label: Label
    occurred_on: date
    recorded_at: datetime
    by: str
    agency: EventRow
    has_answers: bool
    is_taken_back: bool
    corrected_by_id: UUID | None = None


@dataclass(frozen=True)
class RunningClock:
    """A clock with its words; `late` says of one that was stopped after its time by how much."""

    label: Label
    row: ClockRow
    is_overdue: bool
    late: timedelta | None = None


@dataclass(frozen=True)
class Waiting:
    """A referral that waits, and who can be called about it now, in the order of calling."""

    row: SentRow
    on_duty: tuple[OnDuty, ...]


@dataclass(frozen=True)
class OpenNote:
    """A note, opened; without text where its class is shut."""

    id: UUID
    sensitivity: str
    occurred_on: date
    by: str
    agency: Any
    text: str | None


@dataclass(frozen=True)
class Moved:
    """From which version the case was moved, and when."""

    before: Label
    on: date
    event_id: UUID


@dataclass(frozen=True)
class CasePage:
    """A case as its reader may see it."""

    case_id: UUID
    reference: str
    relation: Relation
    status: str
    opened_on: date
    row_version: int
    procedure: str
    procedure_label: Label
    moves: tuple[Moved, ...]
    now: datetime
    stages: tuple[StageRow, ...]
    tracks: tuple[TrackRow, ...]
    entries: tuple[Entry, ...]
    person: Standing | None = None
    name: str = ""
    identity: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] | None = None
    open_steps: tuple[Offer, ...] = ()
    shut_steps: tuple[Offer, ...] = ()
    clocks: tuple[RunningClock, ...] = ()
    missed: tuple[RunningClock, ...] = ()
    attempts: tuple[AttemptRow, ...] = ()
    parties: tuple[PartyRow, ...] = ()
    consents: tuple[ConsentRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    notes: tuple[OpenNote, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    safety: dict[str, Any] = field(default_factory=dict)
    classes: frozenset[str] = frozenset()
    linked: tuple[LinkedRow, ...] = ()
    may_move: bool = False
    leads: bool = False
    may_erase: bool = False
    must_leave: MoveRow | None = None


def whole(work: Work, case_id: UUID) -> Looked[CasePage]:
    """The page of a case; raises NotFound where it is not open to the actor."""
    known = standing(work.session, work.actor, case_id)
    kept_back = hidden(work, case_id) if known is None or has_sheltered(known) else Hidden()
    if known is None or not known.is_party(work.actor.agency_id):
        return Looked(_pointer(work, case_id, kept_back), case_id)
    return Looked(_party(work, known, kept_back), case_id)


def _pointer(work: Work, case_id: UUID, kept_back: Hidden) -> CasePage:
    found = case_file.pointer(work.session, work.actor, case_id)
    if found is None:
        raise NotFound
    return CasePage(**_head(work, found, Relation.POINTER, kept_back))


def _head(work: Work, known: Standing | PointerRow, relation: Relation, kept_back: Hidden) -> dict[str, Any]:
    procedure = procedures.procedure_of(known)
    happened = kept_back.without(timeline.events(work.session, work.actor, known.case_id))
    tracks = procedures.tracks_of(procedure, known.states, happened)
    moved = moves.moves(work.session, work.actor, known.case_id)
    return {
        "case_id": known.case_id,
        "reference": known.reference,
        "relation": relation,
        "status": known.status,
        "opened_on": known.opened_on,
        "row_version": known.row_version,
        "procedure": procedure.name,
        "procedure_label": procedure.label,
        "moves": tuple(Moved(case_versions.version_before(one).label, one.moved_on, one.event_id) for one in moved),
        "now": work.now,
        "stages": procedures.line_of(procedure, tracks, is_closed=known.status == "closed"),
        "tracks": tracks,
        "entries": tuple(_entry(case_versions.version_at(known, moved, event.position), event) for event in happened),
        "classes": readable(classes_of(work.actor.roles), relation),
        "linked": tuple(neighbours(work.session, work.actor, known.case_id)),
    }


def _entry(procedure: Procedure, event: EventRow) -> Entry:
    return Entry(
        id=event.id,
        label=procedures.transition_label(procedure, event.track, event.action, event.from_state),
        track_label=procedures.track_label(procedure, event.track),
        to_label=procedures.state_label(procedure, event.track, event.to_state),
        occurred_on=event.occurred_on,
        recorded_at=event.recorded_at,
        by=event.by,
        agency=event,
        has_answers=event.answers is not None or event.identity is not None,
        is_taken_back=event.voided_at is not None,
        corrected_by_id=event.corrected_by_id,
    )


def _party(work: Work, known: Standing, kept_back: Hidden) -> CasePage:
    head = _head(work, known, Relation.PARTY, kept_back)
    procedure, classes = procedures.procedure_of(known), head["classes"]
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    identity, contact = _person(work, known, keys) if IDENTITY in classes else ({}, None)
    waiting = case_file.sent(work.session, work.actor, known.case_id)
    offers = procedures.offers(work, known, _answered_elsewhere(procedure, waiting))
    clocks = _clocks(work, procedure, known.case_id)
    return CasePage(
        **head,
        person=known,
        identity=identity,
        name=full_name(identity),
        contact=contact,
        open_steps=tuple(offer for offer in offers if not offer.unmet),
        shut_steps=tuple(offer for offer in offers if offer.unmet),
        clocks=tuple(one for one in clocks if one.late is None),
        attempts=_attempts(work, known, kept_back),
        missed=tuple(one for one in clocks if one.late is not None),
        parties=tuple(kept_back.without(case_file.parties(work.session, work.actor, known.case_id))),
        consents=tuple(case_file.consents(work.session, work.actor, known.case_id)),
        services=tuple(kept_back.without(case_file.services(work.session, work.actor, known.case_id))),
        notes=_notes(work, known, keys, classes, kept_back),
        waiting=_with_duty(work, kept_back.unasked(waiting)),
        safety=_safety(work, known),
        may_move=moving.may_move(work, known),
        leads=known.lead_agency_id == work.actor.agency_id,
        may_erase=known.status == "closed" and known.lead_agency_id == work.actor.agency_id,
        must_leave=must_leave(work, known),
    )


def _clocks(work: Work, procedure: Procedure, case_id: UUID) -> list[RunningClock]:
    found = []
    for row in case_file.clocks(work.session, work.actor, case_id):
        late = row.stopped_at - row.due_at if row.stopped_at else None
        is_overdue = row.paused_at is None and row.due_at < work.now
        found.append(RunningClock(procedures.clock_label(procedure, row.name), row, is_overdue, late))
    return found


def _with_duty(work: Work, waiting: list[SentRow]) -> tuple[Waiting, ...]:
    asked = tuple({row.to_agency_id for row in waiting})
    found = directory.agencies(work.session, work.actor, work.now, ids=asked) if asked else []
    rosters = {agency.id: agency.on_duty for agency in found}
    return tuple(Waiting(row, rosters.get(row.to_agency_id, ())) for row in waiting)


def _safety(work: Work, known: Standing) -> dict[str, Any]:
    """The safety minimum of an open stay, for the shelter alone, under the stay's own key (decision 34)."""
    if known.open_stay_id is None or work.actor.agency_kind != "shelter":
        return {}
    row = case_file.safety(work.session, work.actor, known.open_stay_id)
    if row is None or work.actor.agency_id is None:
        return {}
    sealed, wrapped = row
    key = work.vault.unwrap(wrapped, known.open_stay_id, "stay", work.actor.agency_id)
    opened: dict[str, Any] = work.vault.open(key, sealed, "stay", "safety", known.open_stay_id)
    return opened


def _answered_elsewhere(procedure: Procedure, waiting: list[SentRow]) -> set[tuple[str, str]]:
    """Answers are given on the referral's own page: while one waits, and where there is nothing to answer."""
    tracks = {referral.track for referral in waiting}
    answers = procedures.answers_to_referrals(procedure)
    return {(track, action) for track, action, moves in answers if track in tracks or not moves}


def _person(work: Work, known: Standing, keys: CaseKeys) -> tuple[dict[str, Any], dict[str, Any] | None]:
    record = case_file.record(work.session, work.actor, known.case_id)
    vault, row = work.vault, known.record_id
    identity = vault.open(keys.identity, known.identity, "client_record", "identity", row) if known.identity else {}
    sealed = record.safe_contact if record else None
    contact = vault.open(keys.identity, sealed, "client_record", "safe_contact", row) if sealed else None
    return identity, contact


@dataclass(frozen=True)
class EventPage:
    """One step with what was written down, masked by class."""

    case_id: UUID
    reference: str
    entry: Entry
    answers: tuple[Answer, ...]
    names: dict[str, Any]
    reason: str | None
    is_sealed: bool
    procedure: Procedure
    form_key: str | None
    correctable: Correctable = Correctable()


def one_event(work: Work, case_id: UUID, event_id: UUID) -> Looked[EventPage]:
    """One step of a case; raises NotFound where it is not open to the actor. After handing over answers stay sealed."""
    known = standing(work.session, work.actor, case_id)
    pointer, kept_back = known or case_file.pointer(work.session, work.actor, case_id), hidden(work, case_id)
    event = timeline.event(work.session, work.actor, case_id, event_id)
    if pointer is None or event is None or event.agency_id in kept_back.shelters:
        raise NotFound
    moved = moves.moves(work.session, work.actor, case_id)
    procedure = case_versions.version_at(pointer, moved, event.position)
    entry = _entry(procedure, event)
    if known is None or not known.is_party(work.actor.agency_id):
        sealed = EventPage(case_id, pointer.reference, entry, (), {}, None, True, procedure, event.form)
        return Looked(sealed, case_id, detail={"event": event_id})
    keys = unwrap_keys(work, case_id, known.identity_key, known.content_key)
    is_shut = kept_back.shuts(procedure.forms.get(event.form or ""), is_own=event.agency_id == work.actor.agency_id)
    told = {} if is_shut else _opened(work, keys, event)
    reason = work.vault.open(keys.content, event.reason, "case_event", "reason", event.id) if event.reason else None
    answers = _masked(work, procedure, event, told)
    names = directory.names(work.session, work.actor, _ids_in(answers))
    may = correctable(work, known, event_id)
    page = EventPage(case_id, known.reference, entry, answers, names, reason, False, procedure, event.form, may)
    return Looked(page, case_id, detail={"event": event_id})


def _opened(work: Work, keys: CaseKeys, event: EventRow) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if event.answers:
        told |= work.vault.open(keys.content, event.answers, "case_event", "answers", event.id)
    if event.identity:
        told |= work.vault.open(keys.identity, event.identity, "case_event", "identity", event.id)
    return told


def _masked(work: Work, procedure: Procedure, event: EventRow, told: dict[str, Any]) -> tuple[Answer, ...]:
    form = procedure.forms.get(event.form or "")
    fields = form.fields if form else ()
    is_own = event.member_id in work.actor.stands_for
    classes = classes_of(work.actor.roles)
    shown = IN_STATES | open_names([(one.name, one.sensitivity) for one in fields], classes, is_own=is_own)
    return tuple(Answer(one, told[one.name] if one.name in shown else None) for one in fields if one.name in told)


def _ids_in(answers: tuple[Answer, ...]) -> frozenset[UUID]:
    return frozenset(UUID(str(one.value)) for one in answers if one.value and one.question.type in ROW_TYPES)


def _attempts(work: Work, known: Standing, kept_back: Hidden) -> tuple[AttemptRow, ...]:
    """The tries to call, without those by a hidden shelter and those about a question to one."""
    return tuple(kept_back.without(kept_back.unasked(case_file.attempts(work.session, work.actor, known.case_id))))


def _notes(
    work: Work, known: Standing, keys: CaseKeys, classes: frozenset[str], kept_back: Hidden
) -> tuple[OpenNote, ...]:
    found = []
    for row in kept_back.without(case_file.notes(work.session, work.actor, known.case_id)):
        shown = is_open(row.sensitivity, classes, is_own=row.member_id in work.actor.stands_for)
        text = work.vault.open(keys.content, row.text, "note", "text", row.id) if shown and row.text else None
        found.append(OpenNote(row.id, row.sensitivity, row.occurred_on, row.by, row, text))
    return tuple(found)
