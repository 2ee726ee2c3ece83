"""The life of a stay: children who come along, overstay, transfer, leaving at high risk, days to be checked"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0018 as row_security

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = (
    "companion_stay",
    "overstay",
    "stay_transfer",
    "stay_conflict",
    "stay_correction",
    "exit_wish",
    "exit_approval",
    "safety_offer",
)


def upgrade() -> None:
    """What the new version needs."""
    for create in (
        _companion_stay,
        _overstay,
        _stay_transfer,
        _stay_conflict,
        _stay_correction,
        _exit_wish,
        _exit_approval,
        _safety_offer,
    ):
        create()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        statements = row_security.postgresql(roles["app_role"], roles["backup_role"])
    else:
        statements = row_security.sqlite()
    for statement in statements:
        op.execute(statement)


def _companion_stay() -> None:
    op.create_table(
        "companion_stay",
        sa.Column("stay_id", sa.Uuid(), nullable=False, comment="of whom it comes along with"),
        sa.Column("bed_id", sa.Uuid(), nullable=True, comment="the cot; none: sleeps with her"),
        sa.Column("age", sa.String(), nullable=False, comment="code of the list companion_age"),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= arrived_on", name=op.f("ck_companion_stay_leaves_after_arrival")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_companion_stay_agency_id")),
        sa.ForeignKeyConstraint(["bed_id"], ["bed.id"], name=op.f("fk_companion_stay_bed_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_companion_stay_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_companion_stay_recorded_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_companion_stay_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companion_stay")),
    )
    op.create_index("ix_companion_stay_agency", "companion_stay", ["agency_id", "arrived_on"])
    op.create_index("ix_companion_stay_bed", "companion_stay", ["bed_id", "arrived_on"])
    op.create_index(op.f("ix_companion_stay_case_id"), "companion_stay", ["case_id"])
    op.create_index("ix_companion_stay_stay", "companion_stay", ["stay_id", "arrived_on"])


def _overstay() -> None:
    op.create_table(
        "overstay",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("expected_until", sa.Date(), nullable=False, comment="the end that had passed"),
        sa.Column("is_agreed", sa.Boolean(), nullable=False),
        sa.Column("agreed_until", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.String(), nullable=False, comment="code of the list overstay_decider"),
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list extension_reason"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("is_agreed = (agreed_until IS NOT NULL)", name=op.f("ck_overstay_agreed_until_a_day")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_overstay_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_overstay_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_overstay_recorded_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_overstay_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overstay")),
    )
    op.create_index(op.f("ix_overstay_case_id"), "overstay", ["case_id"])
    op.create_index("ix_overstay_stay", "overstay", ["stay_id", "recorded_at"])


def _stay_transfer() -> None:
    op.create_table(
        "stay_transfer",
        sa.Column("stay_id", sa.Uuid(), nullable=False, comment="the stay that she leaves"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list transfer_kind"),
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list transfer_reason"),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stay_transfer_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stay_transfer_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_stay_transfer_recorded_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_stay_transfer_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_transfer")),
    )
    op.create_index(op.f("ix_stay_transfer_case_id"), "stay_transfer", ["case_id"])
    op.create_index("ix_stay_transfer_stay", "stay_transfer", ["stay_id", "recorded_at"])


def _stay_conflict() -> None:
    op.create_table(
        "stay_conflict",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False, comment="the first night in question: not shown"),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=True, comment="code of the list dates_settlement"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settlement IS NULL)", name=op.f("ck_stay_conflict_settled_somehow")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stay_conflict_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stay_conflict_case_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["member.id"], name=op.f("fk_stay_conflict_settled_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_stay_conflict_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_conflict")),
        sa.UniqueConstraint("stay_id", "first_on", name=op.f("uq_stay_conflict_stay_id_first_on")),
    )
    op.create_index("ix_stay_conflict_agency", "stay_conflict", ["agency_id", "settled_at"])
    op.create_index(op.f("ix_stay_conflict_case_id"), "stay_conflict", ["case_id"])


def _stay_correction() -> None:
    op.create_table(
        "stay_correction",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("after_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stay_correction_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stay_correction_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_stay_correction_recorded_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_stay_correction_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_correction")),
    )
    op.create_index(op.f("ix_stay_correction_case_id"), "stay_correction", ["case_id"])
    op.create_index("ix_stay_correction_stay", "stay_correction", ["stay_id", "recorded_at"])


def _exit_wish() -> None:
    op.create_table(
        "exit_wish",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False, comment="code of the list exit_wish"),
        sa.Column("words", sa.LargeBinary(), nullable=True, comment="her own words, under the case's content key"),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_exit_wish_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_exit_wish_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_exit_wish_recorded_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_exit_wish_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_wish")),
    )
    op.create_index(op.f("ix_exit_wish_case_id"), "exit_wish", ["case_id"])
    op.create_index("ix_exit_wish_stay", "exit_wish", ["stay_id", "recorded_at"])


def _exit_approval() -> None:
    op.create_table(
        "exit_approval",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("asked_agency_id", sa.Uuid(), nullable=False),
        sa.Column("asked_kind", sa.String(), nullable=False, comment="police or prosecution"),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True, comment="code of the list exit_answer_reason"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "(is_approved IS NULL) = (answered_on IS NULL)", name=op.f("ck_exit_approval_answer_has_a_day")
        ),
        sa.CheckConstraint(
            "(is_approved IS NULL) = (reason IS NULL)", name=op.f("ck_exit_approval_answer_has_a_reason")
        ),
        sa.CheckConstraint(
            "(is_approved IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_exit_approval_answer_has_an_author")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_exit_approval_agency_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["member.id"], name=op.f("fk_exit_approval_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_agency_id"], ["agency.id"], name=op.f("fk_exit_approval_asked_agency_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["member.id"], name=op.f("fk_exit_approval_asked_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_exit_approval_case_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_exit_approval_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_approval")),
    )
    op.create_index("ix_exit_approval_asked", "exit_approval", ["asked_agency_id", "asked_at"])
    op.create_index(op.f("ix_exit_approval_case_id"), "exit_approval", ["case_id"])
    op.create_index("ix_exit_approval_stay", "exit_approval", ["stay_id", "asked_at"])


def _safety_offer() -> None:
    op.create_table(
        "safety_offer",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False, comment="code of the list safety_offer_answer"),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_safety_offer_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_safety_offer_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_safety_offer_recorded_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_safety_offer_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_offer")),
    )
    op.create_index(op.f("ix_safety_offer_case_id"), "safety_offer", ["case_id"])
    op.create_index("ix_safety_offer_stay", "safety_offer", ["stay_id", "recorded_at"])


def downgrade() -> None:
    """The way back: what was recorded in these tables goes with them, the stays stay."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in row_security.postgresql_down() if is_postgresql else row_security.sqlite_down():
        op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
