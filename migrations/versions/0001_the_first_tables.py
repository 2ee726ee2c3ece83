"""The first tables"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0001 as row_security

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        "agency",
        sa.Column("key", sa.String(), nullable=False, comment="a short name for configuration and imports"),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list agency_kind"),
        sa.Column("region", sa.String(), nullable=True, comment="code of the list region; none: the whole country"),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_sq", sa.String(), nullable=False),
        sa.Column("name_sr", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("key", name=op.f("uq_agency_key")),
    )
    op.create_table(
        "audit_chain",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_chain")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(), nullable=False, comment="a constant of the server, never of a request"),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False, comment="canonical JSON: ids, counts and codes"),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "position", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_case", ["case_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False, comment="codes for the sentence, never names"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True, comment="set when mail has left"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_inbox", ["agency_id", "read_at", "created_at"], unique=False)

    op.create_table(
        "sign_in_attempt",
        sa.Column("name_digest", sa.String(), nullable=False),
        sa.Column("network_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_network_digest"), ["network_digest"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_recent", ["name_digest", "at"], unique=False)

    op.create_table(
        "cases",
        sa.Column("reference", sa.String(), nullable=False, comment="pseudonym without meaning, KS-YYYY-random"),
        sa.Column("opened_by_agency_id", sa.Uuid(), nullable=False),
        sa.Column("lead_agency_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False, comment="kind of the agency that opened it"),
        sa.Column("entry_door", sa.String(), nullable=False, comment="code of the list entry_door"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False, comment="open, closed or imported"),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("previous_case_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_cases_closed_has_a_day")),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["agency.id"], name=op.f("fk_cases_lead_agency_id")),
        sa.ForeignKeyConstraint(["opened_by_agency_id"], ["agency.id"], name=op.f("fk_cases_opened_by_agency_id")),
        sa.ForeignKeyConstraint(["previous_case_id"], ["cases.id"], name=op.f("fk_cases_previous_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_previous_case_id"), ["previous_case_id"], unique=False)

    op.create_table(
        "member",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in", sa.String(), nullable=False, comment="the name typed at sign-in, lower case"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False, comment="for requests for staff of one's own sex"),
        sa.Column("duty_phone", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_member_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("sign_in", name=op.f("uq_member_sign_in")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "register_mapping",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False, comment="the mapping as JSON"),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_register_mapping_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_mapping")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_register_mapping_agency_id_name")),
    )
    op.create_table(
        "room",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_room_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "shelter",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.String(),
            nullable=False,
            comment="high_risk, foreign, child, ngo, men_disabled, semi_independent",
        ),
        sa.Column("takes_women", sa.Boolean(), nullable=False),
        sa.Column("takes_men", sa.Boolean(), nullable=False),
        sa.Column("takes_domestic", sa.Boolean(), nullable=False),
        sa.Column("takes_foreign", sa.Boolean(), nullable=False),
        sa.Column("takes_high_risk", sa.Boolean(), nullable=False),
        sa.Column("takes_accompanied", sa.Boolean(), nullable=False),
        sa.Column("takes_disability", sa.Boolean(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("max_age IS NULL OR max_age >= min_age", name=op.f("ck_shelter_ages_in_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shelter_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_shelter")),
    )
    op.create_table(
        "bed",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_cot", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_bed_agency_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_bed_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed")),
    )
    with op.batch_alter_table("bed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bed_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "case_bar",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="why, sealed under the content key"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_bar_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_bar_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_bar_member_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["member.id"], name=op.f("fk_case_bar_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_bar")),
    )
    with op.batch_alter_table("case_bar", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_bar_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_bar_who", ["case_id", "member_id"], unique=False)

    op.create_table(
        "case_event",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="order within the case; steps of one act share it"),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answers",
            sa.LargeBinary(),
            nullable=True,
            comment="what the form held, as JSON; masked by each field's class on opening",
        ),
        sa.Column(
            "identity", sa.LargeBinary(), nullable=True, comment="the answers of class I, under the identity key"
        ),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Uuid(), nullable=True),
        sa.Column("corrected_by_id", sa.Uuid(), nullable=True, comment="the later event that holds in its place"),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="why it was voided or corrected"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_event_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_event_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_event_member_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["member.id"], name=op.f("fk_case_event_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_event_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_event_line", ["case_id", "position"], unique=False)

    op.create_table(
        "case_key",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False, comment="an agency, or the linker's desk"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('identity', 'content')", name=op.f("ck_case_key_kind_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_key_case_id")),
        sa.PrimaryKeyConstraint("case_id", "holder_id", "kind", name=op.f("pk_case_key")),
    )
    op.create_table(
        "case_party",
        sa.Column("agency_kind", sa.String(), nullable=False, comment="kept here so that facts need no join"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "basis",
            sa.String(),
            nullable=False,
            comment="opening, call, referral, care_decision, import, cover, hand_over",
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_kind", sa.String(), nullable=True, comment="handed_over, withdrawn or closed"),
        sa.Column("case_state", sa.String(), nullable=False, comment="state of the case, copied for lists"),
        sa.Column("stage", sa.String(), nullable=False, comment="furthest stage of the line, copied for lists"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("kind IN ('duty', 'consent')", name=op.f("ck_case_party_kind_known")),
        sa.CheckConstraint("(ended_at IS NULL) = (end_kind IS NULL)", name=op.f("ck_case_party_end_has_a_kind")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_party_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_party_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
    )
    with op.batch_alter_table("case_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_party_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_party_list", ["agency_id", "case_state", "opened_on", "case_id"], unique=False)
        batch_op.create_index("ix_case_party_newest", ["agency_id", "opened_on", "case_id"], unique=False)
        batch_op.create_index(
            "uq_case_party_live",
            ["case_id", "agency_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "case_staff",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_staff_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_staff_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_staff_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_staff")),
    )
    with op.batch_alter_table("case_staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_staff_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_staff_member", ["member_id", "case_id"], unique=False)
        batch_op.create_index(
            "uq_case_staff_live",
            ["case_id", "member_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "client_record",
        sa.Column("identity", sa.LargeBinary(), nullable=True, comment="names, birth date or age, documents, as JSON"),
        sa.Column(
            "safe_contact",
            sa.LargeBinary(),
            nullable=True,
            comment="way, number, hours, who may answer, what may be said, code word",
        ),
        sa.Column("has_safe_contact", sa.Boolean(), nullable=False),
        sa.Column("age_in_doubt", sa.Boolean(), nullable=False, comment="presumed a child until shown otherwise"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("snapshot_on", sa.Date(), nullable=False),
        sa.Column("register_id", sa.Uuid(), nullable=True, comment="the import it came with: rows of one list differ"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("citizenship", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False, comment="form of exploitation"),
        sa.Column("scope", sa.String(), nullable=False, comment="internal or cross_border"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_client_record_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_client_record_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_record")),
    )
    with op.batch_alter_table("client_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_record_case_id"), ["case_id"], unique=False)
        batch_op.create_index("uq_client_record_case_id", ["case_id"], unique=True)

    op.create_table(
        "cover",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("covered_by_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("member_id <> covered_by_id", name=op.f("ck_cover_by_another")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_cover_ends_after_start")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_cover_agency_id")),
        sa.ForeignKeyConstraint(["covered_by_id"], ["member.id"], name=op.f("fk_cover_covered_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_cover_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_covered_by_id"), ["covered_by_id"], unique=False)

    op.create_table(
        "duty_shift",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, comment="1 is called first"),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False, comment="codes of the list language, separated by spaces"),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_duty_shift_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_duty_shift_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shift")),
    )
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_shift_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "keep_apart",
        sa.Column("other_case_id", sa.Uuid(), nullable=True),
        sa.Column("shelter_id", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="why"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("(other_case_id IS NULL) <> (shelter_id IS NULL)", name=op.f("ck_keep_apart_one_of_two")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_keep_apart_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_keep_apart_case_id")),
        sa.ForeignKeyConstraint(["other_case_id"], ["cases.id"], name=op.f("fk_keep_apart_other_case_id")),
        sa.ForeignKeyConstraint(["shelter_id"], ["agency.id"], name=op.f("fk_keep_apart_shelter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keep_apart")),
    )
    with op.batch_alter_table("keep_apart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_keep_apart_case_id"), ["case_id"], unique=False)

    op.create_table(
        "member_role",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_role_member_id")),
        sa.PrimaryKeyConstraint("member_id", "role", name=op.f("pk_member_role")),
    )
    op.create_table(
        "member_secret",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "is_first",
            sa.Boolean(),
            nullable=False,
            comment="an administrator has seen it: it opens nothing but the page that replaces it",
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_secret_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_secret")),
    )
    op.create_table(
        "note",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sensitivity", sa.String(), nullable=False, comment="class of field.md 8.1 that may read it"),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True, comment="the remark; class in the column beside it"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_note_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_note_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_note_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_case_id"), ["case_id"], unique=False)

    op.create_table(
        "record_change",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False, comment="which part of the record: identity or safe_contact"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "former", sa.LargeBinary(), nullable=True, comment="what stood there, as JSON, under the identity key"
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="why it was changed, under the content key"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("part IN ('identity', 'safe_contact')", name=op.f("ck_record_change_part_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_record_change_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_record_change_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_record_change_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_change")),
    )
    with op.batch_alter_table("record_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_change_case_id"), ["case_id"], unique=False)

    op.create_table(
        "register_draft",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("definition", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True, comment="the file's bytes"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_register_draft_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_register_draft_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_draft")),
    )
    op.create_table(
        "register_import",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("mapping_name", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False, comment="counts by kind of fact, as JSON; no values"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_register_import_agency_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["member.id"], name=op.f("fk_register_import_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
        sa.UniqueConstraint("agency_id", "file_digest", name=op.f("uq_register_import_agency_id_file_digest")),
    )
    op.create_table(
        "request_key",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "digest",
            sa.String(),
            nullable=False,
            comment="of route and body: another body under the same key is refused",
        ),
        sa.Column("outcome", sa.String(), nullable=True, comment="ids of what the act made, as JSON"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_request_key_member_id")),
        sa.PrimaryKeyConstraint("member_id", "key", name=op.f("pk_request_key")),
    )
    op.create_table(
        "service_given",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(), nullable=False, comment="code of the list service_kind"),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="a short remark"),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_service_given_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_service_given_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_service_given_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_given")),
    )
    with op.batch_alter_table("service_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_given_case_id"), ["case_id"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column(
            "values",
            sa.String(),
            nullable=False,
            comment="what the web keeps for the session, as JSON; never case data",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_sign_in_session_member_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in_session")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_member_id"), ["member_id"], unique=False)

    op.create_table(
        "unmet_need",
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("has_disability", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unmet_need_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unmet_need_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_need")),
    )
    with op.batch_alter_table("unmet_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unmet_need_case_id"), ["case_id"], unique=False)

    op.create_table(
        "workflow_run",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("states", sa.JSON(), nullable=False),
        sa.Column("set_aside_from", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_workflow_run_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_workflow_run")),
    )
    op.create_table(
        "bed_hold",
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "state IN ('held', 'used', 'released', 'expired', 'needs_place')", name=op.f("ck_bed_hold_state_known")
        ),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_bed_hold_not_empty")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_bed_hold_agency_id")),
        sa.ForeignKeyConstraint(["bed_id"], ["bed.id"], name=op.f("fk_bed_hold_bed_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bed_hold_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_bed_hold_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed_hold")),
    )
    with op.batch_alter_table("bed_hold", schema=None) as batch_op:
        batch_op.create_index("ix_bed_hold_bed", ["bed_id", "from_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_bed_hold_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_clock",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "calendar", sa.String(), nullable=False, comment="version of the holiday calendar it was computed by"
        ),
        sa.Column("started_by_id", sa.Uuid(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by_id", sa.Uuid(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapse_noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_clock_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_clock_case_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["case_event.id"], name=op.f("fk_case_clock_started_by_id")),
        sa.ForeignKeyConstraint(["stopped_by_id"], ["case_event.id"], name=op.f("fk_case_clock_stopped_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clock")),
    )
    with op.batch_alter_table("case_clock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_clock_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_clock_due", ["agency_id", "stopped_at", "due_at"], unique=False)

    op.create_table(
        "consent",
        sa.Column("purpose", sa.String(), nullable=False, comment="code of the list consent_purpose"),
        sa.Column("recipient_kind", sa.String(), nullable=False, comment="kind of agency, or * for none in particular"),
        sa.Column("recipient_agency_id", sa.Uuid(), nullable=True),
        sa.Column("given_by", sa.String(), nullable=False, comment="self, guardian or assent"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_at IS NULL)", name=op.f("ck_consent_withdrawal_dated_twice")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_consent_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consent_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_consent_event_id")),
        sa.ForeignKeyConstraint(["recipient_agency_id"], ["agency.id"], name=op.f("fk_consent_recipient_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_consent_live", ["case_id", "purpose", "withdrawn_at"], unique=False)

    op.create_table(
        "count_fact",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("community", sa.String(), nullable=False, comment="in aggregates only (decision 36)"),
        sa.Column("entry_door", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("citizenship", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False, comment="form of exploitation"),
        sa.Column("scope", sa.String(), nullable=False, comment="internal or cross_border"),
        sa.CheckConstraint("weight IN (1, -1)", name=op.f("ck_count_fact_weight_signed")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_count_fact_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_count_fact_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_count_fact_event_id")),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_count_fact_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_fact")),
    )
    with op.batch_alter_table("count_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_fact_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_count_fact_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_count_fact_period", ["metric", "occurred_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_count_fact_record_id"), ["record_id"], unique=False)
        batch_op.create_index(
            "ix_count_fact_taken_back",
            ["record_id", "metric"],
            unique=False,
            postgresql_where=sa.text("weight = -1"),
            sqlite_where=sa.text("weight = -1"),
        )

    op.create_table(
        "guardian",
        sa.Column("details", sa.LargeBinary(), nullable=True, comment="name, relation, contact, as JSON"),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.Column("is_suspect", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_guardian_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_guardian_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_guardian_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
    )
    with op.batch_alter_table("guardian", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guardian_case_id"), ["case_id"], unique=False)

    op.create_table(
        "link_pair",
        sa.Column("record_a_id", sa.Uuid(), nullable=False),
        sa.Column("record_b_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column(
            "agreement", sa.String(), nullable=False, comment="agreement by attribute as JSON: keys only, no values"
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True, comment="coded reason of the decision"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state IN ('sure', 'doubtful', 'confirmed', 'refused', 'undone', 'lapsed')",
            name=op.f("ck_link_pair_state_known"),
        ),
        sa.CheckConstraint("record_a_id < record_b_id", name=op.f("ck_link_pair_ordered")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["member.id"], name=op.f("fk_link_pair_decided_by_id")),
        sa.ForeignKeyConstraint(["record_a_id"], ["client_record.id"], name=op.f("fk_link_pair_record_a_id")),
        sa.ForeignKeyConstraint(["record_b_id"], ["client_record.id"], name=op.f("fk_link_pair_record_b_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_pair")),
    )
    with op.batch_alter_table("link_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_pair_record_b_id"), ["record_b_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_pair_state"), ["state"], unique=False)
        batch_op.create_index("uq_link_pair_records", ["record_a_id", "record_b_id"], unique=True)

    op.create_table(
        "link_token",
        sa.Column("token", sa.LargeBinary(length=8), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_link_token_record_id")),
        sa.PrimaryKeyConstraint("token", "record_id", name=op.f("pk_link_token")),
    )
    op.create_table(
        "record_person",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_record_person_record_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_record_person")),
    )
    with op.batch_alter_table("record_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_person_person_id"), ["person_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("from_agency_id", sa.Uuid(), nullable=False),
        sa.Column("to_agency_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("accepts", sa.String(), nullable=False, comment="the receiver's action on the track when accepting"),
        sa.Column("declines", sa.String(), nullable=True, comment="the receiver's action when declining"),
        sa.Column(
            "state",
            sa.String(),
            nullable=False,
            comment="sent, seen, claimed, accepted, declined, withdrawn, expired, done",
        ),
        sa.Column(
            "basis", sa.String(), nullable=False, comment="on what the receiver will be a party: duty or consent"
        ),
        sa.Column("region", sa.String(), nullable=False, comment="calls carry no identity and no story (decision 4)"),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column(
            "packet",
            sa.LargeBinary(),
            nullable=True,
            comment="what the person agreed to send along, under the packet's own key",
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decline_reason", sa.String(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name=op.f("ck_referral_decision_has_a_time")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referral_case_id")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["member.id"], name=op.f("fk_referral_claimed_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_referral_event_id")),
        sa.ForeignKeyConstraint(["from_agency_id"], ["agency.id"], name=op.f("fk_referral_from_agency_id")),
        sa.ForeignKeyConstraint(["to_agency_id"], ["agency.id"], name=op.f("fk_referral_to_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_referral_queue", ["to_agency_id", "state", "sent_at"], unique=False)

    op.create_table(
        "register_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "fingerprint",
            sa.LargeBinary(),
            nullable=False,
            comment="keyed digest of the row: the same row in another file is known",
        ),
        sa.Column("source", sa.LargeBinary(), nullable=True, comment="the row as it stood in the file, as JSON"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_register_row_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_register_row_case_id")),
        sa.ForeignKeyConstraint(["import_id"], ["register_import.id"], name=op.f("fk_register_row_import_id")),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_register_row_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_row")),
        sa.UniqueConstraint("agency_id", "fingerprint", name=op.f("uq_register_row_agency_id_fingerprint")),
    )
    with op.batch_alter_table("register_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_row_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_row_import_id"), ["import_id"], unique=False)

    op.create_table(
        "search_token",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(length=8), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_search_token_agency_id")),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_search_token_record_id")),
        sa.PrimaryKeyConstraint("agency_id", "token", "record_id", name=op.f("pk_search_token")),
    )
    op.create_table(
        "signature",
        sa.Column("event_id", sa.Uuid(), nullable=False, comment="the proposal that is signed"),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signature_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signature_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_signature_event_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_signature_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_signature_role",
            ["event_id", "role"],
            unique=True,
            postgresql_where=sa.text("voided_at IS NULL"),
            sqlite_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "stay",
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("previous_stay_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("expected_until", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "safety",
            sa.LargeBinary(),
            nullable=True,
            comment="alias, alerts, allergies, children present, under the stay's own key",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.CheckConstraint("left_on IS NULL OR destination IS NOT NULL", name=op.f("ck_stay_left_for_somewhere")),
        sa.CheckConstraint("left_on IS NULL OR left_on >= arrived_on", name=op.f("ck_stay_leaves_after_arrival")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stay_agency_id")),
        sa.ForeignKeyConstraint(["bed_id"], ["bed.id"], name=op.f("fk_stay_bed_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stay_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_stay_event_id")),
        sa.ForeignKeyConstraint(["previous_stay_id"], ["stay.id"], name=op.f("fk_stay_previous_stay_id")),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_stay_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.create_index("ix_stay_bed", ["bed_id", "arrived_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_stay_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_stay_open",
            ["bed_id"],
            unique=False,
            postgresql_where=sa.text("left_on IS NULL"),
            sqlite_where=sa.text("left_on IS NULL"),
        )
        batch_op.create_index("ix_stay_record", ["record_id", "arrived_on"], unique=False)

    op.create_table(
        "call_attempt",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False, comment="who was called"),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False, comment="code of the list call_outcome"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_call_attempt_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_call_attempt_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_call_attempt_member_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_call_attempt_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
    )
    with op.batch_alter_table("call_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_attempt_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_attempt_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "packet_key",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_packet_key_agency_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_packet_key_referral_id")),
        sa.PrimaryKeyConstraint("referral_id", "agency_id", name=op.f("pk_packet_key")),
    )
    op.create_table(
        "stay_key",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stay_key_agency_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_stay_key_stay_id")),
        sa.PrimaryKeyConstraint("stay_id", name=op.f("pk_stay_key")),
    )
    op.bulk_insert(
        sa.table("audit_chain", sa.column("number"), sa.column("length"), sa.column("head")),
        [{"number": number, "length": 0, "head": ""} for number in range(16)],
    )
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        cursor = op.get_bind().connection.cursor()
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            cursor.execute(statement)
    else:
        for statement in row_security.sqlite():
            op.execute(statement)


def downgrade() -> None:
    """The way back: everything goes, functions too."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":  # first, for policies that read another table would hold it
        for statement in row_security.postgresql_down():
            op.execute(sa.text(statement))
    metadata = sa.MetaData()
    metadata.reflect(bind)
    metadata.drop_all(bind, tables=[t for t in metadata.sorted_tables if t.name != "alembic_version"])
