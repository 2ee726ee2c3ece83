"""The pages of the funding ledger: recording, reading, moving and ending, by those whose money it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.services import funding
from tests.factories.funding import granted, payer
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World

GRANT = {
    "purpose": "running_costs",
    "currency": "EUR",
    "is_approximate": False,
    "from_on": date(2014, 1, 1),
    "to_on": date(2014, 12, 31),
    "source": "Letter of the test",
}
SUPERVISOR, HOUSE = "statistics.supervisor", "shelter.coordinator"


def test_the_statistics_supervisor_adds_a_payer_and_records_a_grant(reader: Readers, world: World) -> None:
    visitor = reader(SUPERVISOR)
    visitor.submit(visitor.get("/funding/payers/new"), "Add the payer", kind="state", name_en="Ministry")
    page = visitor.get("/funding/new")
    places = [f"agency:{world.agencies['shelter_ngo']}"]
    told = {**GRANT, "other_amount": "282,030.00", "other_currency": "USD"}

    after = visitor.submit(page, "Record", payer=str(payer_id(world)), agencies=places, amount="191.970,50", **told)

    assert after.heading == "Ministry: EUR 191,970.50"
    assert all(words in after.text for words in ("NGO shelter", "USD 282,030", "Letter of the test", "Running costs"))
    assert "EUR 191,970.50" in visitor.get("/funding/").text


def payer_id(world: World) -> object:
    return funding.choices(world.actor(SUPERVISOR)).payers[0].id


def test_a_house_records_its_own_and_is_not_asked_for_whom(reader: Readers, world: World) -> None:
    chosen = str(payer(world))
    visitor = reader(HOUSE)
    page = visitor.get("/funding/new")

    after = visitor.submit(page, "Record", payer=chosen, amount="1000", **GRANT)

    assert "agencies" not in page.form("Record").names
    assert "NGO shelter" in after.text


def test_damaged_grant_comes_back_with_each_fault_at_its_field_and_what_was_typed(
    reader: Readers, world: World
) -> None:
    chosen = str(payer(world))
    visitor = reader(HOUSE)
    told = {**GRANT, "to_on": date(2013, 1, 1)}

    unclear = visitor.submit(visitor.get("/funding/new"), "Record", 422, payer=chosen, amount="1.234", **told)
    late = visitor.submit(visitor.get("/funding/new"), "Record", 422, payer=chosen, amount="1234", **told)

    assert any("Amount: This can be read in two ways" in one for one in unclear.errors)
    assert ("amount", "1.234") in unclear.form("Record").as_it_stands()
    assert "Last day that it pays for: The last day must not be before the first" in late.errors


def test_money_of_one_house_is_moved_to_another(reader: Readers, world: World) -> None:
    grant_id = granted(world, named=("North", "South"))
    north, south = (str(one.id) for one in funding.page_of(world.actor(SUPERVISOR), grant_id).grant.payees)
    visitor = reader(SUPERVISOR)
    page = visitor.get(f"/funding/{grant_id}/move")

    move = {"from_payee": north, "to_payee": f"payee:{south}", "moved_on": A_DAY, "reason": "It closes."}
    after = visitor.submit(page, "Record the move", **move)

    assert all(words in after.text for words in ("Moved to another place", "NGO shelter: South", "It closes."))


def test_a_part_is_shown_with_its_whole_and_what_is_left(reader: Readers, world: World) -> None:
    grant_id = granted(world)
    visitor = reader(SUPERVISOR)
    page = visitor.get(f"/funding/{grant_id}/part")

    after = visitor.submit(
        page, "Record", agencies=[f"agency:{world.agencies['shelter_ngo']}"], purpose="children", amount="10000",
        is_approximate=True,
    )  # fmt: skip

    assert after.path == f"/funding/{grant_id}"
    assert "about EUR 10,000" in after.text
    assert "The rest, of which the source tells no more: EUR 26,500." in after.text


def test_a_grant_is_struck_out_and_stays_to_be_read(reader: Readers, world: World) -> None:
    grant_id = granted(world)
    visitor = reader(SUPERVISOR)

    page = visitor.get(f"/funding/{grant_id}/end")
    after = visitor.submit(page, "Record", kind="struck_out", on=A_DAY, reason="Typed twice")

    assert "Struck out: recorded in error" in after.text
    assert "Struck out: recorded in error" in visitor.get("/funding/").text
    visitor.get(f"/funding/{grant_id}/end", 404)


@pytest.mark.parametrize("wrong", ["agency=x", "payer=0", "year=soon", "kind=thief"])
def test_a_filter_that_fits_nothing_says_so(reader: Readers, world: World, wrong: str) -> None:
    assert reader(SUPERVISOR).get(f"/funding/?{wrong}", 422).errors


def test_the_list_is_turned_page_by_page_with_its_filter(reader: Readers, world: World) -> None:
    ids = [granted(world, amount=Decimal(number)) for number in range(1, 27)]
    visitor = reader(SUPERVISOR)

    first = visitor.get("/funding/?year=2014")
    second = visitor.get("/funding/?year=2014&page=2")

    assert "/funding/?page=2&year=2014" in first.links.values()
    assert f"/funding/{ids[0]}" in second.links.values()


@pytest.mark.parametrize("stranger", ["advocate", "police.supervisor", "administrator", "link.reviewer"])
def test_the_ledger_is_shut_to_others(reader: Readers, stranger: str) -> None:
    reader(stranger).get("/funding/", 403)


def test_the_national_coordinator_reads_and_is_offered_no_act(reader: Readers, world: World) -> None:
    grant_id = granted(world)
    visitor = reader("national.coordinator")

    assert "Record a grant" not in visitor.get("/funding/").text
    assert "End it or strike it out" not in visitor.get(f"/funding/{grant_id}").text
    visitor.get("/funding/new", 403)
