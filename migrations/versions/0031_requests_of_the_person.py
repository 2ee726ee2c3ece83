"""Requests of the person concerned, and holds by which a case is kept past its period"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0031 as row_security

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KINDS = "kind IN ('access', 'correction', 'objection', 'erasure')"
REASONED = "answer NOT IN ('in_part', 'refused') OR reason IS NOT NULL"


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        "person_request",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list person_request"),
        sa.Column("asked_by", sa.String(), nullable=False, comment="code of the list person_request_by"),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False, comment="by when it is to be answered"),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True, comment="code of the list person_request_answer"),
        sa.Column("reason", sa.String(), nullable=True, comment="code of the list person_request_reason"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_person_request_kind_known")),
        sa.CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_person_request_answer_has_a_day")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_person_request_answer_has_an_author")
        ),
        sa.CheckConstraint(REASONED, name=op.f("ck_person_request_refusal_has_a_reason")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_person_request_agency_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_person_request_recorded_by_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["member.id"], name=op.f("fk_person_request_answered_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_person_request_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_request")),
    )
    op.create_index("ix_person_request_due", "person_request", ["agency_id", "due_on"])
    op.create_index(op.f("ix_person_request_case_id"), "person_request", ["case_id"])
    _holds()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def _holds() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list hold_reason"),
        sa.Column("until", sa.Date(), nullable=False, comment="the last day on which it holds"),
        sa.Column("placed_by_id", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_legal_hold_lifted_by_somebody")
        ),
        sa.ForeignKeyConstraint(["placed_by_id"], ["member.id"], name=op.f("fk_legal_hold_placed_by_id")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["member.id"], name=op.f("fk_legal_hold_lifted_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_hold_case_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_legal_hold_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_case_id"), "legal_hold", ["case_id"])


def downgrade() -> None:
    """The way back."""
    op.drop_table("legal_hold")
    op.drop_table("person_request")
