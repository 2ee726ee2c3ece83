"""What an agency holds beside cases that began before a day: notices, drafts of registers, contacts, signals."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import extract, func, or_, select
from sqlalchemy.orm import Session

from app.models.audit import Notice
from app.models.hotline import HotlineContact
from app.models.register import RegisterDraft
from app.models.signal import Signal
from app.security.actor import Actor


def _notices(agency_id: UUID, before: date) -> tuple[Any, ...]:
    return (Notice.agency_id == agency_id, func.date(Notice.read_at) < before)


def _drafts(agency_id: UUID, before: date) -> tuple[Any, ...]:
    return (RegisterDraft.agency_id == agency_id, func.date(RegisterDraft.made_at) < before)


def _contacts(agency_id: UUID, before: date) -> tuple[Any, ...]:
    """Those that still tell more than a month and codes."""
    row = HotlineContact
    tells = or_(row.note.is_not(None), row.signal_id.is_not(None), extract("day", row.occurred_on) != 1)
    return (row.agency_id == agency_id, row.occurred_on < before, tells)


def _signals(agency_id: UUID, before: date) -> tuple[Any, ...]:
    """Those that led to no case, as contacts."""
    sealed = (one.is_not(None) for one in (Signal.noticed, Signal.contact, Signal.basis_reason))
    tells = or_(*sealed, extract("day", Signal.decided_at) != 1)
    own = (Signal.to_agency_id == agency_id, Signal.state == "closed")
    return (*own, func.date(Signal.decided_at) < before, tells)


CLASSES: dict[str, tuple[Any, Callable[[UUID, date], tuple[Any, ...]]]] = {
    "signal": (Signal, _signals),
    "hotline_contact": (HotlineContact, _contacts),
    "register_draft": (RegisterDraft, _drafts),
    "notice": (Notice, _notices),
}
"""The table of a class, and which of an agency's rows began before a day."""


def number(session: Session, actor: Actor, name: str, before: date) -> int:
    """How many rows of a class the actor's agency holds that began before the day."""
    assert actor.agency_id is not None  # noqa: S101 - members have an agency
    model, which = CLASSES[name]
    found: int = session.execute(
        select(func.count()).select_from(model).where(*which(actor.agency_id, before))
    ).scalar_one()
    return found
