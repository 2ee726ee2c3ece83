"""What the state and donors pay for: money by place over two years, bed-nights beside it, how long it lasts, gaps.

One currency at a time: sums of two currencies are never made. Who reads what follows from the ledger's own scope.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from app.errors import Invalid
from app.queries import funding, nights
from app.queries.funding import PayerRow, PlaceRow
from app.security.actor import Actor
from app.services import occupancy, unit_of_work
from app.services.occupancy import Reader
from app.services.spending import Cover, Line, cover, gaps, lines_of, wholes_of
from app.services.unit_of_work import Work
from app.vocabulary.funding import CURRENCY
from app.vocabulary.period import year
from app.vocabulary.role import Role

KINDS = ("state", "donor")
TREND = 5


@dataclass(frozen=True)
class CostRequest:
    """A year, beside the year before it; a currency, a place, a payer: where they are None the most used, all, all."""

    year: int
    currency: str | None = None
    agency_id: UUID | None = None
    payer_id: UUID | None = None


@dataclass(frozen=True)
class Sum:
    """Money in the currency's smallest unit, and what must be said with it."""

    amount: Fraction = Fraction(0)
    is_approximate: bool = False
    has_untold: bool = False

    @property
    def minor(self) -> int:
        """To the nearest smallest unit."""
        return round(self.amount)


@dataclass(frozen=True)
class YearOf:
    """A year of a place: what grants that begin in it come to, what falls into it by kind of payer, and its nights.

    `nights` is None where there can be none, or where the number may not be shown (`is_withheld`).
    """

    granted: Sum
    by_kind: dict[str, Sum]
    nights: int | None
    is_withheld: bool = False

    @property
    def fell(self) -> Sum:
        """What falls into the year, of all payers."""
        return added(self.by_kind.values())

    @property
    def per_night(self) -> int | None:
        """Cost of a bed-night in the smallest unit; None without nights."""
        return round(self.fell.amount / self.nights) if self.nights else None


@dataclass(frozen=True)
class PlaceCosts:
    """A place with its two years. `place` is a shelter, a name, how many places share the money, or None: all together.

    Gaps are None where they mean nothing: of a place that is not here, and of all together.
    """

    place: PlaceRow | str | int | None
    before: YearOf
    now: YearOf
    cover: Cover
    gaps: tuple[tuple[date, date], ...] | None
    state_gaps: tuple[tuple[date, date], ...] | None


@dataclass(frozen=True)
class Share:
    """What falls into the year of one payer, and how much of all that is."""

    payer: PayerRow
    sum: Sum
    share: Fraction


@dataclass(frozen=True)
class Costs:
    """The whole report."""

    request: CostRequest
    currency: str
    currencies: tuple[str, ...]
    day: date
    places: tuple[PlaceCosts, ...]
    shares: tuple[Share, ...]
    trend: tuple[tuple[int, dict[str, Sum]], ...]

    @property
    def years(self) -> tuple[int, int]:
        """The two years, the earlier first."""
        return self.request.year - 1, self.request.year


def added(sums: Iterable[Sum]) -> Sum:
    """Sums of one currency added up; what one of them lacks the whole lacks."""
    found = list(sums)
    total = sum((one.amount for one in found), Fraction(0))
    return Sum(total, any(one.is_approximate for one in found), any(one.has_untold for one in found))


def report(actor: Actor, request: CostRequest) -> Costs:
    """What is paid for. Raises Invalid for a currency that there is not."""
    if request.currency is not None and request.currency not in CURRENCY:
        raise Invalid({"currency": "unknown_choice"})
    with unit_of_work.read(actor) as work:
        return _built(work, request)


def exported(actor: Actor, request: CostRequest, kind: str) -> Costs:
    """The same as a file that leaves, written down."""
    with unit_of_work.write(actor) as work:
        made = _built(work, request)
        work.audit("funding:exported", format=kind, year=request.year, currency=made.currency)
        work.commit()
        return made


def _built(work: Work, request: CostRequest) -> Costs:
    first, last = date(request.year - TREND + 1, 1, 1), date(request.year, 12, 31)
    grants = funding.touching(work.session, work.actor, first, date.max)
    asked = _Asked(request)
    all_lines = [one for one in lines_of(grants) if asked.fits(one)]
    wholes = [one for one in wholes_of(grants) if asked.fits(one)]
    used = sorted({one.currency for one in wholes}, key=lambda code: (-_count(wholes, code), code))
    currency = request.currency or (used[0] if used else "EUR")
    money = _Money(
        currency,
        min(last, work.today),
        [one for one in wholes if one.currency == currency],
        [one for one in all_lines if one.currency == currency],
        all_lines,
    )
    payers = funding.payers(work.session, work.actor)
    return Costs(
        request,
        currency,
        tuple(used),
        money.day,
        _rows(work, request, money),
        _shares(payers, money.lines, request.year),
        tuple((number, _by_kind(money.lines, number)) for number in range(request.year - TREND + 1, request.year + 1)),
    )


@dataclass(frozen=True)
class _Asked:
    """Which money is asked for."""

    request: CostRequest

    def fits(self, line: Line) -> bool:
        """Whether it is of the payer and the place asked for."""
        return self.request.payer_id in (None, line.payer_id) and self.request.agency_id in (None, line.place)


@dataclass(frozen=True)
class _Money:
    """The money of the report: grants as given, what falls where, in its currency, and in all for the gaps."""

    currency: str
    day: date
    wholes: list[Line]
    lines: list[Line]
    of_all_currencies: list[Line]


def _count(lines: Sequence[Line], currency: str) -> int:
    return sum(one.currency == currency for one in lines)


def _places(work: Work, request: CostRequest) -> list[PlaceRow]:
    found = funding.shelters(work.session, work.actor)
    own = [one for one in found if _reads_all(work.actor) or one.agency_id == work.actor.agency_id]
    return [one for one in own if request.agency_id in (None, one.agency_id)]


def _reads_all(actor: Actor) -> bool:
    return actor.has(Role.STATISTICS_SUPERVISOR) or actor.has(Role.NATIONAL_COORDINATOR)


def _rows(work: Work, request: CostRequest, money: _Money) -> tuple[PlaceCosts, ...]:
    """The shelters, the places known by name alone, and money that several share; all together for who reads all."""
    numbers = (request.year - 1, request.year)
    slept = {number: _nights(work, number, request.agency_id) for number in numbers}
    beside = {one.place for one in (*money.wholes, *money.lines) if not isinstance(one.place, UUID)}
    names = sorted(one for one in beside if isinstance(one, str))
    shares = sorted(one for one in beside if isinstance(one, int))
    listed: list[PlaceRow | str | int] = [*_places(work, request), *names, *shares]
    rows = [_row(money, place, numbers, slept) for place in listed]
    if _reads_all(work.actor) and request.agency_id is None:
        rows.append(_row(money, None, numbers, slept))
    return tuple(rows)


def _row(
    money: _Money,
    place: PlaceRow | str | int | None,
    numbers: tuple[int, int],
    slept: Mapping[int, Mapping[UUID | None, int | None]],
) -> PlaceCosts:
    key = place.agency_id if isinstance(place, PlaceRow) else place
    lines = [one for one in money.lines if key in (None, one.place)]
    wholes = [one for one in money.wholes if key in (None, one.place)]
    any_money = [one for one in money.of_all_currencies if one.place == key]
    before, now = (_year(wholes, lines, number, *_nights_of(slept[number], place)) for number in numbers)
    days = date(numbers[1], 1, 1), date(numbers[1], 12, 31)
    of_state = [one for one in any_money if one.kind == "state"]
    is_house = isinstance(place, PlaceRow)
    return PlaceCosts(
        place,
        before,
        now,
        cover(lines, money.day),
        tuple(gaps(any_money, *days)) if is_house else None,
        tuple(gaps(of_state, *days)) if is_house else None,
    )


def _year(wholes: Sequence[Line], lines: Sequence[Line], number: int, slept: int | None, is_withheld: bool) -> YearOf:
    granted = _sum(one for one in wholes if one.first.year == number)
    return YearOf(granted, _by_kind(lines, number), slept, is_withheld)


def _nights_of(slept: Mapping[UUID | None, int | None], place: PlaceRow | str | int | None) -> tuple[int | None, bool]:
    """The bed-nights of a place, and whether they may not be shown."""
    if isinstance(place, str | int):
        return None, False
    found = slept.get(place.agency_id if place else None, 0)
    return found, found is None


def _nights(work: Work, number: int, agency_id: UUID | None) -> dict[UUID | None, int | None]:
    """The bed-nights of a year by shelter, and under None of all; None where the number may not be shown."""
    reader = occupancy.reader_of(work.actor)
    if number > work.today.year:
        return {}
    if reader is Reader.NATION:
        withheld: dict[UUID | None, int | None] = dict.fromkeys(
            (one.agency_id for one in funding.shelters(work.session, work.actor)), None
        )
        return withheld | {None: occupancy.build(work, year(number)).total.slept}
    if reader is Reader.HOUSE:
        rows = nights.by_night(work.session, work.actor, year(number), work.today, work.actor.agency_id)
    else:
        with work.as_system("statistics"):
            rows = nights.by_night(work.session, work.actor, year(number), work.today, agency_id)
    found: dict[UUID | None, int | None] = {}
    for row in rows:
        for key in (row.agency_id, None):
            found[key] = (found.get(key) or 0) + row.slept
    return found


def _sum(lines: Iterable[Line]) -> Sum:
    found = list(lines)
    total = sum((one.amount for one in found if one.amount is not None), Fraction(0))
    about, untold = any(one.is_approximate for one in found), any(one.amount is None for one in found)
    return Sum(total, about, untold)


def _fell(lines: Iterable[Line], number: int) -> Sum:
    """What falls into a year; a grant that is not told says so in each year that it touches."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    found = [one for one in lines if one.touches(first, last)]
    total = sum((one.falls_into(first, last) for one in found), Fraction(0))
    return Sum(total, any(one.is_approximate for one in found), any(one.amount is None for one in found))


def _by_kind(lines: Sequence[Line], number: int) -> dict[str, Sum]:
    return {kind: _fell((one for one in lines if one.kind == kind), number) for kind in KINDS}


def _shares(payers: Sequence[PayerRow], lines: Sequence[Line], number: int) -> tuple[Share, ...]:
    sums = [(payer, _fell((one for one in lines if one.payer_id == payer.id), number)) for payer in payers]
    total = sum((one.amount for _, one in sums), Fraction(0))
    found = [Share(payer, one, one.amount / total if total else Fraction(0)) for payer, one in sums if _is_there(one)]
    return tuple(sorted(found, key=lambda one: -one.sum.amount))


def _is_there(found: Sum) -> bool:
    return bool(found.amount) or found.has_untold
