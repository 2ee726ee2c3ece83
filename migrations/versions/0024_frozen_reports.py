"""Frozen reports: editions signed off by a supervisor, with the people behind them"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0024 as row_security

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KNOWN = ("sex", "age_band", "citizenship", "region", "entry_door", "recruiter_relation", "recruiter_sex")
TOLD = {
    "form": "form of exploitation",
    "scope": "internal or cross_border",
    "recruitment": "with which promise",
    "means_of_control": "codes in their order, parted by ;",
    "education": "ISCED 2011",
    "destination": "country of exploitation",
}


def upgrade() -> None:
    """What the new version needs."""
    _editions()
    _members()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        statements = row_security.postgresql(roles["app_role"], roles["backup_role"])
    else:
        statements = row_security.sqlite()
    for statement in statements:
        op.execute(statement)


def _editions() -> None:
    op.create_table(
        "report_edition",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="whose report it is"),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the reports of this agency on this period"),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False, comment="the day after its last"),
        sa.Column("as_of", sa.Date(), nullable=False, comment="as it was known at the end of this day"),
        sa.Column("metrics", sa.String(), nullable=False, comment="names of the counts, separated by spaces"),
        sa.Column("definitions", sa.String(), nullable=False, comment="digest of what the counts meant"),
        sa.Column("content", sa.String(), nullable=False, comment="the numbers, as JSON"),
        sa.Column("members", sa.Integer(), nullable=False, comment="how many rows of people stand behind it"),
        sa.Column("digest", sa.String(), nullable=False, comment="SHA-256 over all of it, rows of people included"),
        sa.Column("reason", sa.String(), nullable=False, comment="why there is another edition"),
        sa.Column("signed_by_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_report_edition_numbered_from_one")),
        sa.CheckConstraint("period_start < period_end", name=op.f("ck_report_edition_has_days")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_report_edition_agency_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["member.id"], name=op.f("fk_report_edition_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_edition")),
    )
    columns = ["agency_id", "period_start", "period_end", "number"]
    op.create_index("uq_report_edition_number", "report_edition", columns, unique=True)


def _members() -> None:
    op.create_table(
        "edition_member",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="whose report it is"),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False, comment="who she was taken to be on that day"),
        sa.Column("counted_by_id", sa.Uuid(), nullable=False, comment="the agency that counted her"),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="the first day of the month in which it happened"),
        sa.Column(
            "place",
            sa.Integer(),
            nullable=False,
            comment="1: the earliest of hers under the count, which breakdowns go by",
        ),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in KNOWN),
        *(sa.Column(name, sa.String(), nullable=False, comment=comment) for name, comment in TOLD.items()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_edition_member_placed_from_one")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_edition_member_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_edition_member_case_id")),
        sa.ForeignKeyConstraint(["counted_by_id"], ["agency.id"], name=op.f("fk_edition_member_counted_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["report_edition.id"], name=op.f("fk_edition_member_edition_id")),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_edition_member_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_member")),
    )
    columns = ["edition_id", "metric", "person", "counted_by_id"]
    op.create_index("uq_edition_member_once", "edition_member", columns, unique=True)
    op.create_index(op.f("ix_edition_member_record_id"), "edition_member", ["record_id"])
    op.create_index(op.f("ix_edition_member_case_id"), "edition_member", ["case_id"])


def downgrade() -> None:
    """The way back: frozen reports are lost."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(row_security.POSTGRESQL_DOWN)
    op.drop_table("edition_member")
    op.drop_table("report_edition")
