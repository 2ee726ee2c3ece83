"""Lists and files that showed cases, by member and time: how many different cases somebody went through"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

INDEX = "ix_audit_entry_lists"
OF_LISTS = "action IN ('case:listed', 'case:searched', 'caseload:listed', 'occupancy:exported', 'placement:exported')"


def upgrade() -> None:
    """What the new version needs."""
    told = sa.text(OF_LISTS)
    op.create_index(INDEX, "audit_entry", ["member_id", "at"], postgresql_where=told, sqlite_where=told)


def downgrade() -> None:
    """The way back."""
    op.drop_index(INDEX, "audit_entry")
