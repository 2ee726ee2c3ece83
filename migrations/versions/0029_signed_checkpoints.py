"""Signed checkpoints of the record of acts and looks, and what happened when"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0029 as row_security

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        "audit_checkpoint",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False, comment="of all chains"),
        sa.Column(
            "content", sa.String(), nullable=False, comment="canonical JSON: number, moment, the one before, heads"
        ),
        sa.Column("signature", sa.String(), nullable=False, comment="Ed25519 over the content, in hex"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_checkpoint")),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)
    else:
        for statement in row_security.sqlite():
            op.execute(statement)


def downgrade() -> None:
    """The way back: what was signed lies in the file and with the agencies still."""
    op.drop_index("ix_audit_entry_at", table_name="audit_entry")
    op.drop_table("audit_checkpoint")
