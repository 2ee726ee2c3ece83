"""Pages of the people behind numbers count among the lists that somebody went through: their index has them too"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

INDEX = "ix_audit_entry_lists"
BEFORE = "action IN ('case:listed', 'case:searched', 'caseload:listed', 'occupancy:exported', 'placement:exported')"
OF_LISTS = (
    "action IN ('case:listed', 'case:searched', 'caseload:listed', 'count:changes', 'count:frozen_differences', "
    "'count:frozen_members', 'count:members', 'occupancy:exported', 'placement:exported')"
)


def upgrade() -> None:
    """What the new version needs."""
    _make(OF_LISTS)


def downgrade() -> None:
    """The way back."""
    _make(BEFORE)


def _make(lists: str) -> None:
    told = sa.text(lists)
    op.drop_index(INDEX, "audit_entry")
    op.create_index(INDEX, "audit_entry", ["member_id", "at"], postgresql_where=told, sqlite_where=told)
