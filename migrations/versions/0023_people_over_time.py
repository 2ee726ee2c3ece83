"""Which person a record was taken to be, over time, and roll-ups of the counts"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import rollups_0023 as rollups
from migrations.frozen import row_security_0023 as row_security

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ALWAYS = "1970-01-01 00:00:00+00:00"
"""Since when the persons of before are taken to be so: nothing older is known, and reports of past days stay."""


def upgrade() -> None:
    """What the new version needs."""
    since = sa.Column(
        "since",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=ALWAYS,
        comment="when it was taken to be this person; a person of its own before",
    )
    with op.batch_alter_table("record_person") as table:
        table.add_column(since)
    with op.batch_alter_table("record_person") as table:
        table.alter_column("since", server_default=None)
    op.create_table(
        "former_person",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["client_record.id"], name=op.f("fk_former_person_record_id")),
        sa.PrimaryKeyConstraint("record_id", "since", name=op.f("pk_former_person")),
    )
    op.create_table(
        "kept_link",
        sa.Column("record_a_id", sa.Uuid(), nullable=False),
        sa.Column("record_b_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["record_a_id"], ["client_record.id"], name=op.f("fk_kept_link_record_a_id")),
        sa.ForeignKeyConstraint(["record_b_id"], ["client_record.id"], name=op.f("fk_kept_link_record_b_id")),
        sa.PrimaryKeyConstraint("record_a_id", "record_b_id", name=op.f("pk_kept_link")),
    )
    _rollups()
    for statement in _statements():
        op.execute(statement)


def _rollups() -> None:
    unit = ("unit", sa.String(), "month, year, or april: a year that begins on 1 April")
    agency = ("agency_id", sa.Uuid(), "whose own numbers they are; noughts: the nation's")
    of_a_cell: tuple[tuple[str, sa.types.TypeEngine[object], str | None], ...] = (
        unit,
        ("start_on", sa.Date(), None),
        agency,
        ("dimension", sa.String(), "total, agency, people, overlap, or a breakdown"),
        ("metric", sa.String(), None),
        ("value", sa.String(), None),
    )
    op.create_table(
        "count_cell",
        *(sa.Column(name, kind, nullable=False, comment=comment) for name, kind, comment in of_a_cell),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*(name for name, _, _ in of_a_cell), name=op.f("pk_count_cell")),
    )
    op.create_table(
        "count_delta",
        *(sa.Column(name, kind, nullable=False, comment=comment) for name, kind, comment in of_a_cell[:3]),
        sa.Column("changes", sa.JSON(), nullable=False, comment="by dimension|metric|value how many more, or fewer"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_delta")),
    )


def _statements() -> list[str]:
    if op.get_bind().dialect.name == "sqlite":
        return row_security.sqlite()
    roles = op.get_context().config.attributes
    return [one for each in (row_security, rollups) for one in each.postgresql(roles["app_role"], roles["backup_role"])]


def downgrade() -> None:
    """The way back: a report of a past day takes the persons of today again."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in row_security.SQLITE_DOWN if is_sqlite else rollups.POSTGRESQL_DOWN + row_security.POSTGRESQL_DOWN:
        op.execute(statement)
    op.drop_table("count_delta")
    op.drop_table("count_cell")
    op.drop_table("kept_link")
    op.drop_table("former_person")
    with op.batch_alter_table("record_person") as table:
        table.drop_column("since")
