"""A member sees where she is signed in and ends it; an administrator ends the sessions of one or of everybody."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.models.agency import SignInSession
from app.security.sealed_pages import SEALED_PAGES
from app.web.report_gate import PER_MINUTE
from tests.factories.world import World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.page import Page


def _rows(page: Page) -> list[str]:
    return [row.text for row in page.root.all("tbody")[0].all("tr")]


def _also_in(app: Flask, name: str = "advocate") -> Visitor:
    other = Visitor(app)
    other.sign_in(name)
    return other


def _is_out(visitor: Visitor) -> bool:
    return visitor.get("/password").path == "/sign-in"


def test_every_place_is_listed_with_its_network_and_the_one_she_sits_at(app: Flask, visitor: Visitor) -> None:
    page = visitor.sign_in_by_page("advocate")
    _also_in(app)
    _also_in(app, "investigator")

    rows = _rows(visitor.get(page.links["Where you are signed in"]))

    assert len(rows) == 2
    assert ["This browser" in row for row in rows].count(True) == 1
    assert all("127.0.0.0/24" in row for row in rows)


def test_one_place_is_ended_and_the_others_go_on(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in("advocate")
    others = [_also_in(app), _also_in(app)]
    page = visitor.get("/signed-in")
    handle = next(row.all("input", where=lambda e: e["name"] == "handle")[0]["value"]
                  for row in page.root.all("tbody")[0].all("tr") if "This browser" not in row.text)  # fmt: skip

    visitor.post("/signed-in/end", {"handle": handle}, 200)

    assert sorted([_is_out(visitor), *(_is_out(other) for other in others)]) == [False, False, True]


def test_all_other_places_are_ended_at_once(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in("advocate")
    other, somebody_else = _also_in(app), _also_in(app, "investigator")

    page = visitor.submit(visitor.get("/signed-in"), "End all the others")

    assert len(_rows(page)) == 1
    assert (_is_out(other), _is_out(visitor), _is_out(somebody_else)) == (True, False, False)


@pytest.mark.parametrize("handle", ["", "%", "0" * 16, "_" * 16, "x" * 4000])
def test_a_place_that_is_not_hers_is_not_there(app: Flask, visitor: Visitor, handle: str) -> None:
    visitor.sign_in("advocate")
    other = _also_in(app, "investigator")

    visitor.post("/signed-in/end", {"handle": handle}, 200)

    assert (_is_out(visitor), _is_out(other)) == (False, False)


def test_the_handle_of_somebody_elses_place_ends_nothing(app: Flask, visitor: Visitor, world: World) -> None:
    visitor.sign_in("advocate")
    other = _also_in(app, "investigator")
    hers = select(SignInSession.token_digest).where(SignInSession.member_id == world.actor("investigator").member_id)
    with above(world).connect() as connection:
        digest = connection.execute(hers).scalars().one()

    visitor.post("/signed-in/end", {"handle": digest[:16]}, 200)

    assert not _is_out(other)


def test_an_administrator_signs_a_person_out_everywhere(app: Flask, visitor: Visitor, world: World) -> None:
    hers, investigator = [_also_in(app), _also_in(app)], _also_in(app, "investigator")
    visitor.sign_in("administrator")
    page = visitor.get(f"/people/members/{world.actor('advocate').member_id}")

    visitor.submit(page, "Sign the person out everywhere")

    assert [_is_out(one) for one in (*hers, investigator, visitor)] == [True, True, False, False]


def test_an_administrator_signs_everyone_out_but_herself(app: Flask, visitor: Visitor) -> None:
    others = [_also_in(app), _also_in(app, "investigator"), _also_in(app, "administrator")]
    visitor.sign_in("administrator")
    page = visitor.get(visitor.get("/people").links["Sign everyone out"])

    visitor.submit(page, "Sign everyone out")

    assert [_is_out(one) for one in (*others, visitor)] == [True, True, True, False]


def test_leave_now_ends_the_session_without_script_and_shows_a_page_that_says_nothing(
    app: Flask, visitor: Visitor
) -> None:
    form = visitor.sign_in_by_page("advocate").form("Leave now")

    answer = visitor.client.post(form.action, data=dict(form.as_it_stands()))
    shown = visitor.client.get(answer.headers["Location"]).get_data(as_text=True)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/calendar")
    assert "Throughcare" not in shown
    assert 'href="/"' not in shown
    assert _is_out(visitor)


def test_leave_now_leads_away_from_a_page_whose_session_is_over_too(visitor: Visitor) -> None:
    answer = visitor.client.post("/leave", data={"csrf_token": "of yesterday"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/calendar")


def test_another_sites_form_leads_to_the_calendar_and_signs_nobody_out(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in("advocate")
    token = visitor.client.get_cookie("session")

    visitor.client.post("/leave", data={"csrf_token": "forged"})
    assert token is not None
    visitor.client.set_cookie("session", token.value)

    assert not _is_out(visitor)


def test_another_sites_form_takes_no_cookie_away(visitor: Visitor) -> None:
    visitor.sign_in("advocate")
    elsewhere = visitor.client.application.test_client()  # what a browser sends from another site: without the cookie

    answers = [one.post("/leave", data={"csrf_token": "forged"}) for one in (elsewhere, visitor.client)]

    assert ["Set-Cookie" in one.headers for one in answers] == [False, True]


def test_every_page_says_when_the_session_ends_and_a_sealed_one_sooner(visitor: Visitor, world: World) -> None:
    case_id = world.with_advocate()
    page = visitor.sign_in_by_page("advocate")

    left = [int(one.root.of_class("tc-ends")[0]["data-ends"]) for one in (page, visitor.get(f"/cases/{case_id}"))]

    assert (14 * 60 < left[0] <= 15 * 60, 4 * 60 < left[1] <= 5 * 60) == (True, True)


def test_sealed_pages_are_pages_that_there_are(app: Flask) -> None:
    assert SEALED_PAGES - set(app.view_functions) == set()


@pytest.mark.parametrize(
    "sent", [b"", b"{}", b"\xff", b'{"csp-report": {"effective-directive": "Arta\\nArta"}}', b"x" * 70_000]
)
def test_a_report_of_a_browser_is_answered_alike_and_its_values_are_not_written_down(
    app: Flask, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = app.test_client().post("/browser-reports", data=sent, content_type="application/csp-report")

    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert "Arta" not in caplog.text


def test_reports_of_browsers_are_few_a_minute(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client, report = app.test_client(), b'{"csp-report": {"effective-directive": "script-src"}}'

    _ = [client.post("/browser-reports", data=report) for _ in range(2 * PER_MINUTE + 5)]

    assert 0 < caplog.messages.count("policy_kept") <= 2 * PER_MINUTE
