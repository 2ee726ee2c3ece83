"""Calls for proposals, whom a shelter assists, and the houses that a grant pays for"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0015 as row_security

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OF_AN_AGENCY = "premises_id IS NULL OR (agency_id IS NOT NULL AND place IS NULL)"


def upgrade() -> None:
    """What the new version needs."""
    _houses()
    op.create_table(
        "funding_call",
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False, comment="the last day on which a place may apply"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False, comment="the last day that it would pay for"),
        sa.Column(
            "open_to", sa.String(), nullable=False, comment="codes of the list assisted_group, separated by spaces"
        ),
        sa.Column("source", sa.String(), nullable=False),
        *_recorded_by("funding_call"),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_funding_call_closes_after_opening")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_funding_call_ends_after_start")),
        sa.ForeignKeyConstraint(["payer_id"], ["funding_payer.id"], name=op.f("fk_funding_call_payer_id")),
    )
    op.create_index("ix_funding_call_list", "funding_call", ["opens_on"])
    op.create_table(
        "assisted_groups",
        sa.Column("place_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column(
            "groups", sa.String(), nullable=False, comment="codes of the list assisted_group, separated by spaces"
        ),
        *_recorded_by("assisted_groups"),
        sa.ForeignKeyConstraint(["place_id"], ["agency.id"], name=op.f("fk_assisted_groups_place_id")),
    )
    op.create_index("ix_assisted_groups_place", "assisted_groups", ["place_id", "from_on", "recorded_at"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back: a house that a grant paid for is its shelter again."""
    op.drop_table("assisted_groups")
    op.drop_table("funding_call")
    with op.batch_alter_table("funding_payee") as batch:
        batch.drop_constraint(op.f("ck_funding_payee_house_of_an_agency"), type_="check")
        batch.drop_constraint(op.f("fk_funding_payee_premises_id"), type_="foreignkey")
        batch.drop_column("premises_id")
        batch.drop_column("is_added")


def _houses() -> None:
    with op.batch_alter_table("funding_payee") as batch:
        batch.add_column(sa.Column("premises_id", sa.Uuid(), nullable=True, comment="one house of it"))
        batch.add_column(
            sa.Column(
                "is_added",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="came in by a move, and not with the grant",
            )
        )
        batch.create_foreign_key(op.f("fk_funding_payee_premises_id"), "premises", ["premises_id"], ["id"])
        batch.create_check_constraint(op.f("ck_funding_payee_house_of_an_agency"), OF_AN_AGENCY)


def _recorded_by(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{table}_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{table}_member_id")),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
