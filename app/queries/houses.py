"""The houses of shelters, by name: nothing here says where one is."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from app.models.agency import Agency
from app.models.placement import Room
from app.models.premises import Premises
from app.security.actor import Actor


@dataclass(frozen=True)
class House:
    """A house with the shelter that it belongs to; `house` is its code where the shelter has more than one."""

    premises_id: UUID
    agency_id: UUID
    house: str | None
    name_en: str
    name_sq: str
    name_sr: str


def room_words() -> ColumnElement[str]:
    """What a room is called in a query that joins Room: with its house where the shelter has rooms in several."""
    home, beside = aliased(Premises), aliased(Room)
    lived_in = func.count(beside.premises_id.distinct())
    count = select(lived_in).where(beside.agency_id == Room.agency_id).correlate(Room).scalar_subquery()
    house = select(home.name).where(home.id == Room.premises_id).correlate(Room).scalar_subquery()
    return case((count > 1, house + ", " + Room.name), else_=Room.name).label("room_words")


def houses(session: Session, actor: Actor, *narrower: ColumnElement[bool]) -> list[House]:
    """Houses with their shelters, by name; all of them, or those that the conditions on Premises leave."""
    beside = aliased(Premises)
    count = select(func.count()).where(beside.agency_id == Premises.agency_id).correlate(Premises).scalar_subquery()
    rows = session.execute(
        select(
            Premises.id,
            Premises.agency_id,
            Premises.name,
            Agency.name_en,
            Agency.name_sq,
            Agency.name_sr,
            count.label("many"),
        )
        .join(Agency, Agency.id == Premises.agency_id)
        .where(*narrower)
        .order_by(Agency.name_en, Premises.name, Premises.id)
    )
    return [House(row.id, row.agency_id, row.name if row.many > 1 else None, *row[3:6]) for row in rows]


def own_houses(session: Session, actor: Actor) -> list[House]:
    """The houses of the actor's own shelter; none where her agency is no shelter."""
    return [] if actor.agency_id is None else houses(session, actor, Premises.agency_id == actor.agency_id)
