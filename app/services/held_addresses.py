"""Whoever opens the addresses of more houses than bringing people asks for is stopped: her supervisors, the
administrators and the houses are told, and a supervisor lets her on.

A case can be invented and a bed held at once, as it must be at night: what is limited is how many houses that opens.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from app.errors import Stopped
from app.models.agency import Member
from app.models.audit import AuditEntry
from app.models.premises import Premises
from app.security.actor import Actor
from app.security.reading_limits import DAY, WEEK, most_houses_of
from app.services import unit_of_work
from app.services.held_reading import OF_ADDRESSES, STOPPED, last_let_on, stands, tellings
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work, answering_for_the_record
from app.vocabulary.role import Role

OPENED = "address:opened"
TOLD = (Role.SHELTER_COORDINATOR, Role.AGENCY_SUPERVISOR)


def refuse_too_many(work: Work, premises_id: UUID) -> None:
    """Raises Stopped where the actor has opened the addresses of as many other houses as she may; what she opened stays
    open to her.
    """
    if work.actor.member_id is None or not work.parts.reading_is_limited:
        return
    _one_at_a_time(work)
    most, opened = most_houses_of(work.actor.roles), _opened(work)
    others = [at for house, at in opened.items() if house != premises_id]
    if len(others) >= most.week or sum(at > work.now - DAY for at in others) >= most.day:
        raise Stopped("addresses_stopped")


def _one_at_a_time(work: Work) -> None:
    """Two forms of hers that come at once come one after the other: the second counts what the first has opened."""
    work.session.execute(select(Member.id).where(Member.id == work.actor.member_id).with_for_update())


def _opened(work: Work) -> dict[UUID, datetime]:
    """The houses whose addresses she opened for somebody within a week and since she was let on, and when last."""
    entry, member_id = AuditEntry, work.actor.member_id
    assert member_id is not None  # noqa: S101 - asked for members alone
    released = last_let_on(member_id)
    house: Any = func.json_extract(entry.detail, "$.premises")
    if work.is_postgresql:
        house = cast(entry.detail, JSONB)["premises"].astext
    asked = select(house, func.max(entry.at)).where(
        entry.member_id == member_id,
        entry.at > work.now - WEEK,
        entry.case_id.is_not(None),
        entry.action == OPENED,
        or_(released.is_(None), entry.at > released),
    )
    with answering_for_the_record(), work.as_system("auditor"):
        return {UUID(row[0]): row[1] for row in work.session.execute(asked.group_by(house))}


@contextmanager
def reporting(actor: Actor) -> Iterator[None]:
    """Report, outside of the transaction that found it, whom the block stops from opening an address."""
    try:
        yield
    except Stopped:
        _report(actor)
        raise


def _report(actor: Actor) -> None:
    """Write down that she was stopped; the first time the offices and the houses that she opened are told."""
    with unit_of_work.write(actor) as work:
        if not stands(work, actor, OF_ADDRESSES):
            tell(work, tellings(work, actor, "reading:addresses_stopped") + _to_houses(work))
        work.audit(STOPPED, None, **OF_ADDRESSES)
        work.commit()


def _to_houses(work: Work) -> list[Telling]:
    asked = select(Premises.agency_id).where(Premises.id.in_(sorted(_opened(work)))).distinct()
    shelters = sorted(work.session.execute(asked).scalars())
    return [Telling(one, "reading:addresses_known", role=role.value) for one in shelters for role in TOLD]
