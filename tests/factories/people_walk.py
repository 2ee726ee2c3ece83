"""A walk at random through what makes facts, links and persons of them, each act through the services.

Each act is put to the application and to the model. Which records the linker holds to be one person is its own matter:
the model is told the pairs that stand, and makes people of them by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.models.record import ClientRecord, LinkPair
from app.models.register import RegisterRow
from app.models.workflow import WorkflowRun
from app.security.actor import system_actor
from app.services import cases, corrections, erasing, link_answers, linking, records, registers, unit_of_work
from app.services.cases import Opening
from tests.factories.placed import DIRECT, MovableClock
from tests.factories.world import SIGNAL, World
from tests.support.people_model import Pair, People, Told

POLICE = "police"
OFFICES = {"advocate": "advocacy_prishtine", "advocate.prizren": "advocacy_prizren"}
IDENTITIES = (
    ("Arta", "Krasniqi", "1990-05-06"),
    ("Arta", "Krasniqi", "1990-06-05"),
    ("Artë", "Krasnići", ""),
    ("Arta", "Berisha", "1990-05-06"),
    ("Besa", "Gashi", "1988-02-03"),
    ("Besa", "Gashaj", "1988-02-03"),
    ("Besë", "Gashi", ""),
    ("Drita", "Hoxha", "1992-07-08"),
    ("Drita", "Hoxha", ""),
    ("Drita", "Morina", "1992-07-08"),
)
"""Three people, as different agencies write them: some pairs are surely one person, some perhaps."""
CITIZENSHIPS = {"XK": "Kosovë", "AL": "Shqipëri", "MD": "Moldavi"}
HEADINGS = "Nr,Data e identifikimit,Emri,Mbiemri,Datëlindja,Gjinia,Shtetësia,Etnia,Rajoni,Forma,Referuar te"
SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}
DISMISSED = {"ground": "other_crime", "reason": "As agreed.", "other_help_offered": True}
CLOSED = {"closure_reason": "not_a_victim", "person_told": True, "follow_up_asked": True}
PLAN = {"goals": ["job", "school"], "steps": "A course first.", "review_on": "2014-06-03", "person_signed": True}
GOALS: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
    ({"goal": "job", "outcome": "reached", "tax_incentive": "no"}, ("goal_job",)),
    ({"goal": "job", "outcome": "reached"}, ("goal_job",)),
    ({"goal": "job", "outcome": "reached", "tax_incentive": "yes"}, ("goal_job_incentive",)),
    ({"goal": "school", "outcome": "reached"}, ("goal_school",)),
    ({"goal": "job", "outcome": "not_reached"}, ()),
    ({"goal": "health", "outcome": "reached"}, ()),
)
"""What may be told of a goal, and under which counts it then counts."""
WHY = "As it was told."
FIRST_DAY = date(2014, 1, 10)
A_FIFTH = 0.2
A_MINUTE = timedelta(minutes=1)


@dataclass
class Act:
    """An act of a case that can be corrected: its event, its count and its day."""

    event_id: UUID
    metric: str
    day: date


@dataclass
class Goal:
    """What came of a goal: its event, the counts under which it counts now, and its day."""

    event_id: UUID
    metrics: tuple[str, ...]
    day: date


@dataclass
class Record:
    """A record, by the number that the model knows it by."""

    number: int
    record_id: UUID
    case_id: UUID
    by: str
    identity: tuple[str, str, str]
    citizenship: str
    opened: date
    acts: list[Act] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    has_plan: bool = False


@dataclass
class PeopleWalk:
    """The walk."""

    world: World
    clock: MovableClock
    dice: Random
    model: People = field(default_factory=People)
    records: list[Record] = field(default_factory=list)
    made: int = 0
    taken: Counter[str] = field(default_factory=Counter)

    @property
    def today(self) -> date:
        """The day on which it is."""
        return self.clock.now.date()

    def step(self) -> None:
        """One act, drawn from what is possible now."""
        unit_of_work.bind(self.world.database)
        self.clock.now += A_MINUTE * 7
        self.model.moment += 1
        name, weights = list(ACTS), [weight for weight, _ in ACTS.values()]
        chosen = self.dice.choices(name, weights)[0]
        if ACTS[chosen][1](self):
            self.taken[chosen] += 1
        linking.relink_if_new()
        self.look_at_links()

    def day(self, since: date = FIRST_DAY) -> date:
        """Today, or an earlier day that is told of late."""
        return since + timedelta(days=self.dice.randrange((self.today - since).days + 1))

    # --- what makes facts ---

    def signal(self) -> bool:
        """The police record a signal."""
        by, on, answers = "investigator", self.day(), self._told()
        opening = Opening("identification", "record_signal", {**SIGNAL, **answers}, on)
        made = cases.open_case(self.world.actor(by), opening)
        self._opened(made, by, POLICE, "signal", answers, on)
        return True

    def direct(self) -> bool:
        """An advocate begins without the police."""
        by, on, answers = self.dice.choice(list(OFFICES)), self.day(), self._told()
        opening = Opening("advocacy", "open_directly", {**DIRECT, **answers}, on)
        made = cases.open_case(self.world.actor(by), opening)
        self._opened(made, by, OFFICES[by], "assisted", answers, on)
        return True

    def _told(self) -> dict[str, Any]:
        given, family, born = self.dice.choice(IDENTITIES)
        named = {"given_name": given, "family_name": family, "birth_date": born}
        return named | {"citizenship": [self.dice.choice(list(CITIZENSHIPS))]}

    def _opened(
        self, made: dict[str, str], by: str, agency: str, metric: str, answers: dict[str, Any], on: date
    ) -> None:
        case_id = UUID(made["case_id"])
        with self.world.database.read(self.world.actor(by)) as work:
            found = select(ClientRecord.id).where(ClientRecord.case_id == case_id)
            record_id = work.session.execute(found).scalar_one()
        identity = (answers["given_name"], answers["family_name"], answers["birth_date"])
        record = self._add(record_id, case_id, by, identity, answers["citizenship"][0], on)
        record.acts.append(Act(UUID(made["event_id"]), metric, on))
        self.model.tell(record.number, agency, metric, on, record.citizenship)

    def _add(
        self, record_id: UUID, case_id: UUID, by: str, identity: tuple[str, str, str], citizenship: str, on: date
    ) -> Record:
        record = Record(self.made, record_id, case_id, by, identity, citizenship, on)
        self.made += 1
        self.records.append(record)
        self.model.rank[record.number] = record_id.hex
        return record

    def register(self) -> bool:
        """The police take two rows of a register in."""
        rows = [(self.day(), *self.dice.choice(IDENTITIES), self.dice.choice(list(CITIZENSHIPS))) for _ in range(2)]
        lines = [HEADINGS] + [
            ",".join([str(self.made + at), f"{on:%d.%m.%Y}", given, family, _dotted(born), "F", CITIZENSHIPS[of]])
            + ",,Prizren,,"
            for at, (on, given, family, born, of) in enumerate(rows)
        ]
        actor = self.world.actor("police.supervisor")
        receipt = registers.import_file(actor, "\n".join(lines).encode(), year=2014)
        with self.world.database.read(actor) as work:
            found = select(RegisterRow.record_id, RegisterRow.case_id).where(RegisterRow.import_id == receipt.import_id)
            ids = work.session.execute(found.order_by(RegisterRow.number)).all()
        for (record_id, case_id), (on, *identity, citizenship) in zip(ids, rows, strict=True):
            record = self._add(record_id, case_id, "", (identity[0], identity[1], identity[2]), citizenship, on)
            self.model.tell(record.number, POLICE, "identified", on, citizenship)
        return True

    def service(self) -> bool:
        """An advocate records a service, perhaps late."""
        record = self._one(*OFFICES)
        if record is None:
            return False
        on = self.day(record.opened)
        made = self.world.step(record.by, record.case_id, "advocacy", "record_service", on, services=["counselling"])
        record.acts.append(Act(UUID(made["event_id"]), "assisted", on))
        self.model.tell(record.number, OFFICES[record.by], "assisted", on, record.citizenship)
        return True

    def goal(self) -> bool:
        """An advocate records what came of a goal, perhaps late."""
        record = self._one(*OFFICES)
        if record is None:
            return False
        if not record.has_plan:
            self.world.step(record.by, record.case_id, "reintegration", "sign_plan", self.today, **PLAN)
            record.has_plan = True
        on, (answers, metrics) = self.day(record.opened), self.dice.choice(GOALS)
        made = self.world.step(record.by, record.case_id, "reintegration", "record_goal", on, **answers)
        record.goals.append(Goal(UUID(made["event_id"]), metrics, on))
        self._tell_goal(record, record.goals[-1])
        return True

    def _tell_goal(self, record: Record, goal: Goal) -> None:
        for metric in goal.metrics:
            self.model.tell(record.number, OFFICES[record.by], metric, goal.day, record.citizenship)

    def _one(self, *by: str) -> Record | None:
        found = [record for record in self.records if record.by in by]
        return self.dice.choice(found) if found else None

    # --- what puts facts right ---

    def correct(self) -> bool:
        """A service happened on another day."""
        record = self._one(*OFFICES)
        if record is None or len(record.acts) == 1:
            return False
        act, on = self.dice.choice(record.acts[1:]), self.day(record.opened)
        actor, version = self.world.actor(record.by), self._version(record)
        answers = {"services": ["counselling"]}
        made = corrections.correct(actor, record.case_id, act.event_id, answers, on, WHY, version)
        self.model.take_out(record.number, act.metric, act.day)
        self.model.tell(record.number, OFFICES[record.by], act.metric, on, record.citizenship)
        act.event_id, act.day = UUID(made["event_id"]), on
        return True

    def take_back(self) -> bool:
        """The latest service was none."""
        record = self._one(*OFFICES)
        if record is None or len(record.acts) == 1:
            return False
        act = record.acts.pop()
        corrections.take_back(self.world.actor(record.by), record.case_id, act.event_id, WHY, self._version(record))
        self.model.take_out(record.number, act.metric, act.day)
        return True

    def correct_goal(self) -> bool:
        """Of a goal something else came, or on another day; or nothing of it was so."""
        found = [record for record in self.records if record.goals]
        if not found:
            return False
        record = self.dice.choice(found)
        goal = self.dice.choice(record.goals)
        asked = (self.world.actor(record.by), record.case_id, goal.event_id)
        for metric in goal.metrics:
            self.model.take_out(record.number, metric, goal.day)
        if goal is record.goals[-1] and self.dice.random() < A_FIFTH:
            corrections.take_back(*asked, WHY, self._version(record))
            record.goals.remove(goal)
            return True
        on, (answers, goal.metrics) = self.day(record.opened), self.dice.choice(GOALS)
        made = corrections.correct(*asked, answers, on, WHY, self._version(record))
        goal.event_id, goal.day = UUID(made["event_id"]), on
        self._tell_goal(record, goal)
        return True

    def _version(self, record: Record) -> int:
        with self.world.database.read(self.world.actor(record.by)) as work:
            found = select(WorkflowRun.row_version).where(WorkflowRun.case_id == record.case_id)
            return work.session.execute(found).scalar_one()

    def identity(self) -> bool:
        """She is a citizen of another country: the record is put right, and the linker looks at it again."""
        record = self._one(*OFFICES, "investigator")
        if record is None:
            return False
        citizenship = self.dice.choice([one for one in CITIZENSHIPS if one != record.citizenship])
        actor = self.world.actor(record.by)
        with self.world.database.read(actor) as work:
            page = records.shown(work, record.case_id, records.IDENTITY_PART).found
        answers = {**page.known, "citizenship": [citizenship]}
        records.change_identity(actor, record.case_id, answers, WHY, page.record_version)
        record.citizenship = citizenship
        self.model.restate(record.number, lambda one: _of_citizenship(one, citizenship))
        return True

    # --- what makes people of records ---

    def answer(self) -> bool:
        """The reviewer says of a pair that waits whether it is one person, or takes a standing link back."""
        found = sorted(self._pairs("doubtful", "sure", "confirmed").items())
        if not found:
            return False
        pair, (pair_id, state) = self.dice.choice(found)
        is_same = state == "doubtful" and self.dice.random() < 0.7
        reviewer = self.world.actor("link.reviewer")
        if state == "doubtful":
            link_answers.decide(reviewer, pair_id, is_same, "names_and_birth_agree" if is_same else "births_differ")
        else:
            link_answers.undo(reviewer, pair_id, "births_differ")
        if not is_same:
            self.model.apart.add(pair)
        return True

    def _pairs(self, *states: str) -> dict[Pair, tuple[UUID, str]]:
        number = {record.record_id: record.number for record in self.records}
        with self.world.database.read(system_actor("linker")) as work:
            asked = select(LinkPair.id, LinkPair.record_a_id, LinkPair.record_b_id, LinkPair.state)
            rows = work.session.execute(asked.where(LinkPair.state.in_(states))).all()
        return {
            (min(one, other), max(one, other)): (row[0], row[3])
            for row in rows
            for one, other in [(number[row[1]], number[row[2]])]
        }

    def look_at_links(self) -> None:
        """Tell the model which pairs stand."""
        found = self._pairs("sure", "confirmed")
        self.model.sure = {pair for pair, (_, state) in found.items() if state == "sure"}
        self.model.confirmed = set(found) - self.model.sure

    def erase(self) -> bool:
        """A signal came to nothing: the case is closed and erased."""
        record = self._one("investigator")
        if record is None:
            return False
        on, case_id, second = self.today, record.case_id, str(self.world.actor("investigator2").member_id)
        self.world.step("investigator", case_id, "identification", "screen", on, **SCREENED)
        self.model.tell(record.number, POLICE, "screened", on, record.citizenship)
        dismissed = {**DISMISSED, "second_reader": second}
        self.world.step("investigator", case_id, "identification", "dismiss_signal", on, **dismissed)
        self.world.step("investigator", case_id, "case", "close_signal", on, **CLOSED)
        self.model.tell(record.number, POLICE, "closed", on, record.citizenship)
        asked = erasing.ask(self.world.actor("investigator"), case_id, "person_asked")
        erasing.approve(self.world.actor("police.supervisor"), UUID(asked["erasure_id"]))
        self.model.erase(record.number)
        self.records.remove(record)
        return True


def _dotted(born: str) -> str:
    return ".".join(reversed(born.split("-"))) if born else ""


def _of_citizenship(told: Told, citizenship: str) -> Told:
    return Told(told.record, told.agency, told.metric, told.day, citizenship, told.written)


ACTS: dict[str, tuple[int, Any]] = {
    "signal": (3, PeopleWalk.signal),
    "direct": (3, PeopleWalk.direct),
    "register": (2, PeopleWalk.register),
    "service": (5, PeopleWalk.service),
    "correct": (3, PeopleWalk.correct),
    "take back": (3, PeopleWalk.take_back),
    "goal": (3, PeopleWalk.goal),
    "correct goal": (4, PeopleWalk.correct_goal),
    "identity": (2, PeopleWalk.identity),
    "answer": (7, PeopleWalk.answer),
    "erase": (1, PeopleWalk.erase),
}
