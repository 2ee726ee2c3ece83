"""Reading the audit chains for their verification: each once, in order, without holding it in memory."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit_verify import Chain, Checkpoint, Report, Verdict, verify
from app.models.audit import AuditChain, AuditEntry
from app.security.actor import system_actor
from app.services import unit_of_work

ENTRY = tuple(AuditEntry.__table__.columns.keys())


@contextmanager
def chains() -> Iterator[Iterator[Chain]]:
    """All chains, one after the other; of each the entries must be read before the next is asked for."""
    with unit_of_work.read(system_actor("auditor")) as work:
        yield chains_of(work.session)


def chains_of(session: Session) -> Iterator[Chain]:
    """As `chains`, through a session of the caller's."""
    for number in session.execute(select(AuditChain.number).order_by(AuditChain.number)).scalars().all():
        yield from _chain(session, number)


def _chain(session: Session, number: int) -> Iterator[Chain]:
    """A chain with its head in one statement: what others append meanwhile is in neither."""
    head, entry = AuditChain.__table__.c, AuditEntry.__table__.c
    asked = (
        select(head.length, head.head, AuditEntry.__table__)
        .outerjoin(AuditEntry.__table__, entry.chain == head.number)
        .where(head.number == number)
        .order_by(entry.position)
        .execution_options(yield_per=1000)
    )
    with session.execute(asked) as found:  # a fault ends the walk before the last entry
        rows = iter(found.mappings())
        for first in rows:
            yield Chain(number, first["length"], first["head"], _entries(first, rows))
            return


def _entries(first: Mapping[Any, Any], rest: Iterator[Mapping[Any, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in chain((first,), rest):
        if row["position"] is not None:  # a chain that nothing was written on yet
            yield {name: row[name] for name in ENTRY}


def verify_all() -> list[Verdict]:
    """The verdict on each chain by itself."""
    return list(report().verdicts)


def report(checkpoints: Sequence[Checkpoint] = (), faults: Sequence[str] = ()) -> Report:
    """The verdict on all chains against all checkpoints, whose own `faults` are part of it."""
    with chains() as found:
        return verify(found, checkpoints, faults)
