"""Stays in the actor's own house as a list that may leave: dates and codes, a pseudonym at most, and no name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.models.case import Case
from app.models.placement import Stay
from app.models.stay_life import StayTransfer
from app.security.actor import Actor
from app.vocabulary.period import Period
from app.vocabulary.shelter import OTHER_BED


@dataclass(frozen=True)
class PlacementRow:
    """A stay in the house, whatever beds she had meanwhile. `came_from_shelter`: it follows a stay in another house;
    `transfer` and `reason`, codes: how and why she went on to another place, where she did.
    """

    case_id: UUID
    reference: str | None
    arrived_on: date
    expected_until: date | None
    left_on: date | None
    destination: str | None
    came_from_shelter: bool
    transfer: str | None = None
    reason: str | None = None

    def nights_in(self, period: Period, today: date) -> int:
        """How many nights of the period, before today, she slept in the house."""
        end = min(self.left_on or today, period.end, today)
        return max((end - max(self.arrived_on, period.start)).days, 0)


def placements(session: Session, actor: Actor, period: Period) -> list[PlacementRow]:
    """The stays in the actor's own house that touch the period, by the day of arrival."""
    touching, before = aliased(Stay), aliased(Stay)
    cases = select(touching.case_id).where(
        touching.agency_id == actor.agency_id,
        touching.arrived_on < period.end,
        or_(touching.left_on.is_(None), touching.left_on >= period.start),
    )
    found = session.execute(
        select(
            Stay.id,
            Stay.previous_stay_id,
            Stay.case_id,
            Case.reference,
            Stay.arrived_on,
            Stay.expected_until,
            Stay.left_on,
            Stay.destination,
            before.agency_id.label("before_in"),
            _transfer(StayTransfer.kind).label("transfer"),
            _transfer(StayTransfer.reason).label("reason"),
        )
        .outerjoin(Case, Case.id == Stay.case_id)
        .outerjoin(before, before.id == Stay.previous_stay_id)
        .where(Stay.agency_id == actor.agency_id, Stay.case_id.in_(cases))
        .order_by(Stay.arrived_on, Stay.left_on.is_(None), Stay.left_on, Stay.id)
    )
    joined = _joined((row.id, row.previous_stay_id, _row(row, actor)) for row in found)
    return [one for one in joined if one.arrived_on < period.end and (one.left_on or period.end) >= period.start]


def _transfer(column: Any) -> Any:
    """What was last recorded of how she goes on from a stay."""
    found = select(column).where(StayTransfer.stay_id == Stay.id).order_by(StayTransfer.recorded_at.desc())
    return found.limit(1).correlate(Stay).scalar_subquery()


def _row(row: object, actor: Actor) -> PlacementRow:
    told = row._mapping  # type: ignore[attr-defined]
    names = ("case_id", "reference", "arrived_on", "expected_until", "left_on", "destination", "transfer", "reason")
    elsewhere = told["previous_stay_id"] is not None and told["before_in"] != actor.agency_id
    return PlacementRow(**{name: told[name] for name in names}, came_from_shelter=elsewhere)


def _joined(rows: Iterable[tuple[UUID, UUID | None, PlacementRow]]) -> list[PlacementRow]:
    """Stays that go on in another bed of the house as one, from the first arrival to the last departure."""
    by_last: dict[UUID, PlacementRow] = {}
    for stay_id, previous_id, row in rows:
        begun = by_last.get(previous_id) if previous_id else None
        if begun is not None and begun.destination == OTHER_BED:
            del by_last[previous_id]  # type: ignore[arg-type]
            row = replace(row, arrived_on=begun.arrived_on, came_from_shelter=begun.came_from_shelter)
        by_last[stay_id] = row
    return sorted(by_last.values(), key=lambda one: (one.arrived_on, str(one.case_id)))
