"""When a house takes nobody: suspended, closed, its location known; and where its residents go"""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0016 as row_security

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OF = {
    "agency_id": "agency.id",
    "told_agency_id": "agency.id",
    "to_agency_id": "agency.id",
    "premises_id": "premises.id",
    "period_id": "premises_period.id",
    "cut_by_id": "premises_period.id",
    "alarm_id": "premises_alarm.id",
    "relocation_id": "relocation.id",
    "stay_id": "stay.id",
    "case_id": "cases.id",
    **dict.fromkeys(
        (
            "set_by_id",
            "ended_by_id",
            "raised_by_id",
            "drafted_by_id",
            "signed_by_id",
            "told_by_id",
            "planned_by_id",
            "driver_id",
            "written_by_id",
        ),
        "member.id",
    ),
}
"""What each column that names a row refers to."""


def upgrade() -> None:
    """What the new version needs; a shelter that was closed is closed from the day of the upgrade."""
    _period()
    _alarm()
    _told()
    _relocation()
    _place()
    _close_what_was_closed()
    with op.batch_alter_table("shelter") as batch:
        batch.drop_column("is_open")
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)
        return
    for statement in row_security.sqlite():
        op.execute(statement)


def _uuid(name: str, *, nullable: bool = False, comment: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable, comment=comment)


def _bytes(name: str, comment: str | None = None, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def _make(table: str, *made: sa.Column[object] | sa.Constraint) -> None:
    """A table with an id, and a reference for each column that names a row."""
    columns = [one for one in made if isinstance(one, sa.Column)]
    op.create_table(
        table,
        *made,
        _uuid("id"),
        *(
            sa.ForeignKeyConstraint([one.name], [OF[one.name]], name=op.f(f"fk_{table}_{one.name}"))
            for one in columns
            if one.name in OF
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str, name: str = "") -> None:
    op.create_index(name or op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _period() -> None:
    table = "premises_period"
    _make(
        table,
        _uuid("agency_id", comment="the shelter"),
        _uuid("premises_id"),
        sa.Column("kind", sa.String(), nullable=False, comment="suspended, closed, compromised"),
        sa.Column("reason", sa.String(), nullable=False, comment="code of the list shut_reason"),
        _bytes("note", "why, in words, under a key of its own"),
        _bytes("wrapped", "that key, for the shelter alone"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True, comment="the first day on which it is open again"),
        sa.Column(
            "residents_leave",
            sa.Boolean(),
            nullable=False,
            comment="whether those who live there must leave by the first day",
        ),
        _uuid("set_by_id", nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("planned_to_on", sa.Date(), nullable=True, comment="the end that was meant, where it was cut short"),
        sa.Column("ended_at", MOMENT, nullable=True),
        _uuid("ended_by_id", nullable=True),
        _uuid("cut_by_id", nullable=True, comment="the alarm's own period, where that took its place"),
        _check(table, "kind_known", "kind IN ('suspended', 'closed', 'compromised')"),
        _check(table, "ends_after_start", "to_on IS NULL OR to_on >= from_on"),
        _check(table, "end_has_an_author", "(ended_at IS NULL) = (ended_by_id IS NULL)"),
    )
    _index(table, "agency_id")
    _index(table, "premises_id", "from_on", name="ix_premises_period_days")


def _alarm() -> None:
    table = "premises_alarm"
    _make(
        table,
        _uuid("agency_id", comment="the shelter"),
        _uuid("premises_id"),
        _uuid("period_id"),
        _uuid("raised_by_id"),
        sa.Column("raised_at", MOMENT, nullable=False),
        _bytes("account", "what happened, under the alarm's own key"),
        _bytes("wrapped", "that key, for the shelter alone", nullable=False),
        _uuid("drafted_by_id", nullable=True),
        sa.Column("drafted_at", MOMENT, nullable=True),
        sa.Column("down_reason", sa.String(), nullable=True, comment="code of the list stand_down_reason"),
        _bytes("down_note", "why it is stood down, under the alarm's own key"),
        _uuid("signed_by_id", nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        _check(table, "stood_down_by_two", "signed_by_id IS NULL OR signed_by_id <> drafted_by_id"),
        _check(table, "draft_has_a_reason", "(drafted_by_id IS NULL) = (down_reason IS NULL)"),
        _check(table, "signs_a_draft", "signed_by_id IS NULL OR drafted_by_id IS NOT NULL"),
        _check(table, "signature_has_a_time", "(signed_by_id IS NULL) = (signed_at IS NULL)"),
        sa.UniqueConstraint("period_id", name=op.f("uq_premises_alarm_period_id")),
    )
    _index(table, "agency_id")


def _told() -> None:
    _make(
        "alarm_told",
        _uuid("alarm_id"),
        _uuid("agency_id", comment="the shelter"),
        _uuid("told_agency_id"),
        _uuid("told_by_id"),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("over_at", MOMENT, nullable=True, comment="when the alarm was stood down"),
        sa.UniqueConstraint("alarm_id", "told_agency_id", name=op.f("uq_alarm_told_alarm_id_told_agency_id")),
    )
    _index("alarm_told", "told_agency_id", "told_at", name="ix_alarm_told_list")


RECORDED_FOR = "the agency that recorded it and whom it counts for"


def _relocation() -> None:
    table = "relocation"
    _make(
        table,
        _uuid("premises_id"),
        _uuid("period_id"),
        _uuid("stay_id"),
        sa.Column("is_secret", sa.Boolean(), nullable=False, comment="after an alarm: no place may stand here"),
        sa.Column("destination", sa.String(), nullable=True, comment="code of the list destination"),
        _uuid("to_agency_id", nullable=True, comment="another shelter"),
        sa.Column("leave_on", sa.Date(), nullable=True),
        _uuid("planned_by_id", nullable=True),
        sa.Column("planned_at", MOMENT, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        _uuid("case_id"),
        _uuid("agency_id", comment=RECORDED_FOR),
        _check(
            table,
            "secret_says_no_place",
            "NOT is_secret OR (destination IS NULL AND to_agency_id IS NULL AND leave_on IS NULL)",
        ),
        sa.UniqueConstraint("period_id", "case_id", name=op.f("uq_relocation_period_id_case_id")),
    )
    _index(table, "case_id")
    _index(table, "premises_id")


def _place() -> None:
    table = "relocation_place"
    _make(
        table,
        _uuid("relocation_id"),
        _bytes("place", "where she goes, when, what the driver must know, as JSON"),
        _bytes("wrapped", nullable=False),
        _uuid("driver_id", nullable=True),
        _bytes("driver_wrapped"),
        _uuid("written_by_id"),
        sa.Column("written_at", MOMENT, nullable=False),
        _uuid("case_id"),
        _uuid("agency_id", comment=RECORDED_FOR),
        _check(table, "driver_has_a_key", "(driver_id IS NULL) = (driver_wrapped IS NULL)"),
        sa.UniqueConstraint("relocation_id", "agency_id", name=op.f("uq_relocation_place_relocation_id_agency_id")),
    )
    _index(table, "case_id")
    _index(table, "driver_id")


def _close_what_was_closed() -> None:
    bind, now = op.get_bind(), datetime.now(UTC)
    shelter = sa.table("shelter", sa.column("agency_id", sa.Uuid()), sa.column("is_open", sa.Boolean()))
    house = sa.table("premises", sa.column("id", sa.Uuid()), sa.column("agency_id", sa.Uuid()))
    found = bind.execute(
        sa.select(house.c.id, house.c.agency_id)
        .join(shelter, shelter.c.agency_id == house.c.agency_id)
        .where(shelter.c.is_open.is_(False))
    ).all()
    period = sa.table(
        "premises_period",
        sa.column("id", sa.Uuid()),
        sa.column("agency_id", sa.Uuid()),
        sa.column("premises_id", sa.Uuid()),
        sa.column("kind", sa.String()),
        sa.column("reason", sa.String()),
        sa.column("from_on", sa.Date()),
        sa.column("residents_leave", sa.Boolean()),
        sa.column("recorded_at", MOMENT),
    )
    for row in found:
        values = {"id": uuid4(), "agency_id": row.agency_id, "premises_id": row.id, "kind": "closed"}
        values |= {"reason": "other", "from_on": now.date(), "residents_leave": False, "recorded_at": now}
        bind.execute(sa.insert(period).values(**values))


def downgrade() -> None:
    """The way back: a shelter of which no house is open is closed."""
    op.add_column("shelter", sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(
        "UPDATE shelter SET is_open = NOT EXISTS (SELECT 1 FROM premises_period p"
        " WHERE p.agency_id = shelter.agency_id AND p.from_on <= CURRENT_DATE"
        " AND (p.to_on IS NULL OR p.to_on > CURRENT_DATE))"
    )
    with op.batch_alter_table("shelter") as batch:
        batch.alter_column("is_open", existing_type=sa.Boolean(), server_default=None)
    for table in reversed(row_security.TABLES):
        op.drop_table(table)
