"""Packets for another country's mechanism: with consent alone, never to the country that was fled, kept as sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from app.errors import Invalid, NotFound, Refusal
from app.models.audit import Notice
from app.models.help import Consent
from app.models.transnational import TransnationalPacket
from app.models.workflow import WorkflowRun
from app.services import transnational
from app.services.ticking import tick
from app.services.transnational import Reception
from app.services.unit_of_work import Once, Parts
from tests.factories.placed import MovableClock, day
from tests.factories.returning import PACKET, PURPOSES, Returning
from tests.factories.world import A_DAY, KINDS, Template, World, made_world
from tests.security.relations import above


@pytest.fixture
def going(world: World) -> Returning:
    return Returning(world)


def _state(world: World, case_id: UUID, **states: str) -> None:
    """Put tracks elsewhere by hand: for states that the shipped procedures do not have, or that many steps lead to."""
    with above(world).begin() as connection:
        run = WorkflowRun.__table__
        before = connection.execute(select(run.c.states).where(run.c.case_id == case_id)).scalar_one()
        connection.execute(update(run).where(run.c.case_id == case_id).values(states={**before, **states}))


@pytest.mark.line(30)
def test_a_packet_holds_what_the_case_tells_and_can_be_shown_again(going: Returning) -> None:
    case_id = going.expected()

    packet = going.opened(case_id, going.packet(case_id))

    assert packet.name == "Dafina Provë"
    assert packet.row.country == "AL"
    told = packet.content
    assert told["partner"]["meeting_where"] == "Airport"
    assert told["needs"] == ["shelter"]
    assert (told["age_group"], told["sex"], told["follow_up_by"]) == ("adult", "F", "receiver")
    assert [purpose for purpose, _, _ in told["consents"]] == ["return", "transnational"]


def test_without_her_word_for_each_neither_name_nor_needs_are_passed_on(going: Returning) -> None:
    case_id = going.expected()

    packet = going.opened(case_id, going.packet(case_id, replace(PACKET, shares=())))

    assert packet.name == ""
    assert packet.row.identity is None
    assert packet.content["needs"] is None
    assert "Dafina" not in str(packet.content)


def test_what_was_sent_stays_as_sent_when_the_case_goes_on(going: Returning) -> None:
    case_id = going.expected()
    packet_id = going.packet(case_id)

    going.step(case_id, "complete_documents", travel_document=["passport"], through_consulate=False)

    assert going.opened(case_id, packet_id).content["documents"] == []


@pytest.mark.parametrize(
    ("missing", "reason"), [("transnational", "packet_no_consent"), ("return", "packet_no_return_consent")]
)
def test_without_consent_no_packet_is_made_and_the_reason_is_said(
    going: Returning, world: World, missing: str, reason: str
) -> None:
    case_id = going.expected()
    with above(world).begin() as connection:
        connection.execute(delete(Consent).where(Consent.case_id == case_id, Consent.purpose == missing))

    with pytest.raises(Refusal) as refused:
        going.packet(case_id)

    assert refused.value.key == reason
    assert going.against(case_id) == (reason,)


def test_before_the_receiving_partner_has_confirmed_no_packet_is_made(going: Returning) -> None:
    assert going.against(going.wishes()) == ("packet_no_partner",)


@pytest.mark.parametrize("asylum", ["claimed", "granted"])
@pytest.mark.line(30)
def test_nothing_of_who_asks_for_asylum_goes_to_the_country_of_citizenship(
    going: Returning, world: World, asylum: str
) -> None:
    case_id = going.expected("AL")
    _state(world, case_id, asylum=asylum)

    assert going.against(case_id) == ("packet_asylum",)
    with pytest.raises(Refusal, match="packet_asylum"):
        going.packet(case_id)


def test_a_claim_does_not_shut_the_way_to_a_country_that_is_not_hers(going: Returning, world: World) -> None:
    case_id = going.wishes("IT", citizenship=["AL"])
    going.step(case_id, "revoke_wish", reason="To another country.")
    told = {"voluntary": True, "declared_on": A_DAY.isoformat(), "given_by": "self"}
    going.step(case_id, "record_wish", return_kind="third_country", destination_country="IT", **told)
    going.step(case_id, "assess_return_risk", no_threat=True, statement_offered=True, findings="Safe.")
    going.step(case_id, "confirm_partner", **_partner())
    _state(world, case_id, asylum="claimed")

    assert going.against(case_id) == ()


def _partner() -> dict[str, Any]:
    return {
        "receiving_partner": "Partner over there",
        "capacity": True,
        "meeting_place": "shelter",
        "meeting_on": "2014-03-10",
        "meeting_where": "Airport",
        "met_by": "A caseworker",
    }


def test_without_a_claim_the_country_of_citizenship_may_receive(going: Returning) -> None:
    assert going.against(going.expected("AL")) == ()


def test_for_a_child_a_checked_guardian_and_best_interests_come_first(going: Returning, world: World) -> None:
    case_id = going.expected()
    _make_a_child(world, case_id)

    assert "packet_guardian" in going.against(case_id)


def _make_a_child(world: World, case_id: UUID) -> None:
    from_table = "UPDATE client_record SET is_child = true WHERE case_id = :case"
    key = case_id.hex if "sqlite" in world.settings.database_url else str(case_id)
    with above(world).begin() as connection:
        connection.exec_driver_sql(from_table.replace(":case", f"'{key}'"))


def test_an_agency_that_is_no_party_finds_nothing(going: Returning, world: World) -> None:
    case_id = going.expected()
    packet_id = going.packet(case_id)

    with pytest.raises(NotFound):
        going.opened(case_id, packet_id, by="advocate.prizren")
    with pytest.raises(NotFound):
        going.packet(case_id, by="investigator")


def test_the_same_form_sent_twice_makes_one_packet(going: Returning, world: World) -> None:
    case_id, once = going.expected(), Once("k" * 16, "d")

    first = transnational.make(world.actor("return.coordinator"), case_id, PACKET, once)
    second = transnational.make(world.actor("return.coordinator"), case_id, PACKET, once)

    assert first == second
    assert len(_rows(world, case_id)) == 1


def _rows(world: World, case_id: UUID) -> list[TransnationalPacket]:
    with world.database.read(world.actor("advocate")) as work:
        found = select(TransnationalPacket).where(TransnationalPacket.case_id == case_id)
        return list(work.session.execute(found).scalars())


def test_no_name_and_no_word_of_hers_lies_open_in_the_row(going: Returning, world: World) -> None:
    case_id = going.expected()
    going.packet(case_id)

    with above(world).connect() as connection:
        row = connection.execute(select(TransnationalPacket.__table__)).one()

    assert b"Dafina" not in row.content + row.identity
    assert "Dafina" not in str(row.shares) + row.country


def _told(world: World, by: str, kind: str) -> int:
    with world.database.read(world.actor(by)) as work:
        return len(work.session.execute(select(Notice.id).where(Notice.kind == kind)).all())


def test_where_she_was_not_met_those_who_care_for_her_are_told(going: Returning, world: World) -> None:
    case_id = going.expected()
    packet_id = going.packet(case_id)
    told = Reception("not_met", day(3), "Nobody came to the gate.")

    transnational.record_answer(world.actor("return.coordinator"), case_id, packet_id, told)

    packet = going.opened(case_id, packet_id, by="advocate")
    assert (packet.row.answer, packet.answer_note) == ("not_met", "Nobody came to the gate.")
    assert _told(world, "advocate", "transnational:not_met") == 1


def test_where_she_was_met_nobody_is_alarmed(going: Returning, world: World) -> None:
    case_id = going.expected()
    packet_id = going.packet(case_id)

    transnational.record_answer(world.actor("return.coordinator"), case_id, packet_id, Reception("met", day(3)))

    assert _told(world, "advocate", "transnational:not_met") == 0


def test_an_answer_of_a_day_to_come_is_refused(going: Returning, world: World) -> None:
    case_id = going.expected()
    packet_id = going.packet(case_id)
    ahead = going.opened(case_id, packet_id).row.made_at.date() + timedelta(days=3)

    with pytest.raises(Invalid, match="date_in_future"):
        transnational.record_answer(world.actor("return.coordinator"), case_id, packet_id, Reception("met", ahead))


@pytest.fixture(params=KINDS)
def dated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Returning, MovableClock]]:
    """Returns in a world whose clock is moved by hand."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    clock = MovableClock(None)  # type: ignore[arg-type]
    clock.at(A_DAY)
    with made_world(template, tmp_path, Parts(clock=clock)) as world:
        yield Returning(world), clock


def test_who_made_it_is_reminded_once_when_no_answer_came(dated: tuple[Returning, MovableClock]) -> None:
    going, clock = dated
    going.packet(going.expected())
    clock.at(day(12))
    tick()
    before = _told(going.world, "return.coordinator", "transnational:unanswered")

    clock.at(day(13))
    tick()
    tick()

    assert before == 0
    assert _told(going.world, "return.coordinator", "transnational:unanswered") == 1


def test_who_has_an_answer_is_not_reminded(dated: tuple[Returning, MovableClock]) -> None:
    going, clock = dated
    case_id = going.expected()
    packet_id = going.packet(case_id)
    actor = going.world.actor("return.coordinator")
    transnational.record_answer(actor, case_id, packet_id, Reception("met", A_DAY))

    clock.at(day(20))
    tick()

    assert _told(going.world, "return.coordinator", "transnational:unanswered") == 0


def test_a_social_worker_makes_none_for_an_adult(going: Returning, world: World) -> None:
    case_id = going.expected(purposes=[*PURPOSES, "reintegration"])
    centre = str(world.agencies["social_work_prishtine"])
    asked = {"social_work_centre": centre, "needs": ["shelter"]}
    world.step("advocate", case_id, "reintegration", "ask_social_work", **asked)
    world.accept("social.worker", case_id)

    assert going.against(case_id, by="social.worker") == ("packet_not_your_role",)
