"""All places over the next days as numbers: free beds for those who place, sums for the statistics. No person in it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from app.queries import bed_spans, periods
from app.queries.bed_spans import HOLD, STAY, PlaceBed, PlaceRow, Span
from app.queries.periods import ShutDays
from app.security.actor import Actor
from app.services import unit_of_work
from app.vocabulary.role import Role

Key = TypeVar("Key", bound=Hashable)
DAYS = 14
KINDS = ("free", "taken", "held", "out")


@dataclass(frozen=True)
class DayOfPlace:
    """How the beds of a place stand in one night. `out`: not in use, or void."""

    free: int = 0
    taken: int = 0
    held: int = 0
    out: int = 0

    @property
    def beds(self) -> int:
        """How many there are in use."""
        return self.free + self.taken + self.held


@dataclass(frozen=True)
class Place:
    """A place and its days; of a place that takes nobody the free beds are not offered."""

    row: PlaceRow
    days: tuple[DayOfPlace, ...]


@dataclass(frozen=True)
class PlacesBoard:
    """What a reader sees: each place, or `sums` of all of them alone; of a place of several houses its own staff see
    each of its `houses`.
    """

    days: tuple[date, ...]
    places: tuple[Place, ...]
    sums: tuple[DayOfPlace, ...]
    is_own: bool
    houses: tuple[tuple[str, tuple[DayOfPlace, ...]], ...] = ()


def places_board(actor: Actor) -> PlacesBoard:
    """The places that the reader may see: all for who places, her own for a house, sums for the statistics."""
    own = actor.agency_id if actor.agency_kind == "shelter" else None
    with unit_of_work.read(actor) as work:
        days = tuple(work.today + timedelta(days=number) for number in range(DAYS))
        with work.as_system("placement"):
            rows = bed_spans.places(work.session, work.actor, work.today, own)
            beds = bed_spans.beds(work.session, work.actor, own)
            end = days[-1] + timedelta(days=1)
            spans = bed_spans.spans(work.session, work.actor, days[0], end, work.now, own)
            shut = periods.shut_days(work.session, work.actor, days[0], end)
        by_place = _added_up(beds, (spans, shut), days, lambda bed: bed.agency_id)
        by_house = _added_up(beds, (spans, shut), days, lambda bed: bed.house) if own else {}
    places = tuple(Place(row, tuple(by_place[row.id])) for row in rows)
    sums = tuple(_added(place.days[number] for place in places) for number in range(DAYS))
    houses = tuple((name, tuple(nights)) for name, nights in by_house.items()) if len(by_house) > 1 else ()
    return PlacesBoard(days, () if actor.has(Role.STATISTICS_SUPERVISOR) else places, sums, own is not None, houses)


def _added_up(
    beds: Iterable[PlaceBed],
    kept: tuple[Iterable[Span], ShutDays],
    days: tuple[date, ...],
    by: Callable[[PlaceBed], Key],
) -> Mapping[Key, list[DayOfPlace]]:
    spans, shut = kept
    by_bed: dict[object, list[Span]] = defaultdict(list)
    for span in spans:
        by_bed[span.bed_id].append(span)
    found: dict[Key, list[DayOfPlace]] = defaultdict(lambda: [DayOfPlace()] * len(days))
    for bed in beds:
        nights = [_standing(bed, by_bed[bed.id], shut, day, days[0]) for day in days]
        found[by(bed)] = [_added((one, two)) for one, two in zip(found[by(bed)], nights, strict=True)]
    return found


def _standing(bed: PlaceBed, spans: list[Span], shut: ShutDays, night: date, today: date) -> DayOfPlace:
    kinds = {span.kind for span in spans if span.covers(night, today)}
    if STAY in kinds:
        return DayOfPlace(taken=1)
    if HOLD in kinds:
        return DayOfPlace(held=1)
    is_out = bool(kinds) or not bed.is_active or shut.covers(bed.premises_id, night)
    return DayOfPlace(out=1) if is_out else DayOfPlace(free=1)


def _added(rows: Iterable[DayOfPlace]) -> DayOfPlace:
    found = list(rows)
    return DayOfPlace(*(sum(getattr(one, kind) for one in found) for kind in KINDS))
