"""Random acts that change who may see a case, through the services and in the model, and what each person sees then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import select, update

from app.clock import local_day, utc_now
from app.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from app.models.workflow import Referral
from app.queries.cases import Asked
from app.security.actor import Actor
from app.security.row_rules import PENDING
from app.services import (
    accounts,
    case_list,
    case_page,
    case_search,
    erasing,
    referrals,
    staffing,
    ticking,
    unit_of_work,
)
from app.services.staffing import NewCover
from app.services.unit_of_work import Parts, Work
from tests.factories.closing import close
from tests.factories.placed import Places
from tests.factories.world import POINTER, Template, World, made_world
from tests.security.relations import above
from tests.support.sight_model import NOTHING, WHOLE, OneCase, Person, Sight
from tests.support.sight_model import POINTER as KEPT

REFUSED = (Conflict, Forbidden, Invalid, NotFound, Refusal)
STEPS = 50
"""Of one walk; the next one begins in a country without a case."""
CASES = 8
PEOPLE = {
    "investigator": Person("police"),
    "investigator2": Person("police"),
    "police.supervisor": Person("police", supervises=True),
    "advocate": Person("advocacy_prishtine"),
    "advocate2": Person("advocacy_prishtine"),
    "advocacy.supervisor": Person("advocacy_prishtine", supervises=True),
    "advocate.prizren": Person("advocacy_prizren"),
    "shelter.coordinator": Person("shelter_ngo"),
}
SUPERVISORS = {"police.supervisor": ("investigator", "investigator2"), "advocacy.supervisor": ("advocate", "advocate2")}
ANSWERER = {
    "advocacy_prishtine": ("advocate", "advocate2"),
    "advocacy_prizren": ("advocate.prizren",),
    "shelter_ngo": ("shelter.coordinator",),
}
SEARCHERS = ("investigator", "investigator2", "advocate", "advocate2", "advocacy.supervisor", "advocate.prizren")
OFFICES = {"advocacy_prishtine", "advocacy_prizren"}
BEDS = ("1A", "1B", "1C", "2A", "2B")


@dataclass
class Walk:
    """One country, what was done in it, and where it differs from the model."""

    world: World
    chance: Random
    sight: Sight = field(default_factory=lambda: Sight(PEOPLE))
    ids: dict[str, UUID] = field(default_factory=dict)
    covers: dict[tuple[str, str], UUID] = field(default_factory=dict)
    bars: dict[tuple[str, str], UUID] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    differs: list[str] = field(default_factory=list)

    def step(self) -> None:
        """Try one act; where the services take it the model takes it too. Then everybody looks."""
        name, case = self._chosen()
        try:
            if ACTS[name](self, case):
                self.taken[name] += 1
        except REFUSED:
            self.taken[f"{name} refused"] += 1
        self.differs += [f"after {name}: {found}" for found in self._look(case or next(iter(self.ids), ""))]

    def _chosen(self) -> tuple[str, str]:
        """An act and a case: mostly what may be done and where it may, and now and then what or where it may not."""
        if not self.ids:
            return "open", ""
        likely = {name: [case for case in self.ids if may(self.sight.cases[case])] for name, may in LIKELY.items()}
        likely["open"] = list(self.ids) if len(self.ids) < CASES else []
        hopeful = self.chance.random() < 0.9
        two = self.chance.choices([one for one in ACTS if likely.get(one, True) or not hopeful], k=2)
        name = min(two, key=lambda one: self.taken[one])  # so that a short walk comes to everything
        return name, self.chance.choice((hopeful and likely.get(name)) or tuple(self.ids))

    def actor(self, who: str) -> Actor:
        """As the next request of her session finds her."""
        unit_of_work.bind(self.world.database)
        self.world.actors[who] = accounts.load_actor(who)
        return self.world.actors[who]

    def member(self, who: str) -> UUID:
        """Her id."""
        member_id = self.world.actor(who).member_id
        assert member_id is not None
        return member_id

    # --- what everybody sees ---

    def _look(self, case: str) -> Iterator[str]:
        for who in PEOPLE:
            actor = self.actor(who)
            with self.world.database.read(actor) as work:
                expected = {one for one in self.ids if self.sight.sees(who, one) != NOTHING}
                if (listed := self._listed(work)) != expected:
                    yield f"{who} is shown {sorted(listed ^ expected)} otherwise in her list"
                if case:
                    yield from self._look_at(work, who, case)
        if case:
            yield from self._look_at_questions(case)

    def _look_at_questions(self, case: str) -> Iterator[str]:
        one = self.sight.cases[case]
        names = {agency_id: name for name, agency_id in self.world.agencies.items()}
        for agency, (by, *_) in ANSWERER.items():
            actor = self.actor(by)
            own = (Referral.case_id == self.ids[case], Referral.to_agency_id == actor.agency_id)
            with self.world.database.read(actor) as work:
                waits = select(Referral.from_agency_id).where(*own, Referral.state.in_(PENDING))
                askers = {names[asker_id] for asker_id in work.session.execute(waits).scalars()}
            if by not in one.barred and bool(askers) != (agency in one.asked):
                yield f"{agency} is asked about {case}: {bool(askers)}, {agency in one.asked}"
            if gone := askers - set(one.parties):
                yield f"{agency} is asked about {case} by {sorted(gone)}, who has left, and cannot answer"

    def _look_at(self, work: Work, who: str, case: str) -> Iterator[str]:
        expected = self.sight.sees(who, case)
        one = self.sight.cases[case]
        if not one.is_erased and (shown := self._shown(work, case)) != expected:
            yield f"{who} sees {shown} of {case} on its page and not {expected}"
        if who in SEARCHERS:
            found = any(row.case_id == self.ids[case] for row in case_search.by_name(work, case).found)
            if found != (expected == WHOLE and not one.is_erased):
                yield f"{who} finds {case} by name: {found}, {expected}"

    def _listed(self, work: Work) -> set[str]:
        names = {case_id: name for name, case_id in self.ids.items()}
        return {names[one.row.case_id] for one in case_list.page(work, Asked()).found.rows}

    def _shown(self, work: Work, case: str) -> str:
        try:
            page = case_page.whole(work, self.ids[case]).found
        except NotFound:
            return NOTHING
        return KEPT if page.relation == "pointer" else WHOLE


def _open(walk: Walk, _case: str) -> bool:
    if len(walk.ids) >= CASES:
        return False
    name = f"Provë{''.join(walk.chance.choices('abdefgklmnoprstuvz', k=9))}"
    by = walk.chance.choice(("investigator", "investigator2", "advocate", "advocate2", "advocate.prizren"))
    walk.actor(by)
    is_police = by.startswith("investigator")
    opened = walk.world.open_signal if is_police else Places(walk.world).client
    walk.ids[name] = opened(by=by, family_name=name)
    walk.sight.opened(name, by)
    return True


def _one_at_work(walk: Walk, case: str, agency: str) -> str:
    """Somebody of an agency who sees the whole of a case, if anybody does; else anybody of it."""
    people = [who for who, person in PEOPLE.items() if person.agency == agency and not person.supervises]
    seeing = [who for who in people if walk.sight.sees(who, case) == WHOLE]
    by = walk.chance.choice(seeing or people)
    walk.actor(by)
    return by


def _call(walk: Walk, case: str) -> bool:
    office = walk.chance.choice(("advocacy_prishtine", "advocacy_prizren"))
    by = _one_at_work(walk, case, "police")
    walk.world.call_advocate(walk.ids[case], by, office) if office == "advocacy_prishtine" else walk.world.step(
        by, walk.ids[case], "advocacy", "call_advocate", office=str(walk.world.agencies[office]), **POINTER
    )
    walk.sight.ask(case, office, "duty")
    return True


def _pass_on(walk: Walk, case: str) -> bool:
    here = _office(walk, case)
    there = "advocacy_prizren" if here == "advocacy_prishtine" else "advocacy_prishtine"
    by = _one_at_work(walk, case, here)
    walk.world.step(by, walk.ids[case], "advocacy", "hand_over", office=str(walk.world.agencies[there]), **POINTER)
    walk.sight.ask(case, there, "duty")
    return True


def _ask_shelter(walk: Walk, case: str) -> bool:
    by = _one_at_work(walk, case, _office(walk, case))
    Places(walk.world).ask(walk.ids[case], by=by)
    walk.sight.ask(case, "shelter_ngo", "consent")
    return True


def _office(walk: Walk, case: str) -> str:
    """The advocates' office that is a party, or any."""
    offices = ("advocacy_prishtine", "advocacy_prizren")
    return walk.chance.choice([one for one in offices if one in walk.sight.cases[case].parties] or offices)


def _waiting(walk: Walk, case: str) -> tuple[str, str]:
    """An agency that was asked, or that was not, and somebody who answers for it."""
    agency = walk.chance.choice(tuple(walk.sight.cases[case].asked) or tuple(ANSWERER))
    by = walk.chance.choice(ANSWERER[agency])
    walk.actor(by)
    return agency, by


def _accept(walk: Walk, case: str) -> bool:
    agency, by = _waiting(walk, case)
    if agency not in walk.sight.cases[case].asked or by in walk.sight.cases[case].barred:
        return False
    if agency == "shelter_ngo":
        Places(walk.world).expect(walk.ids[case], walk.chance.choice(BEDS))
        walk.sight.join(case, by)
        return True
    walk.world.accept(by, walk.ids[case])
    other = "advocacy_prizren" if agency == "advocacy_prishtine" else "advocacy_prishtine"
    walk.sight.join(case, by, instead_of=other)
    return True


def _decline(walk: Walk, case: str) -> bool:
    agency, by = _waiting(walk, case)
    if agency not in walk.sight.cases[case].asked or by in walk.sight.cases[case].barred:
        return False
    is_shelter = agency == "shelter_ngo"
    answers = {"unmet_need_reason": "no_bed"} if is_shelter else {"decline_reason": "wrong_region"}
    reason = "no_capacity" if is_shelter else "wrong_region"
    referrals.decline(walk.actor(by), walk.world.waiting(walk.ids[case], by), answers, reason)
    del walk.sight.cases[case].asked[agency]
    return True


def _run_out(walk: Walk, case: str) -> bool:
    agency, _ = _waiting(walk, case)
    waits = (Referral.case_id == walk.ids[case], Referral.to_agency_id == walk.world.agencies[agency])
    with above(walk.world).connect() as connection:
        asked = select(Referral.id, Referral.from_agency_id).where(*waits, Referral.state.in_(PENDING))
        found = connection.execute(asked).first()
    if found is None:
        return False
    names = {agency_id: name for name, agency_id in walk.world.agencies.items()}
    by = _one_at_work(walk, case, names[found.from_agency_id])
    referrals.set_last_day(walk.actor(by), found.id, local_day(utc_now()))
    with above(walk.world).begin() as connection:  # with a clock that leaps over the day every cover would end too
        connection.execute(update(Referral).where(Referral.id == found.id).values(expires_at=utc_now()))
    ticking.tick()
    del walk.sight.cases[case].asked[agency]
    return True


def _withdraw_consent(walk: Walk, case: str) -> bool:
    by = _one_at_work(walk, case, _office(walk, case))
    walk.world.step(by, walk.ids[case], "advocacy", "withdraw_consent", purposes=["shelter"])
    walk.sight.withdraw_consent(case, {"shelter_ngo"})
    return True


def _staffed(walk: Walk) -> tuple[str, str]:
    supervisor = walk.chance.choice(tuple(SUPERVISORS))
    return supervisor, walk.chance.choice(SUPERVISORS[supervisor])


def _of_supervisors(people: set[str]) -> list[tuple[str, str]]:
    return [(supervisor, who) for supervisor, led in SUPERVISORS.items() for who in led if who in people]


def _assign(walk: Walk, case: str) -> bool:
    supervisor, who = _staffed(walk)
    staffing.assign(walk.actor(supervisor), walk.ids[case], walk.member(who))
    walk.sight.cases[case].at_work.add(who)
    return True


def _release(walk: Walk, case: str) -> bool:
    at_work = _of_supervisors(walk.sight.cases[case].at_work)
    supervisor, who = walk.chance.choice(at_work) if at_work else _staffed(walk)
    staffing.release(walk.actor(supervisor), walk.ids[case], walk.member(who))
    walk.sight.cases[case].at_work.discard(who)
    return True


def _bar(walk: Walk, case: str) -> bool:
    supervisor, who = _staffed(walk)
    staffing.bar(walk.actor(supervisor), walk.ids[case], walk.member(who), "A relative of the accused.")
    walk.sight.cases[case].barred.add(who)
    walk.sight.cases[case].at_work.discard(who)
    return True


def _cover(walk: Walk, _case: str) -> bool:
    supervisor, who = _staffed(walk)
    other = next(name for name in SUPERVISORS[supervisor] if name != who)
    if (who, other) in walk.covers:
        return False
    today = local_day(utc_now())
    new = NewCover(walk.member(other), walk.member(who), today, today + timedelta(days=3))
    walk.covers[who, other] = UUID(staffing.cover(walk.actor(supervisor), new)["cover_id"])
    walk.sight.covers.add((who, other))
    return True


def _end_cover(walk: Walk, _case: str) -> bool:
    if not walk.covers:
        return False
    pair = walk.chance.choice(tuple(walk.covers))
    supervisor = next(name for name, people in SUPERVISORS.items() if pair[0] in people)
    staffing.end_cover(walk.actor(supervisor), walk.covers.pop(pair))
    walk.sight.covers.discard(pair)
    return True


def _close(walk: Walk, case: str) -> bool:
    by = _one_at_work(walk, case, _office(walk, case))
    if walk.sight.sees(by, case) != WHOLE or walk.sight.cases[case].asked:
        return False
    close(walk.world, walk.ids[case], date(2014, 5, 5), by)
    walk.sight.close(case)
    return True


def _erase(walk: Walk, case: str) -> bool:
    by = _one_at_work(walk, case, _office(walk, case))
    asked = erasing.ask(walk.actor(by), walk.ids[case], "person_asked")
    erasing.approve(walk.actor("advocacy.supervisor"), UUID(asked["erasure_id"]))
    walk.sight.cases[case].is_erased = True
    return True


ACTS: dict[str, Callable[[Walk, str], bool]] = {
    "open": _open,
    "call": _call,
    "pass on": _pass_on,
    "ask a shelter": _ask_shelter,
    "accept": _accept,
    "decline": _decline,
    "run out": _run_out,
    "withdraw consent": _withdraw_consent,
    "assign": _assign,
    "release": _release,
    "bar": _bar,
    "cover": _cover,
    "end a cover": _end_cover,
    "close": _close,
    "erase": _erase,
}


def _is_an_offices(one: OneCase) -> bool:
    """Whether an advocate is at work on it."""
    offices = OFFICES & set(one.parties)
    return not one.is_closed and any(PEOPLE[who].agency in offices for who in one.at_work - one.barred)


LIKELY: dict[str, Callable[[OneCase], bool]] = {
    "call": lambda one: not one.is_closed and set(one.parties) == {"police"} and not one.asked,
    "ask a shelter": lambda one: _is_an_offices(one) and "shelter_ngo" not in {*one.parties, *one.asked},
    "pass on": lambda one: _is_an_offices(one) and set(one.asked) == {"shelter_ngo"},
    "accept": lambda one: bool(one.asked),
    "decline": lambda one: bool(one.asked),
    "run out": lambda one: bool(one.asked),
    "release": lambda one: not one.is_closed and bool(_of_supervisors(one.at_work)),
    "withdraw consent": lambda one: "shelter_ngo" in one.parties,
    "close": lambda one: not one.is_closed and not one.asked and "police" not in one.parties,
    "erase": lambda one: one.is_closed and not one.is_erased and "advocacy_prishtine" in one.parties,
}
"""Where an act has a chance."""


@contextmanager
def walking(template: Template, folder: Path, seed: int, parts: Parts | None = None) -> Iterator[Walk]:
    """A country to walk in."""
    folder.mkdir(exist_ok=True)
    with made_world(template, folder, parts) as world:
        yield Walk(world, Random(seed))  # noqa: S311 - the same walk each time
