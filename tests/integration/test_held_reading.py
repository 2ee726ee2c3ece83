"""One account that reads its way through the files is stopped at the number that is written down, and reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.errors import Stopped
from app.models.audit import OF_LISTS, AuditEntry, Notice
from app.models.case import Case
from app.models.signal import Signal
from app.security.actor import Actor
from app.security.reading_limits import BY_ROLE, LISTED, LISTS, OTHERS, WITHOUT_CASE, Most, most_of
from app.services import case_page, held_reading, hotline, signals, unit_of_work
from app.services.unit_of_work import Parts
from app.services.viewing import Looked, view
from bench.caseload import Copier, Place, Templates, batches, load_postgresql, load_sqlite
from tests.factories.doors import logged_contact, sent_signal
from tests.factories.world import KINDS, World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.promises import scaled, tell
from tests.support.served import MovableClock

A_DAY = date(2014, 3, 3)
PER_HOUR, PER_DAY = 40, 120
SLOWLY, FAST = timedelta(seconds=170), timedelta(seconds=5)
DATABASE = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Thief:
    """An advocate with many files, who opens one after another."""

    def __init__(self, world: World, clock: MovableClock, files: int) -> None:
        self.world, self.clock = world, clock
        world.with_advocate()
        world.open_signal()
        self.actor = world.actor("advocate")
        engine = above(world)
        office = Place(world.agencies["advocacy_prishtine"], (self.actor.member_id or UUID(int=0),))
        copies = Copier(world.database.vault, office, [office])
        found = batches(Templates(engine, world.database.vault), copies, files * 2)
        if world.database.is_postgresql:
            load_postgresql(world.owner_url, found)
        else:
            load_sqlite(world.database.engine, found)
        with world.database.read(self.actor) as work:
            self.files = list(work.session.execute(select(Case.id).limit(files)).scalars())
        engine.dispose()

    def opens(self, case_id: UUID, entry: str = "case:opened_page", look: Any = case_page.whole) -> bool:
        """Open a file, or another page of it; whether it was shown."""
        unit_of_work.bind(self.world.database)
        try:
            view(self.actor, entry, look, case_id=case_id)
        except Stopped:
            return False
        return True

    def lists(self, cases: list[UUID]) -> bool:
        """Have a list show cases; whether it was shown."""
        unit_of_work.bind(self.world.database)
        try:
            view(self.actor, "case:listed", lambda _work: Looked(None, shown=cases))
        except Stopped:
            return False
        return True

    def goes_through(self, files: int, pause: timedelta) -> int:
        """Open so many, one after another with a pause; gives how many were shown."""
        return sum(self._next(case_id, pause) for case_id in self.files[:files])

    def _next(self, case_id: UUID, pause: timedelta) -> bool:
        self.clock.leap += pause
        return self.opens(case_id)

    def told(self, kind: str) -> list[tuple[UUID, str | None]]:
        """Who was told, by agency and role."""
        with above(self.world).connect() as connection:
            rows = connection.execute(select(Notice.agency_id, Notice.role).where(Notice.kind == kind)).all()
        return sorted(((row.agency_id, row.role) for row in rows), key=str)

    def states(self) -> list[str]:
        """How the signals stand, by their names."""
        with above(self.world).connect() as connection:
            return sorted(connection.execute(select(Signal.state)).scalars())

    def written(self, action: str) -> int:
        """How many entries the audit has of an action."""
        with above(self.world).connect() as connection:
            found = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
            return int(connection.execute(found).scalar_one())


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make_thief(request: pytest.FixtureRequest, kind: str, make_world: Callable[..., World]) -> Callable[..., Thief]:
    template = request.getfixturevalue(f"{kind}_template")

    def make(files: int, **parts: Any) -> Thief:
        clock = MovableClock(A_DAY)
        return Thief(make_world(template, Parts(clock=clock, **parts)), clock, files)

    return make


@pytest.mark.promise("T8.5")
def test_who_opens_file_after_file_all_day_is_stopped_at_the_number_that_is_written_down(
    make_thief: Callable[..., Thief], kind: str
) -> None:
    files = scaled(PER_DAY + 10, 500)
    thief = make_thief(files)

    shown = thief.goes_through(files, SLOWLY)

    agencies = thief.world.agencies
    assert shown == PER_DAY
    assert thief.written("reading:stopped") == files - PER_DAY
    assert thief.told("reading:stopped") == sorted(
        [(agencies["advocacy_prishtine"], "agency_supervisor"), (agencies["administration"], "administrator")], key=str
    )
    tell("T8.5", DATABASE[kind], f"{files} files asked for in a day, {shown} shown, then stopped, 2 told")


@pytest.mark.promise("T8.5")
def test_without_the_limit_she_goes_on(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(PER_DAY + 10, reading_is_limited=False)

    assert thief.goes_through(PER_DAY + 10, SLOWLY) == PER_DAY + 10


def test_who_hurries_is_stopped_within_the_hour_and_goes_on_in_the_next(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(PER_HOUR + 5)

    shown = thief.goes_through(PER_HOUR + 5, FAST)
    again = thief.opens(thief.files[0])
    thief.clock.leap += timedelta(hours=1)

    assert (shown, again) == (PER_HOUR, True)
    assert thief.opens(thief.files[-1])


def test_a_supervisor_lets_her_on_and_she_herself_does_not(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(PER_HOUR + 5)
    thief.goes_through(PER_HOUR + 1, FAST)
    supervisor = thief.world.actor("advocacy.supervisor")
    hers = thief.actor.member_id
    assert hers is not None

    by_herself = held_reading.let_on(thief.actor, hers)
    still = thief.opens(thief.files[-1])
    others = held_reading.let_on(thief.world.actor("police.supervisor"), hers)
    held = [one.member_id for one in held_reading.held(supervisor)]
    done = held_reading.let_on(supervisor, hers)

    assert (by_herself, still, others, held, done) == (False, False, False, [hers], True)
    assert thief.opens(thief.files[-1])
    assert held_reading.held(supervisor) == []
    assert thief.told("reading:let_on") == [(thief.world.agencies["advocacy_prishtine"], None)]


def test_the_page_says_so_and_the_supervisor_lets_her_on_from_her_notices(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(PER_HOUR + 5)
    thief.goes_through(PER_HOUR, FAST)
    app = thief.world.app()
    reader, supervisor = Visitor(app), Visitor(app)
    reader.sign_in("advocate")
    supervisor.sign_in("advocacy.supervisor")

    refused = reader.get(f"/cases/{thief.files[-1]}", status=429)
    page = supervisor.submit(supervisor.get("/reading"), f"Let read on {thief.actor.name}")

    assert refused.heading == "Stopped for now"
    assert "Nobody is stopped." in page.root.all("main")[0].text
    assert reader.get(f"/cases/{thief.files[-1]}").status == 200


@pytest.mark.promise("T8.5")
def test_who_goes_through_list_after_list_is_stopped_and_the_same_list_again_costs_nothing(
    make_thief: Callable[..., Thief],
) -> None:
    thief = make_thief(PER_HOUR)
    cases = [uuid4() for _ in range(PER_HOUR * LISTED + 1)]
    again = [thief.lists(cases[:25]) for _ in range(30)]

    shown = [thief.lists(part) for part in _parts(cases)]

    assert (all(again), shown.index(False)) == (True, PER_HOUR * LISTED // 25)
    assert (thief.lists(cases[:25]), thief.lists(cases[-1:])) == (True, False)
    assert thief.written("reading:stopped") == 2
    assert len(thief.told("reading:stopped")) == 2
    thief.clock.leap += timedelta(hours=1)
    assert thief.lists(cases[-1:])


@pytest.mark.promise("T8.5")
def test_without_the_limit_she_goes_through_all_lists(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(PER_HOUR, reading_is_limited=False)

    assert all(thief.lists(part) for part in _parts([uuid4() for _ in range(PER_HOUR * LISTED + 50)]))


def _parts(cases: list[UUID]) -> list[list[UUID]]:
    return [cases[first : first + 25] for first in range(0, len(cases), 25)]


def test_a_supervisor_lets_her_on_through_lists_too(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(1)
    _ = [thief.lists(part) for part in _parts([uuid4() for _ in range(PER_HOUR * LISTED)])]
    stopped = not thief.lists([uuid4()])
    assert thief.actor.member_id is not None

    held_reading.let_on(thief.world.actor("advocacy.supervisor"), thief.actor.member_id)

    assert (stopped, thief.lists([uuid4()])) == (True, True)


OF_A_CASE = [
    "complaint:opened",
    "document:opened",
    "incident:opened",
    "incident:step_opened",
    "meeting:entry_opened",
    "record:opened",
    "referral:opened",
]


@pytest.mark.parametrize("entry", OF_A_CASE)
def test_documents_and_names_of_other_cases_count_like_the_cases(make_thief: Callable[..., Thief], entry: str) -> None:
    thief = make_thief(1)

    shown = [thief.opens(uuid4(), entry, lambda _work, case_id: Looked(None, case_id)) for _ in range(PER_HOUR + 1)]

    assert (sum(shown), thief.opens(thief.files[0])) == (PER_HOUR, False)


def _reads(open_one: Callable[[Actor, UUID], object], reader: Actor, which: UUID) -> bool:
    try:
        open_one(reader, which)
    except Stopped:
        return False
    return True


def test_who_opens_signal_after_signal_is_stopped_as_who_opens_cases_is(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(1)
    sent = [sent_signal(thief.world) for _ in range(PER_HOUR + 1)]

    shown = [_reads(signals.open_waiting, thief.actor, one) for one in sent]

    assert shown == [True] * PER_HOUR + [False]
    assert _reads(signals.open_waiting, thief.actor, sent[0])
    assert (len(thief.told("reading:stopped")), thief.opens(thief.files[0])) == (2, True)
    assert thief.states() == ["received"] * PER_HOUR + ["sent"]
    thief.clock.leap += timedelta(hours=1)
    assert _reads(signals.open_waiting, thief.actor, sent[-1])


def test_without_the_limit_she_opens_all_signals(make_thief: Callable[..., Thief]) -> None:
    thief = make_thief(1, reading_is_limited=False)
    sent = [sent_signal(thief.world) for _ in range(PER_HOUR + 1)]

    assert all(_reads(signals.open_waiting, thief.actor, one) for one in sent)


def test_a_supervisor_lets_her_on_through_signals_too(
    make_thief: Callable[..., Thief], monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = make_thief(1)
    monkeypatch.setattr(held_reading, "most_of", lambda _: Most(1, 1))
    sent = [sent_signal(thief.world) for _ in range(2)]
    shown = [_reads(signals.open_waiting, thief.actor, one) for one in sent]
    assert thief.actor.member_id is not None

    held_reading.let_on(thief.world.actor("advocacy.supervisor"), thief.actor.member_id)

    assert (shown, _reads(signals.open_waiting, thief.actor, sent[1])) == ([True, False], True)


def test_what_one_sent_and_contacts_of_the_hotline_count_too(
    make_thief: Callable[..., Thief], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_thief(1).world
    monkeypatch.setattr(held_reading, "most_of", lambda _: Most(2, 2))
    sent = [sent_signal(world) for _ in range(3)]
    contacts = [logged_contact(world) for _ in range(3)]

    reread = [_reads(signals.open_sent, world.actor("labour.inspector"), one) for one in [*sent, sent[0]]]
    heard = [_reads(hotline.open_contact, world.actor("hotline.operator"), one) for one in [*contacts, contacts[0]]]

    assert reread == heard == [True, True, False, True]


@pytest.mark.parametrize("entry", WITHOUT_CASE)
def test_what_has_no_case_counts_by_what_was_opened(make_thief: Callable[..., Thief], entry: str) -> None:
    thief = make_thief(1)
    seen = [uuid4() for _ in range(PER_HOUR + 1)]

    def look(_work: object, case_id: UUID) -> Looked[None]:
        return Looked(None, shown=seen[:2], detail={"which": case_id})

    shown = [thief.opens(one, entry, look) for one in [*seen, seen[0]]]

    assert shown == [True] * PER_HOUR + [False, True]


def test_lists_that_count_are_those_of_the_index() -> None:
    assert re.findall(r"'([a-z_:]+)'", str(OF_LISTS)) == list(LISTS)


@pytest.mark.parametrize("sent", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_letting_on_nobody_does_nothing(world: World, sent: str) -> None:
    supervisor = Visitor(world.app())
    supervisor.sign_in("advocacy.supervisor")

    page = supervisor.post("/reading/let-on", {"member": sent}, 200)

    assert "Nobody is stopped." in page.root.all("main")[0].text


def test_whoever_has_several_roles_has_the_most_of_each() -> None:
    assert most_of(["shelter_coordinator", "agency_supervisor"]) == Most(60, 200)
    assert most_of(["hotline_operator"]) == most_of([]) == OTHERS
    assert BY_ROLE["advocate"] == Most(PER_HOUR, PER_DAY)
