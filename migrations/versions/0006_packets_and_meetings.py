"""Packets for other countries"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0006 as row_security

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        "transnational_packet",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("country", sa.String(), nullable=False, comment="code of the list country: who receives"),
        sa.Column("shares", sa.JSON(), nullable=False, comment="codes of the list transnational_share"),
        sa.Column("content", sa.LargeBinary(), nullable=True, comment="what was sent, as JSON, under the content key"),
        sa.Column(
            "identity", sa.LargeBinary(), nullable=True, comment="the name where it was sent, under the identity key"
        ),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True, comment="code of the list reception_answer"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "answer_note", sa.LargeBinary(), nullable=True, comment="what the receiver said, under the content key"
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_transnational_packet_answer_has_a_day")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_transnational_packet_answer_has_an_author")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_transnational_packet_agency_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["member.id"], name=op.f("fk_transnational_packet_answered_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_transnational_packet_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_transnational_packet_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transnational_packet")),
    )
    op.create_index(op.f("ix_transnational_packet_case_id"), "transnational_packet", ["case_id"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back: the tables go, and with them their policies."""
    op.drop_table("transnational_packet")
