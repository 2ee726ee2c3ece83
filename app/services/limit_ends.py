"""Movement limits end with the stay: nobody's movement is limited by a house that she has left."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from app.models.house_life import MovementLimit
from app.services.unit_of_work import Work


def end_with_stay(work: Work, case_id: UUID, agency_id: UUID, left_on: date) -> None:
    """End what stands in a house that she leaves; through the house's standing, whoever records that she leaves."""
    table = MovementLimit
    stands = (
        table.case_id == case_id,
        table.agency_id == agency_id,
        table.lifted_on.is_(None),
        table.ends_on > left_on,
    )
    for row in work.session.execute(select(table.id, table.from_on).where(*stands)).all():
        on = max(left_on, row.from_on)
        values = {"lifted_on": on, "lifted_at": work.now, "lifted_by_id": work.actor.member_id}
        days = max(1, (on - row.from_on).days)
        work.change(update(table).where(table.id == row.id).values(**values, days=days))
