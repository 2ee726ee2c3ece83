"""Whom a shelter takes, with dates"""

from datetime import UTC, date, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0013 as row_security

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TAKES = (
    "takes_women",
    "takes_men",
    "takes_domestic",
    "takes_foreign",
    "takes_high_risk",
    "takes_accompanied",
    "takes_disability",
)
SINCE_EVER = date(2004, 1, 1)
"""Of a row without a date nobody knows since when it held: before the first procedure."""

OF_AGE = 18

shelter = sa.table(
    "shelter",
    sa.column("agency_id", sa.Uuid()),
    *(sa.column(name, sa.Boolean()) for name in TAKES),
    sa.column("min_age", sa.Integer()),
    sa.column("max_age", sa.Integer()),
)
intake = sa.table(
    "shelter_intake",
    sa.column("id", sa.Uuid()),
    sa.column("agency_id", sa.Uuid()),
    sa.column("valid_from", sa.Date()),
    sa.column("valid_to", sa.Date()),
    *(sa.column(name, sa.Boolean()) for name in TAKES),
    sa.column("min_age", sa.Integer()),
    sa.column("max_age", sa.Integer()),
    sa.column("set_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """What the new version needs; what each shelter said of itself becomes its first period."""
    op.create_table(
        "shelter_intake",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="the first day on which it holds no longer"),
        sa.Column("takes_women", sa.Boolean(), nullable=False, comment="women and girls"),
        sa.Column("takes_men", sa.Boolean(), nullable=False, comment="men and boys"),
        sa.Column("takes_domestic", sa.Boolean(), nullable=False),
        sa.Column("takes_foreign", sa.Boolean(), nullable=False),
        sa.Column("takes_high_risk", sa.Boolean(), nullable=False),
        sa.Column("takes_accompanied", sa.Boolean(), nullable=False, comment="people who have children with them"),
        sa.Column("takes_disability", sa.Boolean(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=True, comment="empty: with the first set-up"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("max_age IS NULL OR max_age >= min_age", name=op.f("ck_shelter_intake_ages_in_order")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_shelter_intake_not_empty")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shelter_intake_agency_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["member.id"], name=op.f("fk_shelter_intake_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelter_intake")),
    )
    op.create_index("ix_shelter_intake_period", "shelter_intake", ["agency_id", "valid_from"])
    _carry_over()
    with op.batch_alter_table("shelter") as batch_op:
        batch_op.drop_constraint(op.f("ck_shelter_ages_in_order"), type_="check")
        for name in (*TAKES, "min_age", "max_age"):
            batch_op.drop_column(name)
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)
    else:
        for statement in row_security.sqlite():
            op.execute(statement)


def _carry_over() -> None:
    now = datetime.now(UTC)
    rows = [
        {**row, **_boys_too(row), "id": uuid4(), "valid_from": SINCE_EVER, "valid_to": None, "set_at": now}
        for row in op.get_bind().execute(sa.select(shelter)).mappings()
    ]
    if rows:
        op.get_bind().execute(intake.insert(), rows)


def _boys_too(row: sa.RowMapping) -> dict[str, bool]:
    """Of a child the sex was not asked until now: a house for children took girls and boys, whatever it said."""
    only_children = row["max_age"] is not None and row["max_age"] < OF_AGE
    return {"takes_women": True, "takes_men": True} if only_children else {}


def downgrade() -> None:
    """The way back: what holds today, or else what was said last."""
    with op.batch_alter_table("shelter") as batch_op:
        for name in TAKES:
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("min_age", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("max_age", sa.Integer(), nullable=True))
    today = datetime.now(UTC).date()
    in_order = sa.select(intake).order_by((intake.c.valid_from > today).desc(), intake.c.valid_from)
    for row in op.get_bind().execute(in_order).mappings().all():
        values = {name: row[name] for name in (*TAKES, "min_age", "max_age")}
        op.get_bind().execute(sa.update(shelter).where(shelter.c.agency_id == row["agency_id"]).values(values))
    with op.batch_alter_table("shelter") as batch_op:
        for name in (*TAKES, "min_age"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_check_constraint(op.f("ck_shelter_ages_in_order"), "max_age IS NULL OR max_age >= min_age")
    op.drop_table("shelter_intake")
