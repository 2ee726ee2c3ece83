"""Erasures of cases, and the nights that are counted of them afterwards"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0019 as row_security

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    _erasures()
    op.create_table(
        "kept_nights",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("is_cot", sa.Boolean(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="its first day"),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column(
            "once_here",
            sa.Integer(),
            nullable=False,
            comment="those in which no other record of the person was in the house",
        ),
        sa.Column(
            "once",
            sa.Integer(),
            nullable=False,
            comment="those in which no other record of the person was in a shelter",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "nights >= once_here AND once_here >= 0 AND nights >= once AND once >= 0",
            name=op.f("ck_kept_nights_once_or_less"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_kept_nights_agency_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_kept_nights_stay_id")),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_kept_nights_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_nights")),
    )
    op.create_index(op.f("ix_kept_nights_stay_id"), "kept_nights", ["stay_id"])
    op.create_index("ix_kept_nights_month", "kept_nights", ["agency_id", "month"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def _erasures() -> None:
    op.create_table(
        "erasure",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list erasure_reason"),
        sa.Column("state", sa.String(), nullable=False, comment="asked, done or refused"),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'done', 'refused')", name=op.f("ck_erasure_state_known")),
        sa.CheckConstraint("(state = 'asked') = (decided_by_id IS NULL)", name=op.f("ck_erasure_decided_by_somebody")),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_erasure_decided_by_another")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_erasure_case_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_erasure_agency_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["member.id"], name=op.f("fk_erasure_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["member.id"], name=op.f("fk_erasure_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_agency_id"), "erasure", ["agency_id"])
    standing = sa.text("state <> 'refused'")
    op.create_index(
        "uq_erasure_standing",
        "erasure",
        ["case_id"],
        unique=True,
        postgresql_where=standing,
        sqlite_where=standing,
    )


def downgrade() -> None:
    """The way back: what is erased stays erased, and its nights are counted no more."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(row_security.POSTGRESQL_DOWN)
    op.drop_table("kept_nights")
    op.drop_table("erasure")
