"""The invented caseload that `make run` starts with. Production never loads it."""

from app.demo.agencies import MEMBERS, PASSWORD
from app.demo.setup import is_empty, set_up

__all__ = ["MEMBERS", "PASSWORD", "load"]


def load() -> bool:
    """Load the demo into an empty database; gives whether it did."""
    if not is_empty():
        return False
    set_up()
    return True
