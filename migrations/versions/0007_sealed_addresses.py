"""The address of a shelter, sealed apart"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0007 as row_security

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        "shelter_address",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column(
            "address",
            sa.LargeBinary(),
            nullable=True,
            comment="where the shelter is and how to get in, under the address's own key",
        ),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="how often it was written: each time under a new key"
        ),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shelter_address_agency_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["member.id"], name=op.f("fk_shelter_address_set_by_id")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_shelter_address")),
    )
    op.create_table(
        "address_opening",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False, comment="code of the list address_purpose"),
        sa.Column("version", sa.Integer(), nullable=False, comment="which address it was"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_address_opening_agency_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["member.id"], name=op.f("fk_address_opening_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_opening")),
    )
    op.create_index("ix_address_opening_list", "address_opening", ["agency_id", "opened_at"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back."""
    op.drop_table("address_opening")
    op.drop_table("shelter_address")
