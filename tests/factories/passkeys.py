"""A desk to make passkeys at: a world whose clock the test moves, a member, her device, and what was written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.demo import PASSWORD
from app.errors import Refusal
from app.models.audit import AuditEntry, Notice
from app.security.actor import Actor, system_actor
from app.services import accounts, factors, passkeys, sessions, unit_of_work
from app.services.passkeys import Signed, Site
from app.services.sessions import Limits
from app.services.unit_of_work import Parts
from tests.factories.world import World
from tests.support.authenticator import Device
from tests.support.factors import signed_in
from tests.support.served import MovableClock

LIMITS = Limits(timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=5))
HERE, OURS = "127.0.0.1", Site("https://ours.test")
WHO, OTHER, ADMIN = "advocate", "investigator", "administrator"


@dataclass
class Desk:
    """A world whose clock the test moves, a member and her device."""

    world: World
    clock: MovableClock
    name: str = WHO
    device: Device = field(default_factory=lambda: Device(OURS.address))

    @property
    def actor(self) -> Actor:
        return self.world.actor(self.name)

    @property
    def member(self) -> UUID:
        assert self.actor.member_id is not None
        return self.actor.member_id

    def add(self, device: Device | None = None, **otherwise: Any) -> bool:
        """Add a device in a browser that is signed in by a code."""
        return self.make(self.token_by_code(), device, **otherwise)

    def make(self, token: str, device: Device | None = None, **otherwise: Any) -> bool:
        """Add a device in a browser that is signed in."""
        told = (device or self.device).make(passkeys.asked_to_make(self.actor, token, OURS), **otherwise)
        return passkeys.add(self.actor, token, "Key on my ring", Signed(told, OURS))

    def token_by_code(self) -> str:
        return signed_in(self.world.database, self.name, PASSWORD)

    def waiting(self) -> str:
        """A right password."""
        unit_of_work.bind(self.world.database)
        return accounts.sign_in(self.name, PASSWORD, HERE, None)

    def asked(self, token: str) -> str:
        asked = passkeys.asked_to_sign(self.member, token, OURS)
        assert asked is not None
        return asked.options

    def enter(self, device: Device | None = None, **otherwise: Any) -> str:
        """Sign in by password and device; gives the token."""
        waiting = self.waiting()
        told = (device or self.device).sign(self.asked(waiting), **otherwise)
        return factors.enter(self.member, waiting, Signed(told, OURS), HERE)

    def is_in(self, token: str) -> bool:
        found = sessions.find_session(token, LIMITS)
        return found is not None and found.actor is not None

    def written(self) -> list[tuple[str, str]]:
        """What was written down of factors and passkeys: the act and its detail."""
        with self.world.database.read(system_actor("auditor")) as work:
            rows = work.session.execute(
                select(AuditEntry.action, AuditEntry.detail).where(AuditEntry.action.regexp_match("^(passkey|factor)"))
            )
            return [(row.action, str(row.detail)) for row in rows]

    def acts(self) -> set[str]:
        return {action for action, _ in self.written()}

    def notices(self) -> set[str]:
        with self.world.database.read(self.actor) as work:
            return set(work.session.execute(select(Notice.kind).where(Notice.member_id == self.member)).scalars())


def desk_of(request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str, **off: bool) -> Desk:
    clock = MovableClock(date(2026, 3, 2))
    return Desk(make_world(request.getfixturevalue(f"{kind}_template"), Parts(clock=clock, **off)), clock)


def tried(act: Callable[[], object]) -> str:
    """What becomes of it: the key of the refusal, or that it was taken."""
    try:
        act()
    except Refusal as refusal:
        return refusal.key
    return "taken"
