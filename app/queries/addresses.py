"""Where addresses are, and who opened them: never the address itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models.agency import Agency, Member
from app.models.placement import AddressOpening, BedHold, Shelter, ShelterAddress, Stay
from app.security.actor import Actor

OPENINGS = 50


@dataclass(frozen=True)
class PlaceName:
    """A shelter by its name."""

    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str


@dataclass(frozen=True)
class AddressRow:
    """That an address is recorded: when, by whom, how often it was written."""

    set_at: datetime
    set_by: str
    version: int


@dataclass(frozen=True)
class OpeningRow:
    """Who opened it, of which agency, what for and when."""

    opened_at: datetime
    opened_by: str
    purpose: str
    version: int
    name_en: str
    name_sq: str
    name_sr: str


def places_of(session: Session, actor: Actor, case_id: UUID, now: datetime) -> list[PlaceName]:
    """The shelters where the person of a case is now, or is expected: nowhere else has anybody to be taken."""
    stays = select(Stay.agency_id).where(Stay.case_id == case_id, Stay.left_on.is_(None))
    is_live = (BedHold.state == "held") & (BedHold.expires_at > now)
    holds = select(BedHold.agency_id).where(BedHold.case_id == case_id, or_(BedHold.state == "needs_place", is_live))
    rows = session.execute(
        select(Agency.id, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .where(or_(Agency.id.in_(stays), Agency.id.in_(holds)))
        .order_by(Agency.name_en)
    )
    return [PlaceName(*row) for row in rows]


def own_place(session: Session, actor: Actor) -> PlaceName | None:
    """The actor's own shelter; None where her agency is none."""
    row = session.execute(
        select(Agency.id, Agency.name_en, Agency.name_sq, Agency.name_sr)
        .join(Shelter, Shelter.agency_id == Agency.id)
        .where(Agency.id == actor.agency_id)
    ).first()
    return None if row is None else PlaceName(*row)


def recorded(session: Session, actor: Actor) -> AddressRow | None:
    """Whether the actor's own shelter has an address on record."""
    row = session.execute(
        select(ShelterAddress.set_at, Member.name, ShelterAddress.version)
        .join(Member, Member.id == ShelterAddress.set_by_id)
        .where(ShelterAddress.agency_id == actor.agency_id)
    ).first()
    return None if row is None else AddressRow(*row)


def openings(session: Session, actor: Actor) -> list[OpeningRow]:
    """The latest openings of the actor's own shelter's address."""
    rows = session.execute(
        select(
            AddressOpening.opened_at,
            Member.name,
            AddressOpening.purpose,
            AddressOpening.version,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
        )
        .join(Member, Member.id == AddressOpening.opened_by_id)
        .join(Agency, Agency.id == Member.agency_id)
        .where(AddressOpening.agency_id == actor.agency_id)
        .order_by(AddressOpening.opened_at.desc(), AddressOpening.id)
        .limit(OPENINGS)
    )
    return [OpeningRow(*row) for row in rows]
