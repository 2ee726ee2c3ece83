"""Nights in shelters, counted by the system's statistics"""

from alembic import op

from migrations.frozen import row_security_0012 as row_security

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql(op.get_context().config.attributes["app_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql_down(op.get_context().config.attributes["app_role"]):
            op.execute(statement)
