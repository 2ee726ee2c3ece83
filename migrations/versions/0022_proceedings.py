"""Proceedings against those who are accused, and what the statistics count besides people"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0022 as row_security

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLE = "proceeding_step"
TWIN = (
    "(weight = 1 AND takes_back_id IS NULL AND correction IS NULL)"
    " OR (weight = -1 AND takes_back_id IS NOT NULL AND correction IS NOT NULL)"
)
OF_CONVICTION = "step = 'convicted' OR (sentence_months IS NULL AND fine_euros IS NULL AND NOT is_suspended)"


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        TABLE,
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that keeps the file"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "file_code", sa.String(), nullable=False, comment="the agency's own pseudonym of the file, upper case"
        ),
        sa.Column(
            "accused", sa.Integer(), nullable=True, comment="which of the accused, by number; none: the file as a whole"
        ),
        sa.Column("step", sa.String(), nullable=False, comment="code of the list proceeding_step"),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("law_article", sa.String(), nullable=False, comment="code of the list law_article"),
        sa.Column("form", sa.String(), nullable=False, comment="code of the list exploitation_form"),
        sa.Column(
            "official",
            sa.String(),
            nullable=False,
            comment="whether an official is accused: code of the list yes_no_unknown",
        ),
        sa.Column("sentence_months", sa.Integer(), nullable=True),
        sa.Column("fine_euros", sa.Integer(), nullable=True),
        sa.Column("is_suspended", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("takes_back_id", sa.Uuid(), nullable=True),
        sa.Column("correction", sa.String(), nullable=True, comment="why: code of the list proceeding_correction"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(TWIN, name=op.f(f"ck_{TABLE}_twin_says_why")),
        sa.CheckConstraint("accused >= 1", name=op.f(f"ck_{TABLE}_accused_from_one")),
        sa.CheckConstraint("sentence_months >= 1 AND fine_euros >= 1", name=op.f(f"ck_{TABLE}_sentence_is_something")),
        sa.CheckConstraint(OF_CONVICTION, name=op.f(f"ck_{TABLE}_sentence_of_a_conviction")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, other in (("agency_id", "agency"), ("member_id", "member"))
        ),
        sa.ForeignKeyConstraint(
            ["takes_back_id", "agency_id"],
            [f"{TABLE}.id", f"{TABLE}.agency_id"],
            name=op.f(f"fk_{TABLE}_takes_back_id_agency_id"),
        ),
        sa.UniqueConstraint("id", "agency_id", name=op.f(f"uq_{TABLE}_id_agency_id")),
        sa.UniqueConstraint("takes_back_id", name=op.f(f"uq_{TABLE}_takes_back_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index("ix_proceeding_step_list", TABLE, ["agency_id", "occurred_on", "recorded_at"])
    op.create_index("ix_proceeding_step_file", TABLE, ["agency_id", "file_code"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back: what was recorded of proceedings is lost, as everything in a table that goes."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql_down(op.get_context().config.attributes["app_role"]):
            op.execute(statement)
    op.drop_table(TABLE)
