"""The database's roles and its schema: bootstrap once as a superuser, migrate as the owner (decisions 5 and 41)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, make_url, text

from app.errors import Unconfigured
from app.security.keyring import Keyring
from app.security.signing import Signer
from app.services.unit_of_work import make_engine

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
BACKUP_ROLE = "throughcare_backup"


def alembic_config(url: str, app_role: str) -> Config:
    """The configuration that migrations run with; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    config.attributes |= {"app_role": app_role, "backup_role": BACKUP_ROLE}
    return config


def upgrade(url: str, app_role: str = "throughcare_app", revision: str = "head") -> None:
    """Bring the schema to a revision, as the owner."""
    config = alembic_config(url, app_role)
    if url.startswith("sqlite"):
        engine = make_engine(url)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.commit()
        engine.dispose()
        return
    command.upgrade(config, revision)


def is_current(url: str) -> bool:
    """Whether the schema is at the newest revision."""
    engine = make_engine(url)
    with engine.connect() as connection:
        held = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return held == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def bootstrap(superuser_url: str, owner_url: str, app_url: str) -> None:
    """Make the three roles and the database, once, as a superuser: BYPASSRLS needs one (decision 41)."""
    owner, app = make_url(owner_url), make_url(app_url)
    engine = create_engine(superuser_url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    with engine.connect() as connection:
        quote = connection.dialect.identifier_preparer.quote

        def make_role(name: str, password: str | None, rights: str) -> None:
            if connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :n"), {"n": name}).first():
                return
            connection.exec_driver_sql(f"CREATE ROLE {quote(name)} {rights}")
            if password:
                literal = password.replace("'", "''")
                connection.exec_driver_sql(f"ALTER ROLE {quote(name)} PASSWORD '{literal}'")

        make_role(owner.username or "", owner.password, "LOGIN BYPASSRLS")
        make_role(app.username or "", app.password, "LOGIN NOBYPASSRLS")
        make_role(BACKUP_ROLE, None, "NOLOGIN BYPASSRLS")
        # Who owns the tables may make backups; the application's role never may.
        connection.exec_driver_sql(f"GRANT {quote(BACKUP_ROLE)} TO {quote(owner.username or '')}")
        exists = text("SELECT 1 FROM pg_database WHERE datname = :n")
        if not connection.execute(exists, {"n": app.database}).first():
            connection.exec_driver_sql(
                f"CREATE DATABASE {quote(app.database or '')} OWNER {quote(owner.username or '')} TEMPLATE template0"
                " ENCODING 'UTF8'"
            )
            # What is restored into it brings its tables along, and not who may make some beside them.
            connection.exec_driver_sql(f"REVOKE TEMPORARY ON DATABASE {quote(app.database or '')} FROM PUBLIC")
    engine.dispose()


@contextmanager
def passing_database(administrator_url: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database that is dropped at the end, made by a role that may make some."""
    name = f"throughcare_passing_{uuid4().hex[:12]}"
    engine = create_engine(administrator_url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        yield make_url(administrator_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        engine.dispose()


def give_context_key(owner_url: str, keyring: Keyring, *, replaces: bool = False) -> None:
    """Let the database know with which key contexts are signed, as the owner; SQLite takes none.

    Raises Unconfigured where it knows another one already and this one does not replace it.
    """
    if owner_url.startswith("sqlite"):
        return
    inner, outer = Signer.of(keyring).pads
    engine = make_engine(owner_url)
    with engine.begin() as connection:
        known = connection.execute(text("SELECT inner_pad FROM context.key")).scalar_one_or_none()
        if known is None or replaces:
            connection.execute(_KEEP_KEY, {"inner": inner, "outer": outer})
    engine.dispose()
    if known not in (None, inner) and not replaces:
        raise Unconfigured("the database knows the key of another key file")


_KEEP_KEY = text(
    "INSERT INTO context.key (inner_pad, outer_pad) VALUES (:inner, :outer)"
    " ON CONFLICT (one) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad"
)
