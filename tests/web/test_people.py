"""Pages of administration: agencies, people, shelters, duty; and that nothing of a case is on them or behind them."""

import re

import pytest
from flask import Flask

from app.demo import PASSWORD as DEMO
from tests.factories.placed import Places
from tests.factories.world import World
from tests.support.client import Visitor

OFFICE = "Victim Advocacy Office, Prishtinë"
PASSWORD = re.compile(r"\b[a-z2-9]{5}(?:-[a-z2-9]{5}){3}\b")


@pytest.fixture
def admin(app: Flask) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in("administrator")
    return visitor


def _office(world: World, part: str = "") -> str:
    return f"/people/agencies/{world.agencies['advocacy_prishtine']}{part}"


def _added(world: World, admin: Visitor) -> str:
    page = admin.get(_office(world, "/members/new"))
    told = {"name": "Mira Test", "sign_in": "mira.test", "roles": ["advocate"], "language": "en"}
    shown = admin.submit(page, "Add the person", **told)
    found = PASSWORD.search(shown.text)
    assert found, shown.text
    return found[0]


def test_the_list_leads_to_each_agency(admin: Visitor) -> None:
    page = admin.get("/people")

    shown = admin.get(page.links[OFFICE])

    assert shown.heading == OFFICE
    assert "Teuta Berani" in shown.text


def test_a_person_who_is_added_chooses_her_own_password_before_anything_opens(
    world: World, admin: Visitor, app: Flask
) -> None:
    password = _added(world, admin)
    her = Visitor(app)

    first = her.sign_in("mira.test", password)
    assert first.heading == "Change your password"
    assert her.get("/cases").heading == "Change your password"
    refused = her.submit(first, "Change the password", status=422, old=password, new="short")
    home = her.submit(refused, "Change the password", old=password, new="four words of my own")

    assert home.heading == "My work"
    assert her.get("/cases").heading == "Cases"


def test_a_form_that_is_sent_again_does_not_show_the_password_again(world: World, admin: Visitor) -> None:
    page = admin.get(_office(world, "/members/new"))
    told = {"name": "Mira Test", "sign_in": "mira.test", "roles": ["advocate"]}
    admin.submit(page, "Add the person", **told)

    again = admin.submit(page, "Add the person", **told)

    assert PASSWORD.search(again.text) is None
    assert "sent before" in again.text


def test_faults_stand_at_their_fields(world: World, admin: Visitor) -> None:
    page = admin.get(_office(world, "/members/new"))

    shown = admin.submit(page, "Add the person", status=422, name="", sign_in="Advocate", roles=[])

    assert [line.partition(":")[0] for line in shown.errors] == ["Name", "Roles"]
    taken = admin.submit(shown, "Add the person", status=422, name="M", sign_in="Advocate", roles=["advocate"])
    assert taken.errors == ["Sign-in name: Another person has this sign-in name"]


def test_who_is_let_go_is_signed_out_and_can_be_taken_back(world: World, admin: Visitor, app: Flask) -> None:
    her = Visitor(app)
    her.sign_in("advocate2")
    member = f"/people/members/{world.actor('advocate2').member_id}"

    shown = admin.submit(admin.get(f"{member}/deactivate"), "Let the person go")
    assert "Let go" in shown.text
    assert her.get("/cases").heading == "Sign in"

    back = admin.submit(admin.get(member), "Take the person back")
    assert PASSWORD.search(back.text)


def test_a_new_first_password_is_shown_once_and_the_old_one_is_dead(world: World, admin: Visitor, app: Flask) -> None:
    member = f"/people/members/{world.actor('advocate2').member_id}"

    shown = admin.submit(admin.get(member), "Make a new first password")

    fresh = PASSWORD.search(shown.text)
    assert fresh
    her = Visitor(app)
    her.submit(her.get("/sign-in"), "Sign in", status=422, sign_in="advocate2", password=DEMO)
    assert her.sign_in("advocate2", fresh[0]).heading == "Change your password"


def test_roles_are_changed_on_the_page_of_the_person(world: World, admin: Visitor) -> None:
    member = f"/people/members/{world.actor('advocate2').member_id}"

    shown = admin.submit(admin.get(member), "Save", roles=["advocate", "agency_supervisor"])

    assert "Victim advocate, Agency supervisor" in shown.text or "Agency supervisor, Victim advocate" in shown.text


def test_an_agency_is_added_and_its_names_are_changed(admin: Visitor) -> None:
    names = {"name_en": "Second shelter", "name_sq": "Strehimorja e dytë", "name_sr": "Drugo sklonište"}
    page = admin.submit(admin.get("/people/agencies/new"), "Add the agency", kind="shelter", key="shelter_two", **names)
    assert page.heading == "Second shelter"

    changed = admin.submit(admin.get(page.path + "/edit"), "Save", name_en="The second shelter", is_active=True)

    assert changed.heading == "The second shelter"


def test_a_shelter_says_whom_it_takes_and_gets_beds(world: World, admin: Visitor) -> None:
    house = f"/people/agencies/{world.agencies['shelter_ngo']}"

    intake = f"/shelters/{world.agencies['shelter_ngo']}/intake"
    admin.submit(admin.get(f"{house}/shelter"), "Save", kind="ngo")
    admin.submit(admin.get(f"{intake}/new"), "Save", takes=["women", "domestic"], min_age=21)
    admin.submit(admin.get(f"{house}/rooms"), "Add the beds", room="7", beds=2)
    shown = admin.get(house)

    assert "women and girls, citizens of the country" in shown.text
    assert "Bed 7B" in shown.text
    refused = admin.submit(admin.get(f"{intake}/new"), "Save", status=422, max_age=18)
    assert refused.errors == ["Up to the age of: The upper age must not be under the lower one"]


def test_the_duty_roster_is_changed(world: World, admin: Visitor) -> None:
    member = str(world.actor("advocate2").member_id)
    page = admin.get(_office(world, "/duty/new"))

    shown = admin.submit(page, "Put on duty", member=member, rank=5, phone="+383 44 1", languages=["sqi", "srp"])

    assert "+383 44 1" in shown.text
    assert shown.text.count("Milica Jović") > 1


@pytest.mark.parametrize("reader", ["advocate", "advocacy.supervisor", "statistics.supervisor", "national.coordinator"])
def test_nobody_but_an_administrator_opens_these_pages(world: World, app: Flask, reader: str) -> None:
    visitor = Visitor(app)
    visitor.sign_in(reader)

    visitor.get("/people", 403)
    visitor.get(_office(world), 403)
    visitor.get(_office(world, "/members/new"), 403)


def test_an_administrator_finds_no_page_of_a_case(world: World, admin: Visitor) -> None:
    case_id = world.with_advocate()

    admin.get("/cases", 403)
    admin.get(f"/cases/{case_id}", 403)
    assert "KS-" not in admin.get("/people").text + admin.get(_office(world)).text + admin.get("/").text


@pytest.mark.parametrize("part", ["", "/edit", "/members/new", "/duty/new", "/shelter", "/rooms"])
def test_an_agency_that_is_not_there_has_no_page(admin: Visitor, part: str) -> None:
    admin.get(f"/people/agencies/00000000-0000-4000-8000-000000000000{part}", 404)


def test_a_second_house_is_asked_for_where_beds_are_added(world: World, admin: Visitor) -> None:
    house = f"/people/agencies/{world.agencies['shelter_ngo']}"

    shown = admin.submit(admin.get(f"{house}/houses"), "Add the house", house="House 2")
    refused = admin.submit(admin.get(f"{house}/rooms"), "Add the beds", status=422, room="1", beds=1)
    offered = refused.form("Add the beds").offered("house") or set()
    second = offered - {str(Places(world).house())}
    added = admin.submit(refused, "Add the beds", house=second.pop(), room="1", beds=1)

    assert "House 2" in shown.text
    assert refused.errors == ["Which house? Choose one"]
    assert added.text.count("Bed 1A") == 2
    taken = admin.submit(admin.get(f"{house}/houses"), "Add the house", status=422, house="House 2")
    assert taken.errors == ["What it is called: This shelter has a house of that name"]
