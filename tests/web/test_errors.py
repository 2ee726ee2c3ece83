"""What a reader sees when something is refused or breaks: words, what to do next, a way home, and nothing else."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask, abort

from app.errors import Conflict, Forbidden, NotFound, Refusal, Stale, Unavailable, Unmet
from app.web.field_count import MOST_FIELDS
from tests.support.client import Visitor

UNKNOWN = UUID(int=7)


def broken() -> None:
    raise RuntimeError("secret inner words")


def refusing(refusal: Exception) -> Callable[[], None]:
    def view() -> None:
        raise refusal

    return view


def shown(app: Flask, view: Callable[[], object]) -> Visitor:
    """A signed-in visitor of an application whose home page does what the view does."""
    visitor = Visitor(app)
    visitor.sign_in("advocate")
    app.view_functions["home.my_work"] = view
    return visitor


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        pytest.param(refusing(NotFound()), 404, "There is no such page, or it is not open to you", id="not found"),
        pytest.param(
            refusing(Forbidden("wrong_role")), 403, "There is no such page, or it is not open to you", id="forbidden"
        ),
        pytest.param(refusing(Conflict("key_reused")), 409, "This was not done", id="conflict"),
        pytest.param(refusing(Stale(1, 2)), 409, "This was not done", id="stale"),
        pytest.param(refusing(Unmet([("risk_rated", False)])), 409, "This was not done", id="unmet"),
        pytest.param(refusing(Refusal("invalid")), 422, "This was not done", id="refused"),
        pytest.param(lambda: abort(413), 413, "The file is too large", id="too large"),
        pytest.param(lambda: abort(418), 418, "Something went wrong on our side", id="another status"),
        pytest.param(
            refusing(Unavailable("unavailable")), 503, "The service is not available just now", id="no database"
        ),
    ],
)
def test_refusal_has_a_page_in_words(app: Flask, view: Callable[[], object], status: int, heading: str) -> None:
    page = shown(app, view).get("/", status)

    assert page.heading == heading
    assert page.links["Go to my work"] == "/"
    assert "secret" not in page.body


def test_unforeseen_fault_has_a_page_without_a_word_of_it(app: Flask) -> None:
    visitor = shown(app, broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    page = visitor.get("/", 500)

    assert page.heading == "Something went wrong on our side"
    assert "secret" not in page.body
    assert "telephone" in page.text


def test_page_of_a_lost_database_asks_for_nothing_that_needs_one(app: Flask) -> None:
    page = shown(app, refusing(Unavailable("unavailable"))).get("/", 503)

    assert page.forms == []


def test_address_that_is_none_and_one_that_is_closed_read_alike(visitor: Visitor) -> None:
    visitor.sign_in("advocate")

    unknown = visitor.get(f"/no-such-page/{uuid4()}", 404)
    closed = visitor.post(f"/notices/{UNKNOWN}/read", {}, 404)

    assert unknown.text == closed.text


def test_form_without_its_token_is_refused_with_words(visitor: Visitor) -> None:
    form = visitor.get("/sign-in").form("Sign in")

    page = visitor.send(form, [("sign_in", "advocate"), ("password", "x")], 400)

    assert "This form was open too long" in page.text


def test_a_form_of_more_fields_than_any_page_has_is_refused_before_it_is_read(app: Flask) -> None:
    answers = [app.test_client().post("/sign-in", data="a=1&" * number) for number in (MOST_FIELDS, MOST_FIELDS - 1)]
    typed = [
        app.test_client().post("/sign-in", data="a=1&" * number, content_type="application/x-www-form-urlencoded")
        for number in (MOST_FIELDS, MOST_FIELDS - 1)
    ]

    assert [one.status_code for one in (*answers, *typed)] == [400, 400, 413, 400]
