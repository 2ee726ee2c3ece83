"""A look or an act that was refused is written down as well: who asked, for which page, with which ids; no names."""

from collections.abc import Mapping
from uuid import UUID

from app.security.actor import Actor
from app.services import unit_of_work

ACTION = "access:refused"


def note(actor: Actor, route: str, named: Mapping[str, UUID]) -> None:
    """Write a refusal down, the same whether there is such a thing or not. Raises Unavailable where that cannot be."""
    with unit_of_work.write(actor) as work:
        work.audit(ACTION, named.get("case_id"), route=route, ids={name: str(one) for name, one in named.items()})
        work.commit()
