"""Movement limits counted: by house, kind and what the person said, as far as the actor counts them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.models.house_life import MovementLimit
from app.security.actor import Actor


@dataclass(frozen=True)
class LimitCount:
    """How many orders of a kind a house gave, to which so many said so, for how many days, how many lifted early."""

    agency_id: UUID
    name_en: str
    name_sq: str
    name_sr: str
    kind: str
    own_word: str
    orders: int
    days: int
    lifted: int


def of_year(session: Session, actor: Actor, year: int, agency_id: UUID | None = None) -> list[LimitCount]:
    """The orders that began in a year, of one house or of all."""
    table = MovementLimit
    in_year = table.from_on.between(date(year, 1, 1), date(year, 12, 31))
    of_house = true() if agency_id is None else table.agency_id == agency_id
    names = (Agency.name_en, Agency.name_sq, Agency.name_sr)
    by = (table.agency_id, *names, table.kind, table.own_word)
    rows = session.execute(
        select(*by, func.count(), func.sum(table.days), func.count(table.lift_sealed_under))
        .join(Agency, Agency.id == table.agency_id)
        .where(in_year, of_house)
        .group_by(*by)
        .order_by(Agency.name_en, table.kind, table.own_word)
    )
    return [LimitCount(*row[:6], int(row[6]), int(row[7]), int(row[8])) for row in rows]
