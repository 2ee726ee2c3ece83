"""Operations of the police on the pages: recorded, counted, and shut to whoever was not named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.doors import COUNTS, held, venue
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World

RAID = {"kind": "raid", "reason": "tip_off", "venue": "v-014", **COUNTS}


def test_venue_is_registered_and_an_operation_recorded_there(reader: Readers, world: World) -> None:
    police = reader("investigator")
    form = police.get("/operations/venues/new")
    at = police.submit(
        form, "Register the venue", code="v-014", kind="bar", region="prizren", address="Behind the mill"
    )
    page = police.get(at.links["Record an operation here"])

    after = police.submit(page, "Record the operation", **{**RAID, "venue": "V-014"}, held_on=A_DAY)

    assert "Behind the mill" in at.text
    assert "V-014, Bar, Prizren" in after.text
    assert "V-014" in police.get("/operations/").text


def test_operation_at_a_venue_that_returns_shows_how_often_and_when(reader: Readers, world: World) -> None:
    venue(world)
    held(world)
    police = reader("investigator2")

    after = police.submit(police.get("/operations/new"), "Record the operation", **RAID, held_on=A_DAY + timedelta(1))

    assert "This venue returns: 1 other operation there" in after.text
    assert "3 Mar 2014" in after.text
    assert "A venue returns: V-014. Earlier operations there: 1, the last on 03.03.2014." in police.get("/notices").text


def test_damaged_operation_comes_back_with_what_was_typed(reader: Readers, world: World) -> None:
    police = reader("investigator")
    page = police.get("/operations/new")

    after = police.submit(page, "Record the operation", 422, **RAID, note="Two doors.")

    assert "Code of the venue: There is no venue with this code. Register it first." in after.errors
    assert "Two doors." in after.text


def test_colleague_is_let_in_from_the_page_and_a_strangers_case_is_refused(reader: Readers, world: World) -> None:
    venue(world)
    path = f"/operations/{held(world)}"
    police, colleague = reader("investigator"), reader("investigator2")
    colleague.get(path, 404)
    shared = world.actor("investigator2").member_id

    police.submit(police.get(path), "Let the colleague open it", member=str(shared))
    refused = colleague.submit(colleague.get(path), "Tie the case to it", 422, reference="KS-2014-ABCDEF")

    assert "There is no such case among those that are open to you" in str(refused.errors)


@pytest.mark.parametrize("stranger", ["advocacy.supervisor", "advocate", "administrator", "labour.inspector"])
def test_operations_are_the_polices_alone(reader: Readers, stranger: str) -> None:
    visitor = reader(stranger)

    visitor.get("/operations/", 403)
    visitor.get("/operations/ratios", 403)

    assert "Operations" not in visitor.get("/").links


def test_ratios_are_the_supervisors(reader: Readers, world: World) -> None:
    venue(world)
    held(world)
    held(world, A_DAY + timedelta(1), arrests=0)

    page = reader("police.supervisor").get("/operations/ratios")

    reader("investigator").get("/operations/ratios", 403)
    assert "Operations to one arrest: 2" in page.text
    assert "2014" in page.text
