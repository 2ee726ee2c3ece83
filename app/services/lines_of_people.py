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

from sqlalchemy import func, select

from app.cipher import digest
from app.errors import Conflict, ForTwo
from app.models.agency import Member
from app.models.approval import Approval
from app.models.audit import AuditEntry
from app.services import approvals
from app.services.approvals import Asking
from app.services.audit import canonical
from app.services.unit_of_work import Work, answering_for_the_record
from app.vocabulary.period import Period

KIND = "lines"
MOST_ALONE = 50
MOST_WAITING = 5
"""Questions of one member that wait at once: each is told to all who decide."""
MOST_TOLD = 1000
"""Whoever decides is told how many people it is up to here, and above it that it is more: counting all takes long."""
LASTS = timedelta(days=1)
TAKEN = ("count:exported", "placement:exported", "occupancy:exported")
"""Entries of the record of files that may have such lines."""


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
    """How it stands with some lines for who wants them: since when it is asked, until when she can take them.

    `before`: of how many people she took other lines alone in the last day.
    """

    people: int
    before: int = 0
    asked_at: datetime | None = None
    until: datetime | None = None

    @property
    def is_for_two(self) -> bool:
        """Whether another must agree."""
        return self.people + self.before > MOST_ALONE


def state(work: Work, lines: Lines, people: int) -> State:
    """How it stands with lines of so many people."""
    asked = _newest(work, lines, Approval.state == "asked", Approval.expires_at > work.now)
    agreed = _agreed(work, lines)
    until = agreed.decided_at + LASTS if agreed is not None and agreed.decided_at is not None else None
    return State(people, _taken_before(work, lines), asked.asked_at if asked else None, until)


def leaving(work: Work, lines: Lines, people: int) -> dict[str, Any] | None:
    """What the record has to say of lines that leave now; None where another must agree first.

    Whoever takes them in parts, a week and then the next, is not alone for longer: what she took alone in the last day
    counts with it. Two files of hers that are asked for at once come one after the other.
    """
    _hold(work)
    told: dict[str, Any] = {"rows": _named(lines)}
    if people + _taken_before(work, lines) <= MOST_ALONE or not work.parts.two_take_lines:
        return told | {"people": people}
    agreed = _agreed(work, lines)
    return told | {"approval": agreed.id} if agreed else None


def refuse_alone(work: Work, lines: Lines, people: int) -> dict[str, Any]:
    """What the record has to say of lines that leave now. Raises ForTwo where another must agree first."""
    told = leaving(work, lines, people)
    if told is None:
        raise ForTwo("second_person_wanted")
    return told


def ask(work: Work, lines: Lines, people: int) -> None:
    """Ask another to agree, within the caller's transaction.

    Raises Conflict("nobody_is_needed") for few people, Conflict("lines_asked") where it waits already,
    Conflict("lines_waiting") where others of hers do, and what `approvals.ask` raises.
    """
    _hold(work)
    now = state(work, lines, people)
    if not now.is_for_two:
        raise Conflict("nobody_is_needed")
    if now.asked_at is not None:
        raise Conflict("lines_asked")
    if _waiting(work) >= MOST_WAITING:
        raise Conflict("lines_waiting")
    assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
    approvals.ask(work, Asking(KIND, work.actor.agency_id, None, {**lines.asked(), "people": min(people, MOST_TOLD)}))


def carry_out(work: Work, approval: Approval) -> None:
    """Nothing leaves by being agreed to: who asked takes it herself, with a fresh code, and that is recorded."""


def _hold(work: Work) -> None:
    """Let what one member takes and asks for come one after the other."""
    work.session.execute(select(Member.id).where(Member.id == work.actor.member_id).with_for_update())


def _named(lines: Lines) -> str:
    return digest(canonical(lines.asked()))


def _taken_before(work: Work, lines: Lines) -> int:
    """Of how many people she took other lines alone in the last day, each question once, as the record has it."""
    entry, own = AuditEntry, _named(lines)
    hers = (entry.member_id == work.actor.member_id, entry.at > work.now - LASTS, entry.action.in_(TAKEN))
    with answering_for_the_record(), work.as_system("auditor"):
        found = [json.loads(one) for one in work.session.execute(select(entry.detail).where(*hers)).scalars()]
    alone: dict[str, int] = {}
    for one in found:
        if "people" in one and one["rows"] != own:
            alone[one["rows"]] = max(alone.get(one["rows"], 0), int(one["people"]))
    return sum(alone.values())


def _agreed(work: Work, lines: Lines) -> Approval | None:
    return _newest(work, lines, Approval.state == "approved", Approval.decided_at > work.now - LASTS)


def _waiting(work: Work) -> int:
    hers = (Approval.kind == KIND, Approval.asked_by_id == work.actor.member_id)
    stands = (Approval.state == "asked", Approval.expires_at > work.now)
    return work.session.execute(select(func.count()).select_from(Approval).where(*hers, *stands)).scalar_one()


def _newest(work: Work, lines: Lines, *stands: Any) -> Approval | None:
    """Her newest request for exactly these lines that stands so."""
    own = (Approval.kind == KIND, Approval.asked_by_id == work.actor.member_id)
    found = work.session.execute(select(Approval).where(*own, *stands).order_by(Approval.asked_at.desc(), Approval.id))
    wanted = lines.asked()
    return next((one for one in found.scalars() if json.loads(one.asked) == {**wanted, "people": _people(one)}), None)


def _people(one: Approval) -> int:
    return int(json.loads(one.asked)["people"])
