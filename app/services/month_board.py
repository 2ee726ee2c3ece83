"""The board of 31 days: a row for each bed, a column for each day, who has which bed from when until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.queries import beds as queries
from app.queries.beds import BedRow, ShelterOf
from app.services import bed_days
from app.services.bed_days import Night
from app.services.residents import Resident
from app.services.unit_of_work import Work
from app.services.viewing import Looked

DAYS = 31


@dataclass(frozen=True)
class Run:
    """Nights of a bed that follow each other and stand alike."""

    standing: str
    resident: Resident | None
    first: date
    nights: int

    @property
    def last(self) -> date:
        """The day on which its last night begins."""
        return self.first + timedelta(days=self.nights - 1)


@dataclass(frozen=True)
class Line:
    """A bed and its nights."""

    bed: BedRow
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class MonthBoard:
    """A house over 31 days. `free` is how many beds are free in the night after each day, cots not counted."""

    shelter: ShelterOf
    days: tuple[date, ...]
    today: date
    rooms: tuple[tuple[str, tuple[Line, ...]], ...]
    free: tuple[int, ...]

    @property
    def before(self) -> date:
        """From where the days before begin."""
        return self.days[0] - timedelta(days=DAYS)

    @property
    def after(self) -> date:
        """From where the days after begin."""
        return self.days[0] + timedelta(days=DAYS)


def board(work: Work, day: date | None = None) -> Looked[MonthBoard | None]:
    """The actor's own house over the 31 days from a day on; None where her agency is no shelter."""
    shelter = queries.shelter_of(work.session, work.actor)
    if shelter is None:
        return Looked(None)
    first = day or work.today
    days = tuple(first + timedelta(days=number) for number in range(DAYS))
    house = bed_days.house(work, first, DAYS)
    by_bed = {bed.id: [house.night(bed, one) for one in days] for bed in house.beds}
    lines = [Line(bed, tuple(_runs(by_bed[bed.id], first))) for bed in house.beds]
    names = dict.fromkeys(bed.room for bed in house.beds)
    rooms = tuple((name, tuple(line for line in lines if line.bed.room == name)) for name in names)
    counted = [by_bed[bed.id] for bed in house.beds if not bed.is_cot]
    free = tuple(sum(nights[place].standing == "free" for nights in counted) for place in range(DAYS))
    return Looked(
        MonthBoard(shelter, days, work.today, rooms, free), shown=house.cases, detail={"days_from": first.isoformat()}
    )


def _runs(nights: list[Night], first: date) -> Iterator[Run]:
    start = 0
    for place in range(1, len(nights) + 1):
        if place == len(nights) or nights[place] is not nights[start]:
            yield Run(nights[start].standing, nights[start].resident, first + timedelta(days=start), place - start)
            start = place
