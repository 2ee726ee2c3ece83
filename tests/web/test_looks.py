"""Who looked at our people: every agency's looks at an agency's cases, others by agency and role, her own by name."""

from __future__ import annotations

from flask import Flask

from app.services import checkpoints, notes, unit_of_work
from app.services.checkpoints import Places
from app.services.notes import NewNote
from app.services.viewing import Looked, view
from tests.factories.world import A_DAY, World
from tests.support.client import Visitor

NOTE = NewNote("T", "She wants to rest.", A_DAY)
SUPERVISOR = "advocacy.supervisor"


def _visitor(app: Flask, sign_in: str = SUPERVISOR, language: str = "en") -> Visitor:
    visitor = Visitor(app, language)
    visitor.sign_in(sign_in)
    return visitor


def test_her_own_are_shown_by_name_and_others_by_agency_and_role(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    notes.add_note(world.actor("advocate"), case_id, NOTE)

    page = _visitor(app).get(f"/cases/{case_id}/looks")

    assert "Teuta Berani, Victim advocate" in page.text
    assert "Police, Trafficking in Human Beings Directorate, Investigator" in page.text
    assert "Ilir Demaku" not in page.text
    assert "Changed or added something" in page.text


def test_a_list_that_showed_the_case_is_among_its_looks(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    _visitor(app, "advocate").get("/cases")

    assert "Seen in a list" in _visitor(app).get(f"/cases/{case_id}/looks").text


def test_looking_at_who_looked_is_a_look(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    visitor = _visitor(app)
    visitor.get(f"/cases/{case_id}/looks")

    assert "Drita Selmani" in visitor.get(f"/cases/{case_id}/looks").text


def test_cases_of_others_stand_in_no_list_and_open_to_nobody(world: World, app: Flask) -> None:
    case_id = world.open_signal()
    visitor = _visitor(app)

    page = visitor.get("/looks")

    assert "Nobody looked." in page.text
    visitor.get(f"/cases/{case_id}/looks", status=404)


def test_what_tells_of_a_complaint_or_a_link_is_not_told(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    unit_of_work.bind(world.database)
    view(world.actor("investigator"), "complaint:opened", lambda _work: Looked(None, case_id))
    view(world.actor("investigator"), "link:opened", lambda _work: Looked(None, case_id))

    page = _visitor(app).get(f"/cases/{case_id}/looks")

    assert "Opened and looked" not in page.text


def test_the_whole_agency_is_listed_and_leaves_as_a_file_without_names_of_others(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    notes.add_note(world.actor("advocate"), case_id, NOTE)
    visitor = _visitor(app)

    page = visitor.get("/looks?days=7")
    file = visitor.client.get("/looks.csv?days=7").get_data(as_text=True)

    assert "Teuta Berani" in page.text
    assert ("Teuta Berani" in file, "Ilir Demaku" in file, "Investigator" in file) == (True, False, True)


def test_the_latest_signed_checkpoint_can_be_kept(world: World, app: Flask) -> None:
    visitor = _visitor(app)
    visitor.get("/looks/checkpoint", status=404)
    places = Places(world.settings.signing_key, world.settings.checkpoints)
    unit_of_work.bind(world.database)
    checkpoints.make_keys(places)
    made = checkpoints.take(places)

    answer = visitor.client.get("/looks/checkpoint")

    assert answer.get_data(as_text=True) == made.line + "\n"
    assert "Download the checkpoint" in visitor.get("/looks").text
