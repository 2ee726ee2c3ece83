"""What is kept of a form that was sent, so that it acts once, tells nobody what was typed."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from app.cipher import digest
from app.services.unit_of_work import Once
from app.web.forms import UNCLAIMED, ActForm
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.security.relations import above
from tests.support.client import filled

NAMES = ("Teuta", "Kanarinë", "Vesna")


def _claimed(app: Flask, name: str) -> Once:
    sent = {"once": "a-key", "given_name": name}
    with app.test_request_context("/cases/new", method="POST", data=sent):
        return ActForm(meta={"csrf": False}).claim()


def _guessed(kept: str, head: str) -> list[str]:
    """The names that a thief of the database finds: he knows the address and the key, and tries one after another."""
    body = "('/cases/new', [('given_name', '{}'), ('once', 'a-key')])"
    return [name for name in NAMES if digest(head + body.format(name)) == kept]


def test_a_name_is_not_guessed_from_what_is_kept_of_its_form(app: Flask) -> None:
    assert _guessed(_claimed(app, "Kanarinë").digest, "") == []
    assert _claimed(app, "Kanarinë") == _claimed(app, "Kanarinë") != _claimed(app, "Vesna")


def test_who_has_the_secret_of_the_forms_guesses_it(app: Flask) -> None:
    assert _guessed(_claimed(app, "Kanarinë").digest, f"{app.secret_key!r}|") == ["Kanarinë"]


def test_the_row_that_is_kept_holds_that_digest(world: World, reader: Readers) -> None:
    case_id, visitor = world.with_advocate(), reader("advocate")
    form = visitor.get(f"/cases/{case_id}/notes").form("Keep the note")
    sent = filled(form, {"text": "Kanarinë", "sensitivity": "N"})

    visitor.send(form, sent)

    body = sorted((name, value) for name, value in sent if name not in UNCLAIMED)
    with above(world).connect() as connection:
        (kept,) = connection.execute(text("SELECT digest FROM request_key")).scalars()
    assert kept == digest(f"{reader.app.secret_key!r}|{(form.action, body)!r}")
