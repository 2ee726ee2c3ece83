"""What grants come to: which money falls into which days of which place, how long it lasts, where there is none.

Pure arithmetic over the ledger. A grant is spread evenly over its days, the first and the last included; nothing is
turned into another currency. An amount that is not told spreads nothing, and is counted as not told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from app.queries.funding import Grant

A_DAY = timedelta(days=1)
UNSEEN = ""
"""The place of money that was another's before it was moved to the reader's own."""
YEAR_OF_DAYS = 365
MONTHS = 12


@dataclass(frozen=True)
class Line:
    """Money of one payer for one place over days: a grant, a part of one, or what of it is in no part.

    `place` is an agency, the name of a place, or a number of places that share it without telling how.
    """

    place: UUID | str | int
    payer_id: UUID
    kind: str
    currency: str
    amount: Fraction | None
    first: date
    last: date
    is_approximate: bool = False

    def falls_into(self, first: date, last: date) -> Fraction:
        """How much of it falls into days, both included; nothing where the amount is not told."""
        days = (min(self.last, last) - max(self.first, first)).days + 1
        if self.amount is None or days <= 0:
            return Fraction(0)
        return self.amount * days / ((self.last - self.first).days + 1)

    def touches(self, first: date, last: date) -> bool:
        """Whether a day of it lies between two days."""
        return self.first <= last and self.last >= first

    @property
    def pays(self) -> bool:
        """Whether it is money: an amount above zero, or one that is not told."""
        return self.amount is None or self.amount > 0


def lines_of(grants: Sequence[Grant]) -> list[Line]:
    """The money of a ledger, each sum once: parts, what is left of their wholes, and moves from place to place."""
    standing = [one for one in grants if not one.is_struck_out]
    parts: dict[UUID, list[Grant]] = {}
    for one in standing:
        if one.row.part_of_id:
            parts.setdefault(one.row.part_of_id, []).append(one)
    found: list[Line] = []
    for one in standing:
        of_it = parts.get(one.row.id, [])
        amount = None if one.row.amount is None else one.row.amount - sum(part.row.amount or 0 for part in of_it)
        if not (of_it and amount == 0):
            found += _moved(one, _line(one, amount))
    return [one for one in found if one.place != UNSEEN]


def wholes_of(grants: Sequence[Grant]) -> list[Line]:
    """The grants as they were given, each at the place that it was granted to."""
    found = [_line(one, one.row.amount) for one in grants if not one.is_struck_out and one.row.part_of_id is None]
    return [one for one in found if one.place != UNSEEN]


def _line(grant: Grant, amount: int | None) -> Line:
    row = grant.row
    return Line(
        _place(grant),
        row.payer_id,
        row.kind,
        row.currency,
        None if amount is None else Fraction(amount),
        row.from_on,
        row.to_on,
        row.is_approximate,
    )


def _place(grant: Grant) -> UUID | str | int:
    """Whose it was when it was granted; of a place that the reader may not see nothing is told."""
    whose = {one.agency_id or str(one.place) for one in grant.payees if not one.is_added}
    first = [one for one in grant.payees if not one.is_added]
    if len(whose) == 1 and len(first) == grant.row.places:
        return next(iter(whose))  # the houses of one shelter are one place here
    return grant.row.places if first else UNSEEN


def _moved(grant: Grant, line: Line) -> list[Line]:
    """The line cut where its money went to another place, and at its end, day for day."""
    whose: dict[UUID | None, UUID | str] = {one.id: one.agency_id or str(one.place) for one in grant.payees}
    found = [line]
    for change in grant.changes:
        if change.kind == "moved":
            ends = whose.get(change.from_payee_id, UNSEEN), whose.get(change.to_payee_id, UNSEEN)
            found = [piece for one in found for piece in _cut(one, change.changed_on, ends, change.amount)]
    return [piece for one in found for piece in _until(one, grant.last_on)]


def _cut(line: Line, day: date, ends: tuple[UUID | str, UUID | str], amount: int | None) -> list[Line]:
    """What is spent before the day stays; from then on all the rest is the other place's, or the amount told."""
    away, to = ends
    if line.place != away or to == away or not line.first <= day <= line.last:
        return [line]
    if line.amount is None:
        return [*_piece(line, away, line.first, day - A_DAY, None), *_piece(line, to, day, line.last, None)]
    rest = line.falls_into(day, line.last)
    gone = rest if amount is None else min(Fraction(amount), rest)
    before = _piece(line, away, line.first, day - A_DAY, line.amount - rest)
    kept = _piece(line, away, day, line.last, rest - gone) if gone < rest else []
    return [*before, *kept, *_piece(line, to, day, line.last, gone)]


def _piece(line: Line, place: UUID | str | int, first: date, last: date, amount: Fraction | None) -> list[Line]:
    if last < first:
        return []
    about = line.is_approximate
    return [Line(place, line.payer_id, line.kind, line.currency, amount, first, last, about)]


def _until(line: Line, last_on: date) -> list[Line]:
    """The days until the last that is paid for; what would have been paid after it is not."""
    if line.last <= last_on:
        return [line]
    if line.first > last_on:
        return []
    amount = None if line.amount is None else line.falls_into(line.first, last_on)
    return _piece(line, line.place, line.first, last_on, amount)


def gaps(lines: Iterable[Line], first: date, last: date) -> list[tuple[date, date]]:
    """The days between two on which nothing pays, as ranges, both ends included."""
    found, day = [], first
    for line in sorted((one for one in lines if one.pays), key=lambda one: one.first):
        if line.first > day:
            found.append((day, min(line.first - A_DAY, last)))
        day = max(day, line.last + A_DAY)
        if day > last:
            return found
    return [*found, (day, last)] if day <= last else found


@dataclass(frozen=True)
class Cover:
    """How long money lasts after a day: what is granted for later days, by what fell into a month of the year before.

    `months` is None where nothing fell into that year, so that there is no rate.
    """

    left: Fraction
    months: Fraction | None
    until: date | None


def cover(lines: Sequence[Line], day: date) -> Cover:
    """How long the money of a place lasts after a day."""
    left = sum((one.falls_into(day + A_DAY, date.max) for one in lines), Fraction(0))
    spent = sum((one.falls_into(day - YEAR_OF_DAYS * A_DAY + A_DAY, day) for one in lines), Fraction(0))
    months = left / (spent / MONTHS) if spent else None
    until = max((one.last for one in lines if one.pays), default=None)
    return Cover(left, months, until)
