"""Roll-ups look at what an act touches and no further; facts are found by their day"""

from alembic import op

from migrations.frozen import rollups_0033
from migrations.frozen.rollups_0023 import FUNCTIONS

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None

INDEX = "ix_count_fact_day"


def upgrade() -> None:
    """What the new version needs."""
    with_summary = {"postgresql_using": "brin", "postgresql_with": {"pages_per_range": 32, "autosummarize": "on"}}
    op.create_index(INDEX, "count_fact", ["occurred_on"], **with_summary)
    if op.get_bind().dialect.name == "postgresql":
        for statement in rollups_0033.postgresql(FUNCTIONS):
            op.execute(statement)


def downgrade() -> None:
    """The way back."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in rollups_0033.postgresql_down(FUNCTIONS):
            op.execute(statement)
    op.drop_index(INDEX, "count_fact")
