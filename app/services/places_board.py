"""All places over the next days as numbers: free beds for those who place, sums for the statistics. No person in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.queries import bed_spans
from app.queries.bed_spans import HOLD, PlaceBed, PlaceRow, Span
from app.security.actor import Actor
from app.services import unit_of_work
from app.vocabulary.role import Role

DAYS = 14
KINDS = ("free", "taken", "held", "out")


@dataclass(frozen=True)
class DayOfPlace:
    """How the beds of a place stand in one night. `out`: not in use."""

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
    """What a reader sees: each place, or `sums` of all of them alone."""

    days: tuple[date, ...]
    places: tuple[Place, ...]
    sums: tuple[DayOfPlace, ...]
    is_own: bool


def places_board(actor: Actor) -> PlacesBoard:
    """The places that the reader may see: all for who places, her own for a house, sums for the statistics."""
    own = actor.agency_id if actor.agency_kind == "shelter" else None
    with unit_of_work.read(actor) as work:
        days = tuple(work.today + timedelta(days=number) for number in range(DAYS))
        with work.as_system("placement"):
            rows = bed_spans.places(work.session, work.actor, own)
            beds = bed_spans.beds(work.session, work.actor, own)
            end = days[-1] + timedelta(days=1)
            spans = bed_spans.spans(work.session, work.actor, days[0], end, work.now, own)
        by_place = _by_place(beds, spans, days)
    places = tuple(Place(row, tuple(by_place[row.id])) for row in rows)
    sums = tuple(_added(place.days[number] for place in places) for number in range(DAYS))
    return PlacesBoard(days, () if actor.has(Role.STATISTICS_SUPERVISOR) else places, sums, own is not None)


def _by_place(
    beds: Iterable[PlaceBed], spans: Iterable[Span], days: tuple[date, ...]
) -> Mapping[UUID, list[DayOfPlace]]:
    by_bed: dict[UUID, list[Span]] = defaultdict(list)
    for span in spans:
        by_bed[span.bed_id].append(span)
    found: dict[UUID, list[DayOfPlace]] = defaultdict(lambda: [DayOfPlace()] * len(days))
    for bed in beds:
        nights = [_standing(bed, by_bed[bed.id], day, days[0]) for day in days]
        found[bed.agency_id] = [_added((one, two)) for one, two in zip(found[bed.agency_id], nights, strict=True)]
    return found


def _standing(bed: PlaceBed, spans: list[Span], night: date, today: date) -> DayOfPlace:
    kinds = {span.kind for span in spans if span.covers(night, today)}
    if kinds:
        return DayOfPlace(held=1) if kinds == {HOLD} else DayOfPlace(taken=1)
    return DayOfPlace(free=1) if bed.is_active else DayOfPlace(out=1)


def _added(rows: Iterable[DayOfPlace]) -> DayOfPlace:
    found = list(rows)
    return DayOfPlace(*(sum(getattr(one, kind) for one in found) for kind in KINDS))
