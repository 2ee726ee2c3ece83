"""What a shelter sees of its houses: open, suspended, closed, and who still has to leave."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.errors import NotFound
from app.models.house_period import PremisesPeriod, Relocation
from app.models.premises import Premises
from app.queries import houses as house_queries
from app.queries import periods as period_queries
from app.queries import relocations
from app.queries.houses import House
from app.queries.periods import PeriodRow
from app.queries.relocations import ResidentRow
from app.services.house_periods import open_note
from app.services.house_residents import as_the_house
from app.services.stays import opened_safety
from app.services.unit_of_work import Work
from app.services.viewing import Looked


@dataclass(frozen=True)
class HouseNow:
    """A house, what it is today, and what is announced."""

    house: House
    now: PeriodRow | None
    ahead: tuple[PeriodRow, ...]


@dataclass(frozen=True)
class HousesPage:
    """The houses of the actor's own shelter."""

    houses: tuple[HouseNow, ...]
    today: date


@dataclass(frozen=True)
class Line:
    """A stretch of a house's history: a period with its note, or open in between."""

    period: PeriodRow | None
    note: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class HousePage:
    """One house with its history, newest first."""

    house: House
    now: PeriodRow | None
    ahead: tuple[PeriodRow, ...]
    lines: tuple[Line, ...]
    today: date


@dataclass(frozen=True)
class Leaving:
    """Someone who has to leave: by the name used in the house, and whether she is still there."""

    row: ResidentRow
    alias: str
    is_there: bool
    is_planned: bool


@dataclass(frozen=True)
class LeavingPage:
    """Who has to leave a house by a period: how many, how many are still there, and those whom the reader may see."""

    house: House
    period: PeriodRow
    residents: tuple[Leaving, ...]
    planned: int
    there: int
    today: date

    @property
    def is_due(self) -> bool:
        """Whether the day has come: who is still there is overdue to leave."""
        return self.period.from_on <= self.today


def index(work: Work) -> Looked[HousesPage]:
    """The houses of the actor's own shelter; none where her agency is no shelter."""
    known = house_queries.own_houses(work.session, work.actor)
    found = period_queries.periods(work.session, work.actor) if known else []
    houses = tuple(_now(house, found, work.today) for house in known)
    return Looked(HousesPage(houses, work.today))


def _now(house: House, periods: list[PeriodRow], today: date) -> HouseNow:
    own = [one for one in periods if one.premises_id == house.premises_id and not one.was_taken_back]
    now = next((one for one in own if one.is_now(today)), None)
    return HouseNow(house, now, tuple(one for one in reversed(own) if one.from_on > today))


def find(work: Work, premises_id: UUID, *, as_administrator: bool = False) -> House:
    """A house of the actor's own shelter, or any for an administrator; raises NotFound."""
    found = house_queries.houses(work.session, work.actor, Premises.id == premises_id)
    if not found or not (as_administrator or found[0].agency_id == work.actor.agency_id):
        raise NotFound
    return found[0]


def whole(work: Work, premises_id: UUID, *, as_administrator: bool = False) -> Looked[HousePage]:
    """One house with its history. Raises NotFound. An administrator reads no note."""
    house = find(work, premises_id, as_administrator=as_administrator)
    found = period_queries.periods(work.session, work.actor, PremisesPeriod.premises_id == premises_id)
    now = _now(house, found, work.today)
    reads = house.agency_id == work.actor.agency_id
    lines = _lines(work, found, reads=reads)
    return Looked(HousePage(house, now.now, now.ahead, lines, work.today), detail={"premises": premises_id})


def _lines(work: Work, periods: list[PeriodRow], *, reads: bool) -> tuple[Line, ...]:
    """The periods with the open stretches between them, newest first; ones taken back stand where they were made."""
    lines: list[Line] = []
    opens: date | None = None
    for one in reversed(periods):
        note = open_note(work, one.id, one.note, one.wrapped) if reads else ""
        if not one.was_taken_back:
            if lines and opens is not None and opens < one.from_on:
                lines.append(Line(None, "", opens, one.from_on))
            opens = one.to_on
        lines.append(Line(one, note, one.from_on, one.to_on))
    if lines and opens is not None:
        lines.append(Line(None, "", opens, None))
    return tuple(reversed(lines))


def leaving(work: Work, period_id: UUID) -> Looked[LeavingPage]:
    """Who has to leave by a period of a house of the actor's own shelter. Raises NotFound."""
    found = period_queries.periods(work.session, work.actor, PremisesPeriod.id == period_id)
    if not found:
        raise NotFound
    house = find(work, found[0].premises_id)
    residents = people(work, period_id)
    planned, there = numbers(work, house.agency_id, period_id)
    page = LeavingPage(house, found[0], residents, planned, there, work.today)
    return Looked(page, shown=[one.row.case_id for one in residents], detail={"period": period_id})


def numbers(work: Work, agency_id: UUID, period_id: UUID) -> tuple[int, int]:
    """How many plans a period has, and how many people are still there, whoever is barred from seeing them."""
    with as_the_house(work, agency_id):
        return relocations.counts(work.session, work.actor, period_id)


def people(work: Work, period_id: UUID) -> tuple[Leaving, ...]:
    """Those whom the reader may see, by the name used in the house."""
    rows = relocations.residents(work.session, work.actor, Relocation.period_id == period_id)
    return tuple(_leaving(work, row) for row in rows)


def _leaving(work: Work, row: ResidentRow) -> Leaving:
    safety = opened_safety(work, row.stay_id, row.safety, row.wrapped) if row.stay_id else {}
    return Leaving(row, safety.get("alias", ""), row.stay_id is not None, row.planned_at is not None)


def one_resident(work: Work, relocation_id: UUID) -> Looked[tuple[Leaving, House]]:
    """One of them, for the page on which it is written where she goes. Raises NotFound."""
    rows = relocations.residents(work.session, work.actor, Relocation.id == relocation_id)
    if not rows:
        raise NotFound
    return Looked((_leaving(work, rows[0]), find(work, rows[0].premises_id)), rows[0].case_id)
