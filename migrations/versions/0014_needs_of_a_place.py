"""What a place must offer, and how an unmet need ends"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0014 as row_security

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NOTHING_FITS = "source = 'placer' AND met_on IS NULL AND ended_on IS NULL AND voided_at IS NULL"
COUNTED = "(has_children = 'yes') = (children_under_3 + children_3_to_11 + children_12_to_17 > 0)"


def upgrade() -> None:
    """What the new version needs. That a need was without a disability had never been asked: it is not known."""
    op.create_table(
        "place_need",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "has_disability",
            sa.String(),
            nullable=False,
            comment="yes, no or unknown: whether the place must be fit for one",
        ),
        sa.Column(
            "has_children", sa.String(), nullable=False, comment="yes, no or unknown: whether children come with her"
        ),
        sa.Column("children_under_3", sa.Integer(), nullable=False, comment="each needs a cot"),
        sa.Column("children_3_to_11", sa.Integer(), nullable=False),
        sa.Column("children_12_to_17", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.LargeBinary(), nullable=True, comment="what she herself wishes of a place"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("has_disability IN ('yes', 'no', 'unknown')", name=op.f("ck_place_need_disability_known")),
        sa.CheckConstraint("has_children IN ('yes', 'no', 'unknown')", name=op.f("ck_place_need_children_known")),
        sa.CheckConstraint(COUNTED, name=op.f("ck_place_need_children_counted")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_place_need_member_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_place_need_case_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_place_need_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_need")),
    )
    op.create_index("ix_place_need_latest", "place_need", ["case_id", "recorded_at"])
    op.create_index(op.f("ix_place_need_case_id"), "place_need", ["case_id"])
    _widen_needs()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def _widen_needs() -> None:
    told = {"disability": "unknown", "source": "shelter"}
    comments = {"disability": "yes, no or unknown", "source": "shelter: it declined; placer: nothing fitted"}
    with op.batch_alter_table("unmet_need") as batch_op:
        for name, value in told.items():
            batch_op.add_column(
                sa.Column(name, sa.String(), nullable=False, server_default=value, comment=comments[name])
            )
        batch_op.add_column(sa.Column("children", sa.Integer(), comment="how many came with her; empty: not known"))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), comment="no longer looked for"))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE unmet_need SET disability = 'yes' WHERE has_disability")
    with op.batch_alter_table("unmet_need") as batch_op:
        batch_op.drop_column("has_disability")
        for name in told:
            batch_op.alter_column(name, server_default=None)
    where = sa.text(NOTHING_FITS)
    op.create_index(
        "uq_unmet_need_nothing_fits",
        "unmet_need",
        ["case_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )


def downgrade() -> None:
    """The way back: a need that was taken back or given up counts as met on its own day, as before."""
    op.drop_index("uq_unmet_need_nothing_fits", "unmet_need")
    op.execute("UPDATE unmet_need SET met_on = coalesce(met_on, ended_on, asked_on) WHERE voided_at IS NOT NULL")
    op.execute("UPDATE unmet_need SET met_on = ended_on WHERE met_on IS NULL")
    with op.batch_alter_table("unmet_need") as batch_op:
        batch_op.add_column(sa.Column("has_disability", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE unmet_need SET has_disability = true WHERE disability = 'yes'")
    with op.batch_alter_table("unmet_need") as batch_op:
        batch_op.alter_column("has_disability", server_default=None)
        for name in ("disability", "children", "source", "ended_on", "voided_at"):
            batch_op.drop_column(name)
    op.drop_table("place_need")
