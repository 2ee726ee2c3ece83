"""The invented caseload that `make run` starts with. Production never loads it."""

from app.clock import local_day, utc_now
from app.demo.agencies import MEMBERS, PASSWORD
from app.demo.closures import record_closures
from app.demo.money import record_money
from app.demo.places import record_addresses, suspend_for_repairs
from app.demo.setup import is_empty, set_up
from app.demo.stories import tell_all

__all__ = ["MEMBERS", "PASSWORD", "load"]


def load() -> bool:
    """Load the demo into an empty database; gives whether it did."""
    if not is_empty():
        return False
    agencies = set_up()
    record_addresses()
    record_money(agencies)
    tell_all(agencies, local_day(utc_now()))
    record_closures(agencies)
    suspend_for_repairs()
    return True
