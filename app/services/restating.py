"""Changes of what a report of a past day is made from: what a clock or a stay said until now stays known."""

from typing import Any

from sqlalchemy import Update, update

from app.models.placement import Stay
from app.models.workflow import CaseClock
from app.services.unit_of_work import Work


def clocks(work: Work, *met: Any) -> Update:
    """A change of when clocks stop, stand still or are due, for `values` to be added."""
    return update(CaseClock).where(*met).values(known_since=work.now)


def stays(work: Work, *met: Any) -> Update:
    """A change of the days on which residents arrived or left, for `values` to be added."""
    return update(Stay).where(*met).values(known_since=work.now)
