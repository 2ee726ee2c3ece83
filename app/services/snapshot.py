"""The coarse dimensions of a case in clear: as they stand in the record, changed by what an act has just stated."""

from typing import Any

from app.services.act import Act

FIELDS = ("sex", "age_band", "is_child", "citizenship", "region", "form", "scope")


def dimensions(act: Act) -> dict[str, Any]:
    """The snapshot for counting: the record's own, with what this act changed, and the community from the identity."""
    now = {name: getattr(act.standing, name) for name in FIELDS} | act.snapshot
    return now | {"community": community_of(act)}


def community_of(act: Act) -> str:
    """The community, kept sealed with the identity and only where she agreed; else "not_asked" (decision 36)."""
    sealed = act.standing.identity
    if sealed is None:
        return "not_asked"
    identity = act.vault.open(act.keys.identity, sealed, "client_record", "identity", act.standing.record_id)
    community: str = identity.get("community", "not_asked")
    return community
