"""A walk at random through what can happen to people and beds of two houses, each step through the services.

Each step is put to the application and to the model: what the one refuses for want of a bed the other must refuse, and
after it the same people must be in the same beds. Now and then every night is compared, as rows and as counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, NotFound, Unmet
from app.models.placement import BedHold, Stay
from app.models.record import ClientRecord
from app.services import erasing, voids
from app.services.house_periods import NewPeriod, end_period, set_period
from app.services.referrals import accept, decline
from app.services.stays import move, take
from tests.factories.closing import close
from tests.factories.placed import GONE, HOUSE, House
from tests.factories.world import A_DAY as A_DAY_OF_MARCH
from tests.factories.world import POINTER
from tests.support.nights_model import A_DAY, Houses

STAY, HOLD, RECORD = Stay.__table__, BedHold.__table__, ClientRecord.__table__
COORDINATORS = {"shelter_ngo": "shelter.coordinator", "shelter_ngo_second": "ngo2.coordinator"}
LATEST = 2
"""After how many days it is still told that somebody came or left."""
FIRST_DAY = A_DAY_OF_MARCH
NO_ROOM = "no room"
"""Her transfer was declined: she is where she was, until it is said that she stays."""
REASON = {"reason": "As agreed."}


@dataclass
class Person:
    """Somebody on her way: her case, how far the question for a bed has got, and at which house."""

    name: str
    case_id: UUID
    stage: str = "none"
    house: str = ""


class Void(NamedTuple):
    """A time in which a bed was put out of use, or a house shut."""

    id: UUID
    first: date
    end: date | None


@dataclass
class Walk:
    """The walk."""

    house: House
    model: Houses
    dice: Random
    people: list[Person]
    beds: dict[str, UUID]
    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)
    forgotten: list[Person] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    premises: dict[str, UUID] = field(default_factory=dict)
    shut_now: dict[str, Void] = field(default_factory=dict)
    voids: dict[str, Void] = field(default_factory=dict)
    evening: Callable[[], object] = lambda: None
    """What is done before a night goes by."""
    forgets: bool = True
    """Whether cases of people who left are erased."""

    @property
    def steps(self) -> int:
        """How many steps were put to the application."""
        return self.taken.total() + self.refused.total()

    # --- drawing ---

    def step(self) -> None:
        """One step, drawn from what is possible now."""
        of_houses = self.dice.choices(OF_HOUSES, (12, 4, 5, 3, 2, 6, 68))[0]
        if of_houses:
            of_houses(self)
            return
        person = self.dice.choice(self.people)
        inside = self.model.bed_of(person.name) is not None
        self.dice.choice(STEPS[inside, person.stage])(self, person)

    def bed(self, of: str) -> str:
        """A bed of a house; mostly one that nobody is in."""
        beds = [bed for bed, house in self.model.house_of.items() if house == of]
        free = [bed for bed in beds if bed not in self.model.now]
        return self.dice.choice(free if free and self.dice.random() < 0.8 else beds)

    def late(self, since: date | None = None) -> date:
        """Today, or a day shortly before, on which something happened that is told of only now."""
        on = self.model.today - A_DAY * self.dice.choice((0, 0, 0, 0, 1, 2))
        return max(on, since or FIRST_DAY)

    def put(self, kind: str, may: bool, act: Callable[[], Any]) -> bool:
        """Put a step to the application; whether it is taken must be what the model says."""
        try:
            act()
            done = True
        except (Unmet, Conflict) as refusal:
            done = False
            word = refusal.guards if isinstance(refusal, Unmet) else refusal.args
            if may:
                self.disagreements.append(f"{self.steps} {kind}: refused, {word}")
        except NotFound:  # what an earlier step has made is not there
            done = False
            self.disagreements.append(f"{self.steps} {kind}: not found")
        except DBAPIError as fault:  # the database forbids what nobody asked about: a page with an error
            done = False
            self.disagreements.append(f"{self.steps} {kind}: {fault.orig}")
        if done and not may:
            self.disagreements.append(f"{self.steps} {kind}: taken against what the model knows")
        (self.taken if done else self.refused)[kind] += 1
        self.log.append(f"{self.model.today} {kind}: {done}")
        return done

    # --- on the way to a bed ---

    def by(self, person: Person) -> Any:
        """Whoever acts for the house that she is asked of."""
        return self.house.world.actor(COORDINATORS[person.house])

    def track(self, person: Person, action: str, by: str = "advocate", **answers: Any) -> None:
        """A step of the shelter track."""
        self.house.world.step(by, person.case_id, "shelter", action, self.model.today, **answers)

    def ask(self, person: Person) -> None:
        """A house is proposed and asked; not the one where she is."""
        bed = self.model.bed_of(person.name)
        here = self.model.house_of[bed] if bed else None
        person.house = self.dice.choice([one for one in COORDINATORS if one != here])
        shelter = str(self.house.world.agencies[person.house])
        may = not self.model.is_shut(person.house, self.model.today)
        if bed is None or person.stage == NO_ROOM:
            done = self.put("propose", may, lambda: self.track(person, "propose_place", shelter=shelter))
        else:
            kind = self.dice.choice(("planned", "emergency"))
            asked = {"transfer_kind": kind, "shelter": shelter, **REASON}
            done = self.put(f"plan transfer ({kind})", may, lambda: self.track(person, "plan_transfer", **asked))
        if not done:
            return
        self.put("offer", True, lambda: self.track(person, "ask_shelter", shelter=shelter, **POINTER))
        person.stage = "asked"

    def take_for_the_night(self, person: Person) -> None:
        """The advocate takes a bed for the night; from another house where she is in one."""
        bed = self.model.bed_of(person.name)
        here = self.model.house_of[bed] if bed else None
        wanted = self.bed(self.dice.choice([one for one in COORDINATORS if one != here]))
        may = self.model.may_arrive(person.name, wanted, self.model.today)
        if self.put("emergency bed", may, lambda: self.track(person, "take_emergency_bed", bed=str(self.beds[wanted]))):
            self.model.book(person.name, wanted, self.model.today, self.model.today + A_DAY)
            person.stage, person.house = "emergency", self.model.house_of[wanted]

    def accept(self, person: Person) -> None:
        """The house accepts and keeps a bed."""
        bed, today = self.bed(person.house), self.model.today
        first = today + A_DAY * self.dice.choice((0, 0, 1, 3))
        end = first + A_DAY * self.dice.choice((1, 2, 3))
        answers = {"bed": str(self.beds[bed]), "expected_on": first.isoformat(), "hold_until": end.isoformat()}
        may = self.model.may_book(person.name, bed, first, end)
        referral_id = self.house.world.waiting(person.case_id, COORDINATORS[person.house])
        if self.put("accept", may, lambda: accept(self.by(person), referral_id, answers, today)):
            self.model.book(person.name, bed, first, end)
            person.stage = "expected"

    def decline(self, person: Person) -> None:
        """The house has no room."""
        referral_id = self.house.world.waiting(person.case_id, COORDINATORS[person.house])
        answers = {"unmet_need_reason": "no_bed"}
        self.put("decline", True, lambda: decline(self.by(person), referral_id, answers, "no_capacity"))
        self._ends(person)
        if self.model.bed_of(person.name):
            person.stage = NO_ROOM

    def withdraw(self, person: Person) -> None:
        """The advocate takes the question back."""
        self.put("withdraw", True, lambda: self.track(person, "withdraw_request", **REASON))
        self._ends(person)

    def not_arrived(self, person: Person) -> None:
        """She did not come."""
        by = COORDINATORS[person.house] if person.stage == "expected" else ""
        if by:
            self.put("not arrived", True, lambda: self.track(person, "not_arrived", by, **REASON))
            self._ends(person)

    def stay_on(self, person: Person) -> None:
        """A transfer does not happen."""
        self.put("stay on", True, lambda: self.track(person, "stay_on", **REASON))
        self._ends(person)

    def _ends(self, person: Person) -> None:
        self.model.unbook(person.name)
        person.stage = "none"

    # --- in a bed ---

    def admit(self, person: Person) -> None:
        """She arrives; from another house it is a transfer."""
        there = self.model.bed_of(person.name)
        on = self.late(self.model.now[there].since if there else None)
        bed, until = self.bed(person.house), self.model.today + timedelta(days=self.dice.randint(1, 20))
        may = self.model.may_arrive(person.name, bed, on)
        may = may and (there is not None or not self.model.has_slept_since(person.name, on))
        answers = {**HOUSE, "bed": str(self.beds[bed]), "expected_until": until.isoformat()}
        kind = "transfer" if there else "admit"
        if self.put(kind, may, lambda: self._arrive(person, on, answers)):
            self.model.arrive(person.name, bed, on, until)
            self.voids.pop(bed, None)
            person.stage = "none"

    def _arrive(self, person: Person, on: date, answers: dict[str, Any]) -> None:
        if person.stage == "emergency":
            referral_id = self.house.world.waiting(person.case_id, COORDINATORS[person.house])
            accept(self.by(person), referral_id, answers, on)
        else:
            self.house.world.step(COORDINATORS[person.house], person.case_id, "shelter", "admit", on, **answers)

    def extend(self, person: Person) -> None:
        """She stays longer."""
        until = self.model.today + timedelta(days=self.dice.randint(0, 25))
        answers = {"expected_until": until.isoformat(), **REASON}
        if self.put("extend", True, lambda: self._at_home(person, "extend", answers, self.model.today)):
            self.model.extend(person.name, until)

    def leave(self, person: Person) -> None:
        """She leaves, or has left."""
        bed = self.model.bed_of(person.name)
        assert bed is not None
        on = self.late(self.model.now[bed].since)
        if self.put("leave", True, lambda: self._at_home(person, "leave", GONE, on)):
            self.model.unbook(person.name)
            self.model.leave(person.name, on)
            person.stage = "none"

    def _at_home(self, person: Person, action: str, answers: dict[str, Any], on: date) -> None:
        take(self._host(person), self.house.places.open_stay(person.case_id).id, action, answers, on)

    def _host(self, person: Person) -> Any:
        bed = self.model.bed_of(person.name)
        assert bed is not None
        return self.house.world.actor(COORDINATORS[self.model.house_of[bed]])

    def change_beds(self, person: Person) -> None:
        """She moves within the house; where somebody is in that bed, the two change places."""
        mine = self.model.bed_of(person.name)
        assert mine is not None
        others = [
            bed for bed, house in self.model.house_of.items() if house == self.model.house_of[mine] and bed != mine
        ]
        bed = self.dice.choice(others)
        other = self.model.now.get(bed)
        on = self.late(max(self.model.now[mine].since, other.since if other else FIRST_DAY))
        may = other is not None or self.model.may_sleep(person.name, bed, on)
        until, stay_id = self.model.now[mine].until, self.house.places.open_stay(person.case_id).id
        act = lambda: move(self._host(person), stay_id, self.beds[bed], on)  # noqa: E731
        if not self.put("swap" if other else "move", may, act):
            return
        if other:
            self.model.swap(person.name, other.who, on)
        else:
            self.model.arrive(person.name, bed, on, until)
            self.voids.pop(bed, None)

    # --- forgetting ---

    def erase(self) -> None:
        """Somebody who left some time ago: her case is closed and erased, and another person comes."""
        long_ago = self.model.today - A_DAY * (LATEST + 1)
        gone = [
            one
            for one in self.people
            if one.stage == "none"
            and self.model.bed_of(one.name) is None
            and one.name in self.model.slept
            and not self.model.has_slept_since(one.name, long_ago)
        ]
        if gone and self.forgets:
            person, world = self.dice.choice(gone), self.house.world
            self.put("close", True, lambda: close(world, person.case_id, self.model.today))
            made = erasing.ask(world.actor("advocate"), person.case_id, "person_asked")
            approve = lambda: erasing.approve(world.actor("advocacy.supervisor"), UUID(made["erasure_id"]))  # noqa: E731
            self.put("erase", True, approve)
            self.model.erased.add(person.name)
            self.forgotten.append(person)
            self.people.remove(person)
            self.people.append(Person(f"person {len(self.people) + len(self.forgotten)}", self.house.places.client()))

    # --- beds and days ---

    def put_out_of_use(self) -> None:
        """A bed is void, from today or a day to come, until another or for as long as is not known."""
        bed = self.bed(self.dice.choice(list(COORDINATORS)))
        first = self.model.today + A_DAY * self.dice.choice((0, 0, 2))
        end = self.dice.choice((None, first + A_DAY, first + 4 * A_DAY))
        may = self.model.may_void(bed, first, end)
        actor = self.house.world.actor(COORDINATORS[self.model.house_of[bed]])
        made: dict[str, str] = {}
        if self.put("void", may, lambda: made.update(voids.begin(actor, self.beds[bed], "repair", first, end))):
            self.model.put_out_of_use(bed, first, end)
            self.voids[bed] = Void(UUID(made["void_id"]), first, end)

    def put_back(self) -> None:
        """A bed that is void can be used again."""
        today = self.model.today
        standing = [bed for bed, one in self.voids.items() if one.first <= today and (not one.end or one.end > today)]
        standing = [bed for bed in standing if self.model.is_void(bed, today)]
        if standing:
            bed = self.dice.choice(standing)
            void_id, first, _ = self.voids.pop(bed)
            actor = self.house.world.actor(COORDINATORS[self.model.house_of[bed]])
            self.put("back in use", True, lambda: voids.end(actor, void_id))
            self.model.put_back(bed, first)

    def shut(self) -> None:
        """A house is suspended or closed for some days; who lives there stays recorded."""
        house = self.dice.choice(list(COORDINATORS))
        first = self.model.today + A_DAY * self.dice.choice((0, 0, 3))
        end = first + A_DAY * self.dice.choice((1, 2, 5))
        new = NewPeriod(self.dice.choice(("suspended", "closed")), "repairs", first, end)
        premises, made = self.premises[house], {}
        actor = self.house.world.actor(COORDINATORS[house])
        may = self.model.may_shut(house, first, end)
        if self.put(f"house {new.kind}", may, lambda: made.update(set_period(actor, premises, new))):
            self.model.shut_house(house, first, end)
            self.shut_now[house] = Void(UUID(made["period_id"]), first, end)

    def open_again(self) -> None:
        """A house that is shut takes people again."""
        today = self.model.today
        shut = [house for house, one in self.shut_now.items() if one.end and one.first <= today < one.end]
        if shut:
            house = self.dice.choice(shut)
            actor, period_id = self.house.world.actor(COORDINATORS[house]), self.shut_now.pop(house).id
            self.put("house opened", True, lambda: end_period(actor, period_id))
            self.model.open_house(house)

    def pass_days(self) -> None:
        """A night goes by, or a few."""
        self.evening()
        self.model.pass_days(self.dice.choice((1, 1, 1, 2, 4)))
        self.house.clock.at(self.model.today)
        self.taken["days pass"] += 1


OF_HOUSES: tuple[Callable[[Walk], None] | None, ...] = (
    Walk.pass_days,
    Walk.put_out_of_use,
    Walk.put_back,
    Walk.erase,
    Walk.shut,
    Walk.open_again,
    None,
)
"""What is not about one person on her way; in most steps nothing is."""

Step = Callable[[Walk, Person], None]
STEPS: dict[tuple[bool, str], list[Step]] = {
    (False, "none"): [Walk.ask, Walk.ask, Walk.take_for_the_night],
    (False, "asked"): [Walk.accept, Walk.accept, Walk.accept, Walk.decline, Walk.withdraw, Walk.take_for_the_night],
    (False, "expected"): [Walk.admit] * 5 + [Walk.not_arrived, Walk.withdraw],
    (False, "emergency"): [Walk.admit] * 4 + [Walk.decline, Walk.withdraw],
    (True, "none"): [Walk.extend, Walk.leave, Walk.change_beds, Walk.change_beds, Walk.ask],
    (True, NO_ROOM): [Walk.ask, Walk.stay_on, Walk.leave],
    (True, "asked"): [Walk.accept] * 4 + [Walk.decline, Walk.stay_on, Walk.leave, Walk.take_for_the_night],
    (True, "expected"): [Walk.admit] * 5 + [Walk.stay_on, Walk.leave],
    (True, "emergency"): [Walk.admit] * 4 + [Walk.stay_on, Walk.leave],
}
