"""What a shelter keeps for a resident, and gives back. Her papers are kept at her own wish and never otherwise."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.errors import Conflict, Invalid, NotFound
from app.models.house_life import Belonging
from app.queries import house_day as query
from app.queries.house_day import BelongingRow
from app.security.actor import Actor
from app.services import house_keys, unit_of_work
from app.services.house_keys import HouseKeys
from app.services.limit_page import Resident, resident_of
from app.services.stays import find_open
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked

TABLE = Belonging.__tablename__
PAPERS = "papers"


@dataclass(frozen=True)
class Kept:
    """One thing, opened as far as the reader holds its key."""

    row: BelongingRow
    description: str | None


@dataclass(frozen=True)
class NewBelonging:
    """What is taken into keeping."""

    kind: str
    description: str = field(repr=False)
    occurred_on: date
    at_own_wish: bool


@dataclass(frozen=True)
class BelongingsPage:
    """All that is kept for a resident, and was."""

    resident: Resident
    kept: tuple[Kept, ...]


def of_stay(work: Work, stay_id: UUID) -> Looked[BelongingsPage]:
    """What the actor's own shelter keeps for a resident; raises NotFound for any other stay."""
    resident = resident_of(work, stay_id)
    case_id = resident.stay.case_id
    mine = (Belonging.case_id == case_id, Belonging.agency_id == work.actor.agency_id)
    rows = query.belongings(work.session, work.actor, *mine)
    page = BelongingsPage(resident, opened(rows, house_keys.of_house(work, [case_id])[case_id]))
    return Looked(page, case_id, detail={"stay": str(stay_id)})


def opened(rows: list[BelongingRow], keys: HouseKeys) -> tuple[Kept, ...]:
    """Things with their descriptions."""
    return tuple(Kept(row, keys.open(row.description, row.sealed_under, TABLE, "description", row.id)) for row in rows)


def take_in(actor: Actor, stay_id: UUID, new: NewBelonging, once: Once | None = None) -> UUID:
    """Take something into keeping; gives its id.

    Raises NotFound for a stay that is not the shelter's or has ended, Invalid for papers that she does not wish kept, a
    day before her arrival or to come, or nothing said of what it is.
    """
    with unit_of_work.write(actor) as work:
        row_id = uuid4()
        earlier = work.once(once, {"row_id": str(row_id)})
        if earlier is not None:
            return UUID(earlier["row_id"])
        stay = find_open(work, stay_id)
        if new.kind == PAPERS and not new.at_own_wish:
            raise Invalid({"at_own_wish": "papers_at_own_wish"})
        if not stay.arrived_on <= new.occurred_on <= work.today:
            raise Invalid({"occurred_on": "before_arrival" if new.occurred_on < stay.arrived_on else "date_in_future"})
        if not new.description.strip():
            raise Invalid({"description": "required"})
        keys = house_keys.of_house(work, [stay.case_id])[stay.case_id]
        row: dict[str, Any] = {"id": row_id, "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id}
        row |= {"kind": new.kind, "at_own_wish": new.at_own_wish, "sealed_under": keys.under}
        row |= {"description": keys.seal(new.description, TABLE, "description", row_id)}
        row |= {"occurred_on": new.occurred_on, "recorded_at": work.now, "member_id": actor.member_id}
        work.session.execute(insert(Belonging), [row])
        work.audit("belonging:kept", stay.case_id, belonging=row_id)
        work.commit()
        return row_id


def find(work: Work, belonging_id: UUID) -> BelongingRow:
    """Something that the actor's own shelter keeps or kept; raises NotFound for anything else."""
    mine = (Belonging.id == belonging_id, Belonging.agency_id == work.actor.agency_id)
    rows = query.belongings(work.session, work.actor, *mine)
    if not rows:
        raise NotFound
    return rows[0]


def one(work: Work, belonging_id: UUID) -> Looked[Kept]:
    """One thing, opened."""
    row = find(work, belonging_id)
    kept = opened([row], house_keys.of_house(work, [row.case_id])[row.case_id])[0]
    return Looked(kept, row.case_id, detail={"belonging": str(belonging_id)})


def give_back(actor: Actor, belonging_id: UUID, to: str, on: date, once: Once | None = None) -> UUID:
    """Record that something was given back, after she has left too; gives the stay in which it was taken in.

    Raises NotFound, Conflict("given_back_already"), Invalid for a day before it was taken in or to come.
    """
    with unit_of_work.write(actor) as work:
        row = find(work, belonging_id)
        if work.once(once, {"stay_id": str(row.stay_id)}) is not None:
            return row.stay_id
        if not row.occurred_on <= on <= work.today:
            raise Invalid({"on": "before_this_day" if on < row.occurred_on else "date_in_future"})
        values: dict[str, Any] = {"returned_on": on, "returned_to": to, "returned_by_id": actor.member_id}
        still_here = (Belonging.id == belonging_id, Belonging.returned_on.is_(None))
        if work.change(update(Belonging).where(*still_here).values(**values)) == 0:
            raise Conflict("given_back_already")
        work.audit("belonging:given_back", row.case_id, belonging=belonging_id)
        work.commit()
        return row.stay_id
