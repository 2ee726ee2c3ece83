"""Whom a signal can be sent to, as its forms offer it."""

from app.queries import directory
from app.queries.directory import AgencyRow
from app.security.actor import Actor
from app.services import unit_of_work
from app.vocabulary.signal import RECEIVING_KINDS


def receivers(actor: Actor) -> list[AgencyRow]:
    """The agencies that receive signals but the actor's own: by kind, and by name within it."""
    with unit_of_work.read(actor) as work:
        found = directory.agencies(work.session, actor, work.now)
    fitting = [one for one in found if one.kind in RECEIVING_KINDS and one.id != actor.agency_id]
    return sorted(fitting, key=lambda one: RECEIVING_KINDS.index(one.kind))
