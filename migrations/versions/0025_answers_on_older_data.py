"""Pairs of records that were answered before one of the two was put right"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    op.add_column(
        "link_pair",
        sa.Column("answered_agreement", sa.String(), nullable=True, comment="the agreement that was answered, as JSON"),
    )
    op.add_column(
        "link_pair",
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when one of the two was put right after the answer; nothing where the answer fits them",
        ),
    )
    op.execute("UPDATE link_pair SET answered_agreement = agreement WHERE decided_at IS NOT NULL")


def downgrade() -> None:
    """The way back."""
    op.drop_column("link_pair", "changed_at")
    op.drop_column("link_pair", "answered_agreement")
