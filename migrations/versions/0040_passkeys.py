"""Passkeys, and what a browser's session has asked one to sign"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0040 as row_security

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLE = "passkey"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """What the new version needs."""
    op.create_table(
        TABLE,
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "credential_id", sa.LargeBinary(), nullable=False, comment="what the device calls the key; no secret"
        ),
        sa.Column(
            "public_key",
            sa.LargeBinary(),
            nullable=False,
            comment="sealed under the installation's key of factors, to its member",
        ),
        sa.Column(
            "sign_count",
            sa.BigInteger(),
            nullable=False,
            comment="as the device counted last; one that does not go on is a copy. Nought: it does not count",
        ),
        sa.Column("name", sa.String(), nullable=False, comment="what she calls the device"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_passkey_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_member_id"), TABLE, ["member_id"])
    _sessions()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def _sessions() -> None:
    asked = "what a passkey is asked to sign; nothing: signed already"
    when = "when it was asked; five minutes later it is over"
    op.add_column("sign_in_session", sa.Column("challenge", sa.LargeBinary(), nullable=True, comment=asked))
    op.add_column("sign_in_session", sa.Column("challenged_at", MOMENT, nullable=True, comment=when))


def downgrade() -> None:
    """The way back: passkeys are lost; codes of an app and recovery codes stay."""
    op.drop_column("sign_in_session", "challenged_at")
    op.drop_column("sign_in_session", "challenge")
    op.drop_table(TABLE)
