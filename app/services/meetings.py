"""Case meetings: any agency that is a party may call one. Cases stand on the agenda by pseudonym, and only to parties.

Whoever is invited sees when, why and who comes; of cases that are not open to her she sees how many there are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Conflict, Invalid, NotFound
from app.models.agency import Agency
from app.models.meeting import Meeting, MeetingAgency, MeetingCase, MeetingFollowUp
from app.queries import meetings as query
from app.queries.meetings import EntryRow, FollowUpRow, InvitedRow, MeetingRow, OpenCase, PartyName
from app.security.actor import Actor
from app.security.vault import CONTENT
from app.services import unit_of_work
from app.services.hidden_places import Hidden, hidden, hidden_from_guest
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing

CASES_AT_MOST = 20


@dataclass(frozen=True)
class NewMeeting:
    """What is called: on which cases, by their pseudonyms, and whom besides their parties."""

    held_on: date
    kind: str
    reason: str
    references: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    begins_at: str | None = None
    is_urgent: bool = False


@dataclass(frozen=True)
class FollowUp:
    """What an agency took on, opened."""

    row: FollowUpRow
    task: str
    is_own: bool


@dataclass(frozen=True)
class Entry:
    """A case on the agenda that is open to the reader, opened."""

    row: EntryRow
    decision: str
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True)
class MeetingPage:
    """A meeting as one of those invited sees it; `hidden` counts the cases that are not open to her."""

    row: MeetingRow
    invited: tuple[InvitedRow, ...]
    entries: tuple[Entry, ...]
    hidden: int
    is_over: bool


@dataclass(frozen=True)
class EntryPage:
    """One case of an agenda, with the agencies that can take something on."""

    entry: Entry
    parties: tuple[PartyName, ...]


@dataclass(frozen=True)
class NewFollowUp:
    """What an agency is to do, and until when."""

    agency_id: UUID
    due_on: date
    task: str = field(repr=False)


def of_agency(work: Work) -> Looked[tuple[MeetingRow, ...]]:
    """The meetings that the actor's agency called or is invited to."""
    rows = query.listed(work.session, work.actor)
    cases = query.cases_of(work.session, work.actor, [row.id for row in rows]) if rows else []
    kept_back = hidden_from_guest(work, *cases)
    return Looked(tuple(_masked(row, kept_back) for row in rows))


def _masked(row: MeetingRow, kept_back: Hidden) -> MeetingRow:
    """The meeting without who called it, where that is a place kept from the reader."""
    if row.agency_id not in kept_back.shelters:
        return row
    return replace(row, agency_id=None, name_en=None, name_sq=None, name_sr=None)


def one(work: Work, meeting_id: UUID) -> Looked[MeetingPage]:
    """One meeting; raises NotFound where the actor's agency is not invited."""
    row = query.one(work.session, work.actor, meeting_id)
    if row is None:
        raise NotFound
    found = _opened(work, query.entries(work.session, work.actor, meeting_id=meeting_id))
    kept_back = hidden_from_guest(work, *(one.row.case_id for one in found))
    page = MeetingPage(
        row=_masked(row, kept_back),
        invited=tuple(kept_back.without(query.invited(work.session, work.actor, meeting_id))),
        entries=found,
        hidden=max(0, row.entries - len(found)),
        is_over=row.held_on <= work.today,
    )
    return Looked(page, shown=[one.row.case_id for one in found], detail={"meeting": meeting_id})


def entry(work: Work, entry_id: UUID) -> Looked[EntryPage]:
    """One case of an agenda; raises NotFound where the actor is not invited or the case is not open to her."""
    row, _ = _entry(work, entry_id)
    found = _opened(work, [row])[0]
    page = EntryPage(found, _parties_there(work, row))
    return Looked(page, row.case_id, detail={"entry": entry_id})


def _entry(work: Work, entry_id: UUID) -> tuple[EntryRow, MeetingRow]:
    row = next(iter(query.entries(work.session, work.actor, entry_id=entry_id)), None)
    meeting = query.one(work.session, work.actor, row.meeting_id) if row else None
    if row is None or meeting is None:
        raise NotFound
    return row, meeting


def _parties_there(work: Work, row: EntryRow) -> tuple[PartyName, ...]:
    """Parties of the case that are invited: what one takes on stands on the meeting's page."""
    invited = hidden(work, row.case_id).without(query.invited(work.session, work.actor, row.meeting_id))
    guests = {one.agency_id for one in invited}
    return tuple(one for one in query.parties(work.session, work.actor, [row.case_id]) if one.id in guests)


def _opened(work: Work, rows: list[EntryRow]) -> tuple[Entry, ...]:
    keys = _keys(work, {row.case_id for row in rows})
    tasks: dict[UUID, list[FollowUp]] = {row.id: [] for row in rows}
    vault, actor = work.vault, work.actor
    taken_on = query.follow_ups(work.session, actor, tasks) if rows else []
    for one in hidden(work, *(row.case_id for row in rows)).without(taken_on):
        key, table = keys.get(one.case_id), MeetingFollowUp.__tablename__
        task = vault.open(key, one.task, table, "task", one.id) if key and one.task else ""
        tasks[one.entry_id].append(FollowUp(one, task, one.agency_id == actor.agency_id))
    return tuple(Entry(row, _decision(work, keys, row), tuple(tasks[row.id])) for row in rows)


def _decision(work: Work, keys: dict[UUID, bytes], row: EntryRow) -> str:
    key = keys.get(row.case_id)
    if key is None or row.decision is None:
        return ""
    return str(work.vault.open(key, row.decision, MeetingCase.__tablename__, "decision", row.id))


def _keys(work: Work, case_ids: Collection[UUID]) -> dict[UUID, bytes]:
    holder = work.actor.agency_id
    if holder is None or not case_ids:
        return {}
    wraps = query.content_wraps(work.session, work.actor, case_ids)
    return {case_id: work.vault.unwrap(wrapped, case_id, CONTENT, holder) for case_id, wrapped in wraps.items()}


def _key(work: Work, case_id: UUID) -> bytes:
    key = _keys(work, [case_id]).get(case_id)
    if key is None:
        raise NotFound
    return key


def reference_of(work: Work, case_id: UUID) -> Looked[str]:
    """The pseudonym of a case from whose page a meeting is called; raises NotFound where it is not open."""
    return Looked(find_standing(work, case_id).reference, case_id)


def call(actor: Actor, new: NewMeeting, once: Once | None = None) -> dict[str, str]:
    """Call a meeting and tell those who are invited; gives its id.

    Raises Invalid where a case is not open to the actor, there are too many or none, or the day lies in the past.
    """
    with unit_of_work.write(actor) as work:
        meeting_id = uuid4()
        made = {"meeting_id": str(meeting_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if new.held_on < work.today:
            raise Invalid({"held_on": "meeting_in_past"})
        cases = _cases(work, new.references)
        guests = _guests(work, new, cases)
        _write(work, meeting_id, new, cases, guests)
        kind_of = "meeting:called_urgently" if new.is_urgent else "meeting:called"
        told = {"meeting_reason": new.reason}
        tell(work, [Telling(one, kind_of, values=told) for one in guests if one != actor.agency_id])
        work.audit("meeting:called", None, meeting=meeting_id, cases=[str(one.case_id) for one in cases])
        work.commit()
        return made


def _cases(work: Work, references: tuple[str, ...]) -> list[OpenCase]:
    wanted = {one.strip().upper() for one in references if one.strip()}
    if not wanted:
        raise Invalid({"references": "required"})
    if len(wanted) > CASES_AT_MOST:
        raise Invalid({"references": "too_many_cases"})
    found = query.open_cases(work.session, work.actor, wanted)
    if len(found) != len(wanted):
        raise Invalid({"references": "no_such_case"})
    return found


def _guests(work: Work, new: NewMeeting, cases: list[OpenCase]) -> dict[UUID, str]:
    """The agency that calls, the parties of the cases, and agencies of the kinds named that serve their regions."""
    assert work.actor.agency_id is not None  # noqa: S101 - only members call meetings
    regions = {one.region for one in cases}
    named = select(Agency.id, Agency.region).where(Agency.kind.in_(new.kinds), Agency.is_active.is_(True))
    by_kind = [row.id for row in work.session.execute(named) if row.region is None or row.region in regions]
    parties = query.parties(work.session, work.actor, [one.case_id for one in cases])
    return {
        **dict.fromkeys(by_kind, "invited"),
        **dict.fromkeys((one.id for one in parties), "party"),
        work.actor.agency_id: "called",
    }


def _write(work: Work, meeting_id: UUID, new: NewMeeting, cases: list[OpenCase], guests: dict[UUID, str]) -> None:
    row: dict[str, Any] = {
        "id": meeting_id,
        "agency_id": work.actor.agency_id,
        "called_by_id": work.actor.member_id,
        "called_at": work.now,
        "held_on": new.held_on,
        "begins_at": new.begins_at,
        "kind": new.kind,
        "reason": new.reason,
        "is_urgent": new.is_urgent,
        "entries": len(cases),
    }
    work.session.execute(insert(Meeting), [row])
    rows = [{"meeting_id": meeting_id, "agency_id": one, "basis": basis} for one, basis in guests.items()]
    work.session.execute(insert(MeetingAgency), rows)
    agenda = [
        {
            "id": uuid4(),
            "meeting_id": meeting_id,
            "case_id": one.case_id,
            "agency_id": work.actor.agency_id,
            "position": position,
        }
        for position, one in enumerate(cases, 1)
    ]
    work.session.execute(insert(MeetingCase), agenda)


def record_attendance(
    actor: Actor, meeting_id: UUID, came: Iterable[tuple[UUID, str]], once: Once | None = None
) -> None:
    """Record which agencies came, and by whom of them; raises NotFound, Conflict before the meeting's day."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {"meeting_id": str(meeting_id)}) is not None:
            return
        row = query.one(work.session, actor, meeting_id)
        if row is None:
            raise NotFound
        if row.held_on > work.today:
            raise Conflict("meeting_not_yet")
        kept_back = hidden_from_guest(work, *query.cases_of(work.session, actor, [meeting_id]))
        # Of a guest whom she is not shown she says nothing: neither that it came nor that it did not.
        shown = (MeetingAgency.meeting_id == meeting_id, MeetingAgency.agency_id.not_in(sorted(kept_back.shelters)))
        work.change(update(MeetingAgency).where(*shown).values(attended=False, attended_by=None))
        for agency_id, role in came:
            of_agency = MeetingAgency.agency_id == agency_id
            work.change(update(MeetingAgency).where(*shown, of_agency).values(attended=True, attended_by=role))
        work.audit("meeting:attendance", None, meeting=meeting_id)
        work.commit()


def decide(actor: Actor, entry_id: UUID, decision: str, once: Once | None = None) -> None:
    """Keep what was decided on a case, once; raises NotFound, Conflict where it was or before the day."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {"entry_id": str(entry_id)}) is not None:
            return
        row = _held(work, entry_id)
        key = _key(work, row.case_id)
        values = {
            "decision": work.vault.seal(key, decision, MeetingCase.__tablename__, "decision", entry_id),
            "decided_at": work.now,
            "decided_by_id": actor.member_id,
        }
        undecided = (MeetingCase.id == entry_id, MeetingCase.decided_at.is_(None))
        if work.change(update(MeetingCase).where(*undecided).values(**values)) == 0:
            raise Conflict("decision_is_recorded")
        work.audit("meeting:decided", row.case_id, entry=entry_id)
        work.commit()


def _held(work: Work, entry_id: UUID) -> EntryRow:
    row, meeting = _entry(work, entry_id)
    if meeting.held_on > work.today:
        raise Conflict("meeting_not_yet")
    return row


def add_follow_up(actor: Actor, entry_id: UUID, new: NewFollowUp, once: Once | None = None) -> None:
    """Keep what an agency took on, and tell it; raises NotFound, Invalid for an agency that is no party now."""
    with unit_of_work.write(actor) as work:
        follow_up_id = uuid4()
        if work.once(once, {"follow_up_id": str(follow_up_id)}) is not None:
            return
        row = _held(work, entry_id)
        if new.agency_id not in {one.id for one in _parties_there(work, row)}:
            raise Invalid({"agency": "unknown_choice"})
        key = _key(work, row.case_id)
        values = {
            "id": follow_up_id,
            "case_id": row.case_id,
            "agency_id": actor.agency_id,
            "entry_id": entry_id,
            "responsible_agency_id": new.agency_id,
            "due_on": new.due_on,
            "task": work.vault.seal(key, new.task, MeetingFollowUp.__tablename__, "task", follow_up_id),
            "recorded_at": work.now,
        }
        work.session.execute(insert(MeetingFollowUp), [values])
        if new.agency_id != actor.agency_id:
            tell(work, [Telling(new.agency_id, "meeting:follow_up", row.case_id)])
        work.audit("meeting:follow_up", row.case_id, entry=entry_id, follow_up=follow_up_id)
        work.commit()


def mark_done(actor: Actor, follow_up_id: UUID) -> UUID:
    """Record that the actor's agency has done what it took on; gives the meeting. Raises NotFound for any other.

    What a colleague has marked already stays as it is.
    """
    with unit_of_work.write(actor) as work:
        task = MeetingFollowUp
        own = (task.id == follow_up_id, task.responsible_agency_id == actor.agency_id)
        found = work.session.execute(
            select(task.case_id, MeetingCase.meeting_id).join(MeetingCase, MeetingCase.id == task.entry_id).where(*own)
        ).first()
        if found is None:
            raise NotFound
        undone = update(task).where(*own, task.done_at.is_(None))
        if work.change(undone.values(done_at=work.now, done_by_id=actor.member_id)):
            work.audit("meeting:follow_up_done", found.case_id, follow_up=follow_up_id)
            work.commit()
        meeting_id: UUID = found.meeting_id
        return meeting_id
