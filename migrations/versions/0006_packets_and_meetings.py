"""Packets for other countries, and case meetings"""

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
    _meetings()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def _meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that called it"),
        sa.Column("called_by_id", sa.Uuid(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "begins_at", sa.String(), nullable=True, comment="hour and minute on the country's clocks, such as 10:30"
        ),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list meeting_kind"),
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list meeting_reason"),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column(
            "entries",
            sa.Integer(),
            nullable=False,
            comment="how many cases are on the agenda, for those who see only some",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_agency_id")),
        sa.ForeignKeyConstraint(["called_by_id"], ["member.id"], name=op.f("fk_meeting_called_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_table(
        "meeting_agency",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column(
            "basis", sa.String(), nullable=False, comment="called, party to one of the cases, or invited by its kind"
        ),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("attended_by", sa.String(), nullable=True, comment="code of the list role"),
        sa.CheckConstraint("basis IN ('called', 'party', 'invited')", name=op.f("ck_meeting_agency_basis_known")),
        sa.CheckConstraint("attended_by IS NULL OR attended", name=op.f("ck_meeting_agency_who_came_was_there")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_agency_agency_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_agency_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", "agency_id", name=op.f("pk_meeting_agency")),
    )
    op.create_index("ix_meeting_agency_list", "meeting_agency", ["agency_id", "meeting_id"])
    _agenda()


def _agenda() -> None:
    op.create_table(
        "meeting_case",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.LargeBinary(), nullable=True, comment="what was decided, under the content key"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_meeting_case_decision_has_an_author")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_case_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_meeting_case_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["member.id"], name=op.f("fk_meeting_case_decided_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_case_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_case")),
    )
    op.create_index("ix_meeting_case_agenda", "meeting_case", ["meeting_id", "position"])
    op.create_index(op.f("ix_meeting_case_case_id"), "meeting_case", ["case_id"])
    op.create_table(
        "meeting_follow_up",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("responsible_agency_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("task", sa.LargeBinary(), nullable=True, comment="what is to be done, under the content key"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by_id IS NULL)", name=op.f("ck_meeting_follow_up_done_by_somebody")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_follow_up_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_meeting_follow_up_case_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["member.id"], name=op.f("fk_meeting_follow_up_done_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["meeting_case.id"], name=op.f("fk_meeting_follow_up_entry_id")),
        sa.ForeignKeyConstraint(
            ["responsible_agency_id"], ["agency.id"], name=op.f("fk_meeting_follow_up_responsible_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_follow_up")),
    )
    op.create_index(op.f("ix_meeting_follow_up_case_id"), "meeting_follow_up", ["case_id"])
    op.create_index(op.f("ix_meeting_follow_up_entry_id"), "meeting_follow_up", ["entry_id"])
    op.create_index("ix_meeting_follow_up_due", "meeting_follow_up", ["responsible_agency_id", "done_at", "due_on"])


NEW = ("meeting_follow_up", "meeting_case", "meeting_agency", "meeting", "transnational_packet")


def downgrade() -> None:
    """The way back: policies and their function go first, then the tables."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION invited(uuid) CASCADE")
    for table in NEW:
        op.drop_table(table)
