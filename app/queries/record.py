"""The record of acts and looks about itself: its checkpoints, and entries of one kind. No case and nobody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.audit import AuditCheckpoint, AuditEntry
from app.queries.looks import SignedLine

SHOWN = 10


def checkpoints(session: Session) -> list[SignedLine]:
    """The last checkpoints, latest first."""
    table = AuditCheckpoint.__table__
    rows = session.execute(select(table).order_by(table.c.number.desc()).limit(SHOWN))
    return [SignedLine(row.number, row.at, row.entries, row.content, row.signature) for row in rows]


def entries_of(session: Session, action: str, since: datetime) -> list[tuple[datetime, str]]:
    """When entries of one kind were written since a moment, and with which detail; the last ones, latest first."""
    row = AuditEntry
    asked = select(row.at, row.detail).where(row.action == action, row.at >= since)
    return [(one.at, one.detail) for one in session.execute(asked.order_by(row.at.desc()).limit(SHOWN))]
