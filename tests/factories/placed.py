"""People on their way to a bed: asked for, expected, in it. Every step goes through the services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from app.clock import COUNTRY_ZONE
from app.models.audit import Notice
from app.models.case import Case, CaseBar, CaseKey, CaseParty
from app.models.placement import Bed, BedHold, Room, Stay, StayKey
from app.models.premises import Premises
from app.models.workflow import Referral, WorkflowRun
from app.security.actor import system_actor
from app.services import cases, referrals, unit_of_work
from app.services.cases import Opening
from app.services.unit_of_work import Parts
from tests.factories.world import A_DAY, KINDS, POINTER, Template, World, made_world

DIRECT = {
    "safe_contact": "phone",
    "contact_detail": "+383 00 333 444",
    "entry_door": "self",
    "region": "prishtine",
    "sex": "F",
    "age_group": "adult",
    "language": "sq",
    "citizenship": ["XK"],
    "purposes": ["assistance", "shelter"],
    "needs": ["shelter"],
    "services": ["counselling"],
    "given_name": "Dafina",
    "family_name": "Provë",
    "birth_date": "1991-02-03",
}
HOUSE = {"house_rules": True, "rights_leaflet": True, "expected_until": "2014-04-03", "alias": "Ana"}
GONE = {"destination": "own_home", "departure_reason": "own_wish"}


@dataclass(frozen=True)
class Places:
    """A world's shelters: finds beds, brings people into them, looks at rows as they lie in the database."""

    world: World

    def bed(self, name: str, shelter: str = "shelter_ngo") -> UUID:
        """A bed of the first house by its name."""
        there = Room.premises_id == self.house(shelter)
        with self.world.database.read(system_actor("placement")) as work:
            found = select(Bed.id).join(Room, Room.id == Bed.room_id).where(Bed.name == name, there)
            return work.session.execute(found).scalar_one()

    def house(self, shelter: str = "shelter_ngo") -> UUID:
        """The first house of a shelter."""
        with self.world.database.read(system_actor("placement")) as work:
            found = select(Premises.id).where(Premises.agency_id == self.world.agencies[shelter])
            return work.session.execute(found.order_by(Premises.name).limit(1)).scalar_one()

    def client(self, by: str = "advocate", level: str = "low", **answers: Any) -> UUID:
        """A case that an advocate opened without the police, with consent to a shelter and a provisional rating."""
        opening = Opening("advocacy", "open_directly", {**DIRECT, **answers}, A_DAY)
        case_id = UUID(cases.open_case(self.world.actor(by), opening)["case_id"])
        self.world.step(by, case_id, "risk", "rate_provisionally", level=level, safety_questions=True)
        return case_id

    def ask(self, case_id: UUID, shelter: str = "shelter_ngo", by: str = "advocate") -> None:
        """Propose a shelter and ask it."""
        shelter_id = str(self.world.agencies[shelter])
        self.world.step(by, case_id, "shelter", "propose_place", shelter=shelter_id)
        self.world.step(by, case_id, "shelter", "ask_shelter", shelter=shelter_id, **POINTER)

    def expect(self, case_id: UUID, bed: str = "1A", by: str = "shelter.coordinator", **answers: Any) -> None:
        """The shelter accepts and keeps a bed."""
        shelter = self._shelter(by)
        asked = {"bed": str(self.bed(bed, shelter)), "expected_on": A_DAY.isoformat(), **answers}
        self.world.accept(by, case_id, **asked)

    def admit(self, case_id: UUID, bed: str = "1A", by: str = "shelter.coordinator", **answers: Any) -> UUID:
        """She arrives; gives the stay."""
        on = answers.pop("on", A_DAY)
        asked = {"bed": str(self.bed(bed, self._shelter(by))), **HOUSE, **answers}
        self.world.step(by, case_id, "shelter", "admit", on, **asked)
        return self.open_stay(case_id).id

    def resident(self, bed: str = "1A", **answers: Any) -> tuple[UUID, UUID]:
        """Someone who lives in the NGO shelter: her case and her stay."""
        case_id = self.client()
        self.ask(case_id)
        self.expect(case_id, bed)
        return case_id, self.admit(case_id, bed, **answers)

    def reference(self, case_id: UUID, by: str = "advocate") -> str:
        """The case's pseudonym."""
        with self.world.database.read(self.world.actor(by)) as work:
            return str(work.session.execute(select(Case.reference).where(Case.id == case_id)).scalar_one())

    def stays(self, case_id: UUID) -> list[Stay]:
        """The stays of a case as they lie in the database, in order."""
        with self.world.database.read(system_actor("placement")) as work:
            found = select(Stay).where(Stay.case_id == case_id).order_by(Stay.left_on.is_(None), Stay.left_on)
            return list(work.session.execute(found).scalars())

    def open_stay(self, case_id: UUID) -> Stay:
        """The stay that has not ended."""
        return next(stay for stay in self.stays(case_id) if stay.left_on is None)

    def holds(self, case_id: UUID) -> list[str]:
        """The states of all that was held for a case, by the day from which it was held."""
        held = select(BedHold.state).where(BedHold.case_id == case_id).order_by(BedHold.from_on, BedHold.expires_at)
        with self.world.database.read(system_actor("placement")) as work:
            return list(work.session.execute(held).scalars())

    def state(self, case_id: UUID, by: str = "advocate") -> str:
        """Where the shelter track stands, for a party."""
        with self.world.database.read(self.world.actor(by)) as work:
            found = select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)
            return str(work.session.execute(found).scalar_one()["shelter"])

    def parties(self, case_id: UUID, by: str = "advocate") -> dict[UUID, str | None]:
        """Each agency that was ever a party, with how it ended, as a party sees it."""
        with self.world.database.read(self.world.actor(by)) as work:
            found = select(CaseParty.agency_id, CaseParty.end_kind).where(CaseParty.case_id == case_id)
            return {row.agency_id: row.end_kind for row in work.session.execute(found)}

    def keys_of(self, case_id: UUID, by: str) -> int:
        """How many keys of a case a member's agency holds, through its own standing."""
        actor = self.world.actor(by)
        with self.world.database.read(actor) as work, work.answering_for(actor.agency_id):
            return len(work.session.execute(select(CaseKey.kind).where(CaseKey.case_id == case_id)).all())

    def stay_keys_of(self, by: str) -> list[UUID]:
        """The stays whose safety minimum a member's shelter can open."""
        with self.world.database.read(self.world.actor(by)) as work:
            return list(work.session.execute(select(StayKey.stay_id)).scalars())

    def referral_states(self, case_id: UUID, by: str = "advocate") -> list[str]:
        """The states of a case's questions to shelters."""
        with self.world.database.read(self.world.actor(by)) as work:
            found = select(Referral.state).where(Referral.case_id == case_id, Referral.track == "shelter")
            return list(work.session.execute(found.order_by(Referral.sent_at)).scalars())

    def notices_of(self, by: str) -> list[str]:
        """The kinds of notices that a member's agency was sent."""
        with self.world.database.read(self.world.actor(by)) as work:
            return list(work.session.execute(select(Notice.kind)).scalars())

    def bar(self, case_id: UUID, whom: str, by: str) -> None:
        """Shut a case to a member."""
        barred, supervisor = self.world.actor(whom), self.world.actor(by)
        with self.world.database.write(supervisor) as work:
            row = {"id": uuid4(), "case_id": case_id, "agency_id": supervisor.agency_id, "set_at": work.now}
            row |= {"member_id": barred.member_id, "set_by_id": supervisor.member_id}
            work.session.execute(insert(CaseBar), [row])
            work.audit("case:barred", case_id)
            work.commit()

    def decline(self, case_id: UUID, by: str) -> None:
        """A shelter has no room."""
        answers = {"unmet_need_reason": "no_bed"}
        referrals.decline(self.world.actor(by), self.world.waiting(case_id, by), answers, "no_capacity")

    def answer(self, referral_id: UUID, by: str, **answers: Any) -> None:
        """Accept a referral by its id."""
        referrals.accept(self.world.actor(by), referral_id, answers, A_DAY)

    def _shelter(self, by: str) -> str:
        unit_of_work.bind(self.world.database)
        agency_id = self.world.actor(by).agency_id
        return next(key for key, found in self.world.agencies.items() if found == agency_id)


def day(number: int) -> date:
    """A day of the month that the tests play in."""
    return A_DAY.replace(day=number)


@dataclass
class MovableClock:
    """The clock of a test, moved by hand."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def at(self, on: date, hour: int = 10) -> None:
        """Go to an hour of a day, in the country."""
        self.now = datetime(on.year, on.month, on.day, hour, tzinfo=COUNTRY_ZONE)


@dataclass(frozen=True)
class House:
    """A world on a day of March 2014, with its clock and its shelters."""

    world: World
    clock: MovableClock
    places: Places


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A world on each of the two databases in turn, on the morning of 3 March 2014."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    clock = MovableClock(datetime(2014, 3, 3, 10, tzinfo=COUNTRY_ZONE))
    with made_world(template, tmp_path, Parts(clock=clock)) as world:
        yield House(world, clock, Places(world))
