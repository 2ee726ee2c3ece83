"""Other doors into the mechanism"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0004 as row_security

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "training_session",
    *("operation_case", "venue_visit", "operation_member", "operation", "venue"),
    *("hotline_contact", "signal_case", "signal_key", "signal"),
)
"""In the order in which they can go."""


def upgrade() -> None:
    """What the new version needs."""
    _signals()
    _contacts()
    _venues()
    _operations()
    _training()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        cursor = op.get_bind().connection.cursor()
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            cursor.execute(statement)


def downgrade() -> None:
    """The way back: the tables go with what is in them, and their policies with them."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql_down():
            op.execute(statement)
    for table in TABLES:
        op.drop_table(table)


def _signals() -> None:
    op.create_table(
        "signal",
        sa.Column("from_agency_id", sa.Uuid(), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("to_agency_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False, comment="code of the list signal_basis"),
        sa.Column("state", sa.String(), nullable=False, comment="code of the list signal_state"),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age_group", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False, comment="code of the list signal_place"),
        sa.Column("person_knows", sa.String(), nullable=False),
        sa.Column("noticed", sa.LargeBinary(), nullable=True, comment="what was noticed, under the signal's own key"),
        sa.Column(
            "contact",
            sa.LargeBinary(),
            nullable=True,
            comment="how the person can be reached safely, under the same key",
        ),
        sa.Column(
            "basis_reason",
            sa.LargeBinary(),
            nullable=True,
            comment="why it was sent without her consent, under the same key",
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True, comment="code of the list signal_end"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(decided_at IS NOT NULL) = (state IN ('taken_up', 'closed'))", name=op.f("ck_signal_decision_has_a_time")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["member.id"], name=op.f("fk_signal_decided_by_id")),
        sa.ForeignKeyConstraint(["from_agency_id"], ["agency.id"], name=op.f("fk_signal_from_agency_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["member.id"], name=op.f("fk_signal_sent_by_id")),
        sa.ForeignKeyConstraint(["to_agency_id"], ["agency.id"], name=op.f("fk_signal_to_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
    )
    op.create_index("ix_signal_queue", "signal", ["to_agency_id", "state", "sent_at"])
    op.create_index("ix_signal_sent", "signal", ["from_agency_id", "sent_at"])
    op.create_table(
        "signal_key",
        sa.Column("signal_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signal_key_agency_id")),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_signal_key_signal_id")),
        sa.PrimaryKeyConstraint("signal_id", "agency_id", name=op.f("pk_signal_key")),
    )
    op.create_table(
        "signal_case",
        sa.Column("signal_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signal_case_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signal_case_case_id")),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_signal_case_signal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_case")),
        sa.UniqueConstraint("signal_id", name=op.f("uq_signal_case_signal_id")),
    )
    op.create_index(op.f("ix_signal_case_case_id"), "signal_case", ["case_id"])


def _contacts() -> None:
    op.create_table(
        "hotline_contact",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("part_of_day", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False, comment="code of the list hotline_channel"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False, comment="code of the list hotline_caller"),
        sa.Column("topic", sa.String(), nullable=False, comment="code of the list hotline_topic"),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False, comment="code of the list hotline_outcome"),
        sa.Column(
            "note",
            sa.LargeBinary(),
            nullable=True,
            comment="what matters for the next call, without names, under the agency's key",
        ),
        sa.Column("signal_id", sa.Uuid(), nullable=True, comment="the signal that it became"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_hotline_contact_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_hotline_contact_member_id")),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_hotline_contact_signal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_contact")),
    )
    op.create_index("ix_hotline_contact_list", "hotline_contact", ["agency_id", "occurred_on", "recorded_at"])


def _venues() -> None:
    op.create_table(
        "venue",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False, comment="a pseudonym that the agency gives, upper case"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list venue_kind"),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True, comment="where it lies, under the agency's key"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_venue_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("agency_id", "code", name=op.f("uq_venue_agency_id_code")),
    )


def _operations() -> None:
    op.create_table(
        "operation",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list operation_kind"),
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list operation_reason"),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("screened", sa.Integer(), nullable=False, comment="persons screened"),
        sa.Column("presumed", sa.Integer(), nullable=False, comment="of them presumed victims"),
        sa.Column("arrests", sa.Integer(), nullable=False),
        sa.Column("home_searches", sa.Integer(), nullable=False, comment="searches of private homes"),
        sa.Column(
            "note", sa.LargeBinary(), nullable=True, comment="what the counts do not tell, under the agency's key"
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("presumed <= screened", name=op.f("ck_operation_presumed_were_screened")),
        sa.CheckConstraint(
            "screened >= 0 AND presumed >= 0 AND arrests >= 0 AND home_searches >= 0",
            name=op.f("ck_operation_counts_from_zero"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_operation_agency_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["member.id"], name=op.f("fk_operation_made_by_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_operation_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
    )
    op.create_index("ix_operation_list", "operation", ["agency_id", "held_on"])
    op.create_index(op.f("ix_operation_venue_id"), "operation", ["venue_id"])
    _readers_of_operations()
    _around_operations()


def _readers_of_operations() -> None:
    op.create_table(
        "operation_member",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["member.id"], name=op.f("fk_operation_member_added_by_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_operation_member_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_operation_member_member_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_operation_member_operation_id")),
        sa.PrimaryKeyConstraint("operation_id", "member_id", name=op.f("pk_operation_member")),
    )


def _around_operations() -> None:
    op.create_table(
        "venue_visit",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_venue_visit_agency_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_venue_visit_operation_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_venue_visit_venue_id")),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_venue_visit")),
    )
    op.create_index(op.f("ix_venue_visit_venue_id"), "venue_visit", ["venue_id"])
    op.create_table(
        "operation_case",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_operation_case_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_operation_case_case_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_operation_case_operation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_case")),
        sa.UniqueConstraint("operation_id", "case_id", name=op.f("uq_operation_case_operation_id_case_id")),
    )
    op.create_index(op.f("ix_operation_case_case_id"), "operation_case", ["case_id"])


def _training() -> None:
    op.create_table(
        "training_session",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("agency_kind", sa.String(), nullable=False, comment="for whom: code of the list agency_kind"),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column(
            "topics", sa.String(), nullable=False, comment="codes of the list training_topic, separated by spaces"
        ),
        sa.Column("procedure", sa.String(), nullable=False, comment="name of the version that was taught"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_training_session_for_somebody")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_training_session_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_training_session_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
    )
    op.create_index("ix_training_session_list", "training_session", ["held_on"])
