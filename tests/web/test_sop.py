"""The pages of the procedure: for everyone who is signed in, and for a case with where it stands."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.factories.world import World
from tests.support.client import Visitor
from tests.web.conftest import Shown
from workflows import registry


def _reader(app: Flask, sign_in: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(sign_in)
    return visitor


@pytest.mark.line(29)
def test_everyone_reads_the_versions_with_their_days_and_what_is_not_verified(app: Flask) -> None:
    visitor = _reader(app, "national.coordinator")

    versions = visitor.get("/procedure")
    page = visitor.get(versions.links["Procedure of 2005"])

    assert "In force today" in versions.text
    assert "in force from 6 Dec 2004 to 31 Dec 2012" in page.text
    assert "Not verified" in page.text
    assert "Call a victim advocate" in visitor.get(page.links["Victim advocate"]).text


def test_a_track_is_drawn_without_a_style_or_script_in_place(app: Flask) -> None:
    page = _reader(app, "investigator").get("/procedure/xk_2013?track=identification")

    (drawn,) = page.main.of_class("tc-flow")
    assert drawn.tag == "svg"
    assert [one for one in page.main.walk() if one.tag in ("style", "script") or "style" in one] == []


@pytest.mark.parametrize(("name", "track"), [(one.name, track) for one in registry.all_known() for track in one.tracks])
def test_every_track_of_every_version_is_shown(app: Flask, name: str, track: str) -> None:
    page = _reader(app, "advocate").get(f"/procedure/{name}?track={track}")

    assert len(page.main.of_class("tc-flow")) == 1


def test_a_step_that_stops_whatever_runs_names_every_period(app: Flask) -> None:
    page = _reader(app, "advocate").get("/procedure/xk_2013?track=case")
    table = next(one.text for one in page.root.all("table") if "Close the case" in one.text)

    assert [one.label.en for one in registry.get("xk_2013").clocks.values() if one.label.en not in table] == []


@pytest.mark.parametrize("path", ["xk_1999", "xk_2013?track=nothing", "xk_2013/xk_1999", "xk_1999/xk_2013"])
def test_what_is_not_there_is_not_found(app: Flask, path: str) -> None:
    _reader(app, "investigator").get(f"/procedure/{path}", status=404)


def test_two_versions_stand_side_by_side_in_words(app: Flask) -> None:
    visitor = _reader(app, "advocate")

    page = visitor.get(visitor.get("/procedure/xk_2005").links["Side by side with: Procedure of 2013"])

    assert "15 minutes" in page.text
    assert "1 hour" in page.text
    assert "Sign the joint rating" in page.text
    assert "The joint risk rating has not been signed yet." in page.text


def test_a_version_beside_itself_has_no_differences(app: Flask) -> None:
    assert "Nothing differs." in _reader(app, "advocate").get("/procedure/xk_2013/xk_2013").text


def test_a_case_page_leads_to_where_the_case_stands(world: World, app: Flask) -> None:
    case_id = world.open_signal(on=date(2014, 3, 3))
    visitor = _reader(app, "investigator")

    page = visitor.get(visitor.get(f"/cases/{case_id}").links["Where this case stands in the procedure"])

    assert "Identification: Signal" in page.text
    assert [one.text for one in page.main.of_class("tc-flow__name--here")] == ["Signal"]
    assert page.main.of_class("tc-flow__step--open") != []
    assert "Victim advocate: Not called" in visitor.get(page.links["Victim advocate"]).text


def test_where_a_case_stands_is_not_there_for_who_has_no_part_in_it(world: World, app: Flask) -> None:
    case_id = world.open_signal()

    _reader(app, "advocate").get(f"/cases/{case_id}/procedure", status=404)
    _reader(app, "administrator").get(f"/cases/{case_id}/procedure", status=403)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_drawing_scrolls_in_its_own_room_and_the_page_does_not(app: Flask, seen: Any, width: int) -> None:
    window: Shown = seen
    page = window(_reader(app, "investigator").client, width)
    page.goto("https://throughcare.test/procedure/xk_2013?track=shelter")

    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    assert page.locator("svg.tc-flow").is_visible()
