"""The pages of an alarm: of the house whose location is known, and of the agencies that were told."""

from dataclasses import dataclass
from uuid import UUID

from app.errors import NotFound
from app.models.house_period import PremisesAlarm
from app.models.premises import AddressOpening
from app.queries import addresses, alarms, directory
from app.queries.addresses import OpeningRow
from app.queries.alarms import AlarmRow, ToldRow, WarningRow
from app.queries.directory import AgencyRow
from app.services.alarms import TABLE
from app.services.house_pages import Leaving, numbers, people
from app.services.house_residents import residents
from app.services.unit_of_work import Work
from app.services.viewing import Looked


@dataclass(frozen=True)
class AlarmPage:
    """An alarm for those who run the house: what happened, who is still there, who knew the address, who was told."""

    row: AlarmRow
    account: str
    down_note: str
    residents: tuple[Leaving, ...]
    planned: int
    there: int
    opened_before: tuple[OpeningRow, ...]
    told: tuple[ToldRow, ...]
    with_residents: frozenset[UUID]
    others: tuple[AgencyRow, ...]
    may_sign: bool


def whole(work: Work, alarm_id: UUID) -> Looked[AlarmPage]:
    """An alarm of the actor's own shelter; raises NotFound."""
    session, actor = work.session, work.actor
    found = alarms.own(session, actor, PremisesAlarm.id == alarm_id)
    if not found or actor.agency_id is None:
        raise NotFound
    row, told = found[0], alarms.told(session, actor, alarm_id)
    shown = people(work, row.period_id)
    planned, there = numbers(work, actor.agency_id, row.period_id)
    known = {one.told_agency_id for one in told} | {actor.agency_id}
    page = AlarmPage(
        row=row,
        account=_opened(work, row, "account"),
        down_note=_opened(work, row, "down_note"),
        residents=shown,
        planned=planned,
        there=there,
        opened_before=_who_knew(work, row),
        told=tuple(told),
        with_residents=_placers(work, row) - known,
        others=tuple(one for one in directory.agencies(session, actor, work.now) if one.id not in known),
        may_sign=row.drafted_by_id is not None and row.drafted_by_id != actor.member_id,
    )
    return Looked(page, shown=[one.row.case_id for one in shown], detail={"alarm": alarm_id})


def _opened(work: Work, row: AlarmRow, name: str) -> str:
    sealed = getattr(row, name)
    if sealed is None or work.actor.agency_id is None:
        return ""
    key = work.vault.unwrap(row.wrapped, row.id, TABLE, work.actor.agency_id)
    return str(work.vault.open(key, sealed, TABLE, name, row.id))


def _who_knew(work: Work, row: AlarmRow) -> tuple[OpeningRow, ...]:
    before = (AddressOpening.premises_id == row.premises_id, AddressOpening.opened_at < row.raised_at)
    return tuple(addresses.openings(work.session, work.actor, *before))


def _placers(work: Work, row: AlarmRow) -> frozenset[UUID]:
    """The agencies that lead the cases of those who live there: agencies, not whose case is which."""
    assert work.actor.agency_id is not None  # noqa: S101 - an alarm of her own was found
    there = residents(work, work.actor.agency_id, row.premises_id)
    return frozenset(one.lead_agency_id for one in there if one.lead_agency_id)


def own(work: Work) -> Looked[tuple[AlarmRow, ...]]:
    """The alarms of the actor's own shelter."""
    return Looked(tuple(alarms.own(work.session, work.actor)))


def warnings(work: Work) -> Looked[tuple[WarningRow, ...]]:
    """The alarms elsewhere of which the actor's agency was told."""
    return Looked(tuple(alarms.warnings(work.session, work.actor)))
