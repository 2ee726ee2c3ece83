"""Where addresses are, and who opened them: never the address itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.placement import Bed, BedHold, Room, Stay
from app.models.premises import AddressOpening, Premises, ShelterAddress
from app.queries.houses import House, houses
from app.security.actor import Actor

OPENINGS = 50


@dataclass(frozen=True)
class AddressRow:
    """That an address of a house is recorded: when, by whom, how often it was written."""

    premises_id: UUID
    set_at: datetime
    set_by: str
    version: int


@dataclass(frozen=True)
class OpeningRow:
    """Who opened the address of which house, of which agency, what for and when."""

    house: str
    opened_at: datetime
    opened_by: str
    purpose: str
    version: int
    name_en: str
    name_sq: str
    name_sr: str


def places_of(session: Session, actor: Actor, case_id: UUID, now: datetime) -> list[House]:
    """The houses where the person of a case is now, or is expected: nowhere else has anybody to be taken."""
    stays = select(Stay.bed_id).where(Stay.case_id == case_id, Stay.left_on.is_(None))
    is_live = (BedHold.state == "held") & (BedHold.expires_at > now)
    holds = select(BedHold.bed_id).where(BedHold.case_id == case_id, or_(BedHold.state == "needs_place", is_live))
    there = select(Room.premises_id).join(Bed, Bed.room_id == Room.id).where(or_(Bed.id.in_(stays), Bed.id.in_(holds)))
    return houses(session, actor, Premises.id.in_(there))


def recorded(session: Session, actor: Actor) -> dict[UUID, AddressRow]:
    """The houses of the actor's own shelter that have an address on record."""
    rows = session.execute(
        select(ShelterAddress.premises_id, ShelterAddress.set_at, Member.name, ShelterAddress.version)
        .join(Member, Member.id == ShelterAddress.set_by_id)
        .where(ShelterAddress.agency_id == actor.agency_id)
    )
    return {row.premises_id: AddressRow(*row) for row in rows}


def openings(session: Session, actor: Actor, *narrower: ColumnElement[bool]) -> list[OpeningRow]:
    """The latest openings of the addresses of the actor's own shelter."""
    rows = session.execute(
        select(
            Premises.name,
            AddressOpening.opened_at,
            Member.name,
            AddressOpening.purpose,
            AddressOpening.version,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Premises, Premises.id == AddressOpening.premises_id)
        .join(Member, Member.id == AddressOpening.opened_by_id)
        .join(Agency, Agency.id == Member.agency_id)
        .where(AddressOpening.agency_id == actor.agency_id, *narrower)
        .order_by(AddressOpening.opened_at.desc(), AddressOpening.id)
        .limit(OPENINGS)
    )
    return [OpeningRow(*row) for row in rows]
