"""The second person's part in a grant: whoever decides approves what waits for her."""

from app.services import approval_page, deciding
from tests.factories.world import World

SUPERVISOR = "advocacy.supervisor"


def waiting(world: World, by: str = SUPERVISOR) -> approval_page.Request:
    """The one request that somebody is shown."""
    (found,) = approval_page.page(world.actor(by)).waiting
    return found


def approve(world: World, by: str = SUPERVISOR) -> None:
    """Approve the one request that waits for somebody."""
    one = waiting(world, by)
    deciding.decide(world.actor(by), one.id, one.digest, approves=True)
