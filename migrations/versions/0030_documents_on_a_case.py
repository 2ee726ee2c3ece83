"""Documents on a case"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0030 as row_security

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLE = "case_document"
CHECKS = {
    "holds_something": "size > 0",
    "removal_has_a_name": "(removed_at IS NULL) = (removed_by_id IS NULL)",
    "removed_is_empty": "removed_at IS NULL OR (content IS NULL AND details IS NULL)",
}
KEYS = {"case_id": "cases", "agency_id": "agency", "member_id": "member", "removed_by_id": "member"}


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        TABLE,
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list document_kind"),
        sa.Column(
            "sensitivity", sa.String(), nullable=False, comment="class of field.md 8.1 that may read it, by its kind"
        ),
        sa.Column("format", sa.String(), nullable=False, comment="jpeg, png, webp, pdf or text, by its bytes"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes as kept; what is sealed is no shorter"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "content",
            sa.LargeBinary(),
            nullable=True,
            comment="the bytes, under the content key; class in the column beside it",
        ),
        sa.Column(
            "details",
            sa.LargeBinary(),
            nullable=True,
            comment="name, what it is about and digest, as JSON, under the content key",
        ),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it and whom it counts for"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, other in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_case_id"), TABLE, ["case_id"])
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)
        op.execute(row_security.erasing_too(row_security.erasing(op.get_bind())))


def downgrade() -> None:
    """The way back: the documents are lost, as everything in a table that goes."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(row_security.erasing_no_more(row_security.erasing(op.get_bind())))
    op.drop_table(TABLE)
