"""Clocks and referrals in full"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0003 as row_security

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
RECORDED_FOR = "the agency that recorded it and whom it counts for"
STATES_BEFORE = "sent, seen, claimed, accepted, declined, withdrawn, expired, done"
STATES = "sent, seen, claimed, accepted, declined, withdrawn, returned, expired, done"

COLUMNS: dict[str, tuple[tuple[str, sa.types.TypeEngine[object], str | None], ...]] = {
    "case_clock": (
        ("first_due_at", MOMENT, "when it was due before its first pause; none: due_at"),
        ("paused_at", MOMENT, "since when it stands still, copied for lists"),
        ("exempt_until", MOMENT, "until when a lapse does not count, copied for lists"),
        ("remind_at", MOMENT, "from when on those who can act are reminded"),
        ("reminded_at", MOMENT, None),
    ),
    "referral": (
        ("seen_by_id", sa.Uuid(), None),
        ("decided_by_id", sa.Uuid(), None),
        ("done_by_id", sa.Uuid(), None),
        ("withdrawn_by_id", sa.Uuid(), None),
        ("accepted_event_id", sa.Uuid(), "the receiver's step of accepting"),
        ("returned_at", MOMENT, None),
        ("returned_by_id", sa.Uuid(), None),
        ("return_reason", sa.String(), "code of the list decline_reason"),
        ("return_note", sa.LargeBinary(), "what the sender should know, under the content key"),
        ("expired_at", MOMENT, None),
        ("feedback", sa.String(), "what was done: code of the list referral_outcome"),
    ),
    "call_attempt": (
        ("by_id", sa.Uuid(), "who tried"),
        ("event_id", sa.Uuid(), "the step that logged it"),
    ),
}
"""What tables that were there before hold besides, nothing of it required."""

BY_TIME = {"ix_referral_received": "to_agency_id", "ix_referral_sent": "from_agency_id"}
"""Indexes by which the latest referrals of an agency are found, either way."""

TABLES = ("clock_pause", "clock_exemption", "clock_silence", "focal_point")


def upgrade() -> None:
    """What the new version needs."""
    _clock_pause()
    _clock_exemption()
    _clock_silence()
    _focal_point()
    for table, columns in COLUMNS.items():
        for name, kind, comment in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True, comment=comment))
    for name, column in BY_TIME.items():
        op.create_index(name, "referral", [column, "sent_at"])
    with op.batch_alter_table("call_attempt") as batch:
        batch.alter_column("member_id", existing_type=sa.Uuid(), nullable=True)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("referral", "state", comment=STATES, existing_comment=STATES_BEFORE)
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(sa.text(statement))


def _of_a_clock(name: str, *columns: sa.Column[object], constraints: tuple[sa.Constraint, ...] = ()) -> None:
    """A table of what was done to a clock of a case."""
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment=RECORDED_FOR),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{name}_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{name}_case_id")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{name}_{column}"))
            for column, target in _targets(columns)
        ),
        *constraints,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"])


def _targets(columns: tuple[sa.Column[object], ...]) -> list[tuple[str, str]]:
    of = {"clock_id": "case_clock.id", "begun_by_event_id": "case_event.id", "ended_by_event_id": "case_event.id"}
    members = ("begun_by_id", "ended_by_id", "granted_by_id", "approved_by_id", "revoked_by_id", "set_by_id")
    of |= dict.fromkeys(members, "member.id")
    return [(column.name, of[column.name]) for column in columns if column.name in of]


def _clock_pause() -> None:
    begins = sa.CheckConstraint(
        "(begun_by_event_id IS NULL) <> (begun_by_id IS NULL)", name=op.f("ck_clock_pause_one_begins")
    )
    ends = sa.CheckConstraint(
        "(ended_at IS NULL) = (end_recorded_at IS NULL)", name=op.f("ck_clock_pause_end_is_recorded")
    )
    _of_a_clock(
        "clock_pause",
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("begun_by_event_id", sa.Uuid(), nullable=True),
        sa.Column("begun_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("end_recorded_at", MOMENT, nullable=True),
        sa.Column("ended_by_event_id", sa.Uuid(), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("voided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="why, where it was paused by hand"),
        constraints=(begins, ends),
    )
    op.create_index(op.f("ix_clock_pause_clock_id"), "clock_pause", ["clock_id"])
    _unique_while("uq_clock_pause_standing", "clock_pause", ["clock_id"], "ended_at IS NULL AND voided_at IS NULL")


def _unique_while(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=True,
        postgresql_where=sa.text(condition),
        sqlite_where=sa.text(condition),
    )


def _clock_exemption() -> None:
    _of_a_clock(
        "clock_exemption",
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("granted_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False, comment="the last day, in the country's zone"),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="why"),
    )
    op.create_index(op.f("ix_clock_exemption_clock_id"), "clock_exemption", ["clock_id"])


def _clock_silence() -> None:
    _of_a_clock(
        "clock_silence",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("lifted_at", MOMENT, nullable=True),
    )
    columns = ["case_id", "agency_id", "name"]
    _unique_while("uq_clock_silence_standing", "clock_silence", columns, "lifted_at IS NULL")


def _focal_point() -> None:
    op.create_table(
        "focal_point",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.CheckConstraint("place IN ('focal', 'backup')", name=op.f("ck_focal_point_place_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_focal_point_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_focal_point_member_id")),
        sa.PrimaryKeyConstraint("agency_id", "place", name=op.f("pk_focal_point")),
    )


def downgrade() -> None:
    """The way back: what only the new version could record goes with it."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("referral", "state", comment=STATES_BEFORE, existing_comment=STATES)
    # The older version knows no call of which it is not known who was called, and no referral given back.
    op.execute(sa.text("DELETE FROM call_attempt WHERE member_id IS NULL"))
    op.execute(sa.text("UPDATE referral SET state = 'accepted' WHERE state = 'returned'"))
    with op.batch_alter_table("call_attempt") as batch:
        batch.alter_column("member_id", existing_type=sa.Uuid(), nullable=False)
    for name in BY_TIME:
        op.drop_index(name, "referral")
    for table, columns in COLUMNS.items():
        for name, _, _ in columns:
            op.drop_column(table, name)
    for table in TABLES:
        op.drop_table(table)
