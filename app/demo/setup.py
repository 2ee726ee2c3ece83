"""The demo's agencies and people, for an empty database."""

from uuid import UUID

from app.demo.agencies import AGENCIES, MEMBERS
from app.services import administration
from app.services.administration import is_empty

__all__ = ["is_empty", "set_up"]


def set_up() -> dict[str, UUID]:
    """Agencies, people, shelters and duty rosters; gives the agencies' ids by key."""
    return administration.set_up(AGENCIES, MEMBERS)
