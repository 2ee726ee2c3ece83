"""Texts, belongings, appointments, complaints and incidents of a shelter"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0017 as row_security

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    _house_text()
    _acknowledgement()
    _belonging()
    _appointment()
    _complaint()
    _incident()
    _incident_step()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def _house_text() -> None:
    op.create_table(
        "house_text",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list house_text"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False, comment="code of the list language"),
        sa.Column(
            "body", sa.String(), nullable=False, comment="names nobody and no place: it is printed and given away"
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_house_text_agency_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["member.id"], name=op.f("fk_house_text_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_text")),
    )
    op.create_index("uq_house_text_version", "house_text", ["agency_id", "kind", "version", "language"], unique=True)


def _acknowledgement() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list house_text"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "language", sa.String(), nullable=False, comment="code of the list language: in which it was read or told"
        ),
        sa.Column("way", sa.String(), nullable=False, comment="code of the list told_way"),
        sa.Column("word", sa.String(), nullable=False, comment="code of the list acknowledged"),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_acknowledgement_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_acknowledgement_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_acknowledgement_member_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_acknowledgement_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    op.create_index(op.f("ix_acknowledgement_case_id"), "acknowledgement", ["case_id"])


def _belonging() -> None:
    op.create_table(
        "belonging",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list belonging"),
        sa.Column("at_own_wish", sa.Boolean(), nullable=False),
        sa.Column("description", sa.LargeBinary(), nullable=True, comment="what it is"),
        sa.Column("sealed_under", sa.String(), nullable=False, comment="content or stay: which key seals it"),
        sa.Column("occurred_on", sa.Date(), nullable=False, comment="when it was taken into keeping"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_to", sa.String(), nullable=True, comment="code of the list returned_to"),
        sa.Column("returned_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("sealed_under IN ('content', 'stay')", name=op.f("ck_belonging_key_known")),
        sa.CheckConstraint("kind <> 'papers' OR at_own_wish", name=op.f("ck_belonging_papers_at_own_wish")),
        sa.CheckConstraint(
            "(returned_on IS NULL) = (returned_by_id IS NULL)", name=op.f("ck_belonging_returned_by_somebody")
        ),
        sa.CheckConstraint(
            "(returned_on IS NULL) = (returned_to IS NULL)", name=op.f("ck_belonging_returned_to_somebody")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_belonging_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_belonging_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_belonging_member_id")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["member.id"], name=op.f("fk_belonging_returned_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_belonging_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_belonging")),
    )
    op.create_index(op.f("ix_belonging_case_id"), "belonging", ["case_id"])


def _appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list appointment"),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "begins_at", sa.String(), nullable=True, comment="hour and minute on the country's clocks, such as 10:30"
        ),
        sa.Column("goes_along", sa.String(), nullable=False, comment="code of the list goes_along"),
        sa.Column(
            "reached_by",
            sa.String(),
            nullable=False,
            comment="code of the list reached_by: never around the safe contact",
        ),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="where and with whom; nothing on health"),
        sa.Column("sealed_under", sa.String(), nullable=False, comment="content or stay: which key seals it"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True, comment="code of the list appointment_outcome"),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("sealed_under IN ('content', 'stay')", name=op.f("ck_appointment_key_known")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_by_id IS NULL)", name=op.f("ck_appointment_outcome_has_an_author")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_appointment_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_appointment_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_appointment_member_id")),
        sa.ForeignKeyConstraint(["outcome_by_id"], ["member.id"], name=op.f("fk_appointment_outcome_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_appointment_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_case_id"), "appointment", ["case_id"])
    op.create_index("ix_appointment_house", "appointment", ["agency_id", "held_on"])


def _complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="who receives and answers it"),
        sa.Column("shelter_id", sa.Uuid(), nullable=False, comment="the shelter that it is about"),
        sa.Column("made_to", sa.String(), nullable=False, comment="house, or past it: then for supervisors alone"),
        sa.Column("case_id", sa.Uuid(), nullable=True, comment="none of a nameless one"),
        sa.Column("about_member_id", sa.Uuid(), nullable=True, comment="who never reads it"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list complaint"),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False, comment="its key, for the agency that receives it"),
        sa.Column("told", sa.LargeBinary(), nullable=True, comment="what the person says"),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("overdue_noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True, comment="what was answered, and done"),
        sa.Column("answer_told_on", sa.Date(), nullable=True, comment="when the person was told the answer"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_complaint_answered_by_somebody")
        ),
        sa.CheckConstraint("made_to IN ('house', 'past')", name=op.f("ck_complaint_made_to_known")),
        sa.ForeignKeyConstraint(["about_member_id"], ["member.id"], name=op.f("fk_complaint_about_member_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_complaint_agency_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["member.id"], name=op.f("fk_complaint_answered_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_complaint_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["member.id"], name=op.f("fk_complaint_recorded_by_id")),
        sa.ForeignKeyConstraint(["shelter_id"], ["agency.id"], name=op.f("fk_complaint_shelter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_case_id"), "complaint", ["case_id"])
    op.create_index("ix_complaint_list", "complaint", ["agency_id", "received_on"])


def _incident() -> None:
    op.create_table(
        "incident",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("stay_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False, comment="its place in the register of the shelter"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list incident"),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column(
            "begins_at", sa.String(), nullable=True, comment="hour and minute on the country's clocks, such as 10:30"
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "wrapped",
            sa.LargeBinary(),
            nullable=True,
            comment="its key, for the house; none once it is closed and she left",
        ),
        sa.Column(
            "case_wrapped", sa.LargeBinary(), nullable=True, comment="its key, under the content key of the case"
        ),
        sa.Column("account", sa.LargeBinary(), nullable=True, comment="what happened"),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("conclusion", sa.LargeBinary(), nullable=True, comment="what came of it"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_incident_closed_by_somebody")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_incident_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_incident_case_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["member.id"], name=op.f("fk_incident_closed_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_incident_member_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_incident_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_case_id"), "incident", ["case_id"])
    op.create_index("uq_incident_number", "incident", ["agency_id", "number"], unique=True)


def _incident_step() -> None:
    op.create_table(
        "incident_step",
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="as the country's file has it"),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True, comment="done or not_done"),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True, comment="when that was recorded"),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "basis", sa.String(), nullable=True, comment="code of the list telling_basis, of a step that needs one"
        ),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="how, or why not, under the incident's key"),
        sa.Column(
            "told_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the coordinator was told that it is overdue",
        ),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True, comment="when the supervisor was"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(outcome IS NULL) = (done_by_id IS NULL)", name=op.f("ck_incident_step_done_by_somebody")),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('done', 'not_done')", name=op.f("ck_incident_step_outcome_known")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_incident_step_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_incident_step_case_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["member.id"], name=op.f("fk_incident_step_done_by_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_step_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_step")),
    )
    op.create_index(op.f("ix_incident_step_case_id"), "incident_step", ["case_id"])
    op.create_index("ix_incident_step_due", "incident_step", ["agency_id", "due_at"])
    op.create_index(op.f("ix_incident_step_incident_id"), "incident_step", ["incident_id"])


def downgrade() -> None:
    """The way back."""
    op.drop_table("incident_step")
    op.drop_table("incident")
    op.drop_table("complaint")
    op.drop_table("appointment")
    op.drop_table("belonging")
    op.drop_table("acknowledgement")
    op.drop_table("house_text")
