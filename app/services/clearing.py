"""What is over its period beside cases goes: asked by one, approved by another, done in that transaction, recorded.

Notices and drafts of registers are deleted. Of contacts and of signals that led to no case the words go, what leads
from one to the other, and the day within its month: what is counted of them stays the same.
"""

import json
from datetime import date
from typing import Any

from sqlalchemy import delete, func, text, update

from app.errors import Conflict, Forbidden, Invalid
from app.models.approval import Approval
from app.queries import over_period
from app.security.actor import Actor
from app.services import approvals, unit_of_work
from app.services.approvals import Asking
from app.services.retention import CLEARING, KEEPERS, waiting
from app.services.unit_of_work import Once, Work

DELETED = ("notice", "register_draft")


def ask(actor: Actor, name: str, once: Once | None = None) -> int:
    """Ask that what is over its period be cleared, of one class; gives how many rows that is now.

    Raises Forbidden for who does not see what is due, Invalid for a class that is none, Conflict("nothing_due",
    "clearing_asked"), and what `approvals.ask` raises.
    """
    if not any(actor.has(role) for role in KEEPERS):
        raise Forbidden("wrong_role")
    if name not in over_period.CLASSES:
        raise Invalid({"what": "unknown_choice"})
    with unit_of_work.write(actor) as work:
        before = work.database.periods[name].ended_before(work.today)
        number = over_period.number(work.session, actor, name, before)
        earlier = work.once(once, {"number": str(number)})
        if earlier is not None:
            return int(earlier["number"])
        if not number:
            raise Conflict("nothing_due")
        if name in waiting(work):
            raise Conflict("clearing_asked")
        assert actor.agency_id is not None  # noqa: S101 - members have an agency
        asked: dict[str, Any] = {"what": name, "before": before.isoformat(), "number": number}
        if work.parts.two_clear:
            approvals.ask(work, Asking(CLEARING, actor.agency_id, None, asked))
        else:
            work.audit("retention:cleared", removed=_clear(work, actor.agency_id, name, before), **asked)
        work.commit()
        return number


def carry_out(work: Work, approval: Approval) -> None:
    """Clear exactly what was approved. Raises Conflict("approval_outdated") where the period is longer by now."""
    asked = json.loads(approval.asked)
    name, before = asked["what"], date.fromisoformat(asked["before"])
    if name not in over_period.CLASSES or before > work.database.periods[name].ended_before(work.today):
        raise Conflict("approval_outdated")
    if work.is_postgresql:
        done = work.session.connection().execute(text("SELECT clear_over(:id)"), {"id": approval.id})
        removed = done.scalar_one()
    else:
        removed = _clear(work, approval.agency_id, name, before)
    work.audit("retention:cleared", approval=approval.id, agency=approval.agency_id, removed=removed, **asked)


def _clear(work: Work, agency_id: Any, name: str, before: date) -> int:
    """On SQLite; on PostgreSQL the function `clear_over` does it, whose approver may be of another agency."""
    model, which = over_period.CLASSES[name]
    table: Any = model.__table__
    statement: Any = delete(table) if name in DELETED else update(table).values(_emptied(name, table))
    done = work.session.connection().execute(statement.where(*which(agency_id, before)))
    count: int = done.rowcount
    return count


def _emptied(name: str, table: Any) -> dict[str, Any]:
    if name == "hotline_contact":
        cut = {
            "occurred_on": func.date(table.c.occurred_on, "start of month"),
            "recorded_at": _month(table, "recorded_at"),
        }
        return {"note": None, "signal_id": None, **cut}
    moments = ("sent_at", "received_at", "decided_at")
    return dict.fromkeys(("noticed", "contact", "basis_reason")) | {one: _month(table, one) for one in moments}


def _month(table: Any, name: str) -> Any:
    return func.strftime("%Y-%m-01 00:00:00.000000", table.c[name])
