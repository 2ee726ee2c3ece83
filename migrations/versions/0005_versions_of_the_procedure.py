"""Versions of the procedure"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0005 as row_security

revision = "0005"
down_revision = "0004"
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
    _create_tables_of_versions()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(sa.text(statement))
    else:
        for statement in row_security.sqlite():
            op.execute(statement)


def downgrade() -> None:
    """The way back: the tables go with their rows; cases stay under the version that they were moved to."""
    op.drop_table("procedure_release")
    op.drop_table("procedure_draft")
    op.drop_table("case_move")


def _create_tables_of_versions() -> None:
    op.create_table(
        "procedure_draft",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("copied_from", sa.String(), nullable=False, comment="the version that it began as a copy of"),
        sa.Column("files", sa.JSON(), nullable=False, comment="TOML by file name"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_digest", sa.String(), nullable=True, comment="the digest whose promises were proven"),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_sound", sa.Boolean(), nullable=False),
        sa.Column("report", sa.String(), nullable=False, comment="what the check said"),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True, comment="the first of the two"),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_digest", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["member.id"], name=op.f("fk_procedure_draft_created_by_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["member.id"], name=op.f("fk_procedure_draft_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_draft")),
        sa.UniqueConstraint("name", name=op.f("uq_procedure_draft_name")),
    )
    op.create_table(
        "procedure_release",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False, comment="TOML by file name"),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("first_signed_by_id", sa.Uuid(), nullable=False),
        sa.Column("first_signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first_signed_by_id <> released_by_id", name=op.f("ck_procedure_release_two_people")),
        sa.ForeignKeyConstraint(
            ["first_signed_by_id"], ["member.id"], name=op.f("fk_procedure_release_first_signed_by_id")
        ),
        sa.ForeignKeyConstraint(["released_by_id"], ["member.id"], name=op.f("fk_procedure_release_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_release")),
        sa.UniqueConstraint("name", name=op.f("uq_procedure_release_name")),
    )
