"""A second factor for everyone, and invitations in place of passwords that somebody else has seen"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0026 as row_security

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """What the new version needs. Nobody is signed in after it: who is has given no second factor."""
    op.execute("DELETE FROM sign_in_session")
    _sessions()
    _factors()
    _recovery_codes()
    _invitations()
    # A password that an administrator has seen opens nothing any more: an invitation takes its place.
    op.execute("DELETE FROM member_secret WHERE is_first")
    op.drop_column("member_secret", "is_first")
    op.add_column(
        "member_secret",
        sa.Column(
            "is_demo",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="of an invented person: production does not start with one",
        ),
    )
    with op.batch_alter_table("member_secret") as batch:
        batch.alter_column("is_demo", server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def _sessions() -> None:
    told = "what she gave besides her password; nothing: she has yet to give it, and nobody is signed in"
    op.add_column("sign_in_session", sa.Column("factor", sa.String(), nullable=True, comment=told))
    op.add_column("sign_in_session", sa.Column("stepped_up_at", MOMENT, nullable=True, comment="when she gave it last"))


def _factors() -> None:
    told = "of the clock, 30 s each: no code of it or before is taken"
    confirmed = "nothing: shown to her, and she gave no code of it yet"
    sealed = "sealed under the installation's key of factors"
    op.create_table(
        "member_factor",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False, comment=sealed),
        sa.Column("last_step", sa.Integer(), nullable=False, comment=told),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True, comment=confirmed),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_factor_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_factor")),
    )


def _recovery_codes() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_recovery_code_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index("ix_recovery_code_of_member", "recovery_code", ["member_id", "digest"])


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False, comment="of the code; the code itself is kept nowhere"),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True, comment="used, or a later one was made"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["member.id"], name=op.f("fk_invitation_made_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invitation_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitation_digest")),
    )
    op.create_index(op.f("ix_invitation_member_id"), "invitation", ["member_id"])


def downgrade() -> None:
    """The way back: factors, codes and invitations are lost; who had only an invitation has no password."""
    op.add_column(
        "member_secret",
        sa.Column(
            "is_first",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="an administrator has seen it: it opens nothing but the page that replaces it",
        ),
    )
    with op.batch_alter_table("member_secret") as batch:
        batch.alter_column("is_first", server_default=None)
        batch.drop_column("is_demo")
    op.drop_column("sign_in_session", "stepped_up_at")
    op.drop_column("sign_in_session", "factor")
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql_down():
            op.execute(statement)
    for table in ("invitation", "recovery_code", "member_factor"):
        op.drop_table(table)
