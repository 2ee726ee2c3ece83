"""An independent model of houses and who sleeps in them: plain sets of nights, with no stay, no range and no database.

A day passes and whoever is in a bed has slept there one night more. What is recorded late puts nights in or takes them
out, one by one. It shares no line with the application, so that a fault in either shows as a disagreement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

A_DAY = timedelta(days=1)
Night = tuple[date, str]
"""A day and a bed."""


def days(first: date, end: date) -> list[date]:
    """The days from the first on, before the end."""
    return [first + A_DAY * number for number in range(max((end - first).days, 0))]


@dataclass
class Resident:
    """Somebody in a bed now."""

    who: str
    since: date
    until: date | None


@dataclass
class Booking:
    """A bed kept for somebody, night by night."""

    who: str
    bed: str
    nights: set[date]


@dataclass
class Houses:
    """All beds, and what is known of each."""

    today: date
    house_of: dict[str, str]
    """Of each bed the house."""
    person_of: dict[str, str] = field(default_factory=dict)
    """Of each record whose it is, where that is another's as well."""
    erased: set[str] = field(default_factory=set)
    """Records of which no day is known any more."""
    now: dict[str, Resident] = field(default_factory=dict)
    slept: dict[str, set[Night]] = field(default_factory=dict)
    booked: list[Booking] = field(default_factory=list)
    void: dict[str, set[date]] = field(default_factory=dict)
    void_from: dict[str, date] = field(default_factory=dict)
    """Beds that are out of use from a day on, for as long as is not known."""
    shut: dict[str, set[date]] = field(default_factory=dict)
    """Of each house the days on which it takes nobody."""
    ready_after: dict[str, int] = field(default_factory=dict)
    """For how many days a house makes a bed ready after somebody has left it."""

    # --- what may be done ---

    def bed_of(self, who: str) -> str | None:
        """The bed that somebody is in."""
        return next((bed for bed, one in self.now.items() if one.who == who), None)

    def is_shut(self, house: str, day: date) -> bool:
        """Whether a house takes nobody on a day."""
        return day in self.shut.get(house, ())

    def may_arrive(self, who: str, bed: str, on: date) -> bool:
        """Whether somebody from outside can be given a bed."""
        return not self.is_shut(self.house_of[bed], on) and self.may_sleep(who, bed, on)

    def may_sleep(self, who: str, bed: str, on: date) -> bool:
        """Whether a bed can be given from a day on to somebody who is in the house already."""
        if bed in self.now and self.now[bed].who != who:
            return False
        if any(day >= on for day, where in self._slept_by_others(who) if where == bed):
            return False
        if any(on in one.nights for one in self.booked if one.bed == bed and one.who != who):
            return False
        return not any(self.is_void(bed, day) for day in days(on, max(on, self.today) + A_DAY))

    def may_book(self, who: str, bed: str, first: date, end: date) -> bool:
        """Whether a bed can be kept for somebody for these nights."""
        wanted = set(days(first, end))
        if wanted & self.shut.get(self.house_of[bed], set()):
            return False
        there = self.now.get(bed)
        ready = A_DAY * self.ready_after.get(self.house_of[bed], 0)
        if there is not None and there.who != who and (there.until is None or there.until + ready > first):
            return False
        if any(day in wanted for day, where in self._slept_by_others(who) if where == bed):
            return False
        if any(wanted & one.nights for one in self.booked if one.bed == bed and one.who != who):
            return False
        return not any(self.is_void(bed, day) for day in wanted)

    def may_void(self, bed: str, first: date, end: date | None) -> bool:
        """Whether a bed can be put out of use from today or a later day on."""
        unknown = self.void_from.get(bed)
        if bed in self.now or (unknown is not None and (end is None or unknown < end)):
            return False
        return not any(day >= first and (end is None or day < end) for day in self.void.get(bed, ()))

    def has_slept_since(self, who: str, on: date) -> bool:
        """Whether somebody has slept somewhere in that night or a later one."""
        return any(day >= on for day, _ in self.slept.get(who, ()))

    def is_void(self, bed: str, day: date) -> bool:
        """Whether a bed is out of use in a night."""
        return day in self.void.get(bed, ()) or (bed in self.void_from and day >= self.void_from[bed])

    def _slept_by_others(self, who: str) -> Iterable[Night]:
        return (night for other, nights in self.slept.items() if other != who for night in nights)

    # --- what happens ---

    def pass_days(self, number: int) -> None:
        """Nights go by: whoever is in a bed sleeps there."""
        for _ in range(number):
            for bed, one in self.now.items():
                self.slept.setdefault(one.who, set()).add((self.today, bed))
            self.today += A_DAY
        # It is morning: a bed that was kept for last night is so until noon.
        self.booked = [one for one in self.booked if max(one.nights) + A_DAY >= self.today]

    def book(self, who: str, bed: str, first: date, end: date) -> None:
        """A bed is kept for somebody."""
        self.booked.append(Booking(who, bed, set(days(first, end))))

    def unbook(self, who: str) -> None:
        """Nothing is kept for somebody any longer."""
        self.booked = [one for one in self.booked if one.who != who]

    def arrive(self, who: str, bed: str, on: date, until: date | None) -> None:
        """Somebody is in a bed from a day on, perhaps told of late."""
        self.leave(who, on)
        self.unbook(who)
        self._settle(who, bed, on, until)

    def swap(self, who: str, other: str, on: date) -> None:
        """Two of a house change places; no bed is made ready."""
        mine, hers = self.bed_of(who), self.bed_of(other)
        assert mine is not None
        assert hers is not None
        first, second = self.now[mine], self.now[hers]
        self._get_up(who, on)
        self._get_up(other, on)
        self._settle(who, hers, on, first.until)
        self._settle(other, mine, on, second.until)

    def _settle(self, who: str, bed: str, on: date, until: date | None) -> None:
        self.slept.setdefault(who, set()).update((day, bed) for day in days(on, self.today))
        self.now[bed] = Resident(who, on, until)
        self.void[bed] = {day for day in self.void.get(bed, set()) if day <= max(on, self.today)}
        self.void_from.pop(bed, None)
        self._give_way(who, bed, on, until)

    def leave(self, who: str, on: date) -> None:
        """Somebody has left from a day on; her bed is made ready, but never over a booking."""
        bed = self._get_up(who, on)
        if bed is None:
            return
        ready = set(days(on, on + A_DAY * self.ready_after.get(self.house_of[bed], 0)))
        ahead = [min(one.nights) for one in self.booked if one.bed == bed and max(one.nights) >= on]
        first = min(ahead, default=None)
        self.void.setdefault(bed, set()).update(day for day in ready if first is None or day < first)

    def _get_up(self, who: str, on: date) -> str | None:
        """She is in no bed from a day on: what was taken for a night of hers since then was none."""
        bed = self.bed_of(who)
        if bed is not None:
            del self.now[bed]
            self.slept[who] = {night for night in self.slept.get(who, set()) if night[0] < on}
        return bed

    def extend(self, who: str, until: date) -> None:
        """Somebody stays longer, or less long."""
        bed = self.bed_of(who)
        assert bed is not None
        self.now[bed].until = until
        self._give_way(who, bed, self.now[bed].since, until)

    def _give_way(self, who: str, bed: str, first: date, until: date | None) -> None:
        def is_met(one: Booking) -> bool:
            return any(day >= first and (until is None or day < until) for day in one.nights)

        self.booked = [one for one in self.booked if one.bed != bed or one.who == who or not is_met(one)]

    def put_out_of_use(self, bed: str, first: date, end: date | None) -> None:
        """Nobody can be given a bed for these nights; who was to have it needs another."""
        if end is None:
            self.void_from[bed] = first
        else:
            self.void.setdefault(bed, set()).update(days(first, end))
        self.booked = [
            one for one in self.booked if one.bed != bed or not any(self.is_void(bed, day) for day in one.nights)
        ]

    def put_back(self, bed: str, first: date) -> None:
        """A bed that was out of use from a day on can be given again from today on."""
        over = days(first, self.today)
        if bed in self.void_from:
            del self.void_from[bed]
            self.void.setdefault(bed, set()).update(over)
        self.void[bed] = {day for day in self.void.get(bed, set()) if day < self.today or day < first}

    def may_shut(self, house: str, first: date, end: date) -> bool:
        """Whether a house can be shut for these days."""
        return not set(days(first, end)) & self.shut.get(house, set())

    def shut_house(self, house: str, first: date, end: date) -> None:
        """It takes nobody on these days; who was to come needs another place."""
        closed = set(days(first, end))
        self.shut.setdefault(house, set()).update(closed)
        self.booked = [one for one in self.booked if self.house_of[one.bed] != house or not one.nights & closed]

    def open_house(self, house: str) -> None:
        """A house that is shut now takes people again from today on."""
        self.shut[house] = {day for day in self.shut[house] if day < self.today}

    # --- what is counted ---

    def nights_of(self, house: str) -> dict[date, int]:
        """How many people slept in a house, night by night, each once."""
        return self._people({bed for bed, of in self.house_of.items() if of == house})

    def nights_of_all(self) -> dict[date, int]:
        """How many people slept anywhere."""
        return self._people(set(self.house_of))

    def _people(self, beds: set[str]) -> dict[date, int]:
        found: dict[date, set[str]] = {}
        for who, nights in self.slept.items():
            for day, bed in nights:
                if bed in beds and who not in self.erased:
                    found.setdefault(day, set()).add(self.person_of.get(who, who))
        return {day: len(people) for day, people in found.items()}

    def counted(self, first: date, end: date) -> dict[str, dict[Any, Any]]:
        """What is to be counted of all nights from the first on, before the end."""
        by_house = {}
        for house in set(self.house_of.values()):
            slept = self.nights_of(house)
            for day in days(first, end):
                by_house[house, day] = (slept.get(day, 0), self.capacity_of(house, day))
        return {"by house": by_house, "everywhere": self.nights_of_all(), "whole months": self._of_whole_months()}

    def _of_whole_months(self) -> dict[str, int]:
        """The nights of each house in all months that are over, those of erased records too, each person once."""
        end = self.today.replace(day=1)
        found: dict[str, set[tuple[date, str]]] = {house: set() for house in self.house_of.values()}
        for who, nights in self.slept.items():
            for day, bed in nights:
                if day < end:
                    found[self.house_of[bed]].add((day, self.person_of.get(who, who)))
        return {house: len(nights) for house, nights in found.items()}

    @property
    def nights_of_two_records(self) -> int:
        """How many nights were slept under two records of one person at once."""
        of_record = {who: {day for day, _ in nights} for who, nights in self.slept.items()}
        return sum(len(of_record.get(one, set()) & of_record.get(of, set())) for one, of in self.person_of.items())

    def capacity_of(self, house: str, day: date) -> int:
        """How many beds of a house could be slept in, in a night that is over."""
        beds = [bed for bed, of in self.house_of.items() if of == house]
        known = [nights for who, nights in self.slept.items() if who not in self.erased]
        used = {bed for nights in known for night, bed in nights if night == day}
        is_shut = self.is_shut(house, day)
        return sum(bed in used or not (is_shut or self.is_void(bed, day)) for bed in beds)
