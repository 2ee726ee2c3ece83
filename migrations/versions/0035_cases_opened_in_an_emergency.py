"""Cases that a colleague has opened in an emergency"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0035 as row_security

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLE, LASTS = "emergency_opening", sa.text("ended_at IS NULL")


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        TABLE,
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False, comment="what lets her in meanwhile"),
        sa.Column("note_id", sa.Uuid(), nullable=False, comment="why"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("ends_at > opened_at", name=op.f("ck_emergency_opening_ends_after_start")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_emergency_opening_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["case_staff.id"], name=op.f("fk_emergency_opening_staff_id")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_emergency_opening_note_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_emergency_opening_case_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_emergency_opening_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_opening")),
    )
    op.create_index(op.f("ix_emergency_opening_case_id"), TABLE, ["case_id"])
    unique = {"unique": True, "postgresql_where": LASTS, "sqlite_where": LASTS}
    op.create_index("uq_emergency_opening_one", TABLE, ["member_id"], **unique)
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back."""
    op.drop_table(TABLE)
