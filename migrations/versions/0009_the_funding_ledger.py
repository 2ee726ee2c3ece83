"""The funding ledger: payers, grants, the places they pay for, what became of them"""

import sqlalchemy as sa
from alembic import op

from migrations.frozen import row_security_0009 as row_security

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("funding_change", "funding_payee", "funding_grant", "funding_payer")
"""In the order in which they can go."""


def upgrade() -> None:
    """What the new version needs."""
    _payers()
    _grants()
    _places_and_changes()
    if op.get_bind().dialect.name == "postgresql":
        roles = op.get_context().config.attributes
        for statement in row_security.postgresql(roles["app_role"], roles["backup_role"]):
            op.execute(statement)


def downgrade() -> None:
    """The way back."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.postgresql_down():
            op.execute(statement)
    for table in TABLES:
        op.drop_table(table)


def _recorded_by(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("agency_id", sa.Uuid(), nullable=False, comment="the agency that recorded it"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{table}_agency_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{table}_member_id")),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _payers() -> None:
    op.create_table(
        "funding_payer",
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list payer_kind"),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_sq", sa.String(), nullable=False),
        sa.Column("name_sr", sa.String(), nullable=False),
        *_recorded_by("funding_payer"),
        sa.UniqueConstraint("name_en", name=op.f("uq_funding_payer_name_en")),
    )


def _grants() -> None:
    op.create_table(
        "funding_grant",
        sa.Column("part_of_id", sa.Uuid(), nullable=True),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False, comment="code of the list funding_purpose"),
        sa.Column(
            "amount", sa.BigInteger(), nullable=True, comment="in the smallest unit; none: the source tells none"
        ),
        sa.Column("currency", sa.String(), nullable=False, comment="code of the list currency"),
        sa.Column("is_approximate", sa.Boolean(), nullable=False, comment="the source says about"),
        sa.Column("other_amount", sa.BigInteger(), nullable=True, comment="the equivalent as the source gives it"),
        sa.Column("other_currency", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False, comment="the last day"),
        sa.Column("share_amount", sa.BigInteger(), nullable=True, comment="of the amount, what fell into a period"),
        sa.Column("share_other_amount", sa.BigInteger(), nullable=True, comment="the same in the other currency"),
        sa.Column("share_of", sa.String(), nullable=True, comment="what the source calls that period"),
        sa.Column("places", sa.Integer(), nullable=False, comment="how many places it pays for"),
        sa.Column("source", sa.String(), nullable=False, comment="where it is written"),
        *_recorded_by("funding_grant"),
        *_checks_of_grants(),
        sa.ForeignKeyConstraint(["part_of_id"], ["funding_grant.id"], name=op.f("fk_funding_grant_part_of_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["funding_payer.id"], name=op.f("fk_funding_grant_payer_id")),
    )
    op.create_index("ix_funding_grant_list", "funding_grant", ["from_on", "recorded_at"])
    op.create_index("ix_funding_grant_part", "funding_grant", ["part_of_id"])


def _checks_of_grants() -> list[sa.CheckConstraint]:
    checks = {
        "ends_after_start": "to_on >= from_on",
        "not_below_zero": "amount >= 0 AND other_amount >= 0",
        "equivalent_is_of_another": "(other_amount IS NULL) = (other_currency IS NULL)"
        " AND (other_currency <> currency) IS NOT FALSE",
        "share_within_the_whole": "share_amount IS NULL"
        " OR (share_amount >= 0 AND amount IS NOT NULL AND share_amount <= amount)",
        "share_of_something": "(share_amount IS NULL) = (share_of IS NULL)",
        "no_part_of_itself": "part_of_id <> id",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_funding_grant_{name}")) for name, rule in checks.items()]


def _places_and_changes() -> None:
    op.create_table(
        "funding_payee",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(), nullable=True, comment="a name, never an address"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("agency_id IS NOT NULL OR place IS NOT NULL", name=op.f("ck_funding_payee_some_place")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_funding_payee_agency_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["funding_grant.id"], name=op.f("fk_funding_payee_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_payee")),
    )
    op.create_index("ix_funding_payee_grant", "funding_payee", ["grant_id"])
    op.create_index("ix_funding_payee_agency", "funding_payee", ["agency_id", "grant_id"])
    op.create_table(
        "funding_change",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="code of the list funding_change"),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("from_payee_id", sa.Uuid(), nullable=True),
        sa.Column("to_payee_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True, comment="how much was moved; none: the source tells none"),
        sa.Column("reason", sa.String(), nullable=False),
        *_recorded_by("funding_change"),
        *_checks_of_changes(),
        sa.ForeignKeyConstraint(["grant_id"], ["funding_grant.id"], name=op.f("fk_funding_change_grant_id")),
        sa.ForeignKeyConstraint(["from_payee_id"], ["funding_payee.id"], name=op.f("fk_funding_change_from_payee_id")),
        sa.ForeignKeyConstraint(["to_payee_id"], ["funding_payee.id"], name=op.f("fk_funding_change_to_payee_id")),
    )
    op.create_index("ix_funding_change_grant", "funding_change", ["grant_id", "changed_on"])
    once = {"unique": True, "postgresql_where": sa.text("kind <> 'moved'"), "sqlite_where": sa.text("kind <> 'moved'")}
    op.create_index("uq_funding_change_once", "funding_change", ["grant_id", "kind"], **once)


def _checks_of_changes() -> list[sa.CheckConstraint]:
    checks = {
        "kind_known": "kind IN ('moved', 'ended', 'struck_out')",
        "moved_from_and_to": "(kind = 'moved') = (from_payee_id IS NOT NULL)"
        " AND (kind = 'moved') = (to_payee_id IS NOT NULL)",
        "moved_elsewhere": "from_payee_id <> to_payee_id",
        "amount_of_a_move": "amount IS NULL OR (kind = 'moved' AND amount > 0)",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_funding_change_{name}")) for name, rule in checks.items()]
