"""Movement limits as orders, and their reviews"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0011 as row_security

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    _movement_limit()
    _limit_review()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)
    else:
        for statement in row_security.sqlite():
            op.execute(statement)


def _movement_limit() -> None:
    op.create_table(
        "movement_limit",
        sa.Column("stay_id", sa.Uuid(), nullable=False, comment="the stay in which it was ordered"),
        sa.Column("number", sa.Integer(), nullable=False, comment="how many she was given in this house with it"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list limit_kind"),
        sa.Column("ground", sa.String(), nullable=False, comment="code of the list movement_limit_reason"),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="why, in words of its own"),
        sa.Column("sealed_under", sa.String(), nullable=False, comment="content or stay: which key seals it"),
        sa.Column("ordered_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="the day on which it does not hold any more"),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column(
            "days",
            sa.Integer(),
            nullable=False,
            comment="days that it held or is to hold, begun ones counted, for the counts",
        ),
        sa.Column("own_word", sa.String(), nullable=False, comment="code of the list own_word: what she says to it"),
        sa.Column("own_words", sa.LargeBinary(), nullable=True, comment="what she said, in her words"),
        sa.Column("told_in", sa.String(), nullable=False, comment="code of the list language: in which she was told"),
        sa.Column("told_way", sa.String(), nullable=False, comment="code of the list told_way"),
        sa.Column("social_worker_told_on", sa.Date(), nullable=True, comment="of a child's, always"),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.Column("lift_reason", sa.LargeBinary(), nullable=True, comment="why it was lifted"),
        sa.Column(
            "lift_sealed_under", sa.String(), nullable=True, comment="which key seals that; none where she left before"
        ),
        sa.Column(
            "review_noticed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the house was told that it is due",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("ends_on > from_on", name=op.f("ck_movement_limit_ends_after_it_begins")),
        sa.CheckConstraint("sealed_under IN ('content', 'stay')", name=op.f("ck_movement_limit_key_known")),
        sa.CheckConstraint(
            "(lifted_on IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_movement_limit_lifted_by_somebody")
        ),
        sa.CheckConstraint(
            "lifted_on IS NULL OR lifted_on >= from_on AND lifted_on <= ends_on",
            name=op.f("ck_movement_limit_lifted_in_time"),
        ),
        sa.CheckConstraint(
            "review_on > from_on AND review_on <= ends_on", name=op.f("ck_movement_limit_reviewed_before_it_ends")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_movement_limit_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_movement_limit_case_id")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["member.id"], name=op.f("fk_movement_limit_lifted_by_id")),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["member.id"], name=op.f("fk_movement_limit_ordered_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_movement_limit_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_limit")),
    )
    op.create_index(op.f("ix_movement_limit_case_id"), "movement_limit", ["case_id"])
    op.create_index("ix_movement_limit_house", "movement_limit", ["agency_id", "ends_on"])
    op.create_index("uq_movement_limit_number", "movement_limit", ["case_id", "agency_id", "number"], unique=True)


def _limit_review() -> None:
    op.create_table(
        "limit_review",
        sa.Column("limit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False, comment="code of the list limit_review"),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="what speaks for it"),
        sa.Column("sealed_under", sa.String(), nullable=False, comment="content or stay: which key seals it"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("sealed_under IN ('content', 'stay')", name=op.f("ck_limit_review_key_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_limit_review_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_limit_review_case_id")),
        sa.ForeignKeyConstraint(["limit_id"], ["movement_limit.id"], name=op.f("fk_limit_review_limit_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_limit_review_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_review")),
    )
    op.create_index(op.f("ix_limit_review_case_id"), "limit_review", ["case_id"])
    op.create_index(op.f("ix_limit_review_limit_id"), "limit_review", ["limit_id"])


def downgrade() -> None:
    """The way back."""
    op.drop_table("limit_review")
    op.drop_table("movement_limit")
