"""What was known of deadlines and stays on a past day"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0041 as row_security

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

ALWAYS = "1970-01-01 00:00:00+00:00"
MOMENT = sa.DateTime(timezone=True)
COMMENTS = {
    "case_clock": "since when it was known to stop, stand still or be due as it says now",
    "stay": "since when she was known to arrive and leave on these days",
}
RECORDED = {
    "case_clock": "(SELECT e.recorded_at FROM case_event e WHERE e.id = case_clock.started_by_id)",
    "stay": "stay.recorded_at",
}
"""What is there already is taken to have been known as it is since it was first written: nothing else is kept of it."""


def upgrade() -> None:
    """What the new version needs."""
    for table, comment in COMMENTS.items():
        op.add_column(table, sa.Column("known_since", MOMENT, nullable=False, server_default=ALWAYS, comment=comment))
        known = f"UPDATE {table} SET known_since = coalesce({RECORDED[table]}, known_since)"
        op.execute(known)
    _former(
        "former_clock",
        "case_clock",
        sa.Column("due_at", MOMENT, nullable=False),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("stopped_at", "voided_at", "paused_at", "exempt_until")),
    )
    _former(
        "former_stay",
        "stay",
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
    )
    for statement in _statements():
        op.execute(statement)


def _former(name: str, of: str, *columns: sa.Column[object]) -> None:
    whose = "clock_id" if of == "case_clock" else "stay_id"
    op.create_table(
        name,
        sa.Column(whose, sa.Uuid(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        *columns,
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint([whose], [f"{of}.id"], name=op.f(f"fk_{name}_{whose}")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{name}_case_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{name}_agency_id")),
        sa.PrimaryKeyConstraint(whose, "since", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"])


def _statements() -> list[str]:
    if op.get_bind().dialect.name == "sqlite":
        return row_security.sqlite()
    roles = op.get_context().config.attributes
    whole = row_security.erasing_too(row_security.erasing(op.get_bind()))
    return [*row_security.postgresql(roles["app_role"], roles["backup_role"]), whole]


def downgrade() -> None:
    """The way back: what was known before is lost."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(row_security.erasing_no_more(row_security.erasing(op.get_bind())))
    for statement in row_security.SQLITE_DOWN if is_sqlite else row_security.POSTGRESQL_DOWN:
        op.execute(statement)
    for table in ("former_stay", "former_clock"):
        op.drop_table(table)
    for table in COMMENTS:
        op.drop_column(table, "known_since")
