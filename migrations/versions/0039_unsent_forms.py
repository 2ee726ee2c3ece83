"""Forms that were typed and not sent"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0039 as row_security

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE = "unsent_form"


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        TABLE,
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column(
            "place",
            sa.String(),
            nullable=False,
            comment="which form: a track and an act, after the case where there is one",
        ),
        sa.Column("content", sa.LargeBinary(), nullable=True, comment="what was typed on a case"),
        sa.Column("opening", sa.LargeBinary(), nullable=True, comment="what was typed before there was a case"),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_unsent_form_member_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unsent_form_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unsent_form_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent_form")),
        sa.UniqueConstraint("member_id", "place", name="uq_unsent_form_place"),
    )
    op.create_index(op.f("ix_unsent_form_case_id"), TABLE, ["case_id"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back."""
    op.drop_table(TABLE)
