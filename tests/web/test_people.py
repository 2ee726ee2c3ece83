"""Pages of administration: agencies, people, shelters, duty; and that nothing of a case is on them or behind them."""

import re

import pytest
from flask import Flask

from app.demo import PASSWORD as DEMO
from tests.factories.granting import waiting
from tests.factories.placed import Places
from tests.factories.world import World
from tests.support.client import CHOSEN, Visitor, join
from tests.support.page import Page

OFFICE = "Victim Advocacy Office, Prishtinë"
INVITATION = re.compile(r"\b[a-z2-9]{5}(?:-[a-z2-9]{5}){3}\b")


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
    found = INVITATION.search(shown.text)
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
    invitation = _added(world, admin)
    her = Visitor(app)

    told = {"invitation": invitation, "password": "short"}
    refused = her.submit(her.get("/invitation"), "Go on", status=422, **told)
    before = her.get("/cases").heading
    asked = her.submit(refused, "Go on", invitation=invitation, password=CHOSEN)
    between = her.get("/cases").heading

    assert (before, between) == ("Sign in", "Sign in")
    assert asked.heading == "Set up your second factor"
    assert her.get("/sign-in/code").heading == "Set up your second factor"


def test_a_person_who_has_joined_finds_her_pages_and_makes_recovery_codes(
    world: World, admin: Visitor, app: Flask
) -> None:
    her, supervisor = Visitor(app), Visitor(app)
    supervisor.sign_in("advocacy.supervisor")

    invitation = _added(world, admin)
    _decides(supervisor, "Approve Mira Test")
    led = join(her, invitation)
    shown = her.submit(led, "Make ten codes")

    assert led.heading == "Recovery codes"
    assert len(shown.root.of_class("tc-codes")[0].all("li")) == 10
    assert her.get("/cases").heading == "Cases"
    assert "You have 10 codes left." in her.get("/recovery-codes").text


def test_who_has_joined_without_a_role_reads_why_nothing_is_open_to_her(
    world: World, admin: Visitor, app: Flask
) -> None:
    her = Visitor(app)

    join(her, _added(world, admin))
    shown = her.get("/")
    her.get("/cases", 403)
    her.get("/notices", 403)

    assert shown.heading == "You have no role yet"
    assert her.submit(her.get("/recovery-codes"), "Make ten codes")
    assert her.submit(shown, "Sign out").heading == "Sign in"


def test_a_form_that_is_sent_again_does_not_show_the_invitation_again(world: World, admin: Visitor) -> None:
    page = admin.get(_office(world, "/members/new"))
    told = {"name": "Mira Test", "sign_in": "mira.test", "roles": ["advocate"]}
    admin.submit(page, "Add the person", **told)

    again = admin.submit(page, "Add the person", **told)

    assert INVITATION.search(again.text) is None
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
    assert INVITATION.search(back.text)


def test_an_invitation_kills_the_old_password_and_keeps_the_second_factor(
    world: World, admin: Visitor, app: Flask
) -> None:
    member = f"/people/members/{world.actor('advocate2').member_id}"

    shown = admin.submit(admin.get(member), "Make an invitation")

    fresh = INVITATION.search(shown.text)
    assert fresh
    her = Visitor(app)
    her.submit(her.get("/sign-in"), "Sign in", status=422, sign_in="advocate2", password=DEMO)
    asked = her.submit(her.get("/invitation"), "Go on", invitation=fresh[0], password=CHOSEN)
    assert asked.heading == "Enter your code"
    assert her.sign_in_by_page("advocate2", CHOSEN).heading == "My work"
    assert "made an invitation for you" in her.get("/notices").text


def test_the_second_factor_is_reset_only_where_that_is_asked(world: World, admin: Visitor, app: Flask) -> None:
    member = f"/people/members/{world.actor('advocate2').member_id}"

    shown = admin.submit(admin.get(member), "Make an invitation and reset the second factor")
    fresh = INVITATION.search(shown.text)
    assert fresh
    her = Visitor(app)
    join(her, fresh[0])

    assert "reset your second factor" in her.get("/notices").text


@pytest.mark.parametrize("address", ["/members/new", "the person herself"])
def test_no_page_of_administration_asks_for_a_password(world: World, admin: Visitor, address: str) -> None:
    hers = f"/people/members/{world.actor('advocate2').member_id}"

    page = admin.get(_office(world, address) if address.startswith("/") else hers)

    assert page.root.all("input", where=lambda one: one["type"] == "password") == []


def _decides(visitor: Visitor, button: str) -> Page:
    return visitor.submit(visitor.get(visitor.get("/caseload").links["Requests to approve"]), button)


def test_a_role_is_asked_for_on_the_page_of_the_person_and_given_by_her_supervisor(
    world: World, admin: Visitor, app: Flask
) -> None:
    member, supervisor = f"/people/members/{world.actor('advocate2').member_id}", Visitor(app)
    supervisor.sign_in("advocacy.supervisor")

    asked = admin.submit(admin.get(member), "Save", roles=["advocate", "agency_supervisor"])
    waits = admin.get(member).text
    offered = admin.get("/approvals")
    done = _decides(supervisor, "Approve Milica Jović")
    shown = admin.get(_office(world))

    assert "waits for a second person, who is told" in asked.text
    assert "Waits for approval" in asked.text
    assert "A role of this person waits" in waits
    assert "Somebody else decides on this." in offered.text
    assert [form for form in offered.forms if form.action == "/approvals/decide"] == []
    assert "Nothing waits for a second person." in done.text
    assert "Drita Selmani" in done.text
    assert "Victim advocate, Agency supervisor" in shown.text or "Agency supervisor, Victim advocate" in shown.text


def test_a_role_that_is_refused_is_not_given_and_who_asked_is_told(world: World, admin: Visitor, app: Flask) -> None:
    member, supervisor = f"/people/members/{world.actor('advocate2').member_id}", Visitor(app)
    supervisor.sign_in("advocacy.supervisor")
    admin.submit(admin.get(member), "Save", roles=["advocate", "agency_supervisor"])

    done = _decides(supervisor, "Refuse Milica Jović")

    assert "Refused: nothing is done." in done.text
    assert "A role that you asked for was refused." in admin.get("/notices").text


def test_what_is_sent_past_the_page_decides_nothing(world: World, admin: Visitor, app: Flask) -> None:
    member = f"/people/members/{world.actor('advocate2').member_id}"
    admin.submit(admin.get(member), "Save", roles=["advocate", "agency_supervisor"])
    one = waiting(world)

    own = admin.post("/approvals/decide", {"approval": one.id, "digest": one.digest, "decision": "approve"}, 200)
    wrong = admin.post("/approvals/decide", {"approval": "x", "decision": "approve"}, 200)

    assert "Somebody else decides on this: never who asked" in own.text
    assert "Nothing was changed" in wrong.text
    assert waiting(world).digest == one.digest


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
