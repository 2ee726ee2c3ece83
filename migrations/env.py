"""Runs migrations on the connection or address that the caller gives."""

from alembic import context
from sqlalchemy import Connection, create_engine

from app.models import Base

config = context.config


def run(connection: Connection) -> None:
    """Run on one connection, each migration in a transaction where the database has transactional DDL.

    SQLite changes a table by making it anew: until all are made, rows of others refer to one that is not there. So they
    are not held to it meanwhile, which has to be said before the transaction begins, and are asked for at the end.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("a row refers to one that there is not")


given = config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "", hide_parameters=True)
    with engine.connect() as opened:
        run(opened)
        opened.commit()
    engine.dispose()
