"""All days and moments of a case that is erased are cut to the month"""

from alembic import op

from migrations.frozen import row_security_0042 as row_security

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in row_security.sqlite() if is_sqlite else row_security.postgresql():
        op.execute(statement)
    if not is_sqlite:
        op.execute(row_security.erasing_too(row_security.erasing(op.get_bind())))
    for statement in row_security.of_before(sqlite=is_sqlite):
        op.execute(statement)


def downgrade() -> None:
    """The way back: what was cut stays so."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    down = row_security.sqlite(unless_erased=False) if is_sqlite else row_security.postgresql_down()
    for statement in down:
        op.execute(statement)
    if not is_sqlite:
        op.execute(row_security.erasing_no_more(row_security.erasing(op.get_bind())))
