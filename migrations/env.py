"""Runs migrations on the connection or address that the caller gives."""

from alembic import context
from sqlalchemy import create_engine

from app.models import Base

config = context.config


def run(connection: object) -> None:
    """Run on one connection, each migration in a transaction where the database has transactional DDL."""
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",  # type: ignore[attr-defined]
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "", hide_parameters=True)
    with engine.connect() as opened:
        run(opened)
        opened.commit()
    engine.dispose()
