"""Where a session was begun and what it showed last; tries to sign in by time; looks by member and time"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

READING = (
    ("ix_audit_entry_looks", ["member_id", "at"], "case_id IS NOT NULL"),
    ("ix_audit_entry_reading", ["at"], "action IN ('reading:stopped', 'reading:let_on')"),
)


def upgrade() -> None:
    """What the new version needs. Who is signed in goes on where she was: nothing is known of her network."""
    op.add_column(
        "sign_in_session",
        sa.Column(
            "network",
            sa.String(),
            nullable=False,
            server_default="",
            comment="the first part of the address that signed in",
        ),
    )
    op.add_column(
        "sign_in_session",
        sa.Column(
            "is_sealed",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="the page it showed last shows what is sealed",
        ),
    )
    op.create_index("ix_sign_in_attempt_at", "sign_in_attempt", ["at"])
    for name, columns, where in READING:
        told = sa.text(where)
        op.create_index(name, "audit_entry", columns, postgresql_where=told, sqlite_where=told)


def downgrade() -> None:
    """The way back."""
    for name, _, _ in READING:
        op.drop_index(name, "audit_entry")
    op.drop_index("ix_sign_in_attempt_at", "sign_in_attempt")
    op.drop_column("sign_in_session", "is_sealed")
    op.drop_column("sign_in_session", "network")
