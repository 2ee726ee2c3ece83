"""Signals of early identifiers: who can open them, how they become cases, and how little their sender learns of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import Conflict, Invalid, NotFound
from app.models.audit import Notice
from app.models.case import Case
from app.models.help import Note
from app.models.signal import Signal, SignalCase, SignalKey
from app.queries import signals as query
from app.services import signals
from app.services.case_keys import open_keys
from app.services.cases import Opening
from app.services.signals import NewSignal, PassedOn
from app.services.unit_of_work import Parts
from tests.factories.doors import CODED, NOTICED, WAY, sent_signal, take_up
from tests.factories.world import Template, World
from tests.security.relations import above

INSPECTOR = "labour.inspector"


def _count(world: World, entity: Any) -> int:
    with above(world).connect() as connection:
        return int(connection.execute(select(func.count()).select_from(entity.__table__)).scalar_one())


def test_receiver_reads_what_the_inspector_noticed_and_the_first_look_acknowledges_it(world: World) -> None:
    signal_id = sent_signal(world)

    found = signals.open_waiting(world.actor("advocate"), signal_id)

    assert found.told.noticed == NOTICED
    assert found.told.contact == WAY
    assert found.entry_door == "labour_inspection"
    [row] = query_sent(world)
    assert (row.state, row.received_at is None) == ("received", False)


def query_sent(world: World, by: str = INSPECTOR) -> list[query.SentSignal]:
    with world.database.read(world.actor(by)) as work:
        return query.sent(work.session, work.actor)


def query_waiting(world: World, by: str) -> list[query.WaitingSignal]:
    with world.database.read(world.actor(by)) as work:
        return query.waiting(work.session, work.actor)


@pytest.mark.parametrize("stranger", ["investigator", "advocate.prizren", "social.worker", "border.officer"])
def test_signal_does_not_exist_for_an_agency_that_neither_sent_nor_receives_it(world: World, stranger: str) -> None:
    signal_id = sent_signal(world)

    with pytest.raises(NotFound):
        signals.open_waiting(world.actor(stranger), signal_id)
    with pytest.raises(NotFound):
        signals.open_sent(world.actor(stranger), signal_id)
    with world.database.read(world.actor(stranger)) as work:
        assert work.session.execute(select(Signal.id)).all() == []
        assert work.session.execute(select(SignalKey.signal_id)).all() == []


def test_without_the_scope_sqlite_shows_a_signal_to_strangers(
    make_world: Callable[..., World], sqlite_template: Template
) -> None:
    world = make_world(sqlite_template, Parts(scope_is_on=False))
    sent_signal(world)

    with world.database.read(world.actor("investigator")) as work:
        assert len(work.session.execute(select(Signal.id)).all()) == 1


def test_without_the_scope_postgresql_still_shows_no_signal_to_strangers(
    make_world: Callable[..., World], postgresql_template: Template
) -> None:
    world = make_world(postgresql_template, Parts(scope_is_on=False))
    sent_signal(world)

    with world.database.read(world.actor("investigator")) as work:
        assert work.session.execute(select(Signal.id)).all() == []


def test_text_of_a_signal_lies_sealed_in_the_database(world: World) -> None:
    sent_signal(world)

    with above(world).connect() as connection:
        row = connection.execute(select(Signal.__table__)).one()

    assert all(NOTICED.encode() not in value for value in row if isinstance(value, bytes))
    assert b"+383 00 555" not in row.contact


def test_signal_taken_up_by_the_police_is_a_case_with_the_inspector_as_its_door(world: World) -> None:
    signal_id = sent_signal(world, "police")

    case_id = take_up(world, signal_id, "investigator")

    with world.database.read(world.actor("investigator")) as work:
        case = work.session.get_one(Case, case_id)
        note = work.session.execute(select(Note).where(Note.case_id == case_id)).scalar_one()
        link = work.session.execute(select(SignalCase.signal_id)).scalar_one()
        text = work.vault.open(open_keys(work, case_id).content, note.text or b"", "note", "text", note.id)
    assert (case.entry_door, case.origin, link, note.sensitivity) == ("labour_inspection", "police", signal_id, "T")
    assert text == NOTICED


@pytest.mark.line(7)
def test_signal_taken_up_by_an_advocate_opens_a_case_that_the_police_never_see(world: World) -> None:
    signal_id = sent_signal(world)

    case_id = take_up(world, signal_id, "advocate")

    with world.database.read(world.actor("investigator")) as work:
        assert work.session.get(Case, case_id) is None
        assert work.session.execute(select(Signal.id)).all() == []
    with world.database.read(world.actor("advocate")) as work:
        assert work.session.get_one(Case, case_id).origin == "advocacy"


def test_sender_sees_taken_up_and_its_time_and_can_open_nothing_any_more(world: World) -> None:
    signal_id = sent_signal(world)

    take_up(world, signal_id, "advocate")

    [row] = query_sent(world)
    found = signals.open_sent(world.actor(INSPECTOR), signal_id)
    assert (row.state, row.decided_at is None) == ("taken_up", False)
    assert (found.told.noticed, found.told.contact) == ("", {})
    assert _count(world, SignalKey) == 0
    with world.database.read(world.actor(INSPECTOR)) as work:
        assert work.session.execute(select(SignalCase.case_id)).all() == []
        assert work.session.execute(select(Case.id)).all() == []


def test_sender_reads_her_own_words_while_nobody_has_answered(world: World) -> None:
    signal_id = sent_signal(world)

    assert signals.open_sent(world.actor(INSPECTOR), signal_id).told.noticed == NOTICED


def test_signal_is_taken_up_once_and_the_second_colleague_finds_nothing(world: World) -> None:
    signal_id = sent_signal(world)
    take_up(world, signal_id, "advocate")

    with pytest.raises(NotFound):
        take_up(world, signal_id, "advocate2")

    assert _count(world, Case) == 1


def test_who_decides_on_a_signal_that_was_answered_in_between_is_refused(world: World) -> None:
    signal_id = sent_signal(world)
    with world.database.write(world.actor("advocate")) as work:
        row = work.session.get_one(Signal, signal_id)
        work.session.connection().exec_driver_sql("SELECT 1")
        signals._change_waiting(work, row.id, state="closed", decided_at=work.now)
        with pytest.raises(Conflict):
            signals._change_waiting(work, row.id, state="closed", decided_at=work.now)


def test_closing_keeps_the_reason_and_destroys_the_key(world: World) -> None:
    signal_id = sent_signal(world)

    signals.close(world.actor("advocate"), signal_id, "not_reached")

    [row] = query_sent(world)
    assert (row.state, _count(world, SignalKey), query_waiting(world, "advocate")) == ("closed", 0, [])


def test_signal_passed_on_to_another_office_is_open_there_and_no_longer_here(world: World) -> None:
    signal_id = sent_signal(world)
    signals.open_waiting(world.actor("advocate"), signal_id)

    signals.pass_on(world.actor("advocate"), signal_id, PassedOn(world.agencies["advocacy_prizren"]))

    assert query_waiting(world, "advocate") == []
    assert signals.open_waiting(world.actor("advocate.prizren"), signal_id).told.noticed == NOTICED
    with pytest.raises(NotFound):
        signals.open_waiting(world.actor("advocate"), signal_id)
    assert signals.open_sent(world.actor(INSPECTOR), signal_id).told.noticed == NOTICED


@pytest.mark.parametrize(
    ("basis", "reason", "field"),
    [(None, "", "basis"), ("child", "", "basis"), ("life_at_risk", "", "basis_reason")],
    ids=["nothing", "a child who is none", "a life at risk without why"],
)
def test_signal_meant_for_the_advocate_does_not_reach_the_police_without_a_basis(
    world: World, basis: str | None, reason: str, field: str
) -> None:
    signal_id = sent_signal(world)

    with pytest.raises(Invalid) as refusal:
        signals.pass_on(world.actor("advocate"), signal_id, PassedOn(world.agencies["police"], basis, reason))

    assert list(refusal.value.fields) == [field]
    assert query_waiting(world, "investigator") == []


def test_life_at_risk_said_with_its_reason_lets_a_signal_reach_the_police(world: World) -> None:
    signal_id = sent_signal(world)
    asked = PassedOn(world.agencies["police"], "life_at_risk", "Was threatened with a weapon today.")

    signals.pass_on(world.actor("advocate"), signal_id, asked)

    found = signals.open_waiting(world.actor("investigator"), signal_id)
    assert (found.row.basis, found.told.basis_reason) == ("life_at_risk", "Was threatened with a weapon today.")


def test_signal_to_an_agency_that_receives_none_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        signals.send(world.actor(INSPECTOR), NewSignal(world.agencies["shelter_ngo"], CODED, NOTICED))


def test_receivers_are_told_that_a_signal_waits_and_the_sender_of_each_answer(world: World) -> None:
    signal_id = sent_signal(world)
    take_up(world, signal_id, "advocate")

    with above(world).connect() as connection:
        told = connection.execute(select(Notice.kind, Notice.agency_id, Notice.case_id)).all()

    office, inspectorate = world.agencies["advocacy_prishtine"], world.agencies["labour_inspection"]
    assert ("signal:sent", office, None) in told
    assert ("signal:taken_up", inspectorate, None) in told
    assert [one for one in told if one.agency_id == inspectorate and one.case_id is not None] == []


def test_signal_sent_twice_by_one_form_is_one(world: World) -> None:
    first, second = (sent_signal(world, once="one form") for _ in range(2))

    assert first == second
    assert isinstance(first, UUID)
    assert _count(world, Signal) == 1


def test_opening_that_fails_leaves_the_signal_waiting(world: World) -> None:
    signal_id = sent_signal(world)
    incomplete = Opening("advocacy", "open_directly", {"region": "prishtine"})

    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it is, nothing may have happened
        signals.take_up(world.actor("advocate"), signal_id, incomplete)

    assert [row.id for row in query_waiting(world, "advocate")] == [signal_id]
    assert _count(world, Case) == 0
