"""Tables and their invariants. SQLAlchemy only: no Flask, no queries, no commits."""

from app.models import (
    agency,
    audit,
    case,
    count,
    help,
    hotline,
    meeting,
    operation,
    placement,
    premises,
    record,
    register,
    signal,
    training,
    transnational,
    version,
    workflow,
)
from app.models.base import Base

__all__ = [
    "Base",
    "agency",
    "audit",
    "case",
    "count",
    "help",
    "hotline",
    "meeting",
    "operation",
    "placement",
    "premises",
    "record",
    "register",
    "signal",
    "training",
    "transnational",
    "version",
    "workflow",
]
