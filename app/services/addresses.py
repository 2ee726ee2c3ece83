"""The address of a shelter: sealed apart, opened by those who place or transport someone, one place at a time.

It lies under a key of its own, wrapped for the shelter alone. Whoever opens it does so for a person who is there or is
expected there, and says what for; the opening is written down and told to the shelter in the same transaction.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select

from app.cipher import new_key
from app.errors import Invalid, NotFound, Refusal
from app.models.placement import AddressOpening, ShelterAddress
from app.queries import addresses as query
from app.queries.addresses import AddressRow, OpeningRow, PlaceName
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from app.vocabulary import catalog

TABLE = ShelterAddress.__tablename__
CHECK = "check"
"""The purpose of the shelter itself: whoever goes there has another."""


@dataclass(frozen=True)
class AddressPage:
    """What a shelter sees of its own address: that it is recorded, and who opened it. Not the address."""

    place: PlaceName | None
    recorded: AddressRow | None
    openings: tuple[OpeningRow, ...]


@dataclass(frozen=True)
class Openable:
    """The places of which an address may be opened for the person of a case."""

    case_id: UUID
    reference: str
    places: tuple[PlaceName, ...]


@dataclass(frozen=True)
class Opened:
    """An address, shown once."""

    place: PlaceName
    address: str = field(repr=False)


def own(work: Work) -> Looked[AddressPage]:
    """The page of the actor's own shelter."""
    session, actor = work.session, work.actor
    place = query.own_place(session, actor)
    if place is None:
        return Looked(AddressPage(None, None, ()))
    return Looked(AddressPage(place, query.recorded(session, actor), tuple(query.openings(session, actor))))


def write(actor: Actor, address: str, once: Once | None = None) -> None:
    """Record where the actor's own shelter is, under a new key: what was recorded before is destroyed with its key.

    Raises NotFound where her agency is no shelter, Invalid for no address.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        place = query.own_place(work.session, actor)
        if place is None:
            raise NotFound
        if not address.strip():
            raise Invalid({"address": "required"})
        before = query.recorded(work.session, actor)
        version = before.version + 1 if before else 1
        work.change(delete(ShelterAddress).where(ShelterAddress.agency_id == place.agency_id))
        key = new_key()
        row = {
            "agency_id": place.agency_id,
            "address": work.vault.seal(key, address, TABLE, "address", place.agency_id),
            "wrapped": work.vault.wrap(key, place.agency_id, TABLE, place.agency_id),
            "version": version,
            "set_at": work.now,
            "set_by_id": actor.member_id,
        }
        work.session.execute(insert(ShelterAddress), [row])
        work.audit("address:written", None, version=version)
        work.commit()


def openable(work: Work, case_id: UUID) -> Looked[Openable]:
    """Where the person of a case is or is expected; raises NotFound for a case that is not open to the actor."""
    known = find_standing(work, case_id)
    places = query.places_of(work.session, work.actor, case_id, work.now)
    return Looked(Openable(case_id, known.reference, tuple(places)), case_id)


def open_for(actor: Actor, case_id: UUID, place_id: UUID, purpose: str) -> Opened:
    """Open the address of a place where the person of a case is or is expected; each opening is told to the shelter.

    Raises NotFound for a case that is not open to the actor and for any other place, Invalid for an unknown purpose,
    Refusal("no_address") where the shelter has recorded none.
    """
    with unit_of_work.write(actor) as work:
        found = openable(work, case_id).found
        place = next((one for one in found.places if one.agency_id == place_id), None)
        if place is None:
            raise NotFound
        if purpose == CHECK or purpose not in catalog.get("address_purpose"):
            raise Invalid({"purpose": "unknown_choice"})
        return _open(work, place, purpose, case_id)


def open_own(actor: Actor) -> Opened:
    """Open the address of the actor's own shelter. Raises NotFound, Refusal("no_address")."""
    with unit_of_work.write(actor) as work:
        place = query.own_place(work.session, actor)
        if place is None:
            raise NotFound
        return _open(work, place, CHECK, None)


def _open(work: Work, place: PlaceName, purpose: str, case_id: UUID | None) -> Opened:
    member_id = work.actor.member_id
    with work.answering_for(place.agency_id):
        address, version = _read(work, place.agency_id)
        row = {"id": uuid4(), "agency_id": place.agency_id, "opened_by_id": member_id, "purpose": purpose}
        work.session.execute(insert(AddressOpening), [row | {"version": version, "opened_at": work.now}])
    told = Telling(place.agency_id, "address:opened", role="shelter_coordinator", values={"purpose": purpose})
    tell(work, [told])
    work.audit("address:opened", case_id, place=place.agency_id, purpose=purpose, version=version)
    work.commit()
    return Opened(place, address)


def _read(work: Work, place_id: UUID) -> tuple[str, int]:
    row = work.session.execute(select(ShelterAddress).where(ShelterAddress.agency_id == place_id)).scalar_one_or_none()
    if row is None or row.address is None:
        raise Refusal("no_address")
    key = work.vault.unwrap(row.wrapped, place_id, TABLE, place_id)
    return str(work.vault.open(key, row.address, TABLE, "address", place_id)), row.version
