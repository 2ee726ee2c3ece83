"""Nights of children in cots, counted by the system's statistics"""

from alembic import op

from migrations.frozen import row_security_0020 as row_security

revision = "0020"
down_revision = "0019"
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
