"""Versions of the procedure"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0005 as row_security

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        "case_move",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "position",
            sa.Integer(),
            nullable=False,
            comment="its place among the steps: those before it were taken under the other",
        ),
        sa.Column("from_procedure", sa.String(), nullable=False),
        sa.Column("from_digest", sa.String(), nullable=False),
        sa.Column("to_procedure", sa.String(), nullable=False),
        sa.Column("to_digest", sa.String(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "changes", sa.JSON(), nullable=False, comment="names of tracks, states and clocks, and days; no text"
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_move_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_move_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_case_move_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_move")),
    )
    with op.batch_alter_table("case_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_move_case_id"), ["case_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(sa.text(statement))
    else:
        for statement in row_security.sqlite():
            op.execute(statement)


def downgrade() -> None:
    """The way back: the tables go with their rows; cases stay under the version that they were moved to."""
    op.drop_table("case_move")
