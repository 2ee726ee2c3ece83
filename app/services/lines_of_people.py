"""Files with lines of more than fifty people leave by two: one asks, another agrees, and then who asked can take them.

What is agreed to is one question, whose answer can be taken in every shape for a day: which lines, of which days,
chosen how. Sums, tables and pictures are for one alone; a workbook of more people is made without their lines
(security.md section 7 on exports; docs/adr/0022).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.errors import Conflict, ForTwo
from app.models.approval import Approval
from app.services import approvals
from app.services.approvals import Asking
from app.services.unit_of_work import Work
from app.vocabulary.period import Period

KIND = "lines"
MOST_ALONE = 50
MOST_TOLD = 1000
"""Whoever decides is told how many people it is up to here, and above it that it is more: counting all takes long."""
LASTS = timedelta(days=1)


@dataclass(frozen=True)
class Lines:
    """Lines about people that somebody wants: a code of what they are, their days, and what else chooses among them."""

    what: str
    period: Period
    chosen: Mapping[str, str] = field(default_factory=dict)

    def asked(self) -> dict[str, Any]:
        """The same in words that are kept and compared."""
        days = {"since": self.period.start.isoformat(), "last": self.period.last.isoformat()}
        return {"lines": self.what, **days, "chosen": dict(self.chosen)}


@dataclass(frozen=True)
class State:
    """How it stands with some lines for who wants them: since when it is asked, until when she can take them."""

    people: int
    asked_at: datetime | None = None
    until: datetime | None = None

    @property
    def is_for_two(self) -> bool:
        """Whether another must agree."""
        return self.people > MOST_ALONE


def state(work: Work, lines: Lines, people: int) -> State:
    """How it stands with lines of so many people."""
    asked = _newest(work, lines, Approval.state == "asked", Approval.expires_at > work.now)
    agreed = _agreed(work, lines)
    until = agreed.decided_at + LASTS if agreed is not None and agreed.decided_at is not None else None
    return State(people, asked.asked_at if asked else None, until)


def alone_or_agreed(work: Work, lines: Lines, people: int) -> tuple[bool, UUID | None]:
    """Whether the actor may take them, and the approval by which she may where she needs one."""
    if people <= MOST_ALONE or not work.parts.two_take_lines:
        return True, None
    agreed = _agreed(work, lines)
    return agreed is not None, agreed.id if agreed else None


def refuse_alone(work: Work, lines: Lines, people: int) -> UUID | None:
    """The approval by which they leave, none for few people. Raises ForTwo."""
    may, approval = alone_or_agreed(work, lines, people)
    if not may:
        raise ForTwo("second_person_wanted")
    return approval


def ask(work: Work, lines: Lines, people: int) -> None:
    """Ask another to agree, within the caller's transaction.

    Raises Conflict("nobody_is_needed") for few people, Conflict("lines_asked") where it waits already, and what
    `approvals.ask` raises.
    """
    now = state(work, lines, people)
    if not now.is_for_two:
        raise Conflict("nobody_is_needed")
    if now.asked_at is not None:
        raise Conflict("lines_asked")
    assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
    approvals.ask(work, Asking(KIND, work.actor.agency_id, None, {**lines.asked(), "people": min(people, MOST_TOLD)}))


def carry_out(work: Work, approval: Approval) -> None:
    """Nothing leaves by being agreed to: who asked takes it herself, with a fresh code, and that is recorded."""


def _agreed(work: Work, lines: Lines) -> Approval | None:
    return _newest(work, lines, Approval.state == "approved", Approval.decided_at > work.now - LASTS)


def _newest(work: Work, lines: Lines, *stands: Any) -> Approval | None:
    """Her newest request for exactly these lines that stands so."""
    own = (Approval.kind == KIND, Approval.asked_by_id == work.actor.member_id)
    found = work.session.execute(select(Approval).where(*own, *stands).order_by(Approval.asked_at.desc(), Approval.id))
    wanted = lines.asked()
    return next((one for one in found.scalars() if json.loads(one.asked) == {**wanted, "people": _people(one)}), None)


def _people(one: Approval) -> int:
    return int(json.loads(one.asked)["people"])
