"""What is taken from somebody is gone with the next request of a session that goes on: no sign-in lies between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import Client

from app.clock import local_day, utc_now
from app.demo import PASSWORD
from app.models.agency import Cover
from app.services import members, staffing
from app.services.members import Profile
from app.services.staffing import NewCover
from tests.factories.granting import approve
from tests.factories.placed import Places
from tests.factories.world import World
from tests.security.crossing import token_of
from tests.support.factors import give_code

SUPERVISOR = "advocacy.supervisor"


@dataclass
class Session:
    """Somebody who is signed in, and a case."""

    world: World
    app: Flask
    client: Client
    case_id: UUID

    def status(self) -> int:
        """What the case's page answers her now."""
        return self.client.get(f"/cases/{self.case_id}").status_code


def _signed_in(world: World, who: str, case_id: UUID) -> Session:
    app = world.app()
    client = app.test_client()
    asked = {"csrf_token": token_of(client.get("/sign-in")), "sign_in": who, "password": PASSWORD}
    assert client.post("/sign-in", data=asked).status_code == 302
    assert give_code(app, client, who) == 302
    return Session(world, app, client, case_id)


def _member(world: World, who: str) -> UUID:
    member_id = world.actor(who).member_id
    assert member_id is not None
    return member_id


def _shelter(world: World) -> Session:
    places = Places(world)
    case_id = places.client()
    places.ask(case_id)
    places.expect(case_id)
    return _signed_in(world, "shelter.coordinator", case_id)


def _withdraw(session: Session) -> None:
    session.world.step("advocate", session.case_id, "advocacy", "withdraw_consent", purposes=["shelter"])


def _advocate(world: World) -> Session:
    return _signed_in(world, "advocate", world.with_advocate())


def _release(session: Session) -> None:
    world = session.world
    staffing.release(world.actor(SUPERVISOR), session.case_id, _member(world, "advocate"))


def _bar(session: Session) -> None:
    world = session.world
    staffing.bar(world.actor(SUPERVISOR), session.case_id, _member(world, "advocate"), "A cousin of the accused.")


def _covering(world: World) -> Session:
    today = local_day(utc_now())
    case_id = world.with_advocate()
    new = NewCover(_member(world, "advocate"), _member(world, "advocate2"), today, today + timedelta(days=2))
    staffing.cover(world.actor(SUPERVISOR), new)
    return _signed_in(world, "advocate2", case_id)


def _end_cover(session: Session) -> None:
    world = session.world
    with world.database.read(world.actor(SUPERVISOR)) as work:
        cover_id = work.session.execute(select(Cover.id)).scalars().one()
    staffing.end_cover(world.actor(SUPERVISOR), cover_id)


def _deactivate(session: Session) -> None:
    members.deactivate(session.world.actor("administrator"), _member(session.world, "advocate"))


def _supervising(world: World) -> Session:
    return _signed_in(world, SUPERVISOR, world.with_advocate())


def _take_role(session: Session) -> None:
    """A colleague supervises from now on, and she takes steps as an advocate."""
    world = session.world
    administrator = world.actor("administrator")
    both = ("advocate", "agency_supervisor")
    members.change(administrator, _member(world, "advocate2"), Profile("Besa Gashi", both))
    approve(world)
    members.change(administrator, _member(world, SUPERVISOR), Profile("Ilir Krasniqi", ("advocate",)))
    world.actors.pop("advocate2")
    approve(world, "advocate2")


REVOKED = {
    "consent is withdrawn": (_shelter, _withdraw, 404),
    "she is released from the case": (_advocate, _release, 404),
    "she is barred": (_advocate, _bar, 404),
    "the cover ends": (_covering, _end_cover, 404),
    "she is deactivated": (_advocate, _deactivate, 302),
    "her role is taken": (_supervising, _take_role, 302),  # with it her sessions end
}


@pytest.mark.parametrize(("lay", "revoke", "answer"), REVOKED.values(), ids=REVOKED)
def test_the_next_request_of_a_live_session_is_refused(
    world: World, lay: Callable[[World], Session], revoke: Callable[[Session], None], answer: int
) -> None:
    session = lay(world)
    before = session.status()

    revoke(session)

    assert (before, session.status()) == (200, answer)


@pytest.mark.parametrize(("lay", "answer"), [(_shelter, 200), (_advocate, 200), (_covering, 200), (_supervising, 200)])
def test_where_nothing_is_revoked_the_next_request_is_answered(
    world: World, lay: Callable[[World], Session], answer: int
) -> None:
    session = lay(world)

    assert (session.status(), session.status()) == (answer, answer)
