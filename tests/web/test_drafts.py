"""The pages of drafts: begun as a copy, edited with every fault named, signed by two administrators and released."""

import re
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import update

from app.models.version import ProcedureDraft
from app.services import drafts
from tests.factories.world import World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.page import Page

NAME = "xk_own"


def _reader(app: Flask, sign_in: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(sign_in)
    return visitor


def _begun(visitor: Visitor) -> Page:
    begin = visitor.get(visitor.get("/drafts").links["Begin a draft"])
    return visitor.submit(begin, "Begin", name=NAME, source="xk_2013")


IN_2013 = re.compile(r"in_force_from = 2013-01-01\n(in_force_to = 2022-12-31\n)?")


def _put_off(visitor: Visitor) -> Page:
    """The draft, in force in a far year."""
    file = visitor.get(f"/drafts/{NAME}/files/procedure.toml")
    return visitor.submit(file, "Save", text=IN_2013.sub("in_force_from = 2999-01-01\n", _text_of(file)))


def _text_of(file: Page) -> str:
    (area,) = (one for one in file.main.walk() if one.tag == "textarea")
    return dict(file.form("Save").as_it_stands()).get("text", area.text)


def _checked(world: World) -> None:
    digest = drafts.shown(world.actor("administrator"), NAME).digest
    checked = {"checked_digest": digest, "checked_at": datetime(2014, 3, 3, tzinfo=UTC), "is_sound": True}
    with above(world).begin() as connection:
        connection.execute(update(ProcedureDraft.__table__).values(report="sound", **checked))


def test_a_draft_is_begun_from_a_version_and_says_what_comes_next(app: Flask) -> None:
    visitor = _reader(app, "administrator")

    page = _begun(visitor)

    assert f"flask sop check {NAME}" in page.text
    assert "risk.toml" in page.links
    assert visitor.get("/drafts").links[NAME].endswith(NAME)


def test_a_short_name_that_is_taken_is_refused_at_its_field(app: Flask) -> None:
    visitor = _reader(app, "administrator")

    refused = visitor.submit(visitor.get("/drafts/new"), "Begin", status=422, name="xk_2005", source="xk_2013")

    assert refused.errors == ["Short name: Another version or draft has this short name"]


def test_a_faulty_file_is_kept_as_it_was_typed_with_every_fault_named(app: Flask) -> None:
    visitor = _reader(app, "administrator")
    _begun(visitor)
    page = visitor.get(f"/drafts/{NAME}/files/risk.toml")

    shown = visitor.submit(page, "Save", status=422, text='track = "risk"\nstage = "nowhere"\n  # as typed')

    assert "risk.toml: label: is missing" in shown.text
    assert "# as typed" in shown.text
    assert "# as typed" in visitor.get(f"/drafts/{NAME}/files/risk.toml").text
    again = visitor.submit(shown, "Save", status=422, text='track = "risk"')
    assert "risk.toml: initial: is missing" in again.text


def test_a_file_that_another_has_changed_keeps_what_was_typed(app: Flask) -> None:
    visitor = _reader(app, "administrator")
    _begun(visitor)
    old = visitor.get(f"/drafts/{NAME}/files/risk.toml")
    _put_off(visitor)

    shown = visitor.submit(old, "Save", status=409, text="# mine")

    assert "Someone else changed this since you opened it." in shown.errors
    assert "# mine" in shown.text


def test_a_track_is_taken_over_from_the_version_that_it_extends(app: Flask) -> None:
    visitor = _reader(app, "administrator")
    page = _begun(visitor)

    file = visitor.submit(page, "Take over child.toml")

    assert 'track = "child"' in file.text


def test_two_names_release_a_draft_and_everyone_reads_it(world: World, app: Flask) -> None:
    visitor = _reader(app, "administrator")
    _begun(visitor)
    _put_off(visitor)
    _checked(world)

    signed = visitor.submit(visitor.get(f"/drafts/{NAME}"), "Sign")
    other = _reader(app, "administrator2")
    released = other.submit(other.get(f"/drafts/{NAME}"), "Sign and release")

    assert "You have signed. Another administrator must sign too." in signed.text
    assert "The version is released." in released.root.text
    assert "in force from 1 Jan 2999" in _reader(app, "advocate").get(f"/procedure/{NAME}").text
    assert "Jelena Marić" in visitor.get("/drafts").text


def test_a_draft_is_compared_with_the_version_in_force(app: Flask) -> None:
    visitor = _reader(app, "administrator")
    _begun(visitor)
    file = visitor.get(f"/drafts/{NAME}/files/procedure.toml")
    visitor.submit(file, "Save", text=_text_of(file).replace('"2 hours"', '"3 hours"'))

    page = visitor.get(visitor.get(f"/drafts/{NAME}").links["Compare with the version in force"])

    assert "Arrival of the advocate" in page.text
    assert "3 hours" in page.text


def test_others_do_not_find_the_drafts(app: Flask) -> None:
    _reader(app, "police.supervisor").get("/drafts", status=403)
    _reader(app, "administrator").get("/drafts/no_such_draft", status=404)
