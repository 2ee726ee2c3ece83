"""What is over its period beside cases goes once two members have said so"""

from alembic import op

from migrations.frozen import row_security_0038 as row_security

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql(op.get_context().config.attributes["app_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back: what is cleared stays cleared."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(row_security.POSTGRESQL_DOWN)
