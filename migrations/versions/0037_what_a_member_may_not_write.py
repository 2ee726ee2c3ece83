"""No tables of one's own, no other agency for oneself, no tokens of records that are not hers"""

from alembic import op

from migrations.frozen import row_security_0037 as row_security

revision = "0037"
down_revision = "0036"
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
