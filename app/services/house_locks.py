"""Between shutting a house and giving one of its beds only one goes first; the other then sees what it did."""

from uuid import UUID

from sqlalchemy import text

from app.services.unit_of_work import Work

SHUTS = text("SELECT pg_advisory_xact_lock(:key)")
GIVES = text("SELECT pg_advisory_xact_lock_shared(:key)")


def lock_house(work: Work, premises_id: UUID, *, gives: bool = False) -> None:
    """Hold a house for this transaction: alone to shut it, beside others to give a bed. SQLite has one writer."""
    if work.is_postgresql:
        key = int.from_bytes(premises_id.bytes[8:], signed=True)
        work.session.connection().execute(GIVES if gives else SHUTS, {"key": key})
