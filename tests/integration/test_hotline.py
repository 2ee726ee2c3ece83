"""The hotline: a log without identity, and no signal from it without consent, a child, or a life at risk."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from app.errors import Conflict, Invalid, NotFound
from app.models.hotline import HotlineContact
from app.models.signal import Signal
from app.services import hotline, hotline_counts, signals
from app.services.hotline import Agreement, NewContact
from app.services.signals import NewSignal
from tests.factories.doors import CODED, CONTACT, logged_contact
from tests.factories.world import A_DAY, World
from tests.security.relations import above

OPERATOR = "hotline.operator"
CLOCK = datetime(2014, 5, 1, 12, tzinfo=UTC)


def _to(world: World, agency: str = "advocacy_prishtine", **told: Any) -> NewSignal:
    coded = {**CODED, "place": "by_phone", **told}
    return NewSignal(world.agencies[agency], coded, "Wants to leave the flat.")


def _signals(world: World) -> list[Any]:
    with above(world).connect() as connection:
        return list(connection.execute(select(Signal.basis, Signal.to_agency_id)).all())


def test_note_of_a_contact_is_sealed_and_opens_for_the_hotline_alone(world: World) -> None:
    contact_id = logged_contact(world, note="Calls again on Friday.")

    assert hotline.open_contact(world.actor(OPERATOR), contact_id).note == "Calls again on Friday."
    with above(world).connect() as connection:
        assert b"Friday" not in connection.execute(select(HotlineContact.__table__.c.note)).scalar_one()
    with pytest.raises(NotFound):
        hotline.open_contact(world.actor("advocate"), contact_id)
    with pytest.raises(NotFound):
        hotline.open_contact(world.actor("statistics.supervisor"), contact_id)


@pytest.mark.line(25)
def test_contact_stays_a_contact_without_the_persons_consent(world: World) -> None:
    contact_id = logged_contact(world)

    with pytest.raises(Invalid) as refusal:
        hotline.send_on(world.actor(OPERATOR), contact_id, _to(world), Agreement(person_agrees=False))

    assert refusal.value.fields == {"person_agrees": "consent_first"}
    assert _signals(world) == []
    assert hotline.open_contact(world.actor(OPERATOR), contact_id).row.outcome == "advised"


@pytest.mark.parametrize(
    ("said", "age_group", "basis"),
    [
        (Agreement(person_agrees=True), "adult", "consent"),
        (Agreement(person_agrees=False), "child", "child"),
        (Agreement(person_agrees=False), "in_doubt", "child"),
        (Agreement(person_agrees=False, is_life_at_risk=True, why="Locked in."), "adult", "life_at_risk"),
    ],
)
def test_contact_is_sent_on_with_consent_for_a_child_or_where_a_life_is_at_risk(
    world: World, said: Agreement, age_group: str, basis: str
) -> None:
    contact_id = logged_contact(world)

    signal_id = hotline.send_on(world.actor(OPERATOR), contact_id, _to(world, age_group=age_group), said)

    found = signals.open_waiting(world.actor("advocate"), signal_id)
    row = hotline.open_contact(world.actor(OPERATOR), contact_id).row
    assert (found.row.basis, found.entry_door, found.told.basis_reason) == (basis, "hotline", said.why)
    assert (row.outcome, row.signal_id) == ("sent_on", signal_id)


def test_life_at_risk_needs_its_reason(world: World) -> None:
    contact_id = logged_contact(world)
    said = Agreement(person_agrees=False, is_life_at_risk=True)

    with pytest.raises(Invalid) as refusal:
        hotline.send_on(world.actor(OPERATOR), contact_id, _to(world), said)

    assert refusal.value.fields == {"why": "say_why"}


def test_contact_is_sent_on_once(world: World) -> None:
    contact_id = logged_contact(world)
    hotline.send_on(world.actor(OPERATOR), contact_id, _to(world), Agreement(person_agrees=True))

    with pytest.raises(Conflict):
        hotline.send_on(world.actor(OPERATOR), contact_id, _to(world, "police"), Agreement(person_agrees=True))

    assert len(_signals(world)) == 1


def test_signal_that_a_person_agreed_to_for_an_advocate_is_kept_from_the_police(world: World) -> None:
    contact_id = logged_contact(world)
    signal_id = hotline.send_on(world.actor(OPERATOR), contact_id, _to(world), Agreement(person_agrees=True))

    with pytest.raises(Invalid):
        signals.pass_on(world.actor("advocate"), signal_id, signals.PassedOn(world.agencies["police"]))


def test_contact_of_tomorrow_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        hotline.log(world.actor(OPERATOR), NewContact(date(2999, 1, 1), CONTACT))


def test_contacts_are_counted_by_month_topic_and_outcome_without_a_case(world: World) -> None:
    _log_many(world)

    own = hotline_counts.of_year(world.actor(OPERATOR), 2014)
    national = hotline_counts.of_year(world.actor("statistics.supervisor"), 2014)

    assert dict(own.topics)["information"] == [0, 0, 40, *[0] * 9, 40]
    assert dict(own.topics)["forced_labour"] == [0, 0, 0, 7, *[0] * 8, 7]
    assert own.all == [0, 0, 40, 7, *[0] * 8, 47]
    assert national == own
    assert hotline_counts.of_year(world.actor("advocate"), 2014).all == [0] * 13
    assert hotline_counts.of_year(world.actor(OPERATOR), 2013).all == [0] * 13


def _log_many(world: World) -> None:
    operator = world.actor(OPERATOR)
    shared = {"agency_id": operator.agency_id, "member_id": operator.member_id, "recorded_at": CLOCK, **CONTACT}
    days = [("information", A_DAY)] * 40 + [("forced_labour", A_DAY + timedelta(days=31))] * 7
    rows = [
        {**shared, "id": UUID(int=9000 + number), "topic": topic, "occurred_on": day}
        for number, (topic, day) in enumerate(days)
    ]
    with world.database.write(operator) as work:
        work.session.execute(insert(HotlineContact), rows)
        work.audit("test:laid")
        work.commit()
