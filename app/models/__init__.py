"""Tables and their invariants. SQLAlchemy only: no Flask, no queries, no commits."""

from app.models import agency, audit, case, count, help, meeting, placement, record, register, transnational, workflow
from app.models.base import Base

__all__ = [
    "Base",
    "agency",
    "audit",
    "case",
    "count",
    "help",
    "meeting",
    "placement",
    "record",
    "register",
    "transnational",
    "workflow",
]
