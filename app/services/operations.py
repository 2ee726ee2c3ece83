"""Operations of the police: recorded, shared with named members, tied to own cases; a venue that returns is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.errors import Invalid, NotFound
from app.models.agency import Member
from app.models.case import Case
from app.models.operation import Operation, OperationCase, OperationMember, Venue, VenueVisit
from app.queries import directory, operations
from app.queries.directory import Colleague
from app.queries.operations import Ratio
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work


@dataclass(frozen=True)
class NewVenue:
    """A venue to be registered."""

    code: str
    kind: str
    region: str
    address: str = ""


@dataclass(frozen=True)
class NewOperation:
    """An operation to be recorded: coded, counted, at the venue of a code."""

    kind: str
    reason: str
    held_on: date
    venue: str
    counts: Mapping[str, int]
    note: str = ""


@dataclass(frozen=True)
class VenuePage:
    """A venue with its address, and the days on which there were operations."""

    row: Venue
    address: str
    visits: list[date]


@dataclass(frozen=True)
class OperationPage:
    """An operation as those who may open it see it."""

    row: Operation
    venue: Venue
    note: str
    earlier: list[date]
    readers: list[tuple[UUID, str]]
    cases: list[tuple[UUID, str]]
    colleagues: list[Colleague] = field(default_factory=list)


def add_venue(actor: Actor, new: NewVenue, once: Once | None = None) -> UUID:
    """Register a venue under its code. Raises Invalid for a code that the agency has given already."""
    with unit_of_work.write(actor) as work:
        venue_id, code = uuid4(), new.code.strip().upper()
        earlier = work.once(once, {"venue_id": str(venue_id)})
        if earlier is not None:
            return UUID(earlier["venue_id"])
        if _venue_of(work, code) is not None:
            raise Invalid({"code": "venue_code_taken"})
        row = {"id": venue_id, "agency_id": actor.agency_id, "code": code, "kind": new.kind, "region": new.region}
        sealed = _seal(work, new.address, "venue", "address", venue_id)
        work.session.execute(insert(Venue), [{**row, "address": sealed, "recorded_at": work.now}])
        work.audit("venue:added", venue=venue_id)
        work.commit()
        return venue_id


def _venue_of(work: Work, code: str) -> Venue | None:
    asked = select(Venue).where(Venue.agency_id == work.actor.agency_id, Venue.code == code)
    return work.session.execute(asked).scalar_one_or_none()


def _key(work: Work) -> bytes:
    assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
    return work.vault.keyring.named(f"operations|{work.actor.agency_id}")


def _seal(work: Work, text: str, table: str, column: str, row_id: UUID) -> bytes | None:
    return work.vault.seal(_key(work), text, table, column, row_id) if text else None


def _open(work: Work, sealed: bytes | None, table: str, column: str, row_id: UUID) -> str:
    return str(work.vault.open(_key(work), sealed, table, column, row_id)) if sealed else ""


def open_venue(actor: Actor, venue_id: UUID) -> VenuePage:
    """A venue of the actor's agency; raises NotFound for any other."""
    with unit_of_work.write(actor) as work:
        row = work.session.execute(select(Venue).where(Venue.id == venue_id)).scalar_one_or_none()
        if row is None:
            raise NotFound
        address = _open(work, row.address, "venue", "address", row.id)
        page = VenuePage(row, address, operations.visits_before(work.session, venue_id))
        work.audit("venue:opened", venue=venue_id)
        work.commit()
        return page


def record(actor: Actor, new: NewOperation, once: Once | None = None) -> UUID:
    """Record an operation; who records it may open it. A venue that returns is told to her and to the supervisor.

    Raises Invalid for a day to come, a venue that is not registered, or more presumed victims than persons screened.
    """
    with unit_of_work.write(actor) as work:
        operation_id = uuid4()
        earlier = work.once(once, {"operation_id": str(operation_id)})
        if earlier is not None:
            return UUID(earlier["operation_id"])
        venue = _checked(work, new)
        visits = operations.visits_before(work.session, venue.id)
        shared = {"agency_id": actor.agency_id, "held_on": new.held_on, "venue_id": venue.id}
        row: dict[str, Any] = {
            "id": operation_id,
            "made_by_id": actor.member_id,
            "kind": new.kind,
            "reason": new.reason,
            **new.counts,
        }
        row |= {"recorded_at": work.now, "note": _seal(work, new.note, "operation", "note", operation_id), **shared}
        work.session.execute(insert(Operation), [row])
        work.session.execute(insert(VenueVisit), [{"operation_id": operation_id, **shared}])
        _let_open(work, [operation_id], actor.member_id)
        _tell_return(work, venue, visits)
        work.audit("operation:recorded", operation=operation_id, venue=venue.id, visits_before=len(visits))
        work.commit()
        return operation_id


def record_earlier(actor: Actor, told: Sequence[NewOperation]) -> int:
    """Record operations of earlier years at once, in one transaction; gives how many.

    Nobody is told that venues return. Who records them may open them. Raises Invalid as `record` does.
    """
    with unit_of_work.write(actor) as work:
        codes = sorted({one.venue.strip().upper() for one in told})
        venues = {code: _venue_of(work, code) for code in codes}
        ids = [uuid4() for _ in told]
        named = {"made_by_id": actor.member_id, "agency_id": actor.agency_id, "recorded_at": work.now, "note": None}
        rows = []
        for operation_id, one in zip(ids, told, strict=True):
            venue = _fitting(work, one, venues[one.venue.strip().upper()])
            row = {"id": operation_id, "kind": one.kind, "reason": one.reason, **one.counts, **named}
            rows.append({**row, "held_on": one.held_on, "venue_id": venue.id})
        work.session.execute(insert(Operation), rows)
        kept = ("agency_id", "held_on", "venue_id")
        visits = [{"operation_id": row["id"], **{name: row[name] for name in kept}} for row in rows]
        work.session.execute(insert(VenueVisit), visits)
        _let_open(work, ids, actor.member_id)
        work.audit("operation:recorded_earlier", operations=len(rows))
        work.commit()
        return len(rows)


def _checked(work: Work, new: NewOperation) -> Venue:
    return _fitting(work, new, _venue_of(work, new.venue.strip().upper()))


def _fitting(work: Work, new: NewOperation, venue: Venue | None) -> Venue:
    if venue is None:
        raise Invalid({"venue": "no_such_venue"})
    if new.held_on > work.today:
        raise Invalid({"held_on": "date_in_future"})
    if new.counts["presumed"] > new.counts["screened"]:
        raise Invalid({"presumed": "presumed_over_screened"})
    return venue


def _let_open(work: Work, operation_ids: Sequence[UUID], member_id: UUID | None) -> None:
    row: dict[str, Any] = {"member_id": member_id, "agency_id": work.actor.agency_id}
    row |= {"added_by_id": work.actor.member_id, "added_at": work.now}
    work.session.execute(insert(OperationMember), [{**row, "operation_id": one} for one in operation_ids])


def _tell_return(work: Work, venue: Venue, visits: list[date]) -> None:
    if not visits:
        return
    values = {"venue": venue.code, "times": str(len(visits)), "on": f"{visits[0]:%d.%m.%Y}"}
    told = Telling(venue.agency_id, "venue:returned", member_id=work.actor.member_id, values=values)
    tell(work, [told, Telling(venue.agency_id, "venue:returned", role="agency_supervisor", values=values)])


def open_operation(actor: Actor, operation_id: UUID) -> OperationPage:
    """An operation that is open to the actor; each opening is written down. Raises NotFound for any other."""
    with unit_of_work.write(actor) as work:
        row = _find(work, operation_id)
        session = work.session
        readers = operations.readers(session, operation_id)
        known = {member_id for member_id, _ in readers}
        page = OperationPage(
            row=row,
            venue=session.get_one(Venue, row.venue_id),
            note=_open(work, row.note, "operation", "note", row.id),
            earlier=operations.visits_before(session, row.venue_id, operation_id),
            readers=readers,
            cases=operations.cases(session, operation_id),
            colleagues=[one for one in directory.colleagues(session, actor) if one.id not in known],
        )
        work.audit("operation:opened", operation=operation_id)
        work.commit()
        return page


def _find(work: Work, operation_id: UUID) -> Operation:
    row = work.session.execute(select(Operation).where(Operation.id == operation_id)).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def share(actor: Actor, operation_id: UUID, member_id: UUID, once: Once | None = None) -> UUID:
    """Let a colleague open an operation, and tell her. Raises NotFound where it is not open to the actor, Invalid."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {"operation_id": str(operation_id)}) is not None:
            return operation_id
        _find(work, operation_id)
        own = select(Member.id).where(Member.id == member_id, Member.agency_id == actor.agency_id, Member.is_active)
        is_known = member_id in {one for one, _ in operations.readers(work.session, operation_id)}
        if is_known or work.session.execute(own).first() is None:
            raise Invalid({"member": "unknown_choice"})
        _let_open(work, [operation_id], member_id)
        assert actor.agency_id is not None  # noqa: S101 - members have an agency
        tell(work, [Telling(actor.agency_id, "operation:shared", member_id=member_id)])
        work.audit("operation:shared", operation=operation_id, member=member_id)
        work.commit()
        return operation_id


def link_case(actor: Actor, operation_id: UUID, reference: str, once: Once | None = None) -> UUID:
    """Tie a case that is open to the actor to an operation. Raises NotFound, and Invalid for any other case."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {"operation_id": str(operation_id)}) is not None:
            return operation_id
        _find(work, operation_id)
        asked = select(Case.id).where(Case.reference == reference.strip().upper())
        case_id = work.session.execute(asked).scalar_one_or_none()
        if case_id is None:
            raise Invalid({"reference": "no_such_case"})
        if case_id in {one for one, _ in operations.cases(work.session, operation_id)}:
            raise Invalid({"reference": "already_marked"})
        row = {"id": uuid4(), "case_id": case_id, "agency_id": actor.agency_id, "operation_id": operation_id}
        work.session.execute(insert(OperationCase), [row])
        work.audit("operation:case_linked", case_id, operation=operation_id)
        work.commit()
        return operation_id


def ratios(actor: Actor) -> list[Ratio]:
    """What the agency's operations came to, by year and kind."""
    with unit_of_work.read(actor) as work:
        return operations.ratios(work.session, actor)
