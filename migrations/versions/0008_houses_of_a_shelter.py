"""A shelter has houses, each with its rooms and an address of its own"""

import uuid

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0008 as row_security

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FIRST = "House 1"
KEPT = ("address", "wrapped", "version", "set_at", "set_by_id")
COPIED = f"premises_id, agency_id, {', '.join(KEPT)}"


def upgrade() -> None:
    """What the new version needs: each shelter gets one house, and all that it has is there."""
    op.create_table(
        "premises",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="a code such as House 1, never an address"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_premises_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_premises_agency_id_name")),
    )
    op.create_index(op.f("ix_premises_agency_id"), "premises", ["agency_id"])
    # The first house has the shelter's own id: an address that was sealed to its shelter stays sealed to its house.
    op.execute(
        f"INSERT INTO premises (id, agency_id, name) SELECT id, id, '{FIRST}' FROM agency"
        " WHERE kind = 'shelter' OR id IN (SELECT agency_id FROM shelter) OR id IN (SELECT agency_id FROM room)"
        " OR id IN (SELECT agency_id FROM shelter_address) OR id IN (SELECT agency_id FROM address_opening)"
    )
    _in_a_house("room")
    op.create_index(op.f("ix_room_premises_id"), "room", ["premises_id"])
    _in_a_house("address_opening")
    _an_address_for_each()
    _secure("premises", "shelter_address")


def _in_a_house(table: str) -> None:
    op.add_column(table, sa.Column("premises_id", sa.Uuid(), nullable=True))
    op.execute(f"UPDATE {table} SET premises_id = agency_id")
    with op.batch_alter_table(table) as batch:
        batch.alter_column("premises_id", existing_type=sa.Uuid(), nullable=False)
        batch.create_foreign_key(op.f(f"fk_{table}_premises_id"), "premises", ["premises_id"], ["id"])


def _an_address_for_each() -> None:
    """The same rows by house and not by shelter."""
    op.execute("CREATE TABLE shelter_address_before AS SELECT agency_id AS premises_id, * FROM shelter_address")
    op.drop_table("shelter_address")
    _create_address(
        "where the house is and how to get in, under the address's own key",
        sa.Column("premises_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the shelter"),
        sa.ForeignKeyConstraint(["premises_id"], ["premises.id"], name=op.f("fk_shelter_address_premises_id")),
        sa.PrimaryKeyConstraint("premises_id", name=op.f("pk_shelter_address")),
    )
    op.create_index(op.f("ix_shelter_address_agency_id"), "shelter_address", ["agency_id"])
    op.execute(f"INSERT INTO shelter_address ({COPIED}) SELECT {COPIED} FROM shelter_address_before")
    op.drop_table("shelter_address_before")


def _create_address(comment: str, *keyed: sa.Column[uuid.UUID] | sa.Constraint) -> None:
    op.create_table(
        "shelter_address",
        *keyed,
        sa.Column("address", sa.LargeBinary(), nullable=True, comment=comment),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="how often it was written: each time under a new key"
        ),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shelter_address_agency_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["member.id"], name=op.f("fk_shelter_address_set_by_id")),
    )


def _secure(*tables: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"], *tables):
            op.execute(statement)


def downgrade() -> None:
    """The way back: the address of a shelter is that of its first house; what others had goes with them."""
    columns = ", ".join(KEPT)
    op.execute(
        f"CREATE TABLE shelter_address_before AS SELECT agency_id, {columns} FROM shelter_address"
        " WHERE premises_id = agency_id"
    )
    op.drop_table("shelter_address")
    _create_address(
        "where the shelter is and how to get in, under the address's own key",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_shelter_address")),
    )
    op.execute(f"INSERT INTO shelter_address (agency_id, {columns}) SELECT * FROM shelter_address_before")
    op.drop_table("shelter_address_before")
    _secure("shelter_address")
    op.drop_index(op.f("ix_room_premises_id"), "room")
    for table in ("room", "address_opening"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_premises_id"), type_="foreignkey")
            batch.drop_column("premises_id")
    op.drop_table("premises")
