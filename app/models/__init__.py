"""Tables and their invariants. SQLAlchemy only: no Flask, no queries, no commits."""

from app.models import (
    agency,
    audit,
    case,
    count,
    help,
    hotline,
    operation,
    placement,
    record,
    register,
    signal,
    training,
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
    "operation",
    "placement",
    "record",
    "register",
    "signal",
    "training",
    "workflow",
]
