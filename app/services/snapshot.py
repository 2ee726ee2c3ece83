"""The coarse dimensions of a case in clear: as they stand in the record, changed by what an act has just stated."""

from typing import Any

from app.queries.standing import Standing
from app.security.vault import Vault
from app.services.act import Act
from app.services.case_keys import CaseKeys

FIELDS = ("sex", "age_band", "is_child", "citizenship", "region", "form", "scope")


def dimensions(act: Act) -> dict[str, Any]:
    """The snapshot for counting: the record's own, with what this act changed, and the community from the identity."""
    now = {name: getattr(act.standing, name) for name in FIELDS} | act.snapshot
    return now | {"community": community_of(act)}


def community_of(act: Act) -> str:
    """The community, kept sealed with the identity and only where she agreed; else "not_asked" (decision 36)."""
    return community_told(act.vault, act.keys, act.standing)


def community_told(vault: Vault, keys: CaseKeys, known: Standing) -> str:
    """The same of a case in which no step is taken."""
    if known.identity is None:
        return "not_asked"
    identity = vault.open(keys.identity, known.identity, "client_record", "identity", known.record_id)
    community: str = identity.get("community", "not_asked")
    return community
