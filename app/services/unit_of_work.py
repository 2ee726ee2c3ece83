"""One use case, one transaction: engine, the actor's context in the database, scope, time, keys, audit and commit."""

import json
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Delete, Engine, Update, create_engine, event, insert, select, text
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from app.audit_verify import entry_digest
from app.clock import Clock, local_day, utc_now
from app.errors import Conflict, Unavailable, Unconfigured
from app.models.agency import RequestKey
from app.models.audit import CHAINS, AuditChain, AuditEntry
from app.security.actor import Actor, system_actor
from app.security.keyring import KeyFile, Keyring
from app.security.scoped_session import ScopedSession
from app.security.signing import READING, Signer
from app.security.vault import Vault
from app.services.audit import canonical
from app.vocabulary.retention import periods

_chance = random.SystemRandom()


@dataclass(frozen=True)
class Parts:
    """What a control test may swap; production takes the defaults and refuses others (decision 21)."""

    clock: Clock | None = None
    scope_is_on: bool = True
    context_is_local: bool = True
    acts_once: bool = True
    row_version_is_checked: bool = True
    check_and_act_together: bool = True
    codes_are_spent: bool = True
    passkeys_are_checked: bool = True
    passkeys_are_demanded: bool = True
    sessions_end_at_once: bool = True
    tries_are_held_up: bool = True
    reading_is_limited: bool = True
    unknown_names_cost_time: bool = True
    headers_left_out: frozenset[str] = frozenset()
    other_sites_are_refused: bool = True
    files_are_checked: bool = True
    head_is_locked: bool = True
    is_recorded: bool = True
    consent_is_heeded: bool = True
    two_give_a_role: bool = True
    holds_are_heeded: bool = True
    two_clear: bool = True
    two_take_lines: bool = True
    emergencies_are_held: bool = True
    log_is_spare: bool = True
    small_numbers_are_withheld: bool = True
    early_acts_are_awaited: bool = True
    routes: Mapping[str, str] | None = None
    step_up: frozenset[str] | None = None

    @property
    def are_real(self) -> bool:
        """Whether nothing is swapped."""
        return self == Parts()


@dataclass(frozen=True)
class Once:
    """The idempotency key that a form carries, and the digest of route and body that it was sent with."""

    key: str
    digest: str


@dataclass
class Work:
    """What a use case works with inside its transaction. Rolls back unless `commit` is called."""

    database: "Database"
    session: ScopedSession
    actor: Actor
    now: datetime
    writes: bool
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in the country's zone."""
        return local_day(self.now)

    @property
    def vault(self) -> Vault:
        """Seals, opens and wraps."""
        return self.database.vault

    @property
    def is_postgresql(self) -> bool:
        """Whether the database has row-level security and functions of its own."""
        return self.database.is_postgresql

    @property
    def parts(self) -> Parts:
        """What is swapped, for the controls."""
        return self.database.parts

    def change(self, statement: Update | Delete) -> int:
        """Execute an UPDATE or DELETE within the actor's scope; gives how many rows it changed."""
        done = self.session.execute(statement.execution_options(synchronize_session=False))
        return cast(CursorResult[Any], done).rowcount

    def audit(self, action: str, case_id: UUID | None = None, **detail: object) -> None:
        """Note an act or a look; it is appended to a chain last, in this transaction, or nothing happens at all."""
        self.entries.append({"action": action, "case_id": case_id, "detail": canonical(detail)})

    def once(self, once: Once | None, outcome: Mapping[str, str]) -> dict[str, str] | None:
        """Claim the form's key with what the act will have made; an earlier claim gives back its outcome.

        Raises Conflict where the key was used for another route or body.
        """
        if once is None or not self.parts.acts_once:
            return None
        row = {"member_id": self.actor.member_id, "key": once.key, "digest": once.digest, "at": self.now}
        add = (pg_insert if self.is_postgresql else sqlite_insert)(RequestKey)
        claim = add.values(**row, outcome=json.dumps(dict(outcome))).on_conflict_do_nothing()
        # Without the option the count of an INSERT is gone by then on PostgreSQL, and each act looks like a second one.
        if self.session.connection().execute(claim, execution_options={"preserve_rowcount": True}).rowcount == 1:
            return None
        return self.earlier(once)

    def earlier(self, once: Once) -> dict[str, str] | None:
        """What an act under the form's key has made already, None where there was none.

        Raises Conflict where the key was used for another route or body.
        """
        stored = self.session.execute(
            select(RequestKey.digest, RequestKey.outcome).where(
                RequestKey.member_id == self.actor.member_id, RequestKey.key == once.key
            )
        ).first()
        if stored is None:
            return None
        if stored.digest != once.digest:
            raise Conflict("key_reused")
        made: dict[str, str] = json.loads(stored.outcome)
        return made

    @contextmanager
    def as_system(self, name: str) -> Iterator[None]:
        """Act for a moment as one of the system's own actors, inside the same transaction."""
        before = self.actor
        self._become(system_actor(name, before.agency_id))
        try:
            yield
        finally:
            self._become(before)

    @contextmanager
    def answering_for(self, agency_id: UUID, **otherwise: Any) -> Iterator[None]:
        """Act for a moment through the standing of the agency that asked, still as the member who answers.

        Where nobody answers, and the clock does, `otherwise` says in whose name and with which roles.
        """
        before = self.actor
        self._become(replace(before, agency_id=agency_id, system="answering", **otherwise))
        try:
            yield
        finally:
            self._become(before)

    def _become(self, actor: Actor) -> None:
        self.session.flush()
        self.actor = actor
        self.session.scoped_to(actor, scoped=self.parts.scope_is_on)
        self.database.tell_context(self.session, actor)

    def between_check_and_act(self) -> None:
        """Nothing, but for the control of the race tests: there others come in between, as with careless code."""
        if self.parts.check_and_act_together:
            return
        self.session.commit()
        self.session.connection(execution_options={"is_immediate": self.writes})
        self.database.tell_context(self.session, self.actor)

    def commit(self) -> None:
        """Append the audit entries and commit. Raises RuntimeError where an act left no entry."""
        if self.writes and not self.entries:
            raise RuntimeError("a use case that writes must be audited")
        self.append()
        self.session.commit()

    def append(self) -> None:
        """Write the audit entries down, last of all. Raises Unavailable where that cannot be done."""
        self.session.flush()
        with answering_for_the_record():
            for entry in self.entries if self.parts.is_recorded else ():
                self._append(entry)

    def commit_unaudited(self) -> None:
        """Commit what tells nothing about anybody: a session's last-seen time, a page's own values."""
        self.session.commit()

    def _append(self, entry: dict[str, Any]) -> None:
        chain = _chance.randrange(CHAINS)
        if self.is_postgresql:
            stamp = None if self.parts.clock is None else self.now
            self.session.connection().execute(_PG_APPEND, {"chain": chain, "at": stamp, **_plain(entry)})
            return
        head = self.session.connection().execute(
            select(AuditChain.length, AuditChain.head).where(AuditChain.number == chain)
        )
        length, previous = head.one()
        self._between_head_and_entry()
        row = {
            "chain": chain,
            "position": length + 1,
            "at": self.now,
            "member_id": self.actor.member_id,
            "agency_id": self.actor.agency_id,
            "previous": previous,
            **entry,
        }
        self.session.connection().execute(insert(AuditEntry).values(**row, digest=entry_digest(row)))

    def _between_head_and_entry(self) -> None:
        """Nothing, but for the control of the test of forks: there the head is read and let go, as in careless code."""
        if not self.parts.head_is_locked:
            self.session.commit()
            self.session.connection(execution_options={"is_immediate": True})


_PG_APPEND = text("SELECT audit_append(:chain, :at, :action, :case_id, :detail)")


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    return {"action": entry["action"], "case_id": entry["case_id"], "detail": entry["detail"]}


class Database:
    """One database with its keys: hands out units of work."""

    def __init__(self, url: str, keyring: Keyring | KeyFile, parts: Parts | None = None, pool_size: int = 8) -> None:
        self.parts = parts or Parts()
        self.vault = Vault(keyring)
        self.signer = Signer.of(self.vault.keyring)
        self.periods = periods()
        self.engine = make_engine(url, pool_size)
        self.is_postgresql = self.engine.dialect.name == "postgresql"
        self.remembered: dict[str, Any] = {}  # sessions, where a control says that they are not looked up again

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Work]:
        """A unit of work that only looks and keeps nothing."""
        with self._session(actor, writes=False) as work:
            yield work

    @contextmanager
    def beside(self) -> Iterator["Database"]:
        """The same database on a connection of its own, outside the pool."""
        twin = copy(self)
        twin.engine = make_engine(self.engine.url.render_as_string(hide_password=False), pool_size=1)
        try:
            yield twin
        finally:
            twin.engine.dispose()

    @contextmanager
    def write(self, actor: Actor) -> Iterator[Work]:
        """A unit of work that acts; rolls back unless it commits."""
        with self._session(actor, writes=True) as work:
            yield work

    @contextmanager
    def _session(self, actor: Actor, *, writes: bool) -> Iterator[Work]:
        with answering_for_losses(), ScopedSession(self.engine, expire_on_commit=False) as session:
            session.scoped_to(actor, scoped=self.parts.scope_is_on)
            session.connection(execution_options={"is_immediate": writes})
            stamp = self.tell_context(session, actor)
            now = self.parts.clock() if self.parts.clock else stamp
            yield Work(self, session, actor, now, writes)
            if not writes:
                session.commit()  # of nothing; but after a ROLLBACK the driver forgets what it has prepared

    def tell_context(self, session: ScopedSession, actor: Actor) -> datetime:
        """Tell the database who acts, for this transaction alone, and hear what time it is there, in UTC."""
        if not self.is_postgresql:
            return utc_now()
        connection = session.connection()
        connection.info["turn"] = turn = connection.info.get("turn", 0) + 1
        driver: Any = connection.connection.driver_connection
        signed = self.signer.signed(actor.context, driver.info.backend_pid, turn)
        reads = not connection.get_execution_options().get("is_immediate", True)
        told = {**signed, "is_local": self.parts.context_is_local, "reads": reads, "reading": READING}
        stamp: datetime = connection.execute(_CONTEXT, told).one().stamp
        return stamp.astimezone(UTC)  # in the session's zone as it came, and digests are taken over it as text

    def refuse_unsafe_role(self) -> None:
        """Raise Unconfigured where the application signs in as a role that row-level security does not hold."""
        if not self.is_postgresql:
            return
        with self.engine.connect() as connection:
            if connection.execute(_UNSAFE).scalar_one():
                raise Unconfigured("the application's database role must not own tables or bypass row-level security")
            if connection.execute(_PLANTS).scalar_one():
                raise Unconfigured("the application's database role must not make temporary tables")


@contextmanager
def answering_for_losses() -> Iterator[None]:
    """Turn a lost or full database into Unavailable: no service without its record, and no detail of the fault."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise Unavailable("unavailable") from None


@contextmanager
def answering_for_the_record() -> Iterator[None]:
    """Turn whatever keeps an entry from being written into Unavailable: what is not recorded is not shown either."""
    try:
        yield
    except DBAPIError:
        raise Unavailable("unavailable") from None


_CONTEXT = text(
    "SELECT set_config('app.ctx', :context, :is_local), tell_context(:context, :turn, :until, :mac), now() AS stamp,"
    " CASE WHEN :reads THEN set_config('application_name', :reading, true) END"
)
_UNSAFE = text(
    "SELECT bool_or(rolsuper OR rolbypassrls) OR EXISTS (SELECT 1 FROM pg_tables WHERE tableowner = current_user"
    " AND schemaname = 'public') FROM pg_roles WHERE rolname = current_user"
)
_PLANTS = text("SELECT has_database_privilege(current_database(), 'TEMPORARY')")


def make_engine(url: str, pool_size: int = 8) -> Engine:
    """An engine whose errors never carry values; SQLite durable, with foreign keys, one writer at a time."""
    if url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True, pool_size=pool_size, max_overflow=pool_size)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    # Compiling a plan takes longer than a page may; and a row by its index costs little more than its neighbour.
    # What a report sorts is sorted in memory: a year of a country's facts takes some tens of megabytes.
    # And the zone is none of the server's: a moment is written down and cut into days the same everywhere.
    told = {"options": "-c timezone=UTC -c jit=off -c random_page_cost=1.1 -c work_mem=32MB"}
    return create_engine(url, hide_parameters=True, pool_size=pool_size, max_overflow=0, connect_args=told)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "busy_timeout=30000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("is_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


_current: ContextVar[Database] = ContextVar("database")


def bind(database: Database) -> None:
    """Make it the database of the services called from here on, in this thread or task."""
    _current.set(database)


def current() -> Database:
    """The bound database; raises LookupError where none is."""
    return _current.get()


@contextmanager
def read(actor: Actor) -> Iterator[Work]:
    """A reading unit of work on the bound database."""
    with current().read(actor) as work:
        yield work


@contextmanager
def write(actor: Actor) -> Iterator[Work]:
    """A writing unit of work on the bound database."""
    with current().write(actor) as work:
        yield work
