"""What one asks and another approves; a role is given in no other way"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0034 as row_security

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

STATES = "state IN ('asked', 'approved', 'refused', 'expired', 'withdrawn')"
DECIDED = "(state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL)"
STANDS = sa.text("state = 'asked'")


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        "approval",
        sa.Column(
            "kind",
            sa.String(),
            nullable=False,
            comment="what is done once it is approved: a key of services/deciding.py",
        ),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True, comment="the member it is about"),
        sa.Column(
            "asked",
            sa.String(),
            nullable=False,
            comment="exactly what was asked, as JSON that comes out the same every time",
        ),
        sa.Column(
            "digest", sa.String(), nullable=False, comment="of all that was asked: what is approved is what was shown"
        ),
        sa.Column("state", sa.String(), nullable=False, comment="asked, approved, refused, expired or withdrawn"),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_approval_state_known")),
        sa.CheckConstraint(DECIDED, name=op.f("ck_approval_decided_by_somebody")),
        sa.CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)", name=op.f("ck_approval_decided_at_a_time")
        ),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_approval_decided_by_another")),
        sa.CheckConstraint("asked_by_id <> subject_id", name=op.f("ck_approval_asked_for_another")),
        sa.CheckConstraint("decided_by_id <> subject_id", name=op.f("ck_approval_decided_about_another")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_approval_agency_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["member.id"], name=op.f("fk_approval_subject_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["member.id"], name=op.f("fk_approval_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["member.id"], name=op.f("fk_approval_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index("ix_approval_agency_id", "approval", ["agency_id", "state"])
    unique = {"unique": True, "postgresql_where": STANDS, "sqlite_where": STANDS}
    op.create_index("uq_approval_standing", "approval", ["kind", "subject_id"], **unique)
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql_down():
            op.execute(statement)
    op.drop_table("approval")
