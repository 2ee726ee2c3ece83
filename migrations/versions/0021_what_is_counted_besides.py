"""What is counted besides

Facts and records say six things more (with which promise, by whom, by what means, with what education, where), and the
steps of statement, proceedings, legal status, compensation and goals are counted. The procedures say so themselves:
cases that run under the former texts are pinned to those that count more; no state and no step is another one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("client_record", "count_fact")
COMMENTS = {
    "recruitment": "with which promise",
    "recruiter_relation": None,
    "recruiter_sex": None,
    "means_of_control": "codes in their order, parted by ;",
    "education": "ISCED 2011",
    "destination": "country of exploitation",
}
FORMER = {
    "xk_2005": "4dceaf5cbdbf54fb449acb4d14502c6227cd967cdcefe9e441ec0004d95674cd",
    "xk_2013": "ce94cebbb6e76603a962d33ff2f2607caabc19a37c5e1b92400e27ac204c325e",
    "xk_2023": "9cd09919338f2de870ddbff3d46fcbd42fff861d6a989aac8d813451601cffff",
}
COUNTING = {
    "xk_2005": "f512b3ff1ad188da08b1924ebc4d52a36592f5783b9d1dcd917356ff2a812583",
    "xk_2013": "935fc421c64a05ab1102483c28eb97d3731c811a900e1ba4133aa82057e259aa",
    "xk_2023": "08789b719043caa8c9e5ae6310c07b176ec23a8edbaa73087d4fa08de882ed24",
}


def upgrade() -> None:
    """What the new version needs."""
    for table in TABLES:
        for name, comment in COMMENTS.items():
            column = sa.Column(name, sa.String(), nullable=False, server_default="not_asked", comment=comment)
            op.add_column(table, column)
    _pin(FORMER, COUNTING)


def downgrade() -> None:
    """The way back: what was told in the new columns is lost, the sealed answers of the steps stay."""
    _pin(COUNTING, FORMER)
    for table in TABLES:
        for name in COMMENTS:
            op.drop_column(table, name)


def _pin(before: dict[str, str], after: dict[str, str]) -> None:
    statement = sa.text("UPDATE workflow_run SET digest = :after WHERE procedure = :name AND digest = :before")
    for name, digest in before.items():
        op.get_bind().execute(statement, {"name": name, "before": digest, "after": after[name]})
