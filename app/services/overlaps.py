"""Stays of linked records that share a night: each house is asked to check its own days, and told nothing else.

The link stands, whatever they answer (decision 14). No house learns that there is one, nor of the other house: the
reviewers' desk alone knows. Found when records are linked, when a stay is written, and by the clock job.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from app.models.placement import Stay
from app.models.record import RecordPerson
from app.models.stay_life import StayConflict
from app.security.actor import system_actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Work

AT_ONCE = 500
GONE = "gone"


@dataclass(frozen=True)
class _Stay:
    """A stay as far as days are compared."""

    id: UUID
    case_id: UUID
    agency_id: UUID
    record_id: UUID
    arrived_on: date
    left_on: date | None

    def meets(self, other: "_Stay") -> date | None:
        """The first night that both have; None where there is none."""
        first = max(self.arrived_on, other.arrived_on)
        ends = [one.left_on for one in (self, other) if one.left_on is not None]
        return first if all(first < end for end in ends) else None


def find_all() -> int:
    """One round over all linked records, for the clock job; gives how many stays were found anew."""
    with unit_of_work.write(system_actor("linker")) as work:
        found, settled = find(work)
        if found or settled:
            work.audit("stay:conflicts", found=found, settled=settled)
            work.commit()
        return found


def find(work: Work) -> tuple[int, int]:
    """The same within the caller's transaction: how many were found anew, and how many are none any more.

    The work must be the linker's.
    """
    several = select(RecordPerson.person_id).group_by(RecordPerson.person_id).having(func.count() > 1)
    rows = work.session.execute(
        select(RecordPerson.record_id, RecordPerson.person_id)
        .where(RecordPerson.person_id.in_(several))
        .order_by(RecordPerson.person_id)
    ).all()
    people = {row.record_id: row.person_id for row in rows}
    with work.as_system("tick"):
        met = _meetings(_stays(work, list(people)), people)
        return _write(work, met), _settle_gone(work, set(met))


def find_among(work: Work, record_ids: Collection[UUID]) -> None:
    """The same for these records alone, after their links have changed; the work must be the linker's."""
    theirs = select(RecordPerson.person_id).where(RecordPerson.record_id.in_(record_ids)).scalar_subquery()
    linked = select(RecordPerson.record_id, RecordPerson.person_id).where(RecordPerson.person_id.in_(theirs))
    people = {row.record_id: row.person_id for row in work.session.execute(linked)}
    with work.as_system("tick"):
        met = _meetings(_stays(work, list(people)), people)
        _write(work, met)
        stays = select(Stay.id).where(Stay.record_id.in_(record_ids))
        _settle_gone(work, set(met), StayConflict.stay_id.in_(stays))


def look_at(work: Work, record_id: UUID) -> None:
    """After a stay of a record was written: whether it shares a night with one of a record that is linked to it."""
    with work.as_system("linker"):
        person = select(RecordPerson.person_id).where(RecordPerson.record_id == record_id).scalar_subquery()
        linked = select(RecordPerson.record_id).where(
            RecordPerson.person_id == person, RecordPerson.record_id != record_id
        )
        others = list(work.session.execute(linked).scalars())
    if others:
        people = dict.fromkeys([record_id, *others], record_id)
        with work.as_system("tick"):
            met = _meetings(_stays(work, list(people)), people)
            _write(work, met)
            theirs = select(Stay.id).where(Stay.record_id.in_(list(people)))
            _settle_gone(work, set(met), StayConflict.stay_id.in_(theirs))


def _stays(work: Work, record_ids: Sequence[UUID]) -> list[_Stay]:
    found: list[_Stay] = []
    for start in range(0, len(record_ids), AT_ONCE):
        rows = work.session.execute(
            select(Stay.id, Stay.case_id, Stay.agency_id, Stay.record_id, Stay.arrived_on, Stay.left_on).where(
                Stay.record_id.in_(record_ids[start : start + AT_ONCE]),
                or_(Stay.left_on.is_(None), Stay.left_on > Stay.arrived_on),
            )
        )
        found += [_Stay(*row) for row in rows]
    return found


def _meetings(stays: Iterable[_Stay], people: dict[UUID, UUID]) -> dict[tuple[UUID, date], _Stay]:
    """Each stay that shares a night with one of another record of the person, by the first such night."""
    by_person: defaultdict[UUID, list[_Stay]] = defaultdict(list)
    for stay in stays:
        by_person[people[stay.record_id]].append(stay)
    met: dict[tuple[UUID, date], _Stay] = {}
    for own in by_person.values():
        for one, other in combinations(own, 2):
            first = one.meets(other) if one.record_id != other.record_id else None
            if first is not None:
                met |= {(one.id, first): one, (other.id, first): other}
    return met


def _write(work: Work, met: dict[tuple[UUID, date], _Stay]) -> int:
    """Raise what was not raised before; an answer that was given to the same night stands."""
    if not met:
        return 0
    conflict = StayConflict
    known = work.session.execute(
        select(conflict.stay_id, conflict.first_on).where(conflict.stay_id.in_({stay_id for stay_id, _ in met}))
    )
    raised = {(row.stay_id, row.first_on) for row in known}
    fresh = {key: stay for key, stay in met.items() if key not in raised}
    if not fresh:
        return 0
    work.session.execute(insert(conflict), [_row(work, stay, first) for (_, first), stay in fresh.items()])
    houses = {(stay.agency_id, stay.case_id) for stay in fresh.values()}
    tell(
        work,
        [Telling(house, "stay:check_days", case_id, "shelter_coordinator") for house, case_id in sorted(houses)],
    )
    return len(fresh)


def _row(work: Work, stay: _Stay, first_on: date) -> dict[str, Any]:
    row = {"id": uuid4(), "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id}
    return row | {"first_on": first_on, "found_at": work.now}


def _settle_gone(work: Work, met: set[tuple[UUID, date]], *narrower: ColumnElement[bool]) -> int:
    """What is no overlap any more, by a corrected day or a link taken back, needs no answer."""
    waiting = work.session.execute(
        select(StayConflict.id, StayConflict.stay_id, StayConflict.first_on).where(
            StayConflict.settled_at.is_(None), *narrower
        )
    )
    gone = [row.id for row in waiting if (row.stay_id, row.first_on) not in met]
    if gone:
        ended = update(StayConflict).where(StayConflict.id.in_(gone))
        work.change(ended.values(settled_at=work.now, settlement=GONE))
    return len(gone)
