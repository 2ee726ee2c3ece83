"""Whether all that belongs to a past day is written down: an act begun before its end may be kept only after it."""

from datetime import datetime

from sqlalchemy import text

from app.errors import Conflict
from app.security.signing import READING
from app.services.unit_of_work import Work

# A file may be read for hours: what only reads is not waited for, unless it has changed a row all the same.
_BEGUN_BEFORE = text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND xact_start < :moment"
    " AND (application_name <> :reading OR backend_xid IS NOT NULL))"
)


def refuse_unsettled(work: Work, moment: datetime | None) -> None:
    """Raise Conflict while an act that began before the moment may still be written down; on SQLite wait for it.

    An act bears the moment at which its transaction began, and others see it when that ends: between the two a report
    as of the moment lacks what the same question would find later. To be called before anything is read.
    """
    if moment is None or not work.parts.early_acts_are_awaited:
        return
    if work.is_postgresql:
        asked = {"moment": moment, "reading": READING}
        if work.session.connection().execute(_BEGUN_BEFORE, asked).scalar_one():
            raise Conflict("day_not_settled")
    elif not work.writes:
        _wait_for_writer(work)


def _wait_for_writer(work: Work) -> None:
    """Let whoever writes end first, for SQLite does not say since when; who writes herself has waited already."""
    for is_immediate in (True, False):
        work.session.commit()
        work.session.connection(execution_options={"is_immediate": is_immediate})
