"""Houses that are suspended, closed or known to somebody: through the services, on a small country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.models.house_period import PremisesPeriod, Relocation
from app.services import alarms, house_pages, house_periods, stays
from app.services.house_pages import LeavingPage
from app.services.house_periods import NewPeriod
from app.services.viewing import view
from tests.factories.placed import House
from tests.factories.world import A_DAY
from tests.security.relations import above

BEDS = ("1A", "1B", "1C", "2A", "2B", "2C")
WHAT = "Two men in a white car asked the neighbours for her."
CANARY = "Kanarina"


@dataclass(frozen=True)
class Street:
    """The NGO shelter's house with whatever is set of it."""

    house: House

    def actor(self, name: str) -> Any:
        """Whoever acts."""
        return self.house.world.actor(name)

    @property
    def premises_id(self) -> UUID:
        """The house."""
        return self.house.places.house()

    def filled(self, number: int = 6) -> list[UUID]:
        """So many residents; gives their cases."""
        return [self.house.places.resident(bed)[0] for bed in BEDS[:number]]

    def on_the_way(self, case_id: UUID) -> None:
        """Asked and accepted elsewhere; she still is in the house that must be left."""
        world, shelter = self.house.world, str(self.house.world.agencies["shelter_men"])
        why = f"{CANARY} has room"
        world.step(
            "advocate", case_id, "shelter", "plan_transfer", shelter=shelter, reason=why, transfer_kind="emergency"
        )
        asked = {"region": "prishtine", "sex": "F", "age_group": "adult", "language": "sq", "urgency": "today"}
        world.step("advocate", case_id, "shelter", "ask_shelter", shelter=shelter, **asked)
        self.house.places.expect(case_id, "1A", by="men.coordinator")

    def shut(self, kind: str = "closed", from_on: date = A_DAY, to_on: date | None = None, **values: Any) -> UUID:
        """Suspend or close it."""
        new = NewPeriod(kind, values.pop("reason", "repairs"), from_on, to_on, **values)
        made = house_periods.set_period(self.actor("shelter.coordinator"), self.premises_id, new)
        return UUID(made["period_id"])

    def sound(self, by: str = "shelter.supervisor", account: str = WHAT) -> UUID:
        """Raise the alarm."""
        return UUID(alarms.sound(self.actor(by), account)["alarm_id"])

    def leaving(self, period_id: UUID, by: str = "shelter.coordinator") -> LeavingPage:
        """Who has to leave, as the house sees it."""
        return view(self.actor(by), "test", house_pages.leaving, period_id=period_id)

    def periods(self) -> list[tuple[str, date, date | None]]:
        """The periods as they lie in the database."""
        with above(self.house.world).connect() as connection:
            table = PremisesPeriod.__table__
            found = connection.execute(select(table.c.kind, table.c.from_on, table.c.to_on).order_by(table.c.from_on))
            return [tuple(row) for row in found]

    def plans(self) -> list[Any]:
        """The plans as they lie in the database."""
        with above(self.house.world).connect() as connection:
            return list(connection.execute(select(Relocation.__table__)))

    def moved(self, case_id: UUID, shelter: str, bed: str, by: str) -> None:
        """Placed elsewhere by the advocate, through the steps of the case."""
        self.planned(case_id, shelter)
        self.house.places.expect(case_id, bed, by=by)
        self.house.places.admit(case_id, bed, by=by)

    def planned(self, case_id: UUID, shelter: str) -> None:
        """Her move is planned by the advocate, and the other shelter asked."""
        world = self.house.world
        named = {"shelter": str(world.agencies[shelter]), "reason": "Not safe", "transfer_kind": "emergency"}
        world.step("advocate", case_id, "shelter", "plan_transfer", **named)
        asked = {"region": "prishtine", "sex": "F", "age_group": "adult", "language": "sq", "urgency": "today"}
        world.step("advocate", case_id, "shelter", "ask_shelter", shelter=named["shelter"], **asked)

    def all_moved(self, cases: list[UUID], shelter: str, by: str) -> None:
        """Each into the next bed of another shelter."""
        for case_id, bed in zip(cases, ("1A", "1B", "2A", "2B"), strict=True):
            self.moved(case_id, shelter, bed, by)

    def all_gone(self, cases: list[UUID]) -> None:
        """Each to her own home."""
        for case_id in cases:
            self.gone(case_id)

    def gone(self, case_id: UUID) -> None:
        """She leaves for her own home."""
        stay = self.house.places.open_stay(case_id)
        answers = {"destination": "own_home", "departure_reason": "own_wish"}
        stays.take(self.actor("shelter.coordinator"), stay.id, "leave", answers, A_DAY)
