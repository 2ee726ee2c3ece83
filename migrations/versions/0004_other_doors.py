"""Other doors into the mechanism"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0004 as row_security

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("hotline_contact", "signal_case", "signal_key", "signal")
"""In the order in which they can go."""


def upgrade() -> None:
    """What the new version needs."""
    _signals()
    _contacts()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        cursor = op.get_bind().connection.cursor()
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            cursor.execute(statement)


def downgrade() -> None:
    """The way back: the tables go with what is in them, and their policies with them."""
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
