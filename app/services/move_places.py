"""Where a person goes from a house whose location is known: written by the agency that places her, under a key of its
own that only this agency and a named driver hold. It stands in no step, list, log or export.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select

from app.cipher import new_key
from app.errors import Invalid, NotFound, Refusal
from app.models.agency import Member
from app.models.house_period import Relocation, RelocationPlace
from app.models.placement import Bed, BedHold, Room
from app.models.premises import Premises
from app.queries import directory, relocations
from app.queries.directory import Named
from app.queries.houses import houses
from app.queries.relocations import DriverRow, MoveRow
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import held_addresses, unit_of_work
from app.services.addresses import Opened, open_house
from app.services.notices import Telling, tell
from app.services.places import Suggestion, suggest
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing

TABLE = RelocationPlace.__tablename__
PLACERS = frozenset({"advocacy", "social_work"})
PLACING = frozenset({"advocate", "social_worker"})
"""Roles that place people: a supervisor sees that a move is to be made, and not where to."""
TO, FROM = "to", "from"


@dataclass(frozen=True)
class NewPlace:
    """Where she goes: another shelter or some other place in words, on which day, what the driver must know, who."""

    shelter_id: UUID | None
    words: str
    on: date
    for_driver: str = ""
    driver_id: UUID | None = None


@dataclass(frozen=True)
class MovesPage:
    """Who has to be moved in the reader's cases, and whom she drives."""

    moves: tuple[MoveRow, ...]
    drives: tuple[MoveRow, ...]


@dataclass(frozen=True)
class MovePage:
    """One move for who places her, or for the driver: the place as far as it is written, opened for them alone."""

    move: MoveRow
    place: dict[str, Any]
    names: dict[str, Named]
    is_driver: bool
    may_write: bool
    may_read: bool = True
    driver: str | None = None
    shelters: tuple[Suggestion, ...] = ()
    drivers: tuple[DriverRow, ...] = ()


def index(work: Work) -> Looked[MovesPage]:
    """What the reader's agency has to move, and what she drives herself."""
    session, actor = work.session, work.actor
    own = relocations.moves(session, actor) if actor.agency_kind in PLACERS else []
    drives = _driven(work)
    return Looked(MovesPage(tuple(own), tuple(drives)), shown=[one.case_id for one in own])


def _driven(work: Work) -> list[MoveRow]:
    """A driver is a party to nothing: that she is named is what opens the plan to her."""
    named = relocations.driven(work.session, work.actor)
    if not named:
        return []
    with work.as_system("placement"):
        return relocations.moves(work.session, work.actor, Relocation.id.in_(sorted(named)))


def _find(work: Work, relocation_id: UUID) -> tuple[MoveRow, bool]:
    """A move that is still to be made, and whether the reader is its driver; raises NotFound."""
    drives = next((one for one in _driven(work) if one.id == relocation_id), None)
    if work.actor.agency_kind in PLACERS:
        own = relocations.moves(work.session, work.actor, Relocation.id == relocation_id)
        if own and own[0].reference is not None:
            return own[0], False
    if drives is None:
        raise NotFound
    return drives, True


def whole(work: Work, relocation_id: UUID) -> Looked[MovePage]:
    """One move, for who places her or who drives her; raises NotFound for anyone else and once it is made."""
    move, is_driver = _find(work, relocation_id)
    row = _row(work, relocation_id, is_driver=is_driver)
    may_read = is_driver or bool(work.actor.roles & PLACING)
    place = _open(work, row, is_driver=is_driver) if row and may_read else {}
    ids = frozenset(UUID(place[name]) for name in ("shelter",) if place.get(name))
    driver_id = row.driver_id if row else None
    names = directory.names(work.session, work.actor, ids | ({driver_id} if driver_id else set()))
    driver = names[str(driver_id)].name_en if driver_id and str(driver_id) in names else None
    if is_driver:
        told = MovePage(move, place, names, True, False, True, driver)
        return Looked(told, move.case_id, detail={"move": relocation_id})
    known = find_standing(work, move.case_id)
    may = move.is_secret and places_her(work, known)
    page = MovePage(
        move,
        place,
        names,
        False,
        may,
        may_read,
        driver,
        tuple(one for one in suggest(work, known) if one.shelter_id != move.agency_id) if may else (),
        tuple(relocations.drivers(work.session, work.actor, move.agency_id)) if may else (),
    )
    return Looked(page, move.case_id, detail={"move": relocation_id})


def places_her(work: Work, known: Standing) -> bool:
    """Whether the actor's agency places her: it leads the case, or the one that leads places nobody."""
    lead = next((one for one in known.parties if one.agency_id == known.lead_agency_id), None)
    is_lead = known.lead_agency_id == work.actor.agency_id
    return work.actor.agency_kind in PLACERS and (is_lead or lead is None or lead.agency_kind not in PLACERS)


def _row(work: Work, relocation_id: UUID, *, is_driver: bool) -> RelocationPlace | None:
    mine = (
        RelocationPlace.driver_id == work.actor.member_id
        if is_driver
        else RelocationPlace.agency_id == work.actor.agency_id
    )
    found = select(RelocationPlace).where(RelocationPlace.relocation_id == relocation_id, mine)
    return work.session.execute(found).scalars().first()


def _open(work: Work, row: RelocationPlace, *, is_driver: bool) -> dict[str, Any]:
    holder = row.driver_id if is_driver else row.agency_id
    wrapped = row.driver_wrapped if is_driver else row.wrapped
    if holder is None or wrapped is None or row.place is None:
        return {}
    key = work.vault.unwrap(wrapped, row.id, TABLE, holder)
    opened: dict[str, Any] = work.vault.open(key, row.place, TABLE, "place", row.id)
    return opened


def write(actor: Actor, relocation_id: UUID, new: NewPlace, once: Once | None = None) -> None:
    """Seal where she goes, for the actor's agency and the driver; what was written before is destroyed with its key.

    The driver is told that somebody is to be brought. Raises NotFound, Invalid by field, Refusal("not_the_placer").
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        move, is_driver = _find(work, relocation_id)
        if is_driver or not move.is_secret:
            raise NotFound
        if not places_her(work, find_standing(work, move.case_id)):
            raise Refusal("not_the_placer")
        driver_agency = _check(work, move, new)
        before = (RelocationPlace.relocation_id == relocation_id, RelocationPlace.agency_id == actor.agency_id)
        work.change(delete(RelocationPlace).where(*before))
        work.session.execute(insert(RelocationPlace), [_sealed(work, move, new)])
        if new.driver_id and driver_agency:
            tell(work, [Telling(driver_agency, "move:drive", member_id=new.driver_id)])
        work.audit("move:place_written", move.case_id, move=relocation_id)
        work.commit()


def _check(work: Work, move: MoveRow, new: NewPlace) -> UUID | None:
    """The driver's agency; raises Invalid by field."""
    faults = {}
    if new.shelter_id is None and not new.words.strip():
        faults["words"] = "required"
    if new.shelter_id == move.agency_id:
        faults["shelter"] = "unknown_choice"
    if new.on < work.today:
        faults["on"] = "shut_in_past"
    found = work.session.get(Member, new.driver_id) if new.driver_id else None
    if new.driver_id and (found is None or not found.is_active or found.agency_id == move.agency_id):
        faults["driver"] = "unknown_choice"
    if faults:
        raise Invalid(faults)
    return found.agency_id if found else None


def _sealed(work: Work, move: MoveRow, new: NewPlace) -> dict[str, Any]:
    key, row_id, agency_id = new_key(), uuid4(), work.actor.agency_id
    assert agency_id is not None  # noqa: S101 - who places has an agency
    told = {"shelter": str(new.shelter_id) if new.shelter_id else None, "words": new.words.strip()}
    told |= {"on": new.on.isoformat(), "for_driver": new.for_driver.strip()}
    return {
        "id": row_id,
        "case_id": move.case_id,
        "agency_id": agency_id,
        "relocation_id": move.id,
        "place": work.vault.seal(key, told, TABLE, "place", row_id),
        "wrapped": work.vault.wrap(key, row_id, TABLE, agency_id),
        "driver_id": new.driver_id,
        "driver_wrapped": work.vault.wrap(key, row_id, TABLE, new.driver_id) if new.driver_id else None,
        "written_by_id": work.actor.member_id,
        "written_at": work.now,
    }


def open_address(actor: Actor, relocation_id: UUID, end: str) -> Opened:
    """For the driver alone: where to fetch the person, or where to bring her. Each opening is told to that shelter.

    Raises NotFound, Refusal("not_expected_yet") where no bed is kept for her there, Refusal("no_address"), Stopped
    where she has opened the addresses of too many houses.
    """
    with held_addresses.reporting(actor), unit_of_work.write(actor) as work:
        move, is_driver = _find(work, relocation_id)
        row = _row(work, relocation_id, is_driver=True)
        if not is_driver or row is None:
            raise NotFound
        premises_id = move.premises_id
        if end == TO:
            premises_id = _expected_at(work, move, _open(work, row, is_driver=True).get("shelter"))
        house = houses(work.session, actor, Premises.id == premises_id)[0]
        return open_house(work, house, "fetch" if end == FROM else "bring", move.case_id)


def _expected_at(work: Work, move: MoveRow, shelter_id: str | None) -> UUID:
    found = (
        select(Room.premises_id)
        .join(Bed, Bed.room_id == Room.id)
        .join(BedHold, BedHold.bed_id == Bed.id)
        .where(BedHold.case_id == move.case_id, BedHold.state == "held", BedHold.expires_at > work.now)
    )
    if shelter_id is None:
        raise Refusal("not_expected_yet")
    with work.as_system("placement"):
        there = work.session.execute(found.where(BedHold.agency_id == UUID(shelter_id))).scalars().first()
    if there is None:
        raise Refusal("not_expected_yet")
    return there
