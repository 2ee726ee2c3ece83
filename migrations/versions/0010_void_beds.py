"""Beds out of use, and the days in which a bed is made ready"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0010 as row_security

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    _voids()
    _revisions()
    op.create_table(
        "turnaround",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days BETWEEN 0 AND 30", name=op.f("ck_turnaround_of_at_most_a_month")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_turnaround_agency_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["member.id"], name=op.f("fk_turnaround_set_by_id")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_turnaround")),
    )
    _protect()


def _voids() -> None:
    op.create_table(
        "bed_void",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column(
            "to_on", sa.Date(), nullable=True, comment="the first day on which it can be used again; none: not known"
        ),
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list void_reason"),
        sa.Column("stay_id", sa.Uuid(), nullable=True, comment="whose departure made it, if any"),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was put back before its day, or gave way",
        ),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_bed_void_ends_after_it_begins")),
        sa.CheckConstraint("ended_at IS NULL OR to_on IS NOT NULL", name=op.f("ck_bed_void_ended_on_a_day")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_bed_void_agency_id")),
        sa.ForeignKeyConstraint(["bed_id"], ["bed.id"], name=op.f("fk_bed_void_bed_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_bed_void_stay_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["member.id"], name=op.f("fk_bed_void_made_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["member.id"], name=op.f("fk_bed_void_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed_void")),
    )
    op.create_index("ix_bed_void_bed", "bed_void", ["bed_id", "from_on"])
    op.create_index("ix_bed_void_agency", "bed_void", ["agency_id", "from_on"])


def _revisions() -> None:
    op.create_table(
        "void_revision",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("void_id", sa.Uuid(), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("after_on", sa.Date(), nullable=True),
        sa.Column("changed_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_void_revision_agency_id")),
        sa.ForeignKeyConstraint(["void_id"], ["bed_void.id"], name=op.f("fk_void_revision_void_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["member.id"], name=op.f("fk_void_revision_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_void_revision")),
    )
    op.create_index("ix_void_revision_void", "void_revision", ["void_id", "recorded_at"])


def _protect() -> None:
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        statements = row_security.postgresql(roles["app_role"], roles["backup_role"])
    else:
        statements = row_security.sqlite()
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    """The way back: what was void is free again."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in row_security.postgresql_down() if is_postgresql else row_security.sqlite_down():
        op.execute(statement)
    for table in ("turnaround", "void_revision", "bed_void"):
        op.drop_table(table)
