"""The address of a house: sealed apart, opened by those who place or transport someone, one place at a time.

It lies under a key of its own, wrapped for the shelter alone. Whoever opens it does so for a person who is there or is
expected there, and says what for; the opening is written down and told to the shelter in the same transaction.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select

from app.cipher import new_key
from app.errors import Invalid, NotFound, Refusal
from app.models.premises import AddressOpening, ShelterAddress
from app.queries import addresses as query
from app.queries.addresses import AddressRow, OpeningRow
from app.queries.houses import House, own_houses
from app.security.actor import Actor
from app.services import held_addresses, unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from app.vocabulary import catalog

TABLE = ShelterAddress.__tablename__
CHECK = "check"
"""The purpose of the shelter itself: whoever goes there has another."""


@dataclass(frozen=True)
class HouseAddress:
    """A house of the actor's own shelter, and whether its address is recorded. Not the address."""

    house: House
    recorded: AddressRow | None


@dataclass(frozen=True)
class AddressPage:
    """What a shelter sees of its own addresses: that they are recorded, and who opened them."""

    houses: tuple[HouseAddress, ...]
    openings: tuple[OpeningRow, ...]

    @property
    def is_one(self) -> bool:
        """Whether the shelter has one house: then nothing asks which."""
        return len(self.houses) == 1


@dataclass(frozen=True)
class Openable:
    """The houses of which an address may be opened for the person of a case."""

    case_id: UUID
    reference: str
    places: tuple[House, ...]


@dataclass(frozen=True)
class Opened:
    """An address, shown once."""

    place: House
    address: str = field(repr=False)


def own(work: Work) -> Looked[AddressPage]:
    """The page of the actor's own shelter; without houses where her agency is none."""
    session, actor = work.session, work.actor
    known = query.recorded(session, actor)
    houses = tuple(HouseAddress(house, known.get(house.premises_id)) for house in own_houses(session, actor))
    return Looked(AddressPage(houses, tuple(query.openings(session, actor)) if houses else ()))


def write(actor: Actor, address: str, once: Once | None = None, premises_id: UUID | None = None) -> None:
    """Record where a house of the actor's own shelter is, under a new key: what was recorded before is destroyed with
    its key. The house need not be named where there is one.

    Raises NotFound where it is none of hers, Invalid for no address or no house.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        house = own_house(work, premises_id)
        if not address.strip():
            raise Invalid({"address": "required"})
        before = query.recorded(work.session, actor).get(house.premises_id)
        version = before.version + 1 if before else 1
        seal_address(work, house.premises_id, address, version)
        work.audit("address:written", None, version=version, premises=house.premises_id)
        work.commit()


def own_house(work: Work, premises_id: UUID | None) -> House:
    """A house of the actor's own shelter; it need not be named where there is one. Raises NotFound, Invalid."""
    found = own_houses(work.session, work.actor)
    meant = [one for one in found if premises_id in (None, one.premises_id)]
    if not meant:
        raise NotFound
    if len(meant) > 1:
        raise Invalid({"house": "required"})
    return meant[0]


def seal_address(work: Work, premises_id: UUID, address: str, version: int) -> None:
    """Put an address of the actor's own shelter under a new key; the key before is destroyed."""
    work.change(delete(ShelterAddress).where(ShelterAddress.premises_id == premises_id))
    key, agency_id = new_key(), work.actor.agency_id
    assert agency_id is not None  # noqa: S101 - who has a house has an agency
    row = {
        "premises_id": premises_id,
        "agency_id": agency_id,
        "address": work.vault.seal(key, address, TABLE, "address", premises_id),
        "wrapped": work.vault.wrap(key, premises_id, TABLE, agency_id),
        "version": version,
        "set_at": work.now,
        "set_by_id": work.actor.member_id,
    }
    work.session.execute(insert(ShelterAddress), [row])


def openable(work: Work, case_id: UUID) -> Looked[Openable]:
    """Where the person of a case is or is expected; raises NotFound for a case that is not open to the actor."""
    known = find_standing(work, case_id)
    places = query.places_of(work.session, work.actor, case_id, work.now)
    return Looked(Openable(case_id, known.reference, tuple(places)), case_id)


def open_for(actor: Actor, case_id: UUID, premises_id: UUID, purpose: str) -> Opened:
    """Open the address of a house where the person of a case is or is expected; the shelter is told each time.

    Raises NotFound for a case that is not open to the actor and for any other house, Invalid for an unknown purpose,
    Refusal("no_address") where the shelter has recorded none, Stopped where she has opened those of too many houses.
    """
    with held_addresses.reporting(actor), unit_of_work.write(actor) as work:
        found = openable(work, case_id).found
        place = next((one for one in found.places if one.premises_id == premises_id), None)
        if place is None:
            raise NotFound
        if purpose == CHECK or purpose not in catalog.get("address_purpose"):
            raise Invalid({"purpose": "unknown_choice"})
        return open_house(work, place, purpose, case_id)


def open_own(actor: Actor, premises_id: UUID | None = None) -> Opened:
    """Open the address of a house of the actor's own shelter. Raises NotFound, Invalid, Refusal("no_address")."""
    with unit_of_work.write(actor) as work:
        return open_house(work, own_house(work, premises_id), CHECK, None)


def open_house(work: Work, place: House, purpose: str, case_id: UUID | None) -> Opened:
    """Open the address of a house that the caller has found to be the actor's to open, write it down and commit.

    Raises Stopped where it is opened for somebody and the actor has opened those of too many houses.
    """
    member_id = work.actor.member_id
    if case_id is not None:
        held_addresses.refuse_too_many(work, place.premises_id)
    with work.answering_for(place.agency_id):
        address, version = read_address(work, place.premises_id, place.agency_id)
        row: dict[str, Any] = {"id": uuid4(), "agency_id": place.agency_id, "premises_id": place.premises_id}
        row |= {"opened_by_id": member_id, "purpose": purpose, "version": version, "opened_at": work.now}
        work.session.execute(insert(AddressOpening), [row])
    told = Telling(place.agency_id, "address:opened", role="shelter_coordinator", values={"purpose": purpose})
    tell(work, [told])
    work.audit("address:opened", case_id, premises=place.premises_id, purpose=purpose, version=version)
    work.commit()
    return Opened(place, address)


def read_address(work: Work, premises_id: UUID, agency_id: UUID) -> tuple[str, int]:
    """The address of a house, through its shelter's standing, and which version it is. Raises Refusal("no_address")."""
    found = select(ShelterAddress).where(ShelterAddress.premises_id == premises_id)
    row = work.session.execute(found).scalar_one_or_none()
    if row is None or row.address is None:
        raise Refusal("no_address")
    key = work.vault.unwrap(row.wrapped, premises_id, TABLE, agency_id)
    return str(work.vault.open(key, row.address, TABLE, "address", premises_id)), row.version
