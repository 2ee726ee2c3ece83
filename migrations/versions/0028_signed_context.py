"""A context that the application signs"""

from alembic import op

from migrations.frozen import signed_context_0028 as signed_context

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs; SQLite has neither roles nor functions of its own."""
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in signed_context.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back: the context is believed as it is set."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in signed_context.POSTGRESQL_DOWN:
            op.execute(statement)
