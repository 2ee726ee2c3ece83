"""A person on her way home: her wish, the risk, and the partner who receives her. Every step goes through services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.services import transnational
from app.services.cases import Opening, open_case
from app.services.transnational import NewPacket, Packet
from app.services.viewing import view
from tests.factories.placed import DIRECT
from tests.factories.world import A_DAY, World

PURPOSES = ["assistance", "shelter", "return", "transnational"]
PACKET = NewPacket(
    shares=("name", "needs"),
    follow_up="A call after a week.",
    follow_up_by="receiver",
    contact="The office, +383 00 555 000",
)
PARTNER = {
    "receiving_partner": "Partner over there",
    "capacity": True,
    "meeting_place": "shelter",
    "meeting_on": "2014-03-10",
    "meeting_where": "Airport",
    "met_by": "A caseworker",
}
CHILD = {"age_group": "child", "birth_date": "2000-02-03"}


@dataclass(frozen=True)
class Returning:
    """Returns in a world."""

    world: World

    def wishes(self, country: str = "AL", purposes: list[str] | None = None, **answers: Any) -> UUID:
        """A case in which the return partner has accepted the request."""
        told = {**DIRECT, "citizenship": ["AL"], "purposes": purposes or PURPOSES, **answers}
        opening = Opening("advocacy", "open_directly", told, A_DAY)
        case_id = UUID(open_case(self.world.actor("advocate"), opening)["case_id"])
        self.step(
            case_id,
            "record_wish",
            "advocate",
            voluntary=True,
            declared_on=A_DAY.isoformat(),
            return_kind="to_origin",
            destination_country=country,
            given_by="self",
            return_partner=str(self.world.agencies["return_partner"]),
        )
        self.world.accept("return.coordinator", case_id)
        return case_id

    def expected(self, country: str = "AL", purposes: list[str] | None = None, **answers: Any) -> UUID:
        """A case whose receiving partner has confirmed."""
        case_id = self.wishes(country, purposes, **answers)
        self.step(case_id, "assess_return_risk", no_threat=True, statement_offered=True, findings="The family agrees.")
        self.step(case_id, "confirm_partner", **PARTNER)
        return case_id

    def step(self, case_id: UUID, action: str, by: str = "return.coordinator", **answers: Any) -> None:
        """A step of the return."""
        self.world.step(by, case_id, "return", action, **answers)

    def packet(self, case_id: UUID, new: NewPacket = PACKET, by: str = "return.coordinator") -> UUID:
        """Make a packet."""
        return UUID(transnational.make(self.world.actor(by), case_id, new)["packet_id"])

    def opened(self, case_id: UUID, packet_id: UUID, by: str = "return.coordinator") -> Packet:
        """A packet as it was sent."""
        return view(
            self.world.actor(by), "transnational:opened", transnational.one, case_id=case_id, packet_id=packet_id
        )

    def against(self, case_id: UUID, by: str = "return.coordinator") -> tuple[str, ...]:
        """What speaks against making one."""
        return view(self.world.actor(by), "transnational:listed", transnational.of_case, case_id=case_id).against
