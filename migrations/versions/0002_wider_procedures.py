"""Wider procedures

The procedures of 2005 and 2013 gained tracks (statement, proceedings, asylum; legal status, removal, non-punishment,
compensation) before their first release. Nothing that stood in them went away, so that every case that runs under
them is pinned to the wider text, with the new tracks where they begin.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BOTH = {"testimony": "none", "justice": "none", "asylum": "none"}
REVISED = {**BOTH, "legal": "unknown", "removal": "none", "non_punishment": "none", "compensation": "none"}
BEGINNINGS = {"xk_2005": BOTH, "xk_2013": REVISED}
NARROW = {
    "xk_2005": "e06d9db44d6aac4e6c8dee2238fdfd9f887c4859daf410094b756b06d13c89bf",
    "xk_2013": "495edb583d2ea06fa82d042f47d4bb02bee20bdcfe5ed977e9cfe3fa15826d7b",
}
WIDE = {
    "xk_2005": "4dceaf5cbdbf54fb449acb4d14502c6227cd967cdcefe9e441ec0004d95674cd",
    "xk_2013": "ce94cebbb6e76603a962d33ff2f2607caabc19a37c5e1b92400e27ac204c325e",
}

WIDEN = {
    "postgresql": "states = CAST(CAST(states AS jsonb) || CAST(:tracks AS jsonb) AS json)",
    "sqlite": "states = json_patch(states, :tracks)",
}
NARROW_AGAIN = {
    "postgresql": "states = CAST(CAST(states AS jsonb) - CAST(:tracks AS text[]) AS json)",
    "sqlite": "states = (SELECT json_group_object(key, value) FROM json_each(states)"
    " WHERE key NOT IN (SELECT value FROM json_each(:tracks)))",
}


def upgrade() -> None:
    """Pin the cases of the narrower texts to the wider ones."""
    for name, tracks in BEGINNINGS.items():
        _pin(WIDEN, json.dumps(tracks), name, NARROW[name], WIDE[name])


def downgrade() -> None:
    """Pin them to the narrower texts again; what happened on the new tracks stays in the line of events."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, tracks in BEGINNINGS.items():
        listed = "{" + ",".join(tracks) + "}" if is_postgresql else json.dumps(list(tracks))
        _pin(NARROW_AGAIN, listed, name, WIDE[name], NARROW[name])


def _pin(change: dict[str, str], tracks: str, name: str, former: str, digest: str) -> None:
    bind = op.get_bind()
    statement = (
        f"UPDATE workflow_run SET {change[bind.dialect.name]}, digest = :digest"
        " WHERE procedure = :name AND digest = :former"
    )
    values = {"tracks": tracks, "name": name, "former": former, "digest": digest}
    bind.execute(sa.text(statement), values)
