"""Tries to sign in: kept by digest, counted in the database, held up for longer with each that fails, never for good.

A name that has been tried waits, whether it is anybody's or not. Who was let in from the same network before is not
held up by what others try with her name from elsewhere, else anyone could keep her out. Where nothing can be counted
nobody signs in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, insert, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.cipher import token
from app.errors import Refusal, Unavailable
from app.models.agency import SignInAttempt
from app.services.unit_of_work import Work

FREE_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
REMEMBERED = timedelta(hours=24)
WINDOW = timedelta(minutes=15)
PER_NETWORK, EVERYWHERE = 50, 1000
KNOWN_FOR = timedelta(days=30)
LOCK = 62_001
"""Any number: the key of the lock that lets the tries of one name come one after another."""


def wait_after(failures: int) -> timedelta:
    """How long a name waits after so many tries that failed: nothing at first, then twice as long each time."""
    if failures < FREE_TRIES:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(failures - FREE_TRIES, 16)), LONGEST_WAIT)


def no_longer_counted(now: datetime) -> ColumnElement[bool]:
    """The tries that make nobody wait and tell of no place that is known: for the job that sweeps them."""
    row = SignInAttempt
    failed_long_ago = and_(row.succeeded.is_(False), row.at < now - REMEMBERED)
    return or_(row.at < now - KNOWN_FOR, failed_long_ago)


@dataclass(frozen=True)
class Counted:
    """What is known of earlier tries: of the name, of the name from here, of the network, of all."""

    by_name: int
    by_name_here: int
    last_of_name: datetime | None
    last_of_name_here: datetime | None
    from_network: int
    everywhere: int
    was_in_from_here: int

    def is_held_up(self, now: datetime) -> bool:
        """Whether the next try has to wait."""
        if self.was_in_from_here:
            return _waits(self.by_name_here, self.last_of_name_here, now)
        if self.from_network >= PER_NETWORK or self.everywhere >= EVERYWHERE:
            return True
        return _waits(self.by_name, self.last_of_name, now)


def _waits(failures: int, last: datetime | None, now: datetime) -> bool:
    return last is not None and now < last + wait_after(failures)


class Try:
    """One try to sign in, within the caller's transaction."""

    def __init__(self, work: Work, name: str, network: str) -> None:
        key = work.vault.keyring.named("throttle")
        self._work = work
        self._name, self._network = (token(key, told).hex() for told in (name.strip().lower(), network))

    def refuse_where_held_up(self) -> None:
        """Raises Refusal("sign_in_throttled") where it has to wait, Unavailable where tries cannot be counted."""
        try:
            is_held_up = self._counted().is_held_up(self._work.now)
        except SQLAlchemyError:
            raise Unavailable("unavailable") from None
        if is_held_up and self._work.parts.tries_are_held_up:
            raise Refusal("sign_in_throttled")

    def note(self, *, succeeded: bool) -> None:
        """Keep it."""
        row = {"name_digest": self._name, "network_digest": self._network, "succeeded": succeeded}
        self._work.session.execute(insert(SignInAttempt).values(at=self._work.now, **row))

    def _counted(self) -> Counted:
        work, row = self._work, SignInAttempt
        if work.is_postgresql:  # on SQLite one writes at a time anyway
            lock = text("SELECT pg_advisory_xact_lock(:lock, hashtext(:name))")
            work.session.connection().execute(lock, {"lock": LOCK, "name": self._name})
        named, here = row.name_digest == self._name, row.network_digest == self._network
        failed, lately = row.succeeded.is_(False), row.at > work.now - WINDOW
        of_name = and_(named, failed, row.at > work.now - REMEMBERED)
        known = and_(named, here, row.succeeded.is_(True), row.at > work.now - KNOWN_FOR)
        asked = (
            _number(of_name),
            _number(and_(of_name, here)),
            _last(of_name),
            _last(and_(of_name, here)),
            _number(and_(here, failed, lately)),
            _number(and_(failed, lately)),
            _number(known),
        )
        return Counted(*work.session.execute(select(*asked)).one())


def _number(which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(SignInAttempt).where(which).scalar_subquery()


def _last(which: ColumnElement[bool]) -> ScalarSelect[datetime]:
    return select(func.max(SignInAttempt.at)).where(which).scalar_subquery()
