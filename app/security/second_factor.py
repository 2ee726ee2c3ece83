"""Whose second factor has to be one that no false page gets: who sees where a house is, who runs the system, who
follows the whole country.
"""

from app.vocabulary.role import Role

PASSKEY_ROLES = frozenset({Role.SHELTER_COORDINATOR, Role.NATIONAL_COORDINATOR, Role.ADMINISTRATOR})
PASSKEY_KINDS = frozenset({"shelter"})
"""Agencies all of whose people are meant, whichever role they have there."""


def needs_passkey(roles: frozenset[str], agency_kind: str) -> bool:
    """Whether a member signs with a passkey, and gives no code of an app, as soon as she has one."""
    return bool(roles & PASSKEY_ROLES) or (bool(roles) and agency_kind in PASSKEY_KINDS)
